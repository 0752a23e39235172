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

static bool load_into(Loader *l, const Node *n, const Node *into, CommandAsk *out) {
    const Node *matches = node_child(n, STR("matches"));
    return loader_list(l, into, "'into'", &out->flags) &&
           (!matches || load_pattern(l, matches, "'matches'", &out->pattern));
}

static bool load_same(Loader *l, const Node *n, CommandAsk *out) {
    double group;
    if (!rule_asks_around(out))
        return loader_fail(l, n, "'same' has a meaning beside 'script' and 'file' only");
    if (!loader_number(l, n, "'same'", &group)) return false;
    out->same = group >= 1 && group < REGEX_GROUPS ? (uint8_t)group : 0;
    return (double)out->same == group ||
           loader_fail(l, n, "'same' must be the number of a group, 1 to 9");
}

static const Str question_keys[] = {[COMMAND_WORD] = STR_INIT("word"),
                                    [COMMAND_RESOURCE] = STR_INIT("resource"),
                                    [COMMAND_FLAG] = STR_INIT("flag"),
                                    [COMMAND_ANY] = STR_INIT("any"),
                                    [COMMAND_LINE] = STR_INIT("line"),
                                    [COMMAND_INTO] = STR_INIT("into"),
                                    [COMMAND_SCRIPT] = STR_INIT("script"),
                                    [COMMAND_FILE] = STR_INIT("file"),
                                    STR_INIT("matches"),
                                    STR_INIT("same"),
                                    STR_INIT("absent")};

/* What the question is about; NULL when that is nothing, or several things. */
static const Node *find_subject(const Node *n, CommandAskKind *kind) {
    const Node *value = NULL;
    for (size_t i = COMMAND_WORD; i <= COMMAND_FILE; i++) {
        const Node *child = node_child(n, question_keys[i]);
        if (!child) continue;
        if (value) return NULL;
        value = child;
        *kind = (CommandAskKind)i;
    }
    return value;
}

/* {word: REGEX}, {flag: F, matches: REGEX} …; each with `absent: true`. */
static bool load_question(Loader *l, const Node *n, CommandAsk *out) {
    n = node_resolve(n);
    if (!loader_keys(l, n, "a question about a command", question_keys, COUNT(question_keys)))
        return false;
    const Node *value = find_subject(n, &out->kind), *same = node_child(n, STR("same"));
    const Node *absent = node_child(n, STR("absent"));
    if (!value)
        return loader_fail(l, n,
                           "it needs exactly one of 'word', 'resource', 'flag', 'any', 'line', "
                           "'into', 'script' and 'file'");
    bool has_value = out->kind == COMMAND_FLAG || out->kind == COMMAND_INTO;
    if (!has_value && node_child(n, STR("matches")))
        return loader_fail(l, n, "'matches' has a meaning beside 'flag' and 'into' only");
    if (same && !load_same(l, same, out)) return false;
    if (absent && !loader_bool(l, absent, "'absent'", &out->absent)) return false;
    if (out->kind == COMMAND_FLAG) return load_flag(l, n, value, out);
    if (out->kind == COMMAND_INTO) return load_into(l, n, value, out);
    return load_pattern(l, value, "the expression", &out->pattern);
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

/* Objects are told by the name of their CRD, which has no namespace. */
static bool load_holds(Loader *l, const Node *n, Rule *rule) {
    rule->command.holds = true;
    rule->refers.any_namespace = true;
    if (!load_resource(l, n, "'holds'", &rule->refers.to)) return false;
    return rule->refers.to.groups.len ||
           loader_fail(l, n, "missing required key 'group' in 'holds'");
}

/* A command seldom tells the namespace. */
static bool load_names(Loader *l, const Node *n, const Node *holds, Rule *rule) {
    rule->command.names = true;
    rule->refers.any_namespace = true;
    return (!holds || loader_fail(l, n, "'names' has no meaning beside 'holds'")) &&
           load_resource(l, n, "'names'", &rule->refers.to);
}

bool load_command_match(Loader *l, const Node *match, const Node *command, Rule *rule) {
    CommandMatch *out = &rule->command;
    rule->match = MATCH_COMMAND;
    const Node *except = node_child(match, STR("except"));
    const Node *subcommand = node_child(match, STR("subcommand"));
    const Node *where = node_child(match, STR("where")), *at = node_child(match, STR("at"));
    const Node *unless = node_child(match, STR("unless")), *holds = node_child(match, STR("holds"));
    if (!loader_list(l, command, "'command'", &out->programs)) return false;
    if (except && !loader_list(l, except, "'except'", &out->except)) return false;
    if (subcommand && !loader_list(l, subcommand, "'subcommand'", &out->subcommands)) return false;
    if (unless && !loader_list(l, unless, "'unless'", &rule->unless)) return false;
    if (where && !load_questions(l, where, &out->asks, &out->ask_count)) return false;
    if (at && !load_at(l, at, out)) return false;
    if (holds && !load_holds(l, holds, rule)) return false;
    const Node *names = node_child(match, STR("names"));
    if (names && !load_names(l, names, holds, rule)) return false;
    return check_any(l, command, except, rule);
}

bool load_fix_only(Loader *l, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("subcommand"), STR_INIT("where")};
    Fix *fix = &rule->fix;
    if (!loader_keys(l, n, "'only'", keys, COUNT(keys))) return false;
    const Node *subcommand = node_child(n, STR("subcommand")), *where = node_child(n, STR("where"));
    if (subcommand && rule->match == MATCH_TEXT)
        return loader_fail(l, subcommand, "'subcommand' has a meaning for commands only");
    if (subcommand && !loader_list(l, subcommand, "'subcommand'", &fix->only_subcommands))
        return false;
    if (where && !load_questions(l, where, &fix->only, &fix->only_count)) return false;
    for (size_t i = 0; i < fix->only_count && rule->match == MATCH_TEXT; i++)
        if (fix->only[i].kind != COMMAND_SCRIPT)
            return loader_fail(l, where, "beside lines, 'only' takes 'script' only");
    return true;
}
