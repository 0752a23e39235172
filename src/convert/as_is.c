/* What the server wrote, kind by kind. */
#include "convert/as_is.h"

#include "base/error.h"
#include "change/steps.h"

/* Beside status and metadata (convert_metadata) the server writes into the spec of some kinds. */
typedef struct Written {
    Str group, kind;
    const char *path;
    const char *keep_at, *keep_if; /* not where this path has that text */
    const char *reason;
} Written;

#define OF(group, kind)      STR_INIT(group), STR_INIT(kind)
#define UNLESS(path, text)   path, text
#define ALWAYS               NULL, NULL
#define UNIQUE_TO_ITS_JOB    "made for one Job only"
#define ONE_CLUSTERS_ADDRESS "an address of one cluster"

static const Written written[] = {
    {OF("", "Service"), "spec.clusterIP", UNLESS("spec.clusterIP", "None"), ONE_CLUSTERS_ADDRESS},
    {OF("", "Service"), "spec.clusterIPs", UNLESS("spec.clusterIP", "None"), ONE_CLUSTERS_ADDRESS},
    {OF("", "Pod"), "spec.nodeName", ALWAYS, "chosen by the scheduler"},
    {OF("", "PersistentVolume"), "spec.claimRef.uid", ALWAYS, "the claim gets another one"},
    {OF("", "PersistentVolume"), "spec.claimRef.resourceVersion", ALWAYS,
     "the claim gets another one"},
    {OF("", "PersistentVolumeClaim"), "metadata.annotations[\"pv.kubernetes.io/bind-completed\"]",
     ALWAYS, "it must be bound again"},
    {OF("", "PersistentVolumeClaim"),
     "metadata.annotations[\"pv.kubernetes.io/bound-by-controller\"]", ALWAYS,
     "it must be bound again"},
    {OF("batch", "Job"), "spec.selector", UNLESS("spec.manualSelector", "true"), UNIQUE_TO_ITS_JOB},
    {OF("batch", "Job"), "metadata.labels.controller-uid", UNLESS("spec.manualSelector", "true"),
     UNIQUE_TO_ITS_JOB},
    {OF("batch", "Job"), "metadata.labels[\"batch.kubernetes.io/controller-uid\"]",
     UNLESS("spec.manualSelector", "true"), UNIQUE_TO_ITS_JOB},
    {OF("batch", "Job"), "spec.template.metadata.labels.controller-uid",
     UNLESS("spec.manualSelector", "true"), UNIQUE_TO_ITS_JOB},
    {OF("batch", "Job"), "spec.template.metadata.labels[\"batch.kubernetes.io/controller-uid\"]",
     UNLESS("spec.manualSelector", "true"), UNIQUE_TO_ITS_JOB},
};

static Path path_of(Arena *a, const char *text) {
    Path path;
    Error err;
    if (!path_parse(a, str_from(text), &path, &err)) bug("%s: %s", text, err.text);
    return path;
}

static bool stays(Arena *a, const Written *w, const Node *resource) {
    if (!w->keep_at) return false;
    Path path = path_of(a, w->keep_at);
    return node_is(path_first(&path, resource), str_from(w->keep_if));
}

static void drop_written(const ConvertInput *in, Rewrite *rw, Target *root, const Written *w) {
    if (!str_eq(w->group, in->identity->group) || !str_eq(w->kind, in->identity->kind) ||
        stays(in->arena, w, in->resource))
        return;
    ChangeStep step = {.kind = CHANGE_DROP,
                       .path = path_of(in->arena, w->path),
                       .value = str_from(w->reason),
                       .harmless = true,
                       .prune = true};
    steps_apply(rw, root, &step);
}

/* An item of a typed List (`kind: PodList`) says what it is only when it stands alone. */
static void add_type(const ConvertInput *in, Rewrite *rw, Target *root) {
    const Identity *id = in->identity;
    if (node_child(in->resource, STR("kind"))) return;
    Str slash = id->group.len ? STR("/") : STR("");
    Str version = str_format(in->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(id->group), STR_ARG(slash),
                             STR_ARG(id->version));
    target_add_key(root, STR("apiVersion"), target_string(rw, version));
    target_add_key(root, STR("kind"), target_string(rw, id->kind));
}

Target *as_is_target(const ConvertInput *in, Converted *out) {
    Rewrite *rw = &out->rewrite;
    Target *root = target_within(rw, in->resource);
    rewrite_root(rw, root);
    add_type(in, rw, root);
    Target *metadata = convert_metadata(out, in->resource);
    NODE_EACH (child, in->resource) {
        Str key = child->key ? child->key->value : (Str){0};
        if (str_eq(key, STR("metadata")) && metadata)
            target_add(root, metadata);
        else if (!str_eq(key, STR("status")))
            target_add(root, target_keep(rw, child));
    }
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        drop_written(in, rw, root, &written[i]);
    return root;
}

static bool holds_data(const Identity *id) {
    return !id->group.len &&
           (str_eq(id->kind, STR("Secret")) || str_eq(id->kind, STR("ConfigMap")) ||
            str_eq(id->kind, STR("PersistentVolume")) ||
            str_eq(id->kind, STR("PersistentVolumeClaim")));
}

const char *as_is_left_out(const Identity *id, bool managed) {
    bool event = str_eq(id->kind, STR("Event")) &&
                 (!id->group.len || str_eq(id->group, STR("events.k8s.io")));
    if (event) return "an event is no state";
    return managed && !holds_data(id) ? "its owner makes it again" : NULL;
}
