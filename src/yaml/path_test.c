/* Paths: read, followed, written. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/json.h"
#include "yaml/parse.h"
#include "yaml/path.h"

static void add_step(Buf *out, const Step *s) {
    static const char *const kinds[] = {"key", "index", "items", "values", "where", "deep"};
    buf_addf(out, "%s%s", out->len ? " " : "", kinds[s->kind]);
    if (s->kind == STEP_INDEX) buf_addf(out, ":%u", s->index);
    if (s->kind == STEP_KEY || s->kind == STEP_ITEM_WHERE)
        buf_addf(out, ":" STR_FMT, STR_ARG(s->key));
    if (s->kind == STEP_ITEM_WHERE) buf_addf(out, "=" STR_FMT, STR_ARG(s->text));
}

static void reads_paths(void **state) {
    (void)state;
    static const struct {
        const char *path, *want;
    } rows[] = {
        {"", ""},
        {"a", "key:a"},
        {"a.b-c._d9", "key:a key:b-c key:_d9"},
        {"a[0][12].b", "key:a index:0 index:12 key:b"},
        {"a[*].b", "key:a items key:b"},
        {"a.*.b", "key:a values key:b"},
        {"*", "values"},
        {"[*]", "items"},
        {"[\"a.b/c\"].d", "key:a.b/c key:d"},
        {"a[\"\"]", "key:a key:"},
        {"a[\"\\\"\\\\\\u00e9\"]", "key:a key:\"\\\xC3\xA9"},
        {"a[\"]\"]", "key:a key:]"},
        {"a[b=c].d", "key:a where:b=c key:d"},
        {"a[b=]", "key:a where:b="},
        {"a.**.b", "key:a deep key:b"},
        {"**[*]", "deep items"},
        {"a[b=c=d e]", "key:a where:b=c=d e"},
        {"a[4294967294]", "key:a index:4294967294"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Buf got = {0};
        Path p;
        Error err = {""};
        if (!path_parse(&arena, str_from(rows[i].path), &p, &err)) fail_msg("%s", err.text);
        for (size_t s = 0; s < p.count; s++) add_step(&got, &p.steps[s]);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got [%s]", rows[i].path, buf_cstr(&got));
        buf_release(&got);
        arena_release(&arena);
    }
}

static void says_what_is_wrong(void **state) {
    (void)state;
#define WORD "a key or '*' was expected; other keys stand as [\"a.b/c\"]"
    static const struct {
        const char *path, *want;
    } rows[] = {
        {".a", "column 1 of path '.a': " WORD},
        {"a.", "column 3 of path 'a.': " WORD},
        {"a..b", "column 3 of path 'a..b': " WORD},
        {"9a", "column 1 of path '9a': " WORD},
        {"a b", "column 2 of path 'a b': '.' or '[' was expected"},
        {"a/b", "column 2 of path 'a/b': '.' or '[' was expected"},
        {"a*", "column 2 of path 'a*': '.' or '[' was expected"},
        {"a[0]b", "column 5 of path 'a[0]b': '.' or '[' was expected"},
        {"a[", "column 3 of path 'a[': the closing ']' is missing"},
        {"a[0", "column 3 of path 'a[0': the closing ']' is missing"},
        {"a[]", "column 3 of path 'a[]': [*], [0], [key=text] or [\"key\"] was expected"},
        {"a[b]", "column 3 of path 'a[b]': [*], [0], [key=text] or [\"key\"] was expected"},
        {"a[-1]", "column 3 of path 'a[-1]': [*], [0], [key=text] or [\"key\"] was expected"},
        {"a[4294967295]",
         "column 3 of path 'a[4294967295]': [*], [0], [key=text] or [\"key\"] was expected"},
        {"a[=b]", "column 3 of path 'a[=b]': a key was expected before '='"},
        {"a[b.c=d]", "column 3 of path 'a[b.c=d]': a key was expected before '='"},
        {"a[\"b]", "column 6 of path 'a[\"b]': the closing quote is missing"},
        {"a[\"b\\", "column 6 of path 'a[\"b\\': the closing quote is missing"},
        {"a[\"b\"", "column 6 of path 'a[\"b\"': ']' was expected"},
        {"a[\"b\"c]", "column 6 of path 'a[\"b\"c]': ']' was expected"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Path p;
        Error err = {""};
        if (path_parse(&arena, str_from(rows[i].path), &p, &err))
            fail_msg("%s is wrong", rows[i].path);
        if (!str_eq(str_from(err.text), str_from(rows[i].want))) fail_msg("got [%s]", err.text);
        arena_release(&arena);
    }
}

typedef struct Found {
    Buf texts;
    size_t most; /* stop after so many */
} Found;

