/* Every VariantAutoscaling at hand is recognised in its era, and converts to each form or is
 * refused with a reason; what comes out satisfies the real CRD of that form, and is converted only
 * once. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/plan.h"
#include "convert/convert.h"
#include "convert/schemas_test.h"
#include "convert/validate_test.h"
#include "convert/variant_era.h"
#include "input/cutter.h"
#include "model/fences.h"
#include "model/index.h"
#include "text/fault.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#define CORPUS "../shared/corpus/wva"
#define CRDS   "../shared/crds/wva/"

extern const Conversion conversion_single_variant;

static const struct {
    const char *target;
    const char *crds[3];
} forms[] = {
    {"guide", {CRDS "s5_single_SEED_pr262_0ee487de.yaml"}},
    {"0.5", {CRDS "e4b_noprofile_v0.5.0-v0.5.1.yaml"}},
    {"0.6",
     {CRDS "e5_minmax_v0.6.0.yaml", CRDS "e5_minmax_v0.7.0.yaml",
      CRDS "e6_deprecated_v0.8.0.yaml"}},
    {"annotations", {NULL}},
};

enum { FORMS = sizeof forms / sizeof *forms };

/* nftw has no context. */
static struct {
    const char *path;
    size_t seen, eras[ERA_COUNT], converted[FORMS], there[FORMS], comments_lost;
    Buf results[FORMS]; /* streams of documents */
} run;

static int presence(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context, (void)group, (void)kind, (void)namespace, (void)name;
    return OBJECT_UNKNOWN;
}

static Str option(void *context, Str pack, Str key) {
    (void)context, (void)pack, (void)key;
    return (Str){0};
}

/* One for whatever the resource scales. */
static const Node *scaler(void *context, size_t i) {
    return i == 0 ? context : NULL;
}

static bool is_removed(size_t form) {
    return !forms[form].crds[0];
}

#define HPA                                                                                        \
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: hpa}\n"           \
    "spec: {maxReplicas: 4}\n"

/* Only where it is asked for: bounds would be taken from it. */
static ConvertFacts facts_for(Arena *a, size_t form) {
    ConvertFacts facts = {.presence = presence, .option = option};
    Document hpa;
    if (!is_removed(form)) return facts;
    assert_true(document_parse(a, STR(HPA), &hpa));
    facts.context = (void *)hpa.root;
    facts.scaler = scaler;
    return facts;
}

static bool is_variant(const Node *root, Identity *id) {
    if (!root || !identity_from_tree(root, id)) return false;
    bool group = str_eq(id->group, STR("llmd.ai")) || str_eq(id->group, STR("llmd.llm-d.ai"));
    return group &&
           (str_eq(id->kind, STR("VariantAutoscaling")) || str_eq(id->kind, STR("Optimizer")));
}

static bool convert(Arena *a, const Document *doc, const Identity *id, size_t form, Converted *c) {
    ConvertFacts facts = facts_for(a, form);
    ConvertInput in = {.arena = a,
                       .doc = doc,
                       .resource = doc->root,
                       .identity = id,
                       .namespace = id->namespace,
                       .target = str_from(forms[form].target),
                       .facts = &facts};
    convert_begin(c, &in);
    return conversion_single_variant.convert(&in, c);
}

/* Lines of a fence in a list are indented: they are not in a file of their own. */
static void add_result(Buf *results, Str text, uint32_t indent) {
    Str line;
    buf_add(results, STR("---\n"));
    while (str_split(&text, '\n', &line)) {
        buf_add(results, str_from_offset(line, line.len < indent ? line.len : indent));
        buf_add_char(results, '\n');
    }
}

/* Nothing of it is left, and the autoscaler says what it is and of which model. */
static void check_removed(const Document *doc, const Plan *plan, const Converted *c, size_t form) {
    Buf text = {0};
    edits_apply(doc->text, 0, plan->edits.items, plan->edits.len, &text);
    assert_true(c->removed && c->gains.len >= 2 && c->rewrite.drops);
    assert_int_equal(str_find(buf_str(&text), STR("modelID")), STR_NONE);
    buf_release(&text);
    for (const LostComment *l = plan->lost; l; l = l->next) run.comments_lost++;
    run.converted[form]++;
}

