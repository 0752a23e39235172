/* Each keyword of a structural schema: what it takes, what it refuses, and in which words. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "change/schema.h"
#include "yaml/parse.h"

#include <string.h>

typedef struct Row {
    const char *name, *schema; /* of spec */
    const char *spec;
    const char *want; /* the first fault; "" when there is none; "? path": hidden by a template */
} Row;

#define TEXT    "{type: string}"
#define NUMBER  "{type: integer}"
#define LIST    "type: array, x-kubernetes-list-type"
#define KEYED   "{" LIST ": map, x-kubernetes-list-map-keys: [name, port]}"
#define DEFAULT "{type: string, default: x}"
#define EMBED   "{type: object, x-kubernetes-embedded-resource: true, properties: {spec: " TEXT "}}"

static const Row rows[] = {
    {"a text", TEXT, "a", ""},
    {"a number is no text", TEXT, "5", "spec: must be a text"},
    {"a quoted number is one", TEXT, "'5'", ""},
    {"a boolean is no text", TEXT, "yes", "spec: must be a text"},
    {"a date is a text", TEXT, "2025-01-31", ""},
    {"a map is no text", TEXT, "{a: 1}", "spec: must be a text"},
    {"a whole number", NUMBER, "5", ""},
    {"octal and hexadecimal ones too", NUMBER, "0x1F", ""},
    {"with no fraction but .0", NUMBER, "5.0", ""},
    {"a fraction", NUMBER, "5.5", "spec: must be a whole number"},
    {"a quoted number is no number", NUMBER, "'5'", "spec: must be a whole number"},
    {"a number", "{type: number}", "5.5", ""},
    {"an endless number", "{type: number}", ".inf", "spec: must be a number"},
    {"true", "{type: boolean}", "true", ""},
    {"on is true", "{type: boolean}", "on", ""},
    {"a text is no boolean", "{type: boolean}", "'true'", "spec: must be true or false"},
    {"a list", "{type: array}", "[1]", ""},
    {"a map is no list", "{type: array}", "{}", "spec: must be a list"},
    {"a list is no map", "{type: object}", "[]", "spec: must be a map"},
    {"int-or-string: a number", "{x-kubernetes-int-or-string: true}", "5", ""},
    {"int-or-string: a text", "{x-kubernetes-int-or-string: true}", "50%", ""},
    {"int-or-string: a fraction", "{x-kubernetes-int-or-string: true}", "0.5",
     "spec: must be a whole number or a text"},
    {"int-or-string says it again in anyOf",
     "{anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}", "5", ""},
    {"nothing is said", "{}", "[1, {a: b}]", ""},

    {"minimum", "{type: integer, minimum: 1}", "1", ""},
    {"below it", "{type: integer, minimum: 1}", "0", "spec: must be at least 1"},
    {"maximum", "{type: integer, maximum: 9}", "10", "spec: must be at most 9"},
    {"exclusive minimum", "{type: number, minimum: 1, exclusiveMinimum: true}", "1",
     "spec: must be above 1"},
    {"exclusive maximum", "{type: number, maximum: 1, exclusiveMaximum: true}", "0.9", ""},
    {"exclusive maximum itself", "{type: number, maximum: 1, exclusiveMaximum: true}", "1",
     "spec: must be below 1"},
    {"int32", "{type: integer, format: int32}", "2147483647", ""},
    {"beyond int32", "{type: integer, format: int32}", "2147483648",
     "spec: must be at most 2147483647"},
    {"int32 and a minimum", "{type: integer, format: int32, minimum: 0}", "-1",
     "spec: must be at least 0"},
    {"beyond int64", "{type: integer, format: int64}", "9223372036854775808",
     "spec: must be below 9.22337203685478e+18"},
    {"minLength", "{type: string, minLength: 2}", "a",
     "spec: its number of characters must be at least 2, is 1"},
    {"code points are counted", "{type: string, maxLength: 2}", "äö", ""},
    {"maxLength", "{type: string, maxLength: 2}", "äöü",
     "spec: its number of characters must be at most 2, is 3"},
    {"of numbers no length is asked", "{x-kubernetes-int-or-string: true, maxLength: 1}", "55", ""},
    {"minItems", "{type: array, minItems: 1}", "[]",
     "spec: its number of items must be at least 1, is 0"},
    {"maxItems", "{type: array, maxItems: 1}", "[1, 2]",
     "spec: its number of items must be at most 1, is 2"},
    {"minProperties", "{type: object, minProperties: 1, additionalProperties: " TEXT "}", "{}",
     "spec: its number of entries must be at least 1, is 0"},
    {"maxProperties", "{type: object, maxProperties: 1, additionalProperties: " TEXT "}",
     "{a: b, c: d}", "spec: its number of entries must be at most 1, is 2"},

    {"enum", "{type: string, enum: [a, b]}", "b", ""},
    {"none of the enum", "{type: string, enum: [a, b, c]}", "d", "spec: must be a, b or c"},
    {"numbers are compared as such", "{type: integer, enum: [16]}", "0x10", ""},
    {"texts are not", "{type: string, enum: ['16']}", "'0x10'", "spec: must be 16"},
    {"pattern", "{type: string, pattern: '^a+$'}", "aaa", ""},
    {"pattern, not matched", "{type: string, pattern: '^a+$'}", "ab", "spec: must match ^a+$"},
    {"a pattern matches anywhere", "{type: string, pattern: b}", "abc", ""},
    {"the end is the end", "{type: string, pattern: 'a$'}", "\"a\\n\"", "spec: must match a$"},
    {"a dollar in brackets", "{type: string, pattern: '^[$a]$'}", "$", ""},
    {"a bracket in brackets", "{type: string, pattern: '^[]$]$'}", "']'", ""},
    {"a class in brackets", "{type: string, pattern: '^[[:alpha:]$]+$'}", "a$", ""},
    {"a quoted dollar", "{type: string, pattern: '^\\$$'}", "$", ""},
    {"flags are left alone", "{type: string, pattern: '(?m)^a$'}", "\"b\\na\\nb\"", ""},
    {"what takes too many steps to match is not judged",
     "{type: string, pattern: '^(([A-Z0-9]+-?)+)+x?[a-zA-Z0-9-]*_END|^.*$'}",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""},
    {"a pattern that is none here is not checked", "{type: string, pattern: '(?<'}", "a", ""},

    {"a field", "{type: object, properties: {a: " TEXT "}}", "{a: b}", ""},
    {"a field's value", "{type: object, properties: {a: " TEXT "}}", "{a: 1}",
     "spec.a: must be a text"},
    {"an unknown field", "{type: object, properties: {a: " TEXT "}}", "{b: 1}",
     "spec.b: is no field of the schema: the API server would drop it"},
    {"a map without fields", "{type: object}", "{b: 1}",
     "spec.b: is no field of the schema: the API server would drop it"},
    {"unknown fields are kept", "{type: object, x-kubernetes-preserve-unknown-fields: true}",
     "{b: {c: 1}}", ""},
    {"known ones are checked there, too",
     "{x-kubernetes-preserve-unknown-fields: true, type: object, properties: {a: " TEXT "}}",
     "{a: 1, b: 2}", "spec.a: must be a text"},
    {"additionalProperties", "{type: object, additionalProperties: " TEXT "}", "{a/b: c}", ""},
    {"additionalProperties, not met", "{type: object, additionalProperties: " TEXT "}", "{a/b: 1}",
     "spec[\"a/b\"]: must be a text"},
    {"additionalProperties: true", "{type: object, additionalProperties: true}", "{a: {b: 1}}", ""},
    {"additionalProperties: false", "{type: object, additionalProperties: false}", "{a: 1}",
     "spec.a: is no field of the schema: the API server would drop it"},
    {"required", "{type: object, required: [a], properties: {a: " TEXT "}}", "{}",
     "spec.a: is required"},
    {"required, but there is a default",
     "{type: object, required: [a], properties: {a: " DEFAULT "}}", "{}", ""},
    {"null is dropped", "{type: object, properties: {a: " TEXT "}}", "{a: null}", ""},
    {"so it does not count as there", "{type: object, required: [a], properties: {a: " TEXT "}}",
     "{a: }", "spec.a: is required"},
    {"null gets the default", "{type: object, required: [a], properties: {a: " DEFAULT "}}",
     "{a: null}", ""},
    {"nullable", "{type: object, required: [a], properties: {a: {type: string, nullable: true}}}",
     "{a: null}", ""},
    {"null in a list", "{type: array, items: " TEXT "}", "[null]", "spec[0]: must be a text"},
    {"nullable in a list", "{type: array, items: {type: string, nullable: true}}", "[null]", ""},
    {"items", "{type: array, items: " TEXT "}", "[a, 1]", "spec[1]: must be a text"},
    {"two faults", "{type: array, items: " TEXT "}", "[2, 1]",
     "spec[0]: must be a text, and 1 more"},

    {"a set", "{type: array, x-kubernetes-list-type: set}", "[a, b, '1', 1]", ""},
    {"twice in a set", "{type: array, x-kubernetes-list-type: set}", "[a, b, a]",
     "spec[2]: must differ from the items before it"},
    {"the same number", "{type: array, x-kubernetes-list-type: set}", "[10, 0xA]",
     "spec[1]: must differ from the items before it"},
    {"keys of a map-list", KEYED, "[{name: a, port: 1}, {name: a, port: 2}]", ""},
    {"the same keys", KEYED, "[{name: a, port: 1}, {name: a, port: 1}]",
     "spec[1]: must differ in 'name', 'port' from the items before it"},
    {"a key that is absent in both", KEYED, "[{name: a}, {name: a}]",
     "spec[1]: must differ in 'name', 'port' from the items before it"},
    {"atomic lists may repeat", "{type: array, x-kubernetes-list-type: atomic}", "[a, a]", ""},

    {"an embedded resource", EMBED,
     "{apiVersion: v1, kind: Pod, metadata: {labels: {a: b}}, spec: s}", ""},
    {"without kind", EMBED, "{apiVersion: v1}", "spec.kind: is required"},
    {"with labels that are no texts", EMBED,
     "{apiVersion: v1, kind: Pod, metadata: {labels: {a: 1}}}",
     "spec.metadata.labels.a: must be a text"},

    {"an alias", "{type: array, items: {type: object, properties: {a: " TEXT "}}}",
     "[&x {a: b}, *x]", ""},
    {"what an alias stands for is wrong there, too",
     "{type: object, properties: {a: {type: object, additionalProperties: {type: string}},"
     " b: {type: object, additionalProperties: {type: integer}}}}",
     "{a: &x {c: d}, b: *x}", "spec.b.c: must be a whole number"},
    {"a merge", "{type: object, required: [a], properties: {a: " TEXT ", b: " TEXT "}}",
     "{<<: {a: x, b: z}}", ""},
    {"a merged value", "{type: object, properties: {a: " TEXT ", b: " TEXT "}}",
     "{<<: [{a: x}, {b: 1}], a: z}", "spec.b: must be a text"},
    {"a merged value that is overridden", "{type: object, properties: {a: " TEXT "}}",
     "{<<: {a: 1}, a: z}", ""},

    {"a template may print anything", NUMBER, "{{ .x }}", "? spec"},
    {"in quotes it is a text", TEXT, "\"{{ .x }}\"", ""},
    {"of which length", "{type: string, maxLength: 3}", "\"{{ .x }}\"", "? spec"},
    {"where nothing is said, nothing is hidden", "{}", "{{ .x }}", ""},
    {"a template as a key", "{type: object, additionalProperties: " TEXT "}", "\n  {{ .x }}: 1",
     "? spec"},
    {"a template between entries", "{type: object, required: [a], additionalProperties: " TEXT "}",
     "\n  b: c\n{{ .x }}", "? spec"},
};

