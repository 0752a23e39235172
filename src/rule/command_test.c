/* Rules about commands: a match, a script, and what is pointed at. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/command.h"

#include "base/buf.h"
#include "rule/load.h"
#include "rule/set.h"

typedef struct Row {
    const char *name, *match, *script;
    const char *want; /* each hit: what stands at its place; `!` where nothing can take its place */
} Row;

#define HEAD                                                                                       \
    "id: T1\nname: t\nsummary: s\nseverity: error\ntargets: {t: '*'}\nmessage: m\nwhy: w\n"        \
    "literals: [a]\nmatch: "

static void write_hit(Buf *out, Str text, const CommandHit *hit) {
    static const char *const marks[] = {"", "-", "!"};
    buf_addf(out, "%s" STR_FMT "%s", out->len ? " " : "", STR_ARG(span_text(text, hit->place)),
             marks[hit->replace]);
}

/* As for a file: all of its commands are noted first. */
static void search_twice(CommandSearch *search, const Script *script) {
    search->noting = command_asks_file(search);
    if (search->noting) command_search(search, script);
    search->noting = false;
    command_search(search, script);
}

static void check_row(const Row *row) {
    Arena arena = {0};
    Rule rule;
    RuleSet set;
    Error err = {""};
    Str text = str_format(&arena, "%s%s\n", HEAD, row->match);
    if (!rule_parse(&arena, STR("r.yaml"), STR("t"), text, &rule, &err) ||
        !rule_set_build(&arena, &rule, 1, &set, &err))
        fail_msg("%s: %s", row->name, err.text);
    Regex **regexes = rule_regexes_new(&set);
    Matcher matcher = {.regexes = regexes, .scratch = regex_scratch_new()};
    uint64_t wanted = 1;
    Script script = {.text = str_from(row->script)};
    CommandLines lines = {0};
    uint8_t owner = 0;
    CommandSearch search = {.arena = &arena,
                            .rules = &set,
                            .wanted = &wanted,
                            .matcher = &matcher,
                            .file = script.text,
                            .file_lines = &lines,
                            .owners = &owner};
    search_twice(&search, &script);
    Buf out = {0};
    for (size_t i = 0; i < search.hits.len; i++)
        write_hit(&out, script.text, &search.hits.items[i]);
    for (size_t i = 0; i < search.faults.len; i++) buf_addf(&out, " fault");
    if (!str_eq(buf_str(&out), str_from(row->want)))
        fail_msg("%s: got '%s', want '%s'", row->name, buf_cstr(&out), row->want);
    buf_release(&out);
    command_release(&search);
    vec_release(&lines);
    regex_scratch_free(matcher.scratch);
    rule_regexes_free(&set, regexes);
    arena_release(&arena);
}

#define CHECK_ROWS(rows)                                                                           \
    for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) check_row(&(rows)[i])

#define PROGRAM "{command: tool, subcommand: add, at: program}"

static const Row programs[] = {
    {"by name", PROGRAM, "tool add; atool add; tool remove a", "tool"},
    {"by path", PROGRAM, "/usr/bin/tool add", "/usr/bin/tool"},
    {"in a pipe and in a substitution", PROGRAM, "tool add | x $(tool add)", "tool tool"},
    {"as an argument", PROGRAM, "x tool add", ""},
    {"of unknown name", PROGRAM, "$X/tool add; $(tool) add", "$X/tool!"},
    {"through another program", PROGRAM, "sudo -E -u a tool add; env A=b nohup tool add",
     "tool tool"},
    {"with words of its own", PROGRAM, "timeout -s 9 5 tool add", "tool"},
    {"a flag of the other one", PROGRAM, "sudo --user=a tool add", "tool"},
    {"behind two dashes", PROGRAM, "kubectl exec a -- tool add", "tool"},
    {"in a shell", PROGRAM, "sh -c 'x a; tool add'; bash -lec \"tool add\"", "tool tool"},
    {"in a shell in a shell", PROGRAM, "sh -c 'sudo sh -c \"tool add\" a'", "tool"},
    {"a script for a shell", PROGRAM, "sh tool add a", ""},
    {"in a here-document of a shell", PROGRAM, "bash -s <<E\ntool add a\nE\n", "tool"},
    {"in a here-document", PROGRAM, "cat <<E\ntool add a\nE\n", ""},
    {"in one that becomes a script", PROGRAM, "cat >x.sh <<E\n#!/bin/sh\ntool add a\nE\n", "tool"},
    {"in one word for a shell", PROGRAM,
     "watch -n 5 'x; tool add'; ssh -p 22 host \"tool add $X\"; ssh host 'tool add' b",
     "tool tool"},
    {"on another host", PROGRAM, "ssh -o A=b a@host sudo tool add", "tool"},
    {"by a short name", "{command: kubectl, at: program}", "k get a; kk get a", "k"},
    {"run by find", PROGRAM, "find . -name a -exec sudo tool add {} \\;", "tool"},
    {"a word of find", PROGRAM, "find tool add -exec", ""},
    {"snaps", "{command: kubectl, at: program}", "microk8s kubectl a; microk8s.kubectl a",
     "kubectl microk8s.kubectl"},
    {"the snap itself", "{command: microk8s, at: program}", "microk8s kubectl a", "microk8s"},
    {"what the snap does not run", "{command: status, at: program}", "microk8s status a", ""},
};

