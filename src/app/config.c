/* Finds, layers and resolves configurations. */
#include "app/config.h"

#include "app/directories.h"
#include "base/glob.h"
#include "base/limits.h"

#include <errno.h>
#include <sys/stat.h>
#include <stdio.h>
#include <string.h>

typedef struct Argument { /* a PATH and its root */
    uint32_t directory, root;
} Argument;

typedef struct Layer { /* a configuration file that was read */
    uint32_t directory;
    bool at_root;
    Str file;
    Settings settings;
} Layer;

typedef struct Resolved { /* one Config for all files with the same two layers */
    const Layer *root, *nearest;
    const Config *config;
} Resolved;

struct Configs {
    Arena *arena;
    Str version;
    bool discovers; /* false: --isolated or --config */
    Directories directories;
    VEC(Argument) arguments;
    VEC(Layer *) layers;
    const Layer *given; /* --config */
    Settings command_line, root;
    const RuleSet *rules;
    VEC(Resolved) resolved;
    VEC(const Config *) of_directory; /* NULL: not asked yet */
};

/* Reading a file. */

static bool read_whole(Arena *a, Str path, Str *out, Error *err) {
    struct stat status; /* a named pipe would be waited for */
    bool regular = stat(path.data, &status) != 0 || S_ISREG(status.st_mode);
    if (!regular) return error_set(err, "%s is no regular file", path.data);
    FILE *file = fopen(path.data, "rb");
    if (!file) return error_set(err, "cannot open %s: %s", path.data, strerror(errno));
    char *bytes = mem_alloc(LIMIT_RULE_FILE + 1);
    size_t len = fread(bytes, 1, LIMIT_RULE_FILE + 1, file);
    bool failed = ferror(file) != 0;
    if (failed) error_set(err, "cannot read %s: %s", path.data, strerror(errno));
    fclose(file);
    *out = str_copy(a, (Str){bytes, len});
    free(bytes);
    if (!failed && len > LIMIT_RULE_FILE)
        return error_set(err, "%s: a configuration has at most %d bytes", path.data,
                         LIMIT_RULE_FILE);
    return !failed;
}

static bool check_version(const Configs *c, const Written *required, Error *err) {
    Str want = required->text;
    bool at_least = str_starts(want, STR(">="));
    int order;
    if (!want.data) return true;
    if (at_least) want = str_trim(str_from_offset(want, 2));
    if (version_compare(c->version, want, &order) && (order == 0 || (at_least && order > 0)))
        return true;
    Str message = str_format(c->arena, "this needs unstale " STR_FMT ", but here is " STR_FMT,
                             STR_ARG(required->text), STR_ARG(c->version));
    return written_error(required, message.data, err);
}

static const Layer *read_layer(Configs *c, uint32_t directory, Str file, bool at_root, Error *err) {
    for (size_t i = 0; i < c->layers.len; i++) {
        const Layer *known = c->layers.items[i];
        if (known->directory == directory && known->at_root == at_root) return known;
    }
    Layer *layer = arena_new(c->arena, Layer);
    *layer = (Layer){.directory = directory, .at_root = at_root, .file = file};
    Str text, base = c->directories.items.items[directory].path;
    if (!read_whole(c->arena, file, &text, err) ||
        !settings_read(c->arena, file, text, base, at_root, &layer->settings, err) ||
        !check_version(c, &layer->settings.required_version, err))
        return NULL;
    vec_push(&c->layers, layer);
    return layer;
}

static const Layer *layer_in(Configs *c, uint32_t directory, bool at_root, Error *err) {
    Str base = c->directories.items.items[directory].path;
    Str file =
        str_format(c->arena, STR_FMT "/" CONFIG_FILE_NAME, STR_ARG(base.len > 1 ? base : STR("")));
    return read_layer(c, directory, directory_shown(&c->directories, file), at_root, err);
}

/* Finding the two files. */

static const Directory *item(const Configs *c, uint32_t directory) {
    return &c->directories.items.items[directory];
}

