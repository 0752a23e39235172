/* The grammar around the words: where commands begin and end, here-documents, loops and cases. */
#include "text/shell_reader.h"

#include "base/limits.h"

#include <string.h>

/* One list of commands: the script, or what a substitution holds. */
typedef struct Level {
    bool subshell;
    VEC(char) open; /* `(` and, for a case, `c` */
    bool pattern;   /* in a case, where a pattern may begin */
} Level;

bool shell_fail(ShellReader *r, uint32_t at, const char *fault) {
    if (r->fault) return false;
    r->fault = fault;
    r->fault_at = at;
    return false;
}

bool shell_over(const ShellReader *r) {
    return r->at >= r->end;
}

char shell_peek(const ShellReader *r, uint32_t ahead) {
    return r->end - r->at > ahead ? r->text.data[r->at + ahead] : '\n';
}

/* ---- blanks and comments ---- */

uint32_t shell_line_end(const ShellReader *r, uint32_t at) {
    const char *feed = memchr(r->text.data + at, '\n', r->end - at);
    return feed ? (uint32_t)(feed - r->text.data) : r->end;
}

void shell_skip_blanks(ShellReader *r) {
    while (!shell_over(r)) {
        char c = shell_peek(r, 0);
        bool crlf = c == '\\' && shell_peek(r, 1) == '\r' && shell_peek(r, 2) == '\n';
        if (c == ' ' || c == '\t' || c == '\r')
            r->at++;
        else if (c == '\\' && (crlf || shell_peek(r, 1) == '\n') && r->at + 1 < r->end)
            r->at += crlf ? 3 : 2;
        else if (c == '#')
            r->at = shell_line_end(r, r->at);
        else
            return;
    }
}

/* ---- drafts ---- */

static void *copy(Arena *a, const void *items, size_t size) {
    return size ? memcpy(arena_alloc(a, size), items, size) : NULL;
}

#define COPY(r, vec) copy((r)->arena, (vec).items, (vec).len * sizeof *(vec).items)

static bool is_empty(const ShellDraft *d) {
    return d->words.len + d->assignments.len + d->redirects.len == 0;
}

static void clear(ShellDraft *d) {
    d->words.len = d->assignments.len = d->redirects.len = 0;
    d->command = (ShellCommand){0};
    d->test = false;
}

static void release(ShellDraft *d) {
    vec_release(&d->words);
    vec_release(&d->assignments);
    vec_release(&d->redirects);
}

static void finish(ShellReader *r, ShellDraft *d) {
    if (!is_empty(d) || d->command.kind == SHELL_LIST) {
        d->command.words = COPY(r, d->words);
        d->command.assignments = COPY(r, d->assignments);
        d->command.redirects = COPY(r, d->redirects);
        d->command.word_count = d->words.len;
        d->command.assignment_count = d->assignments.len;
        d->command.redirect_count = d->redirects.len;
        vec_push(&r->commands, d->command);
    }
    clear(d);
}

static bool in_subshell(const Level *level) {
    bool found = level->subshell;
    for (size_t i = 0; i < level->open.len; i++) found |= level->open.items[i] == '(';
    return found;
}

static void begin(const ShellReader *r, ShellDraft *d, const Level *level) {
    if (!is_empty(d)) return;
    d->command.span = (Span){r->at, r->at};
    d->command.subshell = in_subshell(level);
}

/* ---- assignments and lists ---- */

/* Words up to `close`, or up to the end of the line for a `for`. */
static bool read_words(ShellReader *r, ShellDraft *d, char close) {
    ShellWord word;
    for (;;) {
        shell_skip_blanks(r);
        if (shell_over(r)) return true;
        char c = shell_peek(r, 0);
        if (c == '\n' && close == ')')
            shell_read_newline(r);
        else if (shell_ends_word(c))
            return true;
        else if (shell_read_word(r, &word))
            vec_push(&d->words, word);
        else
            return false;
        d->command.span.end = r->at;
    }
}

