/* From files to what a sink gets: every row is a file, cut as a scan cuts it, judged with a few
 * small rules, with and without the gate. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/cutter.h"
#include "rule/judge.h"
#include "rule/load.h"
#include "rule/set.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- the rules ---- */

#define RULE(number, match, message)                                                               \
    "id: T" number "\nname: t" number "\nsummary: s\nseverity: error\ntargets: {t: '*'}\n"         \
    "match: " match "\nmessage: '" message "'\nwhy: w\n"

static const char *const rule_texts[] = {
    RULE("001", "{resource: {group: old.io, kind: Old}}", "{kind}"),
    RULE("002", "{resource: {kind: Part}, each: 'spec.parts[*].name'}", "{path} {path:spec.x}"),
    RULE(
        "003",
        "{resource: {kind: Part}, each: spec.ref, refers: {to: {kind: Thing, where: {path: spec.v, "
        "exists: true}}}}",
        "{value}"),
    RULE("005",
         "{resource: {kind: Part}, each: {path: 'spec.rules[*]', where: {path: a, equals: x}, "
         "each: [{path: 'b[*]', where: {path: '', matches: ^y}}, "
         "{path: c.*, where: {path: '', key: ^k}}]}}",
         "{path}"),
    RULE("010",
         "{resource: {kind: Part}, each: [{path: 'spec.run[*]', find: '(?<!-)({name}-0)'}, "
         "{path: 'spec.run[*]', find: '\\$(R)'}]}",
         "{value}"),
    RULE("006",
         "{resource: {kind: Kustomization}, each: {path: 'resources[*]', where: {path: '', equals: "
         "old.yaml}}}\nliterals: [old.yaml]",
         "{kind}"),
    RULE("009",
         "{resource: {kind: Query}, each: {path: spec.q, promql: {metrics: [m_a, m_b], label: v}}, "
         "refers: {to: {kind: Stuff}, by: [spec.n, metadata.name], none: true, instead: spec.w}}",
         "{value}"),
    RULE("011",
         "{resource: {kind: Query}, each: {path: spec.own, find: '^(?!{name}$)', promql: {metrics: "
         "[m_a], label: v}}}",
         "{value}"),
    RULE("008",
         "{document: {files: ['*.json'], where: {path: panels, exists: true}}, "
         "each: {path: '**', promql: {metrics: [m_a]}}}\nliterals: [m_a]",
         "{value}"),
    RULE("004", "{text: '\\b(oldctl) get', files: ['*.sh', '*.md', ci.yaml]}\nliterals: [oldctl]",
         "{match}"),
};

enum { OWN_RULES = sizeof rule_texts / sizeof *rule_texts };

static struct {
    Arena arena;
    RuleSet set;
    Regex **regexes;
    Judge *judge;
    uint64_t *active; /* own rules and built-in ones about input, nothing else */
} with;

