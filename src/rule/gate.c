/* Literals of all rules, and the escapes that could hide them. */
#include "rule/gate.h"

#include "base/map.h"

#include <string.h>

/* How a double-quoted scalar can spell the characters of a kind or a group without writing them:
 * letters are 0x41-0x5a and 0x61-0x7a, '_' is 0x5f, digits 0x30-0x39, '-' and '.' 0x2d and 0x2e; an
 * escaped line break joins two halves of a word. \u0026, \u003c and \u003e (& < >) stand in every
 * JSON that Go has written, and must not open the gate; JSON knows no \x, YAML both. */
static const Str escapes[] = {
    STR_INIT("\\x2"),      STR_INIT("\\x3"),    STR_INIT("\\x4"),    STR_INIT("\\x5"),
    STR_INIT("\\x6"),      STR_INIT("\\x7"),    STR_INIT("\\u002d"), STR_INIT("\\u002D"),
    STR_INIT("\\u002e"),   STR_INIT("\\u002E"), STR_INIT("\\u0030"), STR_INIT("\\u0031"),
    STR_INIT("\\u0032"),   STR_INIT("\\u0033"), STR_INIT("\\u0034"), STR_INIT("\\u0035"),
    STR_INIT("\\u0036"),   STR_INIT("\\u0037"), STR_INIT("\\u0038"), STR_INIT("\\u0039"),
    STR_INIT("\\u004"),    STR_INIT("\\u005"),  STR_INIT("\\u006"),  STR_INIT("\\u007"),
    STR_INIT("\\U000000"), STR_INIT("\\\n"),    STR_INIT("\\\r"),
};
enum { ESCAPES = sizeof escapes / sizeof *escapes };

static bool rule_has_literal(const Rule *rule, Str literal) {
    for (size_t i = 0; i < rule->literals.len; i++) {
        if (str_eq(rule->literals.items[i], literal)) return true;
    }
    return false;
}

static uint64_t *literal_table(Arena *a, const RuleSet *set, const Str *texts, size_t count) {
    size_t words = LITERAL_WORDS(set->count);
    uint64_t *table = arena_array(a, uint64_t, count * words);
    for (size_t i = 0; i < count; i++) {
        for (size_t r = 0; r < set->count; r++) {
            if (!rule_has_literal(&set->rules[r], texts[i])) continue;
            table[i * words + r / 64] |= (uint64_t)1 << (r % 64);
        }
    }
    return table;
}

bool gate_build(Arena *a, RuleSet *set, Error *err) {
    Names names = {0};
    for (size_t r = 0; r < set->count; r++) {
        const StrList *literals = &set->rules[r].literals;
        for (size_t i = 0; i < literals->len; i++) names_intern(&names, literals->items[i]);
    }
    size_t own = names.texts.len, count = own + ESCAPES;
    Str *texts = arena_array(a, Str, count);
    for (size_t i = 0; i < own; i++) texts[i] = names.texts.items[i];
    memcpy(texts + own, escapes, sizeof escapes);
    set->escape_first = (uint32_t)own;
    set->literal_rules = literal_table(a, set, texts, own);
    bool built = literals_build(a, texts, count, &set->literals, err);
    names_release(&names);
    return built;
}

/* What stands in strings of trees: resources, and commands. */
static void want_all_in_trees(const RuleSet *set, uint64_t *wanted) {
    for (size_t r = 0; r < set->count; r++) {
        MatchKind match = set->rules[r].match;
        if (match == MATCH_TEXT || match == MATCH_BUILTIN) continue;
        wanted[r / 64] |= (uint64_t)1 << (r % 64);
    }
}

void gate_scan(const RuleSet *set, Str text, uint64_t *seen, uint64_t *wanted) {
    size_t words = LITERAL_WORDS(set->count);
    bool escaped = false;
    memset(seen, 0, LITERAL_WORDS((size_t)set->literals.count) * sizeof *seen);
    literals_scan(&set->literals, text, seen);
    for (uint32_t i = 0; i < set->literals.count; i++) {
        if (!literal_seen(seen, i)) continue;
        if (i >= set->escape_first)
            escaped = true;
        else
            for (size_t w = 0; w < words; w++) wanted[w] |= set->literal_rules[i * words + w];
    }
    if (escaped) want_all_in_trees(set, wanted);
}