static const Row broken[] = {
    {"no map", "5", "a", "the schema at 'properties.spec' is no map"},
    {"no type", "{type: thing}", "a", "the schema at 'properties.spec.type' is no type"},
    {"no number", "{minimum: a}", "a", "the schema at 'properties.spec.minimum' is no number"},
    {"no list", "{required: a}", "a", "the schema at 'properties.spec.required' is no list"},
    {"no names", "{required: [[a]]}", "a",
     "the schema at 'properties.spec.required[0]' is no text"},
    {"no properties", "{properties: [a]}", "a",
     "the schema at 'properties.spec.properties' is no map"},
    {"no items", "{items: a}", "a", "the schema at 'properties.spec.items' is no map"},
    {"no enum", "{enum: a}", "a", "the schema at 'properties.spec.enum' is no list"},
    {"no pattern", "{pattern: [a]}", "a", "the schema at 'properties.spec.pattern' is no pattern"},
    {"a template", "{type: object,\n {{ .x }}\n}", "a", "the schema at '' depends on a template"},
    {"merged properties", "{properties: {<<: {a: {}}}}", "a",
     "the schema at 'properties.spec.properties[\"<<\"]' is no property: write merged ones out"},
};

static const Schema *read_schema(SchemaPool *pool, const char *spec, Error *err) {
    Document doc;
    Str text = str_format(&pool->arena, "type: object\nproperties:\n  spec: %s\n", spec);
    if (!document_parse(&pool->arena, text, &doc))
        fail_msg("%s: " STR_FMT, spec, STR_ARG(doc.error.message));
    return schema_read(pool, doc.root, false, err);
}

