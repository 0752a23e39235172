/* The schemas by name. */
#include "app/schema.h"

typedef struct Schema {
    Str name;
    const char *text;
} Schema;

static const Schema schemas[] = {
    {STR_INIT("config"), schema_config},
    {STR_INIT("rule"), schema_rule},
    {STR_INIT("report"), schema_report},
};

Str schema_find(Str name) {
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        if (str_eq(schemas[i].name, name)) return str_from(schemas[i].text);
    }
    return (Str){0};
}
