/* Command lines and what they mean, or why they are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/options.h"
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

enum { MOST_WORDS = 32 };

/* Splits a line at its spaces, parses it and writes what came out: a line per field that is not
 * zero. */
typedef struct Case {
    char text[512];
    char *argv[MOST_WORDS];
    int argc;
    Options options;
    Error err;
    bool ok;
} Case;

static void case_parse(Case *c, const char *words) {
    memset(c, 0, sizeof *c);
    snprintf(c->text, sizeof c->text, "unstale %s", words);
    char *rest = c->text;
    for (char *word; (word = strsep(&rest, " "));) {
        if (*word) c->argv[c->argc++] = word;
    }
    c->ok = options_parse(c->argc, c->argv, &c->options, &c->err);
}

static void add_texts(Buf *out, const char *name, const StrVec *texts) {
    for (size_t i = 0; i < texts->len; i++)
        buf_addf(out, "%s%s" STR_FMT, out->len ? " " : "", i ? "" : name, STR_ARG(texts->items[i]));
}

static void add_number(Buf *out, const char *name, uint64_t number) {
    if (number) buf_addf(out, " %s%llu", name, (unsigned long long)number);
}

static void add_text(Buf *out, const char *name, Str text) {
    if (text.len) buf_addf(out, " %s" STR_FMT, name, STR_ARG(text));
}

static void add_flags(Buf *out, const Options *o) {
    const struct {
        const char *name;
        bool set;
    } flags[] = {
        {"help", o->help},
        {"version", o->version},
        {"suppressed", o->show_suppressed},
        {"strict", o->strict},
        {"quiet", o->quiet},
        {"verbose", o->verbose},
        {"statistics", o->statistics},
        {"isolated", o->isolated},
        {"no-ignore", o->no_ignore},
        {"list", o->list_files},
        {"show-config", o->show_config},
        {"no-gate", o->no_gate},
        {"fix-related", o->fix_related},
        {"only-converted", o->only_converted},
        {"all", o->all},
        {"as-is", o->as_is},
        {"suspend", o->suspend},
        {"diff", o->diff},
        {"staged", o->staged},
        {"review", o->review},
        {"annotate", o->annotate},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (flags[i].set) buf_addf(out, " %s", flags[i].name);
    }
}

static void describe(Buf *out, const Options *o) {
    buf_add(out, commands_table[o->command].name);
    add_texts(out, "", &o->arguments);
    for (size_t i = 0; i < o->outputs.len; i++)
        buf_addf(out, " " STR_FMT ">" STR_FMT, STR_ARG(o->outputs.items[i].format),
                 STR_ARG(o->outputs.items[i].path));
    add_texts(out, "select:", &o->select);
    add_texts(out, "ignore:", &o->ignore);
    add_texts(out, "exclude:", &o->exclude);
    add_texts(out, "rules:", &o->rules);
    add_texts(out, "inventory:", &o->inventory);
    add_texts(out, "crds:", &o->crds);
    for (size_t i = 0; i < o->targets.len; i++)
        buf_addf(out, " " STR_FMT "=" STR_FMT, STR_ARG(pack_names[o->targets.items[i].pack]),
                 STR_ARG(o->targets.items[i].version));
    add_text(out, "into:", o->into);
    add_text(out, "namespace:", o->namespace);
    add_text(out, "prefix:", o->name_prefix);
    add_text(out, "config:", o->config);
    add_text(out, "rev:", o->rev);
    add_text(out, "stdin:", o->stdin_filename);
    add_number(out, "today:", o->today);
    add_number(out, "threads:", o->threads);
    add_number(out, "color:", o->color);
    add_number(out, "fail-on:", o->fail_on);
    add_number(out, "listing:", o->listing);
    add_number(out, "fix:", o->fix);
    add_flags(out, o);
}

