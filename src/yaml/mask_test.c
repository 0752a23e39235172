/* Masks: rows of text and masked text, laws on every row, hostile inputs, and a walk over real
 * files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "yaml/mask.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

typedef struct Row {
    const char *name, *text, *masked; /* masked NULL: nothing to mask */
} Row;

static const Row rows[] = {
    {"plain YAML", "a: {b: {c: d}}\n", NULL},
    {"percent alone", "a: 50%}\n", NULL},
    {"value", "a: {{ .b }}\n", "a: xxxxxxxx\n"},
    {"value with a suffix", "a: {{ .b }}-c: v\n", "a: xxxxxxxx-c: v\n"},
    {"key", "{{ .k }}: v\n", "xxxxxxxx: v\n"},
    {"include", "key: {{ include \"x\" . | nindent 4 }}\n",
     "key: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"},
    {"item", "- {{ . }}\n", "- xxxxxxx\n"},
    {"in quotes", "a: \"{{ b }}\"\n", "a: \"xxxxxxx\"\n"},
    {"quotes in quotes", "a: \"{{ b \"c\" }}\"\n", "a: \"xxxxxxxxxxx\"\n"},
    {"flow", "[a, {{ b }}]\n", "[a, xxxxxxx]\n"},
    {"two on a line", "a: {{b}}:{{c}}\n", "a: xxxxx:xxxxx\n"},
    {"GitHub", "a: ${{ b }}\n", "a: $xxxxxxx\n"},
    {"close in a string", "a: {{ \"}}\" }}b\n", "a: xxxxxxxxxxb\n"},
    {"close in a Jinja string", "a: {{ '}}' }}b\n", "a: xxxxxxxxxxb\n"},
    {"close in a raw string", "a: {{ `{{ x }}` }}b\n", "a: xxxxxxxxxxxxxxxb\n"},
    {"escaped quote in a string", "a: {{ \"\\\"}}\" }}b\n", "a: xxxxxxxxxxxxb\n"},
    {"in a JSON string", "{\"a\": \"{{ b \\\"c\\\" }}\", \"d\": \"}}\"}\n",
     "{\"a\": \"xxxxxxxxxxxxx\", \"d\": \"}}\"}\n"},
    {"Jinja dictionary", "a: {{ {'b': {}} }}c\n", "a: xxxxxxxxxxxxxxxc\n"},
    {"mustache", "a: {{{ b }}}c\n", "a: xxxxxxxxxc\n"},
    {"not ASCII", "a: {{ \"\xc3\xa9\" }}\n", "a: xxxxxxxxxx\n"},
    {"tab before a value", "a: {{\tb\t}}\n", "a: xxxxxxx\n"},

    {"lone control", "{{- if .a }}\nb: c\n{{- end }}\n", "            \nb: c\n          \n"},
    {"lone output", "a:\n  {{- toYaml .b }}\n", "a:\n                  \n"},
    {"lone with tabs inside", "a:\n  {{\tb\t}}\n", "a:\n         \n"},
    {"two lone", " {{a}} {{b}} \n", "             \n"},
    {"no final newline", "{{a}}", "     "},
    {"control before text", "{{ if .x }}a: b\n", "           a: b\n"},
    {"control around a pair", "{{- if .x }}key: v{{ end }}\n", "            key: v         \n"},
    {"control around a value", "a: {{ if .x }}b{{ else }}{{ c }}{{ end }}\n",
     "a:            b          xxxxxxx         \n"},
    {"end behind a value", "a: b {{- end }}\n", "a: b           \n"},
    {"assignment", "a: {{ $x := 1 }}b\n", "a:              b\n"},
    {"comparison is output", "a: {{ eq $x 1 }}b\n", "a: xxxxxxxxxxxxxb\n"},
    {"template prints", "name: {{ template \"n\" . }}\n", "name: xxxxxxxxxxxxxxxxxxxx\n"},
    {"a name like a control word", "a: {{ iffy }}\n", "a: xxxxxxxxxx\n"},
    {"else in a list item", "- {{ else }}\n", "-           \n"},
    {"comment", "a: b{{/* }} */}}\n", "a: b            \n"},
    {"trimmed comment over lines", "{{- /* a\n}} b\n*/ -}}\nc: d\n",
     "        \n    \n      \nc: d\n"},

    {"over lines", "a: {{ b\n  c }}\nd: e\n", "a: xxxx\n      \nd: e\n"},
    {"over lines with a tail", "a: {{ b\n\tc }}-d\n", "a: xxxx\n xxxx-d\n"},
    {"over lines then another", "a: {{ b\n  }} {{ c }}\n", "a: xxxx\n            \n"},
    {"an empty line inside", "a: {{ b\n\n  }}\n", "a: xxxx\n\n    \n"},
    {"CRLF", "{{ if a }}\r\nb: {{ c\r\n}}\r\n", "          \r\nb: xxxx\r\n  \r\n"},
    {"block scalar", "a: |\n  {{ if b }}\n  c {{ d }}\n  {{ end }}\n",
     "a: |\n  xxxxxxxxxx\n  c xxxxxxx\n           \n"},
    {"block scalar of one action", "a: |-\n  {{ b }}\nc: d\n", "a: |-\n  xxxxxxx\nc: d\n"},
    {"block scalar, action at column 0", " a: |\n{{ b }}\n c: d\n", " a: |\n  xxxxx\n c: d\n"},
    {"block scalar, action above a tab", "a: |\n {{ b }}\n \tc\n", "a: |\n xxxxxxx\n \tc\n"},
    {"block scalar, action deeper", "a: |\n    {{ b }}\n  c\n", "a: |\n    xxxxxxx\n  c\n"},
    {"block scalar, action less deep", "a: | # x\n {{ b }}\n {{ e }}\n   c\n",
     "a: | # x\n   xxxxx\n        \n   c\n"},
    {"block scalar in an item's map", "- a: >2\n{{ b }}\n  c: d\n", "- a: >2\n   xxxx\n  c: d\n"},
    {"block scalar as an item", "- |\n{{ b }}\n- d\n", "- |\n xxxxxx\n- d\n"},
    {"no header", "a: b |\n  {{ c }}\n", "a: b |\n         \n"},

    {"Jinja", "{% if a %}\nb: {{ c }}\n{% endif %}\n", "          \nb: xxxxxxx\n           \n"},
    {"Jinja beside text", "a: {% if b %}c{% endif %}\n", "a:           c           \n"},
    {"Jinja comment", "{% set a = 1 %}\n{# }} #}\nb: c\n", "               \n        \nb: c\n"},
    {"Jinja comment without statements", "{# a\n}} #}\nb: c {# d #}\n",
     "    \n     \nb: c        \n"},
    {"Jinja comment beside output", "a: {{ b }} {# c #}\n", "a: xxxxxxx        \n"},
    {"Jinja comment, unclosed", "a: |\n  perl -e '{# b\n  }'\n", NULL},
    {"shell without statements", "a: ${#b[@]} #}\n", NULL},
    {"shell beside output", "a: ${#b[@]} {{ c }} #}\n", "a: ${#b[@]} xxxxxxx #}\n"},

    {"unclosed", "a: {{ b\nc: d\n", NULL},
    {"unclosed string", "a: {{ \"b }}\nc: d\n", "a: xxxxxxxx\nc: d\n"},
    {"unclosed before closed", "a: {{ b\nc: {{ d }}\n", "a: {{ b\nc: xxxxxxx\n"},
    {"apostrophe", "a: {{ b }} isn't\nc: {{ d }}\n", "a: xxxxxxx isn't\nc: xxxxxxx\n"},
    {"unclosed comment", "a: {{/* b }}\n", NULL},
    {"unclosed statement", "a: \"{%s}\"\n", NULL},
    {"opener at the end", "a: {{", NULL},
    {"backslash at the end", "a: {{ \\", NULL},
};

