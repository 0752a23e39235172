/* Random documents for tests: everything that manifests do with indentation, comments and quotes.
 *
 * Deterministic: the same seed gives the same bytes. Keys (`k7`), leaves (`v8`) and comments
 * (`# c9`) carry a number that no other has, so that a test can tell which of them are left.
 *
 *     Random r = {.state = round};
 *     random_document(&r, RANDOM_DOCUMENT, &text);          text is a Buf
 */
#ifndef CHANGE_RANDOM_YAML_TEST_H
#define CHANGE_RANDOM_YAML_TEST_H

#include "base/buf.h"

typedef enum {
    RANDOM_DOCUMENT, /* a block map, perhaps indented as a whole, with `---` and `...` */
    RANDOM_ITEM,     /* an item of a List that was cut off */
    RANDOM_LIST,     /* a List with its items */
    RANDOM_JSON,     /* a JSON object */
    RANDOM_JSON_ITEM,
    RANDOM_JSON_LIST,
    RANDOM_SHAPES,
} RandomShape;

typedef struct Random {
    uint64_t state;
    uint32_t number;  /* of the key, leaf or comment that comes next */
    uint32_t anchors; /* written so far */
    const char *newline;
    bool json, compact;
    uint32_t step; /* of indentation */
    uint32_t depth;
} Random;

static inline uint32_t random_below(Random *r, uint32_t n) {
    r->state += 0x9E3779B97F4A7C15u; /* splitmix64 */
    uint64_t x = r->state;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((x ^ (x >> 31)) % n);
}

static inline bool random_one_in(Random *r, uint32_t n) {
    return random_below(r, n) == 0;
}

/* ---- lines and comments ---- */

static inline void random_break(Random *r, Buf *out) {
    buf_add(out, str_from(r->newline));
}

static inline void random_comment(Random *r, Buf *out) {
    switch (random_below(r, 6)) {
    case 0: buf_addf(out, "#c%u", r->number++); break;
    case 1: buf_addf(out, "# - c%u", r->number++); break;
    case 2: buf_addf(out, "# c%u: x", r->number++); break;
    default: buf_addf(out, "# c%u", r->number++);
    }
    if (random_one_in(r, 10)) buf_add_char(out, ' ');
}

static inline void random_line_end(Random *r, Buf *out) {
    if (!r->json && random_one_in(r, 6)) {
        buf_add(out, random_one_in(r, 6) ? STR("\t") : random_one_in(r, 3) ? STR("   ") : STR(" "));
        random_comment(r, out);
    } else if (!r->json && random_one_in(r, 20)) {
        buf_add_char(out, random_one_in(r, 3) ? '\t' : ' ');
    }
    random_break(r, out);
}

static inline void random_comment_line(Random *r, uint32_t column, Buf *out) {
    buf_add_repeat(out, ' ', column);
    random_comment(r, out);
    random_break(r, out);
}

/* What may stand above an entry. */
static inline void random_margin(Random *r, uint32_t column, Buf *out) {
    if (random_one_in(r, 12)) random_comment_line(r, column, out);
    if (random_one_in(r, 7)) {
        buf_add_repeat(out, ' ', random_one_in(r, 5) ? random_below(r, 5) : 0);
        random_break(r, out);
    }
    if (random_one_in(r, 14)) {
        random_comment_line(r, random_below(r, column + 3), out);
        random_break(r, out);
    }
    for (uint32_t i = random_one_in(r, 6) ? 1 + random_below(r, 2) : 0; i; i--)
        random_comment_line(r, column, out);
}

/* ---- scalars ---- */

static inline void random_more_line(Random *r, uint32_t column, Buf *out) {
    random_break(r, out);
    if (random_one_in(r, 5)) random_break(r, out);
    buf_add_repeat(out, ' ', column + 1 + random_below(r, 3));
}