/* The directory with .git at or above this one, else this one. */
static uint32_t root_above(const Configs *c, uint32_t directory) {
    for (uint32_t up = directory; up != DIRECTORY_NONE; up = item(c, up)->parent) {
        if (item(c, up)->has_git) return up;
    }
    return directory;
}

static uint32_t root_of(const Configs *c, uint32_t directory) {
    for (uint32_t up = directory; up != DIRECTORY_NONE; up = item(c, up)->parent) {
        for (size_t i = 0; i < c->arguments.len; i++) {
            if (c->arguments.items[i].directory == up) return c->arguments.items[i].root;
        }
    }
    return root_above(c, directory);
}

/* The first directory with a configuration from `from` up to, not including, `end`. */
static uint32_t configured_above(const Configs *c, uint32_t from, uint32_t end) {
    uint32_t up = from;
    while (up != end && !item(c, up)->has_config) up = item(c, up)->parent;
    return up == end ? DIRECTORY_NONE : up;
}

/* Both may come out NULL: there is no such file. */
static bool find_layers(Configs *c, uint32_t directory, const Layer **root, const Layer **nearest,
                        Error *err) {
    *root = c->given;
    *nearest = NULL;
    if (!c->discovers) return true;
    uint32_t top = root_of(c, directory);
    uint32_t end = item(c, top)->has_git ? item(c, top)->parent : DIRECTORY_NONE;
    uint32_t first = configured_above(c, top, end);
    uint32_t second = configured_above(c, directory, top);
    if (first != DIRECTORY_NONE && !(*root = layer_in(c, first, true, err))) return false;
    return second == DIRECTORY_NONE || (*nearest = layer_in(c, second, false, err));
}

static Settings lay_all(const Configs *c, const Layer *root, const Layer *nearest) {
    Settings all = {0};
    if (root) settings_lay(c->arena, &all, &root->settings);
    if (nearest) settings_lay(c->arena, &all, &nearest->settings);
    settings_lay(c->arena, &all, &c->command_line);
    return all;
}

/* Opening. */

static void add_argument(Configs *c, Str path) {
    uint32_t directory = directory_of(&c->directories, path, true);
    for (size_t i = 0; i < c->arguments.len; i++) {
        if (c->arguments.items[i].directory == directory) return;
    }
    vec_push(&c->arguments, (Argument){directory, root_above(c, directory)});
}

static void add_arguments(Configs *c, const Options *o) {
    for (size_t i = 0; i < o->arguments.len; i++) {
        bool is_stdin = str_eq(o->arguments.items[i], STR("-"));
        if (!is_stdin)
            add_argument(c, o->arguments.items[i]);
        else if (!o->stdin_filename.len)
            add_argument(c, STR("."));
        /* Standard input with a name belongs to the root of that name, as find_layers finds it. */
    }
}

static bool find_root_settings(Configs *c, const Options *o, Error *err) {
    Str name = o->stdin_filename.len ? o->stdin_filename : STR("-");
    uint32_t directory =
        c->arguments.len ? c->arguments.items[0].root : directory_of(&c->directories, name, false);
    const Layer *root, *nearest;
    if (!find_layers(c, directory, &root, &nearest, err)) return false;
    c->root = lay_all(c, root, NULL);
    return true;
}

static bool read_given(Configs *c, Str file, Error *err) {
    file = str_copy(c->arena, file); /* for a NUL at its end */
    c->given = read_layer(c, directory_of(&c->directories, file, false), file, true, err);
    return c->given;
}

Configs *configs_open(Arena *a, const Options *options, Str version, Error *err) {
    Configs *c = arena_new(a, Configs);
    *c = (Configs){.arena = a, .version = version};
    c->discovers = !options->isolated && !options->config.len;
    directories_open(&c->directories, a);
    settings_from_options(a, options, c->directories.working, &c->command_line);
    add_arguments(c, options);
    if ((options->config.len && !read_given(c, options->config, err)) ||
        !find_root_settings(c, options, err)) {
        configs_close(c);
        return NULL;
    }
    return c;
}

