/* Blocks that double in size up to a megabyte; a larger piece gets a block of its own size. */
#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct ArenaBlock {
    ArenaBlock *older;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

static void add_block(Arena *a, size_t need) {
    size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need) size = need;
    ArenaBlock *b = mem_alloc(sizeof *b + size);
    *b = (ArenaBlock){.older = a->block, .size = size};
    a->block = b;
}

static char *take(Arena *a, size_t size, size_t align) {
    size_t start = a->block ? (a->block->used + align - 1) & ~(align - 1) : 0;
    if (!a->block || start > a->block->size || a->block->size - start < size) {
        add_block(a, size);
        start = 0;
    }
    a->block->used = start + size;
    a->used += size;
    return a->block->bytes + start;
}

void *arena_alloc(Arena *a, size_t size) {
    return memset(take(a, size, _Alignof(max_align_t)), 0, size);
}

char *arena_bytes(Arena *a, size_t size) {
    return take(a, size, 1);
}

static void free_blocks(ArenaBlock *b) {
    while (b) {
        ArenaBlock *older = b->older;
        free(b);
        b = older;
    }
}

void arena_reset(Arena *a) {
    if (a->block) {
        /* The newest block is the largest ordinary one: the next document will likely fit. */
        free_blocks(a->block->older);
        a->block->older = NULL;
        a->block->used = 0;
        if (a->block->size > LARGEST_BLOCK) {
            free_blocks(a->block);
            a->block = NULL;
        }
    }
    a->used = 0;
}

void arena_release(Arena *a) {
    free_blocks(a->block);
    *a = (Arena){0};
}