static void check_edited(const Document *doc, const Plan *plan, uint32_t indent, size_t form) {
    Buf text = {0};
    edits_apply(doc->text, 0, plan->edits.items, plan->edits.len, &text);
    add_result(&run.results[form], buf_str(&text), indent);
    buf_release(&text);
    for (const LostComment *c = plan->lost; c; c = c->next) run.comments_lost++;
    run.converted[form]++;
}

static void check_refused(const Converted *c, size_t form) {
    assert_true(c->rewrite.refused.len > 0);
    if (str_eq(c->rewrite.refused, STR("it has that form already")))
        run.there[form]++;
    else
        print_message("%s: %s refused: " STR_FMT "\n", strrchr(run.path, '/') + 1,
                      forms[form].target, STR_ARG(c->rewrite.refused));
}

static void check_form(const Document *doc, const Identity *id, uint32_t indent, size_t form,
                       Arena *a) {
    Converted c;
    Plan plan = {0};
    BuiltInSchemas schemas;
    bool ok = convert(a, doc, id, form, &c);
    c.rewrite.schemas = built_in_schemas(&schemas, str_from(forms[form].target));
    ok = ok && plan_rewrite(&c.rewrite, 0, &plan);
    if (plan.bug) fail_msg("%s: " STR_FMT, run.path, STR_ARG(plan.refused));
    if (ok && is_removed(form))
        check_removed(doc, &plan, &c, form);
    else if (ok)
        check_edited(doc, &plan, indent, form);
    else
        check_refused(&c, form);
    plan_release(&plan);
    convert_release(&c);
    schemas_free(schemas.schemas);
}

static void check_document(const Document *doc, uint32_t indent, Arena *a) {
    Identity id;
    if (!is_variant(doc->root, &id)) return;
    const Node *spec = node_child(doc->root, STR("spec"));
    Era era = variant_era(&id, spec);
    run.seen++;
    run.eras[era]++;
    if (era == ERA_UNKNOWN && variant_filled(spec, "modelID"))
        fail_msg("%s: its era is not known", run.path);
    for (size_t form = 0; form < FORMS; form++) check_form(doc, &id, indent, form, a);
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

/* What was converted is not converted again. */
static void check_twice(Str text, size_t form) {
    Arena a = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document doc;
        Identity id;
        Converted c;
        assert_true(document_parse(&a, pieces.items[i].text, &doc));
        assert_true(is_variant(doc.root, &id));
        assert_false(convert(&a, &doc, &id, form, &c));
        convert_release(&c);
        arena_reset(&a);
    }
    vec_release(&pieces);
    arena_release(&a);
}

static void print_counts(void) {
    for (Era era = 0; era < ERA_COUNT; era++)
        if (run.eras[era])
            print_message("%4zu " STR_FMT "\n", run.eras[era], STR_ARG(era_name(era)));
    for (size_t form = 0; form < FORMS; form++)
        print_message("to %s: %zu converted, %zu there already, %zu refused\n", forms[form].target,
                      run.converted[form], run.there[form],
                      run.seen - run.converted[form] - run.there[form]);
    print_message("%zu comments listed as lost\n", run.comments_lost);
}

static bool is_valid(size_t form) {
    bool valid = true;
    for (size_t i = 0; i < 3 && forms[form].crds[i]; i++)
        valid &= satisfies_crds(buf_str(&run.results[form]), forms[form].crds[i]);
    return valid;
}

static void everything_at_hand(void **state) {
    (void)state;
    if (nftw(CORPUS, check_file, 16, FTW_PHYS) != 0) {
        print_message("skipped: %s is not there\n", CORPUS);
        skip();
    }
    print_counts();
    bool valid = true;
    for (size_t form = 0; form < FORMS; form++) {
        assert_true(run.converted[form] > 0);
        check_twice(buf_str(&run.results[form]), form);
        valid &= is_valid(form);
        buf_release(&run.results[form]);
    }
    assert_true(valid);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(everything_at_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
