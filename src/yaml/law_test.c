/* The span law, on every document at hand: a container ends where its last child ends, and between
 * leaves there is only white space, comments, indicators and node properties. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "input/cutter.h"
#include "text/fault.h"
#include "yaml/law_test.h"

#include <ftw.h>
#include <stdio.h>

static struct { size_t files, documents, unparsed, leaves; } counted;

static const char *current;

static void check_law(const Document *d) {
    Law law = {.doc = d};
    bool holds = law_holds(&law);
    counted.leaves += law.leaves;
    if (holds) return;
    uint32_t line = 1;
    for (uint32_t i = 0; i < law.at && i < d->masked.len; i++) line += d->masked.data[i] == '\n';
    fail_msg("%s: line %u of a document: %s", current, line, law.why);
}

static void check_text(Str text) {
    Arena arena = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document d;
        counted.documents++;
        if (document_parse(&arena, pieces.items[i].text, &d))
            check_law(&d);
        else
            counted.unparsed++;
        arena_reset(&arena);
    }
    vec_release(&pieces);
    arena_release(&arena);
}

static int check_file(const char *path, const struct stat *st, int type, struct FTW *where) {
    (void)st, (void)where;
    Str name = str_from(path);
    if (type != FTW_F || (!str_ends(name, STR(".yaml")) && !str_ends(name, STR(".yml")) &&
                          !str_ends(name, STR(".json"))))
        return 0;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    Buf text = {0};
    size_t got;
    do {
        buf_reserve(&text, 65536);
        got = fread(text.data + text.len, 1, 65536, f);
        text.len += got;
    } while (got);
    fclose(f);
    current = path;
    size_t offset;
    Str s = buf_str(&text);
    if (str_starts(s, STR("\xEF\xBB\xBF"))) s = str_from_offset(s, 3);
    if (!text_fault(s, &offset)) {
        counted.files++;
        check_text(s);
    }
    buf_release(&text);
    return 0;
}

static void check_tree(const char *root) {
    memset(&counted, 0, sizeof counted);
    if (nftw(root, check_file, 16, FTW_PHYS) != 0) {
        print_message("skipped: %s is not there\n", root);
        skip();
    }
    print_message("%s: %zu files, %zu documents (%zu do not parse), %zu leaves\n", root,
                  counted.files, counted.documents, counted.unparsed, counted.leaves);
    assert_true(counted.leaves > 0);
}

static void law_holds_in_testdata(void **state) {
    (void)state;
    check_tree("testdata");
}

static void law_holds_in_the_corpus(void **state) {
    (void)state;
    check_tree("../shared/corpus");
}

static void law_holds_in_the_schemas(void **state) {
    (void)state;
    check_tree("../shared/crds");
}

static void law_holds_in_the_oracles(void **state) {
    (void)state;
    check_tree("../shared/oracle");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_holds_in_testdata),
        cmocka_unit_test(law_holds_in_the_corpus),
        cmocka_unit_test(law_holds_in_the_schemas),
        cmocka_unit_test(law_holds_in_the_oracles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
