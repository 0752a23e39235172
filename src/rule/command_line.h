/* A command as one text, and where its output goes.
 *
 * The line of a command is what its words stand for with one blank between, behind it the files
 * that it writes (` > x.yaml`) and, behind ` | `, the commands of its pipe. It is a word itself: a
 * part of it leads back to where it is written.
 *
 *     ShellWord line = command_line(arena, shell, command);
 *     line_into(shell, command, visit, &context);     each command that gets what it prints
 *
 * Output goes through pipes, into the command that a `$( )` is a word of, and by the variable of a
 * `for`, of `read` or of an assignment into those that are given it; what filters texts (grep, awk)
 * passes it on. */
#ifndef RULE_COMMAND_LINE_H
#define RULE_COMMAND_LINE_H

#include "model/call.h"

/* From words[0] on, which is the first word of the command or of a program that it runs. */
ShellWord command_line(Arena *a, const Shell *shell, const ShellCommand *c, const ShellWord *words);
/* The words alone. */
ShellWord command_line_alone(Arena *a, const ShellWord *words, size_t count);

typedef void (*LineVisit)(void *context, const ShellCommand *c);
void line_into(const Shell *shell, const ShellCommand *c, LineVisit visit, void *context);

#endif
