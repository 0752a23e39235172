/* Secrets in trees: rows of a document and what may be shown of it; and covering of cut spans. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/secrets.h"

#include <string.h>

typedef struct Row {
    const char *name, *text, *want; /* want NULL: nothing is covered */
} Row;

static const Row rows[] = {
    {"nothing", "kind: Pod\nmetadata: {name: a}\n", NULL},
    {"empty", "", NULL},

    {"Secret", "kind: Secret\ndata:\n  a: YQ==\n  b: Yg==\nstringData:\n  c: 'd'\n",
     "kind: Secret\ndata:\n  a: ***\n  b: ***\nstringData:\n  c: '***'\n"},
    {"Secret, block", "kind: Secret\nstringData:\n  a: |\n    b: c\n\n      d\n  e: f\n",
     "kind: Secret\nstringData:\n  a: |\n    ***\n\n      ***\n  e: ***\n"},
    {"Secret, block with CRLF", "kind: Secret\r\nstringData:\r\n  a: |\r\n    b\r\n    c\r\n",
     "kind: Secret\r\nstringData:\r\n  a: |\r\n    ***\r\n    ***\r\n"},
    {"Secret, quoted over lines", "kind: Secret\ndata:\n  a: \"b\n    c\"\n",
     "kind: Secret\ndata:\n  a: \"***\n    ***\"\n"},
    {"Secret, JSON", "{\"kind\": \"Secret\", \"data\": {\"a\": \"YQ==\"}}",
     "{\"kind\": \"Secret\", \"data\": {\"a\": \"***\"}}"},
    {"Secret, no data", "kind: Secret\ndata:\n", NULL},
    {"Secret, data twice", "kind: Secret\ndata: {a: b}\ndata: {c: d}\n",
     "kind: Secret\ndata: {a: ***}\ndata: {c: ***}\n"},
    {"Secret, alias", "x: &x {a: b}\ny:\n  kind: Secret\n  data: *x\n",
     "x: &x ***\ny:\n  kind: Secret\n  data: *x\n"},
    {"Secret in a List",
     "kind: List\nitems:\n- kind: Secret\n  data: {a: b}\n- kind: Pod\n  data: {a: b}\n",
     "kind: List\nitems:\n- kind: Secret\n  data: {a: ***}\n- kind: Pod\n  data: {a: b}\n"},
    {"item of a SecretList", "- metadata: {name: a}\n  type: Opaque\n  data: {a: b}\n",
     "- metadata: {name: a}\n  type: Opaque\n  data: {a: ***}\n"},
    {"Secret, last applied",
     "kind: Secret\nmetadata:\n  annotations:\n    a: b\n    "
     "kubectl.kubernetes.io/last-applied-configuration: |\n      {}\n",
     "kind: Secret\nmetadata:\n  annotations:\n    a: b\n    "
     "kubectl.kubernetes.io/last-applied-configuration: |\n      ***\n"},
    {"Secret in a block",
     "kind: ConfigMap\ndata:\n  s.yaml: |\n    apiVersion: v1\n    kind: Secret\n    data:\n      "
     "a: b\n",
     "kind: ConfigMap\ndata:\n  s.yaml: |\n    apiVersion: v1\n    kind: Secret\n    data:\n      "
     "a: ***\n"},
    {"broken Secret in a block", "a: |\n  apiVersion: v1\n  kind: Secret\n  b: [\nc: d\n",
     "a: |\n  ***\n  ***\n  ***\nc: d\n"},
    {"broken Secret", "kind: Secret\ndata: {a: b\n", "***\n***\n"},
    {"broken Secret, JSON", "{\"kind\" : \"SecretList\", ", "***"},
    {"broken, no Secret", "kind: Pod\nenvFrom: [{secretRef: {\n", NULL},
    {"broken, Secret in a name", "kind: SecretStore\ndata: {a: b\n", NULL},
    {"private key", "a: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MII\n", "a: |\n  ***\n  ***\n"},

    {"password", "password: a b # c\n", "password: *** # c\n"},
    {"password, number", "password: 123\n", "password: ***\n"},
    {"password, boolean", "dbPassword: true\n", "dbPassword: ***\n"},
    {"password, nothing", "password:\na: b\n", NULL},
    {"password, template", "password: {{ .a }}\n", "password: ***\n"},
    {"password, alias", "a: &a b\npassword: *a\n", "a: &a ***\npassword: *a\n"},
    {"password, folded", "password: >-\n  a\n  b\nc: d\n", "password: >-\n  ***\n  ***\nc: d\n"},
    {"password, last line", "password: |\n  a", "password: |\n  ***"},
    {"list of tokens", "token:\n- a\n- 'b'\n- {c: d}\n", "token:\n- ***\n- '***'\n- {c: d}\n"},
    {"map with a value", "password: {value: a, x: b}\n", "password: {value: ***, x: b}\n"},
    {"reference", "password:\n  valueFrom:\n    secretKeyRef: {name: a, key: password}\n", NULL},
    {"structure", "secretName: a\nsecretRef: {name: b}\nimagePullSecrets: [{name: c}]\n", NULL},
    {"switch", "automountServiceAccountToken: false\ntokenExpirationSeconds: 3\n", NULL},
    {"toleration", "tolerations: [{key: a, operator: Exists}, {key: b}]\n", NULL},
    {"selector", "matchExpressions: [{key: a, values: [b]}]\n", NULL},
    {"items", "items: [{key: a, path: b}]\n", NULL},
    {"references by key", "configMapKeyRef: {name: a, key: b}\nsloClassRef: {name: a, key: b}\n",
     NULL},
    {"a key alone", "key: abc\n", "key: ***\n"},
    {"topology", "topologyKey: kubernetes.io/hostname\n", NULL},

    {"variable", "env: [{name: DB_PASSWORD, value: a}, {name: DB_HOST, value: b}]\n",
     "env: [{name: DB_PASSWORD, value: ***}, {name: DB_HOST, value: b}]\n"},
    {"variable from", "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]\n",
     NULL},
    {"variable that points", "env: [{name: TOKEN_FILE, value: /a}]\n", NULL},
    {"parameter", "parameters: [{name: api-key, default: a}]\n",
     "parameters: [{name: api-key, default: ***}]\n"},

    {"argument", "args: [--token=abc, --a=b]\n", "args: [--token=***, --a=b]\n"},
    {"argument, quoted", "args: ['--token=a''b']\n", "args: ['--token=***']\n"},
    {"argument, escaped", "args: [\"--token\\x3dabc\"]\n", "args: [\"***\"]\n"},
    {"argument, next", "args:\n- --password\n- abc\n- d\n", "args:\n- --password\n- ***\n- d\n"},
    {"argument, no next", "args: [--token, --b, --token]\n", NULL},
    {"assignment", "environment: [PASSWORD=abc, A=b]\n", "environment: [PASSWORD=***, A=b]\n"},
};

