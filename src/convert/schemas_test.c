/* The built-in schemas say what the real CRDs say, and CRDs that are given take their place. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/crd.h"
#include "convert/schemas.h"
#include "yaml/path.h"

#include <glob.h>
#include <stdio.h>
#include <unistd.h>

#define CRDS             "../shared/crds/"
#define RUNTIMES         CRDS "trainer/v2-trainingruntimes-v"
#define CLUSTER_RUNTIMES CRDS "trainer/v2-clustertrainingruntimes-v"

static Str chosen(void *context, Str pack) {
    (void)pack;
    return *(const Str *)context;
}

static const Schema *find(Schemas *s, const char *group, const char *kind, const char *target) {
    Identity id = {.group = str_from(group), .version = STR("v1alpha1"), .kind = str_from(kind)};
    Str version = str_from(target);
    return schemas_find(s, &id, chosen, &version);
}

/* ---- against the real CRDs ---- */

typedef struct Compare {
    const char *file;
    Buf path;
    size_t compared;
} Compare;

static void same(Compare *c, bool equal, const char *what) {
    if (!equal) fail_msg("%s: " STR_FMT ": another %s", c->file, STR_ARG(buf_str(&c->path)), what);
}

static bool same_range(const SchemaRange *a, const SchemaRange *b) {
    return a->has_least == b->has_least && a->has_most == b->has_most && a->above == b->above &&
           a->below == b->below && a->least == b->least && a->most == b->most;
}

static bool same_names(const SchemaNames *a, const SchemaNames *b) {
    if (a->len != b->len) return false;
    for (size_t i = 0; i < a->len; i++) {
        bool found = false;
        for (size_t k = 0; k < b->len; k++) found |= str_eq(a->items[i], b->items[k]);
        if (!found) return false;
    }
    return true;
}

static bool same_choices(const Schema *a, const Schema *b) {
    if (a->choice_count != b->choice_count) return false;
    for (size_t i = 0; i < a->choice_count; i++)
        if (!str_eq(a->choices[i]->value, b->choices[i]->value)) return false;
    return true;
}

static const SchemaField *field_of(const Schema *s, Str name) {
    for (size_t i = 0; i < s->field_count; i++)
        if (str_eq(s->fields[i].name, name)) return &s->fields[i];
    return NULL;
}

static void compare(Compare *c, const Schema *own, const Schema *real);

static void compare_below(Compare *c, Str name, const Schema *own, const Schema *real) {
    size_t end = c->path.len;
    path_write_key(&c->path, name);
    if (!own || !real)
        same(c, own == real, "schema: one of them has none");
    else
        compare(c, own, real);
    c->path.len = end;
}

/* apiVersion, kind and metadata are those of every object: ours does not repeat them. */
static bool is_of_every_object(const Compare *c, Str name) {
    return !c->path.len && (str_eq(name, STR("apiVersion")) || str_eq(name, STR("kind")) ||
                            str_eq(name, STR("metadata")));
}

static void compare_fields(Compare *c, const Schema *own, const Schema *real) {
    for (size_t i = 0; i < own->field_count; i++) {
        const SchemaField *field = field_of(real, own->fields[i].name);
        compare_below(c, own->fields[i].name, own->fields[i].schema, field ? field->schema : NULL);
    }
    for (size_t i = 0; !own->keeps_unknown && i < real->field_count; i++)
        if (!is_of_every_object(c, real->fields[i].name) && !field_of(own, real->fields[i].name))
            fail_msg("%s: " STR_FMT ": the built-in schema lacks '" STR_FMT "'", c->file,
                     STR_ARG(buf_str(&c->path)), STR_ARG(real->fields[i].name));
}

