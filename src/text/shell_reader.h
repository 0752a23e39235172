/* The inside of text/shell.c: what its parts share. */
#ifndef TEXT_SHELL_READER_H
#define TEXT_SHELL_READER_H

#include "base/buf.h"
#include "base/vec.h"
#include "text/shell.h"

typedef struct ShellReader {
    Arena *arena;
    Str text;
    uint32_t at, end;
    unsigned depth; /* of quotes, substitutions and lists in each other */
    const char *fault;
    uint32_t fault_at;
    VEC(ShellCommand) commands;
    VEC(ShellHere *) pending; /* here-documents whose bodies have not begun */
} ShellReader;

/* A command on its way. */
typedef struct ShellDraft {
    ShellCommand command;
    VEC(ShellWord) words;
    VEC(ShellAssignment) assignments;
    VEC(ShellRedirect) redirects;
    bool test; /* it begins with `[[`: up to `]]` operators are words */
} ShellDraft;

/* Returns false. The first fault counts; the reading is over. */
bool shell_fail(ShellReader *r, uint32_t at, const char *fault);

/* The byte `ahead` of the cursor; `\n` at the end, which no reader goes beyond. */
char shell_peek(const ShellReader *r, uint32_t ahead);
bool shell_over(const ShellReader *r);
uint32_t shell_line_end(const ShellReader *r, uint32_t at);

/* text/shell.c: the commands up to the `)` that closes the substitution, which is left. */
bool shell_read_list(ShellReader *r, bool subshell);
/* Blanks, continued lines, and a comment in front of the line's end. */
void shell_skip_blanks(ShellReader *r);

/* text/shell_redirect.c. How long the operator at the cursor is, with the number of a file in
 * front; 0: there is none. */
uint32_t shell_redirect_length(const ShellReader *r);
bool shell_read_redirect(ShellReader *r, ShellDraft *d, uint32_t length);
/* The line's end: the bodies of its here-documents follow. */
void shell_read_newline(ShellReader *r);

/* text/shell_word.c: the word at the cursor, which ends in front of a blank or an operator. */
bool shell_read_word(ShellReader *r, ShellWord *out);
bool shell_ends_word(char c);
bool shell_is_name(Str text);
size_t shell_name_length(Str text); /* of the name that it begins with */

/* text/shell_variables.c: puts in what is known of variables. */
void shell_resolve(Arena *a, ShellCommand *commands, size_t count);

#endif
