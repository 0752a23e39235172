/* P0: which files are scanned, in which order, with which configuration. */
#include "app/scan.h"

#include "base/utf8.h"
#include "input/archive.h"
#include "input/git.h"
#include "model/scripts.h"
#include "rule/text.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool text_rule_wants(const Scan *s, Str path) {
    for (size_t i = 0; i < s->rules->count; i++)
        if (text_wants(&s->rules->rules[i], packed_content(path))) return true;
    return false;
}

static bool has_command_rule(const Scan *s) {
    for (size_t i = 0; i < s->rules->count; i++)
        if (s->rules->rules[i].match == MATCH_COMMAND) return true;
    return false;
}

/* A file without an extension may say in its first line that a shell runs it. */
static bool is_script(const Source *source) {
    size_t slash = str_find_last_char(source->path, '/');
    Str name = str_from_offset(source->path, slash == STR_NONE ? 0 : slash + 1);
    char bytes[128];
    size_t got = 0;
    Error err;
    if (source->kind != SOURCE_FILE || str_find_char(name, '.') != STR_NONE) return false;
    Reader *reader = reader_open(source, &err);
    bool read = reader && reader_read(reader, bytes, sizeof bytes, &got, &err);
    if (reader) reader_close(reader);
    return read && scripts_shebang((Str){bytes, got});
}

/* What is compressed is opened like what it holds; an archive must be named. */
static bool wants_name(void *context, Str path) {
    const Scan *s = context;
    if (packed_as(path) == PACKED_ARCHIVE) return false;
    Family family = family_of(packed_content(path));
    if (family_is_commands(family)) return has_command_rule(s) || text_rule_wants(s, path);
    return family != FAMILY_NONE || text_rule_wants(s, path);
}

static bool wants(void *context, Str path) {
    Source file = {.path = path, .open_as = path}; /* ends with a NUL: input/walk.h */
    return wants_name(context, path) || (has_command_rule(context) && is_script(&file));
}

static void tell_problem(Scan *s, Str path, Str message) {
    vec_push(&s->problems, (Problem){.path = str_copy(&s->arena, path), .message = message});
}

static void tell_skipped(Str path, const char *reason, Str detail) {
    Buf line = {0};
    utf8_add_printable(&line, path);
    fprintf(stderr, "not opened: " STR_FMT ": %s%s" STR_FMT "\n", STR_ARG(buf_str(&line)), reason,
            detail.len ? ": " : "", STR_ARG(detail));
    buf_release(&line);
}

static void skipped(void *context, Str path, SkipReason why, Str detail) {
    static const char *const reasons[] = {
        [SKIP_IGNORED] = "ignored",       [SKIP_NOT_WANTED] = "no rule asks for such a file",
        [SKIP_LINK] = "a symbolic link",  [SKIP_NESTED] = "an archive in an archive",
        [SKIP_NOT_A_FILE] = "not a file", [SKIP_UNREADABLE] = "cannot be read"};
    Scan *s = context;
    bool archive = why == SKIP_NOT_WANTED && packed_as(path) == PACKED_ARCHIVE;
    if (archive) vec_push(&s->archives, str_copy(&s->arena, path));
    if (why == SKIP_NESTED) {
        tell_problem(s, path, STR("not opened: an archive in an archive: unpack it, and name it"));
    } else if (why == SKIP_UNREADABLE) {
        s->totals.unread++;
        s->incomplete = true;
        tell_problem(s, path, str_format(&s->arena, "not read: " STR_FMT, STR_ARG(detail)));
    } else if (s->options->verbose) {
        tell_skipped(path, archive ? "an archive" : reasons[why], detail);
    }
}

/* `git`: NULL for what is on disk. */
static bool list_path(Scan *s, Git *git, const Walk *walk, Str path, SourceVec *out, Error *err) {
    if (git) return git_list(git, walk, path, out, err);
    if (!str_eq(path, STR("-"))) return walk_path(&s->arena, walk, path, out, err);
    Str name = s->options->stdin_filename.len ? s->options->stdin_filename : STR("<stdin>");
    Source source;
    if (!spool_stream(&s->arena, STDIN_FILENO, name, &source, err)) return false;
    vec_push(out, source);
    return true;
}

