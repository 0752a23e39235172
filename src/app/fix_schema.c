/* From a file's targets to schemas. */
#include "app/fix_schema.h"

Str target_of_pack(const Config *config, Str pack) {
    for (size_t p = 0; p < PACK_COUNT; p++)
        if (str_eq(pack_names[p], pack)) return config->targets[p];
    return (Str){0};
}

static Str target(void *context, Str pack) {
    const FixSchema *s = context;
    return target_of_pack(s->config, pack);
}

static const Schema *find(void *context, const Identity *id) {
    const FixSchema *s = context;
    return schemas_find(s->schemas, id, target, context);
}

void fix_schema_begin(FixSchema *s, const Scan *scan, uint32_t source) {
    *s = (FixSchema){.finder = {.context = s, .find = find},
                     .schemas = scan->schemas,
                     .config = scan->sources.items[source].config};
}