/* In a here-document without quotes. */
static const Row shell_rows[] = {
    {"nothing", "a: b\nc: $\nd: 5$ \\n\n", NULL},
    {"variable", "a: $NAME-x\n", "a: xxxxx-x\n"},
    {"braces", "a: ${NAME:-${B}}-x\n", "a: xxxxxxxxxxxxx-x\n"},
    {"substitution", "a: $(date +%s)x\n", "a: xxxxxxxxxxxx\n"},
    {"backticks", "a: `date`x\n", "a: xxxxxxx\n"},
    {"number", "a: $1$@b\n", "a: xxxxb\n"},
    {"escape", "a: \\$b \\\\ \\` \\c\n", "a: xxb xx xx \\c\n"},
    {"a line", "a: b\n$MORE\nc: d\n", "a: b\n     \nc: d\n"},
    {"over lines", "a: $(b\n  c)\n", "a: xxx\n    \n"},
    {"unclosed", "a: ${b\nc: d\n", "a: xxx\nc: d\n"},
    {"an unclosed backtick", "a: `b\nc: d\n", "a: xx\nc: d\n"},
    {"template", "a: ${{ b }} {{ c }} $d\n", "a: $xxxxxxx xxxxxxx xx\n"},
    {"dollar at the end", "a: $", NULL},
    {"backslash at the end", "a: \\", NULL},
    {"brace at the end", "a: ${", "a: xx"},
};

