/* For tests of conversions: the built-in schemas of one target, so that no row passes which the
 * API server would refuse. */
#ifndef CONVERT_SCHEMAS_TEST_H
#define CONVERT_SCHEMAS_TEST_H

#include "convert/schemas.h"

typedef struct BuiltInSchemas {
    SchemaFinder finder;
    Schemas *schemas; /* for schemas_free */
    Str target;
} BuiltInSchemas;

static inline Str built_in_target(void *context, Str pack) {
    (void)pack;
    return ((const BuiltInSchemas *)context)->target;
}

static inline const Schema *built_in_find(void *context, const Identity *id) {
    return schemas_find(((const BuiltInSchemas *)context)->schemas, id, built_in_target, context);
}

static inline const SchemaFinder *built_in_schemas(BuiltInSchemas *s, Str target) {
    *s = (BuiltInSchemas){.finder = {s, built_in_find}, .schemas = schemas_new(), .target = target};
    return &s->finder;
}

#endif
