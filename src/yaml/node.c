/* Questions about nodes. */
#include "yaml/node.h"

#include "base/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const Node *node_resolve(const Node *n) {
    for (int hops = 0; n && n->kind == NODE_ALIAS; hops++) {
        if (hops > LIMIT_DEPTH) return NULL;
        n = n->target;
    }
    return n;
}

static const Node *child_merged(const Node *map, Str key, int *budget);

/* `<<: *base` and `<<: [*a, *b]`: the first that has the key wins. */
static const Node *merged_from(const Node *merge, Str key, int *budget) {
    merge = node_resolve(merge);
    if (!merge || merge->kind == NODE_MAP) return child_merged(merge, key, budget);
    NODE_EACH (item, merge) {
        const Node *found = child_merged(item, key, budget);
        if (found) return found;
    }
    return NULL;
}

static const Node *child_merged(const Node *map, Str key, int *budget) {
    map = node_resolve(map);
    if (!map || map->kind != NODE_MAP) return NULL;
    const Node *merge = NULL;
    NODE_EACH (value, map) {
        if (--*budget < 0) return NULL;
        if (!value->key || value->key->kind != NODE_SCALAR) continue;
        if (str_eq(value->key->value, key)) return value;
        if (value->key->style == STYLE_PLAIN && str_eq(value->key->value, STR("<<"))) merge = value;
    }
    return merge ? merged_from(merge, key, budget) : NULL;
}

const Node *node_child_within(const Node *map, Str key, int *budget) {
    return node_resolve(child_merged(map, key, budget));
}

const Node *node_child(const Node *map, Str key) {
    int budget = LIMIT_ALIAS_NODES + (map ? (int)map->count : 0);
    return node_child_within(map, key, &budget);
}

const Node *node_item(const Node *seq, uint32_t i) {
    seq = node_resolve(seq);
    if (!seq || seq->kind != NODE_SEQ) return NULL;
    NODE_EACH (item, seq)
        if (i-- == 0) return node_resolve(item);
    return NULL;
}

bool node_is_scalar(const Node *n) {
    n = node_resolve(n);
    return n && n->kind == NODE_SCALAR;
}

Str node_text(const Node *n) {
    n = node_resolve(n);
    return n && n->kind == NODE_SCALAR && !n->templated ? n->value : (Str){0};
}

bool node_is(const Node *n, Str text) {
    n = node_resolve(n);
    return n && n->kind == NODE_SCALAR && !n->templated && str_eq(n->value, text);
}

bool node_is_under(const Node *n, Str key) {
    return n && n->key && str_eq(n->key->value, key);
}

bool plain_is_null(Str s) {
    return !s.len || str_eq(s, STR("~")) || str_eq(s, STR("null")) || str_eq(s, STR("Null")) ||
           str_eq(s, STR("NULL"));
}

bool node_is_null(const Node *n) {
    n = node_resolve(n);
    return n && n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && !n->templated && !n->tag.len &&
           plain_is_null(n->value);
}

bool node_number(const Node *n, double *out) {
    Str text = node_text(n);
    char digits[64];
    if (!text.len || text.len >= sizeof digits) return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789+-.eE", text.data[i])) return false;
    memcpy(digits, text.data, text.len);
    digits[text.len] = '\0';
    char *end;
    errno = 0;
    *out = strtod(digits, &end);
    return *end == '\0' && errno == 0;
}

/* Words that YAML 1.1 or 1.2 reads as booleans or nulls, in any of their three spellings. */
static bool is_typed_word(Str s) {
    static const Str words[] = {
        STR_INIT("y"),   STR_INIT("n"),    STR_INIT("yes"),   STR_INIT("no"),   STR_INIT("on"),
        STR_INIT("off"), STR_INIT("true"), STR_INIT("false"), STR_INIT("null"), STR_INIT(".nan")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(s, words[i])) return true;
    return plain_is_null(s) || str_eq(s, STR("<<")) || str_eq(s, STR("="));
}

/* Numbers in every notation (0x1f, 0o17, 1_000, 12:30:45, 1e3, .inf) and dates: whatever starts
 * like one and goes on with nothing but what numbers and dates are made of. Wider than needed: a
 * wrong yes costs a pair of quotes. */
static bool looks_numeric(Str s) {
    size_t i = s.data[0] == '-' || s.data[0] == '+' ? 1 : 0;
    if (i == s.len) return false;
    char c = s.data[i];
    if (!(c >= '0' && c <= '9') && c != '.') return false;
    for (; i < s.len; i++)
        if (!strchr("0123456789abcdefABCDEFxoXO_.:+-TtZzinINF ", s.data[i])) return false;
    return true;
}

bool plain_is_typed(Str text) {
    return !text.len || is_typed_word(text) || looks_numeric(text);
}

bool node_inside(const Node *n, const Node *outer) {
    while (n && n != outer) n = n->parent;
    return n == outer;
}
