/* Matching by backtracking to the last star only: no pattern, however hostile, takes exponential
 * time. */
#include "base/glob.h"

#include <ctype.h>
#include <string.h>

/* Where to go on after a mismatch: the pattern behind a star, and the text that the star has not
 * eaten. */
typedef struct Star {
    bool set;
    size_t pattern, text;
} Star;

typedef struct Glob {
    Str pattern, text;
    size_t p, t;
    Star star; /* the last `*`: may eat up to the next '/' */
    Star deep; /* the last `**`: may eat whole directories */
} Glob;

typedef struct NamedClass {
    Str name;
    int (*test)(int);
} NamedClass;

static const NamedClass *named_class(Str name) {
    static const NamedClass classes[] = {
        {STR_INIT("alnum"), isalnum}, {STR_INIT("alpha"), isalpha}, {STR_INIT("blank"), isblank},
        {STR_INIT("cntrl"), iscntrl}, {STR_INIT("digit"), isdigit}, {STR_INIT("graph"), isgraph},
        {STR_INIT("lower"), islower}, {STR_INIT("print"), isprint}, {STR_INIT("punct"), ispunct},
        {STR_INIT("space"), isspace}, {STR_INIT("upper"), isupper}, {STR_INIT("xdigit"), isxdigit},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_eq(name, classes[i].name)) return &classes[i];
    return NULL;
}

/* One byte, which a backslash may quote. False at the end of the pattern. */
static bool quoted_byte(Str pattern, size_t *p, unsigned char *out) {
    if (*p < pattern.len && pattern.data[*p] == '\\') ++*p;
    if (*p >= pattern.len) return false;
    *out = (unsigned char)pattern.data[(*p)++];
    return true;
}

/* `[:alpha:]` at *p: its name, and *p moved behind it. */
static bool class_name(Str pattern, size_t *p, Str *name) {
    Str rest = str_from_offset(pattern, *p);
    if (!str_starts(rest, STR("[:"))) return false;
    size_t end = str_find_char(rest, ']');
    if (end == STR_NONE || end < 3 || rest.data[end - 1] != ':') return false;
    *name = str_slice(rest, 2, end - 1);
    *p += end + 1;
    return true;
}

/* Does the class whose '[' is at *p hold c? Moves *p behind its ']'. A class without one matches
 * nothing, and no class matches '/'. */
static bool class_match(Str pattern, size_t *p, unsigned char c) {
    size_t at = *p + 1;
    bool negated = at < pattern.len && (pattern.data[at] == '!' || pattern.data[at] == '^');
    if (negated) at++;
    bool found = false;
    /* A ']' that comes first stands for itself. */
    for (size_t first = at; at == first || (at < pattern.len && pattern.data[at] != ']');) {
        Str name;
        unsigned char low, high;
        if (class_name(pattern, &at, &name)) {
            const NamedClass *named = named_class(name);
            if (!named) return false;
            found = found || (c < 0x80 && named->test(c));
            continue;
        }
        if (!quoted_byte(pattern, &at, &low)) return false;
        high = low;
        bool range = at + 1 < pattern.len && pattern.data[at] == '-' && pattern.data[at + 1] != ']';
        if (range && (at++, !quoted_byte(pattern, &at, &high))) return false;
        found = found || (low <= c && c <= high);
    }
    if (at >= pattern.len) return false;
    *p = at + 1;
    return found != negated && c != '/';
}

/* One text byte against the pattern item at g->p, which is not a star. Moves both on a match. */
static bool match_one(Glob *g) {
    unsigned char c = (unsigned char)g->text.data[g->t];
    size_t p = g->p;
    if (p == g->pattern.len) return false;
    char item = g->pattern.data[p];
    if (item == '[') {
        if (!class_match(g->pattern, &p, c)) return false;
    } else if (item == '?') {
        if (c == '/') return false;
        p++;
    } else {
        unsigned char wanted;
        if (!quoted_byte(g->pattern, &p, &wanted) || wanted != c) return false;
    }
    g->p = p;
    g->t++;
    return true;
}

/* Takes the stars at g->p. Two or more that fill the room between slashes span directories. */
static void take_stars(Glob *g) {
    size_t start = g->p, end = start, len = g->pattern.len;
    while (end < len && g->pattern.data[end] == '*') end++;
    bool alone = (start == 0 || g->pattern.data[start - 1] == '/') &&
                 (end == len || g->pattern.data[end] == '/');
    if (end - start < 2 || !alone) {
        g->p = end;
        g->star = (Star){true, end, g->t};
    } else if (end == len) { /* a final one takes all the rest */
        g->p = end;
        g->t = g->text.len;
    } else {
        g->p = end + 1;
        g->deep = (Star){true, end + 1, g->t};
        g->star.set = false;
    }
}

/* The last star eats one byte more, or else the last double star one directory more. An earlier
 * star need not be tried again: whatever it could free, the later one has been offered already. */
static bool retreat(Glob *g) {
    if (g->star.set && g->star.text < g->text.len && g->text.data[g->star.text] != '/') {
        g->t = ++g->star.text;
        g->p = g->star.pattern;
        return true;
    }
    g->star.set = false;
    size_t slash =
        g->deep.set ? str_find_char(str_from_offset(g->text, g->deep.text), '/') : STR_NONE;
    if (slash == STR_NONE) return false;
    g->t = g->deep.text += slash + 1;
    g->p = g->deep.pattern;
    return true;
}

bool glob_match(Str pattern, Str text) {
    Glob g = {.pattern = pattern, .text = text};
    for (;;) {
        if (g.p < pattern.len && pattern.data[g.p] == '*') {
            take_stars(&g);
        } else if (g.p == pattern.len && g.t == text.len) {
            return true;
        } else if ((g.t == text.len || !match_one(&g)) && !retreat(&g)) {
            return false;
        }
    }
}

bool path_glob_match(Str pattern, Str path) {
    bool directories_only = str_ends(pattern, STR("/"));
    if (directories_only) pattern.len--;
    bool from_start = str_find_char(pattern, '/') != STR_NONE;
    if (str_starts(pattern, STR("/"))) pattern = str_from_offset(pattern, 1);
    if (!pattern.len) return false;

    /* Each directory on the way, then the path itself. */
    for (size_t start = 0; start < path.len;) {
        size_t slash = str_find_char(str_from_offset(path, start), '/');
        bool directory = slash != STR_NONE;
        size_t end = directory ? start + slash : path.len;
        Str text = str_slice(path, from_start ? 0 : start, end);
        if ((directory || !directories_only) && glob_match(pattern, text)) return true;
        start = end + 1;
    }
    return false;
}
