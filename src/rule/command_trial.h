/* The inside of rule/command.c: one rule, tried on one command. */
#ifndef RULE_COMMAND_TRIAL_H
#define RULE_COMMAND_TRIAL_H

#include "rule/command.h"
#include "model/call.h"

/* The line of a command from a word on: made once, for all rules that ask for it. */
typedef struct KnownLine {
    Arena arena;
    const ShellCommand *command;
    const ShellWord *words;
    ShellWord line;
} KnownLine;

/* A script on its way through the rules. */
typedef struct Run {
    CommandSearch *search;
    const Script *script;
    const Shell *shell;
    const ShellCommand *command;
    unsigned depth;
    CommandLines *lines; /* of the script's commands, once a question has asked for them */
    KnownLine *line;     /* … and of the one at hand */
} Run;

/* One rule on one call. */
typedef struct Trial {
    const Run *run;
    const Rule *rule;
    const Call *call;     /* NULL: words that no program is given */
    size_t operands_from; /* behind the subcommand */
    ShellWord subcommand;
    Replaceable replace;
} Trial;

/* What a question found: a word of the script, and what the expression found in it. */
typedef struct Answer {
    const ShellWord *word;
    RegexMatch match;
    bool matched; /* there is an expression */
} Answer;

typedef void (*AnswerVisit)(const Trial *t, const Answer *a);

/* rule/command_around.c: questions about other commands, those of the rule and those of its fix.
 * `answer` is what the rule points at, NULL when that is no answer. */
bool trial_holds_around(const Trial *t, const Answer *answer);
bool trial_fix_holds_around(const Trial *t, const Answer *answer);
/* Puts the commands of a script among those of the file. */
void trial_note_lines(const Run *run);

/* rule/command_ask.c: is the answer yes? Each place where it is so is visited, if `visit` is there;
 * absence has none, and is certain only where every word can be read. */
bool trial_ask(const Trial *t, const CommandAsk *ask, AnswerVisit visit);
bool trial_holds(const Trial *t, const CommandAsk *ask);
/* Each match of the question's expression in the word. */
bool trial_ask_word(const Trial *t, const CommandAsk *ask, const ShellWord *word,
                    AnswerVisit visit);
/* Does the call begin with one of the phrases? Without phrases: yes. */
bool trial_find_subcommand(Trial *t, const StrList *phrases);

/* rule/command_hit.c: what the answer is about becomes a hit. */
void trial_hit(const Trial *t, const Answer *a);

#endif
