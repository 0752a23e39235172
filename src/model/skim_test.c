/* The law of the skimmers: a sure answer is the tree's answer. Rows, every document at hand, and
 * small manifests damaged in thousands of ways. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/cutter.h"
#include "model/skim.h"
#include "text/fault.h"
#include "yaml/parse.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

/* ---- the law ---- */

static struct { size_t sure, unsure, unparsed; } counted;

static Arena arena;

static bool same_identity(const Identity *a, const Identity *b) {
    return str_eq(a->group, b->group) && str_eq(a->version, b->version) &&
           str_eq(a->kind, b->kind) && str_eq(a->namespace, b->namespace) &&
           str_eq(a->name, b->name) && str_eq(a->uid, b->uid) &&
           str_eq(a->owner_kind, b->owner_kind) && str_eq(a->owner_name, b->owner_name) &&
           str_eq(a->owner_uid, b->owner_uid);
}

static Str identity_text(bool is_resource, const Identity *id) {
    if (!is_resource) return STR("other");
    Str owner = str_format(&arena, " <" STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(id->owner_kind),
                           STR_ARG(id->owner_name), STR_ARG(id->owner_uid));
    return str_format(&arena,
                      STR_FMT "/" STR_FMT " " STR_FMT " " STR_FMT "/" STR_FMT "%s" STR_FMT "%s",
                      STR_ARG(id->group), STR_ARG(id->version), STR_ARG(id->kind),
                      STR_ARG(id->namespace), STR_ARG(id->name), id->uid.len ? " " : "",
                      STR_ARG(id->uid), id->owner_kind.len ? owner.data : "");
}

static bool tree_identity(const Document *d, bool is_item, Identity *out) {
    const Node *root = is_item ? node_item(d->root, 0) : node_resolve(d->root);
    return root && root->kind == NODE_MAP && identity_from_tree(root, out);
}

/* Compares both answers; the tree has none for a text that does not parse or has duplicate keys. */
static void check_law(const char *where, Str text, bool json, bool is_item) {
    Identity skimmed = {0}, read = {0};
    Skim skim = json ? skim_json(text, &skimmed) : skim_yaml(text, is_item, &skimmed);
    Document d;
    counted.sure += skim != SKIM_UNSURE;
    counted.unsure += skim == SKIM_UNSURE;
    if (skim == SKIM_UNSURE) return;
    bool parsed = document_parse(&arena, text, &d);
    counted.unparsed += !parsed;
    if (parsed && !d.faults) {
        bool is_resource = tree_identity(&d, is_item, &read);
        bool agree = is_resource == (skim == SKIM_RESOURCE) &&
                     (!is_resource || same_identity(&skimmed, &read));
        if (!agree)
            fail_msg("%s: skimmed [" STR_FMT "], the tree says [" STR_FMT "] in:\n" STR_FMT, where,
                     STR_ARG(identity_text(skim == SKIM_RESOURCE, &skimmed)),
                     STR_ARG(identity_text(is_resource, &read)), STR_ARG(text));
    }
    arena_reset(&arena);
}

/* ---- rows ---- */

#define META          "metadata:\n  name: n\n  namespace: s\n  uid: u\n"
#define POD           "apiVersion: v1\nkind: Pod\n"
#define N             "/v1 Pod s/n u"
#define OWNED(owners) POD "metadata:\n  name: n\n  ownerReferences:\n" owners "  uid: u\n"

typedef struct Row {
    const char *name, *text;
    const char *want; /* NULL: unsure */
} Row;