static const Row subcommands[] = {
    {"first word", "{command: tool, subcommand: [add, 'b c']}", "tool -x add; tool b c; tool b a",
     "add c"},
    {"behind flags with values", "{command: kubectl, subcommand: get}",
     "kubectl -n a --context b get; kubectl --context=b get; kubectl -nget a", "get get"},
    {"unknown", "{command: tool, subcommand: add}", "tool $X add a", ""},
};

#define WORD     "{command: tool, subcommand: add, where: [{word: '^(a)'}]}"
#define RESOURCE "{command: kubectl, subcommand: [get, logs], where: [{resource: '^(a)s?$'}]}"
#define FLAG     "{command: tool, where: [{flag: [-f, --file], matches: 'a+'}]}"
#define ABSENT   "{command: tool, subcommand: a, where: [{flag: [-f, --file], absent: true}]}"
#define ANY      "{command: '*', except: [echo], where: [{any: '\\bab\\b'}]}"

static const Row questions[] = {
    {"words", WORD, "tool add x ab -a 'ac' a; tool ad a", "a a a"},
    {"types", RESOURCE, "kubectl get as x; kubectl get x a; kubectl get b,a x", "a a"},
    {"types with names", RESOURCE, "kubectl get a/x b/y a/z; kubectl logs a; kubectl logs a/x",
     "a a a"},
    {"values", FLAG, "tool -f xa; tool -fxaa; tool --file a; tool --file=a; tool -xf a; tool -f=a",
     "a aa a a a a"},
    {"no values", FLAG, "tool xa -f; tool a; tool --files a; tool -x a", ""},
    {"unknown value", FLAG, "tool -f $X; tool -f $X-a", "a"},
    {"absence", ABSENT, "tool a; tool a -f; tool -xf a; tool a --file=x; tool a -- -f", "a a"},
    {"absence is not certain", ABSENT, "tool a $X; tool a \"$X\"; tool a b$X", "a a"},
    {"any text", ANY, "x --y=ab; A=ab; for x in ab; do y; done; B=(ab); x -z 'c ab'",
     "ab ab ab ab ab"},
    {"what is printed", ANY, "echo ab; sudo echo ab; echo ab | x; sh -c 'echo ab'", "ab"},
    {"once for a shell's script", ANY, "sh -c 'x ab'", "ab"},
    {"not beside others", "{command: tool, unless: [theirs], where: [{word: a}]}",
     "tool a # theirs", ""},
};

#define LINE(pattern)      "{command: tool, where: [{line: '" pattern "'}]}"
#define INTO(pattern)      "{command: tool, where: [{into: [see], matches: '" pattern "'}]}"
#define AROUND(kind, more) "{command: tool, where: [{word: '^(a(.))'}, {" kind ": '" more "}]}"

static const Row lines[] = {
    {"words joined", LINE("^tool (a) c$"), "sudo tool  'a'\\\n c", "a"},
    {"its files", LINE("(a) > x.y$"), "tool a 2>b >x.y; tool a 2>x.y; tool a >>x.y", "a a"},
    {"its pipe", LINE("(a) [|] x y [|] z > f$"), "tool a | x y | z >f; tool a || x y | z >f", "a"},
    {"each command its own", LINE("^tool (a)"), "tool b; tool a; sudo tool b; sudo tool a", "a a"},
    {"an unknown part", LINE("a \\x00 b"), "tool a $X b", "a $X b!"},
    {"absence", "{command: tool, at: program, where: [{line: x, absent: true}]}",
     "tool a; tool x; tool $A", "tool tool"},
};

