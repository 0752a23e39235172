/* What a file is, by its name: the one table of names that a walk opens (docs/formats.md). */
#ifndef MODEL_FAMILY_H
#define MODEL_FAMILY_H

#include "base/str.h"

typedef enum {
    FAMILY_NONE, /* no family knows the name: opened only when named or wanted by a text rule */
    FAMILY_YAML, /* *.yaml, *.yml */
    FAMILY_JSON, /* *.json */
    FAMILY_KUSTOMIZATION, /* kustomization.yaml, kustomization.yml, Kustomization */
    FAMILY_MARKDOWN,      /* *.md, *.markdown: manifests and commands in its code fences */
} Family;

Family family_of(Str path);

/* Is its content YAML or JSON? */
bool family_is_yaml(Family f);

#endif
