/* Rows for tests of changes: a document, what to do with its resource, and what shall come out.
 *
 *     {"a key is renamed", "a: 1\n", "rename a b", "b: 1\n"}
 *
 * Words, joined by `;`:
 *     set a x | plain a 3 | rename a b | move a b.c | drop a | replace a old new | add a x    steps
 *     quote a                                      one, too
 *     splice a 2-5 text                            bytes 2 to 5 of the decoded text
 *     item a list                                  the value goes into a new sequence
 *     first a                                      the entry comes first
 *     comment a text                               a new entry with a comment line above
 *     split a                                      one more resource, with a copy of the entry
 *     remove                                       no resource
 *     forget a                                     left out without a word
 *
 * Behind the new text: `lost: # c` for each lost comment, `lost in line 2: # c` where the document
 * has several with those words, `copies: 1` when aliases were copied. */
#ifndef CHANGE_PLAN_ROWS_TEST_H
#define CHANGE_PLAN_ROWS_TEST_H

#include "change/plan.h"
#include "change/steps.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

typedef struct Row {
    const char *name, *input, *steps, *want; /* want: the new text, or "refused: why" */
} Row;

typedef struct Words {
    Str items[4]; /* the last one holds the rest */
    size_t len;
} Words;

static inline Words words_of(Str text) {
    Words w = {0};
    text = str_trim(text);
    while (text.len && w.len < 3 && str_split(&text, ' ', &w.items[w.len])) w.len++;
    if (text.len) w.items[w.len++] = text;
    return w;
}

static inline Path row_path(Arena *a, Str text) {
    Path path;
    Error err;
    assert_true(path_parse(a, text, &path, &err));
    return path;
}

static inline Target *target_at(Rewrite *rw, Str key) {
    for (Target *c = rw->first_root->first; c; c = c->next)
        if (c->source && c->source->key && str_eq(c->source->key->value, key)) return c;
    fail_msg("no such entry: " STR_FMT, STR_ARG(key));
    return NULL;
}

static inline void detach_from_root(Rewrite *rw, Target *t) {
    Target *root = rw->first_root, **link = &root->first;
    root->last = NULL;
    for (; *link; link = &(*link)->next) {
        if (*link == t) *link = t->next;
        if (!*link) break;
        root->last = *link;
    }
}

static inline void do_item(Rewrite *rw, Str from, Str to) {
    Target *t = target_at(rw, from), *list = target_seq(rw);
    detach_from_root(rw, t);
    t->next = NULL;
    target_add(list, t);
    target_add_key(rw->first_root, to, list);
}

static inline void do_first(Rewrite *rw, Str key) {
    Target *t = target_at(rw, key);
    detach_from_root(rw, t);
    t->next = rw->first_root->first;
    rw->first_root->first = t;
}

static inline void do_split(Rewrite *rw, Str key) {
    Target *root = target_map(rw);
    target_add(root, target_keep(rw, target_at(rw, key)->source));
    target_add_key(root, STR("new"), target_string(rw, STR("x")));
    rewrite_root(rw, root);
}

static inline void do_splice(Rewrite *rw, Str key, Str range, Str text) {
    uint64_t start, end;
    Str first;
    assert_true(str_split(&range, '-', &first));
    assert_true(str_to_u64(first, &start) && str_to_u64(range, &end));
    target_splice(rw, target_at(rw, key), (uint32_t)start, (uint32_t)end, text);
}

/* False when the words are no step of change/steps.h: then they are done already. */
static inline bool read_step(Rewrite *rw, const Words *w, ChangeStep *s) {
    Str verb = w->items[0], path = w->items[1], second = w->items[2];
    *s = (ChangeStep){.prune = true, .value = second};
    if (str_eq(verb, STR("item")))
        do_item(rw, path, second);
    else if (str_eq(verb, STR("first")))
        do_first(rw, path);
    else if (str_eq(verb, STR("split")))
        do_split(rw, path);
    else if (str_eq(verb, STR("forget")))
        detach_from_root(rw, target_at(rw, path));
    else if (str_eq(verb, STR("splice")))
        do_splice(rw, path, second, w->items[3]);
    else if (str_eq(verb, STR("comment")))
        target_comment(rw, target_add_key(rw->first_root, path, target_plain(rw, STR("1"))),
                       second);
    else if (str_eq(verb, STR("remove")))
        rw->first_root = NULL, rewrite_drop(rw, rw->resource, DROP_LOSS, STR("gone"));
    else
        return true;
    return false;
}

