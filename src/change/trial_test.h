/* Trials for tests: a random change is planned, and the laws of change/law_test.h are held against
 * what comes out.
 *
 *     Trials t = {0};
 *     for (each round) trial_run(&r, number, &t);
 *     trials_print(&t);
 *     assert_int_equal(t.failed, 0); */
#ifndef CHANGE_TRIAL_TEST_H
#define CHANGE_TRIAL_TEST_H

#include "base/map.h"
#include "change/law_test.h"
#include "change/random_change_test.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

static inline uint64_t number_from(const char *variable, uint64_t otherwise) {
    uint64_t n;
    return str_to_u64(str_from(getenv(variable)), &n) ? n : otherwise;
}

typedef struct Trials {
    size_t planned, refused, unreadable, failed;
    bool show;
    Names reasons; /* of refusals */
    VEC(size_t) times;
} Trials;

/* ---- judging ---- */

static inline void show_part(const char *title, Str text) {
    fprintf(stderr, "---- %s\n", title);
    fprintf(stderr, STR_FMT "\n", STR_ARG(text));
}

static inline void show(const Round *r, uint64_t round, Str text, Str verdict) {
    Buf wanted = {0};
    for (const Target *t = r->rw.first_root; t; t = t->next)
        law_write_target(&wanted, t), buf_add_char(&wanted, '\n');
    fprintf(stderr, "==== round %llu\n", (unsigned long long)round);
    show_part("verdict", verdict);
    show_part("source", r->doc.text);
    show_part("wanted", buf_str(&wanted));
    show_part("text", text);
    buf_release(&wanted);
}

static inline void count_reason(Trials *counts, Str reason) {
    uint32_t number = names_intern(&counts->reasons, reason);
    if (number == counts->times.len) vec_push(&counts->times, 0);
    counts->times.items[number]++;
}

/* Plans what the rewrite wants; what comes out, or nothing when it is refused or breaks a law. */
static inline Str judge(Round *r, uint64_t round, Trials *counts, bool untouched) {
    Plan plan;
    Str text;
    bool planned = plan_rewrite(&r->rw, 0, &plan);
    Str breach = change_breach(&r->arena, &r->rw, &plan, planned, &text);
    if (!breach.len && untouched && planned && plan.edits.len) breach = STR("edits for nothing");
    if (!breach.len && untouched && plan.lost) breach = STR("comments lost for nothing");
    counts->planned += planned;
    counts->refused += !planned;
    if (!planned) count_reason(counts, plan.refused);
    counts->failed += breach.len > 0;
    if (counts->show || (breach.len && counts->failed <= 3))
        show(r, round, text, breach.len ? breach : plan.refused);
    plan_release(&plan);
    return breach.len || !planned ? (Str){0} : text;
}

/* Without a root the document or the item goes. */
static inline void removal_round(Round *r, uint64_t round, Trials *counts) {
    rewrite_drop(&r->rw, r->rw.resource, DROP_LOSS, STR("gone"));
    judge(r, round, counts, false);
}

static inline void tree_round(Round *r, uint64_t round, Trials *counts) {
    random_tree(r);
    judge(r, round, counts, false);
}

static inline void steps_round(Round *r, uint64_t round, Trials *counts) {
    Target *root = steps_begin(&r->rw);
    collect_nodes(r, r->rw.resource);
    for (uint32_t i = 1 + random_below(&r->random, 3); i; i--) {
        ChangeStep s = random_step(r, random_below(&r->random, 5));
        if (!steps_apply(&r->rw, root, &s)) break;
    }
    judge(r, round, counts, false);
}

static inline void identity_round(Round *r, uint64_t round, Trials *counts) {
    steps_begin(&r->rw);
    judge(r, round, counts, true);
}

/* The resource of a text that came out, where it stood before. */
static inline bool again(Round *r, Str text) {
    uint32_t place = 0;
    const Node *old = r->rw.resource;
    if (old->parent)
        for (const Node *n = old->parent->first; n != old; n = n->next) place++;
    bool in_list = r->rw.in_list;
    if (!document_parse(&r->arena, text, &r->doc) || !r->doc.root) return false;
    const Node *root = r->doc.root;
    if (old->parent)
        root = node_item(root->kind == NODE_MAP ? node_child(root, STR("items")) : root, place);
    rewrite_begin(&r->rw, &r->arena, &r->doc, root);
    r->rw.in_list = in_list;
    return true;
}

/* Twice is once: set and drop find nothing left to do. */
static inline void twice_round(Round *r, uint64_t round, Trials *counts) {
    ChangeStep steps[3];
    size_t count = 0;
    ChangeStepKind kind = random_one_in(&r->random, 2) ? CHANGE_SET : CHANGE_DROP;
    collect_nodes(r, r->rw.resource);
    for (int i = 0; i < 3; i++) {
        steps[count] = random_step(r, kind);
        if (!has_index(&steps[count].path)) count++;
    }
    for (int time = 0; time < 2; time++) {
        Target *root = steps_begin(&r->rw);
        for (size_t i = 0; i < count; i++)
            if (!steps_apply(&r->rw, root, &steps[i])) break;
        Str text = judge(r, round, counts, time == 1);
        if (!text.len || !again(r, text)) return;
    }
}

/* One random change of the round's resource. */
static inline void trial_run(Round *r, uint64_t round, Trials *counts) {
    switch (random_below(&r->random, 10)) {
    case 0: identity_round(r, round, counts); break;
    case 1: twice_round(r, round, counts); break;
    case 2:
    case 3: steps_round(r, round, counts); break;
    case 4: removal_round(r, round, counts); break;
    default: tree_round(r, round, counts);
    }
}

static inline void trials_print(Trials *t) {
    print_message("%zu planned, %zu of the documents unreadable, %zu refused:\n", t->planned,
                  t->unreadable, t->refused);
    for (uint32_t i = 0; i < t->times.len; i++)
        print_message("%6zu " STR_FMT "\n", t->times.items[i], STR_ARG(names_text(&t->reasons, i)));
    names_release(&t->reasons);
    vec_release(&t->times);
}

#endif
