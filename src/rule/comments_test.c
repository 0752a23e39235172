/* Which comments that ask for silence are comments. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "rule/comments.h"

#define MANIFEST(lines) "data:\n  job: |\n    apiVersion: v1\n" lines "    kind: A\n"

static void knows_where_they_stand(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *want;
    } rows[] = {
        {"alone", "# unstale: x\na: b\n", "real"},
        {"behind a value", "a: b # unstale: x\n", "real"},
        {"behind all", "a: b\n# unstale: x\n", "real"},
        {"nothing but a comment", "# unstale: x\n", "real"},
        {"in single quotes", "a: 'b # unstale: x'\n", "text"},
        {"behind single quotes", "a: 'b' # unstale: x\n", "real"},
        {"in double quotes over lines", "a: \"b\n  # unstale: x\"\n", "text"},
        {"in a key", "'a # unstale: x': b\n", "text"},
        {"in a flow collection", "a: [b, # unstale: x\n  c]\n", "real"},
        {"last line of a literal", "a: |\n  b\n  # unstale: x\nkind: A\n", "script"},
        {"in a folded one", "a: >\n  b # unstale: x\n", "script"},
        {"less indented below a literal", "a:\n  b: |\n    c\n  # unstale: x\n  d: e\n", "real"},
        {"behind the header of a literal", "a: | # unstale: x\n  b\n", "real"},
        {"behind an empty literal", "a: | # unstale: x\n", "real"},
        {"in a literal at the end of the text", "a: |\n  # unstale: x", "script"},
        {"in a literal with CRLF", "a: |\r\n  # unstale: x\r\nb: c\r\n", "script"},
        {"an item of a List", "- a: |\n    # unstale: x\n  # unstale: y\n", "script real"},
        {"in a manifest in a literal", MANIFEST("    # unstale: x\n"), "real"},
        {"behind a value of that", MANIFEST("    a: b # unstale: x\n"), "real"},
        {"in a text of that", MANIFEST("    a: 'b # unstale: x'\n"), "text"},
        {"in a literal of that", MANIFEST("    a: |\n      # unstale: x\n"), "script"},
        {"in a manifest that does not parse", MANIFEST("    a: [ # unstale: x\n"), "unsure"},
        {"in the second of two", MANIFEST("") "    ---\n    # unstale: x\n    b: c\n", "script"},
        {"does not parse", "a: [\n# unstale: x\n", "unsure"},
        {"behind a template", "a: {{ .b }} # unstale: x\n", "real"},
    };
    static const char *const words[] = {"real", "unsure", "script", "text"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Buf got = {0};
        FoundComments found = {0};
        Str text = str_from(rows[i].text);
        comments_find(text, &found);
        comments_place(&arena, text, 0, &found);
        for (size_t k = 0; k < found.len; k++)
            buf_addf(&got, "%s%s", k ? " " : "", words[found.items[k].standing]);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got [%s]", rows[i].name, buf_cstr(&got));
        vec_release(&found);
        buf_release(&got);
        arena_release(&arena);
    }
}

/* Positions count from the text that was searched; what stands outside is not touched. */
static void places_one_document_of_several(void **state) {
    (void)state;
    Arena arena = {0};
    FoundComments found = {0};
    static const char first[] = "' # unstale: x'\n---\n", second[] = "' # unstale: y'\n";
    comments_find(str_format(&arena, "%s%s", first, second), &found);
    comments_place(&arena, str_from(second), sizeof first - 1, &found);
    assert_int_equal(found.len, 2);
    assert_int_equal(found.items[0].standing, COMMENT_REAL);
    assert_int_equal(found.items[1].standing, COMMENT_TEXT);
    vec_release(&found);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_where_they_stand),
        cmocka_unit_test(places_one_document_of_several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
