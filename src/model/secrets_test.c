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
    {"Secret, a text like an alias", "kind: Secret\nstringData:\n  a: *b\n",
     "kind: Secret\nstringData:\n  a: ***\n"},
    {"a key that names a secret, a text like an alias", "password: *b\n", "password: ***\n"},
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
    {"stringData of another kind", "kind: {{ .k }}\nstringData: {name: a, b: {c: d}}\n",
     "kind: {{ .k }}\nstringData: {name: ***, b: {c: ***}}\n"},
    {"stringData of a ConfigMap", "kind: ConfigMap\nstringData: {a: b}\ndata: {c: d}\n",
     "kind: ConfigMap\nstringData: {a: ***}\ndata: {c: d}\n"},
    {"data of a template's kind", "kind: {{ .k }}\ndata: {a: b}\n",
     "kind: {{ .k }}\ndata: {a: ***}\n"},
    {"Secret, merged", "x: &x {data: {a: b}}\ny:\n  <<: *x\n  kind: Secret\n",
     "x: &x {data: ***}\ny:\n  <<: *x\n  kind: Secret\n"},
    {"SecretList",
     "{kind: SecretList, items: [{kind: Secret, data: {a: b}}, {data: {c: d}}, {data: {e: f}}]}",
     "{kind: SecretList, items: [{kind: Secret, data: {a: ***}}, {data: {c: ***}}, {data: {e: "
     "***}}]}"},
    {"SecretList, JSON",
     "{\"items\":[{\"metadata\":{},\"data\":{\"a\":\"b\"}}],\"kind\":\"SecretList\"}",
     "{\"items\":[{\"metadata\":{},\"data\":{\"a\":\"***\"}}],\"kind\":\"SecretList\"}"},
    {"item without a type", "- metadata: {name: a}\n  data: {a: b}\n",
     "- metadata: {name: a}\n  data: {a: ***}\n"},
    {"item in JSON", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"a\":\"b\"}}",
     "{\"metadata\":{\"name\":\"a\"},\"data\":{\"a\":\"***\"}}"},
    {"items of a ConfigMapList", "kind: ConfigMapList\nitems: [{metadata: {}, data: {a: b}}]\n",
     NULL},
    {"broken, stringData", "a: [\nstringData: {b: c}\n", "***\n***\n"},
    {"broken, escaped kind", "\"kind\": \"\\x53ecret\"\ndata: {a: [\n", "***\n***\n"},
    {"broken, escaped key", "{\"k\\u0069nd\": \"Secret\", \"data\": {", "***"},
    {"escaped kind", "kind: \"\\U00000053ecret\"\ndata: {a: b}\n",
     "kind: \"\\U00000053ecret\"\ndata: {a: ***}\n"},
    {"escaped URL", "a: \"https\\x3a\\x2f/b:c\\x40h\"\n", "a: \"***\"\n"},
    {"harmless escapes", "a: \"b\\tc\\x41\\n\"\n", NULL},
    {"private key", "a: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MII\n", "a: |\n  ***\n  ***\n"},

    {"password", "password: a b # c\n", "password: *** # c\n"},
    {"password, number", "password: 123\n", "password: ***\n"},
    {"password, boolean", "dbPassword: true\n", "dbPassword: ***\n"},
    {"password, nothing", "password:\na: b\n", NULL},
    {"password, template", "password: {{ .a }}\n", "password: ***\n"},
    {"password, alias", "a: &a b\npassword: *a\n", "a: &a ***\npassword: *a\n"},
    {"password, folded", "password: >-\n  a\n  b\nc: d\n", "password: >-\n  ***\n  ***\nc: d\n"},
    {"password, last line", "password: |\n  a", "password: |\n  ***"},
    {"list of tokens", "token:\n- a\n- 'b'\n- {c: d}\n", "token:\n- ***\n- '***'\n- {c: ***}\n"},
    {"map", "credentials:\n  user: a\n  pass:\n  - b\n  - {c: 'd'}\n  on: true\n",
     "credentials:\n  user: ***\n  pass:\n  - ***\n  - {c: '***'}\n  on: true\n"},
    {"map with a value", "password: {value: a, x: b}\n", "password: {value: ***, x: ***}\n"},
    {"map with a name", "password: {name: a, x: b}\n", "password: {name: ***, x: ***}\n"},
    {"map with an alias", "a: &a {name: b}\ntoken: {x: *a}\n", "a: &a ***\ntoken: {x: *a}\n"},
    {"map that points and more", "secret: {secretName: a, optional: true, x: b}\n",
     "secret: {secretName: a, optional: true, x: ***}\n"},
    {"named keys", "tokens:\n- {name: a, key: b}\n", "tokens:\n- {name: a, key: ***}\n"},
    {"keys", "keys: [a, b]\n", "keys: [***, ***]\n"},
    {"keys of encryption", "keys:\n- {name: key1, secret: a}\n",
     "keys:\n- {name: key1, secret: ***}\n"},
    {"auth", "auth: a\njwt: b\n", "auth: ***\njwt: ***\n"},
    {"auth, a map", "auth: {type: a, password: b}\n", "auth: {type: a, password: ***}\n"},
    {"kubeconfig", "user: {client-certificate-data: a, client-key-data: b, token: c}\n",
     "user: {client-certificate-data: a, client-key-data: ***, token: ***}\n"},
    {"schema", "properties: {password: {type: string, description: a, default: b}}\n",
     "properties: {password: {type: string, description: a, default: ***}}\n"},
    {"kustomize", "secretGenerator: [{name: a, literals: [b=c, 'd=e', f], files: [g]}]\n",
     "secretGenerator: [{name: a, literals: [b=***, 'd=***', ***], files: [g]}]\n"},
    {"many in one", "token: {token: {token: {token: a}}}\n",
     "token: {token: {token: {token: ***}}}\n"},
    {"reference", "password:\n  valueFrom:\n    secretKeyRef: {name: a, key: password}\n", NULL},
    {"references in a map", "basicAuth: {username: a, password: {name: a, key: p}}\n", NULL},
    {"reference below", "credentials: {tokenSecretRef: {name: a, key: b}, caFile: c}\n", NULL},
    {"volumes",
     "volumes:\n- name: token\n  secret: {secretName: a, defaultMode: 420, items: [{key: b, "
     "path: c}]}\n- projected: {sources: [{secret: {name: a, optional: true, items: [{key: b, "
     "path: c}]}}, {serviceAccountToken: {path: t, expirationSeconds: 3, audience: x}}]}\n",
     NULL},
    {"service account", "secrets: [{name: a}]\nimagePullSecrets: [{name: b}]\n", NULL},
    {"names of pull secrets", "imagePullSecrets: [a, b]\n", NULL},
    {"values of a chart", "secret: {create: true, name: a}\nimagePullSecrets: []\n", NULL},
    {"certificate", "privateKey: {algorithm: RSA, size: 2048, rotationPolicy: Always}\n", NULL},
    {"CSI driver", "tokenRequests: [{audience: a, expirationSeconds: 3}]\n", NULL},
    {"spread", "matchLabelKeys: [a]\nx-kubernetes-list-map-keys: [b]\n", NULL},
    {"field names", "{key: a, keys: [b], operator: In}\n", NULL},
    {"counts", "maxTokens: 4096\nmax_tokens: '5'\nnum_tokens: {{ .n }}\ntokenizer: a\n", NULL},
    {"harmless values",
     "image: a/token:v1\nname: token-service\nkeyboard: b\nkeystore: /c\nauth: basic\n"
     "resources: [secrets, tokens]\nkeystorePath: d\n",
     NULL},
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
    {"variable key", "env: [{name: KEY, value: a}]\nlabels: [{name: key, value: b}]\n",
     "env: [{name: KEY, value: ***}]\nlabels: [{name: key, value: b}]\n"},
    {"variable count", "env: [{name: MAX_TOKENS, value: '4096'}]\n", NULL},
    {"variable from", "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]\n",
     NULL},
    {"variable that points", "env: [{name: TOKEN_FILE, value: /a}]\n", NULL},
    {"parameter", "parameters: [{name: api-key, default: a}]\n",
     "parameters: [{name: api-key, default: ***}]\n"},

    {"argument", "args: [--token=abc, --a=b]\n", "args: [--token=***, --a=b]\n"},
    {"argument, quoted", "args: ['--token=a''b']\n", "args: ['--token=***']\n"},
    {"argument, escaped", "args: [\"--token\\x3dabc\"]\n", "args: [\"***\"]\n"},
    {"argument, next", "args:\n- --password\n- abc\n- d\n", "args:\n- --password\n- ***\n- d\n"},
    {"argument key", "args: [--key=a, --key, b, --key-file, c, key=d]\n",
     "args: [--key=***, --key, ***, --key-file, c, key=d]\n"},
    {"argument count", "args: [--max-tokens, '4096', --max-tokens=4096, --auth, none]\n", NULL},
    {"argument of a login", "args:\n- login\n- -p\n- a\n", "args:\n- login\n- -p\n- ***\n"},
    {"argument of no login", "args:\n- mkdir\n- -p\n- a\n", NULL},
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
    static const char *const units[] = {"- key: a\n",
                                        "token: {x: a, name: b}\n",
                                        "keys: a\n",
                                        "- secret: {name: a, items: [{key: b}]}\n",
                                        "- {name: token, value: b}\n",
                                        "- --token\n",
                                        "- |\n  apiVersion: v1\n  kind: Secret\n"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf text = {0}, out = {0};
        repeat(&text, units[i], 5000);
        show(buf_cstr(&text), &out);
        buf_release(&text);
        buf_release(&out);
    }
    Buf deep = {0}, shown = {0};
    repeat(&deep, "{token: {stringData: ", 200);
    repeat(&deep, "[a, b, c, d, e], ", 5000);
    repeat(&deep, "}}", 200);
    show(buf_cstr(&deep), &shown);
    buf_release(&deep);
    buf_release(&shown);
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
