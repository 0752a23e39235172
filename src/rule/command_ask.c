/* Questions about the words of a command. */
#include "rule/command_trial.h"

#include "base/limits.h"
#include "rule/command_line.h"

static bool has_literal(const Rule *rule, Str text) {
    for (size_t i = 0; i < rule->literals.len; i++)
        if (str_find(text, rule->literals.items[i]) != STR_NONE) return true;
    return false;
}

static void note_limit(const Trial *t, const ShellWord *word) {
    CommandSearch *s = t->run->search;
    if (s->limited) return;
    ShellWord outer = script_word(s->arena, t->run->script, word);
    s->limited = true;
    shell_word_place(&outer, &s->limit);
}

static RegexResult find(const Trial *t, const CommandAsk *ask, const ShellWord *word, size_t from,
                        RegexMatch *out) {
    Matcher *m = t->run->search->matcher;
    bool too_long = word->value.len > LIMIT_LINE;
    if (too_long && !has_literal(t->rule, word->value)) return REGEX_NONE;
    RegexResult result =
        too_long ? REGEX_LIMIT
                 : regex_find(m->regexes[ask->regex], m->scratch, word->value, from, out);
    if (result == REGEX_LIMIT) note_limit(t, word);
    return result;
}

bool trial_ask_word(const Trial *t, const CommandAsk *ask, const ShellWord *word,
                    AnswerVisit visit) {
    Answer a = {.word = word, .matched = ask->pattern.len > 0};
    bool found = !a.matched;
    if (found && visit) visit(t, &a);
    for (size_t from = 0; a.matched && from <= word->value.len;) {
        if (find(t, ask, word, from, &a.match) != REGEX_FOUND) break;
        found = true;
        if (!visit) break;
        visit(t, &a);
        from = a.match.end > from ? a.match.end : from + 1;
    }
    return found;
}

static bool ask_flags(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    bool found = false;
    for (size_t i = 0; t->call && i < t->call->flags.len; i++) {
        const CallFlag *flag = &t->call->flags.items[i];
        bool named = false;
        for (size_t k = 0; k < ask->flags.len; k++)
            named |= call_flag_is(flag, ask->flags.items[k]);
        if (!named || (ask->pattern.len && !flag->has_value)) continue;
        found |= trial_ask_word(t, ask, ask->pattern.len ? &flag->value : &flag->name, visit);
    }
    return found;
}

static bool ask_words(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    bool found = false;
    for (size_t i = t->operands_from; t->call && i < t->call->operands.len; i++)
        found |= trial_ask_word(t, ask, &t->call->operands.items[i], visit);
    return found;
}

/* `kubectl logs NAME`: the first word is no type, but there may be one in type/name. */
static bool begins_with_name(const Trial *t) {
    static const Str commands[] = {STR_INIT("logs"),         STR_INIT("exec"), STR_INIT("attach"),
                                   STR_INIT("port-forward"), STR_INIT("cp"),   STR_INIT("debug"),
                                   STR_INIT("run")};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (str_eq(t->subcommand.value, commands[i])) return true;
    return false;
}

/* `a,b`: each of them. */
static bool ask_types(const Trial *t, const CommandAsk *ask, const ShellWord *types,
                      AnswerVisit visit) {
    bool found = false;
    for (size_t at = 0; at <= types->value.len;) {
        size_t comma = str_find_char(str_from_offset(types->value, at), ',');
        size_t end = comma == STR_NONE ? types->value.len : at + comma;
        ShellWord type = shell_word_part(types, at, end);
        found |= trial_ask_word(t, ask, &type, visit);
        at = end + 1;
    }
    return found;
}

static bool ask_resources(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    bool found = false;
    for (size_t i = t->operands_from; t->call && i < t->call->operands.len; i++) {
        const ShellWord *word = &t->call->operands.items[i];
        size_t slash = str_find_char(word->value, '/');
        ShellWord type = shell_word_part(word, 0, slash);
        if (slash != STR_NONE)
            found |= trial_ask_word(t, ask, &type, visit);
        else if (i == t->operands_from && !begins_with_name(t))
            found |= ask_types(t, ask, word, visit);
    }
    return found;
}

