/* Taking CustomResourceDefinitions apart. */
#include "change/crd.h"

#include "model/identity.h"

bool is_crd(const Node *resource) {
    Identity id;
    return identity_from_tree(resource, &id) && str_eq(id.group, STR("apiextensions.k8s.io")) &&
           str_eq(id.kind, STR("CustomResourceDefinition"));
}

static const Node *below(const Node *map, const char *key) {
    return node_child(map, str_from(key));
}

bool crd_each(const Node *crd, CrdVisit visit, void *context) {
    const Node *spec = below(crd, "spec");
    bool v1beta1 = node_is(below(crd, "apiVersion"), STR("apiextensions.k8s.io/v1beta1"));
    const Node *keeps = below(spec, "preserveUnknownFields");
    CrdVersion v = {.group = node_text(below(spec, "group")),
                    .kind = node_text(below(below(spec, "names"), "kind")),
                    .keeps_unknown = keeps ? node_is(keeps, STR("true")) : v1beta1};
    const Node *shared = below(below(spec, "validation"), "openAPIV3Schema");
    const Node *versions = below(spec, "versions");
    if (!versions) {
        v.version = node_text(below(spec, "version"));
        v.schema = shared;
        return visit(context, &v);
    }
    NODE_EACH (version, versions) {
        const Node *own = below(below(version, "schema"), "openAPIV3Schema");
        if (node_is(below(version, "served"), STR("false"))) continue;
        v.version = node_text(below(version, "name"));
        v.schema = own ? own : shared;
        if (!visit(context, &v)) return false;
    }
    return true;
}
