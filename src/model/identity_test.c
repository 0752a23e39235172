/* Who a resource is, and which owner counts. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/identity.h"
#include "yaml/parse.h"

static void add_identity(Buf *out, const Identity *id) {
    buf_addf(out,
             "[" STR_FMT "] [" STR_FMT "] [" STR_FMT "] [" STR_FMT "] [" STR_FMT "] [" STR_FMT "]",
             STR_ARG(id->group), STR_ARG(id->version), STR_ARG(id->kind), STR_ARG(id->namespace),
             STR_ARG(id->name), STR_ARG(id->uid));
}

typedef struct Row {
    const char *name, *text;
    const char *want; /* NULL: no resource */
} Row;

static void check(const Row *row, bool of_list) {
    Arena arena = {0};
    Buf got = {0};
    Document d;
    Identity id;
    if (!document_parse(&arena, str_from(row->text), &d)) fail_msg("%s does not parse", row->name);
    bool is = of_list ? identity_from_list(d.root, STR("v1"), STR("PodList"), &id)
                      : identity_from_tree(d.root, &id);
    if (is) add_identity(&got, &id);
    if (is != (row->want != NULL) || (is && !str_eq(buf_str(&got), str_from(row->want))))
        fail_msg("%s: got %s", row->name, is ? buf_cstr(&got) : "no resource");
    buf_release(&got);
    arena_release(&arena);
}