/* `NAME=(a b)`: its words are a list of their own. */
static bool read_array(ShellReader *r, Str name, const Level *level) {
    uint32_t start = r->at++;
    ShellDraft list = {.command = {.kind = SHELL_LIST, .name = name, .span = {start, r->at}}};
    list.command.subshell = in_subshell(level);
    bool good = read_words(r, &list, ')');
    if (good && (shell_over(r) || shell_peek(r, 0) != ')'))
        good = shell_fail(r, start, "a '(' is not closed");
    if (good) {
        list.command.span.end = ++r->at;
        finish(r, &list);
    }
    release(&list);
    return good;
}

/* How long `NAME=` or `NAME+=` is at the front of a word, which must be written plainly; else 0. */
static size_t assignment_prefix(const ShellReader *r, const ShellWord *word) {
    size_t equals = str_find_char(word->value, '=');
    if (equals == STR_NONE || equals == 0) return 0;
    Str written = span_text(r->text, word->raw);
    if (!str_starts(written, str_slice(word->value, 0, equals + 1))) return 0;
    bool more = word->value.data[equals - 1] == '+';
    size_t index = str_find_char(str_slice(word->value, 0, equals - more), '[');
    size_t name = index == STR_NONE ? equals - more : index; /* bash: NAME[3]=x */
    return shell_is_name(str_slice(word->value, 0, name)) ? equals + 1 : 0;
}

static bool opens_array(const ShellReader *r, const ShellWord *word) {
    return !shell_over(r) && shell_peek(r, 0) == '(' && !word->quoted &&
           assignment_prefix(r, word) == word->value.len && word->value.len;
}

static bool add_assignment(ShellReader *r, ShellDraft *d, const ShellWord *word, size_t prefix,
                           const Level *level) {
    size_t end = shell_name_length(word->value);
    ShellAssignment a = {.name = str_slice(word->value, 0, end), .span = word->raw};
    a.value = shell_word_part(word, prefix, word->value.len);
    a.value.raw = (Span){word->raw.start + (uint32_t)prefix, word->raw.end};
    a.plain = end + 1 == prefix;
    if (opens_array(r, word)) {
        a.plain = false;
        if (!read_array(r, a.name, level)) return false;
        a.span.end = r->at;
    }
    vec_push(&d->assignments, a);
    return true;
}

/* ---- reserved words ---- */

static bool is_plain(const ShellReader *r, const ShellWord *w, const char *text) {
    return str_eq(w->value, str_from(text)) && str_eq(span_text(r->text, w->raw), w->value);
}

static bool is_one_of(const ShellReader *r, const ShellWord *w, const char *const *texts,
                      size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_plain(r, w, texts[i])) return true;
    return false;
}

#define IS_ONE_OF(r, w, texts) is_one_of((r), (w), (texts), sizeof(texts) / sizeof *(texts))

/* `for NAME in words`, `select …`; without `in`, or with `((`, there are no words. */
static bool read_for(ShellReader *r, ShellDraft *d) {
    ShellWord name, in;
    shell_skip_blanks(r);
    if (shell_over(r) || shell_ends_word(shell_peek(r, 0))) return true;
    if (!shell_read_word(r, &name)) return false;
    d->command.kind = SHELL_LIST;
    d->command.name = name.value;
    d->command.span.end = r->at;
    shell_skip_blanks(r);
    uint32_t before = r->at;
    if (shell_over(r) || shell_ends_word(shell_peek(r, 0))) return true;
    if (!shell_read_word(r, &in)) return false;
    if (!is_plain(r, &in, "in")) {
        r->at = before;
        return true;
    }
    return read_words(r, d, ';');
}

static void skip_lines(ShellReader *r) {
    shell_skip_blanks(r);
    while (!shell_over(r) && shell_peek(r, 0) == '\n') {
        shell_read_newline(r);
        shell_skip_blanks(r);
    }
}

