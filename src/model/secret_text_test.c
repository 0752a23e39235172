/* Secrets in lines: rows of a line and what may be shown of it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/secret_name.h"
#include "model/secrets.h"

#include <string.h>

typedef struct NameRow {
    const char *name;
    SecretName kind;
} NameRow;

static const NameRow name_rows[] = {
    {"password", SECRET_WHOLE},
    {"PASSWORD", SECRET_WHOLE},
    {"dbPassword", SECRET_WHOLE},
    {"DB_PASSWORD", SECRET_WHOLE},
    {"db-password", SECRET_WHOLE},
    {"db.passwd", SECRET_WHOLE},
    {"pwd", SECRET_WHOLE},
    {"passphrase", SECRET_WHOLE},
    {"apiToken", SECRET_WHOLE},
    {"authtoken", SECRET_WHOLE},
    {"client_secret", SECRET_WHOLE},
    {"clientsecret", SECRET_WHOLE},
    {"apikey", SECRET_WHOLE},
    {"apiKey", SECRET_WHOLE},
    {"API_KEY", SECRET_WHOLE},
    {"APIKey", SECRET_WHOLE},
    {"api-key", SECRET_WHOLE},
    {"accessKey", SECRET_WHOLE},
    {"ssh_key", SECRET_WHOLE},
    {"private-key", SECRET_WHOLE},
    {"tls.key", SECRET_WHOLE},
    {"credentials", SECRET_WHOLE},
    {"seed", SECRET_UNLESS_NUMBER},
    {"walletSeed", SECRET_UNLESS_NUMBER},
    {"DB_PASS", SECRET_WHOLE},
    {"AWS_SECRET_ACCESS_KEY", SECRET_WHOLE},
    {"tokens", SECRET_WHOLE},
    {"SEED_PASSWORD", SECRET_WHOLE},
    {"seeds", SECRET_UNLESS_NUMBER},
    {"secrets", SECRET_WHOLE},
    {"passwords", SECRET_WHOLE},
    {"password2", SECRET_WHOLE},
    {"token1", SECRET_WHOLE},
    {"PASSWORD_2", SECRET_WHOLE},
    {"apiKeys", SECRET_WHOLE},
    {"API_KEYS", SECRET_WHOLE},
    {"client-key-data", SECRET_WHOLE},
    {"key-data", SECRET_WHOLE},
    {"keyData", SECRET_WHOLE},
    {".dockerconfigjson", SECRET_WHOLE},
    {"dockerconfigjson", SECRET_WHOLE},
    {"dockercfg", SECRET_WHOLE},
    {"masterkey", SECRET_WHOLE},
    {"sessionkey", SECRET_WHOLE},
    {"hotkey", SECRET_WHOLE},
    {"coldkey", SECRET_WHOLE},
    {"HOTKEY_SEED", SECRET_UNLESS_NUMBER},
    {"mnemonic", SECRET_WHOLE},
    {"pw", SECRET_WHOLE},
    {"rootpw", SECRET_WHOLE},
    {"DB_PW", SECRET_WHOLE},
    {"connectionString", SECRET_WHOLE},
    {"connection_string", SECRET_WHOLE},
    {"ConnectionStrings", SECRET_WHOLE},
    {"DB_CONNECTION_STRING", SECRET_WHOLE},
    {"dsn", SECRET_WHOLE},
    {"SENTRY_DSN", SECRET_WHOLE},
    {"sas", SECRET_WHOLE},
    {"AZURE_SAS", SECRET_WHOLE},
    {"stringData", SECRET_WHOLE},
    {"creds", SECRET_WHOLE},
    {"secretId", SECRET_WHOLE},
    {"pullSecret", SECRET_WHOLE},

    {"auth", SECRET_TEXT},
    {"bearer", SECRET_TEXT},
    {"jwt", SECRET_TEXT},
    {"cookie", SECRET_TEXT},
    {"Set-Cookie", SECRET_TEXT},
    {"Authorization", SECRET_TEXT},
    {"PROXY_AUTH", SECRET_TEXT},

    {"max_tokens", SECRET_UNLESS_NUMBER},
    {"maxTokens", SECRET_UNLESS_NUMBER},
    {"num_tokens", SECRET_UNLESS_NUMBER},
    {"MAX_NEW_TOKENS", SECRET_UNLESS_NUMBER},
    {"total-tokens", SECRET_UNLESS_NUMBER},
    {"prompt_tokens", SECRET_UNLESS_NUMBER},
    {"maxToken", SECRET_UNLESS_NUMBER},
    {"atTokens", SECRET_UNLESS_NUMBER},
    {"numKeys", SECRET_UNLESS_NUMBER},
    {"max_api_keys", SECRET_UNLESS_NUMBER},

    {"key", SECRET_NO},
    {"keys", SECRET_NO},
    {"KEY", SECRET_NO},
    {"name", SECRET_NO},
    {"", SECRET_NO},
    {"-", SECRET_NO},
    {"secretName", SECRET_NO},
    {"secretRef", SECRET_NO},
    {"secretKeyRef", SECRET_NO},
    {"tokenPath", SECRET_NO},
    {"passwordFile", SECRET_NO},
    {"key-file", SECRET_NO},
    {"tokenAudience", SECRET_NO},
    {"tokenExpirationSeconds", SECRET_NO},
    {"topologyKey", SECRET_NO},
    {"publicKey", SECRET_NO},
    {"publicKeys", SECRET_NO},
    {"imagePullSecrets", SECRET_NO},
    {"image-pull-secrets", SECRET_NO},
    {"automountServiceAccountToken", SECRET_NO},
    {"tokenizer", SECRET_NO},
    {"tokenizer_name", SECRET_NO},
    {"keyboard", SECRET_NO},
    {"keystore", SECRET_NO},
    {"keystorePath", SECRET_NO},
    {"keySize", SECRET_NO},
    {"seedling", SECRET_NO},
    {"monkey", SECRET_NO},
    {"compass", SECRET_NO},
    {"SECRET_NAME", SECRET_NO},
    {"authorization-mode", SECRET_NO},
    {"password-stdin", SECRET_NO},
    {"client-certificate-data", SECRET_NO},
    {"certificate-authority-data", SECRET_NO},
    {"tokenCount", SECRET_NO},
    {"tokens_per_second", SECRET_NO},
    {"TOKEN_TTL", SECRET_NO},
    {"secretStoreRef", SECRET_NO},
    {"secretProviderClass", SECRET_NO},
    {"secretGenerator", SECRET_NO},
    {"tokenRequests", SECRET_NO},
    {"matchLabelKeys", SECRET_NO},
    {"x-kubernetes-list-map-keys", SECRET_NO},
    {"sloClassRef.key", SECRET_NO},
    {"secretKeyRef.key", SECRET_NO},
    {"author", SECRET_NO},
    {"authors", SECRET_NO},
    {"authority", SECRET_NO},
    {"auth_type", SECRET_NO},
    {"jwtIssuer", SECRET_NO},
    {"cookieName", SECRET_NO},
    {"dsnName", SECRET_NO},
    {"connection", SECRET_NO},
    {"string", SECRET_NO},
    {"data", SECRET_NO},
    {"metadata", SECRET_NO},
    {"basicAuthUser", SECRET_NO},
    {"cookies.txt", SECRET_NO},
    {"copy_hotkey_to_host", SECRET_NO},
    {"TOKENS_DISTRIBUTION", SECRET_NO},
    {"bearerFormat", SECRET_NO},
};

static void names_are_judged(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof name_rows / sizeof *name_rows; i++)
        if (secret_name(str_from(name_rows[i].name)) != name_rows[i].kind)
            fail_msg("%s", name_rows[i].name);
}

typedef struct ValueRow {
    SecretName kind;
    const char *value;
    bool covered;
} ValueRow;

static const ValueRow value_rows[] = {
    {SECRET_NO, "x", false},
    {SECRET_WHOLE, "true", true},
    {SECRET_TEXT, "dXNlcjpwYXNz", true},
    {SECRET_TEXT, "basic", false},
    {SECRET_TEXT, "None", false},
    {SECRET_TEXT, "false", false},
    {SECRET_TEXT, "", true},
    {SECRET_UNLESS_NUMBER, "4096", false},
    {SECRET_UNLESS_NUMBER, "-1", false},
    {SECRET_UNLESS_NUMBER, "32k", false},
    {SECRET_UNLESS_NUMBER, "1_000.5", false},
    {SECRET_UNLESS_NUMBER, "{{", false},
    {SECRET_UNLESS_NUMBER, "", false},
    {SECRET_UNLESS_NUMBER, "s", true},
    {SECRET_UNLESS_NUMBER, "-", true},
    {SECRET_UNLESS_NUMBER, "4ab", true},
};

static void values_are_judged(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof value_rows / sizeof *value_rows; i++) {
        const ValueRow *row = &value_rows[i];
        if (secret_covers(row->kind, str_from(row->value)) != row->covered)
            fail_msg("%d %s", (int)row->kind, row->value);
    }
}

typedef struct Row {
    const char *name, *line, *want; /* want NULL: nothing is covered */
} Row;

