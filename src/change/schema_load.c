/* Reading a structural schema from the tree of its CustomResourceDefinition. */
#include "change/schema.h"

#include "base/limits.h"
#include "yaml/path.h"
#include "yaml/plain.h"

#include <string.h>

typedef struct Load {
    SchemaPool *pool;
    const Node *root;
    Error *err;
    bool keeps_unknown;
    uint32_t nodes, depth, unchecked;
} Load;

static bool fail(Load *l, const Node *at, const char *what) {
    Buf path = {0};
    path_write(&path, l->root, at);
    error_set(l->err, "the schema at '" STR_FMT "' %s", STR_ARG(buf_str(&path)), what);
    buf_release(&path);
    return false;
}

static bool read_schema(Load *l, const Node *node, const Schema **out);

/* ---- values ---- */

static const Node *child(const Node *node, const char *key) {
    return node_child(node, str_from(key));
}

static bool is_true(const Node *node, const char *key) {
    const Node *n = child(node, key);
    if (!n || n->kind != NODE_SCALAR || n->style != STYLE_PLAIN) return false;
    PlainValue v = plain_value(n->value);
    return v.kind == PLAIN_BOOLEAN && v.boolean;
}

static bool read_number(Load *l, const Node *n, double *out) {
    PlainValue v = {.kind = PLAIN_STRING};
    if (n->kind == NODE_SCALAR && n->style == STYLE_PLAIN) v = plain_value(n->value);
    *out = v.number;
    return v.kind == PLAIN_NUMBER || fail(l, n, "is no number");
}

static bool read_range(Load *l, const Node *node, const char *least, const char *most,
                       SchemaRange *out) {
    const Node *low = child(node, least), *high = child(node, most);
    if (low && !read_number(l, low, &out->least)) return false;
    if (high && !read_number(l, high, &out->most)) return false;
    out->has_least |= low != NULL;
    out->has_most |= high != NULL;
    return true;
}

static bool read_names(Load *l, const Node *node, const char *key, SchemaNames *out) {
    const Node *list = child(node, key);
    if (!list) return true;
    if (list->kind != NODE_SEQ) return fail(l, list, "is no list");
    Str *names = arena_array(&l->pool->arena, Str, list->count);
    NODE_EACH (item, list) {
        if (!node_is_scalar(item)) return fail(l, item, "is no text");
        names[out->len++] = node_text(item);
    }
    out->items = names;
    return true;
}

/* ---- what is said of the value itself ---- */

static bool read_type(Load *l, const Node *node, Schema *s) {
    static const Str names[] = {
        [SCHEMA_OBJECT] = STR_INIT("object"), [SCHEMA_ARRAY] = STR_INIT("array"),
        [SCHEMA_STRING] = STR_INIT("string"), [SCHEMA_INTEGER] = STR_INIT("integer"),
        [SCHEMA_NUMBER] = STR_INIT("number"), [SCHEMA_BOOLEAN] = STR_INIT("boolean"),
    };
    const Node *type = child(node, "type");
    if (is_true(node, "x-kubernetes-int-or-string")) s->type = SCHEMA_INT_OR_STRING;
    if (!type || s->type == SCHEMA_INT_OR_STRING) return true;
    for (SchemaType t = SCHEMA_OBJECT; t <= SCHEMA_BOOLEAN; t++)
        if (node_is(type, names[t])) s->type = t;
    return s->type != SCHEMA_ANY || fail(l, type, "is no type");
}

/* The ends of a format's range; JSON readers hold both as doubles or as what they say. */
static bool read_format(Load *l, const Node *node, Schema *s) {
    const Node *format = child(node, "format");
    if (node_is(format, STR("int32")))
        s->value = (SchemaRange){
            .has_least = true, .has_most = true, .least = -0x1p31, .most = 0x1p31 - 1};
    else if (node_is(format, STR("int64")))
        s->value = (SchemaRange){
            .has_least = true, .has_most = true, .below = true, .least = -0x1p63, .most = 0x1p63};
    else if (format)
        l->unchecked++;
    return true;
}

static bool read_bounds(Load *l, const Node *node, Schema *s) {
    bool items = s->type == SCHEMA_ARRAY;
    if (!read_format(l, node, s) || !read_range(l, node, "minimum", "maximum", &s->value) ||
        !read_range(l, node, "minLength", "maxLength", &s->length) ||
        !read_range(l, node, items ? "minItems" : "minProperties",
                    items ? "maxItems" : "maxProperties", &s->count))
        return false;
    if (child(node, "minimum")) s->value.above = is_true(node, "exclusiveMinimum");
    if (child(node, "maximum")) s->value.below = is_true(node, "exclusiveMaximum");
    return true;
}

