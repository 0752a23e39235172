/* The table of places where objects hold objects. */
#include "model/inner.h"

#include "yaml/path.h"

static const struct {
    Str group, kind, path;
} places[] = {
    {STR_INIT("kubeflow.org"), STR_INIT("Experiment"), STR_INIT("spec.trialTemplate.trialSpec")},
    {STR_INIT("workload.codeflare.dev"), STR_INIT("AppWrapper"),
     STR_INIT("spec.components[*].template")},
};

typedef struct Search {
    const Node *resource;
    const Identity *outer;
    InnerVisit visit;
    void *context;
} Search;

/* What stands behind an alias is read where it stands. */
static bool take(void *context, const Node *n) {
    const Search *s = context;
    Identity id;
    if (n->kind != NODE_MAP || !node_inside(n, s->resource) || !identity_from_tree(n, &id) ||
        !str_eq(id.group, STR("trainer.kubeflow.org")))
        return true;
    if (!id.namespace.len) id.namespace = s->outer->namespace;
    s->visit(s->context, n, &id);
    return true;
}

void inner_each(Arena *a, const Node *resource, const Identity *outer, InnerVisit visit,
                void *context) {
    Search search = {resource, outer, visit, context};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        Path path;
        Error err;
        if (!str_eq(outer->kind, places[i].kind) || !str_eq(outer->group, places[i].group))
            continue;
        if (path_parse(a, places[i].path, &path, &err))
            path_each(&path, resource, take, &search, NULL);
    }
}
