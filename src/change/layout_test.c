/* Where lines, indentation and separators go. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/plan_rows_test.h"

static const Row rows[] = {
    /* scalars */
    {"a scalar is set", "a: 1\nb: 2\n", "set a x", "a: x\nb: 2\n"},
    {"quotes stay", "a: 'it'\nb: \"x\"\n", "set a new;set b old", "a: 'new'\nb: \"old\"\n"},
    {"a string that reads as a number is quoted", "a: x\n", "set a 3", "a: \"3\"\n"},
    {"a number is not", "a: x\n", "plain a 3", "a: 3\n"},
    {"a text takes the place of an empty value", "a:\nb: 1\n", "set a x", "a: x\nb: 1\n"},
    {"a text takes the place of a block scalar", "a: |\n  x\n  y\nb: 1\n", "set a z",
     "a: \"z\"\nb: 1\n"},
    {"a text takes the place of a map", "a:\n  b: 1\n", "set a z", "a: z\n"},
    /* keys and places */
    {"a key is renamed", "spec: # the spec\n  x: 1\n", "rename spec.x z",
     "spec: # the spec\n  z: 1\n"},
    {"an entry moves down", "a: 1\nspec:\n  b: 2\n", "move a spec.a", "spec:\n  b: 2\n  a: 1\n"},
    {"an entry moves up and a new map is made",
     "spec:\n  # why\n  deep:\n    list:\n    - 1\n    - 2\n  b: 2\n", "move spec.deep new.inner",
     "spec:\n  b: 2\nnew:\n  # why\n  inner:\n    list:\n    - 1\n    - 2\n"},
    {"children change their order", "a: 1\nb: 2\nc: 3\n", "first c", "c: 3\na: 1\nb: 2\n"},
    {"the last child goes and so does its parent", "a: 1\nb:\n  c: 2\n", "drop b.c", "a: 1\n"},
    {"a map whose children all move becomes empty when it must stay", "- a: 1\n", "drop a",
     "- {}\n"},
    {"an item's map keeps its dash", "items:\n- name: x # n\n  v: 1\n- name: y\n", "rename name id",
     "items:\n- id: x # n\n  v: 1\n- name: y\n"},
    {"the first entry of an item goes", "items:\n- name: x\n  v: 1\n", "drop name",
     "items:\n- v: 1\n"},
    /* roles */
    {"an item becomes an entry", "a:\n- x: 1\n  y: 2\n- z\n", "move a[0] b",
     "a:\n- z\nb:\n  x: 1\n  y: 2\n"},
    {"an entry becomes an item", "a:\n  x: 1\n  y: 2\n", "item a list", "list:\n- x: 1\n  y: 2\n"},
    {"a sequence becomes an item", "a:\n  - x\n  - y\n", "item a list",
     "list:\n  - - x\n    - y\n"},
    {"an empty value becomes an item", "a:\nb: 1\n", "item a list", "b: 1\nlist:\n- null\n"},
    {"a wide dash stays wide", "-   a: 1\n    b: 2\n", "set c 3",
     "-   a: 1\n    b: 2\n    c: \"3\"\n"},
    {"an anchor keeps its line", "a: &x\n  b: 1\nc: *x\n", "rename a d", "d: &x\n  b: 1\nc: *x\n"},
    /* habits */
    {"sequences are indented as the nearest one", "a:\n  - 1\nb: 2\n", "item b list",
     "a:\n  - 1\nlist:\n  - 2\n"},
    {"or not", "a:\n- 1\nb: 2\n", "item b list", "a:\n- 1\nlist:\n- 2\n"},
    {"maps are indented by the file's step", "a:\n    b: 1\n", "set c.d x",
     "a:\n    b: 1\nc:\n    d: x\n"},
    {"CRLF", "a: 1\r\nb: 2\r\n", "set c.d x", "a: 1\r\nb: 2\r\nc:\r\n  d: x\r\n"},
    {"no final newline stays none", "a: 1\nb: 2", "set c x", "a: 1\nb: 2\nc: x"},
    {"a tab before a comment is no harm", "a:\n  b: 1\t# c\nd: 1\n", "move a.b e",
     "d: 1\ne: 1\t# c\n"},
    {"blanks at the end of a line stay", "a: 1  \nb: 2\n", "set b x", "a: 1  \nb: x\n"},
    /* lines that shift */
    {"block scalars move whole", "a:\n  s: |\n    x\n      y\n\n    z\nb: 1\n", "move a.s t",
     "b: 1\nt: |\n  x\n    y\n\n  z\n"},
    {"an indentation indicator counts from the parent", "a:\n  s: |2\n      x\n    y\nb: 1\n",
     "move a.s t", "b: 1\nt: |2\n    x\n  y\n"},
    {"blank lines longer than the text's column are text",
     "a:\n  s: |\n    x\n      \n    y\nb: 1\n", "move a.s t", "b: 1\nt: |\n  x\n    \n  y\n"},
    {"shorter ones are cut only where they must be", "a:\n  s: |\n    x\n   \n    y\nb: 1\n",
     "move a.s t", "b: 1\nt: |\n  x\n  \n  y\n"},
    {"comments stop at column 0", "a:\n  m:\n    x: 1\n # left\n    y: 2\n", "move a.m b",
     "b:\n  x: 1\n# left\n  y: 2\n"},
    {"lines of plain text move with it", "a:\n  b: one\n    two\nc: 1\n", "move a.b d",
     "c: 1\nd: one\n  two\n"},
    {"a line too far left cannot move", "a:\n  m:\n    k: \"one\n two\"\n", "move a.m b",
     "refused: a line stands too far left to be moved"},
    {"JSON indented with tabs stays so", "{\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t1\n\t\t]\n\t}\n}\n",
     "move a.b c.d", "{\n\t\"c\": {\n\t\t\"d\": [\n\t\t\t1\n\t\t]\n\t}\n}\n"},
    {"in JSON blanks mean nothing", "{\n  \"a\": {\n\t\"b\": [\n\t1\n]}\n}\n", "move a.b b",
     "{\n  \"b\": [\n  \t1\n  ]\n}\n"},
    {"a tab as indentation cannot move", "a:\n  b: [1,\n\t2]\nc: 1\n", "move a.b d",
     "refused: a line is indented with a tab"},
    /* what stands below block scalars */
    {"blank lines below a text that keeps them are left out", "a: |+\n  x\nb: 1\n\nc: 2\n",
     "first b", "b: 1\na: |+\n  x\nc: 2\n"},
    {"blank lines below the resource cannot be", "a: |+\n  x\nb: 1\n\n", "first b",
     "refused: blank lines below would become part of a block scalar"},
    {"a comment below stays left of the text", "a: 1\n      # c\nb: 2\ns: |\n  x\n", "first s",
     "s: |\n  x\na: 1\n      # c\nb: 2\n"},
    {"a comment below one without text does not become it", "s: |\na: 1\n    # c\nb: 2\n", "drop a",
     "s: |\n# c\nb: 2\n"},
    {"blank lines below one without text stay", "s: |-\n   \nb: 1\n", "set b 2",
     "s: |-\n   \nb: \"2\"\n"},
    {"blank lines below a text that moves to the left cannot be",
     "a: 1\nb:\n  s: |\n    x\n\n   \n", "move b.s s",
     "refused: blank lines below would become part of a block scalar"},
    {"blank lines below a text move to the left with it",
     "a:\n  m:\n    s: |\n      x\n     \n    # c\nb: 1\n", "move a.m m",
     "b: 1\nm:\n  s: |\n    x\n   \n  # c\n"},
    {"a text that comes last gets its line break", "a: |\n  x\nb: 1", "first b",
     "b: 1\na: |\n  x\n"},
    {"a text without line break cannot move", "a: 1\nb: |\n  x", "first b",
     "refused: a block scalar that ends without a line break cannot be moved"},
    /* flow style */
    {"flow maps lose the separator before", "{a: 1, b: 2, c: 3}\n", "drop b", "{a: 1, c: 3}\n"},
    {"flow maps lose the separator behind the first", "{ a: 1, b: 2 }\n", "drop a", "{ b: 2 }\n"},
    {"a comma at the end stays", "{a: 1, b: 2,}\n", "drop b", "{a: 1,}\n"},
    {"flow maps gain children", "{a: 1}\n", "set b x", "{a: 1, b: x}\n"},
    {"what is empty gains children", "a: {}\n", "set a.b x", "a: {b: x}\n"},
    {"flow text that holds separators is quoted", "a: x, y\nm: {b: 1}\n", "move a m.a",
     "m: {b: 1, a: \"x, y\"}\n"},
    {"lines of flow style follow their key", "a:\n  b:\n    c: [\n      1\n    ]\n", "move a.b.c d",
     "d: [\n  1\n]\n"},
    {"flow style that receives a block becomes one", "a:\n  x: 1\nm: {b: 1}\n", "move a m.a",
     "m:\n  b: 1\n  a:\n    x: 1\n"},
    {"flow style that receives a comment becomes a block", "a: 1 # one\nm: {b: 1}\n", "move a m.a",
     "m:\n  b: 1\n  a: 1 # one\n"},
    {"flow style that receives a template becomes a block", "a: {{ .x }}\nm: {\n  b: 1\n}\n",
     "move a m.a", "m:\n  b: 1\n  a: {{ .x }}\n"},
    {"a flow child moves into a block", "m: {a: {x: 1}, b: 1}\n", "move m.a a",
     "m: {b: 1}\na: {x: 1}\n"},
    {"JSON is always quoted", "{\"a\": 1}\n", "set b x", "{\"a\": 1, \"b\": \"x\"}\n"},
    {"compact JSON stays compact", "{\"a\":1,\"b\":2}", "set c x;drop a", "{\"b\":2,\"c\":\"x\"}"},
    {"spread JSON stays spread", "{\n  \"a\": 1,\n  \"m\": {\n    \"x\": 1\n  }\n}\n",
     "set m.y z;set n.o p",
     "{\n  \"a\": 1,\n  \"m\": {\n    \"x\": 1,\n    \"y\": \"z\"\n  },\n  \"n\": {\n    \"o\": "
     "\"p\"\n  }\n}\n"},
};

static void layouts(void **state) {
    (void)state;
    assert_int_equal(rows_failed(rows, sizeof rows / sizeof *rows), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(layouts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