static const struct {
    const char *words, *want;
} good[] = {
    {"", "unstale help"},
    {"--help", "unstale help"},
    {"-h", "unstale help"},
    {"--version", "unstale version"},
    {"-V", "unstale version"},
    {"help", "unstale help"},
    {"help check", "check help"},
    {"check --help", "check help"},
    {"explain --help", "explain help"},
    {"check", "check . text>"},
    {"check a b", "check a b text>"},
    {"check a --strict b", "check a b text> strict"},
    {"check -- --strict", "check --strict text>"},
    {"check -", "check - text>"},
    {"check --staged a", "check a text> staged"},
    {"check --rev HEAD~1", "check . text> rev:HEAD~1"},
    {"check --rev=v1 --fix --diff", "check . text> rev:v1 fix:1 diff"},
    {"convert --rev v1 --fix=review", "convert . rev:v1 fix:2"},
    {"check --output x", "check . text>x"},
    {"check -o x", "check . text>x"},
    {"check -ox", "check . text>x"},
    {"check --format json", "check . json>"},
    {"check --format=json --output=- --format text --output r.txt", "check . json>- text>r.txt"},
    {"check --select KFT,wva --select CNI001", "check . text> select:KFT wva CNI001"},
    {"check --ignore=a,,b,", "check . text> ignore:a b"},
    {"check --target trainer=2.2 --target wva=0.5", "check . text> trainer=2.2 wva=0.5"},
    {"check --target kubernetes=1.40", "check . text> kubernetes=1.40"},
    {"check --rules d --rules e --inventory f --crds g --exclude *.gen",
     "check . text> exclude:*.gen rules:d e inventory:f crds:g"},
    {"check --fix=review --fix-related", "check . text> fix:2 fix-related"},
    {"check -qq", "check . text> quiet"},
    {"check -qo x", "check . text>x quiet"},
    {"check --verbose --statistics --show-suppressed --no-ignore --no-gate",
     "check . text> suppressed verbose statistics no-ignore no-gate"},
    {"check --fail-on error", "check . text> fail-on:1"},
    {"check --fail-on never --fail-on note", "check . text> fail-on:3"},
    {"check --color never", "check . text> color:2"},
    {"check --threads 256 --today 2026-02-28", "check . text> today:20260228 threads:256"},
    {"check --config c.yaml --list-files", "check . text> config:c.yaml list"},
    {"check --isolated --show-config", "check . text> isolated show-config"},
    {"check - --stdin-filename a.yaml", "check - text> stdin:a.yaml"},
    {"convert", "convert ."},
    {"convert a -o b --all --suspend --review", "convert a into:b all suspend review"},
    {"convert --fix --only-converted", "convert . fix:1 only-converted"},
    {"convert --fix=review --format json", "convert . json> fix:2"},
    {"convert - --as-is", "convert - as-is"},
    {"convert --namespace test --name-prefix copy- --annotate",
     "convert . namespace:test prefix:copy- annotate"},
    {"rules", "rules"},
    {"rules --format markdown --select KFT --rules d", "rules select:KFT rules:d listing:2"},
    {"explain KFT001", "explain KFT001"},
    {"schema report", "schema report"},
};

static void test_good(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Case c;
        case_parse(&c, good[i].words);
        if (!c.ok) fail_msg("%s: %s", good[i].words, c.err.text);
        Buf got = {0};
        describe(&got, &c.options);
        assert_string_equal(buf_cstr(&got), good[i].want);
        buf_release(&got);
        options_release(&c.options);
    }
}

