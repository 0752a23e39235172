/* Questions about other commands than the one at hand: of its script, of its file. */
#include "rule/command_trial.h"

#include "base/limits.h"
#include "rule/command_line.h"

/* Lines that all questions of a file may look at together: a script can ask for each of its
 * commands whether another one is there. */
enum { LINES = 1000000 };

void trial_note_lines(const Run *run) {
    Arena scratch = {0}; /* where their bytes come from is not asked */
    for (size_t i = 0; i < run->shell->count; i++) {
        const ShellCommand *c = &run->shell->commands[i];
        Str line = command_line(&scratch, run->shell, c, c->words).value;
        vec_push(run->lines, str_copy(run->search->arena, line));
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

static bool is_same(const CommandAsk *ask, const RegexMatch *match, const Answer *answer) {
    Str group = match->groups[1];
    if (!ask->same || !group.data) return true;
    return answer && answer->matched && str_eq_nocase(answer->match.groups[ask->same], group);
}

static RegexResult find_in_line(const Trial *t, const CommandAsk *ask, const Answer *answer,
                                Str line) {
    Matcher *m = t->run->search->matcher;
    RegexMatch match;
    if (line.len > LIMIT_LINE) return REGEX_LIMIT;
    for (size_t from = 0; from <= line.len;) {
        RegexResult result = regex_find(m->regexes[ask->regex], m->scratch, line, from, &match);
        if (result != REGEX_FOUND || is_same(ask, &match, answer)) return result;
        from = match.end > from ? match.end : from + 1;
    }
    return REGEX_NONE;
}

static const CommandLines *lines_for(const Trial *t, const CommandAsk *ask) {
    const Run *run = t->run;
    if (ask->kind == COMMAND_FILE) return run->search->file_lines;
    if (!run->lines->len) trial_note_lines(run);
    return run->lines;
}

static RegexResult ask_around(const Trial *t, const CommandAsk *ask, const Answer *answer,
                              uint32_t *asked) {
    const CommandLines *lines = lines_for(t, ask);
    bool limited = false;
    for (size_t i = 0; i < lines->len; i++) {
        if (++*asked > LINES) return REGEX_LIMIT;
        RegexResult result = find_in_line(t, ask, answer, lines->items[i]);
        if (result == REGEX_FOUND) return result;
        limited |= result == REGEX_LIMIT;
    }
    return limited ? REGEX_LIMIT : REGEX_NONE;
}

static void note_limit(const Trial *t) {
    CommandSearch *s = t->run->search;
    const ShellCommand *c = t->run->command;
    if (s->limited || !c->word_count) return;
    ShellWord outer = script_word(s->arena, t->run->script, &c->words[0]);
    s->limited = true;
    shell_word_place(&outer, &s->limit);
}

/* FOUND: all are as they should be; LIMIT: that is not known. */
static RegexResult holds(const Trial *t, const CommandAsk *asks, size_t count, const Answer *answer,
                         uint32_t *asked) {
    for (size_t i = 0; i < count; i++) {
        const CommandAsk *ask = &asks[i];
        if (!rule_asks_around(ask)) continue;
        RegexResult result = ask_around(t, ask, answer, asked);
        if (result == REGEX_LIMIT) return result;
        if (result != (ask->absent ? REGEX_NONE : REGEX_FOUND)) return REGEX_NONE;
    }
    return REGEX_FOUND;
}

bool trial_holds_around(const Trial *t, const Answer *answer) {
    const CommandMatch *match = &t->rule->command;
    RegexResult result = holds(t, match->asks, match->ask_count, answer, &t->run->search->asked);
    if (result == REGEX_LIMIT) note_limit(t);
    return result == REGEX_FOUND;
}

bool trial_fix_holds_around(const Trial *t, const Answer *answer) {
    const Fix *fix = &t->rule->fix;
    return holds(t, fix->only, fix->only_count, answer, &t->run->search->asked_for_fixes) ==
           REGEX_FOUND;
}