static void check_text(Arena *a, const Schema *schema, Str text, Buf *got) {
    Document doc;
    SchemaVerdict v;
    if (!document_parse(a, text, &doc))
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(text), STR_ARG(doc.error.message));
    schema_check(a, schema, doc.root, &v);
    if (v.count)
        buf_addf(got, STR_FMT ": " STR_FMT, STR_ARG(v.first.path), STR_ARG(v.first.words));
    else if (v.hidden.data)
        buf_addf(got, "? " STR_FMT, STR_ARG(v.hidden));
    if (v.count > 1) buf_addf(got, ", and %u more", v.count - 1);
}

static void check_row(const Row *row) {
    SchemaPool pool = {0};
    Buf got = {0};
    Error err = {0};
    const Schema *schema = read_schema(&pool, row->schema, &err);
    if (schema) {
        Str text = str_format(&pool.arena, "apiVersion: a/v1\nkind: A\nspec: %s\n", row->spec);
        check_text(&pool.arena, schema, text, &got);
    } else {
        buf_addf(&got, "%s", err.text);
    }
    if (!str_eq(buf_str(&got), str_from(row->want)))
        fail_msg("%s: wanted '%s', got '" STR_FMT "'", row->name, row->want,
                 STR_ARG(buf_str(&got)));
    buf_release(&got);
    schema_pool_release(&pool);
}