static const Row yaml_rows[] = {
    {"plain", POD META, N},
    {"a group", "apiVersion: apps/v1\nkind: Deployment\n", "apps/v1 Deployment /"},
    {"quotes", "apiVersion: \"v1\"\n'kind': 'Pod'\n", "/v1 Pod /"},
    {"a quoted key, an escape", "apiVersion: v1\n\"ki\\x6ed\": Pod\n", NULL},
    {"an escape", "apiVersion: \"v\\x31\"\nkind: Pod\n", NULL},
    {"two single quotes", "apiVersion: v1\nkind: 'P''d'\n", NULL},
    {"comments", "# a\n---\n# b\napiVersion: v1 # c\nkind: Pod# d\n", "/v1 Pod# d /"},
    {"CRLF", "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: n\r\n", "/v1 Pod /n"},
    {"lone CR", "apiVersion: v1\rkind: Pod\r", NULL},
    {"indented", "  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: n\n", "/v1 Pod /n"},
    {"blanks around the colon", "apiVersion : v1\nkind :  Pod \n", "/v1 Pod /"},
    {"no kind", "apiVersion: v1\nspec:\n  kind: Pod\n", "other"},
    {"a null kind", "apiVersion: v1\nkind: null\n", "other"},
    {"a null namespace", POD "metadata:\n  name: n\n  namespace: ~\n", "/v1 Pod /n"},
    {"nothing", "", "other"},
    {"comments only", "# apiVersion: v1\n\n", "other"},
    {"a sequence", "- a\n- b\n", "other"},
    {"a sequence of resources", "- apiVersion: v1\n  kind: Pod\n", NULL},
    {"flow", "{apiVersion: v1, kind: Pod}\n", NULL},
    {"flow behind the marker", "--- {apiVersion: v1, kind: Pod}\n", NULL},
    {"a directive", "%YAML 1.2\n---\n" POD, NULL},
    {"an anchor in front of a key", "&a apiVersion: v1\nkind: Pod\n", NULL},
    {"an anchor", "apiVersion: v1\nkind: Pod\nx: &a\n  b: 1\n", NULL},
    {"an alias as a key", POD "*a : b\n", NULL},
    {"a tag", "apiVersion: v1\nkind: !!str Pod\n", NULL},
    {"an explicit key", "apiVersion: v1\n? kind\n: Pod\n", NULL},
    {"merge", POD "<<: {metadata: {name: m}}\n", NULL},
    {"a tab in front of a key", POD "metadata:\n\tname: n\n", NULL},
    {"a tab behind the colon", "apiVersion:\tv1\nkind: Pod\t# c\n", "/v1 Pod /"},
    {"a text over two lines", "apiVersion: v1\nkind: Pod\n  List\n", NULL},
    {"a text on the next line", "apiVersion:\n  v1\nkind: Pod\n", NULL},
    {"another text over two lines", POD "x: a\n  kind b\n" META, N},
    {"a block scalar", POD "x: |\n  kind: A\n\n  name: b\n# c\n" META, N},
    {"a block scalar in an item", POD "x:\n- |\n  kind: A\n- >-\n  b\n" META, N},
    {"a block scalar on its own line", POD "x:\n  |\n  kind: A\n" META, NULL},
    {"a block scalar as the kind", "apiVersion: v1\nkind: |-\n  Pod\n", NULL},
    {"a quoted text over lines", POD "x: \"a\nkind: b \\\"\n  c\" # d\n" META, N},
    {"an indented quoted text", POD "x: \"a\n  kind: b \\\"\n  c\" # d\n" META, N},
    {"a text with two single quotes over lines", POD "x: 'it''s\n  name: b'\n" META, N},
    {"a quoted text with an end behind", POD "x:\n- \"a\" : |\n   b\n" META, N},
    {"flow over two lines", POD "x: {a: b,\n c: d}\n", NULL},
    {"flow with a comment", POD "x: [a, # ]\n  b]\n", NULL},
    {"flow with an apostrophe", POD "x: {a: b's, c: 'd}\n  e'}\n", NULL},
    {"flow with quotes", POD "x: {\"a\":\"]}\", 'b': ['c''}']} # }\ny: []\n" META, N},
    {"metadata in flow", POD "metadata: {name: n}\n", NULL},
    {"metadata as a sequence", POD "metadata:\n- labels: a\n  name: n\n", NULL},
    {"metadata as a text", POD "metadata:\n  name\n", NULL},
    {"no metadata", POD "metadata: # none\n", "/v1 Pod /"},
    {"deeper names",
     POD "metadata:\n  labels:\n    name: a\n  name: n\nspec:\n  metadata:\n    name: b\n",
     "/v1 Pod /n"},
    {"two names", POD "metadata:\n  name: a\n  name: b\n", NULL},
    {"a template in the name", POD "metadata:\n  name: a-{{ .x }}\n", NULL},
    {"a placeholder", POD "metadata:\n  name: ${X}\n", NULL},
    {"a template elsewhere", POD META "spec:\n  a: x-{{ .y }}\n  b: '{{ .z }}'\n", N},
    {"a template line", POD META "{{ .more }}\n", NULL},
    {"a template over lines", POD "spec:\n  a: b {{\n" META "  c: }}\n", NULL},
    {"a template with a quote", POD META "spec:\n  a: x{{ \"}}\" }}\n", NULL},
    {"Jinja", POD META "spec:\n  a: {% if a %}\n", NULL},
    {"Jinja comment", POD META "spec:\n  a: b {# c #}\n", NULL},
    {"an owner",
     OWNED("  - apiVersion: apps/v1\n    controller: true\n    kind: ReplicaSet\n    name: r\n"
           "    uid: w\n"),
     "/v1 Pod /n u <ReplicaSet r w"},
    {"an owner, indented", OWNED("    - controller: true\n      kind: A\n      apiVersion: b/v1\n"),
     "/v1 Pod /n u <A  "},
    {"an owner that does not control", OWNED("  - apiVersion: b/v1\n    kind: A\n    name: r\n"),
     "/v1 Pod /n u"},
    {"an owner that cannot manage it",
     OWNED("  - apiVersion: apps/v1\n    controller: true\n    kind: Deployment\n    name: r\n"),
     "/v1 Pod /n u"},
    {"the second owner",
     OWNED("  - kind: B\n    apiVersion: b/v1\n  - apiVersion: b/v1\n"
           "    controller: true\n    kind: A\n"),
     "/v1 Pod /n u <A  "},
    {"two controllers",
     OWNED("  - controller: true\n    kind: B\n    apiVersion: b/v1\n"
           "  - apiVersion: b/v1\n    controller: true\n    kind: A\n"),
     "/v1 Pod /n u <B  "},
    {"a nested controller",
     OWNED("  - kind: B\n    x:\n      controller: true\n    apiVersion: b/v1\n"
           "    y:\n    - controller: true\n"),
     "/v1 Pod /n u"},
    {"an owner over two lines",
     OWNED("  - kind: B\n      - x\n    apiVersion: b/v1\n"
           "    controller: true\n"),
     NULL},
    {"owners as a map", OWNED("    kind: B\n    controller: true\n"), NULL},
    {"owners in flow", OWNED("  - {kind: B, controller: true}\n"), NULL},
    {"no owners", POD "metadata:\n  ownerReferences: []\n  name: n\n", "/v1 Pod /n"},
    {"a dash of its own", OWNED("  -\n    kind: B\n    controller: true\n"), NULL},
};