/* Same length, same line breaks, no new tabs, bytes outside the regions equal, regions in order. */
static void assert_laws(Str text, Str masked, const MaskRegions *regions) {
    assert_int_equal(text.len, masked.len);
    size_t region = 0;
    for (size_t i = 0; i < text.len; i++) {
        while (region < regions->len && regions->items[region].end <= i) region++;
        bool covered = region < regions->len && regions->items[region].start <= i;
        char was = text.data[i], is = masked.data[i];
        if (was == '\n' || was == '\r')
            assert_int_equal(is, was);
        else if (!covered)
            assert_int_equal(is, was);
        else
            assert_true(is == was || is == 'x' || is == ' ');
    }
    for (size_t i = 0; i < regions->len; i++) {
        assert_true(regions->items[i].start < regions->items[i].end);
        if (i > 0) assert_true(regions->items[i - 1].end <= regions->items[i].start);
    }
}

static void masks_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Str text = str_from(rows[i].text), masked;
        MaskRegions regions;
        bool any = mask_templates(&arena, text, &masked, &regions);
        if (any != (rows[i].masked != NULL) || (any && !str_eq(masked, str_from(rows[i].masked))))
            fail_msg("%s: got [" STR_FMT "]", rows[i].name, STR_ARG(masked));
        if (any)
            assert_laws(text, masked, &regions);
        else
            assert_true(arena.used == 0 && masked.data == text.data && !regions.items);
        vec_release(&regions);
        arena_release(&arena);
    }
}

static void masks_shell(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof shell_rows / sizeof *shell_rows; i++) {
        const Row *row = &shell_rows[i];
        Arena arena = {0};
        Str text = str_from(row->text), masked;
        MaskRegions regions;
        bool any = mask_shell(&arena, text, &masked, &regions);
        if (any != (row->masked != NULL) || (any && !str_eq(masked, str_from(row->masked))))
            fail_msg("%s: got [" STR_FMT "]", row->name, STR_ARG(masked));
        assert_laws(text, masked, &regions);
        vec_release(&regions);
        arena_release(&arena);
    }
}

typedef struct RegionRow {
    const char *name, *text, *word; /* is the first `word` of the text in a region? */
    bool inside;
} RegionRow;

