/* An arena: memory that is given out piece by piece and given back all at once.
 *
 * Whatever lives as long as a document comes from the document's arena and dies with it; whatever
 * lives as long as the run comes from the run's arena. Nothing in an arena is freed alone. The law:
 * a pointer may point to something that lives longer than its holder, never shorter.
 *
 *     Arena a = {0};
 *     Node *n = arena_new(&a, Node);       zeroed
 *     arena_reset(&a);                     empty again, one block kept for the next document
 *     arena_release(&a);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *block; /* the block in use, linked to the older ones */
    size_t used;       /* bytes given out since the last reset, for statistics */
} Arena;

/* Zeroed memory, aligned for any type. Never NULL. */
void *arena_alloc(Arena *a, size_t size);
#define arena_new(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc((arena), (count) * sizeof(Type)))

/* Memory without alignment and not zeroed, for text. */
char *arena_bytes(Arena *a, size_t size);

void arena_reset(Arena *a);
void arena_release(Arena *a);

#endif
