/* A resource against its schema: what the API server would refuse, or drop. */
#include "change/schema.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "yaml/path.h"
#include "yaml/plain.h"

#include <math.h>

typedef struct Check {
    Arena *arena;
    SchemaVerdict *out;
    RegexScratch *scratch; /* made when the first pattern is met */
    HashMap *faults;       /* of what stood there before: remembered … */
    bool remembers;        /* … or no faults of what stands there now */
    Buf path;
    uint32_t visited, merges; /* nodes so far; merges inside of merges */
} Check;

/* ---- what every object has ---- */

static const Schema any_text = {.type = SCHEMA_STRING};
static const Schema texts = {.type = SCHEMA_OBJECT, .values = &any_text};
static const Schema list_of_texts = {.type = SCHEMA_ARRAY, .items = &any_text};

static const SchemaField metadata_fields[] = {
    {STR_INIT("annotations"), &texts},     {STR_INIT("finalizers"), &list_of_texts},
    {STR_INIT("generateName"), &any_text}, {STR_INIT("labels"), &texts},
    {STR_INIT("name"), &any_text},         {STR_INIT("namespace"), &any_text},
};
static const Schema metadata_schema = {.type = SCHEMA_OBJECT,
                                       .keeps_unknown = true,
                                       .fields = metadata_fields,
                                       .field_count =
                                           sizeof metadata_fields / sizeof *metadata_fields};

static const Str type_keys[] = {STR_INIT("apiVersion"), STR_INIT("kind")};

/* The schema of a field; NULL: nothing is said of it. False: there is no such field. */
static bool field_schema(const Schema *s, bool is_resource, Str key, const Schema **out) {
    *out = NULL;
    if (is_resource && str_eq(key, STR("metadata"))) return *out = &metadata_schema, true;
    if (is_resource && (str_eq(key, type_keys[0]) || str_eq(key, type_keys[1])))
        return *out = &any_text, true;
    for (size_t i = 0; i < s->field_count; i++)
        if (str_eq(s->fields[i].name, key)) return *out = s->fields[i].schema, true;
    *out = s->values;
    return s->values || s->any_value || s->keeps_unknown || s->type == SCHEMA_ANY;
}

/* ---- faults ---- */

static Str path_of(Check *c) {
    return str_copy(c->arena, buf_str(&c->path));
}

