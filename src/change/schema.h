/* The structural schema of a custom resource, and what of a resource breaks it.
 *
 * That is the part of OpenAPI that a CustomResourceDefinition may use: types, properties, bounds,
 * and the x-kubernetes- keys. What the API server refuses is a fault; so is a field that it does
 * not know, because it would drop that without a word.
 *
 *     SchemaPool pool = {0};
 *     const Schema *schema = schema_read(&pool, node, false, &err);       of an openAPIV3Schema
 *     SchemaVerdict verdict;
 *     schema_check(&arena, schema, resource, &verdict);
 *     if (verdict.count) report(verdict.first.path, verdict.first.words);
 *     schema_pool_release(&pool);
 *
 * A schema points into the tree that it was read from, and lives as long as its pool. What cannot
 * be checked here is not checked, and counted in `unchecked`: rules in CEL
 * (x-kubernetes-validations), allOf, anyOf, oneOf, not, enums of maps and lists, formats other than
 * int32 and int64, patterns that PCRE2 does not take. Patterns are matched byte by byte. Of sets
 * only texts, numbers and booleans are compared. */
#ifndef CHANGE_SCHEMA_H
#define CHANGE_SCHEMA_H

#include "base/error.h"
#include "base/regex.h"
#include "base/vec.h"
#include "model/identity.h"

typedef enum {
    SCHEMA_ANY, /* nothing is said */
    SCHEMA_OBJECT,
    SCHEMA_ARRAY,
    SCHEMA_STRING,
    SCHEMA_INTEGER,
    SCHEMA_NUMBER,
    SCHEMA_BOOLEAN,
    SCHEMA_INT_OR_STRING,
} SchemaType;

typedef enum { SCHEMA_LIST_ATOMIC, SCHEMA_LIST_SET, SCHEMA_LIST_MAP } SchemaListType;

typedef struct SchemaRange {
    bool has_least, has_most;
    bool above, below; /* least, most themselves are outside */
    double least, most;
} SchemaRange;

typedef struct Schema Schema;

typedef struct SchemaField {
    Str name;
    const Schema *schema;
} SchemaField;

typedef struct SchemaNames {
    const Str *items;
    size_t len;
} SchemaNames;

struct Schema {
    SchemaType type;
    bool nullable, has_default;
    bool is_resource;   /* x-kubernetes-embedded-resource */
    bool keeps_unknown; /* x-kubernetes-preserve-unknown-fields */
    bool any_value;     /* additionalProperties: true */
    const SchemaField *fields;
    size_t field_count;
    const Schema *values; /* additionalProperties; NULL: none */
    const Schema *items;
    SchemaNames required, list_keys;
    SchemaListType list_type;
    const Node *const *choices; /* enum */
    size_t choice_count;
    SchemaRange value;  /* minimum, maximum; the range of its format */
    SchemaRange length; /* minLength, maxLength: of code points */
    SchemaRange count;  /* of items, of properties */
    Str pattern;
    Regex *regex;       /* NULL: no pattern, or none that can be checked */
    uint32_t unchecked; /* of the root: what stands in the schema and is not checked */
};

typedef struct SchemaPool {
    Arena arena;
    VEC(Regex *) regexes;
} SchemaPool;

/* `keeps_unknown`: unknown fields are kept wherever they stand. NULL: err names the place in the
 * schema and says what is wrong there. */
const Schema *schema_read(SchemaPool *pool, const Node *node, bool keeps_unknown, Error *err);
void schema_pool_release(SchemaPool *pool);

typedef struct SchemaFault {
    Str path;          /* in the resource */
    Str words;         /* "must be at least 1" */
    const Node *value; /* what stands there; NULL when the words say it all */
} SchemaFault;

typedef struct SchemaVerdict {
    SchemaFault first;
    uint32_t count; /* of faults; 0: the resource satisfies the schema */
    Str hidden;     /* the first place where a template stands, of which nothing can be told */
} SchemaVerdict;

/* The texts are in the arena. */
void schema_check(Arena *a, const Schema *schema, const Node *resource, SchemaVerdict *out);

/* The same for what a change of a detail makes of a resource: what was wrong before and still is
 * does not count. */
void schema_check_change(Arena *a, const Schema *schema, const Node *before, const Node *after,
                         SchemaVerdict *out);

/* Which schema a resource must satisfy; NULL: none is known. */
typedef struct SchemaFinder {
    void *context;
    const Schema *(*find)(void *context, const Identity *id);
} SchemaFinder;

#endif
