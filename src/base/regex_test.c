/* Matches, groups, limits, and one expression in the hands of several threads. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/pool.h"
#include "base/regex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void finds(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str pattern, subject;
        size_t from;
        RegexResult want;
        size_t start, end;
        Str group1;
    } rows[] = {
        {"a word", STR_INIT("job"), STR_INIT("a job"), 0, REGEX_FOUND, 2, 5, {0}},
        {"none", STR_INIT("job"), STR_INIT("a jab"), 0, REGEX_NONE, 0, 0, {0}},
        {"from behind it", STR_INIT("job"), STR_INIT("job a"), 1, REGEX_NONE, 0, 0, {0}},
        {"from the second", STR_INIT("a"), STR_INIT("a a"), 1, REGEX_FOUND, 2, 3, {0}},
        {"a group", STR_INIT("get (\\S+)"), STR_INIT("get po x"), 0, REGEX_FOUND, 0, 6,
         STR_INIT("po")},
        {"an empty group", STR_INIT("a()b"), STR_INIT("ab"), 0, REGEX_FOUND, 0, 2, STR_INIT("")},
        {"a group apart", STR_INIT("(x)|y"), STR_INIT("y"), 0, REGEX_FOUND, 0, 1, {0}},
        {"an empty subject", STR_INIT("^$"), {0}, 0, REGEX_FOUND, 0, 0, {0}},
        {"an empty pattern", {0}, STR_INIT("abc"), 2, REGEX_FOUND, 2, 2, {0}},
        {"at the end", STR_INIT("$"), STR_INIT("abc"), 3, REGEX_FOUND, 3, 3, {0}},
        {"beyond the end", STR_INIT("$"), STR_INIT("abc"), 4, REGEX_NONE, 0, 0, {0}},
        {"look behind `from`", STR_INIT("(?<=a)b"), STR_INIT("ab"), 1, REGEX_FOUND, 1, 2, {0}},
        {"not multi-line", STR_INIT("^b"), STR_INIT("a\nb"), 0, REGEX_NONE, 0, 0, {0}},
        {"a dot is a byte", STR_INIT("^.$"), STR_INIT("\xc3\xa9"), 0, REGEX_NONE, 0, 0, {0}},
        {"invalid UTF-8", STR_INIT("(b)"),
         STR_INIT("\xff\xfe\x80"
                  "b"),
         0, REGEX_FOUND, 3, 4, STR_INIT("b")},
        {"a NUL", STR_INIT("b"), STR_INIT("a\0b"), 0, REGEX_FOUND, 2, 3, {0}},
        {"too many steps",
         STR_INIT("^(a+)+$"),
         STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
         0,
         REGEX_LIMIT,
         0,
         0,
         {0}},
        {"too many steps, no JIT",
         STR_INIT("(*NO_JIT)^(a+)+$"),
         STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
         0,
         REGEX_LIMIT,
         0,
         0,
         {0}},
        {"no JIT", STR_INIT("(*NO_JIT)g (\\S+)"), STR_INIT("g po"), 0, REGEX_FOUND, 0, 4,
         STR_INIT("po")},
    };
    RegexScratch *scratch = regex_scratch_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Regex *re = regex_new(rows[i].pattern);
        RegexMatch m = {0};
        assert_int_equal(regex_find(re, scratch, rows[i].subject, rows[i].from, &m), rows[i].want);
        assert_int_equal(m.start, rows[i].start);
        assert_int_equal(m.end, rows[i].end);
        assert_true(str_eq(m.groups[1], rows[i].group1));
        assert_int_equal(m.groups[1].data == NULL, rows[i].group1.data == NULL);
        if (rows[i].want == REGEX_FOUND) assert_int_equal(m.groups[0].len, m.end - m.start);
        regex_free(re);
    }
    regex_scratch_free(scratch);
}

static void more_groups_than_kept(void **state) {
    (void)state;
    RegexScratch *scratch = regex_scratch_new();
    Regex *re = regex_new(STR("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)"));
    RegexMatch m;
    assert_int_equal(regex_find(re, scratch, STR("-abcdefghijkl"), 0, &m), REGEX_FOUND);
    assert_int_equal(m.end, 13);
    assert_true(str_eq(m.groups[9], STR("i")));
    regex_free(re);
    regex_scratch_free(scratch);
}

static void deep_match_is_a_limit(void **state) {
    (void)state;
    size_t len = 4 * 1024 * 1024;
    char *text = malloc(len);
    memset(text, 'a', len);
    RegexScratch *scratch = regex_scratch_new();
    Regex *re = regex_new(STR("^(?:a|b)*c"));
    RegexMatch m;
    assert_int_equal(regex_find(re, scratch, (Str){text, len}, 0, &m), REGEX_LIMIT);
    regex_free(re);
    regex_scratch_free(scratch);
    free(text);
}

static void checks(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str pattern;
        bool valid;
        size_t offset;
        const char *reason;
    } rows[] = {
        {"valid", STR_INIT("a(b)c"), true, 0, ""},
        {"empty", {0}, true, 0, ""},
        {"open group", STR_INIT("a(b"), false, 3, "missing closing parenthesis"},
        {"nothing to repeat", STR_INIT("ab*+*"), false, 4, "quantifier does not follow"},
        {"UTF by the back door", STR_INIT("(*UTF)a"), false, 6, "using UTF is disabled"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Error err = {0};
        size_t offset = 0;
        assert_int_equal(regex_check(rows[i].pattern, &offset, &err), rows[i].valid);
        assert_non_null(strstr(err.text, rows[i].reason));
        if (!rows[i].valid) assert_int_equal(offset, rows[i].offset);
    }
}

static void counts_groups(void **state) {
    (void)state;
    static const struct {
        Str pattern;
        size_t want;
    } rows[] = {
        {{0}, 0},
        {STR_INIT("ab"), 0},
        {STR_INIT("(?:a)\\("), 0},
        {STR_INIT("(a)"), 1},
        {STR_INIT("(a(b)?)|(c)"), 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(regex_group_count(rows[i].pattern), rows[i].want);
    }
}

static void unused_costs_nothing_and_null_is_fine(void **state) {
    (void)state;
    regex_free(regex_new(STR("never used")));
    regex_free(NULL);
    regex_scratch_free(NULL);
}

enum { THREADS = 4, JOBS = 400, PATTERNS = 50 };

typedef struct Shared {
    Regex *expressions[PATTERNS];
    RegexScratch *scratch[THREADS];
    int produced, found;
} Shared;

typedef struct Try {
    int number;
    bool found;
} Try;

static bool next_try(void *context, void *slot) {
    Shared *shared = context;
    ((Try *)slot)->number = shared->produced++;
    return shared->produced <= JOBS;
}

static void try_one(void *context, void *slot, unsigned worker) {
    Shared *shared = context;
    Try *t = slot;
    char text[32];
    int len = snprintf(text, sizeof text, "pattern-%d.", t->number % PATTERNS);
    RegexMatch m;
    Regex *re = shared->expressions[t->number / THREADS % PATTERNS];
    t->found =
        regex_find(re, shared->scratch[worker], (Str){text, (size_t)len}, 0, &m) == REGEX_FOUND;
}

static void count(void *context, void *slot) {
    Shared *shared = context;
    const Try *t = slot;
    shared->found += t->found;
    assert_int_equal(t->found, t->number % PATTERNS == t->number / THREADS % PATTERNS);
}

/* Neighbouring jobs meet in the first use of the same expression. */
static void shared_by_threads(void **state) {
    (void)state;
    Shared shared = {0};
    for (int i = 0; i < PATTERNS; i++) {
        char text[32];
        int len = snprintf(text, sizeof text, "\\bpattern-%d\\.", i);
        shared.expressions[i] = regex_new((Str){text, (size_t)len});
    }
    for (int i = 0; i < THREADS; i++) shared.scratch[i] = regex_scratch_new();
    Line line = {.threads = THREADS,
                 .slot_size = sizeof(Try),
                 .context = &shared,
                 .produce = next_try,
                 .work = try_one,
                 .consume = count};
    line_run(&line);
    assert_true(shared.found > 0);
    for (int i = 0; i < PATTERNS; i++) regex_free(shared.expressions[i]);
    for (int i = 0; i < THREADS; i++) regex_scratch_free(shared.scratch[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(more_groups_than_kept),
        cmocka_unit_test(deep_match_is_a_limit),
        cmocka_unit_test(checks),
        cmocka_unit_test(counts_groups),
        cmocka_unit_test(unused_costs_nothing_and_null_is_fine),
        cmocka_unit_test(shared_by_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
