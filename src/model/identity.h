/* Who a resource is: enough to name it, to find it again elsewhere, and to know its owner.
 *
 * The texts point into the document or its arena. The tree is the authority; model/skim.h reads the
 * same from kubectl's style without a tree, and a test proves that both agree. */
#ifndef MODEL_IDENTITY_H
#define MODEL_IDENTITY_H

#include "yaml/node.h"

typedef struct Identity {
    Str group, version, kind; /* apiVersion "apps/v1" -> "apps", "v1"; "v1" -> "", "v1" */
    Str namespace, name;      /* empty when absent or templated */
    Str uid;
    /* The owner that manages it: the first ownerReference with `controller: true`, unless it only
     * bounds the lifetime (a Deployment as owner of its VariantAutoscaling, by old controllers). */
    Str owner_kind, owner_name, owner_uid;
} Identity;

/* False when the node is no resource: a map with readable `apiVersion` and `kind`. */
bool identity_from_tree(const Node *resource, Identity *out);

/* Likewise for an item of a typed List (`kind: PodList`), which may leave out what that says. */
bool identity_from_list(const Node *item, Str list_api_version, Str list_kind, Identity *out);

/* The parts, for readers that need no tree. */
void identity_set_type(Identity *id, Str api_version, Str kind);
void identity_set_owner(Identity *id, Str api_version, Str kind, Str name, Str uid);

/* Does such an owner create objects of that kind, or only bound their lifetime? Kubernetes' own
 * workloads create a few known kinds; any other controller manages what it controls. */
bool owner_manages(Str owner_group, Str owner_kind, Str kind);

#endif
