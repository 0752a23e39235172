/* Which of many literals occur in a text: one pass, however many there are (Aho-Corasick).
 *
 * The automaton is a plain table, so that the build can print it as `static const` data and
 * start-up costs nothing. Bytes are folded into classes (bytes that no literal uses are one class),
 * which keeps the table small enough for the cache.
 *
 *     Literals l;  literals_build(&arena, texts, count, &l);
 *     uint64_t seen[LITERAL_WORDS(count)] = {0};
 *     literals_scan(&l, text, seen);          bit i is set when texts[i] occurs
 */
#ifndef BASE_LITERAL_H
#define BASE_LITERAL_H

#include "base/error.h"
#include "base/str.h"

#define LITERAL_WORDS(count) (((count) + 63) / 64)

typedef struct Literals {
    uint32_t count;          /* literals; bit i of a result stands for the i-th */
    uint32_t states;         /* state 0 is the start */
    uint32_t classes;        /* columns of a row of `next` */
    const uint8_t *class_of; /* [256] byte -> class */
    const uint16_t *next;    /* [states * classes] */
    /* The literals that end in state s are ends[end_start[s] .. end_start[s + 1]). */
    const uint32_t *end_start; /* [states + 1] */
    const uint32_t *ends;
    /* States are numbered so that those with ends come last, from this one on. It only saves the
     * scan from looking: 0 is right for any table. */
    uint32_t first_end;
} Literals;

/* Builds the automaton in the arena. Literals must not be empty. False when the table would need
 * more than 65,535 states (about 4,000 literals), with the reason in err. */
bool literals_build(Arena *a, const Str *texts, size_t count, Literals *out, Error *err);

/* Sets the bit of every literal that occurs in the text; other bits stay as they are. */
void literals_scan(const Literals *l, Str text, uint64_t *seen);

static inline bool literal_seen(const uint64_t *seen, uint32_t literal) {
    return seen[literal / 64] >> (literal % 64) & 1;
}

#endif
