/* Heap memory that is there or ends the program.
 *
 * A linter that runs out of memory has nothing sensible left to say about the file at hand, so
 * these never return NULL: they print one line and abort. Everything that lives as long as a
 * document or a run belongs in an Arena (base/arena.h); the heap is for what grows (Buf, VEC). */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_zero(size_t size);
void *mem_resize(void *old, size_t size);

#endif
