/* The JSON writer's commas, line breaks and escapes, and its objections. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/json.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing_inside(Json *j) {
    json_open(j, '{');
    json_close(j);
}

static void every_value(Json *j) {
    json_open(j, '[');
    json_str(j, STR("a"));
    json_u64(j, UINT64_MAX);
    json_null(j);
    json_close(j);
}

static void nested(Json *j) {
    json_open(j, '{');
    json_key(j, "a");
    json_open(j, '[');
    json_open(j, '{');
    json_key_str(j, STR("b\""));
    json_u64(j, 1);
    json_key(j, "c");
    json_open(j, '[');
    json_close(j);
    json_close(j);
    json_null(j);
    json_close(j);
    json_key(j, "d");
    json_str(j, (Str){0});
    json_close(j);
}

static void only_a_value(Json *j) {
    json_str(j, STR("x"));
}

static void structures(void **state) {
    (void)state;
    static const struct {
        const char *name;
        void (*write)(Json *j);
        int indent;
        const char *want;
    } rows[] = {
        {"empty object", nothing_inside, 0, "{}"},
        {"empty object, indented", nothing_inside, 2, "{}"},
        {"only a value", only_a_value, 2, "\"x\""},
        {"every value", every_value, 0, "[\"a\",18446744073709551615,null]"},
        {"nested", nested, 0, "{\"a\":[{\"b\\\"\":1,\"c\":[]},null],\"d\":\"\"}"},
        {"nested, indented", nested, 2,
         "{\n  \"a\": [\n    {\n      \"b\\\"\": 1,\n      \"c\": []\n    },\n    null\n  ],\n"
         "  \"d\": \"\"\n}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        char *text;
        size_t len;
        FILE *out = open_memstream(&text, &len);
        Json j = json_to(out, rows[i].indent);
        rows[i].write(&j);
        fclose(out);
        assert_string_equal(text, rows[i].want);
        free(text);
    }
}

static void escapes(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        const char *want;
    } rows[] = {
        {"empty", {0}, ""},
        {"plain", STR_INIT("a/b'c<d>"), "a/b'c<d>"},
        {"quote and backslash", STR_INIT("\"\\"), "\\\"\\\\"},
        {"short ones", STR_INIT("\b\f\n\r\t"), "\\b\\f\\n\\r\\t"},
        {"control characters", STR_INIT("\0\x01\x1f\x7f"), "\\u0000\\u0001\\u001f\\u007f"},
        {"C1", STR_INIT("\xc2\x9b"), "\\u009b"},
        {"not ASCII", STR_INIT("\xc3\xa9\xf0\x9f\x98\x80"), "\xc3\xa9\xf0\x9f\x98\x80"},
        {"U+2028 and U+2029", STR_INIT("\xe2\x80\xa8\xe2\x80\xa9"), "\\u2028\\u2029"},
        {"invalid bytes", STR_INIT("a\xff\xe2\x82z"), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Buf b = {0};
        json_escape(&b, rows[i].text);
        assert_string_equal(buf_cstr(&b), rows[i].want);
        buf_release(&b);
    }
}

static void value_without_key(Json *j) {
    json_open(j, '{');
    json_null(j);
}

static void key_without_value(Json *j) {
    json_open(j, '{');
    json_key(j, "a");
    json_close(j);
}

static void two_keys(Json *j) {
    json_open(j, '{');
    json_key(j, "a");
    json_key(j, "b");
}

static void key_in_array(Json *j) {
    json_open(j, '[');
    json_key(j, "a");
}

static void close_nothing(Json *j) {
    json_close(j);
}

static void too_deep(Json *j) {
    for (int i = 0; i <= JSON_DEPTH; i++) json_open(j, '[');
}

static void deep_enough(Json *j) {
    for (int i = 0; i < JSON_DEPTH; i++) json_open(j, '[');
}

/* In a process of its own, whose message nobody reads. */
static bool aborts(void (*write)(Json *j)) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        FILE *nowhere = freopen("/dev/null", "w", stderr);
        Json j = json_to(nowhere, 0);
        write(&j);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void misuse(void **state) {
    (void)state;
    static const struct {
        const char *name;
        void (*write)(Json *j);
        bool want;
    } rows[] = {
        {"a value without a key", value_without_key, true},
        {"a key without a value", key_without_value, true},
        {"two keys in a row", two_keys, true},
        {"a key in an array", key_in_array, true},
        {"closing what is not open", close_nothing, true},
        {"one level too many", too_deep, true},
        {"as many levels as there are", deep_enough, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        assert_int_equal(aborts(rows[i].write), rows[i].want);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structures),
        cmocka_unit_test(escapes),
        cmocka_unit_test(misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