/* `case WORD in`, up to the first pattern. */
static bool read_case(ShellReader *r, ShellDraft *d, Level *level) {
    ShellWord word, in;
    shell_skip_blanks(r);
    if (shell_over(r) || shell_ends_word(shell_peek(r, 0))) return true;
    if (!shell_read_word(r, &word)) return false;
    vec_push(&d->words, word);
    d->command.kind = SHELL_LIST;
    d->command.span.end = r->at;
    skip_lines(r);
    if (shell_over(r) || shell_ends_word(shell_peek(r, 0))) return true;
    if (!shell_read_word(r, &in)) return false;
    vec_push(&level->open, 'c');
    level->pattern = true;
    return true;
}

static bool in_case(const Level *level) {
    return level->open.len && *vec_last(&level->open) == 'c';
}

/* `a | b)` in a case. */
static bool read_patterns(ShellReader *r, ShellDraft *d, Level *level) {
    ShellWord word;
    d->command.kind = SHELL_LIST;
    if (shell_peek(r, 0) == '(') r->at++;
    for (;;) {
        shell_skip_blanks(r);
        if (shell_over(r)) return true;
        char c = shell_peek(r, 0);
        if (c == ')') break;
        if (c == '|')
            r->at++;
        else if (shell_ends_word(c))
            return shell_fail(r, r->at, "this is no pattern of a 'case'");
        else if (!shell_read_word(r, &word))
            return false;
        else
            vec_push(&d->words, word);
        d->command.span.end = r->at;
    }
    r->at++;
    level->pattern = false;
    finish(r, d);
    return true;
}

/* What the first word of a command may be beside a program. *out: it was that. */
static bool read_reserved(ShellReader *r, ShellDraft *d, Level *level, const ShellWord *word,
                          bool *out) {
    static const char *const joins[] = {"if",    "then",  "else", "elif", "fi", "do",    "done",
                                        "while", "until", "!",    "{",    "}",  "coproc"};
    static const char *const loops[] = {"for", "select"};
    *out = true;
    if (IS_ONE_OF(r, word, joins)) return true;
    if (is_plain(r, word, "esac") && in_case(level)) {
        level->open.len--;
        level->pattern = false;
        return true;
    }
    if (is_plain(r, word, "function")) {
        ShellWord name;
        shell_skip_blanks(r);
        return shell_over(r) || shell_ends_word(shell_peek(r, 0)) || shell_read_word(r, &name);
    }
    if (IS_ONE_OF(r, word, loops)) return read_for(r, d);
    if (is_plain(r, word, "case")) return read_case(r, d, level);
    *out = false;
    return true;
}

/* ---- one word in its command ---- */

static bool add_word(ShellReader *r, ShellDraft *d, Level *level) {
    ShellWord word;
    begin(r, d, level);
    bool first = is_empty(d), special = false;
    if (!shell_read_word(r, &word)) return false;
    if (first && !read_reserved(r, d, level, &word, &special)) return false;
    if (special) {
        if (d->command.kind == SHELL_LIST) finish(r, d);
        return true;
    }
    size_t prefix = d->words.len ? 0 : assignment_prefix(r, &word);
    if (prefix) {
        if (!add_assignment(r, d, &word, prefix, level)) return false;
    } else if (d->words.len && opens_array(r, &word)) { /* local NAME=(a b) */
        Str name = str_slice(word.value, 0, assignment_prefix(r, &word) - 1);
        vec_push(&d->words, word);
        if (!read_array(r, name, level)) return false;
    } else {
        vec_push(&d->words, word);
        d->test =
            d->words.len == 1 ? is_plain(r, &word, "[[") : d->test && !is_plain(r, &word, "]]");
    }
    d->command.span.end = r->at;
    return true;
}

/* `name()`: what follows is its body. */
static bool is_function(ShellReader *r, ShellDraft *d) {
    uint32_t before = r->at++;
    shell_skip_blanks(r);
    if (d->words.len == 1 && !shell_over(r) && shell_peek(r, 0) == ')') {
        r->at++;
        clear(d);
        return true;
    }
    r->at = before;
    return false;
}

/* `((…))` */
static bool skip_arithmetic(ShellReader *r) {
    uint32_t start = r->at;
    unsigned open = 0;
    while (!shell_over(r)) {
        char c = r->text.data[r->at++];
        open += c == '(';
        if (c == ')' && --open == 0) return true;
    }
    return shell_fail(r, start, "a '((' is not closed");
}

