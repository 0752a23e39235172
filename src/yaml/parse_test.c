/* Trees and their exact bytes: everything that the parser below is known to get wrong has a row. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "yaml/law_test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a tree on one line: map[0,4){a@[0,1): b@[3,4)} ---- */

static void add_text(Buf *out, Str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (c == '\n')
            buf_add(out, STR("~"));
        else if (c == '\r')
            buf_add(out, STR("^"));
        else if (c == '\t')
            buf_add(out, STR("\\t"));
        else
            buf_add_char(out, c);
    }
}

static const char *style_mark(const Node *n) {
    switch (n->style) {
    case STYLE_SINGLE: return "'";
    case STYLE_DOUBLE: return "\"";
    case STYLE_LITERAL: return "|";
    case STYLE_FOLDED: return ">";
    default: return "";
    }
}

static void add_node(Buf *out, const Node *n) {
    if (n->tag.len) buf_addf(out, STR_FMT " ", STR_ARG(n->tag));
    if (n->anchor.len) buf_addf(out, "&" STR_FMT " ", STR_ARG(n->anchor));
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ) {
        bool flow = n->style == STYLE_FLOW, map = n->kind == NODE_MAP;
        buf_addf(out, "%s%s[%u,%u){", flow ? "flow " : "", map ? "map" : "seq", n->span.start,
                 n->span.end);
        NODE_EACH (child, n) {
            if (child != n->first) buf_add(out, STR(", "));
            if (child->key) {
                add_node(out, child->key);
                buf_add(out, STR(": "));
            }
            add_node(out, child);
        }
        buf_add_char(out, '}');
        return;
    }
    buf_addf(out, "%s", n->kind == NODE_ALIAS ? "*" : style_mark(n));
    add_text(out, n->value);
    buf_addf(out, "@%u-%u", n->span.start, n->span.end);
}

static void add_document(Buf *out, const Document *d) {
    if (!d->parsed) {
        buf_addf(out, "error %u-%u%s " STR_FMT, d->error.span.start, d->error.span.end,
                 d->error.limit ? " (limit)" : "", STR_ARG(d->error.message));
    } else if (!d->root) {
        buf_add(out, STR("empty"));
    } else {
        add_node(out, d->root);
    }
}

typedef struct Row {
    const char *name, *text, *want;
} Row;

static void check_row(const Row *row) {
    Arena arena = {0};
    Buf got = {0};
    Document d;
    document_parse(&arena, str_from(row->text), &d);
    add_document(&got, &d);
    if (!str_eq(buf_str(&got), str_from(row->want)))
        fail_msg("%s:\n got [" STR_FMT "]\nwant [%s]", row->name, STR_ARG(buf_str(&got)),
                 row->want);
    Law law = {.doc = &d};
    if (d.parsed && !law_holds(&law)) fail_msg("%s: byte %u: %s", row->name, law.at, law.why);
    buf_release(&got);
    arena_release(&arena);
}

static void check_rows(const Row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) check_row(&rows[i]);
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void reads_scalars(void **state) {
    (void)state;
    static const Row rows[] = {
        {"plain", "a", "a@0-1"},
        {"plain over lines", "a\n  b\n\n c\n", "a b~c@0-9"},
        {"plain with indicators", "a: b#c:d,e\n", "map[0,10){a@0-1: b#c:d,e@3-10}"},
        {"double quotes", "a: \"b \\\" c\"\n", "map[0,11){a@0-1: \"b \" c@3-11}"},
        {"single quotes", "'a': 'b''c'\n", "map[0,11){'a@0-3: 'b'c@5-11}"},
        {"E: two escaped quotes in a row", "a: 'x ''''y'\n", "map[0,12){a@0-1: 'x ''y@3-12}"},
        {"F: an escaped backslash before a joined line", "a: \"..\\\\\\\n  b\"\n",
         "map[0,14){a@0-1: \"..\\b@3-14}"},
        {"quotes over lines", "a: \"b\n\n  c\"\nd: e\n",
         "map[0,16){a@0-1: \"b~c@3-11, d@12-13: e@15-16}"},
        {"empty quotes", "a: ''\nb: \"\"\n", "map[0,11){a@0-1: '@3-5, b@6-7: \"@9-11}"},
        {"non-ASCII", "k\xC3\xA9y: \xE2\x82\xAC\xF0\x9F\x98\x80 x\n",
         "map[0,15){k\xC3\xA9y@0-4: \xE2\x82\xAC\xF0\x9F\x98\x80 x@6-15}"},
        {"M: NEL and LS break no lines",
         "a: b\xC2\x85"
         "c\xE2\x80\xA8"
         "d\n",
         "map[0,11){a@0-1: b\xC2\x85"
         "c\xE2\x80\xA8"
         "d@3-11}"},
        {"N: control characters", "a: b\x01\n", "map[0,5){a@0-1: b\x01@3-5}"},
        {"tabs", "a:\tb\t# c\n", "map[0,4){a@0-1: b@3-4}"},
    };
    CHECK(rows);
}

