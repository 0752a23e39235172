/* Help texts, made from the tables of app/options.h.
 *
 *     Buf out = {0};
 *     help_write(COMMAND_CHECK, &out);         COMMAND_NONE: the overview
 */
#ifndef APP_HELP_H
#define APP_HELP_H

#include "app/options.h"
#include "base/buf.h"

enum { HELP_WIDTH = 80 };

void help_write(Command command, Buf *out);

/* "-o, --output FILE"; with `letters`, options without a letter are indented as if they had one. */
void help_add_label(const OptionInfo *o, bool letters, Buf *out);

/* The option's sentence, and the words that it can be given where the label does not show them. */
void help_add_sentence(const OptionInfo *o, Buf *out);

#endif
