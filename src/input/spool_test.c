/* Tests what is kept of pipes and of texts that are read once. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/spool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPED = 5 * 1024 * 1024 };

static char byte_at(size_t i) {
    return (char)('a' + i * 7 % 26);
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
    if (!spool_stream(a, ends[0], STR("<stdin>"), &s, &err)) fail_msg("%s", err.text);
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

static void test_pipe(void **state) {
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
    assert_false(spool_stream(&a, STDIN_FILENO, STR("<stdin>"), &s, &err));
    assert_string_equal(err.text, "cannot make a temporary file in /nonexistent: No such file or "
                                  "directory (set TMPDIR to a directory with room)");
    unsetenv("TMPDIR");
    arena_release(&a);
}

/* Several texts in one spool do not see each other. */
static void test_texts(void **state) {
    (void)state;
    static const char *const texts[] = {"12345", "", "678"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    Source sources[TEXTS];
    Spool spool = {0};
    Error err = {0};
    Buf b = {0};
    for (size_t i = 0; i < TEXTS; i++) {
        Offset start = spool.size;
        assert_true(spool_add(&spool, str_from(texts[i]), &err));
        sources[i] = spool_source(&spool, start, ORIGIN_ARCHIVE, STR("a"));
    }
    for (size_t i = 0; i < TEXTS; i++) {
        size_t length = strlen(texts[i]), got = 9;
        char chunk[9];
        Reader *r = reader_open(&sources[i], &err);
        assert_true(reader_read(r, chunk, sizeof chunk, &got, &err));
        assert_memory_equal(chunk, texts[i], length);
        assert_int_equal(got, length);
        assert_true(reader_read(r, chunk, sizeof chunk, &got, &err));
        assert_int_equal(got, 0);
        reader_close(r);
        assert_true(source_read_at(&sources[i], 0, length, &b, &err));
        assert_string_equal(buf_cstr(&b), texts[i]);
        assert_false(source_read_at(&sources[i], 0, length + 1, &b, &err));
    }
    close(spool.file);
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_no_room_for_the_spool),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
