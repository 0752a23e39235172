/* What the completions of all shells have in common. */
#include "app/completions.h"

static bool names_file(Str argument) {
    return str_eq(argument, STR("FILE")) || str_eq(argument, STR("PATH")) ||
           str_eq(argument, STR("NAME"));
}

Completes option_completes(const OptionInfo *o) {
    switch (o->kind) {
    case VALUE_LIST: return COMPLETES_LIST;
    case VALUE_CHOICE:
    case VALUE_FORMAT:
    case VALUE_TARGET: return COMPLETES_WORDS;
    default: break;
    }
    if (str_eq(o->argument, STR("DIR"))) return COMPLETES_DIRECTORIES;
    return names_file(o->argument) ? COMPLETES_FILES : COMPLETES_NOTHING;
}

Completes command_completes(Command command) {
    switch (command) {
    case COMMAND_CHECK: return COMPLETES_FILES;
    case COMMAND_EXPLAIN:
    case COMMAND_SCHEMA:
    case COMMAND_HELP: return COMPLETES_WORDS;
    default: return COMPLETES_NOTHING;
    }
}

static void add_rule_ids(const RuleSet *rules, StrVec *out) {
    for (size_t i = 0; i < rules->count; i++) vec_push(out, rules->rules[i].id);
}

static void add_joined(StrVec *words, Buf *out) {
    for (size_t i = 0; i < words->len; i++) {
        if (i) buf_add_char(out, ' ');
        buf_add(out, words->items[i]);
    }
    vec_release(words);
}

void option_add_words(const OptionInfo *o, const RuleSet *rules, Buf *out) {
    StrVec words = {0};
    option_choices(o, &words);
    if (o->kind == VALUE_LIST) {
        for (size_t p = 0; p < PACK_COUNT; p++) vec_push(&words, pack_names[p]);
        add_rule_ids(rules, &words);
    }
    add_joined(&words, out);
}

void command_add_words(Command command, const RuleSet *rules, Buf *out) {
    StrVec words = {0};
    command_choices(command, &words);
    if (command == COMMAND_EXPLAIN) add_rule_ids(rules, &words);
    add_joined(&words, out);
}