static bool ask_any(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    const ShellCommand *c = t->run->command;
    const ShellWord *words = t->call ? t->call->words : c->words;
    size_t count = t->call ? t->call->count : c->word_count;
    const ShellWord *script = call_script(words, count); /* it is read as one */
    bool found = false;
    for (size_t i = 0; i < count; i++)
        if (&words[i] != script) found |= trial_ask_word(t, ask, &words[i], visit);
    for (size_t i = 0; i < c->assignment_count; i++)
        found |= trial_ask_word(t, ask, &c->assignments[i].value, visit);
    return found;
}

static bool ask_line(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    const Run *run = t->run;
    const ShellWord *words = t->call ? t->call->words : run->command->words;
    KnownLine *known = run->line;
    if (known->command != run->command || known->words != words) {
        arena_reset(&known->arena);
        known->command = run->command;
        known->words = words;
        known->line = command_line(&known->arena, run->shell, run->command, words);
    }
    return trial_ask_word(t, ask, &known->line, visit);
}

/* A question on its way to those who get the output. */
typedef struct Receipt {
    const Trial *trial;
    const CommandAsk *ask;
    AnswerVisit visit;
    bool found;
} Receipt;

static bool is_meant(const StrList *programs, const ShellWord *words, size_t count) {
    Str program;
    bool found = false;
    if (!call_program(words, count, &program)) return false;
    for (size_t i = 0; i < programs->len; i++) found |= str_eq(programs->items[i], program);
    return found;
}

/* The program, or one that it runs. */
static void ask_receiver(void *context, const ShellCommand *c) {
    Receipt *r = context;
    const ShellWord *words = c->words;
    size_t count = c->word_count;
    for (unsigned i = 0; i < LIMIT_COMMAND_DEPTH && !is_meant(&r->ask->flags, words, count); i++) {
        size_t inner = call_inner(words, count);
        if (!inner) return;
        words += inner;
        count -= inner;
    }
    if (!is_meant(&r->ask->flags, words, count)) return;
    Arena scratch = {0};
    ShellWord line = command_line_alone(&scratch, words, count);
    r->found |= trial_ask_word(r->trial, r->ask, &line, r->visit);
    arena_release(&scratch);
}

static bool ask_into(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    Receipt receipt = {.trial = t, .ask = ask, .visit = visit};
    line_into(t->run->shell, t->run->command, ask_receiver, &receipt);
    return receipt.found;
}

bool trial_ask(const Trial *t, const CommandAsk *ask, AnswerVisit visit) {
    switch (ask->kind) {
    case COMMAND_WORD: return ask_words(t, ask, visit);
    case COMMAND_RESOURCE: return ask_resources(t, ask, visit);
    case COMMAND_FLAG: return ask_flags(t, ask, visit);
    case COMMAND_ANY: return ask_any(t, ask, visit);
    case COMMAND_LINE: return ask_line(t, ask, visit);
    case COMMAND_INTO: return ask_into(t, ask, visit);
    case COMMAND_SCRIPT:
    case COMMAND_FILE: break; /* trial_holds_around */
    }
    return false;
}

/* Where the expression sees what is unknown, it decides itself. */
static bool sees_unknown(const CommandAsk *ask) {
    return ask->kind == COMMAND_LINE || ask->kind == COMMAND_INTO;
}

bool trial_holds(const Trial *t, const CommandAsk *a) {
    if (rule_asks_around(a)) return true; /* asked for each answer: trial_holds_around */
    if (!a->absent) return trial_ask(t, a, NULL);
    bool unknown = t->call && t->call->unknown && !sees_unknown(a);
    return !unknown && !trial_ask(t, a, NULL);
}

/* The operands begin with the words of the phrase, all of them known. */
static bool begins_with(const Call *call, Str phrase, size_t *count) {
    Str word;
    *count = 0;
    while (str_split(&phrase, ' ', &word)) {
        if (*count == call->operands.len || !str_eq(call->operands.items[*count].value, word))
            return false;
        ++*count;
    }
    return true;
}

bool trial_find_subcommand(Trial *t, const StrList *phrases) {
    if (!phrases->len) return true;
    for (size_t i = 0; t->call && i < phrases->len; i++) {
        if (!begins_with(t->call, phrases->items[i], &t->operands_from)) continue;
        t->subcommand = t->call->operands.items[t->operands_from - 1];
        return true;
    }
    return false;
}