void configs_close(Configs *c) {
    if (!c) return;
    directories_close(&c->directories);
    vec_release(&c->arguments);
    vec_release(&c->layers);
    vec_release(&c->resolved);
    vec_release(&c->of_directory);
}

const Settings *configs_root(const Configs *c) {
    return &c->root;
}

/* Resolving. */

static bool select_one(const Configs *c, const Written *selector, uint64_t *set, Error *err) {
    Error why;
    return rules_select(c->rules, selector->text, set, &why) ||
           written_error(selector, why.text, err);
}

static bool select_list(const Configs *c, const WrittenList *list, uint64_t *set, Error *err) {
    for (size_t i = 0; i < list->len; i++) {
        if (!select_one(c, &list->items[i], set, err)) return false;
    }
    return true;
}

static bool resolve_suppressions(const Configs *c, const SuppressList *list, Config *out,
                                 Error *err) {
    Suppression *all = arena_array(c->arena, Suppression, list->len + 1);
    for (size_t i = 0; i < list->len; i++) {
        const Suppress *entry = &list->items[i];
        uint64_t *set = rules_none(c->arena, c->rules);
        if (entry->rule.text.len) {
            if (!select_one(c, &entry->rule, set, err)) return false;
        } else {
            for (size_t rule = 0; rule < c->rules->count; rule++) rules_put(set, rule);
        }
        all[i] = (Suppression){entry, set};
    }
    out->suppressions = all;
    out->suppression_count = list->len;
    return true;
}

static bool resolve(const Configs *c, const Settings *s, Config *out, Error *err) {
    Arena *a = c->arena;
    uint64_t *selected = rules_none(a, c->rules), *ignored = rules_none(a, c->rules);
    uint64_t *safe = rules_none(a, c->rules), *unsafe = rules_none(a, c->rules);
    if (!select_list(c, &s->select, selected, err) || !select_list(c, &s->ignore, ignored, err) ||
        !select_list(c, &s->extend_ignore, ignored, err) ||
        !select_list(c, &s->extend_safe_fixes, safe, err) ||
        !select_list(c, &s->extend_unsafe_fixes, unsafe, err) ||
        !resolve_suppressions(c, &s->suppress, out, err))
        return false;
    for (Pack p = 0; p < PACK_COUNT; p++)
        out->targets[p] = s->targets[p].text.data ? s->targets[p].text : target_default(p);
    out->active =
        rules_active(a, c->rules, s->select.items ? selected : NULL, ignored, out->targets);
    out->safe = safe;
    out->unsafe = unsafe;
    out->fail_on = c->root.fail_on ? c->root.fail_on : FAIL_ON_WARNING;
    out->settings = s;
    return true;
}

static StrList file_names(Arena *a, const Layer *root, const Layer *nearest) {
    Str *names = arena_array(a, Str, 2);
    StrList list = {names, 0};
    if (root) names[list.len++] = root->file;
    if (nearest) names[list.len++] = nearest->file;
    return list;
}

static const Config *config_of_layers(Configs *c, const Layer *root, const Layer *nearest,
                                      Error *err) {
    for (size_t i = 0; i < c->resolved.len; i++) {
        const Resolved *known = &c->resolved.items[i];
        if (known->root == root && known->nearest == nearest) return known->config;
    }
    Settings *all = arena_new(c->arena, Settings);
    *all = lay_all(c, root, nearest);
    Config *config = arena_new(c->arena, Config);
    if (!resolve(c, all, config, err)) return NULL;
    config->files = file_names(c->arena, root, nearest);
    vec_push(&c->resolved, (Resolved){root, nearest, config});
    return config;
}

bool configs_use(Configs *c, const RuleSet *rules, Error *err) {
    c->rules = rules;
    c->resolved.len = c->of_directory.len = 0;
    /* A wrong selector at the root or on the command line is told even when no file is found. */
    Config root;
    return resolve(c, &c->root, &root, err);
}

