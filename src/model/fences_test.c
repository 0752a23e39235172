/* Fences: rows of Markdown and what is found in it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/fences.h"

typedef struct Row {
    const char *name, *text, *want; /* want: "language@line+indent[body]" per fence */
} Row;

static const Row rows[] = {
    {"none", "a\n\nb\n", ""},
    {"simple", "a\n```yaml\nk: v\n```\nb\n", "yaml@3+0[k: v\n]"},
    {"tildes", "~~~ YAML title=x\nk: v\n~~~\n", "yaml@2+0[k: v\n]"},
    {"no language", "```\nx\n```\n", "@2+0[x\n]"},
    {"attributes", "```yaml{1,3}\nx\n```\n", "yaml@2+0[x\n]"},
    {"empty", "```yaml\n```\n", "yaml@2+0[]"},
    {"two", "```a\n1\n```\n```b\n2\n```\n", "a@2+0[1\n]b@5+0[2\n]"},
    {"longer fence holds a shorter", "````md\n```\nx\n```\n````\n", "md@2+0[```\nx\n```\n]"},
    {"longer closing fence", "```\nx\n`````  \ny\n", "@2+0[x\n]"},
    {"other kind does not close", "```\n~~~\n```\n", "@2+0[~~~\n]"},
    {"closing fence with words", "```\n``` x\n```\n", "@2+0[``` x\n]"},
    {"unclosed", "```yaml\nx\ny", "yaml@2+0[x\ny]"},
    {"opening at the end", "```yaml", "yaml@2+0[]"},
    {"two marks are no fence", "``\nx\n``\n", ""},
    {"code span", "```x``` y\n", ""},
    {"tildes may hold backticks", "~~~ a`b\nx\n~~~\n", "a`b@2+0[x\n]"},
    {"indented by 3", "   ```yaml\n   k: v\n   ```\n", "yaml@2+3[   k: v\n]"},
    {"indented by 4 is code", "    ```yaml\n    k: v\n    ```\n", ""},
    {"closing indented by 4 does not close", "```\n    ```\n```\n", "@2+0[    ```\n]"},
    {"in a list", "1. a\n\n   ```yaml\n   k: v\n   ```\n", "yaml@4+3[   k: v\n]"},
    {"behind a marker", "- ```yaml\n  k: v\n  ```\n", "yaml@2+2[  k: v\n]"},
    {"in a nested list", "- a\n  - b\n\n    ```yaml\n    k: v\n    ```\n", "yaml@5+4[    k: v\n]"},
    {"in a list in a list line", "- - ```x\n    1\n    ```\n", "x@2+4[    1\n]"},
    {"deep in a list is code", "- a\n\n      ```yaml\n      k: v\n      ```\n", ""},
    {"the list ends", "- a\n\nb\n\n    ```yaml\n    x\n    ```\n", ""},
    {"the item ends the fence", "- ```yaml\n  k: v\nb\n```c\nd\n```\n",
     "yaml@2+2[  k: v\n]c@5+0[d\n]"},
    {"the next item ends the fence", "- ```a\n  1\n- ```b\n  2\n  ```\n",
     "a@2+2[  1\n]b@4+2[  2\n]"},
    {"blank lines stay", "- ```a\n\n  1\n  ```\n", "a@2+2[\n  1\n]"},
    {"tab behind a marker", "-\t```a\n\t1\n\t```\n", "a@2+4[\t1\n]"},
    {"in a quote", "> ```yaml\n> k: v\n> ```\n", ""},
    {"CRLF", "```yaml\r\nk: v\r\n```\r\nb\r\n", "yaml@2+0[k: v\r\n]"},
    {"a number is no marker", "2019.5\n    ```\n    x\n", ""},
};

static void write_fence(void *context, const Fence *f) {
    void **pair = context;
    Str text = *(const Str *)pair[1];
    Str body = span_text(text, f->body);
    buf_addf(pair[0], STR_FMT "@%u+%u[" STR_FMT "]", STR_ARG(f->language), f->line, f->indent,
             STR_ARG(body));
}

static void finds_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str text = str_from(rows[i].text);
        Buf got = {0};
        fences_each(text, write_fence, (void *[]){&got, &text});
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got %s", rows[i].name, buf_cstr(&got));
        buf_release(&got);
    }
}

static void count_fence(void *context, const Fence *f) {
    assert_true(f->body.start <= f->body.end && f->language.len <= 64);
    ++*(size_t *)context;
}

static void survives_hostile_texts(void **state) {
    (void)state;
    static const char *const units[] = {"- ", "```\n", "```", "~~~~\n- ",
                                        "\t", "1. ",   "> ",  "- ```x\n"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Buf text = {0};
        for (int n = 0; n < 100000; n++) buf_add(&text, str_from(units[i]));
        size_t count = 0;
        fences_each(buf_str(&text), count_fence, &count);
        assert_true(count <= 100000);
        buf_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_rows),
        cmocka_unit_test(survives_hostile_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
