/* Which configuration applies to which file.
 *
 * Layers, each laid over the one before: what the program does by itself, the configuration at the
 * root, the nearest configuration above the file, the command line. The root is the directory with
 * .git at or above the PATH argument, else the PATH itself; without .git, when there is no
 * configuration at the PATH, the nearest one above it counts as the root's. --config FILE stands in
 * place of both files, --isolated of none.
 *
 *     Configs *configs = configs_open(&arena, &options, STR("0.1.0"), &err);
 *     const Settings *root = configs_root(configs);        what is needed to load the rules
 *     if (!configs_use(configs, &rules, &err)) ...         exit code 2
 *     const Config *c = config_for(configs, path, &err);   once per file, before threads start
 *     if (config_excludes(configs, c, path)) ...
 *     configs_close(configs);
 *
 * Everything lives in the arena. config_for fills a cache and belongs to one thread; the questions
 * that take a `const Configs *` may be asked by many, about paths that config_for has been asked
 * for. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "app/active.h"
#include "app/settings.h"

typedef struct Suppression {
    const Suppress *entry;
    const uint64_t *rules; /* a bit per rule */
} Suppression;

typedef struct Config {
    const uint64_t *active; /* the rules in use, a bit per rule */
    Str targets[PACK_COUNT];
    FailOn fail_on; /* never FAIL_ON_UNSET; the same for every file */
    const Suppression *suppressions;
    size_t suppression_count;
    const uint64_t *safe, *unsafe; /* rules whose fixes are promoted, demoted */
    const Settings *settings;      /* everything else, all layers together */
    StrList files;                 /* the files that it was read from, the root's first */
} Config;

typedef struct Configs Configs;

/* Finds and reads the root's configuration. `version` is the program's own. NULL: err says why. */
Configs *configs_open(Arena *a, const Options *options, Str version, Error *err);
void configs_close(Configs *c); /* NULL is fine */

/* Defaults, the root's configuration, the command line; with several PATHs the first one's root. */
const Settings *configs_root(const Configs *c);

/* From here on selectors are checked and resolved against these rules. */
bool configs_use(Configs *c, const RuleSet *rules, Error *err);

/* The configuration for a file, known by its path as users see it; NULL: err says what is wrong in
 * it. Files with the same configuration get the same pointer. */
const Config *config_for(Configs *c, Str path, Error *err);

/* The path seen from its repository's root, for paths that config_for was asked about; as it is
 * when there is no root above it. In the arena. */
Str config_relative(const Configs *c, Str path);

/* Is the file excluded by `exclude` or `extend-exclude`? */
bool config_excludes(const Configs *c, const Config *config, Str path);

/* Does the entry suppress this rule's finding there? Expired entries answer like others. */
typedef struct SuppressQuestion {
    size_t rule;
    Str path;
    Str kind, namespace, name; /* empty for a finding about no resource */
} SuppressQuestion;
bool suppression_covers(const Configs *c, const Suppression *s, const SuppressQuestion *q);

/* Could it speak of something below that path, which nobody looked at? config_for must have been
 * asked. */
bool suppression_may_cover(const Configs *c, const Suppression *s, Str path);

/* For --show-config: the files, the settings, the targets and the rules in use, as YAML. */
void config_show(const Config *config, const RuleSet *rules, Buf *out);

#endif