static void reads_identities(void **state) {
    (void)state;
    static const Row rows[] = {
        {"core", "apiVersion: v1\nkind: Pod\nmetadata: {name: n, namespace: s, uid: u}\n",
         "[] [v1] [Pod] [s] [n] [u]"},
        {"a group", "apiVersion: apps/v1\nkind: Deployment\n", "[apps] [v1] [Deployment] [] [] []"},
        {"two slashes", "apiVersion: a/b/c\nkind: D\n", "[a] [b/c] [D] [] [] []"},
        {"a number", "apiVersion: 1\nkind: 2\nmetadata: {name: 3}\n", "[] [1] [2] [] [3] []"},
        {"quotes and aliases", "apiVersion: &v \"v1\"\nkind: 'Pod'\nmetadata: {name: *v}\n",
         "[] [v1] [Pod] [] [v1] []"},
        {"merged", "<<: {apiVersion: v1}\nkind: Pod\nmetadata: {<<: {name: n}}\n",
         "[] [v1] [Pod] [] [n] []"},
        {"null is absent",
         "apiVersion: v1\nkind: Pod\nmetadata: {name: ~, namespace: null, uid: }\n",
         "[] [v1] [Pod] [] [] []"},
        {"the text null", "apiVersion: v1\nkind: Pod\nmetadata: {name: 'null'}\n",
         "[] [v1] [Pod] [] [null] []"},
        {"templates",
         "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a-{{ .x }}\n  namespace: ${N}\n",
         "[] [v1] [Pod] [] [] []"},
        {"a collection as a name", "apiVersion: v1\nkind: Pod\nmetadata: {name: [n]}\n",
         "[] [v1] [Pod] [] [] []"},
        {"a templated kind", "apiVersion: v1\nkind: {{ .x }}\n", NULL},
        {"no kind", "apiVersion: v1\n", NULL},
        {"a null kind", "apiVersion: v1\nkind: null\n", NULL},
        {"an empty version", "apiVersion: ''\nkind: Pod\n", NULL},
        {"a sequence", "- apiVersion: v1\n  kind: Pod\n", NULL},
        {"a text", "Pod\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check(&rows[i], false);
    Identity id;
    assert_false(identity_from_tree(NULL, &id));
}

static void reads_items_of_typed_lists(void **state) {
    (void)state;
    static const Row rows[] = {
        {"an item", "metadata: {name: n}\nspec: {}\n", "[] [v1] [Pod] [] [n] []"},
        {"no metadata", "spec: {}\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check(&rows[i], true);
    Identity id;
    assert_false(identity_from_list(NULL, STR("v1"), STR("PodList"), &id));
}

static void chooses_the_owner(void **state) {
    (void)state;
#define OWNER(version, kind, more)                                                                 \
    "{apiVersion: " version ", kind: " kind ", name: r, uid: w" more "}"
#define CONTROLS ", controller: true"
    static const struct {
        const char *kind, *owners;
        const char *want; /* kind of the owner, "" for none */
    } rows[] = {
        {"Pod", OWNER("apps/v1", "ReplicaSet", CONTROLS), "ReplicaSet"},
        {"Pod", OWNER("apps/v1", "ReplicaSet", ""), ""},
        {"Pod", OWNER("apps/v1", "ReplicaSet", ", controller: false"), ""},
        {"Pod", OWNER("apps/v1", "ReplicaSet", ", controller: yes"), ""},
        {"Pod", OWNER("apps/v1", "ReplicaSet", ", controller: \"true\""), "ReplicaSet"},
        {"Pod", OWNER("v1", "Node", CONTROLS), "Node"},
        {"Pod", OWNER("batch/v1", "Job", CONTROLS), "Job"},
        {"Pod", OWNER("v1", "ReplicationController", CONTROLS), "ReplicationController"},
        {"ReplicaSet", OWNER("apps/v1", "Deployment", CONTROLS), "Deployment"},
        {"Job", OWNER("batch/v1", "CronJob", CONTROLS), "CronJob"},
        {"Job", OWNER("trainer.kubeflow.org/v1alpha1", "TrainJob", CONTROLS), "TrainJob"},
        {"EndpointSlice", OWNER("v1", "Service", CONTROLS), "Service"},
        {"VariantAutoscaling", OWNER("apps/v1", "Deployment", CONTROLS), ""},
        {"VariantAutoscaling", OWNER("v1", "Service", CONTROLS), ""},
        {"PyTorchJob", OWNER("batch/v1", "Job", CONTROLS), ""},
        {"HorizontalPodAutoscaler", OWNER("keda.sh/v1alpha1", "ScaledObject", CONTROLS),
         "ScaledObject"},
        {"PyTorchJob", OWNER("kubeflow.org/v1beta1", "Trial", CONTROLS), "Trial"},
        {"PyTorchJob", OWNER("workload.codeflare.dev/v1beta2", "AppWrapper", CONTROLS),
         "AppWrapper"},
        {"VariantAutoscaling", OWNER("example.com/v1", "Deployment", CONTROLS), "Deployment"},
        {"Pod", OWNER("a/v1", "A", "") ", " OWNER("b/v1", "B", CONTROLS), "B"},
        {"Pod", OWNER("a/v1", "A", CONTROLS) ", " OWNER("b/v1", "B", CONTROLS), "A"},
        {"VariantAutoscaling",
         OWNER("apps/v1", "Deployment", CONTROLS) ", " OWNER("b/v1", "B", CONTROLS), ""},
        {"Pod", "a, [b]", ""},
        {"Pod", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Document d;
        Identity id;
        Str text =
            str_format(&arena, "apiVersion: x/v1\nkind: %s\nmetadata: {ownerReferences: [%s]}\n",
                       rows[i].kind, rows[i].owners);
        assert_true(document_parse(&arena, text, &d) && identity_from_tree(d.root, &id));
        if (!str_eq(id.owner_kind, str_from(rows[i].want)))
            fail_msg("%s: got [" STR_FMT "]", text.data, STR_ARG(id.owner_kind));
        assert_true(str_eq(id.owner_name, id.owner_kind.len ? STR("r") : STR("")));
        assert_true(str_eq(id.owner_uid, id.owner_kind.len ? STR("w") : STR("")));
        arena_release(&arena);
    }
}

static void reads_owners_that_are_no_list(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    Identity id;
    assert_true(document_parse(&arena,
                               STR("apiVersion: v1\nkind: Pod\nmetadata:\n  ownerReferences: {a: "
                                   "{controller: true, kind: B}}\n"),
                               &d));
    assert_true(identity_from_tree(d.root, &id));
    assert_int_equal(id.owner_kind.len, 0);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_identities),
        cmocka_unit_test(reads_items_of_typed_lists),
        cmocka_unit_test(chooses_the_owner),
        cmocka_unit_test(reads_owners_that_are_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
