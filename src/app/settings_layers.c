/* Settings laid over settings, and those that the command line makes. */
#include "app/settings.h"

#include <string.h>

static void replace_list(WrittenList *below, const WrittenList *above) {
    if (above->items) *below = *above;
}

static void add_list(Arena *a, WrittenList *below, const WrittenList *above) {
    size_t len = below->len + above->len;
    if (!above->len) return;
    Written *items = arena_array(a, Written, len);
    if (below->len) memcpy(items, below->items, below->len * sizeof *items);
    memcpy(items + below->len, above->items, above->len * sizeof *items);
    *below = (WrittenList){items, len};
}

static void lay_texts(Written *below, const Written *above, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (above[i].text.data) below[i] = above[i];
    }
}

static void lay_choice(void *below, const void *above) {
    int value;
    memcpy(&value, above, sizeof value);
    if (value) memcpy(below, &value, sizeof value);
}

static void lay_keys(Arena *a, Settings *below, const Settings *above, const SettingKey *keys,
                     size_t count) {
    for (size_t i = 0; i < count; i++) {
        const SettingKey *key = &keys[i];
        void *to = (char *)below + key->field;
        const void *from = (const char *)above + key->field;
        switch (key->kind) {
        case KEY_TEXT: lay_texts(to, from, 1); break;
        case KEY_TARGETS: lay_texts(to, from, PACK_COUNT); break;
        case KEY_CHOICE: lay_choice(to, from); break;
        case KEY_SUPPRESS:
            if (((const SuppressList *)from)->items)
                *(SuppressList *)to = *(const SuppressList *)from;
            break;
        case KEY_TEXTS:
        case KEY_PATHS:
            if (key->adds)
                add_list(a, to, from);
            else
                replace_list(to, from);
            break;
        case KEY_MAP: lay_keys(a, below, above, key->keys, key->key_count); break;
        }
    }
}

void settings_lay(Arena *a, Settings *below, const Settings *above) {
    lay_keys(a, below, above, settings_keys, settings_key_count);
}

static WrittenList list_from(Arena *a, const StrVec *texts, Str base) {
    if (!texts->len) return (WrittenList){0};
    Written *items = arena_array(a, Written, texts->len);
    for (size_t i = 0; i < texts->len; i++)
        items[i] = (Written){.text = texts->items[i], .base = base};
    return (WrittenList){items, texts->len};
}

void settings_from_options(Arena *a, const Options *o, Str working_directory, Settings *out) {
    *out = (Settings){
        .select = list_from(a, &o->select, working_directory),
        .ignore = list_from(a, &o->ignore, working_directory),
        .exclude = list_from(a, &o->exclude, working_directory),
        .rules = list_from(a, &o->rules, working_directory),
        .inventory = list_from(a, &o->inventory, working_directory),
        .crds = list_from(a, &o->crds, working_directory),
        .fail_on = o->fail_on,
    };
    for (size_t i = 0; i < o->targets.len; i++)
        out->targets[o->targets.items[i].pack] =
            (Written){.text = o->targets.items[i].version, .base = working_directory};
}
