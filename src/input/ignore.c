/* Reading and matching ignore patterns. */
#include "input/ignore.h"

#include "base/glob.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/vec.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef enum {
    SHAPE_EXACT,  /* no wildcard at all */
    SHAPE_SUFFIX, /* `*` and then none: `text` is what the name must end with */
    SHAPE_GLOB,
} Shape;

typedef struct Pattern {
    Str text;
    Shape shape;
    bool negated;
    bool only_directories; /* it ended in '/' */
    bool whole_path; /* it has a '/': matched from its directory on; else only the last part */
} Pattern;

struct Ignore {
    const Ignore *above;
    size_t prefix; /* bytes of `directory` with its '/', in front of every path below it */
    Pattern *patterns;
    size_t count;
};

static bool has_wildcard(Str s) {
    for (size_t i = 0; i < s.len; i++)
        if (strchr("*?[\\", s.data[i])) return true;
    return false;
}

/* Most patterns are a name or `*.suffix`: no need to run the matcher for those. */
static void find_shape(Pattern *p) {
    Str rest = str_from_offset(p->text, 1);
    p->shape = SHAPE_GLOB;
    if (!has_wildcard(p->text)) p->shape = SHAPE_EXACT;
    if (!p->whole_path && p->text.data[0] == '*' && !has_wildcard(rest)) {
        p->shape = SHAPE_SUFFIX;
        p->text = rest;
    }
}

/* Spaces at the end do not count unless a backslash stands before them. Tabs do. */
static Str without_final_spaces(Str line) {
    size_t keep = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\\' && i + 1 < line.len)
            i++;
        else if (line.data[i] == ' ')
            continue;
        keep = i + 1;
    }
    return str_slice(line, 0, keep);
}

static bool pattern_parse(Str line, Pattern *out) {
    if (line.len && line.data[line.len - 1] == '\r') line.len--;
    if (line.len && line.data[0] == '#') return false;
    line = without_final_spaces(line);
    *out = (Pattern){.negated = line.len && line.data[0] == '!'};
    if (out->negated) line = str_from_offset(line, 1);
    if (line.len && line.data[line.len - 1] == '/') {
        out->only_directories = true;
        line.len--;
    }
    out->whole_path = str_find_char(line, '/') != STR_NONE;
    if (line.len && line.data[0] == '/') line = str_from_offset(line, 1);
    out->text = line;
    if (!line.len) return false;
    find_shape(out);
    return true;
}

const Ignore *ignore_add(Arena *a, const Ignore *above, Str directory, Str text) {
    VEC(Pattern) patterns = {0};
    Pattern pattern;
    Str line;
    if (str_starts(text, STR("\xef\xbb\xbf"))) text = str_from_offset(text, 3);
    text = str_copy(a, text);
    while (str_split(&text, '\n', &line))
        if (pattern_parse(line, &pattern)) vec_push(&patterns, pattern);
    if (!patterns.len) return above;

    Ignore *added = arena_new(a, Ignore);
    added->above = above;
    added->prefix = directory.len ? directory.len + 1 : 0;
    added->count = patterns.len;
    added->patterns = arena_array(a, Pattern, patterns.len);
    memcpy(added->patterns, patterns.items, patterns.len * sizeof *patterns.items);
    vec_release(&patterns);
    return added;
}

/* Git does not follow a symbolic link here either. */
const Ignore *ignore_add_file(Arena *a, const Ignore *above, Str directory, const char *file) {
    int open_file = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (open_file < 0) return above;
    char *bytes = mem_alloc(LIMIT_RULE_FILE);
    size_t len = 0;
    ssize_t n;
    while ((n = read(open_file, bytes + len, LIMIT_RULE_FILE - len)) > 0) len += (size_t)n;
    close(open_file);
    const Ignore *added = ignore_add(a, above, directory, (Str){bytes, len});
    free(bytes);
    return added;
}

static bool pattern_matches(const Pattern *p, Str below, Str name, bool is_directory) {
    if (p->only_directories && !is_directory) return false;
    Str subject = p->whole_path ? below : name;
    switch (p->shape) {
    case SHAPE_EXACT: return str_eq(p->text, subject);
    case SHAPE_SUFFIX: return str_ends(subject, p->text);
    case SHAPE_GLOB: return glob_match(p->text, subject);
    }
    return false;
}

bool ignore_matches(const Ignore *rules, Str path, bool is_directory) {
    size_t slash = str_find_last_char(path, '/');
    Str name = slash == STR_NONE ? path : str_from_offset(path, slash + 1);
    for (; rules; rules = rules->above) {
        Str below = str_from_offset(path, rules->prefix);
        for (size_t i = rules->count; i-- > 0;) {
            const Pattern *p = &rules->patterns[i];
            if (pattern_matches(p, below, name, is_directory)) return !p->negated;
        }
    }
    return false;
}