static bool read_parenthesis(ShellReader *r, ShellDraft *d, Level *level) {
    if (!is_empty(d)) return is_function(r, d) || shell_fail(r, r->at, "this '(' is out of place");
    if (shell_peek(r, 1) == '(') return skip_arithmetic(r);
    vec_push(&level->open, '(');
    r->at++;
    return true;
}

/* `)`: of a subshell, or of the substitution, which ends the list. */
static bool read_closing(ShellReader *r, ShellDraft *d, Level *level, bool *over) {
    finish(r, d);
    if (in_case(level)) return shell_fail(r, r->at, "this ')' is out of place");
    *over = level->open.len == 0;
    if (*over && !level->subshell) return shell_fail(r, r->at, "this ')' is out of place");
    if (!*over) {
        level->open.len--;
        r->at++;
    }
    return true;
}

static void read_separator(ShellReader *r, ShellDraft *d, Level *level) {
    char c = shell_peek(r, 0), next = shell_peek(r, 1);
    d->command.piped = c == '|' && next != '|';
    finish(r, d);
    if (c == '\n') {
        shell_read_newline(r);
    } else if (c == ';' && (next == ';' || next == '&')) {
        level->pattern = in_case(level);
        r->at += shell_peek(r, 2) == '&' ? 3 : 2;
    } else {
        r->at++;
    }
}

/* In `[[ ]]` the operators of the shell are its own: they part words and nothing else. */
static bool skip_test_operator(ShellReader *r, const ShellDraft *d) {
    if (!d->test || shell_peek(r, 0) == '\n') return false;
    r->at++;
    return true;
}

static bool starts_pattern(const ShellReader *r, const ShellDraft *d, const Level *level) {
    char c = shell_peek(r, 0);
    if (!level->pattern || !is_empty(d) || c == '\n') return false;
    return !str_starts(str_slice(r->text, r->at, r->end), STR("esac"));
}

static bool read_step(ShellReader *r, ShellDraft *d, Level *level, bool *over) {
    if (starts_pattern(r, d, level)) {
        begin(r, d, level);
        return read_patterns(r, d, level);
    }
    uint32_t redirect = d->test ? 0 : shell_redirect_length(r);
    if (redirect) {
        begin(r, d, level);
        return shell_read_redirect(r, d, redirect);
    }
    char c = shell_peek(r, 0);
    bool substitution = (c == '<' || c == '>') && shell_peek(r, 1) == '(';
    if (!shell_ends_word(c) || substitution) return add_word(r, d, level);
    if (skip_test_operator(r, d)) return true;
    if (c == '(') return read_parenthesis(r, d, level);
    if (c == ')') return read_closing(r, d, level, over);
    read_separator(r, d, level);
    return true;
}

bool shell_read_list(ShellReader *r, bool subshell) {
    Level level = {.subshell = subshell};
    ShellDraft draft = {0};
    bool good = true, over = false;
    while (good && !over) {
        shell_skip_blanks(r);
        if (shell_over(r)) break;
        good = read_step(r, &draft, &level, &over);
    }
    if (good) finish(r, &draft);
    release(&draft);
    vec_release(&level.open);
    return good;
}

/* ---- the whole ---- */

static int by_start(const void *a, const void *b) {
    const ShellCommand *x = a, *y = b;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

void shell_read(Arena *a, Str text, Shell *out) {
    *out = (Shell){.text = text};
    if (text.len > LIMIT_SCRIPT) {
        out->fault = "it is larger than 1 MB";
        return;
    }
    ShellReader r = {.arena = a, .text = text, .end = (uint32_t)text.len};
    shell_read_list(&r, false);
    if (r.commands.len) {
        qsort(r.commands.items, r.commands.len, sizeof *r.commands.items, by_start);
        shell_resolve(a, r.commands.items, r.commands.len);
    }
    out->commands = COPY(&r, r.commands);
    out->count = r.commands.len;
    out->fault = r.fault;
    out->fault_at = r.fault_at;
    vec_release(&r.commands);
    vec_release(&r.pending);
}
