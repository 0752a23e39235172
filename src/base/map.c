/* Open addressing with linear probing; both tables grow at three quarters full. */
#include "base/map.h"

#include "base/error.h"

#include <string.h>

static size_t name_slot(const Names *n, Str text) {
    size_t mask = n->slot_count - 1, at = hash64(text) & mask;
    while (n->slots[at] && !str_eq(n->texts.items[n->slots[at] - 1], text)) at = (at + 1) & mask;
    return at;
}

static void names_grow(Names *n) {
    n->slot_count = n->slot_count ? n->slot_count * 2 : 64;
    free(n->slots);
    n->slots = mem_zero(n->slot_count * sizeof *n->slots);
    for (size_t i = 0; i < n->texts.len; i++)
        n->slots[name_slot(n, n->texts.items[i])] = (uint32_t)i + 1;
}

uint32_t names_intern(Names *n, Str text) {
    if (n->texts.len * 4 >= n->slot_count * 3) names_grow(n);
    size_t at = name_slot(n, text);
    if (n->slots[at]) return n->slots[at] - 1;
    if (n->texts.len >= MAP_NONE - 1) bug("more than 4 billion different names");
    vec_push(&n->texts, str_copy(&n->arena, text));
    n->slots[at] = (uint32_t)n->texts.len;
    return (uint32_t)n->texts.len - 1;
}

uint32_t names_find(const Names *n, Str text) {
    if (!n->slot_count) return MAP_NONE;
    uint32_t found = n->slots[name_slot(n, text)];
    return found ? found - 1 : MAP_NONE;
}

Str names_text(const Names *n, uint32_t number) {
    return number < n->texts.len ? n->texts.items[number] : (Str){0};
}

size_t names_memory(const Names *n) {
    return n->arena.used + n->texts.cap * sizeof(Str) + n->slot_count * sizeof *n->slots;
}

void names_release(Names *n) {
    arena_release(&n->arena);
    vec_release(&n->texts);
    free(n->slots);
    *n = (Names){0};
}

static size_t hash_slot(const HashMap *m, Hash128 key) {
    size_t mask = m->slot_count - 1, at = key.low & mask;
    while (m->values[at] != MAP_NONE && !hash128_eq(m->keys[at], key)) at = (at + 1) & mask;
    return at;
}

static void hashmap_grow(HashMap *m) {
    HashMap old = *m;
    m->slot_count = old.slot_count ? old.slot_count * 2 : 64;
    m->keys = mem_alloc(m->slot_count * sizeof *m->keys);
    m->values = mem_alloc(m->slot_count * sizeof *m->values);
    memset(m->values, 0xff, m->slot_count * sizeof *m->values);
    for (size_t i = 0; i < old.slot_count; i++) {
        if (old.values[i] == MAP_NONE) continue;
        size_t at = hash_slot(m, old.keys[i]);
        m->keys[at] = old.keys[i];
        m->values[at] = old.values[i];
    }
    free(old.keys);
    free(old.values);
}

void hashmap_set(HashMap *m, Hash128 key, uint32_t value) {
    if (m->len * 4 >= m->slot_count * 3) hashmap_grow(m);
    size_t at = hash_slot(m, key);
    if (m->values[at] == MAP_NONE) m->len++;
    m->keys[at] = key;
    m->values[at] = value;
}

uint32_t hashmap_get(const HashMap *m, Hash128 key) {
    return m->slot_count ? m->values[hash_slot(m, key)] : MAP_NONE;
}

void hashmap_release(HashMap *m) {
    free(m->keys);
    free(m->values);
    *m = (HashMap){0};
}
