/* Tests reading in order and again, from files and from the spool. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPED = 5 * 1024 * 1024 };

static char byte_at(size_t i) {
    return (char)('a' + i * 7 % 26);
}

static Source file_source(const char *path) {
    return (Source){.kind = SOURCE_FILE, .path = str_from(path), .open_as = str_from(path)};
}

static int write_all(int to) {
    for (size_t i = 0; i < PIPED;) {
        char chunk[4096];
        size_t count = 0;
        while (count < sizeof chunk && i < PIPED) chunk[count++] = byte_at(i++);
        if (write(to, chunk, count) != (ssize_t)count) return 1;
    }
    return 0;
}

/* Another process writes PIPED bytes into a pipe, which becomes a spool. */
static Source piped_source(Arena *a) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    if (writer == 0) _exit(write_all(ends[1]));
    close(ends[1]);
    Source s;
    Error err = {0};
    if (!source_spool(a, ends[0], STR("<stdin>"), &s, &err)) fail_msg("%s", err.text);
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_int_equal(status, 0);
    return s;
}

static void check_piped(const Source *s) {
    Error err = {0};
    Reader *r = reader_open(s, &err);
    size_t total = 0, got = 0;
    char chunk[10000];
    while (reader_read(r, chunk, sizeof chunk, &got, &err) && got)
        for (size_t i = 0; i < got; i++)
            if (chunk[i] != byte_at(total++)) fail_msg("a wrong byte at %zu", total - 1);
    assert_int_equal(total, PIPED);
    reader_close(r);
}

static void test_spool(void **state) {
    (void)state;
    Arena a = {0};
    Buf b = {0};
    Error err = {0};
    Source s = piped_source(&a);
    assert_true(s.named);
    assert_int_equal(s.size, PIPED);
    check_piped(&s);

    /* Reading at an offset and a second reader do not disturb the first one. */
    Reader *first = reader_open(&s, &err);
    char byte;
    size_t got;
    assert_true(reader_read(first, &byte, 1, &got, &err));
    assert_true(source_read_at(&s, PIPED - 3, 3, &b, &err));
    assert_int_equal(b.data[2], byte_at(PIPED - 1));
    check_piped(&s);
    assert_true(reader_read(first, &byte, 1, &got, &err));
    assert_int_equal(byte, byte_at(1));
    reader_close(first);
    assert_false(source_read_at(&s, PIPED - 3, 4, &b, &err));

    close(s.spool);
    buf_release(&b);
    arena_release(&a);
}

static void test_no_room_for_the_spool(void **state) {
    (void)state;
    Arena a = {0};
    Source s;
    Error err;
    setenv("TMPDIR", "/nonexistent", 1);
    assert_false(source_spool(&a, STDIN_FILENO, STR("<stdin>"), &s, &err));
    assert_string_equal(err.text, "cannot make a temporary file in /nonexistent: No such file or "
                                  "directory (set TMPDIR to a directory with room)");
    unsetenv("TMPDIR");
    arena_release(&a);
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
        cmocka_unit_test(test_spool),
        cmocka_unit_test(test_no_room_for_the_spool),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