static const Row rows[] = {
    {"nothing", "image: nginx:1.2 # latest\n", NULL},
    {"empty", "", NULL},

    {"URL with user and password", "db: postgres://joe:s3@host:5432/x",
     "db: postgres://***@host:5432/x"},
    {"URL with a token", "git clone https://ghx@github.com/a/b",
     "git clone https://***@github.com/a/b"},
    {"URL without", "https://github.com/a/b@v1 x@y", NULL},
    {"URL with a port", "http://host:8080/a@b", NULL},
    {"slash in a password", "amqp://joe:a/b@host/x", "amqp://***@host/x"},
    {"at sign in a password", "amqp://joe:a@b@host/x", "amqp://***@host/x"},
    {"query", "https://h/x?token=abc", "https://h/x?token=***"},
    {"URL in JSON", "\"https:\\/\\/joe:s3@h\\/x\"", "\"https:\\/\\/***@h\\/x\""},
    {"URL with escapes", "\"https\\x3a//joe:s3@h\"", "\"https\\x3a//***@h\""},
    {"URL with Unicode escapes", "\"https\\u003A\\u002f/joe:s3@h\"",
     "\"https\\u003A\\u002f/***@h\""},
    {"URL with escapes in a string", "\"{\\\"a\\\": \\\"https:\\\\/\\\\/joe:s3@h",
     "\"{\\\"a\\\": \\\"https:\\\\/\\\\/***@h"},
    {"URL with an escaped at sign", "\"https://joe:s3\\x40h\"", "\"https://***\\x40h\""},
    {"no scheme", "//joe:s3@h/x", "//***@h/x"},
    {"no scheme, no password", "a//joe@h //h:80/x@y // a: b@c", NULL},
    {"data source", "joe:s/3@tcp(h:3306)/x", "***@tcp(h:3306)/x"},
    {"data source behind a name", "a: \"X=joe:s=3@unix(/x)\"", "a: \"X=***@unix(/x)\""},
    {"data source without a password", "joe@tcp(h:3306)", NULL},
    {"a call", "a: b@c(d)", NULL},
    {"two URLs", "a://u:p@h b://u:p@h", "a://***@h b://***@h"},
    {"URL in quotes", "\"a://u:p@h\", x@y", "\"a://***@h\", x@y"},

    {"assignment", "DB_PASSWORD=abc next", "DB_PASSWORD=*** next"},
    {"export", "export API_KEY='a b' # c", "export API_KEY='***' # c"},
    {"nothing assigned", "PASSWORD=", NULL},
    {"empty string assigned", "PASSWORD=\"\"", NULL},
    {"blank in front", "PASSWORD=\" abc\"", "PASSWORD=\"***\""},
    {"concatenation", "PASSWORD=a\"b c\"d e", "PASSWORD=*** e"},
    {"concatenation of strings", "PASSWORD='a'\"b c\" e", "PASSWORD=*** e"},
    {"command", "TOKEN=$(echo a b) c", "TOKEN=*** c"},
    {"shell special bytes", "PASSWORD=a&b;c|d e", "PASSWORD=*** e"},
    {"escaped blank", "PASSWORD=a\\ b c", "PASSWORD=*** c"},
    {"escape at the end", "PASSWORD=a\\", "PASSWORD=***"},
    {"in outer quotes", "docker run -e \"TOKEN=abc\" x", "docker run -e \"TOKEN=***\" x"},
    {"in outer quotes, then a comma", "[\"--token=abc\", \"--x\"]", "[\"--token=***\", \"--x\"]"},
    {"text behind a closing quote", "password: 'ab'SECRETTAIL'", "password: '***'***"},
    {"a comma behind a closing quote", "{password: 'ab', name: x}", "{password: '***', name: x}"},
    {"unclosed quote", "PASSWORD=\"abc def", "PASSWORD=\"***"},
    {"unclosed quote inside", "PASSWORD=a\"bc def", "PASSWORD=***"},
    {"escaped quote", "PASSWORD=\"a\\\"b\" c", "PASSWORD=\"***\" c"},
    {"spaced", "password = \"abc\"", "password = \"***\""},
    {"walrus", "token := \"abc\"", "token := \"***\""},
    {"comparison", "[ \"$TOKEN\" == \"abc\" ]", "[ \"$TOKEN\" == \"***\" ]"},
    {"default value", "${DB_PASSWORD:-abc}", "${DB_PASSWORD:-***}"},
    {"other assignment", "NAME=abc", NULL},
    {"literal", "kubectl create secret generic x --from-literal=password=abc",
     "kubectl create secret generic x --from-literal=password=***"},

    {"YAML", "  password: abc", "  password: ***"},
    {"YAML with a comment", "password: a b#c # d", "password: *** # d"},
    {"YAML, quoted", "password: 'it''s' # d", "password: '***' # d"},
    {"YAML, commas", "password: a, b", "password: ***"},
    {"YAML, line break", "password: abc\r\n", "password: ***\r\n"},
    {"YAML, flow", "{password: abc, user: joe}", "{password: ***, user: joe}"},
    {"YAML, list in flow", "{a: x, token: [a, b], user: joe}", "{a: x, token: [***], user: joe}"},
    {"YAML, lists in a list", "{token: [[a], b], user: joe}", "{token: [***], user: joe}"},
    {"YAML, map in flow", "{password: {a: b, c: {d: e}}, user: joe}",
     "{password: {***}, user: joe}"},
    {"YAML, map without an end", "password: {a: b, c: d", "password: {***"},
    {"YAML, map with brackets in strings", "password: {a: \"}\", c: '}'}", "password: {***}"},
    {"YAML, map under auth", "auth: {type: basic, user: joe}", NULL},
    {"YAML, auth", "auth: dXNlcg==", "auth: ***"},
    {"YAML, auth, a word", "auth: basic # x", NULL},
    {"YAML, auth, a boolean", "auth: \"false\"", NULL},
    {"YAML, cookie", "cookie: a=b; c=d", "cookie: ***"},
    {"YAML, count", "maxTokens: 4096", NULL},
    {"YAML, no count", "maxToken: abc", "maxToken: ***"},
    {"YAML, names of fields", "keys: [a, b]", NULL},
    {"YAML, key data", "client-key-data: abc", "client-key-data: ***"},
    {"YAML, certificate", "client-certificate-data: abc", NULL},
    {"YAML, docker", "  .dockerconfigjson: abc", "  .dockerconfigjson: ***"},
    {"YAML, stringData", "{stringData: {name: a, b: c}}", "{stringData: {***}}"},
    {"Secret in flow", "{kind: Secret, data: {name: YQ==}}", "{kind: Secret, data: {***}}"},
    {"Secret in JSON", "{\"data\":{\"a\":\"YQ==\"},\"kind\":\"Secret\"}",
     "{\"data\":{***},\"kind\":\"Secret\"}"},
    {"ConfigMap in flow", "{kind: ConfigMap, data: {name: a}}", NULL},
    {"YAML, template", "password: {{ .Values.a }}", "password: ***"},
    {"template before", "a: {{ .b }} password: a, b", "a: {{ .b }} password: ***"},
    {"YAML, map opens", "secret: {", NULL},
    {"YAML, map with a secret", "secret: {secretName: x, token: y}",
     "secret: {secretName: x, token: ***}"},
    {"YAML, block", "password: |-", NULL},
    {"YAML, block with a comment", "password: > # x", NULL},
    {"YAML, starting like a block", "password: |abc", "password: ***"},
    {"YAML, nothing", "token:", NULL},
    {"YAML, key", "key: nvidia.com/gpu", NULL},
    {"YAML, named value", "- {name: DB_PASSWORD, value: abc}", "- {name: DB_PASSWORD, value: ***}"},
    {"YAML, other named value", "- {name: DB_HOST, value: abc}", NULL},
    {"image tag", "image: repo/token:v1", NULL},
    {"JSON", "{\"token\": \"abc\", \"b\": 1}", "{\"token\": \"***\", \"b\": 1}"},
    {"JSON, compact", "{\"token\":\"abc\",\"b\":1}", "{\"token\":\"***\",\"b\":1}"},
    {"JSON, number", "{\"pwd\": 123, \"seed\": 42}", "{\"pwd\": ***, \"seed\": 42}"},
    {"JSON in a string", "\"{\\\"token\\\":\\\"abc\\\",\\\"b\\\":1}\"",
     "\"{\\\"token\\\":\\\"***\\\",\\\"b\\\":1}\""},
    {"JSON, unclosed", "{\"token\": \"abc, def", "{\"token\": \"***"},
    {"quoted name in prose", "VariantAutoscaling 'ml/token': is outdated", NULL},

    {"flag", "mysql --password abc -h x", "mysql --password *** -h x"},
    {"flag with a sign", "mysql --password=abc -h x", "mysql --password=*** -h x"},
    {"key", "x --key abc --key-file /a/b", "x --key *** --key-file /a/b"},
    {"key with a sign", "x --key=abc", "x --key=***"},
    {"key, exported", "  export key=abc", "  export key=***"},
    {"key in an env file", "keys=abc", "keys=***"},
    {"taint", "kubectl taint nodes a key=value:NoSchedule", NULL},
    {"keys compared", "key == \"a\"", NULL},
    {"count", "x --max-tokens 4096 --tokenizer a", NULL},
    {"auth, a word", "x --auth basic --auth=none", NULL},
    {"auth", "x --auth joe:abc", "x --auth ***"},
    {"flag, quoted", "mysql --password 'a b' x", "mysql --password '***' x"},
    {"flag in documentation", "| `--token` | `TOKEN` | string |", NULL},
    {"flag, template", "x --token {{ .a }} b", "x --token *** b"},
    {"flag before a flag", "x --token --verbose", NULL},
    {"flag at the end", "x --token", NULL},
    {"flags in an array", "[\"--password\", \"abc\", \"c\"]", "[\"--password\", \"***\", \"c\"]"},
    {"flag that points", "x --token-file /a/b", NULL},
    {"word without a dash", "kubectl get secret abc", NULL},
    {"curl user", "curl -u joe:abc https://h", "curl -u *** https://h"},
    {"user without password", "sudo -u joe ls", NULL},
    {"other literal", "kubectl create secret x --from-literal=foo=abc d",
     "kubectl create secret x --from-literal=foo=*** d"},
    {"literal as a word", "x --from-literal foo=abc d", "x --from-literal foo=*** d"},
    {"literal in quotes", "x --from-literal='foo=a b' d", "x --from-literal='foo=***' d"},
    {"literal, part in quotes", "x --from-literal=foo=\"a b\" d", "x --from-literal=foo=\"***\" d"},
    {"from a file", "x --from-file=foo=abc", NULL},
    {"mysql", "mysql -ujoe -pabc -P3306 x", "mysql -ujoe -p*** -P3306 x"},
    {"mysql, quoted", "mysqldump -p'a b' x", "mysqldump -p*** x"},
    {"mysql in an array", "[\"mysqladmin\", \"-pabc\", \"ping\"]",
     "[\"mysqladmin\", \"-p***\", \"ping\"]"},
    {"mysql that asks", "mysql --protocol tcp -p x", NULL},
    {"other -p", "mkdir -p /a && ssh -p22 h", NULL},
    {"docker login", "docker login -u joe -p abc h", "docker login -u joe -p *** h"},
    {"docker login in an array", "[docker, \"login\", \"-p\", \"abc\"]",
     "[docker, \"login\", \"-p\", \"***\"]"},
    {"echo", "echo -n abc | docker login -u joe --password-stdin",
     "echo -n *** | docker login -u joe --password-stdin"},
    {"printf", "printf '%s' \"a|b\"| helm registry login --password-stdin",
     "printf ***| helm registry login --password-stdin"},
    {"here string", "docker login --password-stdin <<< abc",
     "docker login --password-stdin <<< ***"},
    {"echo elsewhere", "echo abc | grep b", NULL},
    {"echo behind", "docker login; echo abc | cat", NULL},

    {"authorization", "Authorization: Bearer abc", "Authorization: Bearer ***"},
    {"authorization, no scheme", "Authorization: abc", "Authorization: ***"},
    {"authorization in quotes", "curl -H \"Authorization: Bearer abc\" https://h",
     "curl -H \"Authorization: Bearer ***\" https://h"},
    {"authorization in JSON", "{\"Authorization\": \"Basic abc\"}",
     "{\"Authorization\": \"Basic ***\"}"},
    {"authorization assigned", "authorization=Bearer abc", "authorization=Bearer ***"},
    {"bearer", "send bearer abcdefghijklmnop", "send bearer ***"},
    {"bearer in prose", "bearer tokens are", NULL},
    {"AWS", "id AKIAABCDEFGHIJKLMNOP", "id ***"},
    {"GitHub", "x ghp_abcdefghijklmnopqrst y", "x *** y"},
    {"private key", "x: \"-----BEGIN PRIVATE KEY-----\\nMII\"",
     "x: \"-----BEGIN PRIVATE KEY-----***"},
};

