/* The table of releases says of each field of a PyTorchJob's Pods what the CRDs of Trainer say. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "convert/trainjob_version.h"
#include "yaml/parse.h"

#include <stdio.h>
#include <unistd.h>

#define CRDS "../shared/crds/trainer/"

static const struct {
    Str target;
    const char *file; /* of a TrainJob; that of a runtime has the same end */
} releases[] = {{STR_INIT("2.0"), "2.0.1"},
                {STR_INIT("2.1"), "2.1.0"},
                {STR_INIT("2.2"), "2.2.1"},
                {STR_INIT("2.3"), "2.3.0"}};

/* ---- the CRDs ---- */

/* The schema of the spec of the last version. */
static const Node *schema(Arena *a, const char *name, const char *release) {
    Buf path = {0}, text = {0};
    buf_addf(&path, CRDS "%s-v%s.yaml", name, release);
    buf_add_char(&path, '\0');
    FILE *f = fopen(path.data, "rb");
    assert_non_null(f);
    for (size_t got = 1; got; text.len += got) {
        buf_reserve(&text, 65536);
        got = fread(text.data + text.len, 1, 65536, f);
    }
    fclose(f);
    Str copy = str_copy(a, buf_str(&text)), rest = copy;
    if (str_starts(rest, STR("---\n"))) rest = str_from_offset(rest, 4);
    buf_release(&path);
    buf_release(&text);
    Document *doc = arena_new(a, Document);
    assert_true(document_parse(a, rest, doc));
    const Node *versions = node_child(node_child(doc->root, STR("spec")), STR("versions"));
    assert_non_null(versions);
    const Node *schema = node_child(versions->last, STR("schema"));
    const Node *all = node_child(node_child(schema, STR("openAPIV3Schema")), STR("properties"));
    return node_child(all, STR("spec"));
}

/* "template.spec.[].*": down through properties, items of a list, values of a map. */
static const Node *below(const Node *schema, const char *path) {
    Str rest = str_from(path), key;
    while (str_split(&rest, '.', &key)) {
        if (str_eq(key, STR("*")))
            schema = node_child(schema, STR("additionalProperties"));
        else if (str_eq(key, STR("[]")))
            schema = node_child(schema, STR("items"));
        else
            schema = node_child(node_child(schema, STR("properties")), key);
    }
    return schema;
}

static bool has(const Node *schema, Str key) {
    return node_child(node_child(schema, STR("properties")), key) != NULL;
}

#define NODE_TEMPLATE "template.spec.replicatedJobs.[].template.spec.template"

static const char *override_path(const TrainerVersion *v) {
    return v->override == OVERRIDE_POD_SPECS ? "podSpecOverrides.[]"
           : v->override == OVERRIDE_POD_TEMPLATES
               ? "podTemplateOverrides.[].spec"
               : "runtimePatches.[].trainingRuntimeSpec." NODE_TEMPLATE ".spec";
}

/* ---- one release ---- */

typedef struct Crds {
    const TrainerVersion *version;
    const Node *trainer, *override, *runtime; /* what a TrainJob and a runtime say of Pods */
} Crds;

static bool job_says(const Crds *c, PodPart part, Str key) {
    if (part == PART_POD) return has(c->override, key);
    if (str_eq(key, STR("resources"))) return has(c->trainer, STR("resourcesPerNode"));
    bool patched = !str_eq(key, STR("env")) && has(below(c->override, "containers.[]"), key);
    return patched || has(c->trainer, key);
}

/* The conversion takes these by themselves. */
static bool is_special(Str key) {
    static const Str keys[] = {STR_INIT("containers"),     STR_INIT("ephemeralContainers"),
                               STR_INIT("initContainers"), STR_INIT("name"),
                               STR_INIT("restartPolicy"),  STR_INIT("serviceAccount")};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_eq(keys[i], key)) return true;
    return false;
}

static void check_part(const Crds *c, PodPart part, const Node *old, const Node *runtime) {
    assert_non_null(old);
    NODE_EACH (field, node_child(old, STR("properties"))) {
        Str key = field->key->value;
        if (is_special(key)) continue;
        bool known = has(runtime, key) || trainer_version_lacks(c->version, key);
        Holder want = job_says(c, part, key) ? HOLDER_JOB : known ? HOLDER_RUNTIME : HOLDER_NONE;
        Holder got = trainer_version_holder(c->version, part, key);
        if (got != want)
            fail_msg("Trainer " STR_FMT ": " STR_FMT ": got %d, wanted %d",
                     STR_ARG(c->version->name), STR_ARG(key), got, want);
    }
}

static void fields(void **state) {
    (void)state;
    if (access(CRDS, R_OK) != 0) {
        print_message("skipped: " CRDS " is not there\n");
        skip();
    }
    Arena a = {0};
    const Node *old =
        below(schema(&a, "v1-pytorchjobs", "1.9.4"), "pytorchReplicaSpecs.*.template.spec");
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
        Crds c = {.version = trainer_version_find(releases[i].target)};
        const Node *job = schema(&a, "v2-trainjobs", releases[i].file);
        const Node *runtime = schema(&a, "v2-trainingruntimes", releases[i].file);
        c.trainer = below(job, "trainer");
        c.override = below(job, override_path(c.version));
        c.runtime = below(runtime, NODE_TEMPLATE ".spec");
        check_part(&c, PART_POD, old, c.runtime);
        check_part(&c, PART_CONTAINER, below(old, "containers.[]"),
                   below(c.runtime, "containers.[]"));
        assert_int_equal(has(job, STR("activeDeadlineSeconds")), c.version->has_deadline);
        assert_int_equal(has(below(runtime, "podGroupPolicy"), STR("volcano")),
                         c.version->has_volcano);
    }
    arena_release(&a);
}

static void no_release(void **state) {
    (void)state;
    assert_null(trainer_version_find(STR("1.9")));
    assert_null(trainer_version_find(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(fields), cmocka_unit_test(no_release)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