static inline void do_words(Rewrite *rw, Target *root, Str text) {
    static const struct {
        const char *verb;
        ChangeStepKind kind;
    } verbs[] = {{"set", CHANGE_SET},   {"plain", CHANGE_SET},  {"rename", CHANGE_RENAME},
                 {"move", CHANGE_MOVE}, {"drop", CHANGE_DROP},  {"replace", CHANGE_REPLACE},
                 {"add", CHANGE_ADD},   {"quote", CHANGE_QUOTE}};
    Words w = words_of(text);
    ChangeStep s;
    if (!w.len || !read_step(rw, &w, &s)) return;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_eq(w.items[0], str_from(verbs[i].verb))) s.kind = verbs[i].kind;
    s.path = row_path(rw->arena, w.items[1]);
    s.plain = str_eq(w.items[0], STR("plain"));
    if (s.kind == CHANGE_MOVE) s.to = row_path(rw->arena, w.items[2]);
    if (s.kind == CHANGE_DROP) s.value = STR("gone");
    if (s.kind == CHANGE_REPLACE) s.find = w.items[2], s.value = w.items[3];
    steps_apply(rw, root, &s);
}

static inline const Node *row_resource(const Document *doc) {
    const Node *root = doc->root;
    if (root->kind == NODE_SEQ) return root->first;
    const Node *items = node_child(root, STR("items"));
    return items ? items->first : root;
}

static inline void row_lost(Buf *out, Str text, Span comment) {
    Str words = span_text(text, comment);
    bool elsewhere = str_find(str_from_offset(text, comment.end), words) != STR_NONE ||
                     str_find(text, words) < comment.start;
    size_t line = 1;
    for (uint32_t i = 0; i < comment.start; i++) line += text.data[i] == '\n';
    buf_add(out, STR("lost"));
    if (elsewhere) buf_addf(out, " in line %zu", line);
    buf_addf(out, ": " STR_FMT "\n", STR_ARG(words));
}

static inline Str row_result(Arena *a, const Document *doc, const Plan *plan) {
    Buf out = {0};
    edits_apply(doc->text, 0, plan->edits.items, plan->edits.len, &out);
    for (const LostComment *c = plan->lost; c; c = c->next) row_lost(&out, doc->text, c->span);
    if (plan->copies) buf_addf(&out, "copies: %u\n", plan->copies);
    Str text = str_copy(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static inline Str row_run(Arena *a, const Row *row) {
    Document doc;
    assert_true(document_parse(a, str_from(row->input), &doc));
    Rewrite rw;
    rewrite_begin(&rw, a, &doc, row_resource(&doc));
    rw.in_list = rw.resource->parent != NULL;
    Target *root = steps_begin(&rw);
    Str rest = str_from(row->steps), part;
    while (!rw.refused.len && str_split(&rest, ';', &part)) do_words(&rw, root, part);
    Plan plan;
    Str got =
        plan_rewrite(&rw, 0, &plan)
            ? row_result(a, &doc, &plan)
            : str_format(a, "%srefused: " STR_FMT, plan.bug ? "bug, " : "", STR_ARG(plan.refused));
    plan_release(&plan);
    return got;
}

/* How many rows do not give what they want; each is printed. */
static inline size_t rows_failed(const Row *rows, size_t count) {
    Arena a = {0};
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        Str got = row_run(&a, &rows[i]);
        if (!str_eq(got, str_from(rows[i].want))) {
            print_error("%s: got\n" STR_FMT "\nwanted\n%s\n", rows[i].name, STR_ARG(got),
                        rows[i].want);
            failed++;
        }
        arena_reset(&a);
    }
    arena_release(&a);
    return failed;
}

#endif
