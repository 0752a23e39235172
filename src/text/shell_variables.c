/* What variables are known to hold: those with one assignment in the script, in front of the use.
 *
 * Commands are gone through in order. First all that may assign is counted; then values are put
 * where they are used, in words of commands and in values of later assignments. What is put in is
 * bounded by LIMIT_SCRIPT for the whole script, or words could double from line to line. */
#include "text/shell_reader.h"

#include "base/limits.h"
#include "base/map.h"

#include <string.h>

typedef struct Variable {
    uint32_t assignments;
    uint32_t end; /* behind its assignment */
    ShellWord value;
    bool known;
} Variable;

typedef struct Resolver {
    Arena *arena;
    Names names;
    VEC(Variable) variables; /* by the numbers of names */
    /* Behind `source`, `eval` or `unset` nothing is certain that was assigned before. */
    uint32_t barrier;
    size_t left; /* bytes that may still be put in */
} Resolver;

static Variable *variable(Resolver *r, Str name) {
    uint32_t number = names_intern(&r->names, name);
    while (r->variables.len <= number) vec_push(&r->variables, (Variable){0});
    return &r->variables.items[number];
}

/* ---- which variables are assigned, and how often ---- */

static bool is_one_of(Str word, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_from(texts[i]))) return true;
    return false;
}

#define IS_ONE_OF(word, texts) is_one_of((word), (texts), sizeof(texts) / sizeof *(texts))

static Str program(const ShellCommand *c) {
    return c->kind == SHELL_COMMAND && c->word_count ? c->words[0].value : (Str){0};
}

/* `export NAME=value` assigns as `NAME=value` does. */
static bool declares(const ShellCommand *c) {
    static const char *const words[] = {"export", "readonly", "local", "declare", "typeset"};
    return IS_ONE_OF(program(c), words);
}

/* `read NAME`: each word that may be a name gets a value that nobody knows. */
static bool reads(const ShellCommand *c) {
    static const char *const words[] = {"read", "getopts", "mapfile", "readarray", "printf", "let"};
    return IS_ONE_OF(program(c), words);
}

static bool is_barrier(const ShellCommand *c) {
    static const char *const words[] = {"source", ".", "eval", "unset"};
    return IS_ONE_OF(program(c), words);
}

static size_t declared_name(const ShellWord *word) {
    size_t equals = str_find_char(word->value, '=');
    return equals != STR_NONE && shell_is_name(str_slice(word->value, 0, equals)) ? equals : 0;
}

static void count_words(Resolver *r, const ShellCommand *c) {
    for (size_t i = 1; i < c->word_count; i++) {
        const ShellWord *word = &c->words[i];
        size_t name = declares(c) ? declared_name(word) : 0;
        if (name) variable(r, str_slice(word->value, 0, name))->assignments++;
        if (reads(c) && shell_is_name(word->value)) variable(r, word->value)->assignments++;
    }
}

/* What stands in front of a program is for that program only. */
static void count_assignments(Resolver *r, const ShellCommand *c) {
    for (size_t i = 0; i < c->assignment_count && !c->word_count; i++)
        variable(r, c->assignments[i].name)->assignments++;
    if (c->kind == SHELL_LIST && c->name.len) variable(r, c->name)->assignments++;
    count_words(r, c);
}

/* ---- putting values in ---- */

typedef struct Filled {
    Buf value;
    VEC(uint32_t) origin;
    bool changed;
} Filled;

static const Variable *known(Resolver *r, const ShellReference *reference) {
    uint32_t number = names_find(&r->names, reference->name);
    if (number == MAP_NONE || number >= r->variables.len) return NULL;
    const Variable *v = &r->variables.items[number];
    bool usable = v->known && v->end <= reference->start && r->barrier <= v->end;
    return usable && v->value.value.len <= r->left ? v : NULL;
}

static bool has_blank(Str value) {
    for (size_t i = 0; i < value.len; i++)
        if (strchr(" \t\n", value.data[i])) return true;
    return false;
}

static void put_in(Resolver *r, Filled *f, const ShellWord *value) {
    for (size_t i = 0; i < value->value.len; i++) {
        buf_add_char(&f->value, value->value.data[i]);
        vec_push(&f->origin, shell_word_origin(value, i));
    }
    r->left -= value->value.len;
    f->changed = true;
}

