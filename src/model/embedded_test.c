/* Embedded manifests: a document and what is found in it; every find parses as it stands. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/embedded.h"

typedef struct Row {
    const char *name, *text, *want; /* want: "indent[lines]" per manifest */
} Row;

static const Row rows[] = {
    {"none", "a: |\n  b: c\n", ""},
    {"Argo", "resource:\n  manifest: |\n    apiVersion: v1\n    kind: Pod\n  action: create\n",
     "4[    apiVersion: v1\n    kind: Pod\n]"},
    {"keys in any order", "a: |\n  kind: Pod\n  x: y\n  apiVersion: v1\n",
     "2[  kind: Pod\n  x: y\n  apiVersion: v1\n]"},
    {"no kind", "a: |\n  apiVersion: v1\n", ""},
    {"kind too deep", "a: |\n  apiVersion: v1\n  b:\n    kind: Pod\n", ""},
    {"folded", "a: >\n  apiVersion: v1\n  kind: Pod\n", ""},
    {"quoted", "a: \"apiVersion: v1\\nkind: Pod\"\n", ""},
    {"blank lines first", "a: |-\n\n  apiVersion: v1\n  kind: Pod\n",
     "2[  apiVersion: v1\n  kind: Pod\n]"},
    {"no final newline", "a: |\n  apiVersion: v1\n  kind: Pod", "2[  apiVersion: v1\n  kind: Pod]"},
    {"two documents", "a: |\n  apiVersion: v1\n  kind: A\n  ---\n  apiVersion: v1\n  kind: B\n",
     "2[  apiVersion: v1\n  kind: A\n]2[  apiVersion: v1\n  kind: B\n]"},
    {"separator first", "a: |\n  --- # x\n  apiVersion: v1\n  kind: A\n",
     "2[  apiVersion: v1\n  kind: A\n]"},
    {"one of two", "a: |\n  x: y\n  ---\n  apiVersion: v1\n  kind: B\nc: d\n",
     "2[  apiVersion: v1\n  kind: B\n]"},
    {"in a sequence", "- |\n  apiVersion: v1\n  kind: A\n- |\n  apiVersion: v1\n  kind: B\n",
     "2[  apiVersion: v1\n  kind: A\n]2[  apiVersion: v1\n  kind: B\n]"},
    {"template lines", "a: |\n  {{ if .x }}\n  apiVersion: v1\n  kind: {{ .k }}\n  {{ end }}\n",
     "2[  {{ if .x }}\n  apiVersion: v1\n  kind: {{ .k }}\n  {{ end }}\n]"},
    {"template lines at column 0", "a: |\n{{ if .x }}\n  apiVersion: v1\n  kind: A\n{{ end }}\n",
     "2[{{ if .x }}\n  apiVersion: v1\n  kind: A\n{{ end }}\n]"},
    {"CRLF", "a: |\r\n  apiVersion: v1\r\n  kind: A\r\nb: c\r\n",
     "2[  apiVersion: v1\r\n  kind: A\r\n]"},
};

typedef struct Got {
    const Document *outer;
    Buf text;
} Got;

static void write_manifest(void *context, const Embedded *e) {
    Got *got = context;
    Str lines = span_text(got->outer->text, e->lines);
    Arena arena = {0};
    Document inner;
    assert_true(document_parse(&arena, lines, &inner));
    assert_non_null(node_child(inner.root, STR("kind")));
    buf_addf(&got->text, "%u[" STR_FMT "]", e->indent, STR_ARG(lines));
    arena_release(&arena);
}

static void finds_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Document doc;
        if (!document_parse(&arena, str_from(rows[i].text), &doc))
            fail_msg("%s: " STR_FMT, rows[i].name, STR_ARG(doc.error.message));
        Got got = {.outer = &doc};
        embedded_each(&doc, write_manifest, &got);
        if (!str_eq(buf_str(&got.text), str_from(rows[i].want)))
            fail_msg("%s: got %s", rows[i].name, buf_cstr(&got.text));
        buf_release(&got.text);
        arena_release(&arena);
    }
}

static void a_document_without_tree_holds_nothing(void **state) {
    (void)state;
    Document doc = {0};
    Got got = {.outer = &doc};
    embedded_each(&doc, write_manifest, &got);
    assert_int_equal(got.text.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_rows),
        cmocka_unit_test(a_document_without_tree_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