static void reads_block_scalars(void **state) {
    (void)state;
    static const Row rows[] = {
        {"literal", "a: |\n  b\n  c\nd: e\n", "map[0,17){a@0-1: |b~c~@3-12, d@13-14: e@16-17}"},
        {"folded", "a: >\n  b\n  c\n", "map[0,12){a@0-1: >b c~@3-12}"},
        {"strip", "a: |-\n  b\n\n", "map[0,9){a@0-1: |b@3-9}"},
        {"keep", "a: |+\n  b\n\n \nc: d\n", "map[0,17){a@0-1: |b~~~@3-12, c@13-14: d@16-17}"},
        {"clip", "a: |\n  b\n\n\nc: d\n", "map[0,15){a@0-1: |b~@3-8, c@11-12: d@14-15}"},
        {"a comment in the header", "a: |- # c\n  b\n", "map[0,13){a@0-1: |b@3-13}"},
        {"an indentation indicator", "a: |1\n   b\n c\n", "map[0,13){a@0-1: |  b~c~@3-13}"},
        {"both indicators", "a: |+2\n   b\n\nc: d\n",
         "map[0,17){a@0-1: | b~~@3-12, c@13-14: d@16-17}"},
        {"both indicators, nested", "a:\n  b: >2-\n      c\n",
         "map[0,19){a@0-1: map[5,19){b@5-6: >  c@8-19}}"},
        {"a less indented comment behind", "a: |\n  b\n # c\n# d\ne: f\n",
         "map[0,22){a@0-1: |b~@3-8, e@18-19: f@21-22}"},
        {"a comment that is text", "a: |\n  # b\n", "map[0,10){a@0-1: |# b~@3-10}"},
        {"blank lines, then an indented key", "a:\n  b: |\n    c\n\n\n  d: e\n",
         "map[0,24){a@0-1: map[5,24){b@5-6: |c~@8-15, d@20-21: e@23-24}}"},
        {"leading blank lines", "a: |\n\n \n  b\n", "map[0,11){a@0-1: |~~b~@3-11}"},
        {"white space lines of content", "a: |\n  b\n    \n  c\n",
         "map[0,17){a@0-1: |b~  ~c~@3-17}"},
        {"in a sequence", "- |\n a\n- >-\n b\n", "seq[0,14){|a~@2-6, >b@9-14}"},
        {"in an indentless sequence", "a:\n- |\n b\n- c\n",
         "map[0,13){a@0-1: seq[3,13){|b~@5-9, c@12-13}}"},
        {"in nested sequences", "- - |\n   a\n", "seq[0,10){seq[2,10){|a~@4-10}}"},
        {"as the root", "--- |\na\n", "|a~@4-7"},
        {"as the root, indented", "--- >-\n  a\n\n  b\n", ">a~b@4-15"},
        {"I: no final line break", "a: |\n  b", "map[0,8){a@0-1: |b@3-8}"},
        {"I: keep, no final line break", "a: |+\n  b\n  c", "map[0,13){a@0-1: |b~c@3-13}"},
        {"CRLF", "a: |\r\n  b\r\n  c\r\nd: e\r\n",
         "map[0,20){a@0-1: |b~c~@3-14, d@16-17: e@19-20}"},
        {"an anchor and a tag", "a: !t &b |\n  c\n", "map[0,14){a@0-1: !t &b |c~@9-14}"},
        {"L: on a line of its own", "a:\n  |-\n  b\n", "map[0,11){a@0-1: |b@5-11}"},
        {"before an end marker", "a: |\n  b\n...\n", "map[0,8){a@0-1: |b~@3-8}"},
        {"as the root, before an end marker", "--- |\na\n...\n", "|a~@4-7"},
        {"as the root, with a line of dashes", "--- |\n----\n...a\n", "|----~...a~@4-15"},
        {"lone CR", "a: |\r  b\r\r  c\rd: e\r", "map[0,18){a@0-1: |b~~c~@3-13, d@14-15: e@17-18}"},
        {"empty", "a: |\nb: c\n", "map[0,9){a@0-1: |@3-4, b@5-6: c@8-9}"},
        {"empty at the end", "a: >-\n", "map[0,5){a@0-1: >@3-5}"},
        {"empty, keep, at the end", "a: |+\n\n", "map[0,6){a@0-1: |~@3-6}"},
        {"empty, a comment below", "a: |\n# c\n", "map[0,4){a@0-1: |@3-4}"},
        {"empty, in an item, a comment below", "- a: >\n  # c\n- b\n",
         "seq[0,16){map[2,6){a@2-3: >@5-6}, b@15-16}"},
        {"folded, a blank and a deeper line", "a: >\n  x\n\n   y\n",
         "map[0,14){a@0-1: >x~~ y~@3-14}"},
        {"folded, a deeper line at the end", "a: >-\n  x\n\n   y\nb: c\n",
         "map[0,20){a@0-1: >x~~ y@3-15, b@16-17: c@19-20}"},
        {"folded, deeper lines with a blank between", "a: >\n  x\n   y\n\n   z\n  w\n",
         "map[0,23){a@0-1: >x~ y~~ z~w~@3-23}"},
        {"empty, nested: the library swallows what follows", "a:\n  b: |-\n  c: d\n",
         "error 10-11 the parser lost the text from here on"},
    };
    CHECK(rows);
}