static const Row item_rows[] = {
    {"an item", "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: n\n", "/v1 Pod /n"},
    {"an indented item", "  -  apiVersion: v1\n     kind: Pod\n", "/v1 Pod /"},
    {"indentless sequences", "- apiVersion: v1\n  x:\n  - kind: a\n  kind: Pod\n", "/v1 Pod /"},
    {"an item in an item", "- - apiVersion: v1\n    kind: Pod\n", NULL},
    {"a dash of its own", "-\n  apiVersion: v1\n  kind: Pod\n", NULL},
    {"two items", "- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n", NULL},
    {"no dash", POD, NULL},
    {"a tab behind the dash", "-\tkind: Pod\n", NULL},
};

static const Row json_rows[] = {
    {"plain",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"n\","
     " \"namespace\": \"s\", \"uid\": \"u\"}}",
     N},
    {"tight", "{\"kind\":\"Pod\",\"spec\":[{\"kind\":\"a\"},[],{},1.5e-3],\"apiVersion\":\"v1\"}\n",
     "/v1 Pod /"},
    {"empty", "{}", "other"},
    {"no kind", "{\"apiVersion\": \"v1\", \"metadata\": {\"kind\": \"Pod\"}}", "other"},
    {"null", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"namespace\": null}}",
     "/v1 Pod /"},
    {"a number", "{\"apiVersion\": 1, \"kind\": \"Pod\"}", "/1 Pod /"},
    {"an owner",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"ownerReferences\": ["
     "{\"kind\": \"B\", \"x\": [{\"controller\": true}]}, {\"apiVersion\": \"b/v1\","
     " \"controller\": true, \"kind\": \"A\", \"name\": \"r\", \"uid\": \"w\"}]}}",
     "/v1 Pod / <A r w"},
    {"owners as an object",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\":"
     " {\"ownerReferences\": {\"a\": {\"controller\": true}}}}",
     "/v1 Pod /"},
    {"metadata as an array",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\":"
     " [{\"name\": \"n\"}]}",
     "/v1 Pod /"},
    {"an escape", "{\"apiVersion\": \"v1\", \"kind\": \"P\\u006fd\"}", NULL},
    {"an escape elsewhere",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"a\\n\": \"\\\"\"}}", "/v1 Pod /"},
    {"an escape in a key", "{\"apiVersion\": \"v1\", \"\\u006bind\": \"Pod\"}", NULL},
    {"a kind twice", "{\"kind\": \"A\", \"kind\": \"B\"}", NULL},
    {"metadata twice", "{\"metadata\": {\"name\": \"a\"}, \"metadata\": {\"uid\": \"b\"}}", NULL},
    {"YAML", "{apiVersion: v1, kind: Pod}", NULL},
    {"a comment", "{\"apiVersion\": \"v1\", # \"kind\": \"x\"\n\"kind\": \"Pod\"}", NULL},
    {"a trailing comma", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\",}", NULL},
    {"a missing value", "{\"apiVersion\": \"v1\", \"kind\":}", NULL},
    {"a wrong bracket", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"]", NULL},
    {"not closed", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"", NULL},
    {"something behind", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"} {", NULL},
    {"a string over lines", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\n  s\"}", NULL},
    {"a template", "{\"apiVersion\": \"v1\", \"kind\": \"{{ .k }}\"}", NULL},
    {"a template elsewhere", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"x\": \"{{ .k }}\"}",
     "/v1 Pod /"},
    {"a template that is not closed",
     "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"x\": \"{{ .k\", \"y\": {\"z\": {}}}", NULL},
    {"an array", "[{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}]", NULL},
    {"nothing", "", NULL},
};

