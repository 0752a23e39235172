/* For the tests of trainjob*.c: a row is an object, the text that shall come out (or why none
 * does), and what a person is told to read. What comes out is kept, to be held against the CRDs. */
#ifndef CONVERT_TRAINJOB_ROWS_TEST_H
#define CONVERT_TRAINJOB_ROWS_TEST_H

#include "convert/trainjob_test.h"
#include "convert/validate_test.h"
#include "input/cutter.h"

typedef struct Row {
    const char *name, *input;
    const char *want; /* the new text, or "refused: why" */
    const char *said; /* notes and losses, one per line; NULL: none, so the fix is safe */
} Row;

/* A job of one Worker; fields of its container, its Pod and its spec can follow in this order. */
#define HEAD "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  name: a\nspec:\n"
#define WORKER                                                                                     \
    "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        spec:\n          containers:\n" \
    "          - name: pytorch\n            image: i:1\n"
#define JOB           HEAD WORKER "            command: [torchrun, x.py]\n"
#define NEW_HEAD      NEW_UPTO_META "  name: a\n" NEW_SPEC
#define NEW_UPTO_META "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainJob\nmetadata:\n"
#define NEW_SPEC      "spec:\n  runtimeRef:\n    name: torch-distributed\n  trainer:\n"
#define IMAGE         "    image: i:1\n"
#define START         IMAGE "    command: [torchrun, x.py]\n"
#define TRAIN         NEW_HEAD "    numNodes: 1\n" START
#define PATCH                                                                                      \
    "  runtimePatches:\n  - manager: unstale.dev/convert\n    trainingRuntimeSpec:\n"              \
    "      template:\n        spec:\n          replicatedJobs:\n          - name: node\n"          \
    "            template:\n              spec:\n                template:\n"
#define POD       PATCH "                  spec:\n"
#define CONTAINER POD "                    containers:\n                    - name: node\n"

/* Master and Worker, with fields of their containers. */
#define MASTER                                                                                     \
    "  pytorchReplicaSpecs:\n    Master:\n      replicas: 1\n      template:\n        spec:\n"     \
    "          containers:\n          - name: pytorch\n            image: i:1\n"
#define WORKERS                                                                                    \
    "    Worker:\n      replicas: 3\n      template:\n        spec:\n          containers:\n"      \
    "          - image: i:1\n            name: pytorch\n"
#define PAIR(master, worker) HEAD MASTER master WORKERS worker

#define RUN            "            command: [torchrun, x.py]\n"
#define POD_PATH       "pytorchReplicaSpecs.Worker.template.spec."
#define CONTAINER_PATH POD_PATH "containers[0]."
#define ALIKE          "refused: all nodes of a TrainJob are alike, but Master and Worker differ: "
#define PULL_LOST                                                                                  \
    "lost spec." CONTAINER_PATH "imagePullPolicy: a TrainJob has no place for it: Kubernetes "     \
    "decides by the image's tag\n"

/* ---- releases ---- */

#define CRDS "../shared/crds/trainer/"
#define BOTH(release)                                                                              \
    CRDS "v2-trainjobs-v" release ".yaml " CRDS "v2-trainingruntimes-v" release ".yaml"

static const struct {
    Str target;
    const char *crds;
} releases[] = {{STR_INIT("2.0"), BOTH("2.0.1")},
                {STR_INIT("2.1"), BOTH("2.1.0")},
                {STR_INIT("2.2"), BOTH("2.2.1")},
                {STR_INIT("2.3"), BOTH("2.3.0")}};
enum { RELEASES = sizeof releases / sizeof *releases };

typedef struct Results {
    Buf text[RELEASES]; /* for each a stream of documents */
} Results;

static inline int begin_results(void **state) {
    return (*state = calloc(1, sizeof(Results))) == NULL;
}

static inline int end_results(void **state) {
    Results *results = *state;
    for (size_t i = 0; i < RELEASES; i++) buf_release(&results->text[i]);
    free(results);
    return 0;
}

/* The last test of a table. */
static inline void results_satisfy_crds(void **state) {
    const Results *results = *state;
    if (access(CRDS, R_OK) != 0) {
        print_message("skipped: " CRDS " is not there\n");
        skip();
    }
    for (size_t i = 0; i < RELEASES; i++)
        assert_true(satisfies_crds(buf_str(&results->text[i]), releases[i].crds));
}

/* Templates are no YAML for the validator. */
static inline void keep_result(Results *results, Str target, Str text) {
    if (str_find(text, STR("{{")) != STR_NONE) return;
    for (size_t i = 0; i < RELEASES; i++)
        if (str_eq(releases[i].target, target))
            buf_addf(&results->text[i], "---\n" STR_FMT "\n", STR_ARG(text));
}

/* ---- rows ---- */

static inline Outcome convert_text(Arena *a, Str text, Str target) {
    Document doc;
    assert_true(document_parse(a, text, &doc));
    bool in_list = doc.root->kind == NODE_SEQ;
    return run_conversion(a, &doc, in_list ? doc.root->first : doc.root, target, in_list, NULL);
}

/* What was converted is no PyTorchJob any more: a second time there is nothing to do. */
static inline bool is_settled(Arena *a, Str text, Str target) {
    PieceVec pieces = {0};
    bool settled = true;
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Outcome again = convert_text(a, str_copy(a, pieces.items[i].text), target);
        settled &= !again.text.len && !again.bug;
    }
    vec_release(&pieces);
    return settled;
}

static inline bool holds(Arena *a, const Row *row, Str target, Results *results) {
    Outcome out = convert_text(a, str_from(row->input), target);
    Str want = str_from(row->want), said = str_from(row->said);
    Str got = out.text.len ? out.text
                           : str_format(a, "%srefused: " STR_FMT, out.bug ? "bug, " : "",
                                        STR_ARG(out.refused));
    if (!str_eq(got, want)) {
        print_error("%s: got\n" STR_FMT "\nwanted\n" STR_FMT "\n", row->name, STR_ARG(got),
                    STR_ARG(want));
        return false;
    }
    if (!str_eq(out.said, said)) {
        print_error("%s: said\n" STR_FMT "wanted\n" STR_FMT, row->name, STR_ARG(out.said),
                    STR_ARG(said));
        return false;
    }
    if (out.text.len && !is_settled(a, out.text, target)) {
        print_error("%s: it can be converted twice\n", row->name);
        return false;
    }
    keep_result(results, target, out.text);
    return true;
}

static inline void check_rows(const Row *rows, size_t count, Str target, Results *results) {
    Arena a = {0};
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        failed += !holds(&a, &rows[i], target, results);
        arena_reset(&a);
    }
    arena_release(&a);
    assert_int_equal(failed, 0);
}

#define TABLE_FOR(rows, release)                                                                   \
    static void test_##rows(void **state) {                                                        \
        check_rows(rows, sizeof rows / sizeof *rows, STR(release), *state);                        \
    }
#define TABLE(rows) TABLE_FOR(rows, "2.3")

#endif