/* Unquoted, a value with blanks makes several words: a part of a word cannot hold it. */
static void fill(Resolver *r, const ShellWord *w, bool assigned, Filled *f) {
    size_t next = 0;
    for (size_t i = 0; i < w->value.len; i++) {
        uint32_t origin = shell_word_origin(w, i);
        while (next < w->reference_count && w->references[next].start < (origin & ~SHELL_APART))
            next++;
        const ShellReference *reference = next < w->reference_count ? &w->references[next] : NULL;
        bool stands = reference && (reference->start | SHELL_APART) == origin;
        const Variable *v = stands ? known(r, reference) : NULL;
        if (v && (assigned || reference->quoted || !has_blank(v->value.value))) {
            put_in(r, f, &v->value);
        } else {
            buf_add_char(&f->value, w->value.data[i]);
            vec_push(&f->origin, origin);
        }
    }
}

static void resolve_word(Resolver *r, ShellWord *w, bool assigned) {
    Filled f = {0};
    if (w->reference_count) fill(r, w, assigned, &f);
    if (f.changed) {
        w->value = str_copy(r->arena, buf_str(&f.value));
        uint32_t *origin = arena_array(r->arena, uint32_t, f.origin.len + 1);
        if (f.origin.len) memcpy(origin, f.origin.items, f.origin.len * sizeof *origin);
        w->origin = origin;
        w->unknown = str_find_char(w->value, SHELL_UNKNOWN) != STR_NONE;
    }
    buf_release(&f.value);
    vec_release(&f.origin);
}

/* A word that is nothing but a variable with blanks in its value; NULL: it is none. */
static const Variable *splits(Resolver *r, const ShellWord *w) {
    if (w->reference_count != 1 || w->value.len != 1 || w->references[0].quoted) return NULL;
    const Variable *v = known(r, &w->references[0]);
    return v && has_blank(v->value.value) ? v : NULL;
}

typedef VEC(ShellWord) Words;

static void split(Resolver *r, const ShellWord *value, Words *out) {
    Str text = value->value;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        while (at < text.len && !strchr(" \t\n", text.data[at])) at++;
        if (at > start) vec_push(out, shell_word_part(value, start, at));
        at++;
    }
    r->left -= text.len;
}

static void resolve_words(Resolver *r, ShellCommand *c) {
    Words words = {0};
    for (size_t i = 0; i < c->word_count; i++) {
        ShellWord word = c->words[i];
        const Variable *v = splits(r, &word);
        if (v) {
            split(r, &v->value, &words);
            continue;
        }
        resolve_word(r, &word, false);
        bool vanishes = !word.value.len && !word.quoted;
        if (!vanishes) vec_push(&words, word);
    }
    ShellWord *copies = arena_array(r->arena, ShellWord, words.len + 1);
    if (words.len) memcpy(copies, words.items, words.len * sizeof *copies);
    c->words = copies;
    c->word_count = words.len;
    vec_release(&words);
}

static bool has_reference(const ShellCommand *c) {
    for (size_t i = 0; i < c->word_count; i++)
        if (c->words[i].reference_count) return true;
    return false;
}

/* ---- the script, in order ---- */

static void assign(Resolver *r, const ShellCommand *c, Str name, const ShellWord *value) {
    Variable *v = variable(r, name);
    v->known = v->assignments == 1 && !value->unknown && !c->subshell;
    v->value = *value;
    v->end = c->span.end;
}

static void take_assignments(Resolver *r, ShellCommand *c) {
    ShellAssignment *copies = arena_array(r->arena, ShellAssignment, c->assignment_count);
    for (size_t i = 0; i < c->assignment_count; i++) {
        copies[i] = c->assignments[i];
        resolve_word(r, &copies[i].value, true);
        if (!c->word_count && copies[i].plain) assign(r, c, copies[i].name, &copies[i].value);
    }
    c->assignments = copies;
}

static void take_declarations(Resolver *r, const ShellCommand *c) {
    for (size_t i = 1; i < c->word_count && declares(c); i++) {
        size_t name = declared_name(&c->words[i]);
        if (!name) continue;
        ShellWord value = shell_word_part(&c->words[i], name + 1, c->words[i].value.len);
        assign(r, c, str_slice(c->words[i].value, 0, name), &value);
    }
}

void shell_resolve(Arena *a, ShellCommand *commands, size_t count) {
    Resolver r = {.arena = a, .left = LIMIT_SCRIPT};
    for (size_t i = 0; i < count; i++) count_assignments(&r, &commands[i]);
    for (size_t i = 0; i < count; i++) {
        ShellCommand *c = &commands[i];
        if (has_reference(c)) resolve_words(&r, c);
        if (c->assignment_count) take_assignments(&r, c);
        take_declarations(&r, c);
        if (is_barrier(c)) r.barrier = c->span.end;
    }
    names_release(&r.names);
    vec_release(&r.variables);
}