static int load(void **state) {
    (void)state;
    Rule rules[OWN_RULES];
    RuleSet own;
    Error err = {""};
    for (size_t i = 0; i < OWN_RULES; i++)
        if (!rule_parse(&with.arena, STR("r.yaml"), STR("t"), str_from(rule_texts[i]), &rules[i],
                        &err))
            fail_msg("%s", err.text);
    if (!rule_set_build(&with.arena, rules, OWN_RULES, &own, &err) ||
        !rule_set_merge(&with.arena, &builtin_rules, &own, &with.set, &err))
        fail_msg("%s", err.text);
    with.regexes = rule_regexes_new(&with.set);
    with.judge = judge_new(&with.set, with.regexes);
    with.active = arena_array(&with.arena, uint64_t, LITERAL_WORDS(with.set.count));
    for (size_t i = 0; i < with.set.count; i++) {
        const Rule *rule = &with.set.rules[i];
        if (rule->match == MATCH_BUILTIN || str_eq(rule->pack, STR("t")))
            with.active[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return 0;
}

static int unload(void **state) {
    (void)state;
    judge_free(with.judge);
    rule_regexes_free(&with.set, with.regexes);
    arena_release(&with.arena);
    return 0;
}

/* ---- a sink that prints, a line for each thing ---- */

typedef struct Printer {
    Buf out;
    uint32_t objects;
} Printer;

static uint32_t print_object(void *context, const Identity *id, Offset offset, bool listed) {
    Printer *p = context;
    buf_addf(&p->out, "object " STR_FMT " " STR_FMT "/" STR_FMT " @%u%s\n", STR_ARG(id->kind),
             STR_ARG(id->namespace), STR_ARG(id->name), (unsigned)offset, listed ? " listed" : "");
    return p->objects++;
}

static void print_text(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) buf_add_char(out, text.data[i] ? text.data[i] : '|');
}

static void print_sighting(void *context, const Sighting *s) {
    Printer *p = context;
    static const char *const severities[] = {"note ", "warning ", ""};
    buf_addf(&p->out, "%s" STR_FMT " %u:%u+%u", severities[s->severity], STR_ARG(s->rule->id),
             s->place.line, s->place.column, s->place.length);
    if (s->object != UINT32_MAX) buf_addf(&p->out, " #%u", s->object);
    if (s->resource) buf_addf(&p->out, " " STR_FMT, STR_ARG(s->resource->name));
    if (s->path.len) buf_addf(&p->out, " " STR_FMT, STR_ARG(s->path));
    buf_addf(&p->out, " '" STR_FMT "'", STR_ARG(s->value));
    if (s->holes.len)
        buf_add(&p->out, STR(" {")), print_text(&p->out, s->holes), buf_add(&p->out, STR("}"));
    if (s->refers) buf_add(&p->out, STR(" refers"));
    if (s->replace == REPLACE_APART) buf_add(&p->out, STR(" apart"));
    if (s->carrier)
        buf_addf(&p->out, " in " STR_FMT " %u:%u", STR_ARG(s->carrier->name), s->carrier_place.line,
                 s->carrier_place.column);
    if (s->ignored_because.len)
        buf_addf(&p->out, " ignored: " STR_FMT, STR_ARG(s->ignored_because));
    buf_add_char(&p->out, '\n');
}

static void print_subject(void *context, const SightedSubject *s) {
    Printer *p = context;
    buf_addf(&p->out, "subject " STR_FMT " " STR_FMT " %u:%u", STR_ARG(s->rule->id),
             STR_ARG(s->id->name), s->place.line, s->place.column);
    if (!str_eq(s->named, s->id->name)) buf_addf(&p->out, " by " STR_FMT, STR_ARG(s->named));
    if (s->instead.len) buf_addf(&p->out, " or " STR_FMT, STR_ARG(s->instead));
    buf_add_char(&p->out, '\n');
}

static void print_suppression(void *context, const FoundComment *c, Place place) {
    Printer *p = context;
    static const char *const standings[] = {"", "unsure ", "in a script ", "never "};
    buf_addf(&p->out, "%s%s %u:%u [" STR_FMT "]\n", standings[c->standing],
             c->own_line ? "alone" : "behind", place.line, place.column, STR_ARG(c->text));
}

static void print_kustomization(void *context, const Document *doc) {
    Printer *p = context;
    Str namespace = node_text(node_child(doc->root, STR("namespace")));
    buf_addf(&p->out, "kustomization " STR_FMT "\n", STR_ARG(namespace));
}

static void print_broken(void *context, uint32_t document) {
    Printer *p = context;
    buf_addf(&p->out, "broken %u\n", document);
}

/* ---- a file, judged ---- */

typedef struct Row {
    const char *name, *path, *text, *want;
} Row;

enum { STRICT = 1, NO_GATE = 2, FACTS_ONLY = 4, WHOLE = 8 };

static void judge_batch(Printer *p, const Batch *batch, Str path, int how) {
    Task task = {.path = path,
                 .family = family_of(path),
                 .active = with.active,
                 .strict = how & STRICT,
                 .no_gate = how & NO_GATE,
                 .facts_only = how & FACTS_ONLY,
                 .list_api_version = batch->list_api_version,
                 .list_kind = batch->list_kind};
    Sink sink = {p,
                 print_object,
                 print_sighting,
                 print_subject,
                 print_suppression,
                 print_kustomization,
                 print_broken};
    for (size_t i = 0; i < batch->pieces.len; i++)
        judge_piece(with.judge, &task, &batch->pieces.items[i], &sink);
}

static void judge_text(Printer *p, const char *path, Str text, int how) {
    Source source = {.kind = SOURCE_SPOOL, .spool = memfd_create("judge_test", MFD_CLOEXEC)};
    source.size = text.len;
    assert_int_equal(write(source.spool, text.data, text.len), text.len);
    Error err = {""};
    Reader *reader = reader_open(&source, &err);
    Family family = family_of(str_from(path));
    Cutter *cutter = cutter_new(reader, (CutterOptions){.json = family == FAMILY_JSON,
                                                        .whole = how & WHOLE,
                                                        .single = !family_is_yaml(family)});
    Batch batch = {0};
    while (cutter_batch(cutter, &batch, &err)) judge_batch(p, &batch, str_from(path), how);
    cutter_free(cutter);
    reader_close(reader);
    close(source.spool);
    batch_release(&batch);
}

static void check(const Row *row, int how) {
    Printer p = {0};
    judge_text(&p, row->path, str_from(row->text), how);
    if (!str_eq(buf_str(&p.out), str_from(row->want)))
        fail_msg("%s%s:\n%swant:\n%s", row->name, how & NO_GATE ? ", no gate" : "",
                 buf_cstr(&p.out), row->want);
    buf_release(&p.out);
}

/* Most rows are the same with and without the gate. */
static void check_both(const Row *rows, size_t count, int how) {
    for (size_t i = 0; i < count; i++) {
        check(&rows[i], how);
        check(&rows[i], how | NO_GATE);
    }
}

#define CHECK(rows, how) check_both(rows, sizeof(rows) / sizeof *(rows), how)

#define OLD(indent, name)                                                                          \
    indent "apiVersion: old.io/v1\n" indent "kind: Old\n" indent "metadata:\n" indent              \
           "  name: " name "\n"
#define NEW(indent, name)                                                                          \
    indent "apiVersion: v1\n" indent "kind: New\n" indent "metadata:\n" indent "  name: " name "\n"

static void judges_documents(void **state) {
    (void)state;
    static const Row rows[] = {
        {"nothing", "a.yaml", "", ""},
        {"no resource", "a.yaml", "a: b\n", ""},
        {"another resource", "a.yaml", NEW("", "a"), "object New /a @0\n"},
        {"a hit", "a.yaml", OLD("", "a"),
         "object Old /a @0\n"
         "T001 2:7+3 #0 a kind 'Old'\n"},
        {"a hit behind another document", "a.yaml", NEW("", "a") "---\n" OLD("", "b"),
         "object New /a @0\n"
         "object Old /b @49\n"
         "T001 7:7+3 #1 b kind 'Old'\n"},
        {"another group", "a.yaml", "apiVersion: new.io/v1\nkind: Old\nmetadata: {name: a}\n",
         "object Old /a @0\n"},
        {"the kind in a template", "a.yaml", "apiVersion: old.io/v1\nkind: {{ .kind }} # Old\n",
         ""},
        {"each", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: p}\nspec:\n  x: y\n  parts:\n"
         "  - name: a\n  - name: |\n      b\n  - name: {c: d}\n  - {}\n",
         "object Part /p @0\n"
         "T002 7:11+1 #0 p spec.parts[0].name 'a' {spec.parts[0].name|y}\n"
         "T002 8:5+4 #0 p spec.parts[1].name 'b ' {spec.parts[1].name|y}\n"
         "T002 10:5+4 #0 p spec.parts[2].name '' {spec.parts[2].name|y}\n"},
        {"each, asked", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: p}\nspec:\n  rules:\n"
         "  - {a: x, b: [y1, z, y2]}\n  - {a: z, b: [y3], c: {k: 1}}\n"
         "  - {a: x, b: [\'{{ .x }}\'], c: {k1: 1, l: k, k2: &n 2, l2: *n}}\n",
         "object Part /p @0\n"
         "T005 6:16+2 #0 p spec.rules[0].b[0] 'y1' {spec.rules[0].b[0]}\n"
         "T005 6:23+2 #0 p spec.rules[0].b[2] 'y2' {spec.rules[0].b[2]}\n"
         "T005 8:33+2 #0 p spec.rules[2].c.k1 '1' {spec.rules[2].c.k1}\n"},
        {"each, found", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: p.x}\nspec:\n  run:\n"
         "  - a p.x-0 pyx-0 p.x-0\n  - |\n    a\n    b $R\n  - \"\\x24R {{ .x }} p.x-0\"\n",
         "object Part /p.x @0\n"
         "T010 6:7+5 #0 p.x spec.run[0] 'p.x-0'\n"
         "T010 6:19+5 #0 p.x spec.run[0] 'p.x-0'\n"
         "T010 10:21+5 #0 p.x spec.run[2] 'p.x-0'\n"
         "T010 9:8+1 #0 p.x spec.run[1] 'R'\n"
         "T010 10:10+1 #0 p.x spec.run[2] 'R'\n"},
        {"each, found, without a name", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: '{{ .x }}'}\nspec: {run: [x-0, -0]}\n",
         "object Part / @0\n"},
        {"a kustomization", "kustomization.yaml", "resources: [old.yaml]\n",
         "T006 1:13+8  resources[0] 'old.yaml'\nkustomization \n"},
        {"no kustomization", "a.yaml", "resources: [old.yaml]\n", ""},
        {"refers", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: p}\nspec: {ref: t}\n---\n"
         "apiVersion: v1\nkind: Thing\nmetadata: {name: t}\nspec: {v: 1}\n---\n"
         "apiVersion: v1\nkind: Thing\nmetadata: {name: u}\n",
         "object Part /p @0\n"
         "T003 4:13+1 #0 p spec.ref 't' refers\n"
         "object Thing /t @65\n"
         "subject T003 t 8:18\n"
         "object Thing /u @129\n"},
        {"inside of a text with PromQL", "a.yaml",
         "apiVersion: v1\nkind: Query\nmetadata: {name: p}\nspec:\n  w: x\n  q: |\n"
         "    m_a{v=\"a\", x=\"b\"} +\n    m_b{v=~\"c|d\", v!=\"e\"} + m_c{v=\"f\"}\n---\n"
         "apiVersion: v1\nkind: Query\nmetadata: {name: q}\nspec: {q: \"m_a{v=\\\"\\x61\\\"}\"}\n",
         "object Query /p @0\n"
         "T009 7:12+1 #0 p spec.q 'a' {x} refers\n"
         "T009 8:13+1 #0 p spec.q 'c' {x} refers\n"
         "T009 8:15+1 #0 p spec.q 'd' {x} refers\n"
         "object Query /q @134\n"
         "T009 13:20+1 #1 q spec.q 'a' refers apart\n"},
        {"names that are not its own", "a.yaml",
         "apiVersion: v1\nkind: Query\nmetadata: {name: p}\nspec:\n"
         "  own: m_a{v=\"p\"} + m_a{v=\"pp\"} + m_a{v=~\"p|q\"} + m_a{v!=\"r\"}\n",
         "object Query /p @0\n"
         "T011 5:28+2 #0 p spec.own 'pp'\n"
         "T011 5:45+1 #0 p spec.own 'q'\n"},
        {"named by other texts", "a.yaml",
         "apiVersion: v1\nkind: Stuff\nmetadata: {name: t}\nspec: {n: y, w: x}\n---\n"
         "apiVersion: v1\nkind: Stuff\nmetadata: {name: u}\n",
         "object Stuff /t @0\n"
         "subject T009 t 3:18 by y or x\n"
         "object Stuff /u @70\n"
         "subject T009 u 8:18\n"},
        {"a document", "a.json",
         "{\"panels\": [{\"expr\": \"sum(m_a)\"}], \"x\": {\"y\": \"m_a\"}}\n",
         "T008 1:27+3 panels[0].expr 'm_a'\n"
         "T008 1:48+3 x.y 'm_a'\n"},
        {"a document in another file", "a.yaml", "{\"panels\": [{\"expr\": \"sum(m_a)\"}]}\n", ""},
        {"a document without panels", "a.json", "{\"rows\": [{\"expr\": \"sum(m_a)\"}]}\n", ""},
        {"no document but a resource", "a.json",
         "{\"apiVersion\": \"v1\", \"kind\": \"X\", \"panels\": \"m_a\"}\n", "object X / @0\n"},
        {"JSON", "a.json", "{\"apiVersion\": \"old.io/v1\", \"kind\": \"Old\"}\n",
         "object Old / @0\n"
         "T001 1:37+5 #0  kind 'Old'\n"},
        {"escaped JSON", "a.json", "{\"apiVersion\": \"old.io/v1\", \"kind\": \"Ol\\u0064\"}\n",
         "object Old / @0\n"
         "T001 1:37+10 #0  kind 'Old'\n"},
        {"CRLF", "a.yaml", "# c\r\napiVersion: old.io/v1\r\nkind: Old\r\n",
         "object Old / @5\n"
         "T001 3:7+3 #0  kind 'Old'\n"},
        {"suppressed by an annotation", "a.yaml",
         OLD("", "a") "  annotations: {unstale/ignore: 'T001: later'}\n",
         "object Old /a @0\n"
         "T001 2:7+3 #0 a kind 'Old' ignored: later\n"},
        {"an annotation for nothing", "a.yaml",
         OLD("", "a") "  annotations: {unstale/ignore: 'T002: later'}\n",
         "object Old /a @0\n"
         "T001 2:7+3 #0 a kind 'Old'\n"
         "note UNS008 5:33+13 #0 a metadata.annotations[\"unstale/ignore\"] 'T002'\n"},
        {"an annotation without a reason", "a.yaml",
         OLD("", "a") "  annotations: {unstale/ignore: T001}\n",
         "object Old /a @0\n"
         "note UNS009 5:33+4 #0 a metadata.annotations[\"unstale/ignore\"] 'it gives no reason; "
         "write \"RULE: REASON\"'\n"
         "T001 2:7+3 #0 a kind 'Old'\n"},
        {"comments", "a.yaml",
         "# unstale: ignore[T001] why: x\napiVersion: old.io/v1 # unstale: y\nkind: Old\n",
         "alone 1:1 [ignore[T001] why: x]\n"
         "behind 2:23 [y]\n"
         "object Old / @31\n"
         "T001 3:7+3 #0  kind 'Old'\n"},
    };
    CHECK(rows, 0);
}

