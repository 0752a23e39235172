/* Completions for bash, zsh and fish, made from the tables of app/options.h.
 *
 * One file per shell; what they share is here. The scripts are complete in themselves: completing a
 * word never starts the program. */
#ifndef APP_COMPLETIONS_H
#define APP_COMPLETIONS_H

#include "app/options.h"
#include "base/buf.h"

typedef enum {
    COMPLETES_NOTHING, /* any text, or none */
    COMPLETES_WORDS,
    COMPLETES_LIST, /* words joined by commas */
    COMPLETES_FILES,
    COMPLETES_DIRECTORIES,
} Completes;

/* How an option's value, or a command's arguments, are completed. */
Completes option_completes(const OptionInfo *o);
Completes command_completes(Command command);

/* The words, each in front of a blank but the first; rule ids come from `rules`. */
void option_add_words(const OptionInfo *o, const RuleSet *rules, Buf *out);
void command_add_words(Command command, const RuleSet *rules, Buf *out);

void completions_bash(Buf *out, const RuleSet *rules);
void completions_zsh(Buf *out, const RuleSet *rules);
void completions_fish(Buf *out, const RuleSet *rules);

#endif
