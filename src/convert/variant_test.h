/* For tests: a document is converted in a scan that is made up, and what comes out is compared. */
#ifndef CONVERT_VARIANT_TEST_H
#define CONVERT_VARIANT_TEST_H

#include "change/plan.h"
#include "convert/convert.h"
#include "convert/schemas_test.h"
#include "model/index.h"

extern const Conversion conversion_single_variant;

typedef struct Row {
    const char *name, *input;
    const char *want;  /* the new text, or "refused: why" */
    const char *notes; /* joined by "; "; NULL: none, the change is safe */
} Row;

/* ---- the rest of the scan ---- */

typedef struct Scene {
    const char *mode;
    const Node *others[3]; /* NULL behind the last one */
} Scene;

/* Deployments named "seen…" are there, those named "gone…" are not; of "alone…" only itself is. */
static inline int presence(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context, (void)group, (void)namespace;
    assert_true(str_eq(kind, STR("Deployment")));
    if (str_eq(name, STR("alone"))) return OBJECT_PRESENT;
    if (str_starts(name, STR("seen"))) return OBJECT_PRESENT;
    return str_starts(name, STR("gone")) ? OBJECT_ABSENT : OBJECT_UNKNOWN;
}

static inline Str taken(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context, (void)group, (void)namespace;
    assert_true(str_eq(kind, STR("VariantAutoscaling")));
    return str_eq(name, STR("taken-a100")) ? STR("b.yaml:3") : (Str){0};
}

static inline Str option(void *context, Str pack, Str key) {
    bool mode = str_eq(pack, STR("wva")) && str_eq(key, STR("mode"));
    return mode ? str_from(((const Scene *)context)->mode) : (Str){0};
}

static inline const Node *read_object(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)group;
    const Scene *scene = context;
    for (size_t i = 0; i < 3; i++) {
        Identity id = {0};
        if (scene->others[i] && identity_from_tree(scene->others[i], &id) &&
            str_eq(id.kind, kind) && str_eq(id.namespace, namespace) && str_eq(id.name, name))
            return scene->others[i];
    }
    return NULL;
}

/* All that are there scale the workload, in their order. */
static inline const Node *scaler(void *context, size_t i) {
    const Scene *scene = context;
    for (size_t k = 0; k < 3 && scene->others[k]; k++)
        if (!node_is(node_child(scene->others[k], STR("kind")), STR("ConfigMap")) && i-- == 0)
            return scene->others[k];
    return NULL;
}

static inline void read_others(Arena *a, const char *const *others, Scene *scene) {
    for (size_t i = 0; i < 3 && others && others[i]; i++) {
        Document doc;
        assert_true(document_parse(a, str_from(others[i]), &doc));
        scene->others[i] = doc.root;
    }
}

static inline const Node *resource_of(const Document *doc) {
    const Node *root = doc->root;
    if (root->kind == NODE_SEQ) return root->first;
    const Node *items = node_child(root, STR("items"));
    return items ? items->first : root;
}

static inline Str joined(Arena *a, const Converted *c) {
    Buf text = {0};
    for (size_t i = 0; i < c->notes.len; i++)
        buf_addf(&text, "%s" STR_FMT, i ? "; " : "", STR_ARG(c->notes.items[i]));
    Str copy = str_copy(a, buf_str(&text));
    buf_release(&text);
    return copy;
}

static inline void finish(const Document *doc, Str target, Converted *converted, bool ok,
                          Buf *out) {
    Plan plan = {0};
    BuiltInSchemas schemas;
    converted->rewrite.schemas = built_in_schemas(&schemas, target);
    if (ok && plan_rewrite(&converted->rewrite, 0, &plan))
        edits_apply(doc->text, 0, plan.edits.items, plan.edits.len, out);
    else
        buf_addf(out, "%srefused: " STR_FMT, plan.bug ? "bug, " : "",
                 STR_ARG(converted->rewrite.refused));
    plan_release(&plan);
    schemas_free(schemas.schemas);
}

static inline Str run(Arena *a, const Row *row, Str target, const char *mode,
                      const char *const *others, Converted *converted) {
    Document doc;
    assert_true(document_parse(a, str_from(row->input), &doc));
    const Node *resource = resource_of(&doc);
    Identity identity;
    identity_from_tree(resource, &identity);
    Scene scene = {.mode = mode};
    read_others(a, others, &scene);
    ConvertFacts facts = {.context = &scene,
                          .presence = presence,
                          .taken = taken,
                          .option = option,
                          .read = read_object,
                          .scaler = scaler};
    ConvertInput in = {.arena = a,
                       .doc = &doc,
                       .resource = resource,
                       .identity = &identity,
                       .namespace = identity.namespace,
                       .target = target,
                       .in_list = resource->parent != NULL,
                       .facts = &facts};
    convert_begin(converted, &in);
    Buf out = {0};
    finish(&doc, target, converted, conversion_single_variant.convert(&in, converted), &out);
    Str got = str_copy(a, buf_str(&out));
    buf_release(&out);
    return got;
}

#define HEAD "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\n"
#define ONE  "    - acc: A100\n      accCount: 1\n      maxBatchSize: 4\n"
#define TWO  ONE "    - acc: L40S\n      accCount: 2\n      maxBatchSize: 8\n"
#define OLD(name, list)                                                                            \
    HEAD "metadata:\n  name: " name "\n  labels:\n    inference.optimization/acceleratorName: "    \
         "A100\nspec:\n  modelID: org/chat\n  modelProfile:\n    accelerators:\n" list
#define NEW(name, type, number, batch)                                                             \
    HEAD "metadata:\n  name: " name                                                                \
         "\n  labels:\n    inference.optimization/acceleratorName: " type                          \
         "\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    "         \
         "name: " name "\n  modelID: org/chat\n  variantID: org/chat-" type "-" number             \
         "\n  accelerator: " type "\n  acceleratorCount: " number                                  \
         "\n  variantProfile:\n    maxBatchSize: " batch "\n"
#define UNSEEN(name) "the Deployment '" name "' was not seen: nothing is scaled without it"

static inline size_t check(const Row *rows, size_t count, const char *target, const char *mode,
                           const char *const *others) {
    Arena a = {0};
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        Converted converted;
        Str got = run(&a, &rows[i], str_from(target), mode, others, &converted);
        Str notes = joined(&a, &converted);
        bool refused = str_find(got, STR("refused: ")) != STR_NONE;
        if (!str_eq(got, str_from(rows[i].want))) {
            print_error("%s: got\n" STR_FMT "\nwanted\n%s\n", rows[i].name, STR_ARG(got),
                        rows[i].want);
            failed++;
        } else if (!refused && !str_eq(notes, str_from(rows[i].notes))) {
            print_error("%s: noted '" STR_FMT "'\n", rows[i].name, STR_ARG(notes));
            failed++;
        }
        convert_release(&converted);
        arena_reset(&a);
    }
    arena_release(&a);
    return failed;
}

/* `others`: what else is in the scan, as manifests, ended by NULL. */
#define CHECK_IN(rows, target, mode, others)                                                       \
    assert_int_equal(check(rows, sizeof rows / sizeof *rows, target, mode, others), 0)
#define CHECK(rows, target, mode) CHECK_IN(rows, target, mode, NULL)

#endif