static bool add_found(void *context, const Node *n) {
    Found *f = context;
    if (f->texts.len) buf_add_char(&f->texts, ' ');
    buf_add(&f->texts, n->kind == NODE_SCALAR ? n->value
                       : n->kind == NODE_MAP  ? STR("map")
                                              : STR("seq"));
    return --f->most > 0;
}

#define PODS "c:\n- n: a\n  v: [1, 2]\n- n: b\n  v: [3]\n- x\n- {}\n"

static void follows_paths(void **state) {
    (void)state;
    static const struct {
        const char *name, *path, *text, *want;
        bool unknown;
    } rows[] = {
        {"the root", "", "a: b\n", "map", false},
        {"a key", "a", "a: b\n", "b", false},
        {"not there", "b", "a: b\n", "", false},
        {"an index", "c[1].n", PODS, "b", false},
        {"an index that is too large", "c[9].n", PODS, "", false},
        {"each item", "c[*].n", PODS, "a b", false},
        {"each item of each", "c[*].v[*]", PODS, "1 2 3", false},
        {"each value", "c[0].*", PODS, "a seq", false},
        {"where", "c[n=b].v[0]", PODS, "3", false},
        {"where, none", "c[n=z]", PODS, "", false},
        {"any depth", "**.n", PODS, "a b", false},
        {"any depth below", "a.**.n", "n: 1\na: {n: 2, b: [{n: 3}, {n: {n: 4}}]}\n", "2 3 map 4",
         false},
        {"any depth, then items", "c.**.v[*]", PODS, "1 2 3", false},
        {"any depth, no aliases", "**.n", "a: &x {n: 1}\nb: [*x]\nc: {<<: *x}\n", "1 1", false},
        {"any depth, a template", "**.n", "a: {n: 1}\nb: {{ .x }}\n", "1", true},
        {"a key of a sequence", "c.n", PODS, "", false},
        {"items of a map", "c[0][*]", PODS, "", false},
        {"values of a sequence", "c.*", PODS, "", false},
        {"an alias", "b.c", "a: &x {c: d}\nb: *x\n", "d", false},
        {"items that are aliases", "b[*].c", "a: &x {c: d}\nb: [*x, *y, *x]\n", "d d", false},
        {"merged", "b.c", "a: &x {c: d}\nb: {<<: *x}\n", "d", false},
        {"an odd key", "a[\"b.c/d\"]", "a: {b.c/d: e}\n", "e", false},
        {"null", "a", "a:\n", "", false},
        {"a template", "a", "a: {{ .x }}\n", "xxxxxxxx", false},
        {"below a template", "a.b", "a: {{ .x }}\n", "", true},
        {"items of a template", "a[*]", "a: {{ .x }}\n", "", true},
        {"beside a template", "b.c", "a: {{ .x }}\nb: {d: e}\n", "", false},
        {"hidden by a line", "a.b", "a:\n  c: d\n  {{ .x }}\n", "", true},
        {"not hidden by a line", "a.c", "a:\n  c: d\n  {{ .x }}\n", "d", false},
        {"hidden by a key", "a.b", "a:\n  {{ .x }}: d\n", "", true},
        {"items and a line", "a[*]", "a:\n  - b\n  {{ .x }}\n", "b", true},
        {"values and a line", "a.*", "a:\n  b: c\n  {{ .x }}\n", "c", true},
        {"where, a template", "a[b=c]", "a:\n  - b: {{ .x }}\n  - b: c\n", "map", true},
        {"where, below a template", "a[b=c].d", "a:\n  - b: {{ .x }}\n    d: e\n", "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Document d;
        Path p;
        Error err = {""};
        Found found = {.most = 100};
        bool unknown = false;
        if (!document_parse(&arena, str_from(rows[i].text), &d)) fail_msg("%s", rows[i].name);
        assert_true(path_parse(&arena, str_from(rows[i].path), &p, &err));
        assert_true(path_each(&p, d.root, add_found, &found, &unknown));
        if (!str_eq(buf_str(&found.texts), str_from(rows[i].want)) || unknown != rows[i].unknown)
            fail_msg("%s: got [%s]%s", rows[i].name, buf_cstr(&found.texts),
                     unknown ? " unknown" : "");
        buf_release(&found.texts);
        arena_release(&arena);
    }
}

static void stops_when_told(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    Path p;
    Error err = {""};
    Found found = {.most = 2};
    assert_true(document_parse(&arena, STR("a: [b, c, d]\n"), &d));
    assert_true(path_parse(&arena, STR("a[*]"), &p, &err));
    assert_false(path_each(&p, d.root, add_found, &found, NULL));
    assert_true(str_eq(buf_str(&found.texts), STR("b c")));
    assert_true(node_is(path_first(&p, d.root), STR("b")));
    assert_null(path_first(&p, NULL));
    buf_release(&found.texts);
    arena_release(&arena);
}

/* Every node's own path leads back to it and to nothing else. */
static void check_round_trip(Arena *arena, const Node *root, const Node *n) {
    Buf text = {0};
    Path p;
    Error err = {""};
    path_write(&text, root, n);
    if (!path_parse(arena, buf_str(&text), &p, &err)) fail_msg("%s", err.text);
    if (path_first(&p, root) != n) fail_msg("%s leads elsewhere", buf_cstr(&text));
    buf_release(&text);
    NODE_EACH (child, n) check_round_trip(arena, root, child);
}

static void leads_back(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    assert_true(document_parse(&arena,
                               STR("a:\n  - b\n  - {c-d: [e, {_f: g}]}\n\"x.y/z\": 1\n'': 2\n9: 3\n"
                                   "\"q\\\"\\\\\\n\\x01]\": {k\xC3\xA9y: [4]}\n'*': 5\n'a b': 6\n"),
                               &d));
    check_round_trip(&arena, d.root, d.root);
    arena_release(&arena);
}

static void writes_paths(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    Buf out = {0};
    assert_true(document_parse(&arena, STR("- a:\n    b.c: [x, {d: y}]\n"), &d));
    const Node *item = node_item(d.root, 0);
    const Node *y =
        node_child(node_item(node_child(node_child(item, STR("a")), STR("b.c")), 1), STR("d"));
    path_write(&out, item, y);
    assert_true(str_eq(buf_str(&out), STR("a[\"b.c\"][1].d")));
    buf_clear(&out);
    path_write(&out, d.root, y);
    assert_true(str_eq(buf_str(&out), STR("[0].a[\"b.c\"][1].d")));
    buf_clear(&out);
    path_write(&out, y, y);
    assert_int_equal(out.len, 0);
    buf_add(&out, STR("before"));
    path_write(&out, item, node_child(item, STR("a")));
    assert_true(str_eq(buf_str(&out), STR("beforea")));
    buf_release(&out);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_paths),   cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(follows_paths), cmocka_unit_test(stops_when_told),
        cmocka_unit_test(leads_back),    cmocka_unit_test(writes_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