static const RegionRow region_rows[] = {
    {"value beside output", "a: {{ b }}-word\n", "word", false},
    {"between controls", "a: {{ if .x }}word{{ end }}\n", "word", true},
    {"the key before controls", "word: {{ if .x }}b{{ end }}\n", "word", false},
    {"between lines of control", "{{ if .x }}\nword: b\n{{ end }}\n", "word", false},
    {"between outputs", "a: {{ b }}word{{ c }}\n", "word", false},
    {"behind controls", "{{ if a }}{{ end }}word\n", "word", false},
    {"inside", "a: {{ word }}\n", "word", true},
};

static bool in_a_region(const MaskRegions *regions, uint32_t at) {
    for (size_t i = 0; i < regions->len; i++)
        if (at >= regions->items[i].start && at < regions->items[i].end) return true;
    return false;
}

static void regions_reach(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof region_rows / sizeof *region_rows; i++) {
        const RegionRow *row = &region_rows[i];
        Arena arena = {0};
        Str text = str_from(row->text), masked;
        MaskRegions regions;
        assert_true(mask_templates(&arena, text, &masked, &regions));
        uint32_t at = (uint32_t)str_find(text, str_from(row->word));
        if (in_a_region(&regions, at) != row->inside) fail_msg("%s", row->name);
        vec_release(&regions);
        arena_release(&arena);
    }
}

/* Each row's unit a hundred thousand times: quadratic time would be minutes. */
static void stays_linear(void **state) {
    (void)state;
    static const char *const units[] = {
        "{{",
        "{{ \"",
        "{{ `",
        "{%",
        "{{ \"}}\" ",
        "{{a}}\n",
        "{{a}}",
        "{{/* ",
        "{{ '",
        "{{\n",
        "\\{{",
        "{% {{ } %} {#",
        "{#",
        "{# #",
        "{# a #}\n",
        "{{ \"a\n\" }",
        "a: {{ if x }}b{{ end }}\n",
        "a: |\n {{b}}\n",
        "{{a\n}}\n",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Arena arena = {0};
        Buf text = {0};
        for (int n = 0; n < 100000; n++) buf_add(&text, str_from(units[i]));
        Str masked;
        MaskRegions regions;
        if (mask_templates(&arena, buf_str(&text), &masked, &regions))
            assert_laws(buf_str(&text), masked, &regions);
        vec_release(&regions);
        buf_release(&text);
        arena_release(&arena);
    }
}

static bool read_file(const char *path, Buf *into) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(into, (Str){block, got});
    fclose(file);
    return true;
}

static void check_file(const char *path, size_t *files) {
    Buf bytes = {0};
    Arena arena = {0};
    Str masked;
    MaskRegions regions = {0};
    if (read_file(path, &bytes) && mask_templates(&arena, buf_str(&bytes), &masked, &regions)) {
        assert_laws(buf_str(&bytes), masked, &regions);
        ++*files;
    }
    vec_release(&regions);
    arena_release(&arena);
    buf_release(&bytes);
}

static void laws_hold_on_real_files(void **state) {
    (void)state;
    static const char *const folders[] = {"trainer", "wva", "cni", "chutes-upstream",
                                          "charmed-chutes"};
    size_t files = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[4096];
        snprintf(path, sizeof path, "../shared/corpus/%s", folders[i]);
        DIR *folder = opendir(path);
        if (!folder) {
            print_message("skipped: no %s\n", path);
            continue;
        }
        for (struct dirent *entry; (entry = readdir(folder));) {
            snprintf(path, sizeof path, "../shared/corpus/%s/%s", folders[i], entry->d_name);
            check_file(path, &files);
        }
        closedir(folder);
    }
    print_message("%zu real files with templates\n", files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_rows),
        cmocka_unit_test(masks_shell),
        cmocka_unit_test(regions_reach),
        cmocka_unit_test(stays_linear),
        cmocka_unit_test(laws_hold_on_real_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