/* What a change makes worse, and what it only leaves. */
static const struct {
    const char *name, *before, *after, *want;
} changes[] = {
    {"one of two is mended", "{a: x, b: y}", "{a: 1, b: y}", ""},
    {"the other way to be wrong", "{a: x, b: 1}", "{a: true, b: 1}",
     "spec.a: must be a whole number"},
    {"another value that is wrong in the same way", "{a: -1}", "{a: -2}",
     "spec.a: must be at least 0"},
    {"wrong at another place", "{a: x, b: 1}", "{a: 1, b: x}", "spec.b: must be a whole number"},
    {"unknown as before", "{c: 1, a: x}", "{c: 1}", ""},
    {"unknown now", "{a: x}", "{c: x}",
     "spec.c: is no field of the schema: the API server would drop it"},
};

static void by_change(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        SchemaPool pool = {0};
        Document before, after;
        SchemaVerdict v;
        Error err;
        Arena *a = &pool.arena;
        const Schema *schema = read_schema(&pool,
                                           "{type: object, properties: {a: {type: integer, "
                                           "minimum: 0}, b: {type: integer}}}",
                                           &err);
        const char *object = "apiVersion: a/v1\nkind: A\nspec: %s\n";
        assert_non_null(schema);
        assert_true(document_parse(a, str_format(a, object, changes[i].before), &before));
        assert_true(document_parse(a, str_format(a, object, changes[i].after), &after));
        schema_check_change(a, schema, before.root, after.root, &v);
        Str got = v.count ? str_format(a, STR_FMT ": " STR_FMT, STR_ARG(v.first.path),
                                       STR_ARG(v.first.words))
                          : (Str){0};
        if (!str_eq(got, str_from(changes[i].want)))
            fail_msg("%s: wanted '%s', got '" STR_FMT "'", changes[i].name, changes[i].want,
                     STR_ARG(got));
        schema_pool_release(&pool);
    }
}