static const struct {
    const char *words, *want;
} bad[] = {
    {"chekc", "unknown command 'chekc', did you mean 'check'?"},
    {"manifests/", "unknown command 'manifests/'; `unstale help` lists them (to lint a file or "
                   "directory: unstale check PATH)"},
    {"help chek", "unknown command 'chek', did you mean 'check'?"},
    {"--format json", "option '--format' stands behind its command: unstale check --format"},
    {"--hepl", "unknown option '--hepl', did you mean '--help'?"},
    {"check --fromat json", "unknown option '--fromat', did you mean '--format'?"},
    {"check --list", "unknown option '--list'"},
    {"check --xyzzy", "unknown option '--xyzzy'"},
    {"check -x", "unknown option '-x'"},
    {"check -qx", "unknown option '-x'"},
    {"rules --strict", "option '--strict' belongs to 'check', not to 'rules'"},
    {"check --strict=yes", "option '--strict' takes no value"},
    {"check --output", "option '--output' needs a value: --output=FILE"},
    {"check --output --format json", "option '--output' needs a value: --output=FILE"},
    {"check --select=", "option '--select' needs a value: --select=LIST"},
    {"check --select ,", "option '--select': the list is empty"},
    {"check --color allways", "option '--color': unknown value 'allways', did you mean 'always'?"},
    {"check --color 7", "option '--color': unknown value '7'; it is one of auto, always, never"},
    {"check --format jsno", "option '--format': unknown value 'jsno', did you mean 'json'?"},
    {"check --target trainer", "option '--target': 'trainer' is not of the form PACK=VERSION, for "
                               "example trainer=2.3"},
    {"check --target trianer=2.3",
     "option '--target': unknown pack 'trianer', did you mean 'trainer'?"},
    {"check --target trainer=9", "option '--target': unknown target '9' for trainer; it is 2.0, "
                                 "2.1, 2.2 or 2.3"},
    {"check --threads 0", "option '--threads': '0' is no number from 1 to 256"},
    {"check --threads 257", "option '--threads': '257' is no number from 1 to 256"},
    {"check --today 2026-02-30", "option '--today': '2026-02-30' is no date (YYYY-MM-DD)"},
    {"convert --all --only-converted", "options '--only-converted' and '--all' exclude each other"},
    {"convert --as-is --only-converted",
     "options '--as-is' and '--only-converted' exclude each other"},
    {"convert --as-is --annotate", "options '--as-is' and '--annotate' exclude each other"},
    {"convert --namespace Test", "option '--namespace': 'Test' is no name of a namespace (at most "
                                 "63 of a-z, 0-9 and '-', '-' at "
                                 "neither end)"},
    {"convert --name-prefix=-copy", "option '--name-prefix': no name can start with '-copy' (a-z, "
                                    "0-9, '-' and '.', with a-z or 0-9 "
                                    "in front)"},
    {"check --namespace test", "option '--namespace' belongs to 'convert', not to 'check'"},
    {"convert --as-is --suspend", "options '--as-is' and '--suspend' exclude each other"},
    {"convert --as-is --fix", "options '--as-is' and '--fix' exclude each other"},
    {"convert --review --fix=safe", "options '--review' and '--fix=safe' exclude each other"},
    {"convert --diff", "option '--diff' belongs to 'check', not to 'convert'"},
    {"check --staged --rev HEAD", "options '--staged' and '--rev' exclude each other"},
    {"check --staged -", "option '--staged' reads from Git, the PATH - standard input: choose one"},
    {"convert --rev HEAD a -",
     "option '--rev' reads from Git, the PATH - standard input: choose one"},
    {"check --rev HEAD --fix",
     "option '--fix' cannot rewrite what '--rev' reads: use --diff or convert"},
    {"check -q -v", "options '--quiet' and '--verbose' exclude each other"},
    {"check --config a --isolated", "options '--config' and '--isolated' exclude each other"},
    {"check --list-files --show-config",
     "options '--list-files' and '--show-config' exclude each other"},
    {"check a --stdin-filename b",
     "option '--stdin-filename' names standard input: give the PATH -"},
    {"check --output a --output b",
     "option '--output': 'b' needs a --format of its own before it ('a' took the last one)"},
    {"check --format json --format text", "option '--format': two reports would go to standard "
                                          "output; give one of them --output FILE"},
    {"check --format json --output a --format text --output a",
     "option '--output': two reports would go to 'a'"},
    {"rules KFT", "'rules' takes no arguments: 'KFT' is too much"},
    {"explain", "'explain' needs an argument: unstale explain RULE"},
    {"explain a b", "'explain' takes one argument: 'b' is too much"},
    {"schema confg", "unknown schema 'confg', did you mean 'config'?"},
    {"schema 7", "unknown schema '7'; it is one of config|rule|report"},
};

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Case c;
        case_parse(&c, bad[i].words);
        if (c.ok) fail_msg("accepted: %s", bad[i].words);
        assert_string_equal(c.err.text, bad[i].want);
        options_release(&c.options);
    }
}

/* A row that repeats a name or letter of its command could never be reached. */
static void test_names_are_unique(void **state) {
    (void)state;
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *a = &options_table[i];
        assert_true(a->commands != 0);
        assert_true(a->help.len > 0);
        assert_int_equal(a->kind == VALUE_FLAG, a->argument.len == 0);
        for (size_t k = i + 1; k < options_count; k++) {
            const OptionInfo *b = &options_table[k];
            if (!(a->commands & b->commands)) continue;
            assert_false(str_eq(a->name, b->name));
            assert_false(a->letter && a->letter == b->letter);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_names_are_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
