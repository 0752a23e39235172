/* Files of all families, and the scripts that are found in them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/scripts.h"

#include "base/buf.h"

/* Each script between bars; `?` is unknown. What is not SHELL_APART must stand in the file. */
typedef struct Found {
    Str file;
    Buf out;
} Found;

static void check_origins(const Found *f, const Script *s) {
    for (size_t i = 0; i < s->text.len; i++) {
        uint32_t at = s->origin ? s->origin[i] : s->start + (uint32_t)i;
        if (at & SHELL_APART) continue;
        if (at >= f->file.len || f->file.data[at] != s->text.data[i])
            fail_msg("byte %zu of '" STR_FMT "' is not at %u", i, STR_ARG(s->text), at);
    }
}

static void add_script(void *context, const Script *s) {
    Found *f = context;
    check_origins(f, s);
    buf_add_char(&f->out, '|');
    for (size_t i = 0; i < s->text.len; i++)
        buf_add_char(&f->out, s->text.data[i] == SHELL_UNKNOWN ? '?' : s->text.data[i]);
    buf_add_char(&f->out, '|');
}

static void expect(const char *name, Found *f, const char *want) {
    if (!str_eq(buf_str(&f->out), str_from(want)))
        fail_msg("%s: got '%s', want '%s'", name, buf_cstr(&f->out), want);
    buf_release(&f->out);
}

typedef struct FileRow {
    Family family;
    const char *name, *text, *want;
} FileRow;

static const FileRow files[] = {
    {FAMILY_SHELL, "a script", "a\nb\n", "|a\nb\n|"},
    {FAMILY_SHELL, "with its shell", "#!/usr/bin/env bash\na\n", "|#!/usr/bin/env bash\na\n|"},
    {FAMILY_SHELL, "of another language", "#!/usr/bin/python\na\n", ""},
    {FAMILY_MARKDOWN, "no family of scripts", "a\n", ""},
    {FAMILY_MAKE, "recipes", "A: b\n\tc d\n\t@-e $$f\ng: h\n", "|c d||e $f|"},
    {FAMILY_MAKE, "variables", "V = x y # z\na:\n\tb $(V) ${V} $(W) $@\n", "|b x y x y ? ?|"},
    {FAMILY_MAKE, "assigned below", "a:\n\tb $(V)\nexport V := x\n", "|b x|"},
    {FAMILY_MAKE, "assigned twice", "V = x\nV += y\na:\n\tb $(V)\n", "|b ?|"},
    {FAMILY_MAKE, "of other variables", "V = $(W)\na:\n\tb $(V)\n", "|b ?|"},
    {FAMILY_MAKE, "functions", "a:\n\tb $(shell c (d)) e\n", "|b ? e|"},
    {FAMILY_MAKE, "continued", "a:\n\tb \\\n\t  c\n", "|b \\\n\t  c|"},
    {FAMILY_MAKE, "a continued variable is no recipe", "V = x \\\n\ty\na:\n\tb\n", "|b|"},
    {FAMILY_DOCKER, "shell form", "FROM a\nRUN b \\\n  # c\n  d\nENV E=f\n", "|b \\\n  d\n|"},
    {FAMILY_DOCKER, "flags", "run --mount=type=cache b c\n", "|b c\n|"},
    {FAMILY_DOCKER, "list", "CMD [ \"a\", \"b \\\"c\\\"\", \"it's\" ]",
     "|'a' 'b \"c\"' 'it'\\''s'|"},
    {FAMILY_DOCKER, "no list after all", "CMD [ a = b ]\n", "|[ a = b ]\n|"},
    {FAMILY_DOCKER, "check", "HEALTHCHECK --interval=5s CMD a b\n", "|a b\n|"},
    {FAMILY_DOCKER, "onbuild", "ONBUILD RUN a\n", "|a\n|"},
    {FAMILY_DOCKER, "here-document", "RUN <<E\na\nE\nLABEL b\n", "|<<E\na\nE\n|"},
    {FAMILY_DOCKER, "none", "HEALTHCHECK NONE\nCOPY RUN a\n", ""},
    {FAMILY_JUST, "lines", "a: b\n  @c {{ d }} \\\n    e\n  -f\n\ng := 'h'\n",
     "|c ? \\\ne\n||f\n|"},
    {FAMILY_JUST, "a script", "a:\n  #!/bin/sh\n  b\n  c\n", "|#!/bin/sh\nb\nc\n|"},
    {FAMILY_JUST, "in another language", "a:\n  #!/usr/bin/python\n  b\n", ""},
    {FAMILY_JENKINS, "steps", "sh 'a'\nsh(\"b ${c} \\$d\")\nsh(script: 'e \\'f\\'', x: 1)\n",
     "|a||b ? $d||e 'f'|"},
    {FAMILY_JENKINS, "over lines", "sh \"\"\"\n  a \"b\"\n\"\"\"\nsh '''c $d'''\n",
     "|\n  a \"b\"\n||c $d|"},
    {FAMILY_JENKINS, "no steps", "ssh 'a'\n// sh 'b'\necho 'x'\nsh a\nsh 'open\n", ""},
    {FAMILY_RST, "block", "a\n\n.. code-block:: sh\n   :b: c\n\n   d\n\n     e\n\nf\n",
     "|d\n\n  e\n|"},
    {FAMILY_RST, "literal", "a::\n\n  $ b\n  c\n", "|b\n|"},
    {FAMILY_RST, "prose in a literal", "a::\n\n  b c\n", ""},
    {FAMILY_RST, "another directive", ".. note::\n\n   kubectl a\n", ""},
};

