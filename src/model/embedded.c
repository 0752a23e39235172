/* Finds manifests in literal block scalars. */
#include "model/embedded.h"

#include <string.h>

typedef struct Search {
    const Document *doc;
    EmbeddedVisit visit;
    void *context;
} Search;

typedef struct Block {
    const Node *carrier;
    uint32_t end;    /* of its lines, with the last line break */
    uint32_t indent; /* of its first line that is not blank */
} Block;

/* Behind the line break of the line that holds `at`. */
static uint32_t next_line(Str text, uint32_t at) {
    const char *feed = at < text.len ? memchr(text.data + at, '\n', text.len - at) : NULL;
    return feed ? (uint32_t)(feed - text.data) + 1 : (uint32_t)text.len;
}

static uint32_t spaces_at(Str text, uint32_t at) {
    uint32_t end = at;
    while (end < text.len && text.data[end] == ' ') end++;
    return end - at;
}

/* The line without indentation and line break; empty when it is not at the block's indentation. */
static Str content_at(Str text, const Block *b, uint32_t start, uint32_t end) {
    if (spaces_at(text, start) != b->indent) return (Str){0};
    return str_trim(str_slice(text, start + b->indent, end));
}

static bool is_separator(Str content) {
    return str_starts(content, STR("---")) &&
           (content.len == 3 || content.data[3] == ' ' || content.data[3] == '\t');
}

/* One document of the block, up to its separator; returns where the next one starts. The masked
 * text decides, so that `{{ if }}` lines do not. */
static uint32_t read_manifest(const Search *s, const Block *b, uint32_t start) {
    Str text = s->doc->masked;
    bool version = false, kind = false;
    uint32_t line = start, next = start;
    for (; line < b->end; line = next) {
        next = next_line(text, line);
        Str content = content_at(text, b, line, next);
        if (is_separator(content)) break;
        if (str_starts(content, STR("apiVersion:"))) version = true;
        if (str_starts(content, STR("kind:"))) kind = true;
    }
    uint32_t end = line < b->end ? line : b->end;
    Embedded found = {.carrier = b->carrier, .lines = {start, end}, .indent = b->indent};
    if (version && kind) s->visit(s->context, &found);
    return next;
}

static bool is_blank_line(Str text, uint32_t start) {
    return str_trim(str_slice(text, start, next_line(text, start))).len == 0;
}

static void search_block(const Search *s, const Node *n) {
    Str text = s->doc->masked;
    uint32_t start = next_line(text, n->span.start); /* behind the line with `|` */
    while (start < n->span.end && is_blank_line(text, start)) start = next_line(text, start);
    if (start >= n->span.end) return;
    Block block = {
        .carrier = n, .end = next_line(text, n->span.end - 1), .indent = spaces_at(text, start)};
    while (start < block.end) start = read_manifest(s, &block, start);
}

/* Recursion is bounded by LIMIT_DEPTH. */
static void search_node(const Search *s, const Node *n) {
    if (n->kind == NODE_SCALAR && n->style == STYLE_LITERAL) search_block(s, n);
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ)
        NODE_EACH (child, n) search_node(s, child);
}

void embedded_each(const Document *doc, EmbeddedVisit visit, void *context) {
    Search search = {.doc = doc, .visit = visit, .context = context};
    if (doc->root) search_node(&search, doc->root);
}
