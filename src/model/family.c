/* The table of names. */
#include "model/family.h"

#include "base/glob.h"

static const struct {
    Str pattern;
    Family family;
} names[] = {
    {STR_INIT("kustomization.yaml"), FAMILY_KUSTOMIZATION},
    {STR_INIT("kustomization.yml"), FAMILY_KUSTOMIZATION},
    {STR_INIT("Kustomization"), FAMILY_KUSTOMIZATION},
    {STR_INIT("*.yaml"), FAMILY_YAML},
    {STR_INIT("*.yml"), FAMILY_YAML},
    {STR_INIT("*.json"), FAMILY_JSON},
    {STR_INIT("*.md"), FAMILY_MARKDOWN},
    {STR_INIT("*.markdown"), FAMILY_MARKDOWN},
    {STR_INIT("*.sh"), FAMILY_SHELL},
    {STR_INIT("*.bash"), FAMILY_SHELL},
    {STR_INIT("Makefile"), FAMILY_MAKE},
    {STR_INIT("makefile"), FAMILY_MAKE},
    {STR_INIT("GNUmakefile"), FAMILY_MAKE},
    {STR_INIT("*.mk"), FAMILY_MAKE},
    {STR_INIT("Dockerfile"), FAMILY_DOCKER},
    {STR_INIT("Dockerfile.*"), FAMILY_DOCKER},
    {STR_INIT("*.dockerfile"), FAMILY_DOCKER},
    {STR_INIT("*.Dockerfile"), FAMILY_DOCKER},
    {STR_INIT("Containerfile"), FAMILY_DOCKER},
    {STR_INIT("justfile"), FAMILY_JUST},
    {STR_INIT("Justfile"), FAMILY_JUST},
    {STR_INIT("Jenkinsfile"), FAMILY_JENKINS},
    {STR_INIT("*.rst"), FAMILY_RST},
    {STR_INIT("*.ipynb"), FAMILY_NOTEBOOK},
};

Family family_of(Str path) {
    size_t slash = str_find_last_char(path, '/');
    Str name = slash == STR_NONE ? path : str_from_offset(path, slash + 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (glob_match(names[i].pattern, name)) return names[i].family;
    return FAMILY_NONE;
}

bool family_is_yaml(Family f) {
    return f == FAMILY_YAML || f == FAMILY_JSON || f == FAMILY_KUSTOMIZATION;
}

bool family_is_commands(Family f) {
    return f >= FAMILY_SHELL;
}