static void judges_lists(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a List", "a.yaml",
         "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: New\n  metadata: {name: a}\n"
         "- apiVersion: old.io/v1\n  kind: Old\n  metadata:\n    name: b\nkind: List\n",
         "object New /a @24 listed\n"
         "object Old /b @75 listed\n"
         "T001 7:9+3 #1 b kind 'Old'\n"},
        {"a List in JSON", "a.json",
         "{\"apiVersion\": \"v1\", \"items\": [\n{\"apiVersion\": \"v1\", \"kind\": \"New\"},\n"
         "{\"apiVersion\": \"old.io/v1\", \"kind\": \"Old\", \"metadata\": {\"name\": \"b\"}}],\n"
         "\"kind\": \"List\"}\n",
         "object New / @32 listed\n"
         "object Old /b @69 listed\n"
         "T001 3:37+5 #1 b kind 'Old'\n"},
        {"a typed List", "a.yaml",
         "apiVersion: old.io/v1\nkind: OldList\nitems:\n- metadata: {name: a}\n- metadata:\n"
         "    name: b\n  spec: {}\n",
         "object Old /a @45 listed\n"
         "T001 4:3+8 #0 a metadata ''\n"
         "object Old /b @67 listed\n"
         "T001 5:3+8 #1 b metadata ''\n"},
        {"a typed List of others", "a.yaml",
         "apiVersion: new.io/v1\nkind: NewList\nitems:\n- metadata: {name: Old}\n",
         "object New /Old @45 listed\n"},
        {"a List with an anchor", "a.yaml",
         "apiVersion: v1\nitems:\n- &a\n  apiVersion: old.io/v1\n  kind: Old\n  metadata: {name: "
         "a}\n"
         "- *a\nkind: List\n",
         "object Old /a @29 listed\n"
         "T001 5:9+3 #0 a kind 'Old'\n"},
        {"an item that does not parse", "a.yaml",
         "apiVersion: v1\nitems:\n- apiVersion: old.io/v1\n  kind: Old\n- kind: Old\n  a: [\nkind: "
         "List\n",
         "object Old / @24 listed\n"
         "T001 4:9+3 #0  kind 'Old'\n"
         "broken 0\n"
         "UNS003 6:6+1 'flow sequence without a closing bracket'\n"},
        {"an empty List", "a.yaml", "apiVersion: v1\nitems: []\nkind: List\n", ""},
    };
    CHECK(rows, 0);
}

