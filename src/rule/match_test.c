/* Rules' questions, with templates in the way. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/match.h"

#include "base/buf.h"
#include "rule/load.h"
#include "rule/set.h"
#include "yaml/parse.h"

/* A rule about kind X whose `where` is given, as a set of one. */
typedef struct Fixture {
    Arena arena;
    RuleSet set;
    Regex **regexes;
    Matcher matcher;
} Fixture;

static void fixture_open(Fixture *f, const char *name, const char *resource) {
    *f = (Fixture){0};
    Error err = {""};
    Rule rule;
    Str text = str_format(&f->arena,
                          "id: A1\nname: a\nsummary: s\nseverity: note\ntargets: {p: '*'}\n"
                          "match: {resource: {kind: X%s}}\nmessage: m\nwhy: w\n",
                          resource);
    if (!rule_parse(&f->arena, STR("r.yaml"), STR("p"), text, &rule, &err) ||
        !rule_set_build(&f->arena, &rule, 1, &f->set, &err)) {
        fail_msg("%s: %s", name, err.text);
    }
    f->regexes = rule_regexes_new(&f->set);
    f->matcher = (Matcher){.regexes = f->regexes, .scratch = regex_scratch_new()};
}

static void fixture_close(Fixture *f) {
    rule_regexes_free(&f->set, f->regexes);
    regex_scratch_free(f->matcher.scratch);
    arena_release(&f->arena);
}

static const char *kleene_name(Kleene k) {
    return k == YES ? "YES" : k == NO ? "NO" : "UNKNOWN";
}

#define JOINS "{path: id, joins: [m, a, n], with: '-'}"
#define ITEMS "c: [{n: a, v: 1}, {n: b, v: 2}, {n: d}]\n"

