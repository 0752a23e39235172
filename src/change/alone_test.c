/* Resources that are taken out of their documents. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/alone.h"

typedef struct Row {
    const char *name, *text;
    int item; /* which one of the sequence; -1: the document's root */
    const char *want;
    const char *why; /* it cannot stand alone */
} Row;

static const Row rows[] = {
    {"an item loses its dash", "- a: 1\n  b: 2\n", 0, "a: 1\nb: 2\n", NULL},
    {"an item of a deeper List", "    -   a:\n          - 1\n", 0, "a:\n  - 1\n", NULL},
    {"the second of two", "- a: 1\n- b: 2\n", 1, "b: 2\n", NULL},
    {"comments above, behind and below the dash",
     "- x: 1\n# above\n- # behind\n  # below\n  a: 1 # end\n", 1,
     "# above\n# behind\n# below\na: 1 # end\n", NULL},
    {"comments of the next item stay there", "- a: 1\n  # own\n# next\n- b: 2\n", 0,
     "a: 1\n# own\n", NULL},
    {"lines of a block scalar move with it", "- a: |\n    x\n\n      y\n  b: 1\n", 0,
     "a: |\n  x\n\n    y\nb: 1\n", NULL},
    {"an explicit indentation is relative", "- a: |2\n     x\n", 0, "a: |2\n   x\n", NULL},
    {"line breaks at the end are kept", "- a: |+\n    x\n\n- b: 1\n", 0, "a: |+\n  x\n\n", NULL},
    {"no line break at the end of a block scalar", "- a: |\n    x", 0, "a: |-\n  x\n", NULL},
    {"no line break at the end", "a: 1", -1, "a: 1\n", NULL},
    {"flow style in block style", "- {a: 1,\n   b: 2}\n", 0, "{a: 1,\nb: 2}\n", NULL},
    {"an item of JSON", "[\n    {\n        \"a\": 1\n    },\n    2\n]\n", 0, "{\n    \"a\": 1\n}\n",
     NULL},
    {"a document loses its marker", "---\n# head\n\na: 1\n# tail\n", -1, "# head\n\na: 1\n# tail\n",
     NULL},
    {"a comment on the marker's line", "--- # head\na: 1\n", -1, "# head\na: 1\n", NULL},
    {"content on the marker's line", "--- {a: 1}\n", -1, "{a: 1}\n", NULL},
    {"directives go", "%YAML 1.2\n---\na: 1\n", -1, "a: 1\n", NULL},
    {"an indented document", "  a: 1\n  b:\n    - 2\n", -1, "a: 1\nb:\n  - 2\n", NULL},
    {"CRLF stays", "- a: 1\r\n  b: 2\r\n", 0, "a: 1\r\nb: 2\r\n", NULL},
    {"an anchor inside stays", "- a: &x 1\n  b: *x\n", 0, "a: &x 1\nb: *x\n", NULL},
    {"an anchor of another object", "- a: &x 1\n- b: *x\n", 1, NULL,
     "it uses an anchor of another object"},
    {"a line that cannot move so far", "- a: {b: 1,\nc: 2}\n", 0, NULL,
     "a line stands too far left to be moved"},
};

static void assert_text(const char *name, Str got, const char *want) {
    if (!str_eq(got, str_from(want))) fail_msg("%s:\n" STR_FMT, name, STR_ARG(got));
}

static void check(const Row *row) {
    Arena arena = {0};
    Document doc, own;
    Margins m;
    Str why = {0};
    if (!document_parse(&arena, str_from(row->text), &doc)) fail_msg("%s: no YAML", row->name);
    margins_read(&m, &doc);
    const Node *resource = row->item < 0 ? doc.root : node_item(doc.root, (uint32_t)row->item);
    bool ok = layout_alone(&arena, &doc, &m, resource, &own, &why);
    assert_text(row->name, ok ? own.text : why, row->want ? row->want : row->why);
    assert_int_equal(ok, row->want != NULL);
    margins_release(&m);
    arena_release(&arena);
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check(&rows[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
