/* Changes as a whole: the ledger, document borders, anchors, templates, splices, refusals. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/plan_rows_test.h"

static const Row ledger[] = {
    {"what nobody mentions is refused", "a: 1\nb: {c: [x, y]}\n", "forget b",
     "refused: not accounted for: b.c[0]"},
    {"an empty value needs no mention", "a: 1\nb:\nc: {}\n", "forget b;forget c", "a: 1\n"},
    {"a step that finds nothing changes nothing", "a: 1\n", "drop b;rename c d;move e f", "a: 1\n"},
    {"a new key that is taken", "a: 1\nb: 2\n", "rename a b",
     "refused: the new key is there already"},
    {"a place that is taken", "a: 1\nb: 2\n", "move a b",
     "refused: the place that a step moves to is taken"},
    {"an entry cannot move into itself", "a:\n  b: 1\n", "move a a.c",
     "refused: a step moves an entry into itself"},
    {"what is written over is no place to move to", "a: {x: 1}\nb: 1\n", "set a y;move b a.b",
     "refused: there is no place for what a step moves"},
};

static const Row borders[] = {
    {"a second document follows behind `---`", "a: 1\nb: 2\n", "split a",
     "a: 1\nb: 2\n---\na: 1\nnew: x\n"},
    {"before `...`", "---\na: 1\n...\n", "split a", "---\na: 1\n---\na: 1\nnew: x\n...\n"},
    {"no final newline stays none", "a: 1", "split a", "a: 1\n---\na: 1\nnew: x"},
    {"in embedded text `---` is indented too", "    a: 1\n", "split a",
     "    a: 1\n    ---\n    a: 1\n    new: x\n"},
    {"items of a List stand below each other", "items:\n- a: 1\n- b: 2\n", "split a",
     "items:\n- a: 1\n- a: 1\n  new: x\n- b: 2\n"},
    {"items of a JSON List too", "{\"items\": [{\"a\": 1}, {\"b\": 2}]}\n", "split a",
     "{\"items\": [{\"a\": 1}, {\"a\": 1, \"new\": \"x\"}, {\"b\": 2}]}\n"},
    {"without blanks where there are none", "{\"items\":[{\"a\":1},{\"b\":2}]}\n", "split a",
     "{\"items\":[{\"a\":1},{\"a\":1,\"new\":\"x\"},{\"b\":2}]}\n"},
    {"a JSON file holds one object", "{\"a\": 1}\n", "split a",
     "refused: a JSON file holds one object: make it a List first, or use convert"},
    {"a document with directives can be edited", "%YAML 1.2\n---\na: 1\n", "set a x",
     "%YAML 1.2\n---\na: x\n"},
    {"but not split", "%YAML 1.2\n---\na: 1\n", "split a", "refused: it has directives"},
    {"a document goes with its marker", "---\na: 1 # one\n", "remove", "lost: # one\n"},
    {"the header of the file stays", "# header\n\na: 1\n", "remove", "# header\n\n"},
    {"an item goes with its lines", "items:\n# of a\n- a: 1\n  b: 1\n- c: 2\n", "remove",
     "items:\n- c: 2\nlost: # of a\n"},
    {"the only item leaves an empty List", "items:\n- a: 1\nkind: List\n", "remove",
     "items: []\nkind: List\n"},
    {"an item of a JSON List goes with its comma", "{\"items\": [{\"a\": 1}, {\"b\": 2}]}\n",
     "remove", "{\"items\": [{\"b\": 2}]}\n"},
    {"an item that was cut off goes as a whole", "  - a: 1\n    b: 2\n", "remove", ""},
};

static const Row anchors[] = {
    {"an anchor that stays before its alias", "a: &x\n  k: 1\nb: *x\nc: 3\n", "drop c",
     "a: &x\n  k: 1\nb: *x\n"},
    {"an anchor and its alias in what moves", "m:\n  a: &x 1\n  b: *x\nc: 1\n", "move m v.o",
     "c: 1\nv:\n  o:\n    a: &x 1\n    b: *x\n"},
    {"an alias that comes before its anchor becomes a copy", "a: &x\n  k: 1\nb: *x # same\n",
     "first b", "# same\nb:\n  k: 1\na: &x\n  k: 1\ncopies: 1\n"},
    {"in another document too", "a: &x 1\nb: *x\n", "split b",
     "a: &x 1\nb: *x\n---\nb: 1\nnew: x\ncopies: 1\n"},
    {"deep inside what is kept", "a: &x 1\nb:\n  c: *x\n", "first b",
     "b:\n  c: 1\na: &x 1\ncopies: 1\n"},
    {"a copy would hold an anchor", "a: &x\n  k: &y 1\nb: *x\n", "first b",
     "refused: an alias would lose its anchor"},
    {"what stands in an anchor changes", "a: &x\n  k: 1\nb: *x\n", "set a.k 2",
     "refused: an anchor that is used elsewhere would go"},
    {"an anchor goes that another item uses", "items:\n- a: &x 1\n  b: 2\n- c: *x\n", "drop a",
     "refused: an anchor that is used elsewhere would go"},
    {"an alias keeps meaning the last anchor of its name", "a: &x 1\nb: *x\nc: &x 2\n", "first c",
     "c: &x 2\na: &x 1\nb: *x\n"},
};

static const Row templates[] = {
    {"in a value that is kept", "a: {{ .x }}\nb: 1\n", "set b 2", "a: {{ .x }}\nb: \"2\"\n"},
    {"in a value that moves", "a: {{ .x }}\nb:\n  c: 1\n", "move a b.a",
     "b:\n  c: 1\n  a: {{ .x }}\n"},
    {"in a value that is set", "a: {{ .x }}\nb: 1\n", "set a 2", "refused: depends on a template"},
    {"between entries", "a: 1\n{{ if .x }}\nb: 1\n{{ end }}\n", "set a 2",
     "refused: depends on a template"},
    {"around all", "{{ if .x }}\na: 1\n{{ end }}\n", "set a 2",
     "{{ if .x }}\na: \"2\"\n{{ end }}\n"},
    {"around all that becomes two", "{{ if .x }}\na: 1\n{{ end }}\n", "split a",
     "{{ if .x }}\na: 1\n---\na: 1\nnew: x\n{{ end }}\n"},
    {"around all that goes", "{{ if .x }}\na: 1\n{{ end }}\n", "remove",
     "refused: depends on a template"},
    {"in lines of a block scalar that moves",
     "a:\n  s: |\n    x\n    {{ if .y }}\n    z\n    {{ end }}\nb: 1\n", "move a.s t",
     "b: 1\nt: |\n  x\n  {{ if .y }}\n  z\n  {{ end }}\n"},
    {"that indents what it prints", "a:\n  s: |\n    {{ .x | indent 4 }}\nb: 1\n", "move a.s t",
     "refused: a template in it indents what it prints: it cannot be moved"},
};

static const Row splices[] = {
    {"in plain text", "a: one two # c\n", "splice a 4-7 three", "a: one three # c\n"},
    {"in single quotes", "a: 'it''s one'\n", "splice a 5-8 'two'", "a: 'it''s ''two'''\n"},
    {"in double quotes", "a: \"x\\ty \\u00e9 z\"\n", "splice a 2-3 \"q\"",
     "a: \"x\\t\\\"q\\\" \\u00e9 z\"\n"},
    {"in a literal", "a: |\n  sum(x)\n    by (y)\nb: 1\n", "splice a 4-5 rate",
     "a: |\n  sum(rate)\n    by (y)\nb: 1\n"},
    {"over lines of a literal", "a: |\n  one\n  two\n  three\nb: 1\n", "splice a 2-5 X",
     "a: |\n  onXwo\n  three\nb: 1\n"},
    {"in folded text", "a: >-\n  one\n  two\nb: 1\n", "splice a 4-7 six",
     "a: >-\n  one\n  six\nb: 1\n"},
    {"in text of several lines", "a: one\n  two\nb: 1\n", "splice a 4-7 six",
     "a: one\n  six\nb: 1\n"},
    {"in JSON", "{\"a\": \"x \\\"y\\\"\"}\n", "splice a 3-4 z", "{\"a\": \"x \\\"z\\\"\"}\n"},
    {"twice", "a: one two\n", "splice a 0-3 x;splice a 4-7 y", "a: x y\n"},
    {"every occurrence", "a: |\n  x{job=\"x\"} / x\nb: 1\n", "replace a x yy",
     "a: |\n  yy{job=\"yy\"} / yy\nb: 1\n"},
    {"where lines were folded", "a: >-\n  one\n  two\nb: 1\n", "splice a 2-5 X",
     "refused: the text to change is not written in one piece"},
    {"inside an escape's character", "a: \"\\u00e9\"\n", "splice a 1-2 X",
     "refused: the text to change is not written in one piece"},
    {"that would be no plain text", "a: one two\n",
     "splice a 0-3 x:", "refused: the new text cannot stand where the old one does"},
};

static const Row items[] = {
    {"one more", "a:\n  - b # first\n  # last\n  - c\nd: 1\n", "add a x",
     "a:\n  - b # first\n  # last\n  - c\n  - x\nd: 1\n"},
    {"in flow style", "a: [b, \"c\"]\n", "add a true", "a: [b, \"c\", \"true\"]\n"},
    {"in JSON", "{\"a\": [\"b\"]}\n", "add a x", "{\"a\": [\"b\", \"x\"]}\n"},
    {"in an empty list", "a: []\nb: 1\n", "add a x", "a: [x]\nb: 1\n"},
    {"that is there", "a: [b, \"x\"]\n", "add a x", "a: [b, \"x\"]\n"},
    {"twice", "a: [b]\n", "add a x;add a x", "a: [b, x]\n"},
    {"where no list is", "a: b\n", "add b x", "a: b\n"},
    {"of a map", "a: {b: c}\n", "add a x", "refused: a step adds an item where no list stands"},
    {"of a text", "a: b\n", "add a x", "refused: a step adds an item where no list stands"},
    {"behind a template", "a:\n  - b\n  {{ .more }}\n", "add a x",
     "refused: depends on a template"},
};

static const Row quoted[] = {
    {"a number", "a: 40.00 # cost\nb: 1\n", "quote a", "a: \"40.00\" # cost\nb: 1\n"},
    {"a boolean", "a: true\n", "quote a", "a: \"true\"\n"},
    {"in JSON", "{\"a\": 5}\n", "quote a", "{\"a\": \"5\"}\n"},
    {"a text", "a: 'x'\nb: 1\n", "quote a", "a: 'x'\nb: 1\n"},
    {"a number in quotes", "a: '5'\n", "quote a", "a: '5'\n"},
    {"a map", "a: {b: 5}\n", "quote a", "a: {b: 5}\n"},
    {"what is not there", "a: 5\n", "quote b", "a: 5\n"},
    {"a template", "a: {{ .x }}\nb: 1\n", "quote a", "refused: depends on a template"},
};

static const Row hazards[] = {
    {"tags", "a: !x 1\n", "set a 2", "refused: it has tags"},
    {"duplicate keys", "a: 1\na: 2\nb: 1\n", "drop b",
     "refused: the document has a fault that must be mended first"},
    {"complex keys", "? [a]\n: 1\nb: 1\n", "drop b", "refused: it has a key that is no plain text"},
    {"explicit keys", "? a\n: 1\nb: 1\n", "drop b", "refused: it has a key that is no plain text"},
    {"a pair without braces", "a: [b: 1]\nc: 1\n", "drop c",
     "refused: it has a pair without braces"},
    {"a block scalar without text stays", "a: |\nb: 1\nc: 1\n", "drop b", "a: |\nc: 1\n"},
    {"a block scalar without text moves", "a: |\nb:\n  c: 1\n", "move a b.a",
     "b:\n  c: 1\n  a: |\n"},
    {"a block scalar without text where the parser cannot read it back", "a: |\nb: {}\n",
     "move a b.a;set b.c 1", "refused: a block scalar without text cannot stand there"},
    {"a folded text with blank and deeper lines", "a: >\n  x\n\n   y\nb:\n  c: 1\n", "move a b.a",
     "b:\n  c: 1\n  a: >\n    x\n\n     y\n"},
};

#define CHECK(table) assert_int_equal(rows_failed(table, sizeof table / sizeof *table), 0)

static void changes(void **state) {
    (void)state;
    CHECK(ledger);
    CHECK(borders);
    CHECK(anchors);
    CHECK(templates);
    CHECK(splices);
    CHECK(items);
    CHECK(quoted);
    CHECK(hazards);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(changes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