static void judges_uncut_lists(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a List", "a.yaml",
         "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: New\n  metadata: {name: a}\n"
         "- apiVersion: old.io/v1\n  kind: Old\n  metadata:\n    name: b\n- 3\nkind: List\n",
         "object New /a @24 listed\n"
         "object Old /b @75 listed\n"
         "T001 7:9+3 #1 b kind 'Old'\n"},
        {"a typed List", "a.yaml",
         "apiVersion: old.io/v1\nkind: OldList\nitems:\n- metadata: {name: a}\n- metadata:\n"
         "    name: b\n  spec: {}\n",
         "object Old /a @45 listed\n"
         "object Old /b @67 listed\n"
         "T001 4:3+8 #0 a metadata ''\n"
         "T001 5:3+8 #1 b metadata ''\n"},
        {"a kind that ends like a List", "a.yaml", "apiVersion: v1\nkind: AllowList\nitems: b\n",
         "object AllowList / @0\n"},
    };
    CHECK(rows, WHOLE);
}

#define CARRIER(data) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n" data

static void judges_embedded_manifests(void **state) {
    (void)state;
    static const Row rows[] = {
        {"in a ConfigMap", "a.yaml", CARRIER("data:\n  a.yaml: |\n") OLD("    ", "a"),
         "object ConfigMap /c @0\n"
         "T001 8:11+3 #0 a kind 'Old' in c 6:3\n"},
        {"in a Secret", "a.yaml",
         "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\nstringData:\n  a: |\n" OLD("    ",
                                                                                        "a"),
         "object Secret /c @0\n"
         "T001 7:11+3 #0 *** kind '***' in c 5:3\n"},
        {"two of them", "a.yaml",
         CARRIER("data:\n  a: |\n") OLD("    ", "a") "    ---\n" OLD("    ", "b"),
         "object ConfigMap /c @0\n"
         "T001 8:11+3 #0 a kind 'Old' in c 6:3\n"
         "T001 13:11+3 #0 b kind 'Old' in c 6:3\n"},
        {"that does not parse", "a.yaml", CARRIER("data:\n  a: |\n") OLD("    ", "a") "    b: [\n",
         "object ConfigMap /c @0\n"
         "note UNS003 11:8+1 'flow sequence without a closing bracket'\n"},
        {"silenced by the carrier", "a.yaml",
         CARRIER("  annotations: {unstale/ignore: 'T001: x'}\ndata:\n  a: |\n") OLD("    ", "a"),
         "object ConfigMap /c @0\n"
         "T001 9:11+3 #0 a kind 'Old' in c 7:3 ignored: x\n"},
        {"in an item", "a.yaml",
         "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n"
         "  data:\n    a: |\n" OLD("      ", "a") "kind: List\n",
         "object ConfigMap /c @24 listed\n"
         "T001 9:13+3 #0 a kind 'Old' in c 7:5\n"},
    };
    CHECK(rows, 0);
}