static void show(const char *text, Buf *out) {
    Arena arena = {0};
    Document doc;
    SpanVec spans = {0};
    document_parse(&arena, str_from(text), &doc);
    secret_spans(&doc, &spans);
    for (size_t i = 1; i < spans.len; i++)
        assert_true(spans.items[i - 1].end <= spans.items[i].start);
    mask_spans(doc.text, 0, spans.items, spans.len, out);
    vec_release(&spans);
    arena_release(&arena);
}

static void documents_are_masked(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf got = {0};
        show(rows[i].text, &got);
        if (!str_eq(buf_str(&got), str_from(rows[i].want ? rows[i].want : rows[i].text)))
            fail_msg("%s: got %s", rows[i].name, buf_cstr(&got));
        buf_release(&got);
    }
}

typedef struct CutRow {
    const char *name;
    uint32_t start, end; /* the window of "0123456789\nabcdefghij\n" */
    const char *want;    /* with [4, 15) covered, that is "456789\nabcd" */
} CutRow;

static const CutRow cut_rows[] = {
    {"whole", 0, 22, "0123***\n***efghij\n"},
    {"starts inside", 6, 22, "***\n***efghij\n"},
    {"ends inside", 0, 12, "0123***\n***"},
    {"inside", 6, 8, "***"},
    {"the second line", 11, 21, "***efghij"},
    {"before", 0, 4, "0123"},
    {"behind", 15, 21, "efghij"},
    {"nothing", 6, 6, ""},
};

static void windows_show_no_part(void **state) {
    (void)state;
    Str text = STR("0123456789\nabcdefghij\n");
    Span span = {4, 15};
    for (size_t i = 0; i < sizeof cut_rows / sizeof *cut_rows; i++) {
        const CutRow *row = &cut_rows[i];
        Buf got = {0};
        mask_spans(str_slice(text, row->start, row->end), row->start, &span, 1, &got);
        if (!str_eq(buf_str(&got), str_from(row->want)))
            fail_msg("%s: got %s", row->name, buf_cstr(&got));
        buf_release(&got);
    }
}

static void repeat(Buf *out, const char *unit, int count) {
    for (int i = 0; i < count; i++) buf_add(out, str_from(unit));
}

/* Aliases to aliases, one key many times, many documents: time must stay linear. */
static void hostile_documents(void **state) {
    (void)state;
    static const char *const units[] = {"- key: a\n", "- {name: token, value: b}\n", "- --token\n",
                                        "- |\n  apiVersion: v1\n  kind: Secret\n"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf text = {0}, out = {0};
        repeat(&text, units[i], 5000);
        show(buf_cstr(&text), &out);
        buf_release(&text);
        buf_release(&out);
    }
    Buf bomb = {0}, out = {0};
    buf_add(&bomb, STR("a0: &a0 [x, x]\n"));
    for (int i = 1; i < 60; i++) buf_addf(&bomb, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
    buf_add(&bomb, STR("kind: Secret\ndata: {a: *a59}\n"));
    show(buf_cstr(&bomb), &out);
    assert_true(str_find(buf_str(&out), STR("a59: &a59 ***")) != STR_NONE);
    buf_release(&bomb);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_masked),
        cmocka_unit_test(windows_show_no_part),
        cmocka_unit_test(hostile_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
