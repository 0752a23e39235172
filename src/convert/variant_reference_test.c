/* Which new name an autoscaler follows: each row is its scaleTargetRef and the new resources. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_reference.h"

typedef struct Row {
    const char *name, *target; /* the scaleTargetRef in flow style */
    const char *renamed;       /* "to=deployment …"; `to*` is in use */
    bool left_out;
    const char *want; /* the name, "name if: what it assumes", or "not: why" */
} Row;

#define NONE     "none of the resources that take the place of 'chat' serves its Deployment"
#define LEFT_OUT "not: it leaves the name out, and several take the place of 'chat'"

static const Row rows[] = {
    {"the one that serves the same Deployment", "{kind: Deployment, name: chat-b}",
     "va-a=chat-a va-b=chat-b", false, "va-b"},
    {"KEDA scales a Deployment when it does not say", "{name: chat-b}", "va-a=chat-a va-b=chat-b",
     false, "va-b"},
    {"none serves it", "{kind: Deployment, name: chat}", "chat-a=chat-a chat-b=chat-b", false,
     "not: " NONE ": 'chat-a', 'chat-b'"},
    {"none serves it, one is in use", "{kind: Deployment, name: chat}",
     "chat-a=chat-a chat-b*=chat-b", false,
     "chat-b if: takes 'chat-b', whose accelerator is in use; " NONE ": 'chat-a', 'chat-b'"},
    {"one serves it, another is in use", "{kind: Deployment, name: chat-a}",
     "chat-a=chat-a chat-b*=chat-b", false, "chat-a"},
    {"there is only one", "{kind: Deployment, name: other}", "chat-a=chat-a", false, "chat-a"},
    {"something else of that name", "{kind: StatefulSet, name: chat-b}",
     "chat-a=chat-a chat-b=chat-b", false, "not: " NONE ": 'chat-a', 'chat-b'"},
    {"a template", "{kind: Deployment, name: '{{ .name }}'}", "chat-a=chat-a chat-b=chat-b", false,
     "not: " NONE ": 'chat-a', 'chat-b'"},
    {"no target at all", "{}", "chat-a= chat-b=", false, "not: " NONE ": 'chat-a', 'chat-b'"},
    {"left out", "{kind: Deployment, name: chat-b}", "va-a=chat-a va-b*=chat-b", true,
     LEFT_OUT ": 'va-a', 'va-b'"},
    {"left out, and there is only one", "{}", "va-a=chat-a", true, "va-a"},
};

static size_t read_renamed(const char *text, Renamed *out) {
    size_t count = 0;
    Str rest = str_from(text), part;
    while (str_split(&rest, ' ', &part)) {
        size_t at = str_find_char(part, '=');
        Str to = str_slice(part, 0, at);
        bool in_use = str_ends(to, STR("*"));
        out[count++] = (Renamed){.to = str_slice(to, 0, to.len - in_use),
                                 .scale_target = str_from_offset(part, at + 1),
                                 .in_use = in_use};
    }
    return count;
}

static Str follow(Arena *a, const Row *row) {
    Document doc;
    Renamed renamed[4];
    Follow out;
    size_t count = read_renamed(row->renamed, renamed);
    assert_true(
        document_parse(a, str_format(a, "spec: {scaleTargetRef: %s}\n", row->target), &doc));
    VariantSelector selector = {doc.root, STR("chat"), row->left_out};
    if (!variant_follow(a, &selector, renamed, count, &out))
        return str_format(a, "not: " STR_FMT, STR_ARG(out.why_not));
    if (!out.assumes.len) return out.to;
    return str_format(a, STR_FMT " if: " STR_FMT, STR_ARG(out.to), STR_ARG(out.assumes));
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
