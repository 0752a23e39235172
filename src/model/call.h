/* One program and what it is given: subcommand, words, flags with their values.
 *
 * Which flags take the next word for their value is known of a few programs (call.c has the
 * table); of all others it is what the caller says. */
#ifndef MODEL_CALL_H
#define MODEL_CALL_H

#include "base/vec.h"
#include "text/shell.h"

typedef struct CallFlag {
    ShellWord name; /* `--selector`; of a letter among others (`-it`), the letter */
    char letter;    /* of a short flag */
    ShellWord value;
    bool has_value;
} CallFlag;

typedef struct Call {
    Str program;            /* its name without directories */
    const ShellWord *words; /* of the command, from the program on */
    size_t count;
    VEC(ShellWord) operands; /* words that are neither flags nor their values */
    VEC(CallFlag) flags;
    size_t rest;  /* where the words behind `--` begin; count: there are none */
    bool unknown; /* a word may be anything: flags that are not seen may be there */
} Call;

/* The program that the words begin with. False when nobody can tell which it is. */
bool call_program(const ShellWord *words, size_t count, Str *program);

/* Reads words[0, count). `flags` are more flags that take a value, of the rule. */
void call_read(Call *call, const ShellWord *words, size_t count, const StrList *flags);
void call_release(Call *call);

/* Is it the flag that people write so: `-l`, `--selector`? */
bool call_flag_is(const CallFlag *flag, Str name);

/* Where the program begins that this one runs: `sudo kubectl`; 0: it runs none. */
size_t call_inner(const ShellWord *words, size_t count);

/* The script that this one runs: of `sh -c SCRIPT`; NULL: it runs none. */
const ShellWord *call_script(const ShellWord *words, size_t count);

#endif
