/* Tests reading files, in order and again. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Source file_source(const char *path) {
    return (Source){.kind = SOURCE_FILE, .path = str_from(path), .open_as = str_from(path)};
}

typedef struct ReadRow {
    const char *name;
    Offset offset;
    size_t length;
    const char *want; /* NULL: it fails */
} ReadRow;

static const ReadRow read_rows[] = {
    {"all", 0, 5, "12345"},   {"the middle", 1, 3, "234"},    {"nothing", 2, 0, ""},
    {"too much", 3, 3, NULL}, {"behind the end", 9, 1, NULL},
};

static void test_file(void **state) {
    (void)state;
    char path[] = "/tmp/source_test.XXXXXX";
    int file = mkstemp(path);
    assert_int_equal(write(file, "12345", 5), 5);
    close(file);
    Source s = file_source(path);
    Buf b = {0};
    Error err;
    for (size_t i = 0; i < sizeof read_rows / sizeof *read_rows; i++) {
        const ReadRow *row = &read_rows[i];
        bool read = source_read_at(&s, row->offset, row->length, &b, &err);
        if (read != (row->want != NULL)) fail_msg("%s: %d", row->name, read);
        if (read) assert_string_equal(buf_cstr(&b), row->want);
    }
    buf_release(&b);
    unlink(path);
}

typedef struct OpenRow {
    const char *path, *want;
} OpenRow;

static const OpenRow open_rows[] = {
    {"/nonexistent/a.yaml", "cannot open /nonexistent/a.yaml: No such file or directory"},
    {"/tmp", "cannot open /tmp: it is no regular file"},
    {"/dev/null", "cannot open /dev/null: it is no regular file"},
};

static void test_open(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof open_rows / sizeof *open_rows; i++) {
        Source s = file_source(open_rows[i].path);
        Error err;
        Buf b = {0};
        assert_null(reader_open(&s, &err));
        assert_string_equal(err.text, open_rows[i].want);
        assert_false(source_read_at(&s, 0, 1, &b, &err));
        assert_string_equal(err.text, open_rows[i].want);
        buf_release(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
