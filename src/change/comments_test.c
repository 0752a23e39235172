/* Which comment belongs to whom: seen from what happens to it when something moves or goes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/plan_rows_test.h"

static const Row rows[] = {
    /* at the end of a line */
    {"a comment at the end of a line goes with the value", "a: 1 # one\nb:\n  c: 2\n", "move a b.a",
     "b:\n  c: 2\n  a: 1 # one\n"},
    {"a comment behind `key:` goes with the collection", "a: # all\n  x: 1\nb: 2\n", "first b",
     "b: 2\na: # all\n  x: 1\n"},
    {"a comment behind `key:` stays when all children change", "a: # all\n  x: 1\n", "rename a.x z",
     "a: # all\n  z: 1\n"},
    {"a comment behind a dash stays with the item", "- # first\n  x: 1\n  y: 2\n", "drop x",
     "- # first\n  y: 2\n"},
    {"a comment behind a dash becomes a line when the item becomes an entry",
     "a:\n- # first\n  x: 1\nb: 2\n", "move a[0] c", "b: 2\n# first\nc:\n  x: 1\n"},
    {"a comment behind a key becomes a line when the entry becomes an item", "a: # all\n  x: 1\n",
     "item a list", "list:\n# all\n- x: 1\n"},
    {"a comment behind a key goes with what was in the map", "- x: # all\n    v: 1\n  z: 1\n",
     "move x.v v", "- z: 1\n  # all\n  v: 1\n"},
    {"a comment behind a block scalar's header is the pair's", "a: | # text\n  x\nb: 1\n",
     "first b", "b: 1\na: | # text\n  x\n"},
    /* above */
    {"lines directly above go with the entry", "# of a\n# too\na: 1\nb:\n  c: 2\n", "move a b.a",
     "b:\n  c: 2\n  # of a\n  # too\n  a: 1\n"},
    {"lines above a dash go with the item", "l:\n  # of x\n  - x\n  - y\nb: 1\n", "move l[0] x",
     "l:\n  - y\nb: 1\n# of x\nx: x\n"},
    {"lines above a map's first key go above the dash", "- a: 1\n  # of b\n  b: 2\n", "drop a",
     "# of b\n- b: 2\n"},
    {"lines above at another column belong to the place", "a:\n  x: 1\n # left\n  y: 2\nb: 1\n",
     "drop a.y", "a:\n  x: 1\n # left\nb: 1\n"},
    {"a blank line ends what belongs to an entry", "a: 1\n\n# detached\n\n# of b\nb: 2\nc: 3\n",
     "drop b", "a: 1\n\n# detached\n\nc: 3\nlost: # of b\n"},
    {"a commented-out item belongs to the sequence", "l:\n- x\n# - y\n- z\nb: 1\n", "move l[1] z",
     "l:\n- x\n# - y\nb: 1\nz: z\n"},
    {"a commented-out item below the last one too", "l:\n- x\n# - y\nb: 1\nc: 2\n", "drop b",
     "l:\n- x\n# - y\nc: 2\n"},
    {"a commented-out entry belongs to the map", "a: 1\n# old: 2\nb: 2\nc: 3\n", "drop b",
     "a: 1\n# old: 2\nc: 3\n"},
    {"not below a blank line: then it is of the entry", "a: 1\n\n# old: 2\nb: 2\nc: 3\n", "drop b",
     "a: 1\nc: 3\nlost: # old: 2\n"},
    /* between key and value */
    {"between key and value: the pair's", "a:\n  # why\n  1\nb: 2\n", "first b",
     "b: 2\na:\n  # why\n  1\n"},
    {"between key and value, when the value is set", "a:\n  # why\n  1\n", "plain a 2",
     "a:\n  # why\n  2\n"},
    {"between key and value, when the entry becomes an item", "a:\n  # why\n  1\n", "item a list",
     "list:\n# why\n- 1\n"},
    /* otherwise */
    {"at the end of a collection, at its column: the collection's", "a:\n  x: 1\n  # more\nb: 2\n",
     "first b", "b: 2\na:\n  x: 1\n  # more\n"},
    {"at the end, deeper: the collection's", "a:\n  x: 1\n    # more\nb: 2\n", "move a c.d",
     "b: 2\nc:\n  d:\n    x: 1\n      # more\n"},
    {"at the end, further left: the place's", "a:\n  x: 1\n# more\n\nb: 2\nc: 3\n", "drop b",
     "a:\n  x: 1\n# more\n\nc: 3\n"},
    {"at the end of the document: below the last part of a split", "a: 1\nb: 2\n# end\n", "split a",
     "a: 1\nb: 2\n---\na: 1\nnew: x\n# end\n"},
    {"with the blank lines above it", "a: 1\n\n\n# the end\n#   of all\n", "split a",
     "a: 1\n---\na: 1\nnew: x\n\n\n# the end\n#   of all\n"},
    {"deeper ones are of the collection: they go with each copy of it",
     "a:\n  b: 1\n  # more\n# end\n", "split a",
     "a:\n  b: 1\n  # more\n---\na:\n  b: 1\n  # more\nnew: x\n# end\n"},
    {"at the end of an item: below the last part of it", "items:\n- a: 1\n  # end\n- b: 2\n",
     "split a", "items:\n- a: 1\n- a: 1\n  new: x\n  # end\n- b: 2\n"},
    {"below a block scalar that became the last", "b: 1\na: |\n  x\n# end\n", "split a",
     "b: 1\na: |\n  x\n---\na: |\n  x\nnew: x\n# end\n"},
    {"a file header never moves", "# header\n\n# of a\na: 1\nb: 2\n", "first b",
     "# header\n\nb: 2\n# of a\na: 1\n"},
    {"a detached comment stays between its neighbours", "a: 1\n\n# part two\n\nb: 2\nc: 3\n",
     "rename b x", "a: 1\n\n# part two\n\nx: 2\nc: 3\n"},
    /* what goes */
    {"a dissolving map's comments go above its first kept child",
     "# about\na: # all\n  x: 1\n  z: 2\nb: 3\n", "move a.x x;move a.z z",
     "b: 3\n# about\n# all\nx: 1\nz: 2\n"},
    {"comments inside a dropped subtree are listed", "a: # 1\n  # 2\n  x: 1 # 3\nb: 1\n", "drop a",
     "b: 1\nlost: # 1\nlost: # 2\nlost: # 3\n"},
    {"a comment that a copy has too is not lost", "a: 1 # one\nb: 2\n", "split a;drop a",
     "b: 2\n---\na: 1 # one\nnew: x\n"},
    {"of several with the same words the one that goes is told", "a: 1 # x\nb: 2 # x\nc: 3 # x\n",
     "drop b", "a: 1 # x\nc: 3 # x\nlost in line 2: # x\n"},
    {"… when it is the last", "a: 1 # x\nb: 2 # x\n", "drop b", "a: 1 # x\nlost in line 2: # x\n"},
    {"… when the other one moves above it", "a: 1 # x\nb: 2 # x\n", "first b;drop a",
     "b: 2 # x\nlost in line 1: # x\n"},
    {"the copy of another with the same words is none of it", "a: 1 # x\nb: 2 # x\n",
     "split a;drop b", "a: 1 # x\n---\na: 1 # x\nnew: x\nlost in line 2: # x\n"},
    {"nor is one that stands around", "# x\n\na: 1 # x\nb: 2\n", "drop a",
     "# x\n\nb: 2\nlost in line 3: # x\n"},
    /* flow style */
    {"behind a comma: of the entry before it", "{\n  a: 1, # one\n  b: 2 # two\n}\n", "drop a",
     "{\n  b: 2 # two\n}\nlost: # one\n"},
    {"behind a comma, when the entry is the last one", "{\n  a: 1, # one\n  b: 2 # two\n}\n",
     "drop b", "{\n  a: 1 # one\n}\nlost: # two\n"},
    {"above an entry of flow style", "{\n  a: 1,\n  # of b\n  b: 2\n}\n", "drop a",
     "{\n  # of b\n  b: 2\n}\n"},
    /* new */
    {"a new entry can have one", "a: 1\n", "comment b why", "a: 1\n# why\nb: 1\n"},
    {"JSON cannot", "{\"a\": 1}\n", "comment b why",
     "refused: flow style holds no block style and no new comments"},
};

static void comments(void **state) {
    (void)state;
    assert_int_equal(rows_failed(rows, sizeof rows / sizeof *rows), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(comments)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
