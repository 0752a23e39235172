/* Which schemas hold for what a fix writes: those of the targets that were chosen for its file.
 *
 *     FixSchema s;
 *     fix_schema_begin(&s, scan, source);
 *     rw->schemas = &s.finder;                    s must live as long as the rewrite is planned */
#ifndef APP_FIX_SCHEMA_H
#define APP_FIX_SCHEMA_H

#include "app/scan.h"
#include "change/schema.h"

typedef struct FixSchema {
    SchemaFinder finder;
    Schemas *schemas;
    const Config *config;
} FixSchema;

void fix_schema_begin(FixSchema *s, const Scan *scan, uint32_t source);

/* The version that the file's configuration chooses of a pack; empty when there is no such pack. */
Str target_of_pack(const Config *config, Str pack);

#endif