static const Row receivers[] = {
    {"a pipe", INTO("(a)"), "tool | see a; tool; see a", "a"},
    {"later in the pipe", INTO("(a)"), "tool | grep b | see a", "a"},
    {"not behind what prints its own", INTO("(a)"), "tool | kubectl a | see a", ""},
    {"through xargs", INTO("^see (a)$"), "tool | xargs -n1 see a", "a"},
    {"a substitution in it", INTO("(a)"), "see \"$(tool)\" a; see $(x) a", "a"},
    {"a pipe in a substitution", INTO("(a)"), "see a $(tool | grep b | sort)", "a"},
    {"a list", INTO("(a)"), "for x in $(tool); do y; see a $x; see a $y; done", "a"},
    {"lines", INTO("(a)"), "tool | while read -r x y; do see a $y; see a $z; done", "a"},
    {"a variable", INTO("(a)"), "X=$(tool)\nsee a $X\nX=b\nsee a $X", "a"},
    {"a local variable", INTO("(a)"), "local X=\"$(tool)\"\nsee a $X; see a $Y", "a"},
    {"a variable in a list", INTO("(a)"), "X=$(tool)\nfor x in $X; do see a $x; done", "a"},
    {"a variable that is printed", INTO("(a)"), "X=$(tool)\necho \"$X\" | see a", "a"},
    {"any", "{command: tool, at: program, where: [{into: see}]}", "tool a | see; tool | x", "tool"},
    {"none", "{command: tool, at: program, where: [{into: see, absent: true}]}",
     "tool a | see; tool | x", "tool"},
};

static const Row around[] = {
    {"another command of the script", AROUND("script", "^see'"), "tool ab; see", "ab"},
    {"none", AROUND("script", "^see', absent: true"), "tool ab; x see", "ab"},
    {"a script of its own", AROUND("script", "^see'"), "see; sh -c 'tool ab'", ""},
    {"further down in the file", AROUND("file", "^see'"), "sh -c 'tool ab'; see", "ab"},
    {"in a script of the file", AROUND("file", "^see'"), "tool ab; sh -c 'see'", "ab"},
    {"the same text", AROUND("file", "^see (.)', same: 2"), "tool ab ac ad; see c; see D", "ac ad"},
    {"no text that is the same", AROUND("file", "^see (.)', same: 2, absent: true"),
     "tool ab ac; see c", "ab"},
    {"where there is no group", AROUND("file", "^see (?:([a-z])|!)', same: 2"), "tool ab; see !",
     "ab"},
};

static const Row places[] = {
    {"in quotes", WORD, "tool add 'ab c'", "a"},
    {"an escape", WORD, "tool add \\ab", "a!"},
    {"in pieces", "{command: tool, where: [{word: '^ab$'}]}", "tool a\"b\"", "a\"b!"},
    {"from a variable", WORD, "X=ab\ntool add $X", "a"},
    {"that others use", WORD, "X=ab\ntool add $X\ny $X", "a!"},
    {"that is used so each time", WORD, "X=ab\ntool add $X\ntool add ${X}c", "a"},
    {"from a variable of a variable", WORD, "X=ab\nY=$X/c\ntool add $Y", "a"},
    {"an unknown group", "{command: tool, where: [{word: '(a)(.*)'}]}", "tool ab$X", "a!"},
    {"in a shell's script", WORD, "sh -c \"tool add 'ab'\"", "a"},
    {"where the fix is not meant",
     WORD "\nfix: {safety: safe, title: t, replace: b, only: {where: [{flag: -x, absent: true}]}}",
     "tool add a; tool add -x a", "a a-"},
    {"where no other command of the file stands in the way",
     "{command: tool, subcommand: add, where: [{word: '^(a.)'}]}\n"
     "fix: {safety: safe, title: t, replace: b, only: {where: [{file: '^x a', absent: true}]}}",
     "tool add ab", "ab"},
    {"where another command of the file is not meant",
     WORD
     "\nfix: {safety: safe, title: t, replace: b, only: {where: [{file: '^x a', absent: true}]}}",
     "tool add a; x a", "a-"},
    {"where another command with the same group is not meant",
     "{command: tool, where: [{word: '^(a)(.)'}]}\n"
     "fix: {safety: safe, title: t, replace: b, only: {where: [{script: '^x (.)', same: 2, absent: "
     "true}]}}",
     "tool ab; tool ac; x c", "a a-"},
    {"where another subcommand is meant",
     "{command: tool, subcommand: [add, put], where: [{word: '^(a)'}]}\n"
     "fix: {safety: safe, title: t, replace: b, only: {subcommand: put}}",
     "tool put a; tool add a", "a a-"},
};

static const Row limits[] = {
    {"what is read before a fault", WORD, "tool add a; x 'a", "a fault"},
    {"a fault with nothing of interest behind", WORD, "tool add a; x 'b", "a"},
};

static void finds(void **state) {
    (void)state;
    CHECK_ROWS(programs);
    CHECK_ROWS(subcommands);
    CHECK_ROWS(questions);
    CHECK_ROWS(lines);
    CHECK_ROWS(receivers);
    CHECK_ROWS(around);
    CHECK_ROWS(places);
    CHECK_ROWS(limits);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
