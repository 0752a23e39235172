/* Alignment, zeroes, large pieces, and reuse after a reset. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"

#include <string.h>

static void pieces(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t before, size; /* bytes without alignment in front of it */
    } rows[] = {
        {"nothing", 0, 0},
        {"a byte", 0, 1},
        {"behind one odd byte", 1, 8},
        {"behind 15 bytes", 15, 24},
        {"the first block to the byte", 0, 16 * 1024},
        {"does not fit behind the first", 16 * 1024 - 1, 2},
        {"larger than any block", 3, 3 * 1024 * 1024},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Arena a = {0};
        memset(arena_bytes(&a, rows[i].before), 0xaa, rows[i].before);
        unsigned char *piece = arena_alloc(&a, rows[i].size);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < rows[i].size; k++) assert_int_equal(piece[k], 0);
        assert_int_equal(a.used, rows[i].before + rows[i].size);
        arena_release(&a);
    }
}

/* No piece reaches into another one: each keeps what was written into it. */
static void pieces_are_apart(void **state) {
    (void)state;
    enum { COUNT = 3000 };
    Arena a = {0};
    unsigned char *pieces[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 97 + 1;
        pieces[i] = i % 2 ? arena_alloc(&a, size) : (unsigned char *)arena_bytes(&a, size);
        memset(pieces[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < i % 97 + 1; k++) assert_int_equal(pieces[i][k], i % 251);
    arena_release(&a);
}

static void reset_keeps_a_block(void **state) {
    (void)state;
    Arena a = {0};
    arena_reset(&a); /* an unused one */
    memset(arena_alloc(&a, 100), 0xff, 100);
    void *first = arena_alloc(&a, 8);
    arena_reset(&a);
    assert_int_equal(a.used, 0);
    unsigned char *again = arena_alloc(&a, 100);
    for (size_t k = 0; k < 100; k++) assert_int_equal(again[k], 0); /* zeroed once more */
    assert_ptr_equal(arena_alloc(&a, 8), first);
    arena_release(&a);
}

static void reset_gives_huge_blocks_back(void **state) {
    (void)state;
    Arena a = {0};
    arena_alloc(&a, 5 * 1024 * 1024);
    arena_reset(&a);
    assert_null(a.block);
    assert_non_null(arena_alloc(&a, 1));
    arena_release(&a);
    assert_null(a.block);
    arena_release(&a); /* twice is fine */
}

typedef struct Sample {
    char c;
    double d;
} Sample;

static void types(void **state) {
    (void)state;
    Arena a = {0};
    Sample *one = arena_new(&a, Sample), *many = arena_array(&a, Sample, 10);
    assert_int_equal(one->c, 0);
    assert_true(many[9].d == 0);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces),
        cmocka_unit_test(pieces_are_apart),
        cmocka_unit_test(reset_keeps_a_block),
        cmocka_unit_test(reset_gives_huge_blocks_back),
        cmocka_unit_test(types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
