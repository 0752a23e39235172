/* The tables that the build compiled are the rules that lie in rules/: builtin_rules and what the
 * loader gives at run time are compared down to the last step of the last path. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/load.h"
#include "rule/rule.h"

#include <string.h>

static void same_str(Str a, Str b) {
    if (!str_eq(a, b)) fail_msg("'" STR_FMT "' is not '" STR_FMT "'", STR_ARG(a), STR_ARG(b));
}

static void same_list(const Str *a, size_t a_len, const Str *b, size_t b_len) {
    assert_int_equal(a_len, b_len);
    for (size_t i = 0; i < a_len; i++) same_str(a[i], b[i]);
}

static void same_strs(StrList a, StrList b) {
    same_list(a.items, a.len, b.items, b.len);
}

static void same_path(const Path *a, const Path *b) {
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->steps[i].kind, b->steps[i].kind);
        assert_int_equal(a->steps[i].index, b->steps[i].index);
        same_str(a->steps[i].key, b->steps[i].key);
        same_str(a->steps[i].text, b->steps[i].text);
    }
}

static void same_ask(const Ask *a, const Ask *b) {
    assert_int_equal(a->kind, b->kind);
    same_path(&a->path, &b->path);
    same_strs(a->texts, b->texts);
    same_str(a->pattern, b->pattern);
    assert_int_equal(a->regex, b->regex);
    assert_true(a->number >= b->number && a->number <= b->number);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->join_count, b->join_count);
    for (size_t i = 0; i < a->join_count; i++) same_path(&a->joins[i], &b->joins[i]);
    same_str(a->with, b->with);
    assert_int_equal(a->part_count, b->part_count);
    for (size_t i = 0; i < a->part_count; i++) same_ask(&a->parts[i], &b->parts[i]);
}

static void same_each(const Each *a, const Each *b) {
    same_path(&a->path, &b->path);
    assert_int_equal(a->where != NULL, b->where != NULL);
    if (a->where) same_ask(a->where, b->where);
    same_str(a->find, b->find);
    assert_int_equal(a->regex, b->regex);
    assert_int_equal(a->part_count, b->part_count);
    for (size_t i = 0; i < a->part_count; i++) same_each(&a->parts[i], &b->parts[i]);
}

static void same_match(const ResourceMatch *a, const ResourceMatch *b) {
    same_strs(a->groups, b->groups);
    same_strs(a->versions, b->versions);
    same_strs(a->kinds, b->kinds);
    same_strs(a->names, b->names);
    assert_int_equal(a->where != NULL, b->where != NULL);
    if (a->where) same_ask(a->where, b->where);
}

static void same_texts(const Rule *a, const Rule *b) {
    same_str(a->id, b->id);
    same_str(a->name, b->name);
    same_str(a->pack, b->pack);
    same_str(a->summary, b->summary);
    same_str(a->message, b->message);
    same_str(a->label, b->label);
    same_str(a->why, b->why);
    same_str(a->before, b->before);
    same_str(a->after, b->after);
    same_str(a->loses, b->loses);
    same_str(a->pattern, b->pattern);
    same_str(a->file, b->file);
    same_strs(a->references, b->references);
    same_strs(a->instead_of, b->instead_of);
    same_strs(a->files, b->files);
    same_strs(a->unless, b->unless);
    same_strs(a->literals, b->literals);
    same_strs(a->holes, b->holes);
    assert_int_equal(a->silent, b->silent);
}

static void same_step(const ChangeStep *a, const ChangeStep *b) {
    assert_int_equal(a->kind, b->kind);
    same_path(&a->path, &b->path);
    same_path(&a->to, &b->to);
    same_str(a->find, b->find);
    same_str(a->value, b->value);
    assert_int_equal(a->plain, b->plain);
    assert_int_equal(a->harmless, b->harmless);
    assert_int_equal(a->prune, b->prune);
}

static void same_questions(const CommandAsk *a, size_t a_count, const CommandAsk *b,
                           size_t b_count) {
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_int_equal(a[i].kind, b[i].kind);
        same_strs(a[i].flags, b[i].flags);
        same_str(a[i].pattern, b[i].pattern);
        assert_int_equal(a[i].regex, b[i].regex);
        assert_int_equal(a[i].absent, b[i].absent);
        assert_int_equal(a[i].same, b[i].same);
    }
}

static void same_command(const CommandMatch *a, const CommandMatch *b) {
    same_strs(a->programs, b->programs);
    same_strs(a->except, b->except);
    same_strs(a->subcommands, b->subcommands);
    same_questions(a->asks, a->ask_count, b->asks, b->ask_count);
    assert_int_equal(a->at, b->at);
    assert_int_equal(a->holds, b->holds);
}

static void same_fix(const Fix *a, const Fix *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->safety, b->safety);
    same_str(a->title, b->title);
    same_str(a->assumes, b->assumes);
    same_str(a->conversion, b->conversion);
    same_str(a->replacement, b->replacement);
    same_strs(a->follow, b->follow);
    same_strs(a->only_subcommands, b->only_subcommands);
    same_questions(a->only, a->only_count, b->only, b->only_count);
    assert_int_equal(a->step_count, b->step_count);
    for (size_t i = 0; i < a->step_count; i++) same_step(&a->steps[i], &b->steps[i]);
}

static void same_rule(const Rule *a, const Rule *b) {
    same_texts(a, b);
    assert_int_equal(a->severity, b->severity);
    assert_int_equal(a->match, b->match);
    assert_int_equal(a->regex, b->regex);
    assert_int_equal(a->target_count, b->target_count);
    for (size_t i = 0; i < a->target_count; i++) {
        same_str(a->targets[i].pack, b->targets[i].pack);
        same_str(a->targets[i].low, b->targets[i].low);
        same_str(a->targets[i].high, b->targets[i].high);
    }
    same_match(&a->resource, &b->resource);
    same_command(&a->command, &b->command);
    assert_int_equal(a->each_count, b->each_count);
    for (size_t i = 0; i < a->each_count; i++) same_each(&a->each[i], &b->each[i]);
    same_path(&a->at, &b->at);
    same_match(&a->refers.to, &b->refers.to);
    assert_int_equal(a->refers.any_namespace, b->refers.any_namespace);
    assert_int_equal(a->refers.none, b->refers.none);
    same_fix(&a->fix, &b->fix);
}

static void same_literals(const Literals *a, const Literals *b) {
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->states, b->states);
    assert_int_equal(a->classes, b->classes);
    assert_int_equal(a->first_end, b->first_end);
    assert_memory_equal(a->class_of, b->class_of, 256);
    assert_memory_equal(a->next, b->next, sizeof *a->next * a->states * a->classes);
    assert_memory_equal(a->end_start, b->end_start, sizeof *a->end_start * (a->states + 1));
    assert_memory_equal(a->ends, b->ends, sizeof *a->ends * a->end_start[a->states]);
}

static void compiled_rules_are_the_files(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet set;
    Error err = {""};
    if (!rule_load(&arena, STR("rules"), &set, &err)) fail_msg("%s", err.text);
    const RuleSet *built = &builtin_rules;
    assert_true(set.count > 0);
    assert_int_equal(built->count, set.count);
    for (size_t i = 0; i < set.count; i++) same_rule(&built->rules[i], &set.rules[i]);
    same_list(built->patterns, built->pattern_count, set.patterns, set.pattern_count);
    same_literals(&built->literals, &set.literals);
    assert_int_equal(built->escape_first, set.escape_first);
    size_t words = set.escape_first * LITERAL_WORDS(set.count);
    assert_memory_equal(built->literal_rules, set.literal_rules, words * sizeof(uint64_t));
    arena_release(&arena);
}

static void every_rule_explains_itself(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        const Rule *rule = &builtin_rules.rules[i];
        bool known = rule->match == MATCH_BUILTIN || (rule->before.len && rule->after.len);
        if (!known || rule->why.len < 100) fail_msg(STR_FMT ": too little", STR_ARG(rule->id));
        assert_ptr_equal(rule_find(&builtin_rules, rule->id), rule);
        assert_ptr_equal(rule_find(&builtin_rules, rule->name), rule);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiled_rules_are_the_files),
        cmocka_unit_test(every_rule_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
