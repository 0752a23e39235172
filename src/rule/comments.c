/* Comments that ask for silence, and what the tree around them says. */
#include "rule/comments.h"

#include "base/limits.h"
#include "model/embedded.h"
#include "rule/suppress.h"

static void add(void *context, Span span, Str text, bool own_line) {
    FoundComments *out = context;
    vec_push(out, (FoundComment){.span = span, .text = text, .own_line = own_line});
}

void comments_find(Str text, FoundComments *out) {
    suppress_each(text, add, out);
}

/* One document, whose spans count from `start` of the text that was searched. */
typedef struct Placing {
    Arena *arena;
    FoundComments *found;
    Document doc;
    uint32_t start;
    uint8_t form; /* of the document: bits of DocumentForm */
    unsigned depth;
} Placing;

/* The first that starts at or behind the offset. */
static size_t first_from(const FoundComments *found, uint32_t offset) {
    size_t low = 0, high = found->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found->items[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void stand(Placing *p, uint32_t start, uint32_t end, CommentStanding standing) {
    FoundComments *found = p->found;
    for (size_t i = first_from(found, p->start + start);
         i < found->len && found->items[i].span.start < p->start + end; i++)
        found->items[i].standing = standing;
}

/* Behind the header of a block scalar (`key: |  # like this`) a comment is one. */
static uint32_t behind_header(const Placing *p, const Node *n) {
    size_t length = str_find_char(span_text(p->doc.text, n->span), '\n');
    return length == STR_NONE ? n->span.end : n->span.start + (uint32_t)length;
}

static void place_scalar(Placing *p, const Node *n) {
    bool block = n->style == STYLE_LITERAL || n->style == STYLE_FOLDED;
    stand(p, block ? behind_header(p, n) : n->span.start, n->span.end,
          block ? COMMENT_SCRIPT : COMMENT_TEXT);
}

/* Recursion is bounded by LIMIT_DEPTH. */
static void place_node(Placing *p, const Node *n) {
    if (n->kind == NODE_SCALAR) place_scalar(p, n);
    if (n->kind != NODE_MAP && n->kind != NODE_SEQ) return;
    NODE_EACH (child, n) {
        if (child->key) place_node(p, child->key);
        place_node(p, child);
    }
}

static void place(Placing *p, Str text);

static void place_embedded(void *context, const Embedded *e) {
    Placing *outer = context;
    Placing inner = {.arena = outer->arena,
                     .found = outer->found,
                     .form = e->form,
                     .start = outer->start + e->lines.start,
                     .depth = outer->depth + 1};
    if (inner.depth <= LIMIT_EMBEDDED_DEPTH) place(&inner, span_text(outer->doc.text, e->lines));
}

/* A manifest in a text has the last word on the comments in it. */
static void place(Placing *p, Str text) {
    uint32_t end = p->start + (uint32_t)text.len;
    size_t first = first_from(p->found, p->start);
    if (first == p->found->len || p->found->items[first].span.start >= end) return;
    bool parsed = document_parse_as(p->arena, text, p->form, &p->doc);
    stand(p, 0, (uint32_t)text.len, parsed ? COMMENT_REAL : COMMENT_UNSURE);
    if (!p->doc.root) return;
    place_node(p, p->doc.root);
    embedded_each(&p->doc, place_embedded, p);
}

void comments_place(Arena *a, Str document, uint32_t start, FoundComments *found) {
    Placing p = {.arena = a, .found = found, .start = start};
    place(&p, document);
}
