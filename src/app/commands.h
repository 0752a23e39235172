/* The commands. Each returns the exit code: 0 nothing at or above --fail-on, 1 findings, 2 the
 * answer is incomplete or the run impossible (err then says why, unless a report has told it). */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/options.h"
#include "base/error.h"

enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_INCOMPLETE = 2 };

int command_check(const Options *o, Error *err);
int command_convert(const Options *o, Error *err);
int command_rules(const Options *o, Error *err);
int command_explain(const Options *o, Error *err);
int command_schema(const Options *o, Error *err);

/* The built-in rules, with those of --rules and of the configuration's `rules` laid over them. */
bool load_rules(Arena *a, const StrVec *directories, RuleSet *out, Error *err);

#endif
