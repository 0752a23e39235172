/* Questions about nodes: aliases, merge keys, templates, and what a plain text may be taken for. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "yaml/parse.h"

static Arena arena;

static const Node *root_of(Str text) {
    Document d;
    if (!document_parse(&arena, text, &d)) fail_msg(STR_FMT, STR_ARG(d.error.message));
    return d.root;
}

static const Node *child(const Node *map, const char *key) {
    return node_child(map, str_from(key));
}

static void finds_children(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *key, *want; /* NULL: absent */
    } rows[] = {
        {"there", "a: b\n", "a", "b"},
        {"not there", "a: b\n", "b", NULL},
        {"a quoted key", "'a': b\n", "a", "b"},
        {"the first of two", "a: b\na: c\n", "a", "b"},
        {"an alias", "x: &x b\na: *x\n", "a", "b"},
        {"an undefined alias", "a: *x\n", "a", NULL},
        {"of a sequence", "- a: b\n", "a", NULL},
        {"of a scalar", "a\n", "a", NULL},
        {"merged", "<<: {a: b}\nc: d\n", "a", "b"},
        {"merged from an alias", "x: &x {a: b}\n<<: *x\n", "a", "b"},
        {"its own goes first", "<<: {a: b}\na: c\n", "a", "c"},
        {"merged from several, the first goes first", "<<: [{c: d}, {a: b}, {a: e}]\n", "a", "b"},
        {"merged twice over", "x: &x {a: b}\ny: &y\n  <<: *x\n<<: *y\n", "a", "b"},
        {"merged from a text", "<<: a\n", "a", NULL},
        {"merged from an undefined alias", "<<: *x\na: b\n", "a", "b"},
        {"a quoted merge key is a key", "'<<': {a: b}\n", "a", NULL},
        {"the merge key itself", "<<: a\n", "<<", "a"},
        {"a key that is a map", "? {a: b}\n: c\n", "a", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Node *got = child(root_of(str_from(rows[i].text)), rows[i].key);
        bool right = rows[i].want ? node_is(got, str_from(rows[i].want)) : !got;
        if (!right) fail_msg("%s: got [" STR_FMT "]", rows[i].name, STR_ARG(node_text(got)));
        arena_reset(&arena);
    }
}

static void finds_items(void **state) {
    (void)state;
    const Node *root = root_of(STR("- a\n- &x [b, c]\n- *x\n- *y\n"));
    assert_true(node_is(node_item(root, 0), STR("a")));
    assert_true(node_is(node_item(node_item(root, 2), 1), STR("c")));
    assert_null(node_item(root, 3));
    assert_null(node_item(root, 4));
    assert_null(node_item(root, UINT32_MAX));
    assert_null(node_item(node_item(root, 0), 0));
}

/* A chain of merges that doubles at each step must not be walked to its end. */
static void merges_within_a_budget(void **state) {
    (void)state;
    Buf text = {0};
    buf_add(&text, STR("a0: &a0 {x: y}\n"));
    for (int i = 1; i < 60; i++)
        buf_addf(&text, "a%d: &a%d\n  <<: [*a%d, *a%d]\n", i, i, i - 1, i - 1);
    buf_add(&text, STR("a60:\n  <<: *a59\n"));
    const Node *last = child(root_of(buf_str(&text)), "a60");
    assert_true(node_is(child(last, "x"), STR("y")));
    assert_null(child(last, "z"));
    buf_release(&text);
}

static void resolves(void **state) {
    (void)state;
    const Node *root = root_of(STR("- &x a\n- &y b\n- *x\n- *z\n- &s [*s]\n"));
    assert_ptr_equal(node_resolve(root), root);
    assert_ptr_equal(node_resolve(root->first->next->next), root->first);
    assert_null(node_resolve(root->first->next->next->next));
    assert_null(node_resolve(root->last->first));
    assert_null(node_resolve(NULL));
    /* aliases of aliases cannot be written, but must end */
    Node first = {.kind = NODE_ALIAS}, second = {.kind = NODE_ALIAS, .target = &first};
    first.target = &second;
    assert_null(node_resolve(&first));
}

