/* Names and hashes, few and many. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/map.h"

#include <stdio.h>

static void interns(void **state) {
    (void)state;
    static const struct {
        Str text;
        uint32_t want;
    } rows[] = {
        /* in this order into one table */
        {STR_INIT("default"), 0},
        {STR_INIT("kube-system"), 1},
        {STR_INIT("default"), 0},
        {STR_INIT(""), 2},
        {{0}, 2},
        {STR_INIT("Default"), 3},
        {STR_INIT("a\0b"), 4},
        {STR_INIT("a\0c"), 5},
        {STR_INIT("kube-system"), 1},
    };
    Names names = {0};
    assert_int_equal(names_find(&names, STR("default")), MAP_NONE);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(names_intern(&names, rows[i].text), rows[i].want);
        assert_int_equal(names_find(&names, rows[i].text), rows[i].want);
        assert_true(str_eq(names_text(&names, rows[i].want), rows[i].text));
    }
    assert_int_equal(names_find(&names, STR("kube")), MAP_NONE);
    assert_int_equal(names_text(&names, 6).len, 0);
    assert_int_equal(names_text(&names, MAP_NONE).len, 0);
    assert_true(names_memory(&names) > 0);
    names_release(&names);
    assert_int_equal(names_memory(&names), 0);
}

static Str numbered(char room[static 16], uint32_t number) {
    return (Str){room, (size_t)snprintf(room, 16, "name-%u", number)};
}

static void many_names(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    Names names = {0};
    char room[16];
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(names_intern(&names, numbered(room, i)), i);
    Str first = names_text(&names, 0);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(names_find(&names, numbered(room, i)), i);
        assert_true(str_eq(names_text(&names, i), numbered(room, i)));
    }
    assert_int_equal(names_find(&names, numbered(room, COUNT)), MAP_NONE);
    assert_string_equal(first.data, "name-0"); /* texts stay where they are */
    names_release(&names);
}

static void sets_and_gets(void **state) {
    (void)state;
    static const struct {
        Hash128 key;
        uint32_t before, value;
    } rows[] = {
        /* in this order into one table; keys with the same low half want the same slot */
        {{0, 0}, MAP_NONE, 7},
        {{1, 0}, MAP_NONE, 8},
        {{0, 64}, MAP_NONE, 9},
        {{1, 0}, 8, 0},
        {{UINT64_MAX, UINT64_MAX}, MAP_NONE, MAP_NONE - 1},
        {{0, 0}, 7, 7},
        {{1, 0}, 0, 1},
    };
    HashMap m = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(hashmap_get(&m, rows[i].key), rows[i].before);
        hashmap_set(&m, rows[i].key, rows[i].value);
        assert_int_equal(hashmap_get(&m, rows[i].key), rows[i].value);
    }
    assert_int_equal(m.len, 4);
    hashmap_release(&m);
    assert_int_equal(m.len, 0);
}

static void many_hashes(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    HashMap m = {0};
    for (uint32_t i = 0; i < COUNT; i++) /* bad hashes: eight keys want one slot */
        hashmap_set(&m, (Hash128){i, i / 8}, i);
    for (uint32_t i = 0; i < COUNT; i++) assert_int_equal(hashmap_get(&m, (Hash128){i, i / 8}), i);
    assert_int_equal(hashmap_get(&m, (Hash128){COUNT, 0}), MAP_NONE);
    assert_int_equal(m.len, COUNT);
    hashmap_release(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interns),
        cmocka_unit_test(many_names),
        cmocka_unit_test(sets_and_gets),
        cmocka_unit_test(many_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
