/* Reads .unstale.yaml by the table of keys. */
#include "app/settings.h"

#include "base/names.h"
#include "rule/loader.h"

#include <string.h>

enum { MOST_KEYS = 32 };

typedef struct Reading {
    Loader loader;
    Str base;
    bool at_root;
    Settings *out;
} Reading;

bool written_error(const Written *w, const char *message, Error *err) {
    if (!w->file.len) return error_set(err, "the command line: %s", message);
    return error_set(err, STR_FMT ":%u:%u: %s", STR_ARG(w->file), w->line, w->column, message);
}

static Written written_at(Reading *r, const Node *n, Str text) {
    Place place = lines_place(&r->loader.lines, n->span);
    return (Written){.text = text,
                     .file = r->loader.file,
                     .base = r->base,
                     .line = place.line,
                     .column = place.column};
}

static bool read_text(Reading *r, const Node *n, const SettingKey *key, Written *out) {
    Loader *l = &r->loader;
    Str text;
    if (!loader_text(l, n, key->name.data, &text)) return false;
    if (!text.len) return loader_fail(l, n, "%s must not be empty", key->name.data);
    if (key->valid && !key->valid(text))
        return loader_fail(l, n, "%s: '" STR_FMT "' is not %s", key->name.data, STR_ARG(text),
                           key->expected);
    *out = written_at(r, n, text);
    return true;
}

static bool read_texts(Reading *r, const Node *n, const SettingKey *key, WrittenList *out) {
    n = node_resolve(n);
    bool is_list = n && n->kind == NODE_SEQ;
    size_t count = is_list ? n->count : 1;
    /* One more, so that an empty list has an address too: it is said. */
    Written *items = arena_array(r->loader.arena, Written, count + 1);
    *out = (WrittenList){items, count};
    if (!is_list) return read_text(r, n, key, items);
    NODE_EACH (item, n) {
        if (!read_text(r, item, key, items++)) return false;
    }
    return true;
}

/* A path is relative to its file; the program opens it from the working directory. */
static Str path_from_file(Reading *r, Str path) {
    Str file = r->loader.file;
    size_t slash = str_find_last_char(file, '/');
    if (slash == STR_NONE || path.data[0] == '/') return str_copy(r->loader.arena, path);
    return str_format(r->loader.arena, STR_FMT "/" STR_FMT, STR_ARG(str_slice(file, 0, slash)),
                      STR_ARG(path));
}

static bool read_paths(Reading *r, const Node *n, const SettingKey *key, WrittenList *out) {
    if (!read_texts(r, n, key, out)) return false;
    Written *items = arena_array(r->loader.arena, Written, out->len + 1);
    for (size_t i = 0; i < out->len; i++) {
        items[i] = out->items[i];
        items[i].text = path_from_file(r, items[i].text);
    }
    out->items = items;
    return true;
}

static bool read_choice(Reading *r, const Node *n, const SettingKey *key, void *field) {
    Str words[8], rest = key->words;
    size_t count = 0, at;
    while (count < sizeof words / sizeof *words && str_split(&rest, '|', &words[count])) count++;
    if (!loader_choice(&r->loader, n, key->name.data, words, count, &at)) return false;
    int value = (int)at + 1;
    memcpy(field, &value, sizeof value); /* the field is one of several enum types */
    return true;
}

static bool read_targets(Reading *r, const Node *n, Written *targets) {
    Loader *l = &r->loader;
    n = node_resolve(n);
    if (!loader_keys(l, n, "targets", pack_names, PACK_COUNT)) return false;
    for (Pack p = 0; p < PACK_COUNT; p++) {
        const Node *version = node_child(n, pack_names[p]);
        if (!version) continue;
        Str text;
        Error err;
        if (!loader_text(l, version, pack_names[p].data, &text)) return false;
        if (!target_check(p, text, &err)) return loader_fail(l, version, "%s", err.text);
        targets[p] = written_at(r, version, text);
    }
    return true;
}

static bool read_optional(Reading *r, const Node *map, const char *name, Written *out) {
    const Node *n = node_child(map, str_from(name));
    const SettingKey key = {.name = str_from(name)};
    return !n || read_text(r, n, &key, out);
}

static bool read_resource(Reading *r, const Node *n, Suppress *out) {
    static const Str known[] = {STR_INIT("kind"), STR_INIT("namespace"), STR_INIT("name")};
    if (!n) return true;
    n = node_resolve(n);
    Written kind = {0}, namespace = {0}, name = {0};
    bool ok = loader_keys(&r->loader, n, "resource", known, sizeof known / sizeof *known) &&
              read_optional(r, n, "kind", &kind) && read_optional(r, n, "namespace", &namespace) &&
              read_optional(r, n, "name", &name);
    out->kind = kind.text;
    out->namespace = namespace.text;
    out->name = name.text;
    return ok;
}