static void keywords(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check_row(&rows[i]);
}

static void broken_schemas(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) check_row(&broken[i]);
}

static void metadata(void **state) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"apiVersion: a/v1\nkind: A\nmetadata: {name: a, labels: {a: b}, managedFields: [1]}\n",
         ""},
        {"apiVersion: a/v1\nkind: A\nmetadata: {annotations: {a: true}}\n",
         "metadata.annotations.a: must be a text"},
        {"apiVersion: a/v1\nkind: A\nmetadata: {labels: [a]}\n", "metadata.labels: must be a map"},
        {"apiVersion: a/v1\nkind: A\nmetadata: {name: 5}\n", "metadata.name: must be a text"},
        {"apiVersion: a/v1\nkind: A\nmetadata: {labels: }\n", ""},
        {"apiVersion: a/v1\nkind: A\nstatus: {}\n",
         "status: is no field of the schema: the API server would drop it"},
        {"kind: A\n", "apiVersion: is required"},
        {"apiVersion: a/v1\nkind: A\nmetadata: {name: {{ .x }}}\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SchemaPool pool = {0};
        Error err;
        Buf got = {0};
        check_text(&pool.arena, read_schema(&pool, "{}", &err), str_from(cases[i].text), &got);
        if (!str_eq(buf_str(&got), str_from(cases[i].want)))
            fail_msg("%s: got '" STR_FMT "'", cases[i].text, STR_ARG(buf_str(&got)));
        buf_release(&got);
        schema_pool_release(&pool);
    }
}

static void unchecked_is_counted(void **state) {
    (void)state;
    SchemaPool pool = {0};
    Error err;
    const Schema *s = read_schema(
        &pool,
        "{x-kubernetes-validations: [{rule: a}, {rule: b}], allOf: [{}], anyOf: [{}, {}],"
        " oneOf: [{}], not: {}, pattern: '(?<', format: date-time, enum: [[a]]}",
        &err);
    assert_int_equal(s->unchecked, 2 + 1 + 2 + 1 + 1 + 1 + 1 + 1);
    schema_pool_release(&pool);
}

static void unknown_fields_everywhere(void **state) {
    (void)state;
    SchemaPool pool = {0};
    Error err;
    Document doc;
    Buf got = {0};
    Str text = STR("{type: object, properties: {spec: {type: object}}}");
    assert_true(document_parse(&pool.arena, text, &doc));
    const Schema *s = schema_read(&pool, doc.root, true, &err);
    check_text(&pool.arena, s, STR("{apiVersion: a/v1, kind: A, b: 1, spec: {c: 1}}"), &got);
    assert_int_equal(got.len, 0);
    schema_pool_release(&pool);
}

/* ---- hostile texts ---- */

