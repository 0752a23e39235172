/* What one configuration says, as written: the keys of .unstale.yaml, their places, their layers.
 *
 * Zero is "nothing said". A later layer's settings are laid over an earlier one's: texts, choices
 * and lists replace, keys that begin with extend- add. What a selector or a target means is
 * resolved by app/config.h; here it is text with the place where somebody wrote it.
 *
 *     Settings s = {0};
 *     if (!settings_read(&arena, file, text, base, true, &s, &err)) ... "file:line:column: message"
 *     settings_lay(&arena, &below, &s);                                 below now holds both */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "app/options.h"
#include "base/buf.h"

typedef struct Written {
    Str text; /* data NULL: not said */
    Str file; /* empty: said on the command line */
    Str base; /* the absolute directory that paths and globs in it are relative to */
    uint32_t line, column;
} Written;

typedef struct WrittenList {
    const Written *items; /* NULL: not said; an empty list is said */
    size_t len;
} WrittenList;

typedef struct Suppress {
    Written place;             /* the entry itself; its text is the reason (`why`) */
    Written rule;              /* a selector; text empty: every rule */
    Written path;              /* a glob; text empty: every file */
    Str kind, namespace, name; /* globs; empty: any */
    uint32_t until;            /* the last day on which it counts, YYYYMMDD; 0: for ever */
} Suppress;

typedef struct SuppressList {
    const Suppress *items;
    size_t len;
} SuppressList;

/* Choices: 0 is "not said", the others in the order of their words in the table of keys. */
typedef enum { ANSWER_UNSET, ANSWER_TRUE, ANSWER_FALSE } Answer;
typedef enum { FINISHED_UNSET, FINISHED_SKIP, FINISHED_SUSPEND, FINISHED_CONVERT } Finished;
typedef enum { WVA_MODE_UNSET, WVA_MODE_ACTIVE, WVA_MODE_FAN_OUT } WvaMode;
typedef enum { DNS_UNSET, DNS_STANDARD, DNS_OPENSHIFT, DNS_NODELOCAL, DNS_EXTERNAL } Dns;

typedef struct Settings {
    Written required_version;
    Written targets[PACK_COUNT];
    WrittenList select, ignore, extend_ignore;
    WrittenList exclude, extend_exclude;
    WrittenList extend_safe_fixes, extend_unsafe_fixes;
    SuppressList suppress;

    Answer trainer_keep_image_pull_policy;
    Written trainer_runtime;
    Finished trainer_finished;
    WvaMode wva_mode;
    Dns calico_dns;
    WrittenList calico_dns_servers, calico_pod_cidrs, calico_service_cidrs;

    /* At the root only; the paths are as the working directory sees them. */
    WrittenList inventory, crds, rules;
    FailOn fail_on;
    Written cluster_domain;
} Settings;

/* Reads one file's text, which must outlive the arena's contents. `file` is its name in messages,
 * `base` its absolute directory. Only a configuration at the root may hold the root's keys. */
bool settings_read(Arena *a, Str file, Str text, Str base, bool at_root, Settings *out, Error *err);

/* What the command line says. */
void settings_from_options(Arena *a, const Options *o, Str working_directory, Settings *out);

void settings_lay(Arena *a, Settings *below, const Settings *above);

/* Writes them as a configuration file says them. */
void settings_show(const Settings *s, Buf *out);

/* Sets err to "file:line:column: message", or "the command line: message". Returns false. */
bool written_error(const Written *w, const char *message, Error *err);

/* The table of keys, for reading, layering, showing, and for the test that compares it with the
 * schema. */

typedef enum {
    KEY_TEXT,     /* Written */
    KEY_TEXTS,    /* WrittenList; one text may stand without its list */
    KEY_PATHS,    /* WrittenList of paths relative to the file */
    KEY_CHOICE,   /* an enum whose value 1 is the first word */
    KEY_TARGETS,  /* pack: version */
    KEY_SUPPRESS, /* a list of entries */
    KEY_MAP,      /* keys of its own */
} KeyKind;

typedef struct SettingKey SettingKey;
struct SettingKey {
    Str name;
    KeyKind kind;
    size_t field; /* offset in Settings */
    bool at_root_only;
    bool adds; /* extend-...: a later layer adds instead of replacing */
    Str words; /* KEY_CHOICE: joined by '|' */
    bool (*valid)(Str text);
    const char *expected; /* what `valid` wants, for the message */
    const SettingKey *keys;
    size_t key_count;
};

extern const SettingKey settings_keys[];
extern const size_t settings_key_count;

#endif