static void finds_in_files(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        Arena arena = {0};
        Found f = {.file = str_from(files[i].text)};
        Script file = {.text = f.file};
        scripts_each(&arena, &file, files[i].family, add_script, &f);
        expect(files[i].name, &f, files[i].want);
        arena_release(&arena);
    }
}

typedef struct BlockRow {
    const char *name, *language, *text, *want;
    uint32_t indent;
} BlockRow;

static const BlockRow blocks[] = {
    {"shell", "bash", "a\n", "|a\n|", 0},
    {"indented", "sh", "  a\n    b\n", "|a\n  b\n|", 2},
    {"shell with prompts", "sh", "$ a \\\n  b\nc\n$ d\n", "|a \\\n  b\nd\n|", 0},
    {"console", "console", "$ a\nb\n", "|a\n|", 0},
    {"console of root", "console", "# a\nb\n", "|a\n|", 0},
    {"a comment beside prompts", "console", "# b\n$ a\n", "|a\n|", 0},
    {"host and directory", "console", "me@host:~/x$ a\n", "|a\n|", 0},
    {"continued with a prompt", "console", "$ a \\\n> b\nc\n", "|a \\\nb\n|", 0},
    {"console without prompts", "console", "kubectl a\n", "|kubectl a\n|", 0},
    {"no language", "", "# x\nkubectl a\n", "|# x\nkubectl a\n|", 0},
    {"no language, assignments first", "", "A=b\nC=d sudo e\n", "|A=b\nC=d sudo e\n|", 0},
    {"no language, a substitution", "", "A=$(b c)\n", "|A=$(b c)\n|", 0},
    {"no language, output", "", "NAME READY\nkubectl a\n", "", 0},
    {"another language", "python", "import os\n", "", 0},
    {"a wrong language", "python", "export A=b\n", "|export A=b\n|", 0},
    {"price lists", "text", "costs 5$ or 6$ more\n", "", 0},
    {"empty", "", "", "", 0},
};

static void finds_in_blocks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        const BlockRow *row = &blocks[i];
        Arena arena = {0};
        Found f = {.file = str_from(row->text)};
        Script block = {.text = f.file};
        scripts_in_block(&arena, &block, row->indent, str_from(row->language), add_script, &f);
        expect(row->name, &f, row->want);
        arena_release(&arena);
    }
}

typedef struct TreeRow {
    const char *name, *path, *text, *want;
} TreeRow;

#define CONTAINER(text) "kind: Pod\nspec:\n  containers:\n    - name: a\n" text

