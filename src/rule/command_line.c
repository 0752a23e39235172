/* Commands as texts with the places of their bytes. */
#include "rule/command_line.h"

#include "base/buf.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A longer pipe is read in parts: its lines would grow with the square of it. */
enum { STAGES = 16 };

typedef struct Draft {
    Buf text;
    VEC(uint32_t) origin;
    uint32_t end; /* of the last word in the script */
} Draft;

static void add_apart(Draft *d, const char *text) {
    buf_addf(&d->text, "%s", text);
    for (size_t i = 0; i < strlen(text); i++) vec_push(&d->origin, d->end | SHELL_APART);
}

static void add_word(Draft *d, const ShellWord *word) {
    if (d->text.len) add_apart(d, " ");
    buf_add(&d->text, word->value);
    for (size_t i = 0; i < word->value.len; i++) vec_push(&d->origin, shell_word_origin(word, i));
    d->end = word->raw.end;
}

static bool writes_file(Str text, const ShellRedirect *redirect) {
    Str operator= span_text(text, redirect->operator);
    size_t close = str_find_char(operator, '>');
    bool fault_output = operator.len && operator.data[0] == '2';
    return !redirect->here && close != STR_NONE && !fault_output;
}

static void add_files(Draft *d, Str text, const ShellCommand *c) {
    for (size_t i = 0; i < c->redirect_count; i++) {
        if (!writes_file(text, &c->redirects[i])) continue;
        add_apart(d, " >");
        add_word(d, &c->redirects[i].word);
    }
}

static const ShellCommand *behind(const Shell *shell, const ShellCommand *c) {
    for (const ShellCommand *next = c + 1; next < shell->commands + shell->count; next++)
        if (next->span.start >= c->span.end) return next;
    return NULL;
}

static ShellWord finish(Arena *a, Draft *d, const ShellWord *first) {
    uint32_t *origin = arena_array(a, uint32_t, d->origin.len + 1);
    if (d->origin.len) memcpy(origin, d->origin.items, d->origin.len * sizeof *origin);
    origin[d->origin.len] = d->end;
    ShellWord line = {.value = str_copy(a, buf_str(&d->text)), .origin = origin};
    line.raw = (Span){first ? first->raw.start : 0, d->end};
    buf_release(&d->text);
    vec_release(&d->origin);
    return line;
}

static void add_words(Draft *d, const ShellWord *words, size_t count) {
    for (size_t i = 0; i < count; i++) add_word(d, &words[i]);
}

ShellWord command_line(Arena *a, const Shell *shell, const ShellCommand *c,
                       const ShellWord *words) {
    Draft d = {0};
    add_words(&d, words, c->word_count - (size_t)(words - c->words));
    for (size_t i = 0; !c->word_count && i < c->assignment_count; i++)
        add_word(&d, &c->assignments[i].value);
    add_files(&d, shell->text, c);
    for (unsigned i = 0; i < STAGES && c->piped; i++) {
        c = behind(shell, c);
        if (!c) break;
        add_apart(&d, " |");
        add_words(&d, c->words, c->word_count);
        add_files(&d, shell->text, c);
    }
    return finish(a, &d, words);
}

ShellWord command_line_alone(Arena *a, const ShellWord *words, size_t count) {
    Draft d = {0};
    add_words(&d, words, count);
    return finish(a, &d, words);
}

/* ---- where output goes ---- */

/* How many commands away a variable is looked for, and how many commands may get the output. */
enum { REACH = 256, RECEIVERS = 64 };

typedef struct Flow {
    const Shell *shell;
    LineVisit visit;
    void *context;
    const ShellCommand *seen[RECEIVERS];
    size_t count;
} Flow;

static bool is_one_of(Str name, const Str *names, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count; i++) found |= str_eq(name, names[i]);
    return found;
}