static inline void random_quoted(Random *r, uint32_t column, bool spread, Buf *out) {
    uint32_t n = r->number++;
    if (r->json || random_one_in(r, 2)) {
        static const char *const inside[] = {"",     "\\n",   " \\\"x\\\" ", "\\u00e9",
                                             "\\\\", "# no ", "é: , [x]",    "12"};
        buf_addf(out, "\"v%u%s", n, inside[random_below(r, r->json ? 5 : 8)]);
        if (spread && !r->json && random_one_in(r, 3)) {
            if (random_one_in(r, 2)) buf_add_char(out, '\\');
            random_more_line(r, column, out);
            buf_add(out, STR("more"));
        }
        buf_add_char(out, '"');
        return;
    }
    static const char *const inside[] = {"", "''", " # no", ": {x}", "\\"};
    buf_addf(out, "'v%u%s", n, inside[random_below(r, 5)]);
    if (spread && random_one_in(r, 4)) {
        random_more_line(r, column, out);
        buf_add(out, STR("more"));
    }
    buf_add_char(out, '\'');
}

static inline void random_plain(Random *r, uint32_t column, bool spread, Buf *out) {
    switch (random_below(r, spread ? 10 : 9)) {
    case 0: buf_addf(out, "%u", 1000 + r->number++); break;
    case 1: buf_add(out, random_one_in(r, 2) ? STR("true") : STR("null")); break;
    case 2: buf_addf(out, "http://v%u:80/a#b", r->number++); break;
    case 3: buf_addf(out, "-v%u", r->number++); break;
    case 4:
        buf_addf(out, "v%u words", r->number++);
        if (!spread) break;
        random_more_line(r, column, out);
        buf_add(out, STR("more"));
        break;
    case 9: buf_addf(out, "{{ .v%u }}", r->number++); break;
    default: buf_addf(out, "v%u", r->number++);
    }
}

/* Lines of a block scalar at `indent`; the first one may be blank. */
static inline void random_block_lines(Random *r, uint32_t indent, bool indicator, Buf *out) {
    for (uint32_t i = 0, count = 1 + random_below(r, 4); i < count; i++) {
        if (random_one_in(r, 5)) {
            buf_add_repeat(out, ' ', random_below(r, i || indicator ? indent + 3 : indent));
            random_break(r, out);
        }
        buf_add_repeat(out, ' ', indent + (i || indicator ? random_below(r, 3) : 0));
        if (random_one_in(r, 12) && (i || indicator)) buf_add_char(out, '\t');
        buf_addf(out,
                 random_one_in(r, 6)    ? "# v%u"
                 : random_one_in(r, 20) ? "{{ if .v%u }}"
                                        : "v%u",
                 r->number++);
        random_break(r, out);
    }
    for (uint32_t i = random_below(r, 3); i; i--) {
        if (random_one_in(r, 4)) buf_add_repeat(out, ' ', random_below(r, indent + 3));
        random_break(r, out);
    }
}

/* Behind `key:` or `-`, at the column of the key or the dash. */
static inline void random_block_scalar(Random *r, uint32_t column, Buf *out) {
    uint32_t extra = 1 + random_below(r, 4);
    bool indicator = random_one_in(r, 4);
    buf_add(out, random_one_in(r, 2) ? STR(" |") : STR(" >"));
    if (indicator) buf_addf(out, "%u", extra);
    if (random_one_in(r, 2)) buf_add_char(out, random_one_in(r, 2) ? '+' : '-');
    random_line_end(r, out);
    if (!random_one_in(r, 12)) random_block_lines(r, column + extra, indicator, out);
}

/* ---- collections ---- */

static inline void random_key(Random *r, Buf *out) {
    uint32_t n = r->number++, kind = r->json ? 7 : random_below(r, 10);
    buf_addf(out, kind == 7 ? "\"k%u\"" : kind == 8 ? "'k%u'" : "k%u", n);
    if (kind == 9) buf_add_char(out, ' ');
    buf_add_char(out, ':');
}

static inline void random_flow(Random *r, uint32_t column, Buf *out);

static inline void random_flow_value(Random *r, uint32_t column, Buf *out) {
    if (r->depth < 4 && random_one_in(r, 4))
        random_flow(r, column, out);
    else if (r->json && random_one_in(r, 4))
        buf_addf(out, "%u", r->number++);
    else if (r->json || random_one_in(r, 3))
        random_quoted(r, column, false, out);
    else if (r->anchors && random_one_in(r, 12))
        buf_addf(out, "*a%u ", random_below(r, r->anchors));
    else
        random_plain(r, column, false, out);
}