static void judges_markdown(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a fence", "a.md", "# Old\n\n```yaml\n" OLD("", "a") "```\n", "T001 5:7+3 a kind 'Old'\n"},
        {"a fence of another language", "a.md", "```go\n" OLD("", "a") "```\n", ""},
        {"a fence without a language", "a.md", "```\n" OLD("", "a") "```\n",
         "T001 3:7+3 a kind 'Old'\n"},
        {"prose", "a.md", OLD("", "a"), ""},
        {"in a list item, two documents", "a.md",
         "- b\n\n  ```yaml\n" OLD("  ", "a") "  ---\n" OLD("  ", "b") "  ```\n",
         "T001 5:9+3 a kind 'Old'\n"
         "T001 10:9+3 b kind 'Old'\n"},
        {"a placeholder", "a.md", "```yaml\n" OLD("", "<name>") "```\n",
         "T001 3:7+3 <name> kind 'Old'\n"},
        {"a broken example", "a.md", "```yaml\n" OLD("", "a") "spec: [...\n```\n",
         "note UNS003 6:10+1 'flow sequence without a closing bracket'\n"},
        {"a command", "a.md", "```sh\noldctl get x\n# oldctl get y\n```\noldctl get z\n",
         "T004 2:1+6 'oldctl' {oldctl}\n"},
        {"a suppression", "a.md", "<!-- unstale: x -->\n```yaml\n# unstale: y\n```\n",
         "alone 1:1 [x]\n"
         "alone 3:1 [y]\n"},
        {"texts that speak of suppressions", "a.md",
         "```yaml\na: 'b # unstale: x'\nc: |\n  # unstale: y\n```\n",
         "in a script alone 4:3 [y]\n"},
    };
    CHECK(rows, 0);
}

