/* What we know, as data: a Rule says what is outdated, how to see it and what to tell.
 *
 * A rule is one YAML file in rules/<pack>/ (docs/rules/writing.md is the manual of the format). The
 * build compiles all of them into `static const` tables of exactly these types; `--rules DIR` fills
 * the same types at run time. Nothing here is ever changed after loading. */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "base/error.h"
#include "base/literal.h"
#include "change/steps.h"
#include "yaml/plain.h"

typedef enum { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* A question about a resource. Kleene's logic: what a template hides is unknown, `not unknown` is
 * unknown, and a rule fires on true only. A path that leads to several nodes asks for any one. */
typedef enum {
    ASK_EXISTS,    /* a node is there and is not null */
    ASK_ABSENT,    /* there is none, or it is null */
    ASK_EQUALS,    /* a scalar with one of these texts */
    ASK_MATCHES,   /* a scalar in which the regular expression is found */
    ASK_LESS,      /* a number below `number` */
    ASK_GREATER,   /* a number above `number` */
    ASK_COUNT_MIN, /* the path leads to at least `number` nodes */
    ASK_TYPE,      /* a scalar that the API server takes for a `type` */
    ASK_JOINED,    /* a scalar with the texts at `joins`, `with` between any two */
    ASK_KEY,       /* a value of a map in whose key the regular expression is found */
    ASK_NODE,      /* a node of which the one part is true; its paths begin there */
    ASK_ALL,       /* of the parts */
    ASK_ANY,
    ASK_NOT, /* the one part */
} AskKind;

typedef struct Ask {
    AskKind kind;
    Path path;
    StrList texts;     /* ASK_EQUALS */
    Str pattern;       /* ASK_MATCHES, ASK_KEY */
    uint32_t regex;    /* … its index into the rule set's compiled expressions */
    double number;     /* ASK_LESS, ASK_GREATER, ASK_COUNT_MIN */
    PlainKind type;    /* ASK_TYPE */
    const Path *joins; /* ASK_JOINED: each leads to one scalar, or the answer is unknown */
    size_t join_count;
    Str with;
    const struct Ask *parts; /* ASK_NODE, ASK_ALL, ASK_ANY, ASK_NOT */
    size_t part_count;
} Ask;

/* Which resources. Empty lists match everything; `where` may be NULL. */
typedef struct ResourceMatch {
    StrList groups, versions, kinds; /* exact; the core group is "" */
    StrList names;                   /* globs */
    const Ask *where;
    bool documents; /* instead: trees that are no resources, in Rule.files */
} ResourceMatch;

/* Where to point: at each node that `path` leads to and of which `where` is true; with parts, at
 * what they lead to from there. The paths of `where` and of the parts begin at that node. With
 * `find`: at each place in the scalar where the expression is found, group 1 if it has one.
 * "{name}" in it stands for the name of the object. With metrics, in a text that may hold PromQL
 * (model/promql.h): at the names that the label has in selectors of these metrics, with `find` at
 * those in which the expression is found; or, without a label, at the metrics. */
typedef struct Each {
    Path path;
    const Ask *where; /* may be NULL */
    Str find;         /* may be empty */
    uint32_t regex;
    const struct Each *parts;
    size_t part_count;
    StrList metrics;
    Str label;
} Each;

typedef enum { UNSEEN_TELL, UNSEEN_NOTE, UNSEEN_NOTHING } Unseen;

/* `refers`: the value at `each` names another object of the scan that matches `to`; or, with
 * `none`, no such object is there. */
typedef struct Refers {
    ResourceMatch to;
    /* What it is named by: the text at the first of these paths that leads to one; empty: its name.
     */
    const Path *by;
    size_t by_count;
    bool any_namespace; /* default: the namespace of the object that refers */
    /* Only what surely meets in one cluster: one namespace that is known, or else one folder; no
     * examples. */
    bool certain;
    /* With `none`: their documents are not read; the index knows their names (app/joins_index.h).
     * Then `to` is groups and kinds. */
    bool unread;
    bool none;
    Unseen unseen; /* with `none`: where no such object is there under any name */
    /* With `none`: the only object that has the same text here is meant instead; may be empty. The
     * text of what refers travels in this hole: "path:spec.x". */
    Path instead;
    Str instead_hole;
    StrList literals; /* … of what it refers to; empty: its kinds. For the loader alone */
} Refers;

/* A question about the words of a command. What only a running shell knows matches nothing. */
typedef enum {
    COMMAND_WORD,     /* a word behind the subcommand that is neither a flag nor its value */
    COMMAND_RESOURCE, /* a type of kubectl: the first such word (a,b: each), `type` of type/name */
    COMMAND_FLAG,     /* a flag, or its value */
    COMMAND_ANY,      /* any text: words, flags, values of assignments and of lists */
    COMMAND_LINE,     /* the command as one text: rule/command_line.h */
    COMMAND_INTO,     /* … that of a program that gets what it prints */
    COMMAND_SCRIPT,   /* … that of any command of the script */
    COMMAND_FILE,     /* … of all scripts of the file */
} CommandAskKind;

typedef struct CommandAsk {
    CommandAskKind kind;
    StrList flags; /* COMMAND_FLAG: as they are written: -l, --selector; COMMAND_INTO: programs */
    Str pattern;   /* found in the text; group 1, if any, is what is pointed at; may be empty */
    uint32_t regex;
    bool absent; /* there must be none */
    /* COMMAND_SCRIPT, COMMAND_FILE: group 1, where there is one, must be this group of what is
     * pointed at; 0: it need not. */
    uint8_t same;
} CommandAsk;

typedef enum {
    COMMAND_AT_ASK, /* the first question about the command's words, each time it is true … */
    COMMAND_AT_SUBCOMMAND,
    COMMAND_AT_PROGRAM,
} CommandAt;

/* Which commands. */
typedef struct CommandMatch {
    StrList programs; /* without their directories; empty: any but those of `except`, and none */
    StrList except;
    StrList subcommands; /* the first words that are no flags: "get", "config view"; empty: any */
    const CommandAsk *asks;
    size_t ask_count;
    CommandAt at;
    bool holds; /* what is pointed at names a CRD, and the scan holds such an object: Rule.refers */
    bool names; /* … names such an object itself */
} CommandMatch;

typedef enum {
    MATCH_RESOURCE, /* a resource; with `each`: once for every node that a path leads to */
    MATCH_REFERS,   /* likewise, and the value there names an object that `refers` describes */
    MATCH_TEXT,     /* lines of files */
    MATCH_COMMAND,  /* commands in what a shell is given: model/scripts.h */
    MATCH_BUILTIN,  /* the program's own (UNS…): reported by the house itself */
} MatchKind;

/* A rule holds for these targets of a pack, both ends included. An empty end is open; a single
 * target, the only kind that may be a word, is both ends. */
typedef struct TargetRange {
    Str pack, low, high;
} TargetRange;

/* What a rule can do about what it finds. */
typedef enum {
    FIX_NONE,
    FIX_CONVERT, /* a resource is rewritten by code: convert/convert.h */
    FIX_STEPS,   /* a resource is changed step by step: change/steps.h */
    FIX_REPLACE, /* MATCH_TEXT, MATCH_COMMAND, MATCH_RESOURCE with `each`: a text takes the place of
                    what is pointed at */
    FIX_FOLLOW,  /* MATCH_REFERS: done with the fix of another rule on the object that is named */
    FIX_INSTEAD, /* MATCH_REFERS: the name of the object that is meant, see Refers.instead */
} FixKind;

typedef enum {
    FIX_SAFE,   /* meaning and comments survive: a machine may apply it */
    FIX_REVIEW, /* right under the assumption that is shown with it */
} FixSafety;

/* FIX_REPLACE: can another text take the place of what is pointed at? */
typedef enum {
    REPLACE_HERE,
    REPLACE_NOT_MEANT, /* the rule has no fix for such a place */
    REPLACE_APART,     /* it is not written there in one piece, or others use the variable too */
} Replaceable;

typedef struct Fix {
    FixKind kind;
    FixSafety safety; /* STEPS, REPLACE: the best it can be; CONVERT and FOLLOW: found out */
    Str title;        /* STEPS, REPLACE: a template, "name the queue '{value}' by its label" */
    Str assumes;      /* FIX_REVIEW: what must hold, reads on after "assumes that"; no template */
    Str conversion;   /* CONVERT: its name */
    Str replacement;  /* REPLACE: a template; MATCH_TEXT: the holes are {match}, {1} to {9} */
    /* REPLACE: only where these are the subcommand and the answers are true. Of MATCH_TEXT they are
     * COMMAND_SCRIPT, asked of each line. */
    StrList only_subcommands;
    const CommandAsk *only;
    size_t only_count;
    bool together;  /* REPLACE: all that the rule finds is changed, or nothing */
    StrList follow; /* FOLLOW: ids of rules; the object named has a finding of one of them */
    /* STEPS: the `value` of SET, RENAME and REPLACE is a template with the holes of the rule's
     * message; that of DROP is a reason. Paths are not empty, lead to one place, and end with a key
     * where a key is written. */
    const ChangeStep *steps;
    size_t step_count;
} Fix;

typedef struct Rule {
    Str id, name, pack; /* KFT001, pytorchjob-v1, trainer */
    Str summary;        /* one sentence without a full stop */
    Str message, label; /* templates with {holes}; label stands under the carets, may be empty */
    Str why, before, after, loses; /* explain's sections: text and YAML, `loses` may be empty */
    StrList references;
    StrList instead_of; /* ids: where this rule points, those say nothing */
    Severity severity;
    bool silent; /* what it finds is no finding: fixes ask for it */
    const TargetRange *targets;
    size_t target_count;
    MatchKind match;
    ResourceMatch resource;
    const Each *each; /* MATCH_RESOURCE, MATCH_REFERS: where to point, several times */
    size_t each_count;
    Path at; /* where to point once, when there is no `each` */
    Refers refers;
    Str pattern;    /* MATCH_TEXT: on one line; group 1, if any, is what is pointed at */
    uint32_t regex; /* its index among the rule set's expressions */
    /* MATCH_TEXT, documents, resources: path globs; lines of Markdown: only inside code fences */
    StrList files;
    StrList unless; /* MATCH_TEXT, MATCH_COMMAND: in a file with one of these texts somebody else's
                       things are meant */
    CommandMatch command;
    StrList literals; /* one of them stands in every text that the rule can match */
    StrList holes;    /* the holes of message, label and fix, each once, in order of appearance */
    Str file;         /* for messages about the rule itself: rules/trainer/pytorchjob.yaml */
    Fix fix;
} Rule;

typedef struct RuleSet {
    const Rule *rules; /* sorted by id */
    size_t count;
    const Str *patterns; /* the expressions of all rules; Rule.regex and Ask.regex index them */
    size_t pattern_count;
    Literals literals; /* one automaton for all rules */
    /* [literals.count][LITERAL_WORDS(count)]: which rules want literal i. */
    const uint64_t *literal_rules;
    /* Literals from `escape_first` on belong to no rule: they are escapes by which a quoted scalar
     * could spell any word; a document with one is parsed to be sure. */
    uint32_t escape_first;
} RuleSet;

/* The rules that the program was built with. Generated from rules/ by src/rule/compile. */
extern const RuleSet builtin_rules;

/* The question whose answer a rule about commands points at; NULL: it points at something else. */
const CommandAsk *rule_pointed(const Rule *rule);

/* Rules about resources and documents: may it be one of their files? Without a list any may. */
bool rule_is_about_file(const Rule *rule, Str path);

/* Does the file say that it is about somebody else's things of the same name? `owners` keeps the
 * answers: a byte for each rule of the set, all zero for a file that nobody has asked about. */
bool rule_is_others(const RuleSet *set, const Rule *rule, Str file, uint8_t *owners);

/* Does it fire only where the scan holds, or does not hold, an object that is named? */
bool rule_refers(const Rule *rule);

/* Is it about other commands than the one at hand? */
bool rule_asks_around(const CommandAsk *ask);

/* The rule with that id or name; NULL when there is none. */
const Rule *rule_find(const RuleSet *set, Str id_or_name);

#endif
