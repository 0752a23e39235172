/* Rules about commands: kubectl get pytorchjobs, in whatever file a shell is given it.
 *
 * The expression of a rule finds a word; what is a word, a flag, the value of a flag, a string in
 * another command, is read (text/shell.h, model/scripts.h). Programs that run another one (sudo,
 * env, xargs, `microk8s kubectl` …) are looked through, `sh -c '…'` is looked into, and a value
 * that comes from a variable is pointed at where it is assigned.
 *
 *     CommandSearch search = {.arena = a, .rules = set, .wanted = bits, .matcher = &m};
 *     command_search(&search, script);            for each script of a file
 *     for (each search.hits) ... hit->rule, hit->place
 *     command_release(&search); */
#ifndef RULE_COMMAND_H
#define RULE_COMMAND_H

#include "base/map.h"
#include "model/scripts.h"
#include "rule/match.h"

typedef struct CommandHit {
    const Rule *rule;
    Span place;          /* of the file that the script stands in */
    const Node *carrier; /* the script's */
    Str match;           /* what is pointed at */
    Str holes;           /* rule/finding.h */
    Replaceable replace;
    uint32_t uses, hits; /* of a variable */
} CommandHit;

typedef VEC(Str) CommandLines;

typedef struct CommandFault {
    Span place; /* in the file: from where on it is not read */
    const char *reason;
} CommandFault;

typedef struct CommandSearch {
    Arena *arena;
    const RuleSet *rules;
    const uint64_t *wanted; /* bit per rule */
    Matcher *matcher;
    Str file;             /* all of it: rules may ask what it speaks of */
    VEC(CommandHit) hits; /* one for each place and rule */
    /* Scripts of which the rest could not be read though it holds a word that a rule wants. */
    VEC(CommandFault) faults;
    Span limit; /* the first word that could not be judged to its end, if `limited` */
    bool limited;
    /* Each command of all scripts of the file as one text (rule/command_line.h), if a rule asks for
     * them; they must be noted before the first script is searched. */
    CommandLines *file_lines;
    bool noting; /* the scripts are read for that */
    /* Lines that questions about other commands have looked at; fixes have their own, as no finding
     * may be lost by them. */
    uint32_t asked, asked_for_fixes;
    uint8_t *owners;  /* of rule_is_others, for `file` */
    HashMap known;    /* rule and place to hit */
    uint32_t counted; /* variables whose uses were counted */
} CommandSearch;

/* Does a rule that is wanted ask about other commands of the file? */
bool command_asks_file(const CommandSearch *s);
void command_search(CommandSearch *s, const Script *script);
void command_release(CommandSearch *s);

#endif