static inline void random_flow_space(Random *r, bool spread, uint32_t column, Buf *out) {
    if (!spread) {
        if (!r->compact) buf_add_char(out, ' ');
        return;
    }
    random_line_end(r, out);
    if (!r->json && random_one_in(r, 8)) random_comment_line(r, column, out);
    buf_add_repeat(out, ' ', column);
}

/* A flow collection whose line is indented by `column`. */
static inline void random_flow(Random *r, uint32_t column, Buf *out) {
    bool map = random_one_in(r, 2), spread = r->json ? !r->compact : random_one_in(r, 4);
    uint32_t count = random_below(r, 4), inner = column + r->step;
    buf_add_char(out, map ? '{' : '[');
    r->depth++;
    if (count && !spread && !r->json && random_one_in(r, 6)) buf_add_char(out, ' ');
    if (count && spread) random_flow_space(r, true, inner, out);
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_add_char(out, ','), random_flow_space(r, spread, inner, out);
        if (map) random_key(r, out);
        if (map && !r->compact) buf_add_char(out, ' ');
        random_flow_value(r, inner, out);
    }
    if (count && !r->json && random_one_in(r, 10)) buf_add_char(out, ',');
    if (count && spread) random_flow_space(r, true, column, out);
    r->depth--;
    buf_add_char(out, map ? '}' : ']');
}

static inline void random_map(Random *r, uint32_t column, bool inline_first, uint32_t count,
                              Buf *out);
static inline void random_seq(Random *r, uint32_t column, bool inline_first, Buf *out);

/* A map or sequence below `key:`, or behind a dash. */
static inline void random_collection(Random *r, uint32_t column, bool in_map, Buf *out) {
    bool map = random_one_in(r, 2), anchor = random_one_in(r, 12);
    uint32_t inner = column + (in_map ? r->step : 2);
    if (in_map && !map && random_one_in(r, 2)) inner = column;
    r->depth++;
    if (!in_map && !anchor && !random_one_in(r, 6)) {
        uint32_t wide = random_one_in(r, 6) ? 2 : 0;
        buf_add_repeat(out, ' ', 1 + wide);
        inner += wide;
        if (map)
            random_map(r, inner, true, 1 + random_below(r, 3), out);
        else
            random_seq(r, inner, true, out);
    } else {
        if (anchor) buf_addf(out, " &a%u", r->anchors);
        random_line_end(r, out);
        if (map)
            random_map(r, inner, false, 1 + random_below(r, 3), out);
        else
            random_seq(r, inner, false, out);
        if (anchor) r->anchors++;
    }
    r->depth--;
}

/* Behind `key:` or `-`, up to the end of its last line. */
static inline void random_value(Random *r, uint32_t column, bool in_map, Buf *out) {
    uint32_t kind = random_below(r, 16);
    if (kind < 5 && r->depth < 4) {
        random_collection(r, column, in_map, out);
        return;
    }
    if (kind == 5) {
        random_block_scalar(r, column, out);
        return;
    }
    if (in_map && kind == 6 && random_one_in(r, 2)) { /* the value on a line of its own */
        random_line_end(r, out);
        if (random_one_in(r, 2)) random_comment_line(r, column + 2, out);
        buf_add_repeat(out, ' ', column + 1);
    }
    buf_add_char(out, ' ');
    if (kind == 7 && random_one_in(r, 3)) buf_addf(out, "&a%u ", r->anchors++);
    if (kind == 8 && r->anchors)
        buf_addf(out, "*a%u", random_below(r, r->anchors));
    else if (kind == 9)
        buf_add(out, random_one_in(r, 2) ? STR("{}") : STR(""));
    else if (kind == 10)
        random_flow(r, column, out);
    else if (kind < 13)
        random_quoted(r, column, true, out);
    else
        random_plain(r, column, true, out);
    random_line_end(r, out);
}

static inline void random_end(Random *r, uint32_t column, Buf *out) {
    if (random_one_in(r, 10)) random_break(r, out);
    if (random_one_in(r, 10)) random_comment_line(r, column, out);
}