static void judges_scripts(void **state) {
    (void)state;
    static const Row rows[] = {
        {"hits", "x/a.sh", "oldctl get a; oldctl get b\n",
         "T004 1:1+6 'oldctl' {oldctl}\n"
         "T004 1:15+6 'oldctl' {oldctl}\n"},
        {"not in comment lines", "a.sh",
         "  # oldctl get a\n#oldctl get b\noldctl get c # oldctl get d\n",
         "T004 3:1+6 'oldctl' {oldctl}\n"
         "T004 3:16+6 'oldctl' {oldctl}\n"},
        {"another command", "a.sh", "oldctl put a\n", ""},
        {"another file", "a.mk", "oldctl get a\n", ""},
        {"in YAML", "a.yaml", "a: oldctl get b\n", ""},
        {"a suppression", "a.sh", "oldctl get a # unstale: ignore[T004] why: b\n",
         "behind 1:14 [ignore[T004] why: b]\n"
         "T004 1:1+6 'oldctl' {oldctl}\n"},
        {"a suppression in a script in YAML", "ci.yaml",
         "run: |\n  oldctl get a # unstale: ignore[T004] why: b\nsay: 'c # unstale: x'\n",
         "in a script behind 2:16 [ignore[T004] why: b]\n"
         "T004 2:3+6 'oldctl' {oldctl}\n"},
        {"nobody reads scripts in this YAML", "a.yaml", "a: |\n  # unstale: x\n", ""},
    };
    CHECK(rows, 0);
}