static void check_rows(const Row *rows, size_t count, bool json, bool is_item) {
    for (size_t i = 0; i < count; i++) {
        const Row *row = &rows[i];
        Identity id;
        Str text = str_from(row->text);
        Skim skim = json ? skim_json(text, &id) : skim_yaml(text, is_item, &id);
        Str got = skim == SKIM_UNSURE ? STR("unsure") : identity_text(skim == SKIM_RESOURCE, &id);
        if (!str_eq(got, row->want ? str_from(row->want) : STR("unsure")))
            fail_msg("%s: got [" STR_FMT "]", row->name, STR_ARG(got));
        check_law(row->name, text, json, is_item);
        arena_reset(&arena);
    }
}

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void skims_documents(void **state) {
    (void)state;
    check_rows(yaml_rows, COUNT(yaml_rows), false, false);
}

static void skims_items(void **state) {
    (void)state;
    check_rows(item_rows, COUNT(item_rows), false, true);
}

static void skims_json(void **state) {
    (void)state;
    check_rows(json_rows, COUNT(json_rows), true, false);
}

/* ---- every document at hand ---- */

static int check_file(const char *path, const struct stat *st, int type, struct FTW *where) {
    (void)st, (void)where;
    Str name = str_from(path);
    bool json = str_ends(name, STR(".json"));
    if (type != FTW_F || (!json && !str_ends(name, STR(".yaml")) && !str_ends(name, STR(".yml"))))
        return 0;
    Arena paths = {0};
    Source source = {.path = name, .open_as = name};
    Error err = {""};
    Reader *reader = reader_open(&source, &err);
    assert_non_null(reader);
    Cutter *cutter = cutter_new(reader, (CutterOptions){.json = json});
    Batch batch = {0};
    while (cutter_batch(cutter, &batch, &err))
        for (size_t i = 0; i < batch.pieces.len; i++) {
            const Piece *p = &batch.pieces.items[i];
            size_t offset;
            bool whole = p->kind == PIECE_DOCUMENT || p->kind == PIECE_ITEM;
            if (whole && !text_fault(p->text, &offset))
                check_law(path, p->text, p->json, p->kind == PIECE_ITEM && !p->json);
        }
    cutter_free(cutter);
    reader_close(reader);
    batch_release(&batch);
    arena_release(&paths);
    return 0;
}