static inline void random_map(Random *r, uint32_t column, bool inline_first, uint32_t count,
                              Buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        if (i || !inline_first) {
            random_margin(r, column, out);
            buf_add_repeat(out, ' ', column);
        }
        random_key(r, out);
        random_value(r, column, true, out);
    }
    random_end(r, column, out);
}

static inline void random_seq(Random *r, uint32_t column, bool inline_first, Buf *out) {
    for (uint32_t i = 0, count = 1 + random_below(r, 3); i < count; i++) {
        if (i || !inline_first) {
            random_margin(r, column, out);
            buf_add_repeat(out, ' ', column);
        }
        buf_add_char(out, '-');
        random_value(r, column, false, out);
    }
    random_end(r, column, out);
}

/* ---- documents ---- */

static inline void random_json_object(Random *r, uint32_t column, Buf *out) {
    bool spread = !r->compact;
    buf_add_char(out, '{');
    r->depth++;
    for (uint32_t i = 0, count = 1 + random_below(r, 4); i < count; i++) {
        if (i) buf_add_char(out, ',');
        if (i || spread) random_flow_space(r, spread, column + r->step, out);
        random_key(r, out);
        if (!r->compact) buf_add_char(out, ' ');
        random_flow_value(r, column + r->step, out);
    }
    r->depth--;
    if (spread) random_flow_space(r, true, column, out);
    buf_add_char(out, '}');
}

static inline void random_json(Random *r, RandomShape shape, Buf *out) {
    r->json = true;
    r->compact = random_one_in(r, 3);
    if (shape != RANDOM_JSON_LIST) {
        random_json_object(r, shape == RANDOM_JSON_ITEM ? 4 : 0, out);
    } else {
        uint32_t column = r->compact ? 0 : 4;
        buf_add(out, STR("{\"kind\": \"List\", \"items\": ["));
        for (uint32_t i = 0, count = 1 + random_below(r, 3); i < count; i++) {
            if (i) buf_add_char(out, ',');
            random_flow_space(r, !r->compact, column, out);
            random_json_object(r, column, out);
        }
        random_flow_space(r, !r->compact, 0, out);
        buf_add(out, STR("]}"));
    }
    if (shape != RANDOM_JSON_ITEM && random_one_in(r, 2)) random_break(r, out);
}

static inline void random_item(Random *r, uint32_t column, Buf *out) {
    buf_add_repeat(out, ' ', column);
    buf_add(out, STR("- "));
    random_map(r, column + 2, true, 1 + random_below(r, 4), out);
}

static inline void random_whole(Random *r, Buf *out) {
    uint32_t column = random_one_in(r, 5) ? 4 : 0;
    if (random_one_in(r, 5)) {
        random_comment_line(r, column, out);
        random_break(r, out);
    }
    if (!column && random_one_in(r, 4)) {
        buf_add(out, STR("---"));
        random_line_end(r, out);
    }
    random_map(r, column, false, 1 + random_below(r, 5), out);
    if (!column && random_one_in(r, 12)) {
        buf_add(out, STR("..."));
        random_break(r, out);
    }
}

static inline void random_list(Random *r, Buf *out) {
    uint32_t column = random_one_in(r, 2) ? 2 : 0;
    buf_addf(out, "kind: List%sitems:%s", r->newline, r->newline);
    for (uint32_t i = 1 + random_below(r, 3); i; i--) {
        random_margin(r, column, out);
        random_item(r, column, out);
    }
    if (random_one_in(r, 3)) buf_addf(out, "metadata: {}%s", r->newline);
}

static inline void random_document(Random *r, RandomShape shape, Buf *out) {
    r->newline = random_one_in(r, 8) ? "\r\n" : "\n";
    r->step = random_one_in(r, 4) ? 4 : 2;
    if (shape >= RANDOM_JSON) {
        random_json(r, shape, out);
        return;
    }
    if (shape == RANDOM_DOCUMENT) random_whole(r, out);
    if (shape == RANDOM_ITEM) random_item(r, random_one_in(r, 2) ? 2 : 0, out);
    if (shape == RANDOM_LIST) random_list(r, out);
    if (random_one_in(r, 6)) /* no final newline */
        while (out->len && (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == '\r'))
            out->len--;
}

#endif
