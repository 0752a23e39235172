/* Command lines, as a POSIX shell (and bash, where scripts use it) would cut them into words.
 *
 * Nothing is run and nothing is guessed. A word has the value that the program would be given, as
 * far as the text alone tells it; each part that only a running shell knows (`$1`, `$(date)`) is
 * one byte SHELL_UNKNOWN in it. A variable is known when its only assignment in the script stands
 * before, outside of any subshell, with a known value: `CHANNEL=1.6/stable` and below it
 * `--channel=$CHANNEL`. Globs are letters like all others. Reserved words (if, while, do, …) are
 * passed over; what they join are commands as all others are, those in `$(…)` too.
 *
 *     Shell shell;
 *     shell_read(&arena, text, &shell);
 *     for (size_t i = 0; i < shell.count; i++) ... shell.commands[i].words[0].value ...
 *
 * Positions are bytes of the text. A text may hold SHELL_UNKNOWN itself where its carrier (make, a
 * template) puts something in before the shell reads it. Whatever the bytes: linear time, and
 * everything lives in the arena. What cannot be read (an open quote) ends the reading there; the
 * commands before it stay. */
#ifndef TEXT_SHELL_H
#define TEXT_SHELL_H

#include "text/span.h"

#define SHELL_UNKNOWN '\0'

/* A byte of a value that is not written as it is: an escape, an unknown part. */
#define SHELL_APART ((uint32_t)1 << 31)

/* `$NAME` or `${NAME}` in a word. While it is not known, a byte of the value has it for origin. */
typedef struct ShellReference {
    uint32_t start; /* of the `$` in the text */
    Str name;
    bool quoted; /* blanks in its value do not make several words of it */
} ShellReference;

typedef struct ShellWord {
    Span raw; /* with quotes */
    Str value;
    /* Where each byte of the value stands in the text, perhaps in an assignment; of one with
     * SHELL_APART, where what it is made from begins. NULL: from raw.start on, byte by byte. */
    const uint32_t *origin;
    const ShellReference *references; /* in order; of a part, those of the whole word */
    size_t reference_count;
    bool unknown; /* a part of it is */
    bool quoted;  /* a part of it was */
} ShellWord;

typedef struct ShellAssignment {
    Span span; /* NAME=value */
    Str name;
    ShellWord value;
    bool plain; /* `=`, and no list: else what it assigns is unknown */
} ShellAssignment;

/* Lines that are given to a command: `<<END`. */
typedef struct ShellHere {
    Str delimiter;
    bool quoted; /* the body is taken as it stands */
    bool tabs;   /* `<<-`: tabs in front of lines are cut off */
    Span body;   /* whole lines, without the one that ends it */
} ShellHere;

typedef struct ShellRedirect {
    Span operator;         /* `2>`, `<<-`, `<<<` */
    ShellWord word;        /* the file, or the delimiter */
    const ShellHere *here; /* NULL: it is a file */
} ShellRedirect;

typedef enum {
    SHELL_COMMAND, /* assignments, words, redirections; one of them at least */
    SHELL_LIST,    /* words that no program is given here: `for x in …`, `x=(…)`, `case …` */
} ShellKind;

typedef struct ShellCommand {
    ShellKind kind;
    Span span; /* from its first byte to the last one */
    Str name;  /* SHELL_LIST: the variable, if any */
    const ShellWord *words;
    const ShellAssignment *assignments;
    const ShellRedirect *redirects;
    size_t word_count, assignment_count, redirect_count;
    bool piped;    /* `|` stands behind it */
    bool subshell; /* in `( )` or `$( )`: what it assigns is gone afterwards */
} ShellCommand;

typedef struct Shell {
    Str text;
    const ShellCommand *commands; /* in the order in which they begin */
    size_t count;
    const char *fault; /* why the reading ended early: "a quote is not closed"; NULL: it did not */
    uint32_t fault_at; /* where what is wrong begins */
} Shell;

/* A text beyond LIMIT_SCRIPT has no commands and a fault. */
void shell_read(Arena *a, Str text, Shell *out);

/* Where a byte of its value comes from, as `origin` says. */
uint32_t shell_word_origin(const ShellWord *word, size_t at);
/* A part of a word: bytes [start, end) of its value. */
ShellWord shell_word_part(const ShellWord *word, size_t start, size_t end);

/* Where the word's value stands. False when it is not written there as it is, in one piece: then
 * *out is where it begins and ends, and no text can take its place. */
bool shell_word_place(const ShellWord *word, Span *out);

#endif