static void hands_over_kustomizations(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a kustomization", "a/kustomization.yaml", "namespace: n\nresources: [a]\n",
         "kustomization n\n"},
        {"with a kind", "kustomization.yml",
         "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: n\n",
         "object Kustomization / @0\n"
         "kustomization n\n"},
    };
    CHECK(rows, 0);
}

/* What is told of documents that no rule wants differs: the gate spares their parsing. */
static void tells_faults(void **state) {
    (void)state;
    static const Row rows[] = {
        {"not text", "a.yaml", "a: \xFF\n", "UNS002 1:4+1 'it is not UTF-8'\n"},
        {"a duplicate key", "a.yaml", OLD("", "a") "kind: New\n",
         "warning UNS004 5:1+4 'duplicate key 'kind''\n"
         "object Old /a @0\n"
         "T001 2:7+3 #0 a kind 'Old'\n"},
        {"an undefined alias", "a.yaml", OLD("", "a") "spec: *x\n",
         "UNS005 5:7+2 'alias '*x' has no anchor before it'\n"
         "object Old /a @0\n"
         "T001 2:7+3 #0 a kind 'Old'\n"},
        {"a wanted document that does not parse", "a.yaml", OLD("", "a") "spec: [\n",
         "UNS003 5:7+1 'flow sequence without a closing bracket'\n"},
        {"a template that does not parse", "a.yaml", "kind: Old\nspec: {{ .x }}: {{ .y }}: z\n",
         "UNS003 2:15+1 'invalid nested block mapping on the same line'\n"},
    };
    static const Row unwanted[] = {
        {"a duplicate key", "a.yaml", "kind: New\nkind: B\n", ""},
        {"that does not parse", "a.yaml", "spec: [\n",
         "note UNS003 1:7+1 'flow sequence without a closing bracket'\n"},
        {"a template that does not parse", "a.yaml", "a: {{ .x }}: {{ .y }}: z\n", ""},
        {"an example that does not parse", "a.md", "```yaml\nspec: [...\n```\n", ""},
        {"a kustomization that does not parse", "Kustomization", "namespace: [\n",
         "note UNS003 1:12+1 'flow sequence without a closing bracket'\n"},
    };
    static const Row strict[] = {
        {"a duplicate key", "a.yaml", "kind: New\nkind: B\n",
         "warning UNS004 2:1+4 'duplicate key 'kind''\n"},
        {"that does not parse", "a.yaml", "spec: [\n",
         "note UNS003 1:7+1 'flow sequence without a closing bracket'\n"},
        {"a template that does not parse", "a.yaml", "a: {{ .x }}: {{ .y }}: z\n",
         "note UNS003 1:12+1 'invalid nested block mapping on the same line'\n"},
    };
    CHECK(rows, 0);
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) check(&unwanted[i], 0);
    for (size_t i = 0; i < sizeof strict / sizeof *strict; i++) check(&strict[i], STRICT);
}

