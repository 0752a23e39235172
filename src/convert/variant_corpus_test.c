/* Every multi-variant VariantAutoscaling at hand converts, or is refused with a reason; what comes
 * out satisfies the CRD of the form that it was converted to, and is converted only once. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/plan.h"
#include "convert/convert.h"
#include "convert/schemas_test.h"
#include "convert/validate_test.h"
#include "input/cutter.h"
#include "model/fences.h"
#include "model/index.h"
#include "text/fault.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#define CORPUS "../shared/corpus/wva"
#define CRD    "../shared/crds/wva/s5_single_SEED_pr262_0ee487de.yaml"

extern const Conversion conversion_single_variant;

/* nftw has no context. */
static struct {
    const char *path;
    size_t seen, converted, comments_lost;
    Buf results; /* a stream of documents */
} run;

static int presence(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context, (void)group, (void)kind, (void)namespace, (void)name;
    return OBJECT_UNKNOWN;
}

static Str option(void *context, Str pack, Str key) {
    (void)context, (void)pack, (void)key;
    return (Str){0};
}

static const ConvertFacts facts = {.presence = presence, .option = option};

static bool is_multi_variant(const Node *root, Identity *id) {
    if (!root || !identity_from_tree(root, id)) return false;
    if (!str_eq(id->group, STR("llmd.ai")) || !str_eq(id->kind, STR("VariantAutoscaling")))
        return false;
    const Node *spec = node_child(root, STR("spec"));
    return node_child(node_child(spec, STR("modelProfile")), STR("accelerators")) ||
           node_child(spec, STR("variants"));
}

static bool convert(Arena *a, const Document *doc, const Identity *id, Converted *c) {
    ConvertInput in = {.arena = a,
                       .doc = doc,
                       .resource = doc->root,
                       .identity = id,
                       .namespace = id->namespace,
                       .target = STR("guide"),
                       .facts = &facts};
    convert_begin(c, &in);
    return conversion_single_variant.convert(&in, c);
}

/* Lines of a fence in a list are indented: they are not in a file of their own. */
static void add_result(Str text, uint32_t indent) {
    Str line;
    buf_add(&run.results, STR("---\n"));
    while (str_split(&text, '\n', &line)) {
        buf_add(&run.results, str_from_offset(line, line.len < indent ? line.len : indent));
        buf_add_char(&run.results, '\n');
    }
}

static void check_edited(const Document *doc, const Plan *plan, uint32_t indent) {
    Buf text = {0};
    edits_apply(doc->text, 0, plan->edits.items, plan->edits.len, &text);
    add_result(buf_str(&text), indent);
    buf_release(&text);
    for (const LostComment *c = plan->lost; c; c = c->next) run.comments_lost++;
    run.converted++;
}

static void check_document(const Document *doc, uint32_t indent, Arena *a) {
    Identity id;
    if (!is_multi_variant(doc->root, &id)) return;
    run.seen++;
    Converted c;
    Plan plan = {0};
    BuiltInSchemas schemas;
    bool ok = convert(a, doc, &id, &c);
    c.rewrite.schemas = built_in_schemas(&schemas, STR("guide"));
    ok = ok && plan_rewrite(&c.rewrite, 0, &plan);
    if (plan.bug) fail_msg("%s: " STR_FMT, run.path, STR_ARG(plan.refused));
    if (ok)
        check_edited(doc, &plan, indent);
    else
        print_message("%s: refused: " STR_FMT "\n", strrchr(run.path, '/') + 1,
                      STR_ARG(c.rewrite.refused));
    assert_true(ok || c.rewrite.refused.len > 0);
    plan_release(&plan);
    convert_release(&c);
    schemas_free(schemas.schemas);
}

static void check_text(Str text, uint32_t indent) {
    Arena a = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, indent, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document doc;
        if (document_parse(&a, pieces.items[i].text, &doc)) check_document(&doc, indent, &a);
        arena_reset(&a);
    }
    vec_release(&pieces);
    arena_release(&a);
}

static void check_fence(void *context, const Fence *fence) {
    const Str *text = context;
    if (str_eq(fence->language, STR("yaml")))
        check_text(span_text(*text, fence->body), fence->indent);
}

static int check_file(const char *path, const struct stat *st, int type, struct FTW *where) {
    (void)where;
    Str name = str_from(path);
    bool markdown = str_ends(name, STR(".md"));
    if (type != FTW_F || (!markdown && !str_ends(name, STR(".yaml")))) return 0;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    Buf bytes = {0};
    buf_reserve(&bytes, (size_t)st->st_size + 1);
    bytes.len = fread(bytes.data, 1, (size_t)st->st_size, f);
    fclose(f);
    run.path = path;
    Str text = buf_str(&bytes);
    size_t at;
    if (markdown)
        fences_each(text, check_fence, &text);
    else if (!text_fault(text, &at))
        check_text(text, 0);
    buf_release(&bytes);
    return 0;
}

/* What was converted is not converted again: nothing that came out has a list. */
static void check_twice(Str text) {
    Arena a = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document doc;
        Identity id;
        assert_true(document_parse(&a, pieces.items[i].text, &doc));
        assert_false(is_multi_variant(doc.root, &id));
        arena_reset(&a);
    }
    vec_release(&pieces);
    arena_release(&a);
}

static void everything_at_hand(void **state) {
    (void)state;
    if (nftw(CORPUS, check_file, 16, FTW_PHYS) != 0) {
        print_message("skipped: %s is not there\n", CORPUS);
        skip();
    }
    print_message("%zu resources, %zu converted, %zu refused, %zu comments listed as lost\n",
                  run.seen, run.converted, run.seen - run.converted, run.comments_lost);
    assert_true(run.converted > 0);
    Str results = buf_str(&run.results);
    check_twice(results);
    bool valid = satisfies_crds(results, CRD);
    buf_release(&run.results);
    assert_true(valid);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(everything_at_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
