/* Rules put together. */
#include "rule/set.h"

#include "base/map.h"
#include "rule/gate.h"

#include <stdlib.h>

/* Numbering copies the questions: the same rule may be in several sets, with other numbers. */
static const Ask *number_asks(Arena *a, Names *patterns, const Ask *asks, size_t count) {
    if (count == 0) return NULL;
    Ask *copies = arena_array(a, Ask, count);
    for (size_t i = 0; i < count; i++) {
        copies[i] = asks[i];
        copies[i].parts = number_asks(a, patterns, asks[i].parts, asks[i].part_count);
        if (asks[i].kind == ASK_MATCHES || asks[i].kind == ASK_KEY) {
            copies[i].regex = names_intern(patterns, asks[i].pattern);
        }
    }
    return copies;
}

static const Each *number_each(Arena *a, Names *patterns, const Each *each, size_t count) {
    if (count == 0) return NULL;
    Each *copies = arena_array(a, Each, count);
    for (size_t i = 0; i < count; i++) {
        copies[i] = each[i];
        copies[i].where = number_asks(a, patterns, each[i].where, each[i].where ? 1 : 0);
        if (each[i].find.len) copies[i].regex = names_intern(patterns, each[i].find);
        copies[i].parts = number_each(a, patterns, each[i].parts, each[i].part_count);
    }
    return copies;
}

static void number_match(Arena *a, Names *patterns, ResourceMatch *match) {
    if (match->where) match->where = number_asks(a, patterns, match->where, 1);
}

static const CommandAsk *number_questions(Arena *a, Names *patterns, const CommandAsk *asks,
                                          size_t count) {
    if (count == 0) return NULL;
    CommandAsk *copies = arena_array(a, CommandAsk, count);
    for (size_t i = 0; i < count; i++) {
        copies[i] = asks[i];
        if (asks[i].pattern.len) copies[i].regex = names_intern(patterns, asks[i].pattern);
    }
    return copies;
}

static void number_command(Arena *a, Names *patterns, Rule *rule) {
    CommandMatch *match = &rule->command;
    Fix *fix = &rule->fix;
    match->asks = number_questions(a, patterns, match->asks, match->ask_count);
    fix->only = number_questions(a, patterns, fix->only, fix->only_count);
}

static void number_rule(Arena *a, Names *patterns, Rule *rule) {
    if (rule->match == MATCH_TEXT) rule->regex = names_intern(patterns, rule->pattern);
    if (rule->match == MATCH_COMMAND) number_command(a, patterns, rule);
    number_match(a, patterns, &rule->resource);
    number_match(a, patterns, &rule->refers.to);
    rule->each = number_each(a, patterns, rule->each, rule->each_count);
}

static int by_id(const void *a, const void *b) {
    return str_cmp(((const Rule *)a)->id, ((const Rule *)b)->id);
}

bool rule_set_build(Arena *a, const Rule *rules, size_t count, RuleSet *out, Error *err) {
    Names patterns = {0};
    Rule *sorted = arena_array(a, Rule, count);
    for (size_t i = 0; i < count; i++) sorted[i] = rules[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    for (size_t i = 0; i < count; i++) number_rule(a, &patterns, &sorted[i]);
    Str *texts = arena_array(a, Str, patterns.texts.len);
    for (size_t i = 0; i < patterns.texts.len; i++) {
        texts[i] = str_copy(a, patterns.texts.items[i]);
    }
    *out = (RuleSet){
        .rules = sorted, .count = count, .patterns = texts, .pattern_count = patterns.texts.len};
    names_release(&patterns);
    return gate_build(a, out, err);
}

static const Rule *find_name(const Rule *rules, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(rules[i].name, name)) return &rules[i];
    }
    return NULL;
}

static bool has_id(const RuleSet *set, Str id) {
    const Rule *found = rule_find(set, id);
    return found && str_eq(found->id, id);
}

/* What follows a rule needs that rule, and a fix of it to be part of. */
static bool check_follow(const RuleSet *set, const Rule *rule, Error *err) {
    for (size_t i = 0; i < rule->fix.follow.len; i++) {
        Str id = rule->fix.follow.items[i];
        const Rule *first = has_id(set, id) ? rule_find(set, id) : NULL;
        if (first && (first->fix.kind == FIX_CONVERT || first->fix.kind == FIX_STEPS)) continue;
        return error_set(err, STR_FMT ": the fix follows " STR_FMT ", %s", STR_ARG(rule->file),
                         STR_ARG(id),
                         first ? "which changes no resource" : "and there is no such rule");
    }
    return true;
}

static bool check_instead_of(const RuleSet *set, const Rule *rule, Error *err) {
    for (size_t i = 0; i < rule->instead_of.len; i++) {
        Str id = rule->instead_of.items[i];
        if (has_id(set, id)) continue;
        return error_set(err,
                         STR_FMT ": it speaks instead of " STR_FMT ", and there is no such rule",
                         STR_ARG(rule->file), STR_ARG(id));
    }
    return true;
}

static bool check_others(const RuleSet *set, Error *err) {
    for (size_t i = 0; i < set->count; i++) {
        if (!check_follow(set, &set->rules[i], err)) return false;
        if (!check_instead_of(set, &set->rules[i], err)) return false;
    }
    return true;
}

bool rule_set_merge(Arena *a, const RuleSet *set, const RuleSet *more, RuleSet *out, Error *err) {
    Rule *rules = arena_array(a, Rule, set->count + more->count);
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (!has_id(more, set->rules[i].id)) rules[count++] = set->rules[i];
    }
    for (size_t i = 0; i < more->count; i++) {
        const Rule *rule = &more->rules[i];
        const Rule *other = find_name(rules, count, rule->name);
        if (other) {
            return error_set(err,
                             STR_FMT ":1:1: the name '" STR_FMT "' belongs to " STR_FMT " already",
                             STR_ARG(rule->file), STR_ARG(rule->name), STR_ARG(other->id));
        }
        rules[count++] = *rule;
    }
    return rule_set_build(a, rules, count, out, err) && check_others(out, err);
}