static void check_tree(const char *root) {
    memset(&counted, 0, sizeof counted);
    if (nftw(root, check_file, 16, FTW_PHYS) != 0) {
        print_message("skipped: %s is not there\n", root);
        skip();
    }
    print_message("%s: %zu sure (%zu do not parse), %zu unsure\n", root, counted.sure,
                  counted.unparsed, counted.unsure);
    assert_true(counted.sure > counted.unsure);
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

/* ---- damaged manifests ---- */

#define OWNER                                                                                      \
    "  ownerReferences:\n  - apiVersion: apps/v1\n    controller: true\n    kind: ReplicaSet\n"    \
    "    name: r\n    uid: w\n"

/* Each is one that kubectl or a person would write; all must be sure. */
static const char *const manifests[] = {
    POD META,
    POD META OWNER "spec:\n  containers:\n  - image: a\n    name: b\n",
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    kind: b\n    name: c\n  d: >-\n    "
    "e\n" META,
    "# c\n---\napiVersion: apps/v1\nkind: Deployment\n" META "  labels: {a: b, \"c\": 'd'}\n",
    "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n",
    "apiVersion: v1\nkind: 'Pod' # c\nmetadata:\n    name: \"n\"\n    annotations:\n      a: \"b\n"
    "        c\"\n    namespace: s\n",
    "kind: A\nmetadata:\n  annotations:\n    name: x\n    long: a b\n      c d\n  name: n\n"
    "spec:\n- a\n- - b\n  - c: d\napiVersion: b/v1\n",
    POD
    "metadata:\n  creationTimestamp: null\n  managedFields:\n  - apiVersion: v1\n    fieldsV1:\n"
    "      f:metadata:\n        f:ownerReferences:\n          .: {}\n          k:{\"uid\":\"w\"}: "
    "{}\n"
    "    manager: m\n  name: n\n" OWNER,
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.json: '{\"kind\": \"b\", \"it''s\": 1}'\n"
    "  b.yaml: \"kind: c\\nname: \\\"d\\\"\\n\"\n" META,
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: n\nspec:\n  a: x{{ .y }}\n  b: '{{ .z }}'\n  c: "
    "[]\n",
};

static const char *const json_manifests[] = {
    "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"n\", \"uid\": \"u\"}}",
    "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"metadata\": {\n    "
    "\"ownerReferences\": [\n"
    "      {\n        \"apiVersion\": \"apps/v1\",\n        \"controller\": true,\n"
    "        \"kind\": \"ReplicaSet\",\n        \"name\": \"r\"\n      }\n    ],\n"
    "    \"name\": \"n\"\n  },\n  \"spec\": {\"a\": [1, null, \"b\\n\", {}], \"c\": []}\n}\n",
    "{\"kind\":\"A\",\"x\":\"{{ .y }}\",\"y\":{\"z\":{\"a\":{}}},\"apiVersion\":\"b/v1\","
    "\"metadata\":{\"namespace\":null,\"name\":\"n\",\"labels\":{\"name\":\"x\"}}}",
};

/* Xorshift: the same numbers everywhere. */
static uint32_t draw(uint32_t *state, uint32_t below) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % below;
}

static void replace(Buf *b, size_t at, size_t removed, Str with) {
    Buf out = {0};
    buf_add(&out, str_slice(buf_str(b), 0, at));
    buf_add(&out, with);
    buf_add(&out, str_from_offset(buf_str(b), at + removed));
    buf_release(b);
    *b = out;
}

static const Str pieces[] = {
    STR_INIT("\""),   STR_INIT("'"),      STR_INIT(" "),     STR_INIT("  "),    STR_INIT("\n"),
    STR_INIT(":"),    STR_INIT(": "),     STR_INIT("-"),     STR_INIT("- "),    STR_INIT("#"),
    STR_INIT(" #"),   STR_INIT("{"),      STR_INIT("}"),     STR_INIT("["),     STR_INIT("]"),
    STR_INIT("|"),    STR_INIT(">-"),     STR_INIT("&a "),   STR_INIT("*a"),    STR_INIT("!t "),
    STR_INIT("? "),   STR_INIT(","),      STR_INIT("\\"),    STR_INIT("\t"),    STR_INIT("\r"),
    STR_INIT("%"),    STR_INIT("<<: "),   STR_INIT("x"),     STR_INIT("\n  x"), STR_INIT("~"),
    STR_INIT("{{ "),  STR_INIT(" }}"),    STR_INIT("{% "),   STR_INIT("''"),    STR_INIT("\\\""),
    STR_INIT("null"), STR_INIT("kind: "), STR_INIT("\n---"), STR_INIT("${a}"),  STR_INIT("\n    "),
};

