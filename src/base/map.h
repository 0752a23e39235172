/* Two tables: names to numbers, and 128-bit hashes to numbers.
 *
 * Names interns strings: the same text always gets the same small number, numbers count up from 0
 * in the order of first sight. That makes facts small (a 4-byte number instead of a string) and
 * equality one comparison.
 *
 *     Names names = {0};
 *     uint32_t ns = names_intern(&names, STR("default"));
 *     Str text = names_text(&names, ns);
 *
 * HashMap maps a Hash128 to a uint32_t. Neither is safe for use by several threads at once. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/hash.h"
#include "base/vec.h"

#define MAP_NONE UINT32_MAX

typedef struct Names {
    Arena arena;
    VEC(Str) texts;
    uint32_t *slots; /* number + 1, 0 = free; a power of two of them */
    size_t slot_count;
} Names;

uint32_t names_intern(Names *n, Str text);
uint32_t names_find(const Names *n, Str text); /* MAP_NONE when never interned */
Str names_text(const Names *n, uint32_t number);
size_t names_memory(const Names *n); /* bytes held, for statistics */
void names_release(Names *n);

typedef struct HashMap {
    Hash128 *keys;
    uint32_t *values; /* MAP_NONE = free slot */
    size_t slot_count, len;
} HashMap;

void hashmap_set(HashMap *m, Hash128 key, uint32_t value); /* value must not be MAP_NONE */
uint32_t hashmap_get(const HashMap *m, Hash128 key);       /* MAP_NONE when absent */
void hashmap_release(HashMap *m);

#endif
