/* One walk over a fresh tree, in source order. */
#include "yaml/check.h"

#include "base/buf.h"
#include "base/map.h"
#include "yaml/template.h"

enum { SMALL_MAP = 12 }; /* up to here comparing all pairs is faster than a table */

typedef struct Check {
    Arena *arena;
    Document *doc;
    const MaskRegions *masks;
    size_t mask;      /* the first region that may still lie ahead … */
    size_t last_mask; /* … and the one behind the last that counts */
    Fault **next_fault;
    Names anchors;        /* in source order … */
    VEC(Node *) anchored; /* … and the last node of each */
} Check;

static void add_fault(Check *c, Span span, Str message) {
    Fault *f = arena_new(c->arena, Fault);
    *f = (Fault){.span = span, .message = message};
    *c->next_fault = f;
    c->next_fault = &f->next;
}

static void add_anchor(Check *c, Node *n) {
    uint32_t number = names_intern(&c->anchors, n->anchor);
    if (number == c->anchored.len)
        vec_push(&c->anchored, n);
    else
        c->anchored.items[number] = n;
}

static void link_alias(Check *c, Node *alias) {
    uint32_t number = names_find(&c->anchors, alias->value);
    alias->target = number == MAP_NONE ? NULL : c->anchored.items[number];
    if (alias->target && !node_inside(alias, alias->target)) return;
    const char *why = alias->target ? "alias '*" STR_FMT "' stands inside what it stands for"
                                    : "alias '*" STR_FMT "' has no anchor before it";
    alias->target = NULL;
    add_fault(c, alias->span, str_format(c->arena, why, STR_ARG(alias->value)));
}

static void duplicate(Check *c, const Node *key) {
    add_fault(c, key->span,
              str_format(c->arena, "duplicate key '" STR_FMT "'", STR_ARG(key->value)));
}

static bool comparable(const Node *value) {
    return value->key && value->key->kind == NODE_SCALAR && !value->key->templated &&
           !str_eq(value->key->value, STR("<<"));
}

static void check_small_map(Check *c, const Node *map) {
    NODE_EACH (value, map) {
        if (!comparable(value)) continue;
        for (const Node *other = map->first; other != value; other = other->next)
            if (comparable(other) && str_eq(other->key->value, value->key->value)) {
                duplicate(c, value->key);
                break;
            }
    }
}

static void check_large_map(Check *c, const Node *map) {
    Names seen = {0};
    NODE_EACH (value, map) {
        if (!comparable(value)) continue;
        if (names_find(&seen, value->key->value) != MAP_NONE)
            duplicate(c, value->key);
        else
            names_intern(&seen, value->key->value);
    }
    names_release(&seen);
}

/* Where a leaf's text is. That of an implied null is the template behind it on its line. */
static Span leaf_text(const Check *c, const Node *n) {
    Span text = n->span;
    Str bytes = c->doc->masked;
    if (!span_empty(text)) return text;
    while (text.end < bytes.len && (bytes.data[text.end] == ' ' || bytes.data[text.end] == '\t'))
        text.end++;
    return text;
}

/* Does a template stand in the leaf? Leaves come in source order, so regions are walked once. */
static bool under_mask(Check *c, Span leaf) {
    while (c->mask < c->masks->len && c->masks->items[c->mask].end <= leaf.start) c->mask++;
    return c->mask < c->masks->len && c->masks->items[c->mask].start < leaf.end;
}

/* `${NAME}` as a word of its own is filled in by envsubst or Flux; in a command it is shell. */
static bool is_placeholder(Str value) {
    if (str_find(value, STR("${")) == STR_NONE) return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.data[i] == ' ' || value.data[i] == '\t' || value.data[i] == '\n') return false;
    return true;
}

static void visit_leaf(Check *c, Node *n) {
    if (n->kind == NODE_ALIAS) link_alias(c, n);
    n->templated = under_mask(c, leaf_text(c, n)) || is_placeholder(n->value);
}

/* Depth first, keys before values. Recursion is bounded by LIMIT_DEPTH. */
static void visit(Check *c, Node *n) {
    if (n->anchor.len) add_anchor(c, n);
    if (n->kind == NODE_SCALAR || n->kind == NODE_ALIAS) {
        visit_leaf(c, n);
        return;
    }
    for (Node *child = n->first; child; child = child->next) {
        if (child->key) visit(c, child->key);
        visit(c, child);
    }
    if (n->kind == NODE_MAP && !c->doc->has_masks) {
        if (n->count <= SMALL_MAP)
            check_small_map(c, n);
        else
            check_large_map(c, n);
    }
}