static void reads_collections(void **state) {
    (void)state;
    static const Row rows[] = {
        {"nested maps", "a:\n  b: c\nd: e\n",
         "map[0,14){a@0-1: map[5,9){b@5-6: c@8-9}, d@10-11: e@13-14}"},
        {"comments around", "# x\na: # y\n  # z\n  b: c # d\n# e\n",
         "map[4,23){a@4-5: map[19,23){b@19-20: c@22-23}}"},
        {"a sequence", "- a\n-  b\n", "seq[0,8){a@2-3, b@7-8}"},
        {"a sequence in a map", "a:\n  - b\n", "map[0,8){a@0-1: seq[5,8){b@7-8}}"},
        {"an indentless sequence", "a:\n- b\n- c\nd: e\n",
         "map[0,15){a@0-1: seq[3,10){b@5-6, c@9-10}, d@11-12: e@14-15}"},
        {"sequences on one line", "- - a\n  - b\n- c\n",
         "seq[0,15){seq[2,11){a@4-5, b@10-11}, c@14-15}"},
        {"a map in a sequence", "- a: b\n  c: d\n",
         "seq[0,13){map[2,13){a@2-3: b@5-6, c@9-10: d@12-13}}"},
        {"a dash of its own", "-\n  a: b\n", "seq[0,8){map[4,8){a@4-5: b@7-8}}"},
        {"an implied null", "a:\nb: # c\n", "map[0,5){a@0-1: @2-2, b@3-4: @5-5}"},
        {"implied null items", "-\n- a\n- # b\n", "seq[0,7){@1-1, a@4-5, @7-7}"},
        {"G: an empty item of an indentless sequence", "k:\n-\n- x\n",
         "error 5-6 did not find expected node content"},
        {"an explicit key", "? a\n: b\n", "map[0,7){a@2-3: b@6-7}"},
        {"explicit keys without values", "? a\n? b\n", "map[0,7){a@2-3: @3-3, b@6-7: @7-7}"},
        {"an explicit key that is a map", "? a: b\n  c: d\n: e\n",
         "map[0,17){map[2,13){a@2-3: b@5-6, c@9-10: d@12-13}: e@16-17}"},
        {"an explicit key that is a sequence", "? - a\n: - b\n",
         "map[0,11){seq[2,5){a@4-5}: seq[8,11){b@10-11}}"},
        {"an explicit key that is a block scalar", "? |\n  a\n: b\n",
         "map[0,11){|a~@2-7: b@10-11}"},
        {"an empty key", ": a\n", "map[0,3){@0-0: a@2-3}"},
        {"empty keys", "- : a\n  : b\n- ? \n  : c\n",
         "seq[0,22){map[2,11){@2-2: a@4-5, @8-8: b@10-11}, map[14,22){@15-15: c@21-22}}"},
        {"a long key", "? \"a\n  b\"\n: c\n", "map[0,13){\"a b@2-9: c@12-13}"},
        {"a merge key", "<<: *a\n", "map[0,6){<<@0-2: *a@4-6}"},
    };
    CHECK(rows);
}

