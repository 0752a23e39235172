/* Choosing among the files that Git tracks. */
#include "input/tracked.h"

#include "base/limits.h"

Str tracked_shown(Tracked *t, Str path) {
    Str rest = t->top.len ? str_from_offset(path, t->top.len + 1) : path;
    buf_clear(&t->line);
    if (!rest.len || !str_eq(t->shown, STR("."))) buf_add(&t->line, t->shown);
    if (rest.len && t->line.len && !str_ends(t->shown, STR("/"))) buf_add_char(&t->line, '/');
    buf_add(&t->line, rest);
    buf_cstr(&t->line);
    return buf_str(&t->line);
}

void tracked_skip(Tracked *t, Str path, SkipReason why, Str detail) {
    if (t->walk->skipped) t->walk->skipped(t->walk->context, tracked_shown(t, path), why, detail);
}

/* Does a path of another directory begin like this one? */
static bool is_above(const Tracked *t, const TrackedDirectory *d, Str path) {
    return str_starts(path, str_slice(buf_str(&t->at), 0, d->len));
}

/* One such file can stand in any number of directories. */
static const Ignore *add_rules(Tracked *t, const Ignore *above, Str directory, Str file, Str text) {
    text = str_slice(text, 0, LIMIT_RULE_FILE);
    if (t->rules + text.len > LIMIT_GIT_RULES) {
        tracked_skip(t, file, SKIP_UNREADABLE, STR("there are too many ignore rules before it"));
        return above;
    }
    t->rules += text.len;
    return ignore_add(t->arena, above, directory, text);
}

static const Ignore *rules_in(Tracked *t, const Ignore *above, Str directory) {
    Buf file = {0}, text = {0};
    buf_addf(&file, STR_FMT "%s.unstaleignore", STR_ARG(directory), directory.len ? "/" : "");
    buf_cstr(&file);
    if (t->read(t->context, buf_str(&file), &text))
        above = add_rules(t, above, directory, buf_str(&file), buf_str(&text));
    buf_release(&file);
    buf_release(&text);
    return above;
}

/* Goes on to a directory below the last one. The PATH and what is above it are not ignored. */
static void enter(Tracked *t, Str directory) {
    TrackedDirectory d = {.len = directory.len ? directory.len + 1 : 0};
    if (t->directories.len) {
        const TrackedDirectory *above = vec_last(&t->directories);
        d.rules = above->rules;
        d.ignored = above->ignored;
    }
    bool met = !d.ignored && directory.len > t->top.len;
    if (met && ignore_matches(d.rules, directory, true)) {
        d.ignored = true;
        tracked_skip(t, directory, SKIP_IGNORED, (Str){0});
    }
    if (!d.ignored && !t->walk->no_ignore) d.rules = rules_in(t, d.rules, directory);
    vec_push(&t->directories, d);
}

static const TrackedDirectory *directory_of(Tracked *t, Str path) {
    while (t->directories.len && !is_above(t, vec_last(&t->directories), path))
        t->directories.len--;
    buf_clear(&t->at);
    buf_add(&t->at, path);
    if (!t->directories.len) enter(t, STR(""));
    for (;;) {
        size_t len = vec_last(&t->directories)->len;
        size_t slash = str_find_char(str_from_offset(path, len), '/');
        if (slash == STR_NONE) return vec_last(&t->directories);
        enter(t, str_slice(path, 0, len + slash));
    }
}

/* Git makes no such paths; who writes below a directory by them would end up elsewhere. */
static bool is_allowed(Str path) {
    Str part;
    if (!path.len || path.data[path.len - 1] == '/') return false;
    while (str_split(&path, '/', &part))
        if (!part.len || str_eq(part, STR(".")) || str_eq(part, STR("..")) ||
            str_eq_nocase(part, STR(".git")))
            return false;
    return true;
}

/* NULL: nothing speaks against such a path. */
static const char *why_not(Str path) {
    if (path.len > LIMIT_GIT_PATH) return "its path is too long";
    return is_allowed(path) ? NULL : "Git does not allow such a path";
}

bool tracked_wants(Tracked *t, Str path) {
    const char *why = why_not(path);
    if (why) {
        tracked_skip(t, path, SKIP_UNREADABLE, str_from(why));
        return false;
    }
    const TrackedDirectory *d = directory_of(t, path);
    if (d->ignored) return false; /* told for the directory */
    bool ignored = ignore_matches(d->rules, path, false);
    bool wanted =
        !ignored && (!t->walk->wants || t->walk->wants(t->walk->context, tracked_shown(t, path)));
    if (!wanted) tracked_skip(t, path, ignored ? SKIP_IGNORED : SKIP_NOT_WANTED, (Str){0});
    return wanted;
}

void tracked_release(Tracked *t) {
    vec_release(&t->directories);
    buf_release(&t->at);
    buf_release(&t->line);
}
