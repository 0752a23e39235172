/* Which rules a selector means, and which are in use. */
#include "app/active.h"

#include "rule/select.h"

uint64_t *rules_none(Arena *a, const RuleSet *rules) {
    return arena_array(a, uint64_t, LITERAL_WORDS(rules->count) + 1); /* never of size 0 */
}

/* A pack is a valid selector even where no rule of it is loaded. */
static bool is_pack(Str selector) {
    for (size_t p = 0; p < PACK_COUNT; p++) {
        if (str_eq(selector, pack_names[p])) return true;
    }
    return false;
}

bool rules_select(const RuleSet *rules, Str selector, uint64_t *set, Error *err) {
    if (!is_pack(selector) && !selector_check(rules, selector, err)) return false;
    for (size_t i = 0; i < rules->count; i++) {
        if (selector_names(selector, &rules->rules[i])) rules_put(set, i);
    }
    return true;
}

const uint64_t *rules_active(Arena *a, const RuleSet *rules, const uint64_t *selected,
                             const uint64_t *ignored, const Str chosen[PACK_COUNT]) {
    uint64_t *set = rules_none(a, rules);
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->rules[i];
        bool wanted = rule->match == MATCH_BUILTIN || !selected || rules_has(selected, i);
        bool in_use = rule->silent || (wanted && !rules_has(ignored, i));
        if (in_use && target_fits(rule, chosen)) rules_put(set, i);
    }
    return set;
}
