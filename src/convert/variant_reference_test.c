/* Which new name an autoscaler follows: each row is its scaleTargetRef and the new resources. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_reference.h"

typedef struct Row {
    const char *name, *target; /* the scaleTargetRef in flow style */
    const char *renamed;       /* "to=deployment …" */
    const char *want;          /* the name, or "not: why" */
    const char *selector;      /* its `values` are the old name, or a list with it */
} Row;

#define NONE "not: none of the resources that take the place of 'chat' serves its Deployment"

#define NOT_IN     "not: its operator is not In, and several take the place of 'chat'"
#define LABEL      "{values: chat}"
#define VALUES(op) "{operator: " op ", values: [chat]}"

static const Row rows[] = {
    {"the one that serves the same Deployment", "{kind: Deployment, name: chat-b}",
     "va-a=chat-a va-b=chat-b", "va-b", LABEL},
    {"none serves it", "{kind: Deployment, name: chat}", "chat-a=chat-a chat-b=chat-b",
     NONE ": chat-a, chat-b", LABEL},
    {"there is only one", "{kind: Deployment, name: other}", "chat-a=chat-a", "chat-a", LABEL},
    {"something else of that name", "{kind: StatefulSet, name: chat-b}",
     "chat-a=chat-a chat-b=chat-b", NONE ": chat-a, chat-b", LABEL},
    {"a template", "{kind: Deployment, name: '{{ .name }}'}", "chat-a=chat-a chat-b=chat-b",
     NONE ": chat-a, chat-b", LABEL},
    {"no target at all", "{}", "chat-a= chat-b=", NONE ": chat-a, chat-b", LABEL},
    {"an expression", "{kind: Deployment, name: chat-b}", "va-a=chat-a va-b=chat-b", "va-b",
     VALUES("In")},
    {"left out", "{kind: Deployment, name: chat-b}", "va-a=chat-a va-b=chat-b",
     NOT_IN ": va-a, va-b", VALUES("NotIn")},
    {"perhaps left out", "{kind: Deployment, name: chat-b}", "va-a=chat-a va-b=chat-b",
     NOT_IN ": va-a, va-b", VALUES("'{{ .operator }}'")},
    {"left out, and there is only one", "{}", "va-a=chat-a", "va-a", VALUES("NotIn")},
};

static size_t read_renamed(const char *text, Renamed *out) {
    size_t count = 0;
    Str rest = str_from(text), part;
    while (str_split(&rest, ' ', &part)) {
        size_t at = str_find_char(part, '=');
        out[count++] = (Renamed){str_slice(part, 0, at), str_from_offset(part, at + 1)};
    }
    return count;
}

static Str follow(Arena *a, const Row *row) {
    Document doc;
    Renamed renamed[4];
    Str name, why;
    size_t count = read_renamed(row->renamed, renamed);
    Str text =
        str_format(a, "spec: {scaleTargetRef: %s}\nselector: %s\n", row->target, row->selector);
    assert_true(document_parse(a, text, &doc));
    const Node *selected = node_child(node_child(doc.root, STR("selector")), STR("values"));
    if (selected->first) selected = selected->first;
    if (variant_follow(a, doc.root, selected, renamed, count, &name, &why)) return name;
    return str_format(a, "not: " STR_FMT, STR_ARG(why));
}

static void autoscalers_follow(void **state) {
    (void)state;
    Arena a = {0};
    size_t failed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str got = follow(&a, &rows[i]);
        if (str_eq(got, str_from(rows[i].want))) continue;
        print_error("%s: got '" STR_FMT "'\n", rows[i].name, STR_ARG(got));
        failed++;
    }
    arena_release(&a);
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(autoscalers_follow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
