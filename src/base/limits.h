/* Every limit of the program, in one place. Each has a test, and each is met with a counted finding
 * or a clear error, never with a crash or silence. docs/formats.md tells what users can meet. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_DOCUMENT = 64 * 1024 * 1024, /* bytes of one document: a List is cut into items first */
    LIMIT_DEPTH = 512,                 /* nested collections in one document */
    LIMIT_BLANK_LINES = 20000,         /* blank lines in a row: libfyaml 0.7 is quadratic in them */
    LIMIT_LINES = 1000000,             /* lines of one document, for the same reason */
    LIMIT_ALIAS_NODES = 10000,         /* nodes visited while following aliases in one question */
    LIMIT_REFERENCE_NODES = 100000,    /* … while looking for what one object names */
    LIMIT_SCHEMA_NODES = 100000,       /* nodes of a schema, and nodes compared with one */
    LIMIT_EMBEDDED_DEPTH = 2,          /* manifests inside manifests inside manifests */
    LIMIT_PLAN_WORK = 64 * 1024 * 1024, /* bytes read for planning the fixes of one document */
    LIMIT_BROKEN_LISTS = 64,            /* Lists of one source that are read again as a whole */
    LIMIT_CANDIDATES = 32,              /* objects that a reference without a namespace may mean */
    LIMIT_ROUNDS = 10,           /* rounds of fixes before two rules are said to undo each other */
    LIMIT_OWNERS = 16,           /* owners of owners */
    LIMIT_REGEX_STEPS = 1000000, /* PCRE2 match limit per line */
    /* Bytes of a line that a text rule looks at: expressions can be quadratic. */
    LIMIT_LINE = 64 * 1024,
    LIMIT_SCRIPT = 1024 * 1024,    /* bytes of one script; also of what its variables put in */
    LIMIT_COMMAND_DEPTH = 8,       /* programs that run programs: sudo sh -c "kubectl exec …" */
    LIMIT_SHELL_DEPTH = 64,        /* substitutions in substitutions of a script */
    LIMIT_RULE_FILE = 1024 * 1024, /* bytes of a rule file or a configuration */
    LIMIT_NAME_SUGGESTION = 64, /* bytes of a name for which the nearest valid one is looked up */
    LIMIT_MEMBERS = 1000000,    /* of one archive */
    /* An archive may unpack to this many times its size; the first 64 MB are not counted. */
    LIMIT_UNPACKED_RATIO = 400,
    LIMIT_UNPACKED_FREE = 64 * 1024 * 1024,
    LIMIT_BATCH = 1024 * 1024,   /* bytes of a large source that one thread works on at a time */
    LIMIT_GIT_ENTRIES = 1000000, /* below a PATH of a commit: trees can hold one many times over */
    LIMIT_GIT_RULES = 8 * 1024 * 1024, /* bytes of the .unstaleignore files below one PATH of Git */
    LIMIT_GIT_PATH = 4095, /* bytes of a path in Git: a few trees can hold each other endlessly */
    LIMIT_GIT_FILE = 128 * 1024 * 1024, /* bytes of a file in Git: it is held whole once */
    LIMIT_GIT_MEGABYTES = 4096, /* of all files of Git; one content counts under each path */
    LIMIT_THREADS = 256,
};

#endif
