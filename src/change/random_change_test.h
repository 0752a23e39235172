/* Random changes for tests: target trees and steps that no conversion would want, but could.
 *
 *     Round r = {.random = {.state = seed}};
 *     … r.doc parsed, r.rw begun …
 *     random_tree(&r);            or steps_begin, and random_step for each step
 *     round_end(&r); */
#ifndef CHANGE_RANDOM_CHANGE_TEST_H
#define CHANGE_RANDOM_CHANGE_TEST_H

#include "base/vec.h"
#include "change/random_yaml_test.h"
#include "change/steps.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

typedef struct Round {
    Random random;
    Arena arena;
    Document doc;
    Rewrite rw;
    VEC(const Node *) nodes; /* those that may be moved or copied to another place */
    VEC(const Node *) homeless;
} Round;

/* ---- random target trees ---- */

static inline void collect_nodes(Round *r, const Node *n) {
    NODE_EACH (child, n) {
        vec_push(&r->nodes, child);
        collect_nodes(r, child);
    }
}

static inline Str new_key(Round *r) {
    return str_format(&r->arena, "n%u", r->random.number++);
}

static inline Target *add(Round *r, Target *parent, Target *child, bool new_name) {
    bool map = target_is_map(parent);
    if (!map) return target_add(parent, child);
    return new_name ? target_add_key(parent, new_key(r), child) : target_add(parent, child);
}

static inline Target *random_new(Round *r, uint32_t depth) {
    Random *random = &r->random;
    uint32_t kind = random_below(random, depth > 2 ? 2 : 4);
    if (kind == 0) return target_plain(&r->rw, str_format(&r->arena, "%u", random->number++));
    if (kind == 1) {
        static const char *const texts[] = {"w",    "3", "two words", "a: b",
                                            "x #y", "",  "two\nlines"};
        return target_string(&r->rw, str_from(texts[random_below(random, 7)]));
    }
    Target *t = kind == 2 ? target_map(&r->rw) : target_seq(&r->rw);
    for (uint32_t i = random_below(random, 3); i; i--) add(r, t, random_new(r, depth + 1), true);
    return t;
}

static inline Target *random_splice(Round *r, const Node *n) {
    static const char *const texts[] = {"", "w", "it's", "\"q\"", "two\nlines", " # x", "\\"};
    uint32_t len = (uint32_t)n->value.len, start = random_below(&r->random, len);
    while (start && ((unsigned char)n->value.data[start] & 0xC0) == 0x80) start--;
    uint32_t end = start + random_below(&r->random, len - start + 1);
    while (end < len && ((unsigned char)n->value.data[end] & 0xC0) == 0x80) end++;
    Target *t = target_keep(&r->rw, n);
    target_splice(&r->rw, t, start, end, str_from(texts[random_below(&r->random, 7)]));
    return t;
}

static inline Target *random_target(Round *r, const Node *n);

static inline void random_child(Round *r, Target *parent, const Node *child) {
    Random *random = &r->random;
    switch (random_below(random, 12)) {
    case 0: rewrite_drop(&r->rw, child, DROP_LOSS, STR("gone")); break;
    case 1: vec_push(&r->homeless, child); break;
    case 2: add(r, parent, random_target(r, child), true); break;
    case 3:
    case 4:
    case 5: add(r, parent, random_target(r, child), false); break;
    default: add(r, parent, target_keep(&r->rw, child), false);
    }
    if (random_one_in(random, 12)) {
        Target *t = add(r, parent, random_new(r, 0), true);
        if (random_one_in(random, 3)) target_comment(&r->rw, t, STR("new\ncomment"));
    }
    if (random_one_in(random, 20)) {
        const Node *copy = r->nodes.items[random_below(random, (uint32_t)r->nodes.len)];
        if (!node_inside(parent->source, copy)) add(r, parent, target_keep(&r->rw, copy), true);
    }
    while (r->homeless.len && random_one_in(random, 2)) {
        const Node *homeless = r->homeless.items[--r->homeless.len];
        add(r, parent, random_target(r, homeless), true);
    }
}

