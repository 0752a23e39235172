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
    bool secret;
} NameRow;

static const NameRow name_rows[] = {
    {"password", true},
    {"PASSWORD", true},
    {"dbPassword", true},
    {"DB_PASSWORD", true},
    {"db-password", true},
    {"db.passwd", true},
    {"pwd", true},
    {"passphrase", true},
    {"apiToken", true},
    {"authtoken", true},
    {"client_secret", true},
    {"clientsecret", true},
    {"apikey", true},
    {"apiKey", true},
    {"API_KEY", true},
    {"APIKey", true},
    {"api-key", true},
    {"accessKey", true},
    {"ssh_key", true},
    {"private-key", true},
    {"tls.key", true},
    {"credentials", true},
    {"seed", true},
    {"walletSeed", true},
    {"DB_PASS", true},
    {"AWS_SECRET_ACCESS_KEY", true},

    {"key", false},
    {"name", false},
    {"", false},
    {"-", false},
    {"secretName", false},
    {"secretRef", false},
    {"secretKeyRef", false},
    {"tokenPath", false},
    {"passwordFile", false},
    {"tokenAudience", false},
    {"tokenExpirationSeconds", false},
    {"topologyKey", false},
    {"publicKey", false},
    {"imagePullSecrets", false},
    {"automountServiceAccountToken", false},
    {"tokenizer", false},
    {"max_tokens", false},
    {"seedling", false},
    {"monkey", false},
    {"compass", false},
    {"SECRET_NAME", false},
    {"authorization-mode", false},
    {"password-stdin", false},
};

static void names_are_judged(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof name_rows / sizeof *name_rows; i++)
        if (secret_name(str_from(name_rows[i].name)) != name_rows[i].secret)
            fail_msg("%s", name_rows[i].name);
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
    {"YAML, list in flow", "{tokens: x, token: [a, b], user: joe}",
     "{tokens: x, token: ***, user: joe}"},
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
    {"JSON, number", "{\"seed\": 123, \"b\": 1}", "{\"seed\": ***, \"b\": 1}"},
    {"JSON in a string", "\"{\\\"token\\\":\\\"abc\\\",\\\"b\\\":1}\"",
     "\"{\\\"token\\\":\\\"***\\\",\\\"b\\\":1}\""},
    {"JSON, unclosed", "{\"token\": \"abc, def", "{\"token\": \"***"},
    {"quoted name in prose", "VariantAutoscaling 'ml/token': is outdated", NULL},

    {"flag", "mysql --password abc -h x", "mysql --password *** -h x"},
    {"flag with a sign", "mysql --password=abc -h x", "mysql --password=*** -h x"},
    {"flag, quoted", "mysql --password 'a b' x", "mysql --password '***' x"},
    {"flag in documentation", "| `--token` | `TOKEN` | string |", NULL},
    {"flag before a flag", "x --token --verbose", NULL},
    {"flag at the end", "x --token", NULL},
    {"flags in an array", "[\"--password\", \"abc\", \"c\"]", "[\"--password\", \"***\", \"c\"]"},
    {"flag that points", "x --token-file /a/b", NULL},
    {"word without a dash", "kubectl get secret abc", NULL},
    {"curl user", "curl -u joe:abc https://h", "curl -u *** https://h"},
    {"user without password", "sudo -u joe ls", NULL},

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
        "TOKEN=$(",
        "password: [",
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
        cmocka_unit_test(names_are_judged),
        cmocka_unit_test(lines_are_masked),
        cmocka_unit_test(hostile_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
