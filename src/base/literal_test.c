/* The automaton finds exactly what memmem finds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/literal.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 8 };

static void tables(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str literals[MOST];
        Str text;
        uint64_t want; /* bit per literal */
    } rows[] = {
        {"nothing in nothing", {{0}}, STR_INIT("abc"), 0},
        {"an empty text", {STR_INIT("a")}, {0}, 0},
        {"the whole text", {STR_INIT("abc")}, STR_INIT("abc"), 1},
        {"one byte", {STR_INIT("c")}, STR_INIT("abc"), 1},
        {"shorter than the literal", {STR_INIT("abcd")}, STR_INIT("abc"), 0},
        {"overlapping", {STR_INIT("abcd"), STR_INIT("cdef")}, STR_INIT("xabcdefx"), 3},
        {"nested",
         {STR_INIT("a"), STR_INIT("bab"), STR_INIT("ababa"), STR_INIT("b")},
         STR_INIT("ababa"),
         15},
        {"a prefix of another", {STR_INIT("job"), STR_INIT("jobs")}, STR_INIT("a job"), 1},
        {"a suffix of another", {STR_INIT("TFJob"), STR_INIT("Job")}, STR_INIT("XGJob"), 2},
        {"a suffix inside a longer one that fails",
         {STR_INIT("abcz"), STR_INIT("bc")},
         STR_INIT("abcd"),
         2},
        {"back over two failures", {STR_INIT("aab"), STR_INIT("ab")}, STR_INIT("aaaab"), 3},
        {"twice the same", {STR_INIT("x"), STR_INIT("x"), STR_INIT("y")}, STR_INIT("x"), 3},
        {"case counts", {STR_INIT("Job"), STR_INIT("job")}, STR_INIT("job"), 2},
        {"NUL and high bytes", {STR_INIT("\0\xff"), STR_INIT("\xff\0")}, STR_INIT("a\0\xff"), 1},
        {"across the first quarter", {STR_INIT("345")}, STR_INIT("0123456789abcdef"), 1},
        {"across all quarters", {STR_INIT("23456789abcd")}, STR_INIT("0123456789abcdef"), 1},
        {"in the bytes left over",
         {STR_INIT("gh"), STR_INIT("i")},
         STR_INIT("0123456789abcdefgh"),
         1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        size_t count = 0;
        while (count < MOST && rows[i].literals[count].len) count++;
        Arena arena = {0};
        Literals l;
        Error err;
        assert_true(literals_build(&arena, rows[i].literals, count, &l, &err));
        uint64_t seen[LITERAL_WORDS(MOST)] = {0};
        literals_scan(&l, rows[i].text, seen);
        assert_int_equal(seen[0], rows[i].want);
        arena_release(&arena);
    }
}

static void keeps_other_bits(void **state) {
    (void)state;
    Arena arena = {0};
    Literals l;
    Error err;
    assert_true(literals_build(&arena, (Str[]){STR("a"), STR("b")}, 2, &l, &err));
    uint64_t seen[1] = {6};
    literals_scan(&l, STR("a"), seen);
    assert_int_equal(seen[0], 7);
    assert_true(literal_seen(seen, 2));
    assert_false(literal_seen(seen, 3));
    arena_release(&arena);
}

/* Every byte is in some literal, so that there is no class for the others. */
static void all_bytes(void **state) {
    (void)state;
    char bytes[256];
    Str literals[256];
    for (int i = 0; i < 256; i++) {
        bytes[i] = (char)i;
        literals[i] = (Str){bytes + i, 1};
    }
    Arena arena = {0};
    Literals l;
    Error err;
    assert_true(literals_build(&arena, literals, 256, &l, &err));
    assert_int_equal(l.classes, 256);
    for (int i = 0; i < 256; i++) {
        uint64_t seen[LITERAL_WORDS(256)] = {0};
        literals_scan(&l, literals[i], seen);
        for (int k = 0; k < 256; k++) assert_int_equal(literal_seen(seen, (uint32_t)k), k == i);
    }
    arena_release(&arena);
}

static uint32_t random_below(uint64_t *seed, uint32_t bound) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % bound;
}

/* Few different bytes make texts in which literals overlap, nest and nearly match all the time. */
static void random_text(uint64_t *seed, char *out, size_t len, uint32_t letters) {
    for (size_t i = 0; i < len; i++) out[i] = (char)(uint8_t)(random_below(seed, letters) * 85);
}

static void compare(const Literals *l, const Str *literals, size_t count, Str text) {
    uint64_t seen[LITERAL_WORDS(100)] = {0};
    literals_scan(l, text, seen);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(literal_seen(seen, (uint32_t)i), str_find(text, literals[i]) != STR_NONE);
}

static void same_as_memmem(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 300; round++) {
        uint32_t letters = 2 + random_below(&seed, 3), longest = 2 + random_below(&seed, 12);
        size_t count = 1 + random_below(&seed, 100);
        Arena arena = {0};
        Str literals[100];
        for (size_t i = 0; i < count; i++) {
            size_t len = 1 + random_below(&seed, longest);
            char *bytes = arena_bytes(&arena, len);
            random_text(&seed, bytes, len, letters);
            literals[i] = (Str){bytes, len};
        }
        Literals l;
        Error err;
        assert_true(literals_build(&arena, literals, count, &l, &err));
        for (int t = 0; t < 20; t++) {
            char text[200];
            size_t len = random_below(&seed, sizeof text);
            random_text(&seed, text, len, letters);
            compare(&l, literals, count, (Str){text, len});
        }
        arena_release(&arena);
    }
}

/* What the build prints may come without the shortcut. */
static void works_without_first_end(void **state) {
    (void)state;
    Arena arena = {0};
    Literals l;
    Error err;
    assert_true(literals_build(&arena, (Str[]){STR("ab"), STR("bc")}, 2, &l, &err));
    assert_int_equal(l.states - l.first_end, 2);
    l.first_end = 0;
    uint64_t seen[1] = {0};
    literals_scan(&l, STR("xxxxxabcxxxx"), seen);
    assert_int_equal(seen[0], 3);
    arena_release(&arena);
}

static void state_limit(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t len;
        bool fits;
    } rows[] = {{"the most states", 65534, true}, {"one too many", 65535, false}};
    char *text = malloc(65535);
    memset(text, 'a', 65535);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Arena arena = {0};
        Literals l;
        Error err = {0};
        Str literal = {text, rows[i].len};
        assert_int_equal(literals_build(&arena, &literal, 1, &l, &err), rows[i].fits);
        assert_int_equal(strstr(err.text, "too many literals") != NULL, !rows[i].fits);
        if (rows[i].fits) {
            uint64_t seen[1] = {0};
            literals_scan(&l, (Str){text, rows[i].len - 1}, seen);
            assert_int_equal(seen[0], 0);
            literals_scan(&l, (Str){text, 65535}, seen);
            assert_int_equal(seen[0], 1);
        }
        arena_release(&arena);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(keeps_other_bits),
        cmocka_unit_test(all_bytes),
        cmocka_unit_test(same_as_memmem),
        cmocka_unit_test(works_without_first_end),
        cmocka_unit_test(state_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
