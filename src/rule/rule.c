/* Rules by id or name, and what they point at. */
#include "rule/rule.h"

#include "base/glob.h"

static const Rule *find_id(const RuleSet *set, Str id) {
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(set->rules[middle].id, id);
        if (order == 0) return &set->rules[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const Rule *rule_find(const RuleSet *set, Str id_or_name) {
    const Rule *found = find_id(set, id_or_name);
    for (size_t i = 0; !found && i < set->count; i++) {
        if (str_eq(set->rules[i].name, id_or_name)) found = &set->rules[i];
    }
    return found;
}

const CommandAsk *rule_pointed(const Rule *rule) {
    const CommandMatch *c = &rule->command;
    for (size_t i = 0; i < c->ask_count && c->at == COMMAND_AT_ASK; i++)
        if (!c->asks[i].absent && !rule_asks_around(&c->asks[i])) return &c->asks[i];
    return NULL;
}

bool rule_is_others(const RuleSet *set, const Rule *rule, Str file, uint8_t *owners) {
    enum { NOT_ASKED, OURS, OTHERS };
    uint8_t *owner = &owners[rule - set->rules];
    if (*owner == NOT_ASKED) {
        *owner = OURS;
        for (size_t i = 0; i < rule->unless.len; i++)
            if (str_find(file, rule->unless.items[i]) != STR_NONE) *owner = OTHERS;
    }
    return *owner == OTHERS;
}

bool rule_refers(const Rule *rule) {
    return rule->match == MATCH_REFERS || rule->command.holds || rule->command.names;
}

bool rule_asks_around(const CommandAsk *ask) {
    return ask->kind == COMMAND_SCRIPT || ask->kind == COMMAND_FILE;
}

bool rule_is_about_file(const Rule *rule, Str path) {
    for (size_t i = 0; i < rule->files.len; i++)
        if (path_glob_match(rule->files.items[i], path)) return true;
    return !rule->files.len;
}
