/* Aho-Corasick: a trie of the literals, made into a complete automaton by failure links. */
#include "base/literal.h"

#include <string.h>

enum { MOST_STATES = UINT16_MAX, NO_STATE = UINT16_MAX, WALKS = 4 };

/* The automaton while it is built. States have their trie numbers, the start is 0. */
typedef struct Trie {
    Arena *scratch; /* goes when the table is done */
    const Str *texts;
    uint32_t count;
    uint8_t class_of[256];
    uint32_t classes, states;
    uint16_t *next;      /* [states * classes], NO_STATE where the trie has no edge */
    uint16_t *fail;      /* the state of the longest proper suffix that is in the trie */
    uint16_t *order;     /* states by depth: a state comes after its fail */
    uint32_t *end_at;    /* [count] the state in which literal i ends */
    uint32_t *end_count; /* literals that end in a state, its suffixes' included */
} Trie;

/* Class 0 is for the bytes that no literal uses; it has no column of its own when every byte is
 * used. */
static void fold_classes(Trie *t) {
    bool used[256] = {false};
    size_t distinct = 0;
    for (uint32_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < t->texts[i].len; k++) used[(uint8_t)t->texts[i].data[k]] = true;
    for (int byte = 0; byte < 256; byte++) distinct += used[byte];
    t->classes = distinct < 256 ? 1 : 0;
    for (int byte = 0; byte < 256; byte++)
        if (used[byte]) t->class_of[byte] = (uint8_t)t->classes++;
}

static uint16_t *edge(const Trie *t, size_t state, char byte) {
    return &t->next[state * t->classes + t->class_of[(uint8_t)byte]];
}

/* Room for as many states as there are bytes in all literals, but never for more than can be
 * numbered. */
static size_t most_states(const Trie *t) {
    size_t most = 1;
    for (uint32_t i = 0; i < t->count && most < MOST_STATES; i++) most += t->texts[i].len;
    return most < MOST_STATES ? most : MOST_STATES;
}

static bool insert_all(Trie *t, size_t room, Error *err) {
    t->states = 1;
    for (uint32_t i = 0; i < t->count; i++) {
        uint16_t state = 0;
        for (size_t k = 0; k < t->texts[i].len; k++) {
            uint16_t *to = edge(t, state, t->texts[i].data[k]);
            if (*to == NO_STATE) {
                if (t->states == room)
                    return error_set(err,
                                     "too many literals: they need more than %d states "
                                     "(literal %u of %u); use fewer or shorter ones",
                                     MOST_STATES, i + 1, t->count);
                *to = (uint16_t)t->states++;
            }
            state = *to;
        }
        t->end_at[i] = state;
        t->end_count[state]++;
    }
    return true;
}

/* Breadth first, so that a state's fail is complete before the state is: its row is a copy of the
 * fail's row wherever the trie has no edge. */
static void complete(Trie *t) {
    size_t head = 0, tail = 0;
    t->order[tail++] = 0;
    while (head < tail) {
        uint16_t state = t->order[head++];
        uint16_t *row = &t->next[(size_t)state * t->classes];
        const uint16_t *fallback = &t->next[(size_t)t->fail[state] * t->classes];
        if (state) t->end_count[state] += t->end_count[t->fail[state]];
        for (uint32_t c = 0; c < t->classes; c++) {
            uint16_t from_fail = state ? fallback[c] : 0;
            if (row[c] == NO_STATE) {
                row[c] = from_fail;
            } else {
                t->fail[row[c]] = from_fail;
                t->order[tail++] = row[c];
            }
        }
    }
}

/* New numbers: by depth, states with ends behind all others. The states that a text mostly is in,
 * the shallow ones, so lie side by side in memory. */
static uint16_t *renumber(const Trie *t, uint32_t *first_end) {
    uint16_t *number = arena_array(t->scratch, uint16_t, t->states);
    uint32_t given = 0;
    for (uint32_t i = 0; i < t->states; i++)
        if (!t->end_count[t->order[i]]) number[t->order[i]] = (uint16_t)given++;
    *first_end = given;
    for (uint32_t i = 0; i < t->states; i++)
        if (t->end_count[t->order[i]]) number[t->order[i]] = (uint16_t)given++;
    return number;
}

