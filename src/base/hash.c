/* XXH3 from libxxhash, compiled in: no library is needed at run time. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash64(Str s) {
    return XXH3_64bits(s.data ? s.data : "", s.len);
}

Hash128 hash128_seeded(Str s, uint64_t seed) {
    XXH128_hash_t h = XXH3_128bits_withSeed(s.data ? s.data : "", s.len, seed);
    return (Hash128){h.high64, h.low64};
}

Hash128 hash128(Str s) {
    return hash128_seeded(s, 0);
}

Hash128 hash128_bytes(const void *bytes, size_t length) {
    return hash128((Str){bytes, length});
}

Hash128 hash128_texts(const Str *texts, size_t count) {
    Hash128 h = {0};
    for (size_t i = 0; i < count; i++)
        h = hash128_seeded(texts[i], h.low ^ (h.high << 1) ^ (i + 1));
    return h;
}

bool hash128_eq(Hash128 a, Hash128 b) {
    return a.high == b.high && a.low == b.low;
}

int hash128_cmp(Hash128 a, Hash128 b) {
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}