/* Whoever names a file that no family knows, no text rule wants and no shell runs means a manifest,
 * as kubectl prints to standard input. */
static Family family_for(const Scan *s, const Source *source) {
    Family f = family_of(packed_content(source->path));
    if (f == FAMILY_NONE && has_command_rule(s) && is_script(source)) return FAMILY_SHELL;
    bool manifest = source->named && !text_rule_wants(s, source->path);
    return f == FAMILY_NONE && manifest ? FAMILY_YAML : f;
}

/* The same for one file, whatever way leads to it. */
static Hash128 file_key(const Source *s) {
    uint64_t file[] = {s->device, s->inode};
    return s->inode ? hash128_bytes(file, sizeof file) : hash128(s->path);
}

/* What is in the inventory too is judged, as it was named. To learn from a folder and not to check
 * it is what both are for, so that an inventory has nothing excluded. */
static bool add_sources(Scan *s, const SourceVec *found, bool facts_only, HashMap *known,
                        Error *err) {
    for (size_t i = 0; i < found->len; i++) {
        const Source *source = &found->items[i];
        if (facts_only && hashmap_get(known, file_key(source)) != MAP_NONE) continue;
        const Config *config = config_for(s->configs, source->path, err);
        if (!config) return false;
        if (!facts_only && !source->named && config_excludes(s->configs, config, source->path)) {
            skipped(s, source->path, SKIP_IGNORED, STR("excluded"));
            continue;
        }
        hashmap_set(known, file_key(source), 0);
        vec_push(&s->sources,
                 (ScanSource){.source = *source,
                              .repository_path = config_relative(s->configs, source->path),
                              .config = config,
                              .family = family_for(s, source),
                              .facts_only = facts_only});
    }
    return true;
}

/* Nothing can be written back into an archive. What a walk meets is told at its findings. */
static bool can_be_fixed(const Scan *s, const Source *packed, Error *err) {
    const Options *o = s->options;
    if (o->command != COMMAND_CHECK || !o->fix || o->diff) return true;
    return error_set(err, "--fix cannot write into " STR_FMT ": use --diff or convert",
                     STR_ARG(packed->path));
}

/* Puts what archives and compressed files hold in their place. */
static bool unpack_all(Scan *s, const Walk *walk, bool facts_only, SourceVec *sources, Error *err) {
    SourceVec found = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < sources->len; i++) {
        const Source *source = &sources->items[i];
        bool packed = packed_as(source->path) != PACKED_NOT;
        ok = !packed || !source->named || facts_only || can_be_fixed(s, source, err);
        if (packed && ok)
            archive_unpack(&s->arena, walk, source, &s->spool, &found);
        else
            vec_push(&found, *source);
    }
    vec_release(sources);
    *sources = found;
    return ok;
}

static bool list_all(Scan *s, Git *git, const Str *paths, size_t count, bool facts_only,
                     HashMap *known, Error *err) {
    Walk walk = {
        .no_ignore = s->options->no_ignore, .context = s, .wants = wants, .skipped = skipped};
    if (git) walk.wants = wants_name; /* what a commit has is not what the disk has */
    SourceVec found = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) ok = list_path(s, git, &walk, paths[i], &found, err);
    walk_finish(&found);
    walk.wants = wants_name; /* what is in an archive cannot be opened by its path */
    ok = ok && unpack_all(s, &walk, facts_only, &found, err);
    ok = ok && add_sources(s, &found, facts_only, known, err);
    vec_release(&found);
    return ok;
}

static bool list_inventory(Scan *s, HashMap *known, Error *err) {
    const WrittenList *inventory = &configs_root(s->configs)->inventory;
    for (size_t i = 0; i < inventory->len; i++)
        if (!list_all(s, NULL, &inventory->items[i].text, 1, true, known, err)) return false;
    return true;
}

/* ---- kustomizations above the PATHs ---- */

/* Those who build on a file say what becomes of it: they are read, wherever a PATH begins. */
static void add_kustomizations(Scan *s, Str directory, SourceVec *found) {
    static const Str names[] = {STR_INIT("kustomization.yaml"), STR_INIT("kustomization.yml"),
                                STR_INIT("Kustomization")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat status;
        Str path = path_join(&s->arena, directory, names[i]);
        if (stat(path.data, &status) == 0 && S_ISREG(status.st_mode))
            walk_add_file(&s->arena, path, &status, (Source){0}, found);
    }
}