/* Ordinary lines, of which nothing is covered. */
static const char *const open_lines[] = {
    "keys: 3",
    "name: token-service",
    "image: registry.io/auth/token-service:1.2@sha256:abc",
    "- serviceAccountToken: {path: token, expirationSeconds: 3600}",
    "configMapKeyRef: {name: a, key: password}",
    "secretKeyRef: {name: a, key: token}",
    "- key: nvidia.com/gpu",
    "key: \"node-role.kubernetes.io/control-plane\"",
    "topologyKey: kubernetes.io/hostname",
    "maxTokens: 4096",
    "--max-tokens=4096 --tokenizer=x --tokenizer-mode auto",
    "secret: {secretName: a, defaultMode: 420}",
    "sloClassRef.key: premium",
    "tokenExpirationSeconds: 3",
    "automountServiceAccountToken: false",
    "resources: [\"secrets\", \"tokens\"]",
    "type: kubernetes.io/dockerconfigjson",
    "tolerations: [{key: a, operator: Exists}]",
    "image: nginx:1.2@sha256:abc",
    "args: [--tokenizer=x, --key-file, /a/b]",
    "imagePullSecrets: [{name: a}]",
    "- {matchExpressions: [{key: a, operator: In, values: [b]}]}",
    "envFrom: [{secretRef: {name: a}}]",
    "- name: MAX_TOKENS",
    "  keystorePath: /a/b",
    "// see a: b@c",
    "client-certificate-data: abc",
};

