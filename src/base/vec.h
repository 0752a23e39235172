/* A growing array of any type. Zero is the empty one; it owns its items' memory.
 *
 *     VEC(Span) spans = {0};
 *     vec_push(&spans, (Span){3, 7});
 *     for (size_t i = 0; i < spans.len; i++) use(spans.items[i]);
 *     vec_release(&spans);
 *
 * A named vector type is `typedef VEC(Span) SpanVec;`. Pointers into items are good until the next
 * push. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/memory.h"

#include <stddef.h>
#include <stdlib.h>

#define VEC(Type)                                                                                  \
    struct {                                                                                       \
        Type *items;                                                                               \
        size_t len, cap;                                                                           \
    }

#define vec_push(v, ...)                                                                           \
    (vec_reserve((v), (v)->len + 1), (void)((v)->items[(v)->len++] = (__VA_ARGS__)))

#define vec_reserve(v, want)                                                                       \
    ((want) <= (v)->cap                                                                            \
         ? (void)0                                                                                 \
         : (void)((v)->cap = vec_room((v)->cap, (want)),                                           \
                  (v)->items = mem_resize((v)->items, (v)->cap * sizeof *(v)->items)))

#define vec_last(v)    (&(v)->items[(v)->len - 1])
#define vec_release(v) (free((v)->items), (v)->items = NULL, (v)->len = (v)->cap = 0)

static inline size_t vec_room(size_t cap, size_t want) {
    /* Large tables grow in smaller steps: what is reserved and not used counts as memory too. */
    size_t step = cap < 1024 ? cap / 2 : cap < 65536 ? cap / 4 : cap / 8;
    size_t room = cap < 8 ? 8 : cap + step;
    return room < want ? want : room;
}

#endif
