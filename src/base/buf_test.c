/* What a Buf holds after each way of adding to it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"

#include <string.h>

static void add_nothing(Buf *b) {
    buf_add(b, (Str){0});
    buf_add_repeat(b, 'x', 0);
    buf_addf(b, "%s", "");
}

static void add_each_way(Buf *b) {
    buf_add(b, STR("ab"));
    buf_add_char(b, '-');
    buf_add_repeat(b, '=', 3);
    buf_addf(b, "%d%%", 42);
}

static void add_a_nul(Buf *b) {
    buf_add(b, STR("a\0b"));
}

static void add_after_clear(Buf *b) {
    buf_add(b, STR("old text"));
    buf_clear(b);
    buf_add_char(b, 'n');
}

static void adds(void **state) {
    (void)state;
    static const struct {
        const char *name;
        void (*add)(Buf *b);
        Str want;
    } rows[] = {
        {"nothing", add_nothing, {0}},
        {"each way", add_each_way, STR_INIT("ab-===42%")},
        {"a NUL", add_a_nul, STR_INIT("a\0b")},
        {"after clear", add_after_clear, STR_INIT("n")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Buf b = {0};
        rows[i].add(&b);
        assert_true(str_eq(buf_str(&b), rows[i].want));
        assert_int_equal(buf_cstr(&b)[b.len], '\0');
        assert_int_equal(b.len, rows[i].want.len);
        buf_release(&b);
        assert_null(b.data);
    }
}

/* Around every size at which the memory grows. */
static void grows(void **state) {
    (void)state;
    Buf b = {0};
    for (size_t i = 0; i < 5000; i++) {
        buf_add_char(&b, (char)('a' + i % 26));
        assert_int_equal(strlen(buf_cstr(&b)), i + 1);
    }
    for (size_t i = 0; i < 5000; i++) assert_int_equal(b.data[i], 'a' + i % 26);
    buf_release(&b);
}

static void large_pieces(void **state) {
    (void)state;
    Buf b = {0};
    buf_add_repeat(&b, 'x', 1000);
    buf_addf(&b, "%1000d", 7);
    assert_int_equal(b.len, 2000);
    assert_int_equal(b.data[999], 'x');
    assert_int_equal(b.data[1999], '7');
    buf_reserve(&b, 10000);
    assert_true(b.cap >= 12000);
    assert_int_equal(b.len, 2000);
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds),
        cmocka_unit_test(grows),
        cmocka_unit_test(large_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