static void open_lines_stay(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof open_lines / sizeof *open_lines; i++) {
        Buf got = {0};
        mask_text(str_from(open_lines[i]), &got);
        if (!str_eq(buf_str(&got), str_from(open_lines[i]))) fail_msg("%s", open_lines[i]);
        buf_release(&got);
    }
}

static void lines_are_masked(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str line = str_from(rows[i].line), want = rows[i].want ? str_from(rows[i].want) : line;
        Buf once = {0}, twice = {0};
        mask_text(line, &once);
        if (!str_eq(buf_str(&once), want)) fail_msg("%s: got %s", rows[i].name, buf_cstr(&once));
        mask_text(buf_str(&once), &twice);
        if (!str_eq(buf_str(&twice), want))
            fail_msg("%s: again gives %s", rows[i].name, buf_cstr(&twice));
        buf_release(&once);
        buf_release(&twice);
    }
}

/* Units repeated to a megabyte: quadratic time would be minutes; "hunter2" must never come out. */
static void hostile_lines(void **state) {
    (void)state;
    static const char *const units[] = {
        "password: ",
        "{password: a, ",
        "\\",
        "TOKEN=",
        "TOKEN=\"\\\"",
        "a://b:c/",
        "a://a:",
        "--token ",
        "'password'",
        "\\\"token\\\":\\\"",
        "Bearer ",
        "-----BEGIN PRIVATE KEY-----",
        "{\"a\":",
        "name: token, value: ",
        "Authorization: \"",
        "TOKEN=\\\\\\\\\\\\\\\\\\\\",
        "$(",
        "{{",
        "TOKEN={{ }",
        "TOKEN={{",
        "TOKEN=$(",
        "password: [",
        "password: {",
        "secret: {name: ",
        "\\/\\/a:",
        "//a:b",
        "@tcp(",
        "a:b@tcp(",
        "echo a | login ",
        "echo ",
        "<<< \"login",
        "-p -u login ",
        "mysql -p\"",
        "--from-literal=\"a",
        "auth: ",
        "Secret",
        "\\x3a",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf line = {0}, out = {0};
        while (line.len < 1024 * 1024) buf_add(&line, str_from(units[i]));
        buf_add(&line, STR(" password: hunter2"));
        mask_text(buf_str(&line), &out);
        if (str_find(buf_str(&out), STR("hunter2")) != STR_NONE) fail_msg("%s", units[i]);
        buf_release(&line);
        buf_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_judged), cmocka_unit_test(values_are_judged),
        cmocka_unit_test(open_lines_stay),  cmocka_unit_test(lines_are_masked),
        cmocka_unit_test(hostile_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
