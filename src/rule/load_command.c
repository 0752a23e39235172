/* `match: {command: …}`: which commands, and which of their words. */
#include "rule/load_rule.h"

#include "base/regex.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool load_pattern(Loader *l, const Node *n, const char *what, Str *out) {
    size_t offset = 0;
    Error err;
    if (!loader_text(l, n, what, out)) return false;
    if (!out->len) return loader_fail(l, n, "%s must not be empty", what);
    return regex_check(*out, &offset, &err) ||
           loader_fail_in(l, n, offset, "%s is no regular expression: %s", what, err.text);
}

static bool load_flag(Loader *l, const Node *n, const Node *flag, CommandAsk *out) {
    const Node *matches = node_child(n, STR("matches"));
    if (!loader_list(l, flag, "'flag'", &out->flags)) return false;
    for (size_t i = 0; i < out->flags.len; i++) {
        Str text = out->flags.items[i];
        if (text.len > 1 && text.data[0] == '-' && str_find_char(text, '=') == STR_NONE) continue;
        return loader_fail(l, flag, "a flag is written with its dashes: -l, --selector");
    }
    return !matches || load_pattern(l, matches, "'matches'", &out->pattern);
}

/* {word: REGEX}, {resource: …}, {any: …}, {flag: F, matches: …}; each with `absent: true`. */
static bool load_question(Loader *l, const Node *n, CommandAsk *out) {
    static const Str keys[] = {[COMMAND_WORD] = STR_INIT("word"),
                               [COMMAND_RESOURCE] = STR_INIT("resource"),
                               [COMMAND_FLAG] = STR_INIT("flag"),
                               [COMMAND_ANY] = STR_INIT("any"),
                               STR_INIT("matches"),
                               STR_INIT("absent")};
    const Node *value = NULL, *absent;
    n = node_resolve(n);
    if (!loader_keys(l, n, "a question about a command", keys, COUNT(keys))) return false;
    size_t found = 0;
    for (size_t i = COMMAND_WORD; i <= COMMAND_ANY; i++) {
        const Node *child = node_child(n, keys[i]);
        if (!child) continue;
        value = child;
        out->kind = (CommandAskKind)i;
        found++;
    }
    if (found != 1)
        return loader_fail(l, n, "it needs exactly one of 'word', 'resource', 'flag' and 'any'");
    if (out->kind != COMMAND_FLAG && node_child(n, STR("matches")))
        return loader_fail(l, n, "'matches' has a meaning beside 'flag' only");
    absent = node_child(n, STR("absent"));
    if (absent && !loader_bool(l, absent, "'absent'", &out->absent)) return false;
    return out->kind == COMMAND_FLAG ? load_flag(l, n, value, out)
                                     : load_pattern(l, value, "the expression", &out->pattern);
}

static bool load_questions(Loader *l, const Node *n, const CommandAsk **questions, size_t *count) {
    n = node_resolve(n);
    if (n->kind != NODE_SEQ || n->count == 0)
        return loader_fail(l, n, "'where' of a command must be a list of questions");
    CommandAsk *asks = arena_array(l->arena, CommandAsk, n->count);
    *questions = asks;
    *count = n->count;
    NODE_EACH (item, n) {
        if (!load_question(l, item, asks++)) return false;
    }
    return true;
}

static bool load_at(Loader *l, const Node *n, CommandMatch *out) {
    static const Str places[] = {[COMMAND_AT_ASK] = STR_INIT("where"),
                                 [COMMAND_AT_SUBCOMMAND] = STR_INIT("subcommand"),
                                 [COMMAND_AT_PROGRAM] = STR_INIT("program")};
    size_t index;
    if (!loader_choice(l, n, "place", places, COUNT(places), &index)) return false;
    out->at = (CommandAt)index;
    return true;
}

/* "*" is any program; then there must be a word to point at. */
static bool check_any(Loader *l, const Node *command, const Node *except, Rule *rule) {
    CommandMatch *match = &rule->command;
    bool any = match->programs.len == 1 && str_eq(match->programs.items[0], STR("*"));
    if (except && !any)
        return loader_fail(l, except, "'except' has a meaning beside 'command: \"*\"' only");
    if (!any) return true;
    match->programs = (StrList){0};
    return rule_pointed(rule) ||
           loader_fail(l, command, "any command needs a question in 'where' to point at");
}

bool load_command_match(Loader *l, const Node *match, const Node *command, Rule *rule) {
    CommandMatch *out = &rule->command;
    rule->match = MATCH_COMMAND;
    const Node *except = node_child(match, STR("except"));
    const Node *subcommand = node_child(match, STR("subcommand"));
    const Node *where = node_child(match, STR("where")), *at = node_child(match, STR("at"));
    const Node *unless = node_child(match, STR("unless"));
    if (!loader_list(l, command, "'command'", &out->programs)) return false;
    if (except && !loader_list(l, except, "'except'", &out->except)) return false;
    if (subcommand && !loader_list(l, subcommand, "'subcommand'", &out->subcommands)) return false;
    if (unless && !loader_list(l, unless, "'unless'", &rule->unless)) return false;
    if (where && !load_questions(l, where, &out->asks, &out->ask_count)) return false;
    if (at && !load_at(l, at, out)) return false;
    return check_any(l, command, except, rule);
}

bool load_fix_only(Loader *l, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("subcommand"), STR_INIT("where")};
    Fix *fix = &rule->fix;
    if (!loader_keys(l, n, "'only'", keys, COUNT(keys))) return false;
    const Node *subcommand = node_child(n, STR("subcommand")), *where = node_child(n, STR("where"));
    if (subcommand && !loader_list(l, subcommand, "'subcommand'", &fix->only_subcommands))
        return false;
    return !where || load_questions(l, where, &fix->only, &fix->only_count);
}
