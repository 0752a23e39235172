/* The completions, asked through the shells themselves; a shell that is not there is skipped. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/completions.h"
#include "app/man.h"

#include <stdio.h>
#include <unistd.h>

static const Rule rules_list[] = {{.id = STR_INIT("KFT001")}, {.id = STR_INIT("KFT002")}};
static const RuleSet rules = {.rules = rules_list, .count = 2};

typedef void (*Writer)(Buf *out, const RuleSet *rules);

/* Writes the script into a temporary file and answers its name. */
static char *script_open(Writer write, char name[64]) {
    snprintf(name, 64, "/tmp/unstale-completion-XXXXXX");
    int file = mkstemp(name);
    assert_true(file >= 0);
    Buf out = {0};
    write(&out, &rules);
    assert_int_equal(pwrite(file, out.data, out.len, 0), out.len);
    close(file);
    buf_release(&out);
    return name;
}

/* What the command prints; its last line break is cut off. */
static void run(const char *command, Buf *out) {
    buf_clear(out);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char bytes[4096];
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, pipe));) buf_add(out, (Str){bytes, len});
    pclose(pipe);
    if (str_ends(buf_str(out), STR("\n"))) out->len--;
}

static bool has_shell(const char *shell) {
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null", shell);
    bool there = system(command) == 0;
    if (!there) print_message("skipped: there is no %s\n", shell);
    return there;
}

static const struct {
    const char *words; /* as bash cuts them; the last one is completed */
    const char *want;
} bash_rows[] = {
    {"unstale \"\"", "check convert rules explain schema help"},
    {"unstale ex", "explain"},
    {"unstale --", "--help --version"},
    {"unstale help ru", "rules"},
    {"unstale check --fo", "--format"},
    {"unstale check --no-i", "--no-ignore"},
    {"unstale convert --as", "--as-is"},
    {"unstale convert --fix = re", "review"},
    {"unstale rules --", "--select --rules --format --help"},
    {"unstale check --format js", "json"},
    {"unstale check --format = js", "json"},
    {"unstale check --format = con", "concise"},
    {"unstale check --color a", "auto always"},
    {"unstale check --fail-on \"\"", "error warning note never"},
    {"unstale rules --format m", "markdown"},
    {"unstale check --select KFT", "KFT001 KFT002"},
    {"unstale check --select wva,KFT002,tr", "wva,KFT002,trainer"},
    {"unstale check --target train", "trainer=2.0 trainer=2.1 trainer=2.2 trainer=2.3"},
    {"unstale check --target trainer = 2.2", "2.2"},
    {"unstale check --target = trainer = 2.", "2.0 2.1 2.2 2.3"},
    {"unstale check --target wva =", "guide 0.5 0.6 annotations"},
    {"unstale check --threads \"\"", ""},
    {"unstale check a.yaml --output \"\"", ""},
    {"unstale explain KFT", "KFT001 KFT002"},
    {"unstale schema r", "rule report"},
};

static void test_bash(void **state) {
    (void)state;
    if (!has_shell("bash")) return;
    char name[64];
    script_open(completions_bash, name);
    Buf got = {0};
    for (size_t i = 0; i < sizeof bash_rows / sizeof *bash_rows; i++) {
        char command[512];
        snprintf(command, sizeof command,
                 "bash -c 'set -eu; . %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                 "_unstale || true; echo ${COMPREPLY[*]}' 2>&1",
                 name, bash_rows[i].words);
        run(command, &got);
        if (!str_eq(buf_str(&got), str_from(bash_rows[i].want)))
            fail_msg("%s: %s", bash_rows[i].words, buf_cstr(&got));
    }
    buf_release(&got);
    unlink(name);
}

static const struct {
    const char *line, *want; /* `want` without descriptions */
} fish_rows[] = {
    {"unstale ex", "explain"},
    {"unstale check --fo", "--format"},
    {"unstale check --format js", "json"},
    {"unstale check --format=js", "--format=json"},
    {"unstale check --color al", "always"},
    {"unstale check --no-i", "--no-ignore"},
    {"unstale check --select wva,KFT001", "wva,KFT001"},
    {"unstale check --target wva=g", "wva=guide"},
    {"unstale explain KFT002", "KFT002"},
    {"unstale rules --str", ""},
};

static void test_fish(void **state) {
    (void)state;
    if (!has_shell("fish")) return;
    char name[64];
    script_open(completions_fish, name);
    Buf got = {0};
    for (size_t i = 0; i < sizeof fish_rows / sizeof *fish_rows; i++) {
        char command[512];
        snprintf(command, sizeof command,
                 "fish --no-config -c 'source %s; complete -C \"%s\"' 2>&1 | cut -f1", name,
                 fish_rows[i].line);
        run(command, &got);
        if (!str_eq(buf_str(&got), str_from(fish_rows[i].want)))
            fail_msg("%s: %s", fish_rows[i].line, buf_cstr(&got));
    }
    buf_release(&got);
    unlink(name);
}

static void test_zsh_loads(void **state) {
    (void)state;
    if (!has_shell("zsh")) return;
    char name[64], command[256];
    script_open(completions_zsh, name);
    snprintf(
        command, sizeof command,
        "zsh -f -c 'autoload -U compinit; compinit -u -D; source %s; print $_comps[unstale]' 2>&1",
        name);
    Buf got = {0};
    run(command, &got);
    assert_string_equal(buf_cstr(&got), "_unstale");
    buf_release(&got);
    unlink(name);
}

static void write_man(Buf *out, const RuleSet *unused) {
    (void)unused;
    man_write(out, STR("1.2.3"));
}

static void test_man_has_no_warnings(void **state) {
    (void)state;
    if (!has_shell("groff")) return;
    char name[64], command[256];
    script_open(write_man, name);
    snprintf(command, sizeof command, "groff -man -Tutf8 -ww %s 2>&1 >/dev/null", name);
    Buf got = {0};
    run(command, &got);
    assert_string_equal(buf_cstr(&got), "");
    buf_release(&got);
    unlink(name);
}

static void test_man_sections(void **state) {
    (void)state;
    static const char *const sections[] = {"NAME",        "SYNOPSIS",        "DESCRIPTION",
                                           "COMMANDS",    "\"EXIT STATUS\"", "FILES",
                                           "ENVIRONMENT", "EXAMPLES"};
    Buf out = {0};
    man_write(&out, STR("1.2.3"));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        char line[64];
        snprintf(line, sizeof line, "\n.SH %s\n", sections[i]);
        if (str_find(buf_str(&out), str_from(line)) == STR_NONE) fail_msg("no %s", sections[i]);
    }
    assert_true(str_find(buf_str(&out), STR("no\\-gate")) == STR_NONE);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bash),         cmocka_unit_test(test_fish),
        cmocka_unit_test(test_zsh_loads),    cmocka_unit_test(test_man_has_no_warnings),
        cmocka_unit_test(test_man_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
