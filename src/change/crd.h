/* A CustomResourceDefinition: what its versions are called, and their schemas.
 *
 * Both forms are read: apiextensions.k8s.io/v1, and v1beta1 with one schema for all versions and
 * with `preserveUnknownFields`, which there is on unless it is said. A version that is not served
 * is passed over.
 *
 *     if (is_crd(node)) crd_each(node, visit, context);      visit returns false to stop */
#ifndef CHANGE_CRD_H
#define CHANGE_CRD_H

#include "yaml/node.h"

typedef struct CrdVersion {
    Str group, version, kind;
    const Node *schema; /* openAPIV3Schema; NULL: it says nothing */
    bool keeps_unknown; /* nothing is dropped, whatever the schema knows */
} CrdVersion;

bool is_crd(const Node *resource);

typedef bool (*CrdVisit)(void *context, const CrdVersion *version);
bool crd_each(const Node *crd, CrdVisit visit, void *context); /* false when stopped */

#endif