/* `l0: &l0 …`, then `count` lines, each with the one before it in it once or twice. */
static Str chain(Arena *a, const char *head, const char *indent, const char *first, int count,
                 const char *before, const char *between, const char *behind) {
    Buf text = {0};
    buf_addf(&text, "%s%sl0: &l0 %s\n", head, indent, first);
    for (int i = 1; i < count; i++) {
        buf_addf(&text, "%sl%d: &l%d %s*l%d", indent, i, i, before, i - 1);
        if (*between) buf_addf(&text, "%s*l%d", between, i - 1);
        buf_addf(&text, "%s\n", behind);
    }
    Str copy = str_copy(a, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void refuse_schema(Str (*make)(Arena *a), const char *want) {
    SchemaPool pool = {0};
    Error err = {0};
    Document doc;
    assert_true(document_parse(&pool.arena, make(&pool.arena), &doc));
    assert_null(schema_read(&pool, doc.root, false, &err));
    if (!strstr(err.text, want)) fail_msg("%s", err.text);
    schema_pool_release(&pool);
}

/* Two to the power of 64 nodes. */
static Str doubling_schema(Arena *a) {
    return chain(a, "properties:\n", "  ", "{}", 64, "{properties: {a: ", ", b: ", "}}");
}

static Str nested_schema(Arena *a) {
    Str parts = chain(a, "parts:\n", "  ", "{}", 20000, "{items: ", "", "}");
    return str_format(a, STR_FMT "items: *l19999\n", STR_ARG(parts));
}

static void hostile_schemas(void **state) {
    (void)state;
    refuse_schema(doubling_schema, "is too large");
    refuse_schema(nested_schema, "is nested too deep");
}

#define RESOURCE "apiVersion: a/v1\nkind: A\n"

/* Lists of lists: 8 in the schema, each with ten times the one before it, are 10^8 nodes. */
static void lists_of_lists(void **state) {
    (void)state;
    SchemaPool pool = {0};
    Error err;
    Buf got = {0}, schema = {0}, text = {0};
    for (int i = 0; i < 8; i++) buf_add(&schema, STR("{type: array, items: "));
    buf_add(&schema, STR("{}"));
    for (int i = 0; i < 8; i++) buf_add_char(&schema, '}');
    const Schema *s = read_schema(&pool, buf_cstr(&schema), &err);
    buf_add(&text, STR(RESOURCE "metadata:\n  x0: &x0 1\n"));
    for (int i = 1; i < 9; i++) {
        buf_addf(&text, "  x%d: &x%d [", i, i);
        for (int k = 0; k < 10; k++) buf_addf(&text, "*x%d,", i - 1);
        buf_add(&text, STR("]\n"));
    }
    buf_add(&text, STR("spec: *x8\n"));
    check_text(&pool.arena, s, buf_str(&text), &got);
    assert_string_equal(buf_cstr(&got), ": is too large to be compared with its schema");
    buf_release(&got);
    buf_release(&schema);
    buf_release(&text);
    schema_pool_release(&pool);
}

/* 20000 maps, each merged into the next: the last one has all their keys. */
static void merges_of_merges(void **state) {
    (void)state;
    SchemaPool pool = {0};
    Error err;
    Buf got = {0};
    const Schema *s = read_schema(&pool, "{}", &err);
    Str text = chain(&pool.arena, RESOURCE "metadata:\n", "  ", "{a: 1}", 20000, "{<<: ", "", "}");
    check_text(&pool.arena, s, text, &got);
    assert_int_equal(got.len, 0);
    text = str_format(&pool.arena, STR_FMT "  labels: *l19999\n", STR_ARG(text));
    check_text(&pool.arena, s, text, &got);
    assert_string_equal(buf_cstr(&got), ": is too large to be compared with its schema");
    buf_release(&got);
    schema_pool_release(&pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keywords),
        cmocka_unit_test(by_change),
        cmocka_unit_test(broken_schemas),
        cmocka_unit_test(metadata),
        cmocka_unit_test(unchecked_is_counted),
        cmocka_unit_test(unknown_fields_everywhere),
        cmocka_unit_test(hostile_schemas),
        cmocka_unit_test(lists_of_lists),
        cmocka_unit_test(merges_of_merges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