/* What comes out is what went in, or a part of it. */
static bool passes_on(const ShellCommand *c) {
    static const Str filters[] = {
        STR_INIT("grep"), STR_INIT("egrep"), STR_INIT("fgrep"), STR_INIT("awk"),  STR_INIT("gawk"),
        STR_INIT("sed"),  STR_INIT("cut"),   STR_INIT("sort"),  STR_INIT("uniq"), STR_INIT("head"),
        STR_INIT("tail"), STR_INIT("tr"),    STR_INIT("jq"),    STR_INIT("yq"),   STR_INIT("cat"),
        STR_INIT("tee"),  STR_INIT("echo"),  STR_INIT("printf")};
    Str program;
    return call_program(c->words, c->word_count, &program) &&
           is_one_of(program, filters, COUNT(filters));
}

static void receive(Flow *f, const ShellCommand *c) {
    for (size_t i = 0; i < f->count; i++)
        if (f->seen[i] == c) return;
    if (f->count == RECEIVERS) return;
    f->seen[f->count++] = c;
    f->visit(f->context, c);
}

static bool refers_to(const ShellCommand *c, Str name) {
    for (size_t w = 0; w < c->word_count; w++)
        for (size_t i = 0; i < c->words[w].reference_count; i++)
            if (str_eq(c->words[w].references[i].name, name)) return true;
    return false;
}

static bool assigns(const ShellCommand *c, Str name) {
    bool found = c->kind == SHELL_LIST && str_eq(c->name, name);
    for (size_t i = 0; i < c->assignment_count; i++) found |= str_eq(c->assignments[i].name, name);
    return found;
}

static void receive_by_name(Flow *f, const ShellCommand *from, Str name) {
    const ShellCommand *end = f->shell->commands + f->shell->count;
    for (const ShellCommand *c = from + 1; name.len && c < end && c - from < REACH; c++) {
        if (c->span.start < from->span.end) continue;
        if (assigns(c, name)) return;
        if (refers_to(c, name)) receive(f, c);
    }
}

static bool holds(Span outer, Span inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

/* `local NAME=$(…)` is a word like others. */
static bool declares(const ShellCommand *c) {
    static const Str words[] = {STR_INIT("local"), STR_INIT("export"), STR_INIT("declare"),
                                STR_INIT("readonly"), STR_INIT("typeset")};
    Str program;
    return call_program(c->words, c->word_count, &program) &&
           is_one_of(program, words, COUNT(words));
}

static void leave_word(Flow *f, const ShellCommand *outer, const ShellWord *word) {
    if (declares(outer))
        receive_by_name(f, outer, str_slice(word->value, 0, str_find_char(word->value, '=')));
    else
        receive(f, outer);
}

/* What prints in a `$( )`: the command that it is a part of, or the variable that takes it. */
static void leave_substitution(Flow *f, const ShellCommand *c) {
    const ShellCommand *outer = c;
    for (unsigned i = 0; i < REACH && outer > f->shell->commands; i++) {
        outer--;
        if (!holds(outer->span, c->span)) continue;
        for (size_t k = 0; k < outer->assignment_count; k++)
            if (holds(outer->assignments[k].span, c->span))
                receive_by_name(f, outer, outer->assignments[k].name);
        for (size_t k = 0; k < outer->word_count; k++)
            if (holds(outer->words[k].raw, c->span)) leave_word(f, outer, &outer->words[k]);
        return;
    }
}

/* `| while read NAME …`. */
static void read_names(Flow *f, const ShellCommand *c) {
    Str program;
    if (!call_program(c->words, c->word_count, &program) || !str_eq(program, STR("read"))) return;
    for (size_t i = 1; i < c->word_count; i++)
        if (!str_starts(c->words[i].value, STR("-"))) receive_by_name(f, c, c->words[i].value);
}

static void leave(Flow *f, const ShellCommand *c) {
    const ShellCommand *next = c->piped ? behind(f->shell, c) : NULL;
    if (!c->piped && c->subshell) leave_substitution(f, c);
    if (!next) return;
    receive(f, next);
    read_names(f, next);
}

void line_into(const Shell *shell, const ShellCommand *c, LineVisit visit, void *context) {
    Flow f = {.shell = shell, .visit = visit, .context = context};
    leave(&f, c);
    for (size_t i = 0; i < f.count; i++) {
        if (f.seen[i]->kind == SHELL_LIST) receive_by_name(&f, f.seen[i], f.seen[i]->name);
        if (passes_on(f.seen[i])) leave(&f, f.seen[i]);
    }
}
