/* Rule files, found, read and put together. */
#include "rule/load.h"

#include "base/limits.h"
#include "base/vec.h"
#include "rule/load_rule.h"
#include "rule/set.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef VEC(Str) Files;

static bool find_files(Arena *a, Str directory, Files *files, Error *err);

static bool find_entry(Arena *a, Str path, Files *files, Error *err) {
    struct stat info;
    if (stat(path.data, &info) != 0) {
        return error_set(err, "cannot read %s: %s", path.data, strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) return find_files(a, path, files, err);
    if (S_ISREG(info.st_mode) && str_ends(path, STR(".yaml"))) vec_push(files, path);
    return true;
}

static bool find_files(Arena *a, Str directory, Files *files, Error *err) {
    DIR *dir = opendir(directory.data);
    if (!dir) {
        return error_set(err, "cannot open the rule directory %s: %s", directory.data,
                         strerror(errno));
    }
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.') continue;
        Str path = str_format(a, "%s/%s", directory.data, entry->d_name);
        good = find_entry(a, path, files, err);
    }
    closedir(dir);
    return good;
}

static int by_path(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool read_file(Arena *a, Str path, Str *out, Error *err) {
    FILE *file = fopen(path.data, "rb");
    if (!file) return error_set(err, "cannot open %s: %s", path.data, strerror(errno));
    char *bytes = arena_bytes(a, LIMIT_RULE_FILE + 1);
    size_t len = fread(bytes, 1, LIMIT_RULE_FILE + 1, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed) return error_set(err, "cannot read %s: %s", path.data, strerror(errno));
    if (len > LIMIT_RULE_FILE) {
        return error_set(err, "%s:1:1: a rule file has at most %d bytes", path.data,
                         LIMIT_RULE_FILE);
    }
    *out = str_copy(a, (Str){bytes, len});
    return true;
}

/* The name of the folder that the file lies in. */
static Str folder_of(Str path) {
    Str folder = str_slice(path, 0, str_find_last_char(path, '/'));
    size_t slash = str_find_last_char(folder, '/');
    return slash == STR_NONE ? folder : str_from_offset(folder, slash + 1);
}

typedef struct Loaded { /* where a rule says its id and name, for those that say them again */
    Place id, name;
} Loaded;

static bool parse_rule(Arena *a, Str file, Str pack, Str text, Rule *out, Loaded *loaded,
                       Error *err) {
    Loader l;
    *out = (Rule){.file = file, .pack = pack};
    bool good = loader_open(&l, a, file, text, err) && load_rule(&l, l.document.root, out);
    if (good) {
        loaded->id = lines_place(&l.lines, node_child(l.document.root, STR("id"))->span);
        loaded->name = lines_place(&l.lines, node_child(l.document.root, STR("name"))->span);
    }
    loader_close(&l);
    return good;
}

bool rule_parse(Arena *a, Str file, Str pack, Str text, Rule *out, Error *err) {
    Loaded loaded;
    return parse_rule(a, file, pack, text, out, &loaded, err);
}

static bool fail_again(const Rule *rule, Place place, const char *key, Str value, const Rule *first,
                       Error *err) {
    return error_set(err, STR_FMT ":%u:%u: the %s '" STR_FMT "' belongs to " STR_FMT " already",
                     STR_ARG(rule->file), place.line, place.column, key, STR_ARG(value),
                     STR_ARG(first->file));
}

/* Is the last rule's id or name one of those before? */
static bool check_unique(const Rule *rules, size_t last, const Loaded *loaded, Error *err) {
    const Rule *rule = &rules[last];
    for (size_t i = 0; i < last; i++) {
        if (str_eq(rules[i].id, rule->id)) {
            return fail_again(rule, loaded->id, "id", rule->id, &rules[i], err);
        }
        if (str_eq(rules[i].name, rule->name)) {
            return fail_again(rule, loaded->name, "name", rule->name, &rules[i], err);
        }
    }
    return true;
}

static bool load_files(Arena *a, const Files *files, Rule *rules, Error *err) {
    for (size_t i = 0; i < files->len; i++) {
        Str path = files->items[i], text;
        Loaded loaded;
        if (!read_file(a, path, &text, err)) return false;
        if (!parse_rule(a, path, folder_of(path), text, &rules[i], &loaded, err)) return false;
        if (!check_unique(rules, i, &loaded, err)) return false;
    }
    return true;
}

bool rule_load(Arena *a, Str directory, RuleSet *out, Error *err) {
    Files files = {0};
    while (directory.len > 1 && str_ends(directory, STR("/"))) directory.len--;
    bool good = find_files(a, str_copy(a, directory), &files, err);
    if (good && files.len == 0) {
        good = error_set(err, "no rule files (*.yaml) in " STR_FMT, STR_ARG(directory));
    }
    if (good) {
        qsort(files.items, files.len, sizeof *files.items, by_path);
        Rule *rules = arena_array(a, Rule, files.len);
        good = load_files(a, &files, rules, err) && rule_set_build(a, rules, files.len, out, err);
    }
    vec_release(&files);
    return good;
}