static void judges(void **state) {
    (void)state;
    static const struct {
        const char *name, *ask, *yaml;
        Kleene want;
    } rows[] = {
        {"exists", "{path: a, exists: true}", "a: 1\n", YES},
        {"exists, a map", "{path: a, exists: true}", "a: {}\n", YES},
        {"exists, not there", "{path: a, exists: true}", "b: 1\n", NO},
        {"exists, null", "{path: a, exists: true}", "a:\n", NO},
        {"exists, the text null", "{path: a, exists: true}", "a: 'null'\n", YES},
        {"exists, empty text", "{path: a, exists: true}", "a: ''\n", YES},
        {"exists, template", "{path: a, exists: true}", "a: {{ .x }}\n", UNKNOWN},
        {"exists, map with a template", "{path: a, exists: true}", "a: {b: '{{ .x }}'}\n", YES},
        {"exists, hidden", "{path: a, exists: true}", "b: 1\n{{ .more }}\n", UNKNOWN},
        {"exists, alias", "{path: a, exists: true}", "b: &x 1\na: *x\n", YES},
        {"exists, alias of null", "{path: a, exists: true}", "b: &x\na: *x\n", NO},
        {"exists, merged", "{path: a, exists: true}", "<<: {a: 1}\n", YES},
        {"absent", "{path: a, exists: false}", "b: 1\n", YES},
        {"absent, null", "{path: a, exists: false}", "a: ~\n", YES},
        {"absent, there", "{path: a, exists: false}", "a: 1\n", NO},
        {"absent, template", "{path: a, exists: false}", "a: {{ .x }}\n", UNKNOWN},
        {"absent, one of several", "{path: 'c[*].v', exists: false}", ITEMS, NO},
        {"equals", "{path: a, equals: x}", "a: x\n", YES},
        {"equals, another", "{path: a, equals: x}", "a: y\n", NO},
        {"equals, one of", "{path: a, equals: [x, y]}", "a: \"y\"\n", YES},
        {"equals, absent", "{path: a, equals: x}", "b: x\n", NO},
        {"equals, a map", "{path: a, equals: x}", "a: {x: x}\n", NO},
        {"equals, template", "{path: a, equals: x}", "a: {{ .x }}\n", UNKNOWN},
        {"equals, part template", "{path: a, equals: x}", "a: x-{{ .x }}\n", UNKNOWN},
        {"equals, any item", "{path: 'c[*].n', equals: b}", ITEMS, YES},
        {"equals, no item", "{path: 'c[*].n', equals: z}", ITEMS, NO},
        {"equals, item or template", "{path: 'c[*]', equals: b}", "c: [{{ .x }}, b]\n", YES},
        {"equals, template among items", "{path: 'c[*]', equals: z}", "c: [{{ .x }}, b]\n",
         UNKNOWN},
        {"item where", "{path: 'c[n=b].v', equals: '2'}", ITEMS, YES},
        {"item where, another", "{path: 'c[n=a].v', equals: '2'}", ITEMS, NO},
        {"item where, template", "{path: 'c[n=b].v', equals: '2'}", "c: [{n: {{ .x }}, v: 2}]\n",
         UNKNOWN},
        {"each value", "{path: 'a.*', equals: y}", "a: {b: x, c: y}\n", YES},
        {"matches", "{path: a, matches: '^x+$'}", "a: xxx\n", YES},
        {"matches, not", "{path: a, matches: '^x+$'}", "a: xyx\n", NO},
        {"matches, template", "{path: a, matches: x}", "a: x{{ .x }}\n", UNKNOWN},
        {"key", "{path: a.*, key: ^x}", "a: {bx: 1, xb: {c: 2}}\n", YES},
        {"key, none", "{path: a.*, key: ^x}", "a: {bx: x}\n", NO},
        {"key, of the whole", "{path: '', key: .}", "a: b\n", NO},
        {"key, of an item", "{path: 'a[*]', key: .}", "a: [b]\n", NO},
        {"key, template", "{path: a.*, key: ^x}", "a: {x{{ .x }}: b}\n", UNKNOWN},
        {"key, anchored", "{path: a.*, key: ^x}", "a: {x: &y b}\n", UNKNOWN},
        {"one node", "{path: 'c[*]', where: [{path: n, equals: b}, {path: v, equals: '2'}]}", ITEMS,
         YES},
        {"one node, not two",
         "{path: 'c[*]', where: [{path: n, equals: a}, {path: v, equals: '2'}]}", ITEMS, NO},
        {"one node, none", "{path: d, where: {not: {path: n, equals: a}}}", ITEMS, NO},
        {"one node, alias", "{path: b, where: {path: c, equals: '1'}}", "a: &x {c: 1}\nb: *x\n",
         YES},
        {"one node, template", "{path: 'c[*]', where: {path: n, equals: b}}",
         "c: [{n: {{ .x }}}]\n", UNKNOWN},
        {"one node, hidden", "{path: a, where: {path: n, equals: b}}", "b: 1\n{{ .more }}\n",
         UNKNOWN},
        {"no node", "{not: {path: 'c[*]', where: {path: n, equals: z}}}", ITEMS, YES},
        {"type, number", "{path: a, type: number}", "a: 40.00\n", YES},
        {"type, hexadecimal", "{path: a, type: number}", "a: 0x1f\n", YES},
        {"type, quoted", "{path: a, type: number}", "a: '40'\n", NO},
        {"type, tagged", "{path: a, type: number}", "a: !!str 40\n", NO},
        {"type, text", "{path: a, type: text}", "a: '40'\n", YES},
        {"type, boolean", "{path: a, type: boolean}", "a: yes\n", YES},
        {"type, null", "{path: a, type: 'null'}", "a: ~\n", YES},
        {"type, a map", "{path: a, type: text}", "a: {}\n", NO},
        {"type, template", "{path: a, type: number}", "a: {{ .x }}\n", UNKNOWN},
        {"joins", JOINS, "id: m/n-H100-2\nm: m/n\na: H100\nn: 2\n", YES},
        {"joins, another text", JOINS, "id: m/n-A100-2\nm: m/n\na: H100\nn: 2\n", NO},
        {"joins, more text", JOINS, "id: m/n-H100-22\nm: m/n\na: H100\nn: 2\n", NO},
        {"joins, less text", JOINS, "id: m/n-H100\nm: m/n\na: H100\nn: 2\n", NO},
        {"joins, nothing between", JOINS, "id: mH2\nm: m\na: H\nn: 2\n", NO},
        {"joins, quoted", JOINS, "id: 'm-H-2'\nm: \"m\"\na: H\nn: '2'\n", YES},
        {"joins, one missing", JOINS, "id: x\nm: m\nn: 2\n", UNKNOWN},
        {"joins, one empty", JOINS, "id: x\nm: m\na: ''\nn: 2\n", UNKNOWN},
        {"joins, one is a map", JOINS, "id: x\nm: m\na: {b: c}\nn: 2\n", UNKNOWN},
        {"joins, one from a template", JOINS, "id: x\nm: m\na: {{ .a }}\nn: 2\n", UNKNOWN},
        {"joins, from a template", JOINS, "id: {{ .i }}\nm: m\na: H\nn: 2\n", UNKNOWN},
        {"joins, absent", JOINS, "m: m\na: H\nn: 2\n", NO},
        {"joins, of one", "{path: b, joins: [a]}", "a: x\nb: x\n", YES},
        {"less", "{path: a, less: 3}", "a: 2\n", YES},
        {"less, equal", "{path: a, less: 3}", "a: 3\n", NO},
        {"less, quoted", "{path: a, less: 3}", "a: '2.5'\n", YES},
        {"less, no number", "{path: a, less: 3}", "a: few\n", NO},
        {"less, template", "{path: a, less: 3}", "a: {{ .x }}\n", UNKNOWN},
        {"greater", "{path: a, greater: -1}", "a: 0\n", YES},
        {"greater, equal", "{path: a, greater: 0}", "a: 0\n", NO},
        {"count", "{path: 'c[*]', count: '>=3'}", ITEMS, YES},
        {"count, fewer", "{path: 'c[*]', count: '>=4'}", ITEMS, NO},
        {"count, none", "{path: 'd[*]', count: '>=1'}", ITEMS, NO},
        {"all", "[{path: a, equals: x}, {path: b, equals: y}]", "a: x\nb: y\n", YES},
        {"all, one not", "[{path: a, equals: x}, {path: b, equals: y}]", "a: x\nb: z\n", NO},
        {"all, unknown", "{all: [{path: a, equals: x}, {path: b, equals: y}]}",
         "a: x\nb: {{ .b }}\n", UNKNOWN},
        {"all, unknown and not", "{all: [{path: a, equals: x}, {path: b, equals: y}]}",
         "a: {{ .a }}\nb: z\n", NO},
        {"any", "{any: [{path: a, equals: x}, {path: b, equals: y}]}", "a: z\nb: y\n", YES},
        {"any, none", "{any: [{path: a, equals: x}, {path: b, equals: y}]}", "a: z\n", NO},
        {"any, unknown", "{any: [{path: a, equals: x}, {path: b, equals: y}]}", "a: {{ .a }}\n",
         UNKNOWN},
        {"any, unknown and yes", "{any: [{path: a, equals: x}, {path: b, equals: y}]}",
         "a: {{ .a }}\nb: y\n", YES},
        {"not", "{not: {path: a, equals: x}}", "a: y\n", YES},
        {"not unknown", "{not: {path: a, equals: x}}", "a: {{ .a }}\n", UNKNOWN},
        {"not not", "{not: {not: {path: a, equals: x}}}", "a: x\n", YES},
        {"not all", "{not: [{path: a, equals: x}, {path: b, exists: true}]}", "a: x\n", YES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f;
        Buf where = {0};
        buf_addf(&where, ", where: %s", rows[i].ask);
        fixture_open(&f, rows[i].name, buf_cstr(&where));
        Document doc;
        if (!document_parse(&f.arena, str_from(rows[i].yaml), &doc)) {
            fail_msg("%s: " STR_FMT, rows[i].name, STR_ARG(doc.error.message));
        }
        Kleene got = ask_judge(f.set.rules[0].resource.where, doc.root, &f.matcher);
        if (got != rows[i].want) fail_msg("%s: got %s", rows[i].name, kleene_name(got));
        buf_release(&where);
        fixture_close(&f);
    }
}

static void counts_what_is_hidden_as_unknown(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f, "count", ", where: {path: 'c[*]', count: '>=2'}");
    Document doc;
    assert_true(document_parse(&f.arena, STR("c:\n  - a\n  {{ .more }}\n"), &doc));
    assert_int_equal(ask_judge(f.set.rules[0].resource.where, doc.root, &f.matcher), UNKNOWN);
    fixture_close(&f);
}

