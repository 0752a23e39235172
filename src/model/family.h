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
    /* These hold commands and nothing else for us: opened when a rule is about commands. */
    FAMILY_SHELL,    /* *.sh, *.bash */
    FAMILY_MAKE,     /* Makefile, *.mk */
    FAMILY_DOCKER,   /* Dockerfile, Dockerfile.*, *.dockerfile, Containerfile */
    FAMILY_JUST,     /* justfile, Justfile */
    FAMILY_JENKINS,  /* Jenkinsfile */
    FAMILY_RST,      /* *.rst: blocks of code */
    FAMILY_NOTEBOOK, /* *.ipynb: JSON, cells of code and Markdown */
} Family;

Family family_of(Str path);

/* Is its content YAML or JSON that may be manifests? */
bool family_is_yaml(Family f);
/* Is it of interest for its commands only? */
bool family_is_commands(Family f);

#endif
