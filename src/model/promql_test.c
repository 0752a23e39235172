/* Selectors: where they begin, and what their matchers say. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/promql.h"

static void assert_str(Str text, const char *expected) {
    if (!str_eq(text, str_from(expected)))
        fail_msg("'" STR_FMT "' is not '%s'", STR_ARG(text), expected);
}

static const Str metrics[] = {STR_INIT("wva_desired_replicas"),
                              STR_INIT("inferno_desired_replicas")};

/* "metric: label op value, …" of each selector, `?` behind what is not known. */
static Str read_all(Str text) {
    static const char *const ops[] = {"=", "!=", "=~", "!~"};
    static char result[512];
    Buf out = {0};
    PromSelector s;
    for (size_t from = 0; promql_find(text, metrics, 2, from, &s); from = s.metric.end) {
        buf_addf(&out, "%s" STR_FMT ":", out.len ? " " : "", STR_ARG(span_text(text, s.metric)));
        for (PromMatcher m; promql_next(text, &s, &m);)
            buf_addf(&out, " " STR_FMT "%s" STR_FMT "%s", STR_ARG(span_text(text, m.label)),
                     ops[m.op], STR_ARG(span_text(text, m.value)), m.known ? "" : "?");
    }
    Str all = buf_str(&out);
    assert_true(all.len < sizeof result);
    for (size_t i = 0; i < all.len; i++) result[i] = all.data[i];
    Str copy = {result, all.len};
    buf_release(&out);
    return copy;
}

static void test_selectors(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"wva_desired_replicas", "wva_desired_replicas:"},
        {"sum(wva_desired_replicas)", "wva_desired_replicas:"},
        {"my_wva_desired_replicas{a=\"b\"}", ""},
        {"wva_desired_replicas_total{a=\"b\"}", ""},
        {"wva_desired_replicas{variant_name=\"chat\"}", "wva_desired_replicas: variant_name=chat"},
        {"wva_desired_replicas{\n  variant_name='chat',\n  ns!=\"ml\"\n}",
         "wva_desired_replicas: variant_name=chat ns!=ml"},
        {"wva_desired_replicas {variant_name =~ \"a|b\"} > 1",
         "wva_desired_replicas: variant_name=~a|b"},
        {"wva_desired_replicas{variant_name!~`a.*`}", "wva_desired_replicas: variant_name!~a.*"},
        {"\"expr\": \"wva_desired_replicas{variant_name=\\\"chat\\\"}\"",
         "wva_desired_replicas: variant_name=chat"},
        {"{__name__=\"wva_desired_replicas\", variant_name=\"chat\"}",
         "wva_desired_replicas: __name__=wva_desired_replicas variant_name=chat"},
        {"wva_desired_replicas{variant_name=\"$variant\"}",
         "wva_desired_replicas: variant_name=$variant?"},
        {"wva_desired_replicas{<<.LabelMatchers>>, a=\"b\"}", "wva_desired_replicas: a=b"},
        {"wva_desired_replicas{a=\"b\"} / inferno_desired_replicas{c=\"d\"}",
         "wva_desired_replicas: a=b inferno_desired_replicas: c=d"},
        {"wva_desired_replicas{a=\"b", "wva_desired_replicas:"},
        {"wva_desired_replicas{a=", "wva_desired_replicas:"},
        {"wva_desired_replicas{", "wva_desired_replicas:"},
        {"x{a=\"b\"} wva_desired_replicas", "wva_desired_replicas:"},
        {"sum by (variant_name) (wva_desired_replicas)", "wva_desired_replicas:"},
        {"a\\nwva_desired_replicas{\\n b=\\\"c\\\"\\n}", "wva_desired_replicas: b=c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(read_all(str_from(rows[i].text)), rows[i].expected);
}

static void test_names(void **state) {
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {
        {"wva_desired_replicas{v=\"a.b\"}", 1},  {"wva_desired_replicas{v=~\"a|b\"}", 2},
        {"wva_desired_replicas{v=~\"a.b\"}", 0}, {"wva_desired_replicas{v=~\"chat-.*\"}", 0},
        {"wva_desired_replicas{v=\"$x\"}", 0},   {"wva_desired_replicas{v!=\"\"}", 0},
        {"wva_desired_replicas{v=\"a|b\"}", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str text = str_from(rows[i].text);
        PromSelector s;
        PromMatcher m;
        Span name;
        size_t count = 0;
        assert_true(promql_find(text, metrics, 2, 0, &s));
        assert_true(promql_next(text, &s, &m));
        for (size_t at = m.value.start; promql_name(text, &m, &at, &name);) count++;
        assert_int_equal(count, rows[i].count);
    }
}

static void test_finds_the_matcher_of_a_place(void **state) {
    (void)state;
    Str text = STR("wva_desired_replicas{a=\"b\", v!~\"c|d\"}");
    PromMatcher m;
    size_t d = str_find_char(text, '|') + 1;
    assert_true(promql_at(text, metrics, 2, d, &m));
    assert_int_equal(m.op, PROM_NOT_MATCH);
    assert_str(span_text(text, m.label), "v");
    assert_false(promql_at(text, metrics, 2, 0, &m));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selectors),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_finds_the_matcher_of_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
