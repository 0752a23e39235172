/* The heap, checked. */
#include "base/memory.h"

#include "base/error.h"

#include <stdlib.h>

static void *checked(void *got, size_t size) {
    if (!got && size) bug("out of memory: %zu more bytes were asked for", size);
    return got;
}

void *mem_alloc(size_t size) {
    return checked(malloc(size ? size : 1), size);
}

void *mem_zero(size_t size) {
    return checked(calloc(1, size ? size : 1), size);
}

void *mem_resize(void *old, size_t size) {
    return checked(realloc(old, size ? size : 1), size);
}