static bool read_until(Reading *r, const Node *n, uint32_t *out) {
    Str text;
    if (!n) return true;
    if (!loader_text(&r->loader, n, "until", &text)) return false;
    return date_parse(text, out) ||
           loader_fail(&r->loader, n, "until: '" STR_FMT "' is no date (YYYY-MM-DD)",
                       STR_ARG(text));
}

static bool read_suppress_entry(Reading *r, const Node *n, Suppress *out) {
    static const Str known[] = {STR_INIT("rule"), STR_INIT("path"), STR_INIT("resource"),
                                STR_INIT("until"), STR_INIT("why")};
    Loader *l = &r->loader;
    Written why = {0};
    if (!loader_keys(l, n, "an entry of suppress", known, sizeof known / sizeof *known) ||
        !read_optional(r, n, "rule", &out->rule) || !read_optional(r, n, "path", &out->path) ||
        !read_resource(r, node_child(n, STR("resource")), out) ||
        !read_until(r, node_child(n, STR("until")), &out->until) ||
        !read_optional(r, n, "why", &why))
        return false;
    if (!why.text.len) return loader_fail(l, n, "an entry of suppress needs a reason: why");
    if (!out->rule.text.len && !out->path.text.len && !out->kind.len && !out->namespace.len &&
        !out->name.len)
        return loader_fail(l, n, "an entry of suppress needs a rule, a path or a resource");
    out->place = written_at(r, n, why.text);
    return true;
}

static bool read_suppress(Reading *r, const Node *n, SuppressList *out) {
    n = node_resolve(n);
    if (!n || n->kind != NODE_SEQ) return loader_fail(&r->loader, n, "suppress must be a list");
    Suppress *items = arena_array(r->loader.arena, Suppress, n->count + 1);
    *out = (SuppressList){items, n->count};
    NODE_EACH (entry, n) {
        if (!read_suppress_entry(r, node_resolve(entry), items++)) return false;
    }
    return true;
}

static bool read_map(Reading *r, const Node *n, const char *what, const SettingKey *keys,
                     size_t count);

static bool read_key(Reading *r, const Node *n, const SettingKey *key) {
    void *field = (char *)r->out + key->field;
    switch (key->kind) {
    case KEY_TEXT: return read_text(r, node_resolve(n), key, field);
    case KEY_TEXTS: return read_texts(r, n, key, field);
    case KEY_PATHS: return read_paths(r, n, key, field);
    case KEY_CHOICE: return read_choice(r, n, key, field);
    case KEY_TARGETS: return read_targets(r, n, field);
    case KEY_SUPPRESS: return read_suppress(r, n, field);
    case KEY_MAP: return read_map(r, node_resolve(n), key->name.data, key->keys, key->key_count);
    }
    bug("key " STR_FMT " is of no kind", STR_ARG(key->name));
}

static bool read_map(Reading *r, const Node *n, const char *what, const SettingKey *keys,
                     size_t count) {
    Str names[MOST_KEYS] = {{0}};
    if (count > MOST_KEYS) bug("%zu keys in %s", count, what);
    for (size_t i = 0; i < count; i++) names[i] = keys[i].name;
    if (!count && n && n->kind == NODE_MAP && n->count)
        return loader_fail(&r->loader, n->first->key, "%s has no options", what);
    if (!loader_keys(&r->loader, n, what, names, count)) return false;
    for (size_t i = 0; i < count; i++) {
        const Node *value = node_child(n, keys[i].name);
        if (!value) continue;
        if (keys[i].at_root_only && !r->at_root)
            return loader_fail(&r->loader, value->key,
                               "%s may only stand in the configuration at the root",
                               keys[i].name.data);
        if (!read_key(r, value, &keys[i])) return false;
    }
    return true;
}

bool settings_read(Arena *a, Str file, Str text, Str base, bool at_root, Settings *out,
                   Error *err) {
    Reading r = {.base = base, .at_root = at_root, .out = out};
    *out = (Settings){0};
    bool ok = loader_open(&r.loader, a, file, text, err);
    const Document *d = &r.loader.document;
    if (ok)
        ok = read_map(&r, d->root, "the configuration", settings_keys, settings_key_count);
    else
        ok = d->parsed && !d->root && !d->faults; /* nothing in it, or comments: nothing said */
    loader_close(&r.loader);
    return ok;
}