/* Behind the brackets of a class that starts at `at`. */
static size_t class_end(Str p, size_t at) {
    at++;
    if (at < p.len && p.data[at] == '^') at++;
    if (at < p.len && p.data[at] == ']') at++;
    while (at < p.len && p.data[at] != ']') {
        size_t name = str_find(str_from_offset(p, at), STR(":]"));
        bool named = str_starts(str_from_offset(p, at), STR("[:")) && name != STR_NONE;
        at += named ? name + 2 : p.data[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

/* Flags such as (?m) change what `$` means. */
static bool has_flags(Str p) {
    for (size_t at; (at = str_find(p, STR("(?"))) != STR_NONE; p = str_from_offset(p, at + 2))
        if (at + 2 < p.len && !strchr(":P", p.data[at + 2])) return true;
    return false;
}

/* In Go's expressions `$` is the end of the text; in PCRE2 a line break may still follow. */
static Str pattern_for_pcre2(Arena *a, Str go) {
    if (has_flags(go)) return go;
    Buf out = {0};
    for (size_t i = 0, end; i < go.len; i = end) {
        char c = go.data[i];
        end = c == '[' ? class_end(go, i) : c == '\\' ? i + 2 : i + 1;
        buf_add(&out, c == '$' ? STR("\\z") : str_slice(go, i, end));
    }
    Str copy = str_copy(a, buf_str(&out));
    buf_release(&out);
    return copy;
}

static bool read_pattern(Load *l, const Node *node, Schema *s) {
    const Node *pattern = child(node, "pattern");
    if (!pattern) return true;
    if (!node_is_scalar(pattern)) return fail(l, pattern, "is no pattern");
    s->pattern = pattern->value;
    Str text = pattern_for_pcre2(&l->pool->arena, s->pattern);
    size_t offset;
    Error why;
    if (regex_check(text, &offset, &why)) {
        s->regex = regex_new(text);
        vec_push(&l->pool->regexes, s->regex);
    } else {
        l->unchecked++;
    }
    return true;
}

static bool read_choices(Load *l, const Node *node, Schema *s) {
    const Node *list = child(node, "enum");
    if (!list) return true;
    if (list->kind != NODE_SEQ) return fail(l, list, "is no list");
    const Node **choices = arena_array(&l->pool->arena, const Node *, list->count);
    size_t count = 0;
    NODE_EACH (item, list) {
        if (!node_is_scalar(item)) {
            l->unchecked++;
            return true;
        }
        choices[count++] = node_resolve(item);
    }
    s->choices = choices;
    s->choice_count = count;
    return true;
}

/* ---- what is said of what is in it ---- */

static bool read_fields(Load *l, const Node *node, Schema *s) {
    const Node *properties = child(node, "properties");
    if (!properties) return true;
    if (properties->kind != NODE_MAP) return fail(l, properties, "is no map");
    SchemaField *fields = arena_array(&l->pool->arena, SchemaField, properties->count);
    NODE_EACH (property, properties) {
        SchemaField *field = &fields[s->field_count++];
        if (property->key->kind != NODE_SCALAR || str_eq(property->key->value, STR("<<")))
            return fail(l, property, "is no property: write merged ones out");
        field->name = property->key->value;
        if (!read_schema(l, property, &field->schema)) return false;
    }
    s->fields = fields;
    return true;
}

static bool read_values(Load *l, const Node *node, Schema *s) {
    const Node *values = child(node, "additionalProperties");
    s->any_value = is_true(node, "additionalProperties");
    return !values || values->kind == NODE_SCALAR || read_schema(l, values, &s->values);
}

static bool read_list(Load *l, const Node *node, Schema *s) {
    const Node *items = child(node, "items"), *type = child(node, "x-kubernetes-list-type");
    if (node_is(type, STR("set"))) s->list_type = SCHEMA_LIST_SET;
    if (node_is(type, STR("map"))) s->list_type = SCHEMA_LIST_MAP;
    return read_names(l, node, "x-kubernetes-list-map-keys", &s->list_keys) &&
           (!items || read_schema(l, items, &s->items));
}

static uint32_t length_of(const Node *list) {
    return list ? list->count : 0;
}

/* An anyOf beside x-kubernetes-int-or-string only says the same again. */
static void count_unchecked(Load *l, const Node *node, const Schema *s) {
    l->unchecked += length_of(child(node, "x-kubernetes-validations"));
    l->unchecked += length_of(child(node, "allOf")) + length_of(child(node, "oneOf"));
    l->unchecked += child(node, "not") != NULL;
    if (s->type != SCHEMA_INT_OR_STRING) l->unchecked += length_of(child(node, "anyOf"));
}

static bool read_parts(Load *l, const Node *node, Schema *s) {
    s->nullable = is_true(node, "nullable");
    s->has_default = child(node, "default") != NULL;
    s->keeps_unknown = l->keeps_unknown || is_true(node, "x-kubernetes-preserve-unknown-fields");
    s->is_resource = is_true(node, "x-kubernetes-embedded-resource");
    bool ok = read_type(l, node, s) && read_bounds(l, node, s) && read_pattern(l, node, s) &&
              read_choices(l, node, s) && read_names(l, node, "required", &s->required) &&
              read_fields(l, node, s) && read_values(l, node, s) && read_list(l, node, s);
    count_unchecked(l, node, s);
    return ok;
}

/* Aliases can make a schema much deeper and larger than its text. */
static bool read_schema(Load *l, const Node *node, const Schema **out) {
    const Node *map = node_resolve(node);
    if (!map || map->kind != NODE_MAP) return fail(l, node, "is no map");
    if (map->templated) return fail(l, node, "depends on a template");
    if (++l->nodes > LIMIT_SCHEMA_NODES) return fail(l, node, "is too large");
    if (++l->depth > LIMIT_DEPTH) return fail(l, node, "is nested too deep");
    Schema *s = arena_new(&l->pool->arena, Schema);
    *out = s;
    bool ok = read_parts(l, map, s);
    l->depth--;
    return ok;
}

const Schema *schema_read(SchemaPool *pool, const Node *node, bool keeps_unknown, Error *err) {
    Load l = {.pool = pool, .root = node, .err = err, .keeps_unknown = keeps_unknown};
    const Schema *schema;
    if (!node) return error_set(err, "there is no schema"), NULL;
    if (!read_schema(&l, node, &schema)) return NULL;
    ((Schema *)schema)->unchecked = l.unchecked;
    return schema;
}

void schema_pool_release(SchemaPool *pool) {
    for (size_t i = 0; i < pool->regexes.len; i++) regex_free(pool->regexes.items[i]);
    vec_release(&pool->regexes);
    arena_release(&pool->arena);
}