static void compare(Compare *c, const Schema *own, const Schema *real) {
    c->compared++;
    same(c, own->type == real->type, "type");
    same(c, own->nullable == real->nullable, "nullable");
    if (own->keeps_unknown && !own->field_count) return; /* not described further */
    same(c, own->has_default == real->has_default, "default");
    same(c, same_range(&own->value, &real->value), "range");
    same(c, same_range(&own->length, &real->length), "length");
    same(c, same_range(&own->count, &real->count), "count");
    same(c, str_eq(own->pattern, real->pattern), "pattern");
    same(c, same_choices(own, real), "choice");
    same(c, same_names(&own->required, &real->required), "set of required fields");
    same(c, same_names(&own->list_keys, &real->list_keys), "key of the list");
    same(c, own->list_type == real->list_type, "type of list");
    compare_fields(c, own, real);
    compare_below(c, STR("values"), own->values, real->values);
    compare_below(c, STR("items"), own->items, real->items);
}

static Str read_file(Arena *a, const char *path) {
    Buf bytes = {0};
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t got = 1; got; bytes.len += got) {
        buf_reserve(&bytes, 1 << 16);
        got = fread(bytes.data + bytes.len, 1, 1 << 16, f);
    }
    fclose(f);
    Str text = str_copy(a, buf_str(&bytes));
    buf_release(&bytes);
    return text;
}

static bool take_schema(void *context, const CrdVersion *v) {
    *(const Node **)context = v->schema;
    return !str_eq(v->version, STR("v1alpha1"));
}

static const Schema *read_real(SchemaPool *pool, const char *path) {
    Document doc;
    const Node *node = NULL;
    Error err;
    assert_true(document_parse(&pool->arena, read_file(&pool->arena, path), &doc));
    assert_true(is_crd(doc.root));
    crd_each(doc.root, take_schema, &node);
    const Schema *s = schema_read(pool, node, false, &err);
    if (!s) fail_msg("%s: %s", path, err.text);
    return s;
}

static const struct {
    const char *group, *kind, *target, *file;
} real[] = {
    {"trainer.kubeflow.org", "TrainJob", "2.0", CRDS "trainer/v2-trainjobs-v2.0.1.yaml"},
    {"trainer.kubeflow.org", "TrainJob", "2.1", CRDS "trainer/v2-trainjobs-v2.1.0.yaml"},
    {"trainer.kubeflow.org", "TrainJob", "2.2", CRDS "trainer/v2-trainjobs-v2.2.1.yaml"},
    {"trainer.kubeflow.org", "TrainJob", "2.3", CRDS "trainer/v2-trainjobs-v2.3.0.yaml"},
    {"trainer.kubeflow.org", "TrainingRuntime", "2.0", RUNTIMES "2.0.1.yaml"},
    {"trainer.kubeflow.org", "TrainingRuntime", "2.1", RUNTIMES "2.1.0.yaml"},
    {"trainer.kubeflow.org", "TrainingRuntime", "2.2", RUNTIMES "2.2.1.yaml"},
    {"trainer.kubeflow.org", "TrainingRuntime", "2.3", RUNTIMES "2.3.0.yaml"},
    {"trainer.kubeflow.org", "ClusterTrainingRuntime", "2.0", CLUSTER_RUNTIMES "2.0.1.yaml"},
    {"trainer.kubeflow.org", "ClusterTrainingRuntime", "2.1", CLUSTER_RUNTIMES "2.1.0.yaml"},
    {"trainer.kubeflow.org", "ClusterTrainingRuntime", "2.2", CLUSTER_RUNTIMES "2.2.1.yaml"},
    {"trainer.kubeflow.org", "ClusterTrainingRuntime", "2.3", CLUSTER_RUNTIMES "2.3.0.yaml"},
    {"llmd.ai", "VariantAutoscaling", "guide", CRDS "wva/s5_single_SEED_pr262_0ee487de.yaml"},
    {"llmd.ai", "VariantAutoscaling", "0.5", CRDS "wva/e4b_noprofile_v0.5.0-v0.5.1.yaml"},
    {"llmd.ai", "VariantAutoscaling", "0.6", CRDS "wva/e5_minmax_v0.6.0.yaml"},
    {"llmd.ai", "VariantAutoscaling", "0.6", CRDS "wva/e5_minmax_v0.7.0.yaml"},
    {"llmd.ai", "VariantAutoscaling", "0.6", CRDS "wva/e6_deprecated_v0.8.0.yaml"},
};

