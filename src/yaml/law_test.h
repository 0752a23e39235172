/* The span law, for tests and fuzzing: a container ends where its last child ends, and between
 * leaves there is only white space, comments, indicators and node properties.
 *
 *     Law law = {.doc = &doc};
 *     if (!law_holds(&law)) fail_msg("byte %u: %s", law.at, law.why);
 */
#ifndef YAML_LAW_TEST_H
#define YAML_LAW_TEST_H

#include "yaml/parse.h"

#include <string.h>

typedef struct Law {
    const Document *doc;
    const char *why; /* the first breach … */
    uint32_t at;     /* … and where it is */
    size_t leaves;
} Law;

static inline void law_breach(Law *law, uint32_t at, const char *why) {
    if (law->why) return;
    law->why = why;
    law->at = at;
}

static inline char law_byte(const Law *law, uint32_t at) {
    return at < law->doc->masked.len ? law->doc->masked.data[at] : '\0';
}

static inline uint32_t law_line_end(const Law *law, uint32_t at, uint32_t end) {
    while (at < end && law_byte(law, at) != '\n' && law_byte(law, at) != '\r') at++;
    return at;
}

static inline bool law_end_marker(Law *law, uint32_t at) {
    bool line_start = at == 0 || strchr("\n\r\xBF", law_byte(law, at - 1)); /* BF: of a BOM */
    return line_start && str_starts(str_from_offset(law->doc->masked, at), STR("..."));
}

/* The gap between two leaves; the caller cuts out properties. Directives stand in the first. */
static inline void law_gap(Law *law, uint32_t start, uint32_t end) {
    if (start > end) law_breach(law, start, "a gap that ends before it starts");
    if (start == 0 && str_starts(law->doc->masked, STR("\xEF\xBB\xBF"))) start = 3;
    bool directives = start == 0 || start == 3;
    for (uint32_t i = start; i < end; i++) {
        char c = law_byte(law, i);
        if (c == '#' || (directives && c == '%'))
            i = law_line_end(law, i, end);
        else if (law_end_marker(law, i))
            i += 2;
        else if (!strchr(" \t\r\n:-,{}[]?", c))
            law_breach(law, i, "text between two leaves");
    }
}

static inline void law_scalar(Law *law, const Node *n) {
    char first = law_byte(law, n->span.start);
    char last = n->span.end ? law_byte(law, n->span.end - 1) : '\0';
    bool quoted = n->style == STYLE_DOUBLE || n->style == STYLE_SINGLE;
    char want = n->kind == NODE_ALIAS       ? '*'
                : n->style == STYLE_DOUBLE  ? '"'
                : n->style == STYLE_SINGLE  ? '\''
                : n->style == STYLE_LITERAL ? '|'
                : n->style == STYLE_FOLDED  ? '>'
                                            : first;
    law->leaves++;
    if (first != want || (quoted && last != want))
        law_breach(law, n->span.start, "a leaf that does not start and end with its marks");
}

static inline void law_borders(Law *law, const Node *n) {
    char first = law_byte(law, n->span.start);
    if (n->style == STYLE_BLOCK && n->kind == NODE_SEQ && first != '-')
        law_breach(law, n->span.start, "a block sequence that does not start with a dash");
    if (n->style == STYLE_BLOCK && n->first && n->span.end != n->last->span.end)
        law_breach(law, n->span.end, "a container that does not end with its last child");
    if (n->style == STYLE_FLOW && (first == '[' || first == '{') && n->span.end) {
        char last = law_byte(law, n->span.end - 1);
        bool pair = n->count == 1 && n->last->span.end == n->span.end; /* `[{a}: b]` */
        if (!pair && last != (n->kind == NODE_SEQ ? ']' : '}'))
            law_breach(law, n->span.end, "a flow collection without its closing bracket");
    }
    if (n->first && n->span.end < n->last->span.end)
        law_breach(law, n->span.end, "a child sticks out");
}

/* Checks the node and answers where it ends; everything before `at` is accounted for. */
static inline uint32_t law_node(Law *law, const Node *n, uint32_t at) {
    if (!span_empty(n->properties)) {
        law_gap(law, at, n->properties.start);
        at = n->properties.end;
    }
    if (n->span.start < at && !span_empty(n->span)) law_breach(law, n->span.start, "nodes overlap");
    if (n->kind == NODE_SCALAR || n->kind == NODE_ALIAS) {
        law_scalar(law, n);
        law_gap(law, at, n->span.start);
        return n->span.end;
    }
    law_borders(law, n);
    NODE_EACH (child, n) {
        if (child->parent != n) law_breach(law, child->span.start, "a child with another parent");
        if (child->key) at = law_node(law, child->key, at);
        at = law_node(law, child, at);
    }
    if (n->span.end > at) law_gap(law, at, n->span.end);
    return n->span.end > at ? n->span.end : at;
}

static inline bool law_holds(Law *law) {
    const Document *d = law->doc;
    if (d->root) law_gap(law, law_node(law, d->root, 0), (uint32_t)d->masked.len);
    return !law->why;
}

#endif
