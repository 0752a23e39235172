/* The gate is honest: no spelling of a kind gets past it, Go's everyday escapes do not open it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/gate.h"

#include "base/buf.h"
#include "rule/set.h"

#include <stdio.h>

static const Str kind = STR_INIT("PyTorchJob-0.a_z"), command = STR_INIT("pytorchjobs.");

static void build(Arena *arena, RuleSet *set) {
    Rule rules[] = {
        {.id = STR("A1"), .name = STR("a"), .match = MATCH_RESOURCE, .literals = {&kind, 1}},
        {.id = STR("A2"), .name = STR("b"), .match = MATCH_TEXT, .literals = {&command, 1}},
        {.id = STR("A3"), .name = STR("c"), .match = MATCH_BUILTIN},
    };
    Error err;
    assert_true(rule_set_build(arena, rules, 3, set, &err));
}

static uint64_t wanted_in(Arena *arena, const RuleSet *set, Str text) {
    uint64_t wanted = 0;
    uint64_t *seen = arena_array(arena, uint64_t, LITERAL_WORDS((size_t)set->literals.count));
    gate_scan(set, text, seen, &wanted);
    return wanted;
}

static void lets_in(void **state) {
    (void)state;
    static const struct {
        const char *name, *text;
        uint64_t want;
    } rows[] = {
        {"nothing", "", 0},
        {"another kind", "kind: Pod\n", 0},
        {"the kind", "kind: PyTorchJob-0.a_z\n", 1},
        {"a part of it", "kind: PyTorchJob\n", 0},
        {"the command", "kubectl get crd pytorchjobs.kubeflow.org\n", 2},
        {"both", "PyTorchJob-0.a_z pytorchjobs.\n", 3},
        {"Go's JSON", "{\"a\": \"\\u003cb\\u003e \\u0026 \\n \\\" \\\\ \\/ \\t\"}", 0},
        {"control characters", "\"\\x1b[0m \\x00 \\u001b \\u0000\"", 0},
        {"beyond ASCII", "\"\\u00e9 \\u2028 \\U0001f600\"", 0},
        {"a joined line", "\"PyTorch\\\n  Job-0.a_z\"", 1},
        {"a joined line, CRLF", "\"PyTorch\\\r\n  Job-0.a_z\"", 1},
    };
    Arena arena = {0};
    RuleSet set;
    build(&arena, &set);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t got = wanted_in(&arena, &set, str_from(rows[i].text));
        if (got != rows[i].want) fail_msg("%s: got %llu", rows[i].name, (unsigned long long)got);
    }
    arena_release(&arena);
}

/* Every character that a kind or a group may have, in every spelling that YAML and JSON know. */
static void sees_every_spelling(void **state) {
    (void)state;
    static const char characters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    static const char *const spellings[] = {"\\x%02x", "\\x%02X", "\\u%04x",
                                            "\\u%04X", "\\U%08x", "\\U%08X"};
    Arena arena = {0};
    RuleSet set;
    build(&arena, &set);
    for (const char *c = characters; *c; c++) {
        for (size_t s = 0; s < sizeof spellings / sizeof *spellings; s++) {
            Buf text = {0};
            char digits[16];
            unsigned code = (unsigned char)*c;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            snprintf(digits, sizeof digits, spellings[s], code);
#pragma GCC diagnostic pop
            buf_addf(&text, "kind: \"%s\"\n", digits);
            if (wanted_in(&arena, &set, buf_str(&text)) != 1) fail_msg("missed %s", digits);
            buf_release(&text);
        }
    }
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_in),
        cmocka_unit_test(sees_every_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
