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
#include "yaml/parse.h"

#include <ftw.h>

static struct {
    size_t files, documents, unparsed, leaves;
} counted;

static const char *current;

static void broken(const Document *d, uint32_t at, const char *why) {
    uint32_t line = 1;
    for (uint32_t i = 0; i < at && i < d->masked.len; i++) line += d->masked.data[i] == '\n';
    fail_msg("%s: line %u of a document: %s", current, line, why);
}

/* The gap between two leaves, with properties cut out by the caller. */
static void check_gap(const Document *d, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++) {
        char c = d->masked.data[i];
        if (c == '#') {
            while (i < end && d->masked.data[i] != '\n') i++;
            continue;
        }
        if (start == 0 && c == '%') { /* a directive */
            while (i < end && d->masked.data[i] != '\n') i++;
            continue;
        }
        if (!strchr(" \t\r\n:-,{}[]?", c)) broken(d, i, "text between two leaves");
    }
}

static uint32_t check_node(const Document *d, const Node *n, uint32_t at);

static uint32_t check_properties(const Document *d, const Node *n, uint32_t at) {
    if (span_empty(n->properties)) return at;
    check_gap(d, at, n->properties.start);
    return n->properties.end;
}

static uint32_t check_collection(const Document *d, const Node *n, uint32_t at) {
    NODE_EACH(child, n) {
        if (child->parent != n) broken(d, child->span.start, "a child with another parent");
        if (child->key) at = check_node(d, child->key, at);
        at = check_node(d, child, at);
    }
    if (n->first && n->style == STYLE_BLOCK && n->span.end != n->last->span.end)
        broken(d, n->span.end, "a container that does not end with its last child");
    if (n->first && n->span.end < n->last->span.end) broken(d, n->span.end, "a child sticks out");
    if (n->span.end > at && n->style == STYLE_FLOW) {
        check_gap(d, at, n->span.end);
        at = n->span.end;
    }
    return at;
}

static void check_scalar(const Document *d, const Node *n) {
    char first = n->span.start < d->masked.len ? d->masked.data[n->span.start] : '\0';
    char last = n->span.end ? d->masked.data[n->span.end - 1] : '\0';
    counted.leaves++;
    if (n->style == STYLE_DOUBLE && (first != '"' || last != '"')) broken(d, n->span.start, "no quotes");
    if (n->style == STYLE_SINGLE && (first != '\'' || last != '\'')) broken(d, n->span.start, "no quotes");
    if (n->style == STYLE_LITERAL && first != '|') broken(d, n->span.start, "no header");
    if (n->style == STYLE_FOLDED && first != '>') broken(d, n->span.start, "no header");
    if (n->kind == NODE_ALIAS && first != '*') broken(d, n->span.start, "no star");
}

static uint32_t check_node(const Document *d, const Node *n, uint32_t at) {
    at = check_properties(d, n, at);
    if (n->span.start < at && !span_empty(n->span)) broken(d, n->span.start, "nodes overlap");
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ) return check_collection(d, n, at);
    check_scalar(d, n);
    check_gap(d, at, n->span.start);
    return n->span.end;
}

static void check_text(Str text) {
    Arena arena = {0};
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        Document d;
        counted.documents++;
        if (!document_parse(&arena, pieces.items[i].text, &d)) {
            counted.unparsed++;
        } else if (d.root) {
            uint32_t at = check_node(&d, d.root, 0);
            check_gap(&d, at, (uint32_t)d.masked.len);
        }
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
    print_message("%s: %zu files, %zu documents (%zu do not parse), %zu leaves\n", root, counted.files,
                  counted.documents, counted.unparsed, counted.leaves);
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