/* ---- containers ---- */

static uint32_t start_of(const Node *child) {
    return child->key ? child->key->span.start : child->span.start;
}

/* Does a template that starts before `until` lie ahead? It is taken. */
static const Span *next_region(Check *c, uint32_t until) {
    if (c->mask == c->last_mask || c->masks->items[c->mask].start >= until) return NULL;
    return &c->masks->items[c->mask++];
}

static bool regions_in_gap(Check *c, uint32_t until) {
    bool any = false;
    while (next_region(c, until)) any = true;
    return any;
}

/* Templates behind a leaf's key: those that stand in the leaf hide it and nothing else. */
static bool regions_at_leaf(Check *c, Span leaf, uint32_t until) {
    bool any = false;
    const Span *region;
    while ((region = next_region(c, until)) != NULL)
        if (region->start >= leaf.end || region->end <= leaf.start) any = true;
    return any;
}

/* A template in a gap may stand for any number of children. Which container it feeds cannot be told
 * (`nindent` ignores the column it stands at), so all that are open there count as templated: those
 * that span it, and those that end right before it. A template in a key hides a child of one map.
 * Answers whether a gap before `until` holds a template. */
static bool mark_container(Check *c, Node *n, uint32_t until) {
    bool gap = false, hidden = false;
    if (n->first) gap = regions_in_gap(c, start_of(n->first));
    for (Node *child = n->first; child; child = child->next) {
        uint32_t next = child->next ? start_of(child->next) : until;
        if (child->key) hidden |= regions_in_gap(c, child->key->span.end);
        if (child->kind == NODE_SCALAR || child->kind == NODE_ALIAS) {
            gap |= regions_at_leaf(c, leaf_text(c, child), next);
        } else {
            if (regions_in_gap(c, child->span.start)) gap = child->templated = true;
            gap |= mark_container(c, child, next);
        }
    }
    gap |= regions_in_gap(c, until);
    n->templated = n->templated || gap || hidden;
    return gap;
}

/* Are the lines nothing but comments and actions that print nothing? */
static bool print_nothing(Str lines) {
    Buf rest = {0};
    Str line;
    while (str_split(&lines, '\n', &line))
        if (!str_starts(str_trim(line), STR("#"))) buf_addf(&rest, STR_FMT "\n", STR_ARG(line));
    bool nothing = template_prints_nothing(buf_str(&rest));
    buf_release(&rest);
    return nothing;
}

static bool has_break(Str text) {
    return str_find_char(text, '\n') != STR_NONE;
}

/* Lines of `{{ if .x }}` and `{{ end }}` around all that a document says decide whether it is
 * there, not what it says. */
static void pass_over_outer_lines(Check *c) {
    const Node *root = c->doc->root;
    Str text = c->doc->text;
    const MaskRegions *m = c->masks;
    uint32_t first = root->first ? start_of(root->first) : root->span.start, end = root->span.end;
    size_t before = 0, behind = m->len;
    while (before < m->len && m->items[before].start < first) before++;
    while (behind > 0 && m->items[behind - 1].start >= end) behind--;
    if (before && has_break(str_slice(text, m->items[before - 1].end, first)) &&
        print_nothing(str_slice(text, 0, first)))
        c->mask = before;
    if (behind < m->len && has_break(str_slice(text, end, m->items[behind].start)) &&
        print_nothing(str_from_offset(text, end)))
        c->last_mask = behind;
}

void document_check(Arena *a, Document *d, const MaskRegions *masks) {
    if (!d->root) return;
    Check c = {.arena = a, .doc = d, .masks = masks, .next_fault = &d->faults};
    visit(&c, d->root);
    c.mask = 0;
    c.last_mask = masks->len;
    if (masks->len) pass_over_outer_lines(&c);
    if (d->root->kind == NODE_MAP || d->root->kind == NODE_SEQ)
        mark_container(&c, d->root, UINT32_MAX);
    vec_release(&c.anchored);
    names_release(&c.anchors);
}
