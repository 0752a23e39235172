/* The cursor walk that gives every node its exact bytes. */
#include "yaml/build.h"

#include "base/limits.h"
#include "yaml/scalar.h"

static bool fail(Builder *b, const char *problem) {
    b->problem = problem;
    return false;
}

static char char_at(const Builder *b, uint32_t at) {
    return at < b->text.len ? b->text.data[at] : '\0';
}

static bool ends_word(char c) {
    return c == '\0' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A byte order mark is no part of the first line. */
static uint32_t text_start(const Builder *b) {
    return str_starts(b->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

static bool is_line_start(const Builder *b, uint32_t at) {
    return at == text_start(b) || b->text.data[at - 1] == '\n' || b->text.data[at - 1] == '\r';
}

static uint32_t line_end(const Builder *b, uint32_t at) {
    while (at < b->text.len && b->text.data[at] != '\n' && b->text.data[at] != '\r') at++;
    return at;
}

/* The next byte that is neither white space nor comment. */
static uint32_t skip_gap(const Builder *b, uint32_t at) {
    while (at < b->text.len) {
        char c = b->text.data[at];
        if (c == '#' && (is_line_start(b, at) || ends_word(b->text.data[at - 1])))
            at = line_end(b, at);
        else if (ends_word(c) && c != '\0')
            at++;
        else
            break;
    }
    return at;
}

/* Is there nothing but a gap up to `start`? The parser swallows what follows an empty block scalar
 * in a nested map: then text is left that belongs to nothing. */
static bool reaches(Builder *b, uint32_t start) {
    return skip_gap(b, b->cursor) == start ? true
                                           : fail(b, "the parser lost the text from here on");
}

/* Moves the cursor behind `indicator` if that is what comes next. */
static bool take(Builder *b, char indicator) {
    uint32_t at = skip_gap(b, b->cursor);
    if (char_at(b, at) != indicator) return false;
    b->cursor = at + 1;
    return true;
}

/* `?` in front of an explicit key; a plain scalar may start with `?` too, but not before a blank. */
static void take_question(Builder *b) {
    uint32_t at = skip_gap(b, b->cursor);
    if (char_at(b, at) == '?' && ends_word(char_at(b, at + 1))) b->cursor = at + 1;
}

/* `---` or `...` at the start of a line ends a document, and what is open in it. */
static bool is_marker(const Builder *b, uint32_t line) {
    Str rest = str_from_offset(b->text, line);
    return (str_starts(rest, STR("---")) || str_starts(rest, STR("..."))) &&
           ends_word(char_at(b, line + 3));
}

/* The start of a document: directives and the `---` line's marker. */
static bool start_document(Builder *b) {
    if (b->root) {
        b->cursor = skip_gap(b, b->cursor);
        return fail(b, "a second document starts here");
    }
    uint32_t at = text_start(b);
    for (;;) {
        at = skip_gap(b, at);
        bool end_marker = char_at(b, at) == '.' && is_line_start(b, at) && is_marker(b, at);
        if (!end_marker && (char_at(b, at) != '%' || !is_line_start(b, at))) break;
        at = line_end(b, at);
    }
    if (is_marker(b, at)) at += 3;
    b->cursor = at;
    return true;
}

/* Consumes the indicator that stands before a child of the innermost collection. */
static bool enter_child(Builder *b) {
    b->entry = skip_gap(b, b->cursor);
    if (!b->stack.len) return b->root ? fail(b, "a second root") : true;
    Frame *f = vec_last(&b->stack);
    bool flow = f->node->style == STYLE_FLOW;
    if (f->key) {
        b->entry = f->key->entry;
        take(b, ':'); /* absent in `? a` and `{a}` */
        return true;
    }
    if (flow) take(b, ',');
    b->entry = skip_gap(b, b->cursor);
    if (f->node->kind == NODE_MAP)
        take_question(b);
    else if (!flow && !take(b, '-'))
        return fail(b, "a dash was expected");
    return true;
}

/* Anchor and tag stand before the node in any order; the cursor moves behind them. */
static bool take_properties(Builder *b, Node *n, const Event *e) {
    if (span_empty(e->anchor) && span_empty(e->tag)) return true;
    n->anchor = span_text(b->text, e->anchor);
    n->tag = span_text(b->text, e->tag);
    Span anchor = {e->anchor.start - 1, e->anchor.end}, tag = e->tag;
    if (span_empty(e->anchor))
        n->properties = tag;
    else if (span_empty(tag))
        n->properties = anchor;
    else
        n->properties = (Span){anchor.start < tag.start ? anchor.start : tag.start,
                               anchor.end > tag.end ? anchor.end : tag.end};
    bool reached = reaches(b, n->properties.start);
    b->cursor = n->properties.end;
    return reached;
}

/* The column of the collection around, which a block scalar's lines must exceed; -1 at the top. */
static int64_t parent_indent(const Builder *b) {
    if (!b->stack.len) return -1;
    uint32_t start = vec_last(&b->stack)->node->span.start, at = start;
    while (!is_line_start(b, at)) at--;
    return start - at;
}

static uint32_t indent_of(const Builder *b, uint32_t line) {
    uint32_t at = line;
    while (char_at(b, at) == ' ') at++;
    return at - line;
}

static uint32_t next_line(const Builder *b, uint32_t at) {
    at = line_end(b, at);
    if (char_at(b, at) == '\r' && char_at(b, at + 1) == '\n') at++;
    return at < b->text.len ? at + 1 : at;
}

typedef struct BlockHeader {
    uint32_t end;   /* of the header line */
    int64_t indent; /* explicit indentation indicator, 0 when there is none */
    bool keep;      /* `+` */
} BlockHeader;

static BlockHeader block_header(const Builder *b, uint32_t at) {
    BlockHeader h = {.end = line_end(b, at)};
    for (at++; at < h.end && !ends_word(b->text.data[at]); at++) {
        char c = b->text.data[at];
        if (c == '+') h.keep = true;
        if (c >= '1' && c <= '9') h.indent = c - '0';
    }
    return h;
}

/* Where a block scalar ends: behind its last line's text. Trailing blank lines belong to it only when
 * it keeps them (`+`); less indented comment lines never do, whatever the parser's mark says. */
static uint32_t block_end(const Builder *b, uint32_t header) {
    BlockHeader h = block_header(b, header);
    int64_t parent = parent_indent(b),
            indent = -1; /* -1: the first line that is not blank decides */
    if (h.indent) indent = h.indent + (parent > 0 ? parent : 0);
    uint32_t end = h.end;
    for (uint32_t line = next_line(b, h.end); line < b->text.len; line = next_line(b, line)) {
        if (is_marker(b, line)) break;
        uint32_t stop = line_end(b, line), spaces = indent_of(b, line);
        if (line + spaces == stop && (indent < 0 || spaces <= indent)) {
            if (h.keep) end = stop;
            continue;
        }
        if (indent < 0 && spaces > parent) indent = spaces;
        if (indent < 0 || spaces < indent) break;
        end = stop;
    }
    return end;
}

static bool is_key(const Builder *b, const Node *n) {
    return b->stack.len && vec_last(&b->stack)->key == n;
}

static bool set_scalar(Builder *b, Node *n, const Event *e) {
    n->style = e->style;
    uint32_t start = e->mark.start, end = e->mark.end;
    switch (e->style) {
    case STYLE_SINGLE:
    case STYLE_DOUBLE:
        n->span = (Span){start - 1, end + 1};
        n->value = e->style == STYLE_SINGLE
                       ? scalar_decode_single(b->arena, span_text(b->text, e->mark))
                       : scalar_decode_double(b->arena, span_text(b->text, e->mark));
        break;
    case STYLE_LITERAL:
    case STYLE_FOLDED:
        start = skip_gap(b, b->cursor);
        if (char_at(b, start) != '|' && char_at(b, start) != '>')
            return fail(b, "a block scalar's header was expected");
        n->span = (Span){start, block_end(b, start)};
        n->value = e->block_text;
        break;
    default:
        /* An implied null stands behind its indicator; as a key, in front of its `:`. */
        if (!e->marked) start = end = is_key(b, n) && b->entry > b->cursor ? b->entry : b->cursor;
        n->span = (Span){start, end};
        n->value = scalar_decode_plain(b->arena, span_text(b->text, n->span));
    }
    bool reached = span_empty(n->span) || reaches(b, n->span.start);
    b->cursor = n->span.end;
    return reached;
}

static bool set_collection(Builder *b, Node *n, const Event *e) {
    n->kind = e->kind == EVENT_MAP ? NODE_MAP : NODE_SEQ;
    n->style = e->style;
    uint32_t at = skip_gap(b, b->cursor);
    Frame f = {.node = n};
    if (e->style == STYLE_FLOW) {
        f.braces = e->marked && char_at(b, at) == (n->kind == NODE_MAP ? '{' : '[');
        if (f.braces) b->cursor = at + 1;
    }
    n->span = (Span){at, at};
    b->at_limit = b->stack.len >= LIMIT_DEPTH;
    if (b->at_limit) return fail(b, "nested too deep");
    vec_push(&b->stack, f);
    return true;
}

static bool set_alias(Builder *b, Node *n, const Event *e) {
    n->kind = NODE_ALIAS;
    n->span = (Span){e->mark.start - 1, e->mark.end};
    n->value = span_text(b->text, e->mark);
    bool reached = reaches(b, n->span.start);
    b->cursor = n->span.end;
    return reached;
}

/* Hangs the node into the innermost collection, as a key or as a child. */
static void attach(Builder *b, Node *n) {
    if (!b->stack.len) {
        b->root = n;
        return;
    }
    Frame *f = vec_last(&b->stack);
    n->parent = f->node;
    if (f->node->kind == NODE_MAP && !f->key) {
        f->key = n;
        return;
    }
    n->key = f->key;
    f->key = NULL;
    if (f->node->last)
        f->node->last->next = n;
    else
        f->node->first = n;
    f->node->last = n;
    f->node->count++;
}

static bool end_collection(Builder *b) {
    Frame f = *vec_last(&b->stack);
    b->stack.len--;
    if (f.braces) {
        take(b, ','); /* a trailing comma */
        if (!take(b, f.node->kind == NODE_MAP ? '}' : ']'))
            return fail(b, "a closing bracket was expected");
        f.node->span.end = b->cursor;
    } else if (f.node->last) {
        f.node->span.end = f.node->last->span.end;
    }
    return true;
}

bool builder_add(Builder *b, const Event *e) {
    if (e->kind == EVENT_DOCUMENT) return start_document(b);
    if (e->kind == EVENT_END) return end_collection(b);
    if (!enter_child(b)) return false;
    Node *n = arena_new(b->arena, Node);
    b->nodes++;
    n->entry = b->entry;
    if (!take_properties(b, n, e)) return false;
    attach(b, n);
    if (e->kind == EVENT_ALIAS) return set_alias(b, n, e);
    if (e->kind == EVENT_SCALAR) return set_scalar(b, n, e);
    return set_collection(b, n, e);
}

bool builder_finish(Builder *b) {
    uint32_t at = skip_gap(b, b->cursor);
    if (is_line_start(b, at) && is_marker(b, at)) b->cursor = at + 3;
    return reaches(b, (uint32_t)b->text.len);
}

void builder_release(Builder *b) {
    vec_release(&b->stack);
}
