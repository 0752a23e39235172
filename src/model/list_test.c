/* Documents, and how many items they have. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/list.h"
#include "yaml/parse.h"

enum { NONE = -1 };

static const struct {
    const char *name, *text;
    int want;
} rows[] = {
    {"a List", "kind: List\nitems: [a, b]\n", 2},
    {"of one kind", "kind: PodList\nitems: [a]\n", 1},
    {"an empty one", "kind: List\nitems: []\n", 0},
    {"without a kind", "items: [a, b]\n", 2},
    {"the kind comes last", "items: [a, b]\nkind: JobList\n", 2},
    {"a template for a kind", "kind: {{ .kind }}\nitems: [a]\n", 1},
    {"JSON", "{\"kind\": \"List\", \"items\": [{}, {}]}", 2},
    {"no List", "kind: Chart\nitems: [a, b]\n", NONE},
    {"nothing in it", "kind: List\n", NONE},
    {"no sequence", "kind: List\nitems: {a: b}\n", NONE},
    {"an object", "kind: Pod\nspec: {items: [a]}\n", NONE},
    {"what jq leaves", "[a, b, c]", 3},
    {"an item that was cut off", "- kind: Pod\n  items: [a, b]\n", 1},
    {"items behind an alias", "x: &x [a, b]\nitems: *x\n", 2},
    {"merged", "x: &x {items: [a, b]}\n<<: *x\n", 2},
    {"a scalar", "a\n", NONE},
    {"nothing", "# nothing\n", NONE},
};

static void finds_items(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Document d;
        if (!document_parse(&arena, str_from(rows[i].text), &d)) fail_msg("%s", rows[i].name);
        const Node *items = list_items(d.root);
        int got = items ? (int)items->count : NONE;
        if (got != rows[i].want) fail_msg("%s: %d items", rows[i].name, got);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_items)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