static void fault(Check *c, const Node *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same value, wrong in the same way at the same place. */
static Hash128 fault_hash(const Check *c, const Node *value, Str words) {
    return hash128_texts((Str[]){buf_str(&c->path), words, node_text(value)}, 3);
}

static bool was_before(Check *c, const Node *value, Str words) {
    if (!c->faults) return false;
    Hash128 hash = fault_hash(c, value, words);
    if (c->remembers) hashmap_set(c->faults, hash, 0);
    return hashmap_get(c->faults, hash) != MAP_NONE;
}

static void fault(Check *c, const Node *value, const char *format, ...) {
    if (!c->faults && c->out->count++) return;
    Buf words = {0};
    va_list args;
    va_start(args, format);
    buf_addv(&words, format, args);
    va_end(args);
    bool counts = !was_before(c, value, buf_str(&words)) && (!c->faults || !c->out->count++);
    if (counts)
        c->out->first = (SchemaFault){path_of(c), str_copy(c->arena, buf_str(&words)), value};
    buf_release(&words);
}

static void fault_at(Check *c, Str key, const char *words) {
    size_t end = c->path.len;
    path_write_key(&c->path, key);
    fault(c, NULL, "%s", words);
    c->path.len = end;
}

static void hidden(Check *c) {
    if (!c->out->hidden.data) c->out->hidden = path_of(c);
}

/* ---- numbers and texts ---- */

/* `unit` is what is counted, in the plural; NULL: the value itself is measured. */
static void check_range(Check *c, const Node *n, const SchemaRange *r, double got,
                        const char *unit) {
    bool low = r->has_least && (r->above ? got <= r->least : got < r->least);
    bool high = r->has_most && (r->below ? got >= r->most : got > r->most);
    if (!low && !high) return;
    double bound = low ? r->least : r->most;
    if (unit)
        fault(c, NULL, "its number of %s must be at %s %.15g, is %.15g", unit,
              low ? "least" : "most", bound, got);
    else if (low ? r->above : r->below)
        fault(c, n, "must be %s %.15g", low ? "above" : "below", bound);
    else
        fault(c, n, "must be at %s %.15g", low ? "least" : "most", bound);
}

/* What takes too many steps to tell is not judged: the server's expressions take no such time. */
static bool may_match(Check *c, const Schema *s, Str text) {
    RegexMatch m;
    if (!c->scratch) c->scratch = regex_scratch_new();
    return regex_find(s->regex, c->scratch, text, 0, &m) != REGEX_NONE;
}

static void check_text(Check *c, const Schema *s, const Node *n) {
    check_range(c, n, &s->length, (double)utf8_count(n->value), "characters");
    if (s->regex && !may_match(c, s, n->value))
        fault(c, n, "must match " STR_FMT, STR_ARG(s->pattern));
}

static PlainValue value_of(const Node *n) {
    return n->style == STYLE_PLAIN ? plain_value(n->value) : (PlainValue){.kind = PLAIN_STRING};
}

static bool same_value(const Node *a, const Node *b) {
    PlainValue x = value_of(a), y = value_of(b);
    if (x.kind != y.kind) return false;
    switch (x.kind) {
    case PLAIN_STRING: return str_eq(a->value, b->value);
    case PLAIN_BOOLEAN: return x.boolean == y.boolean;
    case PLAIN_NUMBER: return x.number == y.number;
    case PLAIN_NULL: break;
    }
    return true;
}

static void check_choices(Check *c, const Schema *s, const Node *n) {
    Buf words = {0};
    for (size_t i = 0; i < s->choice_count; i++) {
        if (same_value(s->choices[i], n)) {
            buf_release(&words);
            return;
        }
        buf_add(&words, !i ? STR("") : i + 1 < s->choice_count ? STR(", ") : STR(" or "));
        buf_add(&words, s->choices[i]->value);
    }
    fault(c, n, "must be " STR_FMT, STR_ARG(buf_str(&words)));
    buf_release(&words);
}

static bool is_whole(double number) {
    return isfinite(number) && floor(number) == number;
}

static bool has_type(SchemaType type, const Node *n) {
    if (type == SCHEMA_OBJECT || type == SCHEMA_ARRAY)
        return n->kind == (type == SCHEMA_OBJECT ? NODE_MAP : NODE_SEQ);
    if (n->kind != NODE_SCALAR) return false;
    PlainValue v = value_of(n);
    bool whole = v.kind == PLAIN_NUMBER && is_whole(v.number);
    switch (type) {
    case SCHEMA_STRING: return v.kind == PLAIN_STRING;
    case SCHEMA_INTEGER: return whole;
    case SCHEMA_NUMBER: return v.kind == PLAIN_NUMBER && isfinite(v.number);
    case SCHEMA_BOOLEAN: return v.kind == PLAIN_BOOLEAN;
    default: return v.kind == PLAIN_STRING || whole;
    }
}

static void check_scalar(Check *c, const Schema *s, const Node *n) {
    PlainValue v = value_of(n);
    if (s->choices) check_choices(c, s, n);
    if (v.kind == PLAIN_NUMBER) check_range(c, n, &s->value, v.number, NULL);
    if (v.kind == PLAIN_STRING) check_text(c, s, n);
}

/* ---- maps ---- */

static void check(Check *c, const Schema *s, const Node *n);

/* The server drops a null that is not allowed, as if nothing stood there. */
static bool is_dropped_null(const Schema *s, const Node *n) {
    return s && !s->nullable && s->type != SCHEMA_ANY && node_is_null(n);
}

static void check_entry(Check *c, const Schema *s, bool is_resource, const Node *entry) {
    const Schema *field;
    Str key = entry->key->value, was_hidden = c->out->hidden;
    size_t end = c->path.len;
    path_write_key(&c->path, key);
    if (!field_schema(s, is_resource, key, &field))
        fault(c, NULL, "is no field of the schema: the API server would drop it");
    else if (field && !is_dropped_null(field, entry))
        check(c, field, entry);
    /* Names and labels from templates are nothing that a change would bring about. */
    if (field == &metadata_schema) c->out->hidden = was_hidden;
    c->path.len = end;
}

static bool is_merge(const Node *entry) {
    return entry->key->style == STYLE_PLAIN && str_eq(entry->key->value, STR("<<"));
}

/* Entries of the map, and those that it merges; `all` is the map that asks. */
static double check_entries(Check *c, const Schema *s, bool is_resource, const Node *all,
                            const Node *map) {
    double count = 0;
    map = node_resolve(map);
    NODE_EACH (entry, map) {
        if (++c->visited > LIMIT_SCHEMA_NODES) return count;
        if (map->kind == NODE_SEQ || is_merge(entry)) {
            if (++c->merges > LIMIT_DEPTH) c->visited = LIMIT_SCHEMA_NODES;
            count += check_entries(c, s, is_resource, all, entry);
            c->merges--;
        } else if (entry->key->kind != NODE_SCALAR || entry->key->templated) {
            hidden(c);
        } else if (map == all || node_child(all, entry->key->value) == node_resolve(entry)) {
            check_entry(c, s, is_resource, entry);
            count++;
        }
    }
    return count;
}

static bool has_default(const Schema *s, Str key) {
    for (size_t i = 0; i < s->field_count; i++)
        if (str_eq(s->fields[i].name, key)) return s->fields[i].schema->has_default;
    return false;
}

static void check_required(Check *c, const Schema *s, const Node *map) {
    for (size_t i = 0; i < s->required.len; i++) {
        Str key = s->required.items[i];
        const Schema *field;
        const Node *n = node_child(map, key);
        field_schema(s, false, key, &field);
        if ((n && !is_dropped_null(field, n)) || has_default(s, key)) continue;
        if (map->templated)
            hidden(c);
        else
            fault_at(c, key, "is required");
    }
}

static void check_resource(Check *c, const Node *map) {
    for (size_t i = 0; i < 2; i++)
        if (!node_text(node_child(map, type_keys[i])).len) fault_at(c, type_keys[i], "is required");
}

static void check_map(Check *c, const Schema *s, bool is_resource, const Node *map) {
    if (is_resource) check_resource(c, map);
    check_required(c, s, map);
    double count = check_entries(c, s, is_resource, map, map);
    if (!map->templated) check_range(c, map, &s->count, count, "entries");
}

/* ---- lists ---- */

/* Text that is the same for equal values: of a set the item, of a map the keys of the item. */
static bool add_value(Buf *out, const Node *n) {
    n = node_resolve(n);
    if (n && (n->kind != NODE_SCALAR || n->templated)) return false;
    PlainValue v = n ? value_of(n) : (PlainValue){.kind = PLAIN_NULL};
    if (v.kind == PLAIN_NUMBER)
        buf_addf(out, "#%.17g", v.number);
    else
        buf_addf(out, "%d" STR_FMT, v.kind, STR_ARG(n ? n->value : (Str){0}));
    buf_add_char(out, '\0');
    return true;
}

static bool add_keys(Buf *out, const Schema *s, const Node *item) {
    if (s->list_type == SCHEMA_LIST_SET) return add_value(out, item);
    for (size_t i = 0; i < s->list_keys.len; i++)
        if (!add_value(out, node_child(item, s->list_keys.items[i]))) return false;
    return true;
}

static void tell_twice(Check *c, const Schema *s, const Node *item) {
    if (s->list_type == SCHEMA_LIST_SET) {
        fault(c, item, "must differ from the items before it");
        return;
    }
    const SchemaNames *keys = &s->list_keys;
    Buf names = {0};
    for (size_t i = 0; i < keys->len; i++)
        buf_addf(&names, "%s'" STR_FMT "'", i ? ", " : "", STR_ARG(keys->items[i]));
    const Node *value = keys->len == 1 ? node_child(item, keys->items[0]) : NULL;
    fault(c, value, "must differ in " STR_FMT " from the items before it",
          STR_ARG(buf_str(&names)));
    buf_release(&names);
}

static void check_unique(Check *c, const Schema *s, const Node *list) {
    Names seen = {0};
    Buf keys = {0};
    uint32_t count = 0, index = 0;
    NODE_EACH (item, list) {
        size_t end = c->path.len;
        buf_addf(&c->path, "[%u]", index++);
        buf_clear(&keys);
        if (add_keys(&keys, s, item)) {
            if (names_intern(&seen, buf_str(&keys)) < count)
                tell_twice(c, s, item);
            else
                count++;
        }
        c->path.len = end;
    }
    buf_release(&keys);
    names_release(&seen);
}

static void check_list(Check *c, const Schema *s, const Node *list) {
    uint32_t index = 0;
    if (!list->templated) check_range(c, list, &s->count, list->count, "items");
    NODE_EACH (item, list) {
        size_t end = c->path.len;
        buf_addf(&c->path, "[%u]", index++);
        if (s->items) check(c, s->items, item);
        c->path.len = end;
    }
    bool keyed = s->list_type == SCHEMA_LIST_SET || s->list_keys.len;
    if (s->list_type != SCHEMA_LIST_ATOMIC && keyed) check_unique(c, s, list);
}

/* ---- any value ---- */

static const char *const types[] = {
    [SCHEMA_OBJECT] = "a map",
    [SCHEMA_ARRAY] = "a list",
    [SCHEMA_STRING] = "a text",
    [SCHEMA_INTEGER] = "a whole number",
    [SCHEMA_NUMBER] = "a number",
    [SCHEMA_BOOLEAN] = "true or false",
    [SCHEMA_INT_OR_STRING] = "a whole number or a text",
};

/* A quoted template prints a text; of any other nothing is known. */
static bool is_told(const Schema *s, const Node *n) {
    bool quoted = n->kind == NODE_SCALAR && n->style != STYLE_PLAIN;
    bool free = !s->choices && !s->pattern.len && !s->length.has_least && !s->length.has_most;
    return quoted && free && has_type(s->type, n);
}

static void check(Check *c, const Schema *s, const Node *n) {
    n = node_resolve(n);
    if (!n || c->visited > LIMIT_SCHEMA_NODES) return;
    c->visited++;
    if (n->kind == NODE_SCALAR && (n->templated || n->tag.len)) {
        if (s->type != SCHEMA_ANY && !is_told(s, n)) hidden(c);
        return;
    }
    if (node_is_null(n) && s->nullable) return;
    if (s->type != SCHEMA_ANY && !has_type(s->type, n))
        fault(c, n, "must be %s", types[s->type]);
    else if (n->kind == NODE_MAP)
        check_map(c, s, s->is_resource, n);
    else if (n->kind == NODE_SEQ)
        check_list(c, s, n);
    else
        check_scalar(c, s, n);
}

static void check_all(Check *c, const Schema *schema, const Node *resource) {
    *c->out = (SchemaVerdict){0};
    c->visited = 0;
    resource = node_resolve(resource);
    if (resource && resource->kind == NODE_MAP) check_map(c, schema, true, resource);
}

static void end_check(Check *c) {
    c->faults = NULL; /* whatever stood there before: this is no answer */
    if (c->visited > LIMIT_SCHEMA_NODES)
        fault(c, NULL, "is too large to be compared with its schema");
    regex_scratch_free(c->scratch);
    buf_release(&c->path);
}

void schema_check(Arena *a, const Schema *schema, const Node *resource, SchemaVerdict *out) {
    Check c = {.arena = a, .out = out};
    check_all(&c, schema, resource);
    end_check(&c);
}

void schema_check_change(Arena *a, const Schema *schema, const Node *before, const Node *after,
                         SchemaVerdict *out) {
    HashMap faults = {0};
    Check c = {.arena = a, .out = out, .faults = &faults, .remembers = true};
    check_all(&c, schema, before);
    c.remembers = false;
    check_all(&c, schema, after);
    end_check(&c);
    hashmap_release(&faults);
}