static void reads_flow(void **state) {
    (void)state;
    static const Row rows[] = {
        {"empty", "a: {}\nb: [ ]\n", "map[0,12){a@0-1: flow map[3,5){}, b@6-7: flow seq[9,12){}}"},
        {"a map", "{a: b, 'c': \"d\"}", "flow map[0,16){a@1-2: b@4-5, 'c@7-10: \"d@12-15}"},
        {"JSON", "{\"a\":\"b\",\"c\":[1,true,null]}",
         "flow map[0,27){\"a@1-4: \"b@5-8, \"c@9-12: flow seq[13,26){1@14-15, true@16-20, "
         "null@21-25}}"},
        {"a trailing comma", "[a, b, ]\n", "flow seq[0,8){a@1-2, b@4-5}"},
        {"keys without values", "{a, b: , c:}\n",
         "flow map[0,12){a@1-2: @2-2, b@4-5: @6-6, c@9-10: @11-11}"},
        {"a single pair", "[a: b, c]\n", "flow seq[0,9){flow map[1,5){a@1-2: b@4-5}, c@7-8}"},
        {"a single pair with a quoted key", "[\"a\":b]\n",
         "flow seq[0,7){flow map[1,6){\"a@1-4: b@5-6}}"},
        {"an explicit pair", "[? a : b]\n", "flow seq[0,9){flow map[1,8){a@3-4: b@7-8}}"},
        {"an explicit key", "{? a : b, ? c}\n", "flow map[0,14){a@3-4: b@7-8, c@12-13: @13-13}"},
        {"a pair of collections", "[{a: b}: [c]]\n",
         "flow seq[0,13){flow map[1,12){flow map[1,7){a@2-3: b@5-6}: flow seq[9,12){c@10-11}}}"},
        {"over lines, with comments", "a: [b, # ]\n  c\n  # d\n  ]\ne: f\n",
         "map[0,29){a@0-1: flow seq[3,24){b@4-5, c@13-14}, e@25-26: f@28-29}"},
        {"J: closed at the parent's column", "a: [\n  b\n]\nc: {\n  d: e\n}\n",
         "map[0,24){a@0-1: flow seq[3,10){b@7-8}, c@11-12: flow map[14,24){d@18-19: e@21-22}}"},
        {"indicators in quotes", "[\"]\", '}']\n", "flow seq[0,10){\"]@1-4, '}@6-9}"},
        {"properties", "[&a !t b, *a]\n", "flow seq[0,13){!t &a b@7-8, *a@10-12}"},
    };
    CHECK(rows);
}

