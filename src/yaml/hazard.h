/* Texts that libfyaml 0.7 must not see: what makes it quadratic, and what makes it crash. */
#ifndef YAML_HAZARD_H
#define YAML_HAZARD_H

#include "base/str.h"

typedef struct Hazard {
    const char *why; /* NULL: none */
    size_t offset;
    bool limit; /* no fault of the text: it runs into a limit of this program */
} Hazard;

Hazard yaml_hazard(Str text);

#endif
