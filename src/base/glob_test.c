/* Path patterns. The rows of path_patterns say what `git check-ignore` says. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/glob.h"

typedef struct Row {
    const char *pattern, *text;
    bool want;
} Row;

static void check(const Row *rows, size_t count, bool (*match)(Str pattern, Str text)) {
    for (size_t i = 0; i < count; i++) {
        bool got = match(str_from(rows[i].pattern), str_from(rows[i].text));
        if (got != rows[i].want) fail_msg("'%s' on '%s': %d", rows[i].pattern, rows[i].text, got);
    }
}

static void whole_texts(void **state) {
    (void)state;
    static const Row rows[] = {
        {"", "", true},
        {"", "a", false},
        {"a", "", false},
        {"*", "", true},
        {"*", "abc", true},
        {"*", "a/c", false},
        {"?", "/", false},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"*.yaml", "x.yaml", true},
        {"*.yaml", "x.yaml.bak", false},
        {"a*b*c", "aXbYbZc", true},
        {"a*b*c", "aXbYbZ", false},
        {"**", "a/b/c", true},
        {"**/c", "c", true},
        {"**/c", "a/b/c", true},
        {"**/c", "a/bc", false},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"a/**/c", "a/c", true},
        {"a/**/c", "a/b/b/c", true},
        {"a/**/c", "a/b/cd", false},
        {"a/**/b/**/c", "a/b/x/b/y/c", true},
        {"**/b*/*c", "a/b1/x/b2/yc", true},
        {"**/*b", "a/b/c", false},
        {"a**c", "abbc", true},
        {"a**c", "ab/bc", false},
        {"***/c", "a/b/c", true},
        {"[abc]", "b", true},
        {"[abc]", "d", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]x", "bx", false},
        {"[^a-c]x", "dx", true},
        {"[!a]", "/", false},
        {"a[/]b", "a/b", false},
        {"[]a]", "]", true},
        {"[!]a]", "]", false},
        {"[!]a]", "b", true},
        {"[a-]", "-", true},
        {"[\\]]", "]", true},
        {"[\\a-\\c]", "b", true},
        {"[[:digit:]x]*", "7.yaml", true},
        {"[[:alpha:]]", "7", false},
        {"[[:alpha:]]", "\xe9", false},
        {"[[:nonsense:]a]", "a", false},
        {"[[:alpha]", ":", true},
        {"[a", "a", false},
        {"[a", "[a", false},
        {"[", "[", false},
        {"[a-", "a", false},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"\\[a]", "[a]", true},
        {"a\\", "a", false},
        {"a\\", "a\\", false},
        {"caf\xc3\xa9", "caf\xc3\xa9", true},
    };
    check(rows, sizeof rows / sizeof *rows, glob_match);
}

static void path_patterns(void **state) {
    (void)state;
    static const Row rows[] = {
        {"*.gen.yaml", "a.gen.yaml", true},
        {"*.gen.yaml", "a/b.gen.yaml", true},
        {"*.gen.yaml", "a/b.gen.yaml/c", true},
        {"vendor", "x/vendor", true},
        {"vendor", "vendor/x/y.yaml", true},
        {"vendor", "vendors/x", false},
        {"vendor/", "x/vendor/y.yaml", true},
        {"vendor/", "x/vendor", false},
        {"/vendor", "vendor/y.yaml", true},
        {"/vendor", "x/vendor/y.yaml", false},
        {"/vendor/", "vendor/y.yaml", true},
        {"a/b", "a/b", true},
        {"a/b", "a/b/c", true},
        {"a/b", "x/a/b", false},
        {"a/b/", "a/b", false},
        {"a/b/", "a/b/c", true},
        {"a/*", "a/b/c", true},
        {"a/*/c", "a/b/c", true},
        {"a/*/c", "a/b/b/c", false},
        {"**/a/b", "x/y/a/b/c", true},
        {"a/**", "a/b", true},
        {"a/**", "b/a/c", false},
        {"a/**/c", "a/c/d", true},
        {"**/", "a", false},
        {"**/", "a/b", true},
        {"*", "a", true},
        {"/*", "a/b", true},
        {"/", "a", false},
        {"", "a", false},
        {"a", "", false},
    };
    check(rows, sizeof rows / sizeof *rows, path_glob_match);
}

/* git is never asked about these. */
static void directories_and_absolute_paths(void **state) {
    (void)state;
    static const Row rows[] = {
        {"vendor/", "x/vendor/", true},          {"vendor", "x/vendor/", true},
        {"vendor/", "x/vendors/", false},        {"*.yaml", "/srv/a.yaml", true},
        {"vendor/", "/srv/vendor/a.yaml", true},
    };
    check(rows, sizeof rows / sizeof *rows, path_glob_match);
}

/* Exponential in the number of stars for a matcher that tries all of them again. */
static void hostile_patterns_end(void **state) {
    (void)state;
    static const Row rows[] = {
        {"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
        {"**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b",
         "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false},
        {"*/*/*/*/*/*/*/*/*/*/*/*/*/*/*/*/b",
         "aaaaaaaaaa/aaaaaaaaaa/aaaaaaaaaa/aaaaaaaaaa/aaaaaaaaaa/aaaaaaaaaa/aaaaaaaaaa", false},
    };
    check(rows, sizeof rows / sizeof *rows, glob_match);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_texts),
        cmocka_unit_test(path_patterns),
        cmocka_unit_test(directories_and_absolute_paths),
        cmocka_unit_test(hostile_patterns_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
