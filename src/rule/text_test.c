/* Text rules on lines. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/text.h"

#include "base/buf.h"
#include "base/limits.h"

#include <string.h>

/* A rule with one expression and one literal, ready for use. */
typedef struct Fixture {
    Str literal, file;
    Rule rule;
    RuleSet set;
    Regex **regexes;
    Matcher matcher;
} Fixture;

static void fixture_open(Fixture *f, const char *pattern, const char *literal) {
    *f = (Fixture){.literal = str_from(literal), .file = STR("*.sh")};
    f->rule = (Rule){.match = MATCH_TEXT, .pattern = str_from(pattern)};
    f->rule.literals = (StrList){&f->literal, 1};
    f->rule.files = (StrList){&f->file, 1};
    f->set = (RuleSet){.patterns = &f->rule.pattern, .pattern_count = 1};
    f->regexes = rule_regexes_new(&f->set);
    f->matcher = (Matcher){.regexes = f->regexes, .scratch = regex_scratch_new()};
}

static void fixture_close(Fixture *f) {
    rule_regexes_free(&f->set, f->regexes);
    regex_scratch_free(f->matcher.scratch);
}

typedef struct Found {
    Str text;
    Buf list; /* "offset:text " of each match */
    int stop_after;
} Found;

static bool add_match(void *context, Span where) {
    Found *found = context;
    buf_addf(&found->list, "%u:" STR_FMT " ", where.start, STR_ARG(span_text(found->text, where)));
    return --found->stop_after != 0;
}

static void finds(void **state) {
    (void)state;
    static const struct {
        const char *name, *pattern, *literal, *text, *want;
    } rows[] = {
        {"whole match", "v1[a-z]", "v1", "x v1b", "2:v1b "},
        {"group 1", "get (v1[a-z])", "v1", "x get v1b", "6:v1b "},
        {"group 1 took no part", "get (x)?v1", "v1", "get v1", "0:get v1 "},
        {"several on a line", "v1", "v1", "v1 v1\nv1", "0:v1 3:v1 6:v1 "},
        {"behind group 1", "(v)1", "v1", "v1v1", "0:v 2:v "},
        {"last line without an end", "v1$", "v1", "a\nv1", "2:v1 "},
        {"CRLF is not part of the line", "v1$", "v1", "v1\r\nv1\r\n", "0:v1 4:v1 "},
        {"lone CR ends a line", "^v1$", "v1", "a\rv1\rb", "2:v1 "},
        {"never over a line's end", "v1\\s+v2", "v1", "v1\nv2", ""},
        {"line anchors", "^v1", "v1", " v1\nv1 v1", "4:v1 "},
        {"no literal, no match", "v.", "v1", "v2", ""},
        {"look-behind sees the line's start", "(?<![a-z])v1", "v1", "av1 v1", "4:v1 "},
        {"an empty match ends", "(?=v1)", "v1", "v1", "0: "},
        {"nothing", "v1", "v1", "", ""},
        {"empty lines", "v1", "v1", "\n\n\r\n v1", "5:v1 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f;
        fixture_open(&f, rows[i].pattern, rows[i].literal);
        Found found = {.text = str_from(rows[i].text)};
        Span limit;
        assert_true(text_each(&f.rule, found.text, &f.matcher, add_match, &found, &limit));
        if (strcmp(buf_cstr(&found.list), rows[i].want) != 0) {
            fail_msg("%s: got '%s'", rows[i].name, buf_cstr(&found.list));
        }
        buf_release(&found.list);
        fixture_close(&f);
    }
}

static void stops_when_told(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f, "v1", "v1");
    Found found = {.text = STR("v1 v1\nv1"), .stop_after = 2};
    Span limit;
    assert_true(text_each(&f.rule, found.text, &f.matcher, add_match, &found, &limit));
    assert_string_equal(buf_cstr(&found.list), "0:v1 3:v1 ");
    buf_release(&found.list);
    fixture_close(&f);
}

/* A line that is too long is named, and the lines around it are judged all the same. */
static void names_long_lines(void **state) {
    (void)state;
    Fixture f;
    Buf text = {0};
    fixture_open(&f, "v1", "v1");
    buf_addf(&text, "v1\n");
    buf_add_repeat(&text, 'x', LIMIT_LINE - 1);
    buf_addf(&text, "v1\nv1\n");
    Found found = {.text = buf_str(&text)};
    Span limit = {0};
    assert_false(text_each(&f.rule, found.text, &f.matcher, add_match, &found, &limit));
    assert_int_equal(limit.start, 3);
    assert_int_equal(limit.end, 3 + LIMIT_LINE + 1);
    Buf want = {0};
    buf_addf(&want, "0:v1 %u:v1 ", 3u + LIMIT_LINE + 2);
    assert_string_equal(buf_cstr(&found.list), buf_cstr(&want));
    buf_release(&want);
    buf_release(&found.list);
    buf_release(&text);
    fixture_close(&f);
}

static void names_lines_that_take_too_many_steps(void **state) {
    (void)state;
    Fixture f;
    Buf text = {0};
    fixture_open(&f, "^(?:a|aa)+$", "a");
    buf_addf(&text, "aa\n");
    buf_add_repeat(&text, 'a', 60);
    buf_addf(&text, "!");
    Found found = {.text = buf_str(&text)};
    Span limit = {0};
    assert_false(text_each(&f.rule, found.text, &f.matcher, add_match, &found, &limit));
    assert_true(f.matcher.limit_hit);
    assert_int_equal(limit.start, 3);
    buf_release(&found.list);
    buf_release(&text);
    fixture_close(&f);
}

static void wants_files(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f, "v1", "v1");
    assert_true(text_wants(&f.rule, STR("a/b.sh")));
    assert_false(text_wants(&f.rule, STR("a/b.yaml")));
    f.rule.match = MATCH_RESOURCE;
    assert_false(text_wants(&f.rule, STR("a/b.sh")));
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(names_long_lines),
        cmocka_unit_test(names_lines_that_take_too_many_steps),
        cmocka_unit_test(wants_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