/* The node with its children kept, changed, in another order, dropped, or moved somewhere else. */
static inline Target *random_target(Round *r, const Node *n) {
    Random *random = &r->random;
    if (n->kind == NODE_SCALAR && !n->templated && random_one_in(random, 4))
        return target_set(&r->rw, n, STR("set"));
    if (n->kind == NODE_SCALAR && n->value.len && !n->templated && random_one_in(random, 6))
        return random_splice(r, n);
    if (!n->first || random_one_in(random, 4)) return target_keep(&r->rw, n);
    Target *t = target_within(&r->rw, n);
    const Node *late = NULL;
    NODE_EACH (child, n) {
        if (!late && random_one_in(random, 8))
            late = child;
        else
            random_child(r, t, child);
    }
    if (late) random_child(r, t, late);
    return t;
}

static inline void random_tree(Round *r) {
    collect_nodes(r, r->rw.resource);
    Target *first = target_within(&r->rw, r->rw.resource);
    NODE_EACH (child, r->rw.resource) random_child(r, first, child);
    Target *last = first;
    rewrite_root(&r->rw, first);
    while (random_one_in(&r->random, 4)) {
        last = random_one_in(&r->random, 2) ? target_map(&r->rw)
                                            : target_within(&r->rw, r->rw.resource);
        random_child(r, last, r->rw.resource->first);
        add(r, last, random_new(r, 0), true);
        rewrite_root(&r->rw, last);
    }
    while (r->homeless.len)
        add(r, last, target_keep(&r->rw, r->homeless.items[--r->homeless.len]), true);
}

/* ---- random steps ---- */

static inline Path path_to(Round *r, const Node *n) {
    Buf text = {0};
    path_write(&text, r->rw.resource, n);
    Path path;
    Error err;
    assert_true(path_parse(&r->arena, buf_str(&text), &path, &err));
    buf_release(&text);
    return path;
}

/* Into a map of the resource, or into a new one. */
static inline Path new_place(Round *r) {
    const Node *n = r->nodes.items[random_below(&r->random, (uint32_t)r->nodes.len)];
    while (n->kind != NODE_MAP) n = n->parent;
    Path in = node_inside(n, r->rw.resource) ? path_to(r, n) : (Path){0};
    size_t more = 1 + random_below(&r->random, 2);
    Step *steps = arena_array(&r->arena, Step, in.count + more);
    for (size_t i = 0; i < in.count; i++) steps[i] = in.steps[i];
    for (size_t i = 0; i < more; i++)
        steps[in.count + i] = (Step){.kind = STEP_KEY, .key = new_key(r)};
    return (Path){steps, in.count + more};
}

static inline ChangeStep random_step(Round *r, ChangeStepKind kind) {
    Random *random = &r->random;
    const Node *n = r->nodes.items[random_below(random, (uint32_t)r->nodes.len)];
    ChangeStep s = {.kind = kind,
                    .path = path_to(r, n),
                    .value = STR("changed"),
                    .find = STR("v"),
                    .plain = random_one_in(random, 3),
                    .prune = random_one_in(random, 2)};
    if (s.plain) s.value = STR("7");
    if (s.kind == CHANGE_SET && random_one_in(random, 3)) s.path = new_place(r);
    if (s.kind == CHANGE_MOVE) s.to = new_place(r);
    if (s.kind == CHANGE_RENAME) s.value = new_key(r);
    if (s.kind == CHANGE_REPLACE) s.value = STR("w");
    return s;
}

static inline bool has_index(const Path *p) {
    for (size_t i = 0; i < p->count; i++)
        if (p->steps[i].kind != STEP_KEY) return true;
    return false;
}

static inline void round_end(Round *r) {
    vec_release(&r->nodes);
    vec_release(&r->homeless);
    arena_release(&r->arena);
    *r = (Round){0};
}

#endif