static void built_in_is_real(void **state) {
    (void)state;
    if (access(real[0].file, R_OK) != 0) {
        print_message("skipped: " CRDS " is not there\n");
        skip();
    }
    for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
        Schemas *s = schemas_new();
        SchemaPool pool = {0};
        Compare c = {.file = real[i].file};
        compare(&c, find(s, real[i].group, real[i].kind, real[i].target),
                read_real(&pool, real[i].file));
        print_message("%s %s: %zu places compared\n", real[i].kind, real[i].target, c.compared);
        assert_true(c.compared > 8);
        buf_release(&c.path);
        schema_pool_release(&pool);
        schemas_free(s);
    }
}

/* ---- against what each release ships ---- */

static const struct {
    const char *target, *files;
} shipped[] = {
    {"2.0", CRDS "trainer/runtime-*-v2.0.1.yaml"}, {"2.1", CRDS "trainer/runtime-*-v2.1.0.yaml"},
    {"2.2", CRDS "trainer/runtime-*-v2.2.1.yaml"}, {"2.3", CRDS "trainer/runtime-*-v2.3.0.yaml"},
    {"2.1", CRDS "trainer/rhoai-*.yaml"},
};

static void check_shipped(const char *path, const char *target) {
    Schemas *s = schemas_new();
    Arena a = {0};
    Document doc;
    SchemaVerdict v;
    assert_true(document_parse(&a, read_file(&a, path), &doc));
    assert_true(node_is(node_child(doc.root, STR("kind")), STR("ClusterTrainingRuntime")));
    schema_check(&a, find(s, "trainer.kubeflow.org", "ClusterTrainingRuntime", target), doc.root,
                 &v);
    if (v.count)
        fail_msg("%s: " STR_FMT ": " STR_FMT, path, STR_ARG(v.first.path), STR_ARG(v.first.words));
    arena_release(&a);
    schemas_free(s);
}

static void takes_what_is_shipped(void **state) {
    (void)state;
    glob_t files;
    size_t count = 0;
    if (access(CRDS, R_OK) != 0) {
        print_message("skipped: " CRDS " is not there\n");
        skip();
    }
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        assert_int_equal(glob(shipped[i].files, 0, NULL, &files), 0);
        for (size_t k = 0; k < files.gl_pathc; k++, count++)
            check_shipped(files.gl_pathv[k], shipped[i].target);
        globfree(&files);
    }
    print_message("%zu runtimes satisfy the schema of their release\n", count);
}

/* ---- which schema ---- */

static void by_target(void **state) {
    (void)state;
    Schemas *s = schemas_new();
    const Schema *old = find(s, "trainer.kubeflow.org", "TrainJob", "2.0");
    assert_non_null(old);
    assert_int_equal(old->unchecked, 0);
    assert_ptr_equal(find(s, "trainer.kubeflow.org", "TrainJob", "2.0"), old);
    assert_ptr_not_equal(find(s, "trainer.kubeflow.org", "TrainJob", "2.3"), old);
    assert_null(find(s, "trainer.kubeflow.org", "TrainJob", "9.9"));
    assert_null(find(s, "kubeflow.org", "TrainJob", "2.3"));
    assert_non_null(find(s, "llmd.ai", "VariantAutoscaling", "guide"));
    const Schema *released = find(s, "llmd.ai", "VariantAutoscaling", "0.5");
    assert_non_null(released);
    assert_ptr_not_equal(find(s, "llmd.ai", "VariantAutoscaling", "0.6"), released);
    assert_null(find(s, "llmd.ai", "VariantAutoscaling", "annotations"));
    schemas_free(s);
}

#define HEAD                                                                                       \
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"                 \
    "  group: llmd.ai\n  names: {kind: VariantAutoscaling}\n"