static void reads_properties(void **state) {
    (void)state;
    static const Row rows[] = {
        {"an anchor and an alias", "a: &x b\nc: *x\n",
         "map[0,13){a@0-1: &x b@6-7, c@8-9: *x@11-13}"},
        {"a tag", "a: !!str 1\n", "map[0,10){a@0-1: !!str 1@9-10}"},
        {"a tag with its own address", "a: !<tag:x> 1\n", "map[0,13){a@0-1: !<tag:x> 1@12-13}"},
        {"on a key", "&x a: b\n", "map[0,7){&x a@3-4: b@6-7}"},
        {"an alias as a key", "&x a: b\n*x : c\n", "map[0,14){&x a@3-4: b@6-7, *x@8-10: c@13-14}"},
        {"on a map", "a: &x\n  b: c\n", "map[0,12){a@0-1: &x map[8,12){b@8-9: c@11-12}}"},
        {"on the root", "--- &x !t\na: b\n", "!t &x map[10,14){a@10-11: b@13-14}"},
        {"on a sequence and its item", "&s\n- &i a\n", "&s seq[3,9){&i a@8-9}"},
        {"on an implied null", "a: &x\nb: !t\n", "map[0,11){a@0-1: &x @5-5, b@6-7: !t @11-11}"},
        {"on a quoted text", "a: !t 'b'\n", "map[0,9){a@0-1: !t 'b@6-9}"},
        {"on a flow collection", "a: &x [b]\n", "map[0,9){a@0-1: &x flow seq[6,9){b@7-8}}"},
        {"K: a tag on a line of its own", "a:\n  !t |\n  b\n",
         "error 12-13 invalid value after mapping"},
    };
    CHECK(rows);
}

static void reads_documents(void **state) {
    (void)state;
    static const Row rows[] = {
        {"nothing", "", "empty"},
        {"blank lines", " \n\n\t\n", "empty"},
        {"comments", "# a\n\n  # b", "empty"},
        {"a marker alone", "---\n", "@3-3"},
        {"a marker", "--- # a\na: b\n", "map[8,12){a@8-9: b@11-12}"},
        {"content on the marker line", "--- [a]\n", "flow seq[4,7){a@5-6}"},
        {"a text on the marker line", "--- 'a'\n", "'a@4-7"},
        {"directives", "%YAML 1.2\n# c\n%TAG ! x:\n--- a\n", "a@28-29"},
        {"an end marker", "a: b\n...\n", "map[0,4){a@0-1: b@3-4}"},
        {"a byte order mark",
         "\xEF\xBB\xBF"
         "a: b\n",
         "map[3,7){a@3-4: b@6-7}"},
        {"a byte order mark and a block scalar",
         "\xEF\xBB\xBF"
         "a: |\n  b\nc: d\n",
         "map[3,16){a@3-4: |b~@6-11, c@12-13: d@15-16}"},
        {"no final line break", "a: b", "map[0,4){a@0-1: b@3-4}"},
        {"CRLF", "a: b\r\nc:\r\n- d\r\n", "map[0,13){a@0-1: b@3-4, c@6-7: seq[10,13){d@12-13}}"},
        {"lone CR", "a: b\rc: # x\r- d\r", "map[0,15){a@0-1: b@3-4, c@5-6: seq[12,15){d@14-15}}"},
        {"indented", "  a: b\n  c: d\n", "map[2,13){a@2-3: b@5-6, c@9-10: d@12-13}"},
        {"an item of a List", "  - a: b\n    c: |\n      d\n",
         "seq[2,25){map[4,25){a@4-5: b@7-8, c@13-14: |d~@16-25}}"},
    };
    CHECK(rows);
}

