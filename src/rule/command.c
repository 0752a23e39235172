/* Commands put to rules. */
#include "rule/command.h"

#include "base/limits.h"
#include "rule/command_trial.h"

typedef VEC(Str) StrVec;

static bool in_list(const StrList *list, Str text) {
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->items[i], text)) return true;
    return false;
}

/* Is the rule's fix for such a command? */
static bool can_be_replaced(Trial t) {
    const Fix *fix = &t.rule->fix;
    if (!trial_find_subcommand(&t, &fix->only_subcommands)) return false;
    for (size_t i = 0; i < fix->only_count; i++)
        if (!trial_holds(&t, &fix->only[i])) return false;
    return true;
}

static void hit(Trial t, const Answer *a) {
    if (t.replace == REPLACE_HERE && !trial_fix_holds_around(&t, a)) t.replace = REPLACE_NOT_MEANT;
    trial_hit(&t, a);
}

static void point_at(const Trial *t, const Answer *a) {
    if (trial_holds_around(t, a)) hit(*t, a);
}

static void point(const Trial *t) {
    const CommandAsk *pointed = rule_pointed(t->rule);
    Answer a = {0};
    const CommandSearch *s = t->run->search;
    if (rule_is_others(s->rules, t->rule, s->file, s->owners)) return;
    if (pointed) {
        trial_ask(t, pointed, point_at);
        return;
    }
    if (!t->call || !trial_holds_around(t, NULL)) return;
    bool subcommand = t->subcommand.value.len && t->rule->command.at != COMMAND_AT_PROGRAM;
    a.word = subcommand ? &t->subcommand : &t->call->words[0];
    hit(*t, &a);
}

/* Flags with an expression take a value, whatever program it is. */
static void add_value_flags(StrVec *flags, const CommandAsk *asks, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool has_value = asks[i].kind == COMMAND_FLAG && asks[i].pattern.len;
        for (size_t k = 0; has_value && k < asks[i].flags.len; k++)
            vec_push(flags, asks[i].flags.items[k]);
    }
}

/* Is it one of those programs, or run by another one? What goes into a pipe is used by the next. */
static bool is_excepted(const Run *run, const StrList *except, const ShellWord *words,
                        size_t count) {
    Str program;
    for (unsigned i = 0; except->len && !run->command->piped && i < LIMIT_COMMAND_DEPTH; i++) {
        if (call_program(words, count, &program) && in_list(except, program)) return true;
        size_t inner = call_inner(words, count);
        if (!inner) return false;
        words += inner;
        count -= inner;
    }
    return false;
}

static void try_rule(const Run *run, const Rule *rule, const ShellWord *words, size_t count) {
    const CommandMatch *match = &rule->command;
    Str program = {0};
    bool known = call_program(words, count, &program);
    if (match->programs.len && !(known && in_list(&match->programs, program))) return;
    if (is_excepted(run, &match->except, words, count)) return;
    StrVec flags = {0};
    add_value_flags(&flags, match->asks, match->ask_count);
    add_value_flags(&flags, rule->fix.only, rule->fix.only_count);
    StrList list = {flags.items, flags.len};
    Call call;
    call_read(&call, words, count, &list);
    Trial trial = {.run = run, .rule = rule, .call = known ? &call : NULL};
    bool good = trial_find_subcommand(&trial, &match->subcommands);
    for (size_t i = 0; good && i < match->ask_count; i++)
        good = trial_holds(&trial, &match->asks[i]);
    if (good) {
        trial.replace = can_be_replaced(trial) ? REPLACE_HERE : REPLACE_NOT_MEANT;
        point(&trial);
    }
    call_release(&call);
    vec_release(&flags);
}

/* ---- commands ---- */

static bool is_wanted(const CommandSearch *s, size_t i) {
    return s->rules->rules[i].match == MATCH_COMMAND && (s->wanted[i / 64] >> (i % 64) & 1);
}

/* A rule about any program sees a command as a whole, from the first program on. */
static void try_rules(const Run *run, const ShellWord *words, size_t count, bool outermost) {
    if (run->search->noting) return;
    for (size_t i = 0; i < run->search->rules->count; i++) {
        const Rule *rule = &run->search->rules->rules[i];
        if (is_wanted(run->search, i) && (outermost || rule->command.programs.len))
            try_rule(run, rule, words, count);
    }
}

static void search_script(CommandSearch *s, const Script *script, unsigned depth);

static void search_inner_script(const Run *run, const ShellWord *word) {
    ShellWord outer = script_word(run->search->arena, run->script, word);
    Script inner = script_of_word(&outer);
    inner.carrier = run->script->carrier;
    search_script(run->search, &inner, run->depth + 1);
}

