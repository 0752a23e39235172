/* Hashes with fixed results: the same bytes give the same number on every machine, today and later
 * (XXH3). They name things and find things again; they are not a defence against an attacker. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

typedef struct Hash128 {
    uint64_t high, low;
} Hash128;

uint64_t hash64(Str s);
Hash128 hash128(Str s);
Hash128 hash128_bytes(const void *bytes, size_t length); /* of numbers: a key of this run alone */
Hash128 hash128_seeded(Str s, uint64_t seed);
/* Of several texts: no other split of the same bytes has it. */
Hash128 hash128_texts(const Str *texts, size_t count);
bool hash128_eq(Hash128 a, Hash128 b);
int hash128_cmp(Hash128 a, Hash128 b);

#endif