const Config *config_for(Configs *c, Str path, Error *err) {
    uint32_t directory = directory_of(&c->directories, path, false);
    while (c->of_directory.len < c->directories.items.len) vec_push(&c->of_directory, NULL);
    const Config **known = &c->of_directory.items[directory];
    if (*known) return *known;
    const Layer *root, *nearest;
    if (!find_layers(c, directory, &root, &nearest, err)) return NULL;
    return *known = config_of_layers(c, root, nearest, err);
}

/* Asking. */

static bool glob_covers(const Configs *c, const Written *glob, Str path) {
    Buf relative = {0};
    bool covers = directory_relative(&c->directories, path, glob->base, &relative) &&
                  path_glob_match(glob->text, buf_str(&relative));
    buf_release(&relative);
    return covers;
}

static bool any_covers(const Configs *c, const WrittenList *globs, Str path) {
    for (size_t i = 0; i < globs->len; i++) {
        if (glob_covers(c, &globs->items[i], path)) return true;
    }
    return false;
}

Str config_relative(const Configs *c, Str path) {
    uint32_t root = root_of(c, directory_known(&c->directories, path));
    Buf relative = {0};
    bool below = item(c, root)->has_git &&
                 directory_relative(&c->directories, path, item(c, root)->path, &relative);
    Str result = below ? str_copy(c->arena, buf_str(&relative)) : path;
    buf_release(&relative);
    return result;
}

bool config_excludes(const Configs *c, const Config *config, Str path) {
    return any_covers(c, &config->settings->exclude, path) ||
           any_covers(c, &config->settings->extend_exclude, path);
}

static bool part_covers(Str glob, Str text) {
    return !glob.len || (text.len && glob_match(glob, text));
}

bool suppression_covers(const Configs *c, const Suppression *s, const SuppressQuestion *q) {
    const Suppress *entry = s->entry;
    return rules_has(s->rules, q->rule) && part_covers(entry->kind, q->kind) &&
           part_covers(entry->namespace, q->namespace) && part_covers(entry->name, q->name) &&
           (!entry->path.text.len || glob_covers(c, &entry->path, q->path));
}

/* What a pattern says before its first wildcard; nothing when it holds at any depth. */
static Str literal_start(Str pattern) {
    size_t len = 0, slash = str_find_char(pattern, '/');
    if (slash == STR_NONE || slash + 1 == pattern.len) return (Str){0};
    if (str_starts(pattern, STR("/"))) pattern = str_from_offset(pattern, 1);
    while (len < pattern.len && str_find_char(STR("*?[\\"), pattern.data[len]) == STR_NONE) len++;
    return str_slice(pattern, 0, len);
}

bool suppression_may_cover(const Configs *c, const Suppression *s, Str path) {
    const Written *glob = &s->entry->path;
    Str start = literal_start(glob->text);
    if (!start.len) return true;
    Buf relative = {0};
    bool may = directory_relative(&c->directories, path, glob->base, &relative);
    buf_add_char(&relative, '/');
    may = may && (str_starts(buf_str(&relative), start) || str_starts(start, buf_str(&relative)));
    buf_release(&relative);
    return may;
}

void config_show(const Config *config, const RuleSet *rules, Buf *out) {
    if (!config->files.len) buf_add(out, STR("# no configuration file\n"));
    for (size_t i = 0; i < config->files.len; i++)
        buf_addf(out, "# " STR_FMT "\n", STR_ARG(config->files.items[i]));
    Settings shown = *config->settings;
    for (Pack p = 0; p < PACK_COUNT; p++) {
        if (config->targets[p].len) shown.targets[p].text = config->targets[p];
    }
    shown.fail_on = config->fail_on;
    settings_show(&shown, out);
    buf_add(out, STR("# rules in use:"));
    for (size_t i = 0; i < rules->count; i++) {
        if (rules_has(config->active, i)) buf_addf(out, " " STR_FMT, STR_ARG(rules->rules[i].id));
    }
    buf_add_char(out, '\n');
}