static void says_when_steps_ran_out(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f, "steps", ", where: {path: a, matches: '^(?:b|bb)+$'}");
    Buf yaml = {0};
    buf_addf(&yaml, "a: ");
    buf_add_repeat(&yaml, 'b', 60);
    buf_addf(&yaml, "!\n");
    Document doc;
    assert_true(document_parse(&f.arena, buf_str(&yaml), &doc));
    assert_int_equal(ask_judge(f.set.rules[0].resource.where, doc.root, &f.matcher), UNKNOWN);
    assert_true(f.matcher.limit_hit);
    buf_release(&yaml);
    fixture_close(&f);
}

static void matches_identities(void **state) {
    (void)state;
    static const struct {
        const char *name, *resource, *yaml;
        Kleene want;
    } rows[] = {
        {"kind", "", "apiVersion: v1\nkind: X\n", YES},
        {"another kind", "", "apiVersion: v1\nkind: XList\n", NO},
        {"kinds are exact", "", "apiVersion: v1\nkind: x\n", NO},
        {"group", ", group: a.b", "apiVersion: a.b/v1\nkind: X\n", YES},
        {"another group", ", group: a.b", "apiVersion: b.a.b/v1\nkind: X\n", NO},
        {"core group", ", group: ''", "apiVersion: v1\nkind: X\n", YES},
        {"not the core group", ", group: ''", "apiVersion: a/v1\nkind: X\n", NO},
        {"version", ", version: [v1, v2]", "apiVersion: a/v2\nkind: X\n", YES},
        {"another version", ", version: [v1, v2]", "apiVersion: a/v2beta1\nkind: X\n", NO},
        {"name", ", name: 'a-*'", "apiVersion: v1\nkind: X\nmetadata: {name: a-b}\n", YES},
        {"another name", ", name: 'a-*'", "apiVersion: v1\nkind: X\nmetadata: {name: b-a}\n", NO},
        {"no name", ", name: 'a-*'", "apiVersion: v1\nkind: X\n", NO},
        {"template for a name", ", name: 'a-*'",
         "apiVersion: v1\nkind: X\nmetadata: {name: 'a-{{ .x }}'}\n", NO},
        {"where", ", where: {path: a, exists: true}", "apiVersion: v1\nkind: X\na: 1\n", YES},
        {"where not", ", where: {path: a, exists: true}", "apiVersion: v1\nkind: X\n", NO},
        {"where unknown", ", where: {path: a, equals: b}", "apiVersion: v1\nkind: X\na: {{ .a }}\n",
         UNKNOWN},
        {"where is not asked of others", ", where: {path: a, equals: b}",
         "apiVersion: v1\nkind: Y\na: {{ .a }}\n", NO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f;
        fixture_open(&f, rows[i].name, rows[i].resource);
        Document doc;
        Identity identity;
        assert_true(document_parse(&f.arena, str_from(rows[i].yaml), &doc));
        assert_true(identity_from_tree(doc.root, &identity));
        Kleene got = resource_matches(&f.set.rules[0].resource, &identity, doc.root, &f.matcher);
        if (got != rows[i].want) fail_msg("%s: got %s", rows[i].name, kleene_name(got));
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(counts_what_is_hidden_as_unknown),
        cmocka_unit_test(says_when_steps_ran_out),
        cmocka_unit_test(matches_identities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
