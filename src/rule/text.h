/* Text rules: an expression on the lines of scripts, Makefiles, CI files and Markdown.
 *
 * Of Markdown, hand in the code fences only: prose may speak of what is outdated.
 *
 *     Matcher m = {.regexes = regexes, .scratch = scratch};
 *     text_each(rule, text, &m, add_finding, &findings, &limit);
 */
#ifndef RULE_TEXT_H
#define RULE_TEXT_H

#include "rule/match.h"

/* `where` is what the rule points at: group 1 of its expression if that took part, else the whole
 * match. Return false to stop. */
typedef bool (*TextVisit)(void *context, Span where);

/* Calls visit for each match in the text, in order, several on a line included. Returns false when
 * a line could not be judged to its end, because it is longer than LIMIT_LINE or ran into
 * LIMIT_REGEX_STEPS; *limit is then the first such line. The text is below 4 GB. */
bool text_each(const Rule *rule, Str text, Matcher *m, TextVisit visit, void *context, Span *limit);

/* Does the rule ask for files with that path? */
bool text_wants(const Rule *rule, Str path);

/* Is the rule's fix for what is found in this text? Its questions are about all lines of it. */
bool text_can_be_replaced(const Rule *rule, Str text, Matcher *m);

#endif