static const TreeRow trees[] = {
    {"workflow", ".github/workflows/a.yml", "jobs: {a: {steps: [{run: b c}, {run: d}]}}",
     "|b c||d|"},
    {"another shell", ".github/workflows/a.yml", "steps: [{run: b, shell: pwsh}]", ""},
    {"bash with flags", ".github/workflows/a.yml", "steps: [{run: b, shell: 'bash -e {0}'}]",
     "|b|"},
    {"composite action", "x/action.yaml", "runs: {steps: [{run: b, shell: bash}]}", "|b|"},
    {"the same elsewhere", "a.yml", "steps: [{run: b}]", ""},
    {"lines of GitLab", "a/.gitlab-ci.yml", "x: {script: [a, [b], c d], after_script: e}",
     "|a\nb\nc d\n||e|"},
    {"task", "tasks/a.yml", "- name: x\n  shell: a b\n- command:\n    cmd: c\n", "|a b||c|"},
    {"words of a task", "a.yml", "- ansible.builtin.command: {argv: [a, b c, \"d'\"]}\n",
     "|'a' 'b c' 'd'\\'''|"},
    {"in a play", "a.yml", "- hosts: all\n  tasks: [{shell: a}]\n", "|a|"},
    {"no task", "a.yml", "shell: a\n", ""},
    {"literal", ".travis.yml", "script: |\n  a\n    b\n\n  c\n", "|a\n  b\n\nc\n|"},
    {"folded", ".travis.yml", "script: >-\n  a\n  b\n\n  c\n", "|a b\nc|"},
    {"here-document in a literal", ".travis.yml", "script: |\n  a <<E\n  b\n  E\n",
     "|a <<E\nb\nE\n|"},
    {"plain over lines", ".travis.yml", "script: a\n  b\n", "|a b|"},
    {"single quotes", ".travis.yml", "script: 'a ''b''\n  c'\n", "|a 'b' c|"},
    {"double quotes", ".travis.yml", "script: \"a\\tb \\\"c\\\" \\u0041\\x42 \\\n  d\"\n",
     "|a\tb \"c\" AB d|"},
    {"template", ".travis.yml", "script: a {{ x }}/b\n", "|a ?/b|"},
    {"templates in a literal", ".travis.yml",
     "script: |\n  {{- if a }}\n  b {{ c }} d\n  {{ end }}\n", "|?\nb ? d\n         \n|"},
    {"expression", ".travis.yml", "script: \"a ${{ b }} c\"\n", "|a $? c|"},
    {"command of a container", "a.yaml", CONTAINER("      command: [a, b]\n      args: [c]\n"),
     "|'a' 'b' 'c'|"},
    {"words over lines", "a.yaml",
     CONTAINER("      command:\n      - a\n      - |\n        b\n        c\n"), "|'a' 'b\nc\n'|"},
    {"a word that is a template", "a.yaml", CONTAINER("      command: [a, '{{ b }}']\n"),
     "|'a' '?'|"},
    {"a command that is no list", "a.yaml", CONTAINER("      command: a b\n"), ""},
    {"probe", "a.yaml", "livenessProbe: {exec: {command: [a, b]}}", "|'a' 'b'|"},
    {"somebody's own list", "a.yaml", "tool: {command: [a, b]}", ""},
    {"step of Tekton", "a.yaml", "steps: [{image: a, script: b c}]", "|b c|"},
    {"in another language", "a.yaml",
     "steps:\n- image: a\n  script: |\n    #!/usr/bin/python\n    b\n", ""},
    {"script of Argo", "a.yaml", "script: {image: a, command: [/bin/sh], source: b}",
     "|'/bin/sh'||b|"},
    {"of Argo in Python", "a.yaml", "script: {image: a, command: [python], source: b}",
     "|'python'|"},
    {"notebook", "a.ipynb",
     "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"x = 1\\n\", \"!a {x} ${y} \\\\\\n\", "
     "\"  b\\n\", \"c\"]}]}",
     "|a ? ${y} \\\n  b\n|"},
    {"cell of bash", "a.ipynb",
     "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"%%bash\\na\"}]}", "|a|"},
    {"packages of a kernel", "a.ipynb",
     "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"%pip install a\\n%pipe b\"}]}",
     "|pip install a\n|"},
    {"cell of Markdown", "a.ipynb",
     "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"```sh\\n\", \"a\\n\", \"```\"]}]}",
     "|a\n|"},
    {"raw cell", "a.ipynb", "{\"cells\": [{\"cell_type\": \"raw\", \"source\": [\"!a\"]}]}", ""},
};

static void finds_in_trees(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        Arena arena = {0};
        Document doc;
        Found f = {.file = str_from(trees[i].text)};
        if (!document_parse(&arena, f.file, &doc))
            fail_msg("%s: " STR_FMT, trees[i].name, STR_ARG(doc.error.message));
        scripts_in_tree(&arena, &doc, str_from(trees[i].path), add_script, &f);
        expect(trees[i].name, &f, trees[i].want);
        arena_release(&arena);
    }
}

/* A word of a script in a word of a file: places go all the way. */
static void follows_words(void **state) {
    (void)state;
    Arena arena = {0};
    Str file = STR("script: \"sh -c 'a \\\"b c\\\"'\"\n");
    Document doc;
    Shell shell;
    assert_true(document_parse(&arena, file, &doc));
    Script outer = {.text = STR("sh -c 'a \"b c\"'"), .start = 0};
    const uint32_t start = 9;
    uint32_t origin[15];
    for (uint32_t i = 0; i < 15; i++) origin[i] = start + i + (i > 8) + (i > 12);
    outer.origin = origin;
    shell_read(&arena, outer.text, &shell);
    ShellWord word = script_word(&arena, &outer, &shell.commands[0].words[2]);
    Script inner = script_of_word(&word);
    assert_true(str_eq(inner.text, STR("a \"b c\"")));
    shell_read(&arena, inner.text, &shell);
    ShellWord last = script_word(&arena, &inner, &shell.commands[0].words[1]);
    Span place;
    assert_true(shell_word_place(&last, &place));
    assert_true(str_eq(span_text(file, place), STR("b c")));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_in_files),
        cmocka_unit_test(finds_in_blocks),
        cmocka_unit_test(finds_in_trees),
        cmocka_unit_test(follows_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
