/* Settings written down as a configuration file says them, for --show-config. */
#include "app/settings.h"

#include "base/json.h"

#include <string.h>

/* A JSON string is a YAML one, whatever is in it. */
static void show_text(Buf *out, Str text) {
    buf_add_char(out, '"');
    json_escape(out, text);
    buf_add_char(out, '"');
}

static void show_name(Buf *out, size_t indent, Str name) {
    buf_add_repeat(out, ' ', indent);
    buf_add(out, name);
    buf_add_char(out, ':');
}

static void show_list(Buf *out, const WrittenList *list) {
    buf_add(out, STR(" ["));
    for (size_t i = 0; i < list->len; i++) {
        if (i) buf_add(out, STR(", "));
        show_text(out, list->items[i].text);
    }
    buf_add(out, STR("]\n"));
}

static void show_targets(Buf *out, const Written targets[PACK_COUNT]) {
    buf_add_char(out, '\n');
    for (size_t p = 0; p < PACK_COUNT; p++) {
        if (!targets[p].text.data) continue;
        show_name(out, 2, pack_names[p]);
        buf_add_char(out, ' ');
        show_text(out, targets[p].text);
        buf_add_char(out, '\n');
    }
}

static void show_part(Buf *out, const char *name, Str text) {
    if (!text.len) return;
    buf_addf(out, "%s: ", name);
    show_text(out, text);
    buf_add(out, STR(", "));
}

static void show_suppress(Buf *out, const SuppressList *list) {
    if (!list->len) buf_add(out, STR(" []"));
    buf_add_char(out, '\n');
    for (size_t i = 0; i < list->len; i++) {
        const Suppress *s = &list->items[i];
        buf_add(out, STR("  - {"));
        show_part(out, "rule", s->rule.text);
        show_part(out, "path", s->path.text);
        if (s->kind.len || s->namespace.len || s->name.len) {
            buf_add(out, STR("resource: {"));
            show_part(out, "kind", s->kind);
            show_part(out, "namespace", s->namespace);
            show_part(out, "name", s->name);
            out->len -= 2; /* the last ", " */
            buf_add(out, STR("}, "));
        }
        if (s->until)
            buf_addf(out, "until: %04u-%02u-%02u, ", s->until / 10000, s->until / 100 % 100,
                     s->until % 100);
        buf_add(out, STR("why: "));
        show_text(out, s->place.text);
        buf_add(out, STR("}\n"));
    }
}

static void show_word(Buf *out, Str words, unsigned number) {
    Str word = {0};
    while (number--) str_split(&words, '|', &word);
    buf_addf(out, " " STR_FMT "\n", STR_ARG(word));
}

static bool is_said(const SettingKey *key, const void *field) {
    unsigned number;
    switch (key->kind) {
    case KEY_TEXT: return ((const Written *)field)->text.data;
    case KEY_TEXTS:
    case KEY_PATHS: return ((const WrittenList *)field)->items;
    case KEY_SUPPRESS: return ((const SuppressList *)field)->items;
    case KEY_CHOICE: memcpy(&number, field, sizeof number); return number;
    case KEY_TARGETS:
        for (size_t p = 0; p < PACK_COUNT; p++) {
            if (((const Written *)field)[p].text.data) return true;
        }
        return false;
    case KEY_MAP: return false;
    }
    return false;
}

static bool any_said(const Settings *s, const SettingKey *map) {
    for (size_t i = 0; i < map->key_count; i++) {
        if (is_said(&map->keys[i], (const char *)s + map->keys[i].field)) return true;
    }
    return false;
}

static void show_keys(const Settings *s, const SettingKey *keys, size_t count, size_t indent,
                      Buf *out) {
    for (size_t i = 0; i < count; i++) {
        const SettingKey *key = &keys[i];
        const void *field = (const char *)s + key->field;
        if (key->kind == KEY_MAP ? !any_said(s, key) : !is_said(key, field)) continue;
        show_name(out, indent, key->name);
        unsigned number;
        switch (key->kind) {
        case KEY_TEXT:
            buf_add_char(out, ' ');
            show_text(out, ((const Written *)field)->text);
            buf_add_char(out, '\n');
            break;
        case KEY_TEXTS:
        case KEY_PATHS: show_list(out, field); break;
        case KEY_SUPPRESS: show_suppress(out, field); break;
        case KEY_CHOICE:
            memcpy(&number, field, sizeof number);
            show_word(out, key->words, number);
            break;
        case KEY_TARGETS: show_targets(out, field); break;
        case KEY_MAP:
            buf_add_char(out, '\n');
            show_keys(s, key->keys, key->key_count, indent + 2, out);
            break;
        }
    }
}

void settings_show(const Settings *s, Buf *out) {
    show_keys(s, settings_keys, settings_key_count, 0, out);
}
