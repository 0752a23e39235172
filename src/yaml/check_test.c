/* What is checked on a fresh tree: duplicate keys, aliases, and what templates hide. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "yaml/parse.h"
#include "yaml/path.h"

#include <stdio.h>

typedef struct Row {
    const char *name, *text;
    const char *want; /* offset and message of each fault, with `; ` between */
} Row;

static void add_faults(Buf *out, const Document *d) {
    for (const Fault *f = d->faults; f; f = f->next)
        buf_addf(out, "%s%u-%u " STR_FMT, out->len ? "; " : "", f->span.start, f->span.end,
                 STR_ARG(f->message));
}

static void check_faults(const char *name, Str text, const char *want) {
    Arena arena = {0};
    Buf got = {0};
    Document d;
    if (!document_parse(&arena, text, &d)) fail_msg("%s: " STR_FMT, name, STR_ARG(d.error.message));
    assert_non_null(d.root);
    add_faults(&got, &d);
    if (!str_eq(buf_str(&got), str_from(want))) fail_msg("%s: got [%s]", name, buf_cstr(&got));
    buf_release(&got);
    arena_release(&arena);
}

static void lists_faults(void **state) {
    (void)state;
    static const Row rows[] = {
        {"none", "a: b\nc: {a: b}\n", ""},
        {"a duplicate key", "a: b\nc: d\na: e\n", "10-11 duplicate key 'a'"},
        {"three times", "a: b\na: c\na: d\n", "5-6 duplicate key 'a'; 10-11 duplicate key 'a'"},
        {"in flow", "{a: b, a: c}\n", "7-8 duplicate key 'a'"},
        {"in other spelling", "a: b\n\"\\x61\": c\n", "5-11 duplicate key 'a'"},
        {"deeper", "- a:\n    b: c\n    b: d\n", "18-19 duplicate key 'b'"},
        {"in different maps", "- a: b\n- a: b\n", ""},
        {"merge keys", "<<: &x {a: b}\n<<: *x\n", ""},
        {"keys that are collections", "? [a]\n: b\n? [a]\n: b\n", ""},
        {"an empty key", ": a\n: b\n", "4-4 duplicate key ''"},
        {"two branches of a template", "{{ if .x }}\na: b\n{{ else }}\na: c\n{{ end }}\n", ""},
        {"an undefined alias", "a: *x\n", "3-5 alias '*x' has no anchor before it"},
        {"an alias before its anchor", "a: *x\nb: &x c\n",
         "3-5 alias '*x' has no anchor before it"},
        {"an alias in its own anchor", "a: &x\n  b: *x\n",
         "11-13 alias '*x' stands inside what it stands for"},
        {"an alias deep in its own anchor", "&x [[{a: *x}]]\n",
         "9-11 alias '*x' stands inside what it stands for"},
        {"an alias as a key", "&x a: b\n*y : c\n", "8-10 alias '*y' has no anchor before it"},
        {"in source order", "a: *x\nb: c\nb: *y\n",
         "3-5 alias '*x' has no anchor before it; 14-16 alias '*y' has no anchor before it; "
         "11-12 duplicate key 'b'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_faults(rows[i].name, str_from(rows[i].text), rows[i].want);
}

/* Large maps are checked with a table. */
static void finds_duplicates_in_large_maps(void **state) {
    (void)state;
    for (int keys = 10; keys < 40; keys++) {
        Buf text = {0};
        for (int i = 0; i < keys; i++) buf_addf(&text, "k%02d: v\n", i);
        check_faults("no duplicate", buf_str(&text), "");
        buf_add(&text, STR("<<: {}\n<<: {}\nk03: w\n"));
        char want[64];
        snprintf(want, sizeof want, "%d-%d duplicate key 'k03'", keys * 7 + 14, keys * 7 + 17);
        check_faults("a duplicate", buf_str(&text), want);
        buf_release(&text);
    }
}

/* Many anchors and many aliases: a table, no search. */
static void links_many_aliases(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Document d;
    enum { MANY = 30000 };
    for (int i = 0; i < MANY; i++) buf_addf(&text, "- &a%d x\n", i);
    for (int i = 0; i < MANY; i++) buf_addf(&text, "- *a%d\n- *b%d\n", i, i);
    assert_true(document_parse(&arena, buf_str(&text), &d));
    size_t faults = 0;
    for (const Fault *f = d.faults; f; f = f->next) faults++;
    assert_int_equal(faults, MANY);
    buf_release(&text);
    arena_release(&arena);
}

static void links_to_the_last_anchor(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    assert_true(document_parse(&arena, STR("- &x a\n- *x\n- &x b\n- *x\n- &y [*x]\n- *y\n"), &d));
    assert_null(d.faults);
    assert_true(node_is(node_item(d.root, 1), STR("a")));
    assert_true(node_is(node_item(d.root, 3), STR("b")));
    assert_true(node_is(node_item(node_item(d.root, 5), 0), STR("b")));
    arena_release(&arena);
}

/* ---- templates ---- */

static void add_templated(Buf *out, const Node *root, const Node *n) {
    if (n->templated) {
        buf_add(out, out->len ? STR(" ") : STR(""));
        size_t before = out->len;
        Buf path = {0};
        path_write(&path, root, n);
        buf_add(out, buf_str(&path));
        if (out->len == before) buf_add(out, STR("/"));
        buf_release(&path);
    }
    NODE_EACH (child, n) {
        if (child->key && child->key->templated) buf_add(out, STR(" key"));
        add_templated(out, root, child);
    }
}

static void marks_what_templates_hide(void **state) {
    (void)state;
    static const Row rows[] = {
        {"none", "a: b\n", ""},
        {"a value", "a: {{ .x }}\nb: c\n", "a"},
        {"a part of a value", "a: b-{{ .x }}\nb: c\n", "a"},
        {"a quoted value", "a:\n  b: \"{{ .x }}\"\n", "a.b"},
        {"a conditional value", "a: {{ if .x }}b{{ end }}\nc: d\n", "a"},
        {"a value that may be empty", "a: {{ if .x }}{{ end }}\nc: d\n", "a"},
        {"a key hides one child", "a:\n  {{ .x }}: b\n  c: d\n", "a key"},
        {"a line hides children of all that is open", "a:\n  b:\n    c: d\n    {{ .x }}\ne: f\n",
         "/ a a.b"},
        {"a line in front", "{{ .x }}\na:\n  b: c\n", "/"},
        {"a line between items", "a:\n  - b\n  {{ .x }}\n  - c\n", "/ a"},
        {"a condition around all", "{{- if .x }}\na:\n  b: c\n{{- end }}\n", ""},
        {"more lines around all that print nothing",
         "{{- $x := 1 }}\n# d\n{{/* e */}}\n{{ with .x }}\na: b\n{{ end }}\n# f\n", ""},
        {"a line behind all that prints", "{{ if .x }}\na: b\n{{ end }}\n{{ .y }}\n", "/"},
        {"a line in front of all that prints", "{{ .x }}\n{{ if .x }}\na: b\n{{ end }}\n", "/"},
        {"a condition on the line of a key", "{{ if .x }}a: b{{ end }}\n", "/ key a"},
        {"a block around all", "{{ block \"x\" . }}\na: b\n{{ end }}\n", "/"},
        {"two branches", "{{ if .x }}\na: b\n{{ else }}\na: c\n{{ end }}\n", "/"},
        {"a line behind a key", "a:\n  {{ .x }}\n  b: c\n", "/ a"},
        {"a line behind a key, nothing else", "a:\n  {{ .x }}\nb: c\n", "/"},
        {"a whole branch", "a: b\n{{ if .x }}\nc: d\n{{ end }}\n", "/"},
        {"siblings stay readable", "a:\n  b: c\nd: {{ .x }}\ne:\n  f: g\n", "d"},
        {"an item", "a: [b, {{ .x }}]\n", "a[1]"},
        {"a block scalar", "a: |\n  {{ .x }}\n  b\nc: d\n", "a"},
        {"a placeholder", "a: ${X}\nb: x ${Y} z\nc: \"${Z}\"\n", "a c"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Buf got = {0};
        Document d;
        if (!document_parse(&arena, str_from(rows[i].text), &d))
            fail_msg("%s: " STR_FMT, rows[i].name, STR_ARG(d.error.message));
        add_templated(&got, d.root, d.root);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got [%s]", rows[i].name, buf_cstr(&got));
        buf_release(&got);
        arena_release(&arena);
    }
}

/* A region for each of many children: one walk, whatever their number. */
static void marks_many_templates(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Document d;
    for (int i = 0; i < 50000; i++) buf_add(&text, STR("- {{ .x }}\n"));
    assert_true(document_parse(&arena, buf_str(&text), &d));
    assert_false(d.root->templated);
    NODE_EACH (item, d.root) assert_true(item->templated);
    buf_release(&text);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_faults),
        cmocka_unit_test(finds_duplicates_in_large_maps),
        cmocka_unit_test(links_many_aliases),
        cmocka_unit_test(links_to_the_last_anchor),
        cmocka_unit_test(marks_what_templates_hide),
        cmocka_unit_test(marks_many_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