static void says_where_it_is_no_yaml(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a bracket that is not closed", "a: [b\n",
         "error 6-6 flow sequence without a closing bracket"},
        {"a bracket that was not opened", "a: b]\nc: ]\n",
         "error 9-10 flow sequence with invalid extra closing bracket"},
        {"a quote that is not closed", "a: b\nc: \"d\n",
         "error 9-10 double-quoted scalar without closing quote"},
        {"text behind a quote", "a: \"b\" c\n",
         "error 7-8 invalid trailing content after double-quoted scalar"},
        {"a map in a text", "a: b: c\n", "error 4-5 invalid nested block mapping on the same line"},
        {"less indentation", "a:\n    b: c\n  d: e\n",
         "error 14-15 invalid indentation in mapping"},
        {"a tab as indentation", "a:\n\tb: c\n",
         "error 3-4 tab character may not be used as indentation"},
        {"no colon", "a: b\nc\nd: e\n", "error 5-6 could not find expected ':'"},
        {"a wrong escape", "a: \"\\q\"\n", "error 4-5 invalid escape 'q' in double-quoted string"},
        {"behind other characters", "\xC3\xA9: \xE2\x82\xAC \xC3\xA9: b\n",
         "error 10-11 invalid nested block mapping on the same line"},
        {"a reserved character", "a: @b\n", "error 3-4 plain scalar cannot start with '@'"},
        {"behind CRLF", "a: b\r\nc: d\r\ne: [\r\n",
         "error 18-18 flow sequence without a closing bracket"},
        {"behind lone CR", "a: b\rc: d\re: f: g\r",
         "error 14-15 invalid nested block mapping on the same line"},
        {"behind a byte order mark",
         "\xEF\xBB\xBF"
         "a: b: c\n",
         "error 7-8 invalid nested block mapping on the same line"},
        {"two documents", "a: b\n---\nc: d\n", "error 5-6 a second document starts here"},
        {"text behind an end marker", "a: b\n... c\n",
         "error 9-10 invalid content after document end marker"},
        {"a directive without a document", "%YAML 1.2\n",
         "error 10-10 stream with directives without content"},
        {"an unknown tag handle", "a: !x!y b\n", "error 3-4 undefined tag prefix"},
        {"a block scalar with less indentation", "a: |\n   b\n  c\n",
         "error 12-13 invalid value after mapping"},
        {"a tab that makes the library crash", "? a:\t?",
         "error 4-5 a tab may not stand in front of an indicator"},
        {"a tab behind a colon in a nested explicit key", "x:\n  ? a: \t- b\n",
         "error 10-11 a tab may not stand in front of an indicator"},
        {"no explicit key, the library itself complains", "a:\t- b\n",
         "error 3-4 block sequence on the same line as a mapping key"},
        {"tabs in an explicit key", "? a:\tb\n:\tc\n", "map[0,10){map[2,6){a@2-3: b@5-6}: c@9-10}"},
    };
    CHECK(rows);
}

/* ---- texts that are too much ---- */

static void check_built(const char *name, Buf *text, const char *want) {
    Row row = {name, buf_cstr(text), want};
    check_row(&row);
    buf_release(text);
}

static void add_times(Buf *out, const char *part, size_t count) {
    while (count--) buf_add(out, str_from(part));
}

static void stops_at_limits(void **state) {
    (void)state;
    Buf text = {0};
    add_times(&text, "[", LIMIT_DEPTH + 1);
    add_times(&text, "]", LIMIT_DEPTH + 1);
    check_built("too deep in brackets", &text, "error 513-514 (limit) nested too deep");
    add_times(&text, "- ", LIMIT_DEPTH + 1);
    check_built("too deep in dashes", &text, "error 1023-1024 (limit) nested too deep");
    add_times(&text, "[", 100000);
    check_built("far too deep", &text, "error 513-514 (limit) nested too deep");
    add_times(&text, "a: |\n", 1);
    add_times(&text, "\n", LIMIT_BLANK_LINES + 1);
    check_built("blank lines", &text, "error 20005-20006 (limit) too many blank lines in a row");
    add_times(&text, "a: |\n", 1);
    add_times(&text, " \r\n", LIMIT_BLANK_LINES + 1);
    check_built("blank lines, CRLF", &text,
                "error 60005-60006 (limit) too many blank lines in a row");
    add_times(&text, "a: |\r", 1);
    add_times(&text, "\r", LIMIT_BLANK_LINES + 1);
    check_built("blank lines, CR", &text,
                "error 20005-20006 (limit) too many blank lines in a row");
    add_times(&text, "a: |\n", 1);
    add_times(&text, "\t\n", LIMIT_BLANK_LINES + 1);
    check_built("blank lines, tabs", &text,
                "error 5-6 invalid tab character as indent instead of space");
    add_times(&text, "#\n", LIMIT_LINES + 1);
    check_built("lines", &text, "error 2000000-2000001 (limit) too many lines in one document");
    add_times(&text, "#\r", LIMIT_LINES + 1);
    check_built("lines, CR", &text, "error 2000000-2000001 (limit) too many lines in one document");
}

