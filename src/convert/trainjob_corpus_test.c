/* For every release of Trainer, each job of Training Operator v1 at hand becomes a TrainJob, or is
 * refused with a reason. What comes out satisfies the CRDs of that release and is no job of v1 any
 * more. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/map.h"
#include "convert/trainjob_kind.h"
#include "convert/trainjob_rows_test.h"
#include "model/fences.h"
#include "text/fault.h"

#include <glob.h>

#define CORPUS "../shared/corpus/trainer/"

static const Str kinds[] = {STR_INIT("PyTorchJob"), STR_INIT("JAXJob"),    STR_INIT("XGBoostJob"),
                            STR_INIT("TFJob"),      STR_INIT("PaddleJob"), STR_INIT("MPIJob"),
                            STR_INIT("MXJob")};
enum { KINDS = sizeof kinds / sizeof *kinds };

typedef struct Count {
    size_t seen, converted, reviews, runtimes;
} Count;

typedef struct Tally {
    const char *path; /* of the file that is read */
    Str target;
    Count of_kind[KINDS];
    Count *count; /* of the kind that is at hand */
    Names reasons;
    VEC(size_t) refused; /* by reason */
    Buf results;         /* a stream of documents, to be validated */
} Tally;

/* Up to the place or to the job that it names, so that equal reasons count together. */
static void count_reason(Tally *t, Str reason) {
    Str kind = str_slice(reason, 0, str_find_char(reason, '['));
    kind = str_slice(kind, 0, str_find(kind, STR(". This one has")));
    uint32_t number = names_intern(&t->reasons, kind);
    if (number == t->refused.len) vec_push(&t->refused, 0);
    t->refused.items[number]++;
}

/* The text of a fence in a list is indented; in a stream of documents it must not be. */
static void add_result(Tally *t, Str text, uint32_t indent) {
    Str line;
    buf_add(&t->results, STR("---\n"));
    while (str_split(&text, '\n', &line)) {
        buf_add(&t->results, str_from_offset(line, line.len < indent ? line.len : indent));
        buf_add_char(&t->results, '\n');
    }
}

/* A second time there is nothing to do. */
static void check_settled(Tally *t, Str text) {
    Arena a = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document again;
        assert_true(document_parse(&a, pieces.items[i].text, &again));
        t->count->runtimes += node_is(node_child(again.root, STR("kind")), STR("TrainingRuntime"));
        if (job_kind_find(node_text(node_child(again.root, STR("kind")))))
            fail_msg("%s: a job of v1 is left", t->path);
    }
    vec_release(&pieces);
    arena_release(&a);
}

static void check_job(Tally *t, Arena *a, const Document *doc, const Node *job, uint32_t indent) {
    Outcome out = run_conversion(a, doc, job, t->target, job->parent != NULL, NULL);
    t->count->seen++;
    if (out.bug) fail_msg("%s: " STR_FMT, t->path, STR_ARG(out.refused));
    if (!out.text.len) {
        assert_true(out.refused.len > 0);
        count_reason(t, out.refused);
        return;
    }
    t->count->converted++;
    t->count->reviews += out.said.len > 0;
    if (job->parent) return; /* its siblings may be jobs of v1 still */
    check_settled(t, out.text);
    if (!doc->has_masks) add_result(t, out.text, indent);
}

static void check_node(Tally *t, Arena *a, const Document *doc, const Node *n, uint32_t indent) {
    Identity id;
    if (!identity_from_tree(n, &id)) return;
    t->count = NULL;
    for (size_t i = 0; i < KINDS; i++)
        if (str_eq(id.kind, kinds[i])) t->count = &t->of_kind[i];
    if (str_eq(id.group, STR("kubeflow.org")) && str_eq(id.version, STR("v1")) && t->count)
        check_job(t, a, doc, n, indent);
    NODE_EACH (item, node_child(n, STR("items"))) check_node(t, a, doc, item, indent);
}

static void check_text(Tally *t, Str text, uint32_t indent) {
    Arena a = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, indent, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document doc;
        if (document_parse(&a, pieces.items[i].text, &doc))
            check_node(t, &a, &doc, doc.root, indent);
        arena_reset(&a);
    }
    vec_release(&pieces);
    arena_release(&a);
}

typedef struct Page {
    Tally *tally;
    Str text;
} Page;

static void check_fence(void *context, const Fence *fence) {
    const Page *page = context;
    if (str_eq(fence->language, STR("yaml")) || str_eq(fence->language, STR("yml")))
        check_text(page->tally, span_text(page->text, fence->body), fence->indent);
}

static void read_file(const char *path, Buf *out) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    buf_clear(out);
    for (size_t got = 1; got;) {
        buf_reserve(out, 65536);
        got = fread(out->data + out->len, 1, 65536, f);
        out->len += got;
    }
    fclose(f);
}

static void check_files(Tally *t, const char *pattern, bool markdown) {
    glob_t files;
    Buf bytes = {0};
    if (glob(pattern, 0, NULL, &files) == 0) {
        for (size_t i = 0, at; i < files.gl_pathc; i++) {
            t->path = files.gl_pathv[i];
            read_file(t->path, &bytes);
            Page page = {t, buf_str(&bytes)};
            if (markdown)
                fences_each(page.text, check_fence, &page);
            else if (!text_fault(page.text, &at))
                check_text(t, page.text, 0);
        }
        globfree(&files);
    }
    buf_release(&bytes);
}

static void print_reasons(const Tally *t, size_t count) {
    for (size_t i = 0; i < t->refused.len; i++)
        if (t->refused.items[i] == count)
            print_message("%5zu  " STR_FMT "\n", count,
                          STR_ARG(names_text(&t->reasons, (uint32_t)i)));
}

/* The most frequent reasons first. */
static void print_tally(const Tally *t) {
    for (size_t i = 0; i < KINDS; i++) {
        const Count *c = &t->of_kind[i];
        print_message("Trainer " STR_FMT ": %3zu " STR_FMT ", %3zu converted (%zu of them to be "
                      "reviewed, %zu with a TrainingRuntime), %zu refused\n",
                      STR_ARG(t->target), c->seen, STR_ARG(kinds[i]), c->converted, c->reviews,
                      c->runtimes, c->seen - c->converted);
    }
    size_t most = 0;
    for (size_t i = 0; i < t->refused.len; i++)
        if (t->refused.items[i] > most) most = t->refused.items[i];
    for (; most; most--) print_reasons(t, most);
}

static void check_release(size_t release) {
    Tally t = {.target = releases[release].target};
    check_files(&t, CORPUS "*.yaml", false);
    check_files(&t, CORPUS "*.md", true);
    print_tally(&t);
    for (size_t i = 0; i < KINDS; i++) assert_true(t.of_kind[i].seen > 0);
    assert_true(t.of_kind[0].converted > 0);
    assert_true(satisfies_crds(buf_str(&t.results), releases[release].crds));
    print_message("       all valid, none converted twice, no comment or field without a line\n");
    names_release(&t.reasons);
    vec_release(&t.refused);
    buf_release(&t.results);
}

static void corpus(void **state) {
    (void)state;
    if (access(CORPUS, R_OK) != 0 || access(CRDS, R_OK) != 0) {
        print_message("skipped: " CORPUS " is not there\n");
        skip();
    }
    for (size_t i = 0; i < RELEASES; i++) check_release(i);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