static bool holds_git(Scan *s, Str directory) {
    return access(path_join(&s->arena, directory, STR(".git")).data, F_OK) == 0;
}

static bool is_directory(Str path) {
    struct stat status;
    return stat(path.data, &status) == 0 && S_ISDIR(status.st_mode);
}

/* From a file's directory, or from above a directory, up to the repository's root; not above the
 * working directory, from where paths would have other names. */
static void look_above(Scan *s, Str argument, HashMap *seen, SourceVec *found) {
    Str at = path_shown(&s->arena, argument);
    bool inside = is_directory(at) && holds_git(s, at);
    while (!inside && !str_eq(at, STR(".")) && !str_eq(at, STR("/")) && !str_ends(at, STR(".."))) {
        at = path_join(&s->arena, at, STR(".."));
        Hash128 key = hash128(at);
        if (hashmap_get(seen, key) != MAP_NONE) return;
        hashmap_set(seen, key, 0);
        add_kustomizations(s, at, found);
        inside = holds_git(s, at);
    }
}

/* They bring no configuration along: what holds for the PATHs is all that is told. */
static bool add_above(Scan *s, const SourceVec *found, HashMap *known, Error *err) {
    size_t first = s->sources.len;
    if (!first) return true;
    bool ok = add_sources(s, found, true, known, err);
    for (size_t i = first; i < s->sources.len; i++) {
        s->sources.items[i].above = true;
        s->sources.items[i].config = s->sources.items[first - 1].config;
    }
    return ok;
}

static bool list_above(Scan *s, HashMap *known, Error *err) {
    const Options *o = s->options;
    HashMap seen = {0};
    SourceVec found = {0};
    for (size_t i = 0; i < o->arguments.len; i++) {
        bool stream = str_eq(o->arguments.items[i], STR("-"));
        Str path = stream ? o->stdin_filename : o->arguments.items[i];
        if (path.len) look_above(s, path, &seen, &found);
    }
    bool ok = add_above(s, &found, known, err);
    vec_release(&found);
    hashmap_release(&seen);
    return ok;
}

/* A commit's are no files, and what `convert` writes stays beside what it was. */
static bool are_wanted_above(const Options *o) {
    return o->command == COMMAND_CHECK && !o->staged && !o->rev.len;
}

/* A walk passes over what was named as well. */
static bool was_named(Scan *s, Str archive) {
    for (size_t i = 0; i < s->options->arguments.len; i++) {
        Str path = s->options->arguments.items[i];
        if (packed_as(path) == PACKED_ARCHIVE &&
            str_eq(path_real(&s->arena, path), path_real(&s->arena, archive)))
            return true;
    }
    return false;
}

/* Who checks a folder of backups must not take silence for an answer. */
static void tell_archives(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->archives.len; i++)
        if (!was_named(s, s->archives.items[i])) s->archives.items[kept++] = s->archives.items[i];
    s->archives.len = kept;
    if (!kept) return;
    const char *advice = archive_in_build()
                             ? "name an archive as PATH to have it read"
                             : "this build reads none (-DWITH_ARCHIVE=OFF), unpack them";
    tell_problem(s, (Str){0},
                 str_format(&s->arena,
                            "%zu archive%s not opened: %s (--verbose lists what was "
                            "passed over)",
                            kept, kept == 1 ? " was" : "s were", advice));
}

static bool list_arguments(Scan *s, HashMap *known, Error *err) {
    const Options *o = s->options;
    Git *git = NULL;
    if (o->staged || o->rev.len) {
        git = git_open(&s->arena, (GitWhat){.rev = o->rev}, err);
        if (!git) return false;
    }
    bool ok = list_all(s, git, o->arguments.items, o->arguments.len, false, known, err);
    git_close(git);
    return ok;
}

bool scan_list(Scan *s, Error *err) {
    HashMap known = {0};
    bool ok = list_arguments(s, &known, err) && list_inventory(s, &known, err) &&
              (!are_wanted_above(s->options) || list_above(s, &known, err));
    hashmap_release(&known);
    tell_archives(s);
    s->listed = s->sources.len;
    s->unlisted = s->totals.unread;
    return ok;
}
