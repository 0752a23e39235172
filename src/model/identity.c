/* Identity from the tree. */
#include "model/identity.h"

static void split_api_version(Str api_version, Identity *out) {
    size_t slash = str_find_char(api_version, '/');
    if (slash == STR_NONE) {
        out->group = (Str){0};
        out->version = api_version;
    } else {
        out->group = str_slice(api_version, 0, slash);
        out->version = str_from_offset(api_version, slash + 1);
    }
}

/* Kinds that Kubernetes' own controllers create on behalf of others. */
static const struct {
    Str group, kind, child;
} built_in[] = {
    {STR_INIT("apps"), STR_INIT("Deployment"), STR_INIT("ReplicaSet")},
    {STR_INIT("apps"), STR_INIT("ReplicaSet"), STR_INIT("Pod")},
    {STR_INIT("apps"), STR_INIT("StatefulSet"), STR_INIT("Pod")},
    {STR_INIT("apps"), STR_INIT("StatefulSet"), STR_INIT("ControllerRevision")},
    {STR_INIT("apps"), STR_INIT("StatefulSet"), STR_INIT("PersistentVolumeClaim")},
    {STR_INIT("apps"), STR_INIT("DaemonSet"), STR_INIT("Pod")},
    {STR_INIT("apps"), STR_INIT("DaemonSet"), STR_INIT("ControllerRevision")},
    {STR_INIT("batch"), STR_INIT("CronJob"), STR_INIT("Job")},
    {STR_INIT("batch"), STR_INIT("Job"), STR_INIT("Pod")},
    {STR_INIT(""), STR_INIT("ReplicationController"), STR_INIT("Pod")},
    {STR_INIT(""), STR_INIT("Service"), STR_INIT("EndpointSlice")},
};

bool owner_manages(Str owner_group, Str owner_kind, Str kind) {
    bool known = false;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (!str_eq(built_in[i].group, owner_group) || !str_eq(built_in[i].kind, owner_kind))
            continue;
        if (str_eq(built_in[i].child, kind)) return true;
        known = true;
    }
    return !known;
}

void identity_set_owner(Identity *id, Str api_version, Str kind, Str name, Str uid) {
    Identity owner;
    split_api_version(api_version, &owner);
    if (!owner_manages(owner.group, kind, id->kind)) return;
    id->owner_kind = kind;
    id->owner_name = name;
    id->owner_uid = uid;
}

void identity_set_type(Identity *id, Str api_version, Str kind) {
    split_api_version(api_version, id);
    id->kind = kind;
}

/* A text of a map; null is as good as absent. */
static Str text_of(const Node *map, Str key) {
    const Node *n = node_child(map, key);
    return node_is_null(n) ? (Str){0} : node_text(n);
}

static void read_owner(const Node *metadata, Identity *out) {
    const Node *owners = node_child(metadata, STR("ownerReferences"));
    if (!owners || owners->kind != NODE_SEQ) return;
    NODE_EACH (owner, owners) {
        if (!node_is(node_child(owner, STR("controller")), STR("true"))) continue;
        identity_set_owner(out, text_of(owner, STR("apiVersion")), text_of(owner, STR("kind")),
                           text_of(owner, STR("name")), text_of(owner, STR("uid")));
        return;
    }
}

static void read_metadata(const Node *resource, Identity *out) {
    const Node *metadata = node_child(resource, STR("metadata"));
    out->namespace = text_of(metadata, STR("namespace"));
    out->name = text_of(metadata, STR("name"));
    out->uid = text_of(metadata, STR("uid"));
    read_owner(metadata, out);
}

bool identity_from_tree(const Node *resource, Identity *out) {
    *out = (Identity){0};
    Str api_version = text_of(resource, STR("apiVersion"));
    Str kind = text_of(resource, STR("kind"));
    if (!api_version.len || !kind.len) return false;
    identity_set_type(out, api_version, kind);
    read_metadata(resource, out);
    return true;
}

bool identity_from_list(const Node *item, Str list_api_version, Str list_kind, Identity *out) {
    *out = (Identity){0};
    if (!node_child(item, STR("metadata")) || !list_api_version.len || list_kind.len <= 4)
        return false;
    identity_set_type(out, list_api_version, str_slice(list_kind, 0, list_kind.len - 4));
    read_metadata(item, out);
    return true;
}