static void reads_texts(void **state) {
    (void)state;
    const Node *root = root_of(STR("a: b\nc: {d: e}\nf: {{ .x }}\ng: *x\nh: &h i\nj: *h\n"));
    assert_true(str_eq(node_text(child(root, "a")), STR("b")));
    assert_true(str_eq(node_text(child(root, "c")), STR("")));
    assert_true(str_eq(node_text(child(root, "f")), STR("")));
    assert_true(str_eq(node_text(child(root, "g")), STR("")));
    assert_true(str_eq(node_text(child(root, "j")), STR("i")));
    assert_true(str_eq(node_text(NULL), STR("")));
    assert_true(node_is(child(root, "a"), STR("b")));
    assert_true(node_is_under(child(root, "a"), STR("a")));
    assert_false(node_is_under(child(root, "a"), STR("b")));
    assert_false(node_is_under(root, STR("a")));
    assert_false(node_is_under(NULL, STR("a")));
    assert_false(node_is(child(root, "a"), STR("c")));
    assert_false(node_is(child(root, "c"), STR("")));
    assert_false(node_is(child(root, "f"), STR("")));
    assert_false(node_is(NULL, STR("")));
    assert_true(node_is_scalar(child(root, "j")));
    assert_true(node_is_scalar(child(root, "f")));
    assert_false(node_is_scalar(child(root, "c")));
    assert_false(node_is_scalar(NULL));
}

static void knows_null(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool want;
    } rows[] = {
        {"a:\n", true},           {"a: ~\n", true},       {"a: null\n", true},
        {"a: Null\n", true},      {"a: NULL\n", true},    {"a: nULL\n", false},
        {"a: ''\n", false},       {"a: 'null'\n", false}, {"a: !!str\n", false},
        {"a: {{ x }}\n", false},  {"a: {}\n", false},     {"a: |\n", false},
        {"x: &x\na: *x\n", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (node_is_null(child(root_of(str_from(rows[i].text)), "a")) != rows[i].want)
            fail_msg("%s", rows[i].text);
    assert_false(node_is_null(NULL));
}

static void knows_typed_texts(void **state) {
    (void)state;
    static const char *const typed[] = {"",
                                        "~",
                                        "null",
                                        "NULL",
                                        "true",
                                        "False",
                                        "yes",
                                        "NO",
                                        "on",
                                        "Off",
                                        "y",
                                        "N",
                                        "0",
                                        "-1",
                                        "+1",
                                        "1_000",
                                        "0x1F",
                                        "0o17",
                                        "0777",
                                        "1e3",
                                        "1.5E-3",
                                        ".5",
                                        "1.",
                                        ".inf",
                                        "-.INF",
                                        ".nan",
                                        "12:30:45",
                                        "190:20",
                                        "2001-01-01",
                                        "2001-12-14 21:59:43.10 -5",
                                        "2001-12-14t21:59:43Z",
                                        "0b1",
                                        "<<",
                                        "="};
    static const char *const texts[] = {"a",  "nul",     "yess",   "v1",   "1.2.3-rc1", "10Mi",
                                        "1h", "-",       "+",      "-a",   "0.6.0-rc",  "kind",
                                        "a1", "nothing", "truely", "1 GB", "\xC2\xB2"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        if (!plain_is_typed(str_from(typed[i]))) fail_msg("'%s' is typed", typed[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (plain_is_typed(str_from(texts[i]))) fail_msg("'%s' is a text", texts[i]);
}

static void reads_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool want;
        double number;
    } rows[] = {
        {"1", true, 1},
        {"-1.5", true, -1.5},
        {"+2e3", true, 2000},
        {"'3'", true, 3},
        {"", false, 0},
        {"a", false, 0},
        {"1a", false, 0},
        {"0x10", false, 0},
        {"1_000", false, 0},
        {"inf", false, 0},
        {"nan", false, 0},
        {"'-'", false, 0},
        {".", false, 0},
        {"1e999", false, 0},
        {"1.2.3", false, 0},
        {"[1]", false, 0},
        {"{{ x }}", false, 0},
        {"1 ", true, 1},
        {"' 1'", false, 0},
        {"1111111111111111111111111111111111111111111111111111111111111111", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double number = 0;
        Str text = str_format(&arena, "a: %s\n", rows[i].text);
        bool got = node_number(child(root_of(text), "a"), &number);
        if (got != rows[i].want || (got && number != rows[i].number))
            fail_msg("'%s': got %d %g", rows[i].text, got, number);
    }
    double number;
    assert_false(node_number(NULL, &number));
}

static void knows_what_is_inside(void **state) {
    (void)state;
    const Node *root = root_of(STR("a: {b: [c]}\nd: e\n"));
    const Node *a = child(root, "a"), *c = node_item(child(a, "b"), 0), *d = child(root, "d");
    assert_true(node_inside(c, a));
    assert_true(node_inside(c, root));
    assert_true(node_inside(a, a));
    assert_true(node_inside(a->key, root));
    assert_false(node_inside(a->key, a));
    assert_false(node_inside(d, a));
    assert_false(node_inside(a, c));
    assert_false(node_inside(NULL, a));
}

static int release(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_children),
        cmocka_unit_test(finds_items),
        cmocka_unit_test(merges_within_a_budget),
        cmocka_unit_test(resolves),
        cmocka_unit_test(reads_texts),
        cmocka_unit_test(knows_null),
        cmocka_unit_test(knows_typed_texts),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(knows_what_is_inside),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