static const uint16_t *rows(Arena *a, const Trie *t, const uint16_t *number) {
    uint16_t *next = arena_array(a, uint16_t, (size_t)t->states * t->classes);
    for (size_t s = 0; s < t->states; s++)
        for (size_t c = 0; c < t->classes; c++)
            next[number[s] * (size_t)t->classes + c] = number[t->next[s * t->classes + c]];
    return next;
}

/* A state's ends are its own literals and the ends of its fail, which `order` puts before it. */
static void list_ends(Arena *a, const Trie *t, const uint16_t *number, Literals *out) {
    uint32_t *start = arena_array(a, uint32_t, t->states + 1);
    for (uint32_t s = 0; s < t->states; s++) start[number[s] + 1] = t->end_count[s];
    for (uint32_t s = 0; s < t->states; s++) start[s + 1] += start[s];
    uint32_t *ends = arena_array(a, uint32_t, start[t->states]);

    uint32_t *filled = arena_array(t->scratch, uint32_t, t->states);
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t s = t->end_at[i];
        ends[start[number[s]] + filled[s]++] = i;
    }
    for (uint32_t i = 1; i < t->states; i++) {
        uint32_t s = t->order[i], fail = t->fail[s];
        uint32_t inherited = t->end_count[fail];
        if (!inherited) continue;
        memcpy(&ends[start[number[s]] + filled[s]], &ends[start[number[fail]]],
               inherited * sizeof *ends);
    }
    out->end_start = start;
    out->ends = ends;
}

static void finish(Arena *a, Trie *t, Literals *out) {
    complete(t);
    uint8_t *class_of = arena_array(a, uint8_t, 256);
    memcpy(class_of, t->class_of, sizeof t->class_of);
    *out = (Literals){
        .count = t->count, .states = t->states, .classes = t->classes, .class_of = class_of};
    const uint16_t *number = renumber(t, &out->first_end);
    out->next = rows(a, t, number);
    list_ends(a, t, number, out);
}

static bool build(Arena *a, Trie *t, Literals *out, Error *err) {
    for (uint32_t i = 0; i < t->count; i++)
        if (!t->texts[i].len) bug("literal %u is empty", i);
    fold_classes(t);
    size_t room = most_states(t);
    t->next = arena_array(t->scratch, uint16_t, room * t->classes);
    memset(t->next, 0xff, room * t->classes * sizeof *t->next);
    t->fail = arena_array(t->scratch, uint16_t, room);
    t->order = arena_array(t->scratch, uint16_t, room);
    t->end_at = arena_array(t->scratch, uint32_t, t->count);
    t->end_count = arena_array(t->scratch, uint32_t, room);
    if (!insert_all(t, room, err)) return false;
    finish(a, t, out);
    return true;
}

bool literals_build(Arena *a, const Str *texts, size_t count, Literals *out, Error *err) {
    Arena scratch = {0};
    Trie t = {.scratch = &scratch, .texts = texts, .count = (uint32_t)count};
    bool built = build(a, &t, out, err);
    arena_release(&scratch);
    return built;
}

static void mark(const Literals *l, size_t state, uint64_t *seen) {
    for (uint32_t i = l->end_start[state]; i < l->end_start[state + 1]; i++)
        seen[l->ends[i] / 64] |= UINT64_C(1) << (l->ends[i] % 64);
}

static inline size_t step(const Literals *l, size_t state, char byte, uint64_t *seen) {
    state = l->next[state * l->classes + l->class_of[(uint8_t)byte]];
    if (state >= l->first_end) mark(l, state, seen);
    return state;
}

/* A step is a load that waits for the load before it, so one walk through the text leaves the
 * processor idle most of the time: several walks side by side, each through its own part, cost
 * little more than one. A walk then goes on into the next part until it is back at the start of the
 * automaton: no literal that began in its own part can be open any more. The last part takes the
 * bytes left over. */
void literals_scan(const Literals *literals, Str text, uint64_t *seen) {
    if (!literals->count) return;
    const Literals l = *literals; /* `seen` cannot alias a local, so its fields stay in registers */
    const size_t part = text.len / WALKS;
    size_t state[WALKS] = {0};
    for (size_t i = 0; i < part; i++) {
#pragma GCC unroll 8
        for (size_t w = 0; w < WALKS; w++)
            state[w] = step(&l, state[w], text.data[w * part + i], seen);
    }
    for (size_t w = 0; w < WALKS; w++) {
        bool last = w == WALKS - 1;
        for (size_t i = (w + 1) * part; i < text.len && (state[w] || last); i++)
            state[w] = step(&l, state[w], text.data[i], seen);
    }
}