static void reads_up_to_the_limits(void **state) {
    (void)state;
    Buf text = {0};
    add_times(&text, "#\n", LIMIT_LINES - 1);
    add_times(&text, "a", 1);
    check_built("lines", &text, "a@1999998-1999999");
    add_times(&text, "\n", LIMIT_BLANK_LINES);
    add_times(&text, "a", 1);
    check_built("blank lines", &text, "a@20000-20001");
    Arena arena = {0};
    Document d;
    add_times(&text, "- ", LIMIT_DEPTH);
    add_times(&text, "a\n", 1);
    assert_true(document_parse(&arena, buf_str(&text), &d));
    buf_release(&text);
    arena_release(&arena);
}

/* Marks beyond 65,535 lines and columns are exact. */
static void reads_large_documents(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Document d;
    add_times(&text, "- a: b\n", 70000);
    assert_true(document_parse(&arena, buf_str(&text), &d));
    assert_int_equal(d.root->count, 70000);
    assert_int_equal(d.root->last->first->span.start, 69999 * 7 + 5);
    buf_clear(&text);
    buf_add(&text, STR("["));
    add_times(&text, "a, ", 70000);
    buf_add(&text, STR("\"\xC3\xA9\"]\n"));
    assert_true(document_parse(&arena, buf_str(&text), &d));
    assert_int_equal(d.root->last->span.start, 1 + 70000 * 3);
    assert_int_equal(d.root->last->span.end, 1 + 70000 * 3 + 4);
    buf_clear(&text);
    add_times(&text, "a: b\n", 1);
    add_times(&text, "# c\n", 70000);
    add_times(&text, "d: e: f\n", 1);
    assert_false(document_parse(&arena, buf_str(&text), &d));
    assert_true(d.error.span.start >= 5 + 70000 * 4);
    buf_release(&text);
    arena_release(&arena);
}

static void refuses_what_is_too_large(void **state) {
    (void)state;
    Arena arena = {0};
    Document d;
    char *bytes = mem_zero(LIMIT_DOCUMENT + 1);
    assert_false(document_parse(&arena, (Str){bytes, LIMIT_DOCUMENT + 1}, &d));
    assert_true(d.error.limit);
    assert_int_equal(d.error.message.len, strlen("too large"));
    free(bytes);
    arena_release(&arena);
}

/* ---- nothing is ever printed to standard error ---- */

static int error_before = -1, error_file = -1;

static int watch_standard_error(void **state) {
    (void)state;
    char path[] = "/tmp/unstale-parse-test-XXXXXX";
    error_file = mkstemp(path);
    error_before = dup(STDERR_FILENO);
    unlink(path);
    return error_file < 0 || dup2(error_file, STDERR_FILENO) < 0;
}

static off_t printed(void) {
    struct stat st;
    return fstat(error_file, &st) == 0 ? st.st_size : -1;
}

static void printed_nothing(void **state) {
    (void)state;
    assert_int_equal(printed(), 0);
}

/* What other tests printed to it is shown. */
static int restore_standard_error(void **state) {
    (void)state;
    char text[4096];
    ssize_t got;
    dup2(error_before, STDERR_FILENO);
    for (off_t at = 0; (got = pread(error_file, text, sizeof text, at)) > 0; at += got)
        if (write(STDERR_FILENO, text, (size_t)got) < 0) break;
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_scalars),
        cmocka_unit_test(reads_block_scalars),
        cmocka_unit_test(reads_collections),
        cmocka_unit_test(reads_flow),
        cmocka_unit_test(reads_properties),
        cmocka_unit_test(reads_documents),
        cmocka_unit_test(says_where_it_is_no_yaml),
        cmocka_unit_test(stops_at_limits),
        cmocka_unit_test(reads_up_to_the_limits),
        cmocka_unit_test(reads_large_documents),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(printed_nothing),
    };
    return cmocka_run_group_tests(tests, watch_standard_error, restore_standard_error);
}