static void hands_over_facts_only(void **state) {
    (void)state;
    static const Row rows[] = {
        {"a hit", "a.yaml", "# unstale: x\n" OLD("", "a"),
         "alone 1:1 [x]\n"
         "object Old /a @13\n"},
        {"a reference", "a.yaml",
         "apiVersion: v1\nkind: Part\nmetadata: {name: p}\nspec: {ref: t}\n",
         "object Part /p @0\n"
         "T003 4:13+1 #0 p spec.ref 't' refers\n"},
        {"a subject", "a.yaml", "apiVersion: v1\nkind: Thing\nmetadata: {name: t}\nspec: {v: 1}\n",
         "object Thing /t @0\n"
         "subject T003 t 3:18\n"},
        {"a fault", "a.yaml", OLD("", "a") "kind: New\n", "object Old /a @0\n"},
        {"a script", "a.sh", "oldctl get a\n", ""},
    };
    CHECK(rows, FACTS_ONLY);
}

static void tells_what_is_too_large(void **state) {
    (void)state;
    Printer p = {0};
    Piece piece = {
        .kind = PIECE_TOO_LARGE, .text = STR("a: b\n"), .offset = 10, .line = 3, .column = 1};
    Batch batch = {.pieces = {.items = &piece, .len = 1, .cap = 1}};
    judge_batch(&p, &batch, STR("a.yaml"), 0);
    assert_true(str_eq(buf_str(&p.out), STR("UNS006 3:1+0 'it is larger than 64 MB'\n")));
    buf_release(&p.out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_documents),          cmocka_unit_test(judges_lists),
        cmocka_unit_test(judges_uncut_lists),        cmocka_unit_test(judges_embedded_manifests),
        cmocka_unit_test(judges_markdown),           cmocka_unit_test(judges_scripts),
        cmocka_unit_test(hands_over_kustomizations), cmocka_unit_test(tells_faults),
        cmocka_unit_test(hands_over_facts_only),     cmocka_unit_test(tells_what_is_too_large),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