/* `bash <<END`, a body without a program, as RUN of a Dockerfile has it, and one that becomes a
 * script: `cat > x.sh <<END` with a shell in its first line. */
static void search_bodies(const Run *run) {
    const ShellCommand *c = run->command;
    static const Str shells[] = {STR_INIT("sh"), STR_INIT("bash")};
    Str program = {0};
    bool shell = !c->word_count && !c->assignment_count;
    if (call_program(c->words, c->word_count, &program))
        for (size_t i = 0; i < 2; i++) shell |= str_eq(program, shells[i]);
    for (size_t i = 0; i < c->redirect_count; i++) {
        const ShellHere *here = c->redirects[i].here;
        if (!here) continue;
        Script body = script_part(run->script, here->body.start, here->body.end);
        if (!shell && !scripts_shebang(body.text)) continue;
        search_script(run->search, &body, run->depth + 1);
    }
}

/* The program, and those that it runs. */
static void search_call(const Run *run, const ShellWord *words, size_t count, unsigned depth) {
    Call call;
    call_read(&call, words, count, NULL);
    size_t rest = call.rest;
    call_release(&call);
    try_rules(run, words, count, depth == 0);
    if (depth == LIMIT_COMMAND_DEPTH) return;
    const ShellWord *script = call_script(words, count);
    size_t inner = call_inner(words, count);
    if (script) search_inner_script(run, script);
    if (inner) search_call(run, words + inner, count - inner, depth + 1);
    if (rest < count) search_call(run, words + rest, count - rest, depth + 1);
}

static void search_command(Run *run, const ShellCommand *c) {
    run->command = c;
    if (c->kind == SHELL_LIST)
        try_rules(run, c->words, 0, true);
    else
        search_call(run, c->words, c->word_count, 0);
    search_bodies(run);
}

/* ---- scripts ---- */

/* Is one of the words of rules that are wanted in the text? */
static bool has_literal(const CommandSearch *s, Str text) {
    for (size_t i = 0; i < s->rules->count; i++) {
        const StrList *literals = &s->rules->rules[i].literals;
        for (size_t k = 0; is_wanted(s, i) && k < literals->len; k++)
            if (str_find(text, literals->items[k]) != STR_NONE) return true;
    }
    return false;
}

static void note_fault(CommandSearch *s, const Script *script, const Shell *shell) {
    if (!shell->fault || !has_literal(s, str_from_offset(script->text, shell->fault_at))) return;
    Script rest = script_part(script, shell->fault_at, shell->fault_at + 1);
    vec_push(&s->faults, (CommandFault){{rest.start, rest.start + 1}, shell->fault});
}

static void search_script(CommandSearch *s, const Script *script, unsigned depth) {
    if (depth > LIMIT_COMMAND_DEPTH || (!s->noting && !has_literal(s, script->text))) return;
    Shell shell;
    shell_read(s->arena, script->text, &shell);
    CommandLines lines = {0};
    KnownLine line = {0};
    Run run = {.search = s,
               .script = script,
               .shell = &shell,
               .depth = depth,
               .lines = &lines,
               .line = &line};
    if (s->noting) {
        run.lines = s->file_lines;
        trial_note_lines(&run);
    }
    for (size_t i = 0; i < shell.count; i++) search_command(&run, &shell.commands[i]);
    if (!s->noting) note_fault(s, script, &shell);
    vec_release(&lines);
    arena_release(&line.arena);
}

static bool asks_file(const CommandAsk *asks, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count; i++) found |= asks[i].kind == COMMAND_FILE;
    return found;
}

bool command_asks_file(const CommandSearch *s) {
    bool found = false;
    for (size_t i = 0; i < s->rules->count && !found; i++) {
        const Rule *rule = &s->rules->rules[i];
        found = is_wanted(s, i) && (asks_file(rule->command.asks, rule->command.ask_count) ||
                                    asks_file(rule->fix.only, rule->fix.only_count));
    }
    return found;
}

void command_search(CommandSearch *s, const Script *script) {
    size_t first = s->hits.len;
    search_script(s, script, 0);
    for (size_t i = first; i < s->hits.len; i++) {
        CommandHit *hit = &s->hits.items[i];
        if (hit->uses > hit->hits) hit->replace = REPLACE_APART;
    }
}

void command_release(CommandSearch *s) {
    hashmap_release(&s->known);
    vec_release(&s->hits);
    vec_release(&s->faults);
}