/* A line goes, comes twice, or moves to the left or right. */
static void damage_line(Buf *b, uint32_t *state) {
    Str text = buf_str(b);
    size_t at = draw(state, (uint32_t)text.len + 1);
    size_t feed = str_find_last_char(str_slice(text, 0, at), '\n');
    size_t start = feed == STR_NONE ? 0 : feed + 1;
    size_t len = str_find_char(str_from_offset(text, start), '\n');
    Str line = str_slice(text, start, len == STR_NONE ? text.len : start + len + 1);
    Buf copy = {0};
    buf_add(&copy, line);
    switch (draw(state, 4)) {
    case 0: replace(b, start, line.len, (Str){0}); break;
    case 1: replace(b, start, 0, buf_str(&copy)); break;
    case 2: replace(b, start, 0, STR("  ")); break;
    default: replace(b, start, str_starts(line, STR("  ")) ? 2 : 0, (Str){0});
    }
    buf_release(&copy);
}

static void damage(Buf *b, uint32_t *state) {
    uint32_t edits = 1 + draw(state, 3);
    while (edits--) {
        size_t at = draw(state, (uint32_t)b->len + 1);
        Str with = pieces[draw(state, COUNT(pieces))];
        switch (draw(state, 4)) {
        case 0: replace(b, at, 0, with); break;
        case 1: replace(b, at, 1 + draw(state, 3), (Str){0}); break;
        case 2: replace(b, at, 1, with); break;
        default: damage_line(b, state);
        }
    }
}

/* The same manifest as an item of a List. */
static void add_as_item(Buf *out, Str text) {
    Str line;
    for (bool first = true; str_split(&text, '\n', &line); first = false) {
        if (!line.len && !text.len) break;
        buf_add(out, first ? STR("- ") : STR("  "));
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

static void damage_all(const char *const *texts, size_t count, size_t rounds, bool json,
                       bool is_item) {
    uint32_t state = 2463534242;
    memset(&counted, 0, sizeof counted);
    for (size_t i = 0; i < count; i++) {
        Buf whole = {0}, damaged = {0};
        if (is_item)
            add_as_item(&whole, str_from(texts[i]));
        else
            buf_add(&whole, str_from(texts[i]));
        size_t unsure = counted.unsure;
        bool item_of_comment = is_item && texts[i][0] == '#';
        check_law("as it was", buf_str(&whole), json, is_item);
        if (!item_of_comment && counted.unsure != unsure)
            fail_msg("unsure of:\n" STR_FMT, STR_ARG(buf_str(&whole)));
        for (size_t round = 0; round < rounds; round++) {
            buf_clear(&damaged);
            buf_add(&damaged, buf_str(&whole));
            damage(&damaged, &state);
            check_law("damaged", buf_str(&damaged), json, is_item);
        }
        buf_release(&whole);
        buf_release(&damaged);
    }
    print_message("%zu sure (%zu do not parse), %zu unsure\n", counted.sure, counted.unparsed,
                  counted.unsure);
    assert_true(counted.sure - counted.unparsed > counted.unsure / 4);
}

enum { ROUNDS = 2500 };

static void law_survives_damage(void **state) {
    (void)state;
    damage_all(manifests, COUNT(manifests), ROUNDS, false, false);
}

static void law_survives_damage_of_items(void **state) {
    (void)state;
    damage_all(manifests, COUNT(manifests), ROUNDS, false, true);
}

static void law_survives_damage_of_json(void **state) {
    (void)state;
    damage_all(json_manifests, COUNT(json_manifests), 4 * ROUNDS, true, false);
}

static int release(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(skims_documents),
        cmocka_unit_test(skims_items),
        cmocka_unit_test(skims_json),
        cmocka_unit_test(law_holds_in_testdata),
        cmocka_unit_test(law_holds_in_the_corpus),
        cmocka_unit_test(law_holds_in_the_schemas),
        cmocka_unit_test(law_holds_in_the_oracles),
        cmocka_unit_test(law_survives_damage),
        cmocka_unit_test(law_survives_damage_of_items),
        cmocka_unit_test(law_survives_damage_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