#define BETA                                                                                       \
    "apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nspec:\n"            \
    "  group: llmd.ai\n  names: {kind: VariantAutoscaling}\n"
#define ONE                                                                                        \
    "  versions: [{name: v1alpha1, served: true, schema: {openAPIV3Schema: {type: object}}}]\n"
#define TWO                                                                                        \
    "  versions: [{name: v1alpha1, schema: {openAPIV3Schema: {type: object, minProperties: "       \
    "1}}}]\n"

static const struct {
    const char *name, *crds[2], *want;
} given[] = {
    {"a CRD takes the place of the built-in schema", {HEAD ONE}, "object"},
    {"the same twice", {HEAD ONE, HEAD ONE}, "object"},
    {"two that differ",
     {HEAD ONE, HEAD TWO},
     "error: b.yaml and b.yaml define VariantAutoscaling of llmd.ai/v1alpha1 differently: name the "
     "one that the cluster has"},
    {"another version changes nothing",
     {HEAD "  versions: [{name: v2, schema: {openAPIV3Schema: {type: object}}}]\n"},
     "built in"},
    {"a version that is not served",
     {HEAD "  versions: [{name: v1alpha1, served: false, schema: {openAPIV3Schema: {}}}]\n"},
     "built in"},
    {"another kind",
     {"apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"
      "  group: other.io\n  names: {kind: VariantAutoscaling}\n" ONE},
     "built in"},
    {"no schema: nothing is known", {HEAD "  versions: [{name: v1alpha1}]\n"}, "none"},
    {"v1beta1 with one schema and one version",
     {BETA "  version: v1alpha1\n  validation: {openAPIV3Schema: {type: object}}\n"},
     "object, keeps unknown fields"},
    {"v1beta1 with one schema for all versions",
     {BETA "  preserveUnknownFields: false\n  validation: {openAPIV3Schema: {type: object}}\n"
           "  versions: [{name: v1alpha1}, {name: v1}]\n"},
     "object"},
    {"v1beta1 with schemas for each version",
     {BETA "  preserveUnknownFields: false\n" ONE},
     "object"},
    {"a broken schema",
     {HEAD "  versions: [{name: v1alpha1, schema: {openAPIV3Schema: {type: thing}}}]\n"},
     "error: b.yaml: VariantAutoscaling of llmd.ai/v1alpha1: the schema at 'type' is no type"},
};

static bool give(Schemas *s, Arena *a, const char *text, Error *err) {
    Document doc;
    assert_true(document_parse(a, str_from(text), &doc));
    assert_true(is_crd(doc.root));
    return schemas_give(s, &doc, doc.root, STR("b.yaml"), err);
}

static void by_crd(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        Schemas *s = schemas_new();
        Arena a = {0};
        Buf got = {0};
        Error err;
        const Schema *own = find(s, "llmd.ai", "VariantAutoscaling", "guide");
        bool ok = true;
        for (size_t k = 0; ok && k < 2 && given[i].crds[k]; k++)
            ok = give(s, &a, given[i].crds[k], &err);
        const Schema *now = find(s, "llmd.ai", "VariantAutoscaling", "guide");
        if (!ok)
            buf_addf(&got, "error: %s", err.text);
        else
            buf_add(&got, !now                         ? STR("none")
                          : now == own                 ? STR("built in")
                          : now->keeps_unknown         ? STR("object, keeps unknown fields")
                          : now->type == SCHEMA_OBJECT ? STR("object")
                                                       : STR("?"));
        if (!str_eq(buf_str(&got), str_from(given[i].want)))
            fail_msg("%s: wanted '%s', got '" STR_FMT "'", given[i].name, given[i].want,
                     STR_ARG(buf_str(&got)));
        buf_release(&got);
        arena_release(&a);
        schemas_free(s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(built_in_is_real),
                                       cmocka_unit_test(takes_what_is_shipped),
                                       cmocka_unit_test(by_target), cmocka_unit_test(by_crd)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
