/* Selectors of rules. */
#include "rule/select.h"

#include "base/names.h"
#include "base/vec.h"

bool selector_names(Str selector, const Rule *rule) {
    if (selector.len == 0) return false;
    return str_starts(rule->id, selector) || str_eq(selector, rule->name) ||
           str_eq(selector, rule->pack);
}

/* The letters at the beginning of an id: KFT of KFT001. */
static Str id_letters(Str id) {
    size_t len = 0;
    while (len < id.len && (id.data[len] < '0' || id.data[len] > '9')) len++;
    return str_slice(id, 0, len);
}

bool selector_check(const RuleSet *set, Str selector, Error *err) {
    VEC(Str) choices = {0};
    for (size_t i = 0; i < set->count; i++) {
        const Rule *rule = &set->rules[i];
        if (selector_names(selector, rule)) {
            vec_release(&choices);
            return true;
        }
        vec_push(&choices, rule->pack);
        vec_push(&choices, id_letters(rule->id));
        vec_push(&choices, rule->id);
        vec_push(&choices, rule->name);
    }
    Str nearest = nearest_name(selector, choices.items, choices.len);
    vec_release(&choices);
    if (nearest.len == 0) {
        return error_set(err, "no rule, beginning of ids, or pack is called '" STR_FMT "'",
                         STR_ARG(selector));
    }
    return error_set(err,
                     "no rule, beginning of ids, or pack is called '" STR_FMT
                     "'; did you mean '" STR_FMT "'?",
                     STR_ARG(selector), STR_ARG(nearest));
}
