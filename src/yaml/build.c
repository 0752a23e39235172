/* The cursor walk that gives every node its exact bytes. */
#include "yaml/build.h"

#include "base/limits.h"
#include "yaml/block_scalar.h"
#include "yaml/line.h"
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

/* The next byte that is neither white space nor comment. */
static uint32_t skip_gap(const Builder *b, uint32_t at) {
    while (at < b->text.len) {
        char c = b->text.data[at];
        if (c == '#' && (is_line_start(b, at) || ends_word(b->text.data[at - 1])))
            at = line_end(b->text, at);
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

/* `?` in front of an explicit key; a plain scalar may start with `?` too, but not before a
 * blank. */
static void take_question(Builder *b) {
    uint32_t at = skip_gap(b, b->cursor);
    if (char_at(b, at) == '?' && ends_word(char_at(b, at + 1))) b->cursor = at + 1;
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
        bool end_marker =
            char_at(b, at) == '.' && is_line_start(b, at) && line_is_marker(b->text, at);
        if (!end_marker && (char_at(b, at) != '%' || !is_line_start(b, at))) break;
        at = line_end(b->text, at);
    }
    if (line_is_marker(b->text, at)) at += 3;
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

/* The column of the collection around; -1 at the top. */
static int64_t parent_indent(const Builder *b) {
    if (!b->stack.len) return -1;
    uint32_t start = vec_last(&b->stack)->node->span.start, at = start;
    while (!is_line_start(b, at)) at--;
    return start - at;
}

static bool is_key(const Builder *b, const Node *n) {
    return b->stack.len && vec_last(&b->stack)->key == n;
}

static bool set_block_scalar(Builder *b, Node *n) {
    uint32_t header = skip_gap(b, b->cursor);
    if (char_at(b, header) != '|' && char_at(b, header) != '>')
        return fail(b, "a block scalar's header was expected");
    BlockScalar found = block_scalar_find(b->text, header, parent_indent(b));
    n->span = (Span){header, found.end};
    n->value = block_scalar_decode(b->arena, b->text, &found);
    b->cursor = found.end;
    return true;
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
    case STYLE_FOLDED: return set_block_scalar(b, n);
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
    if (is_line_start(b, at) && line_is_marker(b->text, at)) b->cursor = at + 3;
    return reaches(b, (uint32_t)b->text.len);
}

void builder_release(Builder *b) {
    vec_release(&b->stack);
}
