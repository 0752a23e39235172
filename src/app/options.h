/* The command line: two tables, and what a user typed as typed fields.
 *
 * A new option is one row of `options_table` and one field of Options. Parsing, --help, the man
 * page and the shell completions all read the same rows, so none of them can forget it.
 *
 *     Options o = {0};
 *     if (!options_parse(argc, argv, &o, &err)) ... usage error: exit code 2
 *     if (o.help) help_print(o.command, &out);
 *     options_release(&o);
 *
 * Texts point into argv. An option may stand before or behind arguments, as `--name value` or
 * `--name=value`; `--` ends the options. Names are never abbreviated: a later option must not
 * change what a script means. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "app/target.h"
#include "base/vec.h"

typedef enum {
    COMMAND_NONE, /* what stands before the command: --help, --version */
    COMMAND_CHECK,
    COMMAND_CONVERT,
    COMMAND_RULES,
    COMMAND_EXPLAIN,
    COMMAND_SCHEMA,
    COMMAND_HELP, /* never a result of parsing: `help check` is `check --help` */
    COMMAND_COUNT,
} Command;

typedef enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } Color;
typedef enum { LISTING_TEXT, LISTING_JSON, LISTING_MARKDOWN } Listing;
typedef enum { FIXING_OFF, FIXING_SAFE, FIXING_REVIEW } Fixing;
typedef enum { FAIL_ON_UNSET, FAIL_ON_ERROR, FAIL_ON_WARNING, FAIL_ON_NOTE, FAIL_ON_NEVER } FailOn;

typedef VEC(Str) StrVec;

typedef struct Output { /* one report */
    Str format, path;   /* path "-" or empty: standard output */
} Output;

typedef struct ChosenTarget {
    Pack pack;
    Str version;
} ChosenTarget;

typedef struct Options {
    Command command;
    bool help, version;
    StrVec arguments; /* check, convert: at least one PATH; explain: RULE; schema: its name */

    VEC(Output) outputs; /* check: at least one */
    StrVec select, ignore, exclude, rules, inventory, crds;
    VEC(ChosenTarget) targets;
    Str config, stdin_filename;
    Str namespace, name_prefix; /* convert: of isolated copies; empty: as they are */
    Str rev;                    /* the files of a commit; empty: not given */
    Str into;         /* convert --output: a file or a directory; empty or "-": standard output */
    uint32_t today;   /* 0: not given (app/today.h finds it) */
    unsigned threads; /* 0: not given */
    Color color;
    FailOn fail_on;
    Fixing fix;
    Listing listing; /* rules --format */
    bool diff, exit_zero_on_fix, fix_related;
    bool only_converted, all, as_is, suspend, review, annotate; /* convert */
    bool show_suppressed, strict, quiet, verbose, statistics, no_progress;
    bool staged, isolated, no_ignore, list_files, show_config, no_gate;
} Options;

/* On failure err names the option and, where there is one, the nearest valid name. */
bool options_parse(int argc, char **argv, Options *out, Error *err);
void options_release(Options *o);

/* The tables, for parsing and for everything that is derived from them. */

typedef struct CommandInfo {
    Str name, arguments, summary;
    Str details;       /* paragraphs for help and man page, separated by '\n'; may be empty */
    unsigned min, max; /* how many arguments it takes */
} CommandInfo;

typedef enum {
    VALUE_FLAG,   /* bool */
    VALUE_TEXT,   /* Str */
    VALUE_TEXTS,  /* StrVec, one more each time */
    VALUE_LIST,   /* StrVec, comma-separated, more each time */
    VALUE_CHOICE, /* an enum: the argument column holds its words, joined by '|' */
    VALUE_NUMBER, /* unsigned, from 1 to LIMIT_THREADS */
    VALUE_DATE,   /* uint32_t, YYYYMMDD */
    VALUE_FORMAT, /* begins a new Output */
    VALUE_OUTPUT, /* completes the Output before it */
    VALUE_TARGET, /* PACK=VERSION */
} ValueKind;

typedef enum {
    SECTION_OUTPUT,
    SECTION_FIX,
    SECTION_REPORT,
    SECTION_RULES,
    SECTION_FILES,
    SECTION_RUN,
    SECTION_HELP,
    SECTION_COUNT
} Section;

typedef struct OptionInfo {
    Str name;
    char letter;            /* 0: none */
    Str argument;           /* as help shows it; empty: a flag */
    bool argument_optional; /* only as --name=value; without one the first choice is meant */
    bool hidden;            /* for developers: parsed, but in no help text and no completion */
    ValueKind kind;
    int first_choice;  /* VALUE_CHOICE: the enum's value for the first word */
    size_t field;      /* offset in Options */
    unsigned commands; /* bit 1 << Command for each that takes it */
    Section section;
    Str help;
} OptionInfo;

extern const CommandInfo commands_table[COMMAND_COUNT]; /* COMMAND_NONE is the program itself */
extern const OptionInfo options_table[];
extern const size_t options_count;
extern const Str section_titles[SECTION_COUNT];
extern const Str exit_meanings[3]; /* by exit code */

static inline bool option_belongs(const OptionInfo *o, Command command) {
    return o->commands >> command & 1;
}

/* Adds the words that the option's value can be (VALUE_TARGET: examples); none when it is free. */
void option_choices(const OptionInfo *o, StrVec *out);

/* Likewise for a command's first argument; rule ids of `explain` are not known here. */
void command_choices(Command command, StrVec *out);

#endif
