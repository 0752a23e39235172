/* One walk over a fresh tree, in source order. */
#include "yaml/check.h"

#include "base/map.h"

enum { SMALL_MAP = 12 }; /* up to here comparing all pairs is faster than a table */

typedef struct Check {
    Arena *arena;
    Document *doc;
    const MaskRegions *masks;
    size_t mask;       /* the first region that may still lie ahead */
    Fault **next_fault;
    VEC(Node *) anchored; /* in source order */
} Check;

static void add_fault(Check *c, Span span, Str message) {
    Fault *f = arena_new(c->arena, Fault);
    *f = (Fault){.span = span, .message = message};
    *c->next_fault = f;
    c->next_fault = &f->next;
}

static void link_alias(Check *c, Node *alias) {
    for (size_t i = c->anchored.len; i-- && !alias->target;)
        if (str_eq(c->anchored.items[i]->anchor, alias->value)) alias->target = c->anchored.items[i];
    if (alias->target && !node_inside(alias, alias->target)) return;
    const char *why = alias->target ? "alias '*%.*s' stands inside what it stands for"
                                    : "alias '*%.*s' has no anchor before it";
    alias->target = NULL;
    add_fault(c, alias->span, str_format(c->arena, why, STR_ARG(alias->value)));
}

static void duplicate(Check *c, const Node *key) {
    add_fault(c, key->span, str_format(c->arena, "duplicate key '" STR_FMT "'", STR_ARG(key->value)));
}

static bool comparable(const Node *value) {
    return value->key && value->key->kind == NODE_SCALAR && !value->key->templated &&
           !str_eq(value->key->value, STR("<<"));
}

static void check_small_map(Check *c, const Node *map) {
    NODE_EACH(value, map) {
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
    NODE_EACH(value, map) {
        if (!comparable(value)) continue;
        if (names_find(&seen, value->key->value) != MAP_NONE) duplicate(c, value->key);
        else names_intern(&seen, value->key->value);
    }
    names_release(&seen);
}

/* Does a template stand in the leaf? Leaves come in source order, so the regions are walked once. */
static bool under_mask(Check *c, Span leaf) {
    while (c->mask < c->masks->len && c->masks->items[c->mask].end <= leaf.start) c->mask++;
    return c->mask < c->masks->len && c->masks->items[c->mask].start < leaf.end;
}

/* `${NAME}` as a word of its own is filled in by envsubst or Flux; inside a command line it is shell. */
static bool is_placeholder(Str value) {
    if (str_find(value, STR("${")) == STR_NONE) return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.data[i] == ' ' || value.data[i] == '\t' || value.data[i] == '\n') return false;
    return true;
}

static void visit_leaf(Check *c, Node *n) {
    if (n->kind == NODE_ALIAS) link_alias(c, n);
    n->templated = under_mask(c, n->span) || is_placeholder(n->value);
}

/* Depth first, keys before values. Recursion is bounded by LIMIT_DEPTH. */
static void visit(Check *c, Node *n) {
    if (n->anchor.len) vec_push(&c->anchored, n);
    if (n->kind == NODE_SCALAR || n->kind == NODE_ALIAS) {
        visit_leaf(c, n);
        return;
    }
    for (Node *child = n->first; child; child = child->next) {
        if (child->key) visit(c, child->key);
        visit(c, child);
    }
    if (n->kind == NODE_MAP && !c->doc->has_masks) {
        if (n->count <= SMALL_MAP) check_small_map(c, n);
        else check_large_map(c, n);
    }
}

static bool region_in(const Node *n, Span region) {
    return n && n->span.start <= region.start && region.start < n->span.end;
}

/* A template in a gap may stand for any number of children. Which container it feeds cannot be told
 * (`nindent` ignores the column it stands at), so all that are open there count as templated: the one
 * that spans the region, and those that end right before it. */
static void mark_containers(Node *root, Span region) {
    Node *n = root;
    while (n && (n->kind == NODE_MAP || n->kind == NODE_SEQ)) {
        n->templated = true;
        Node *before = NULL;
        for (Node *child = n->first; child && child->span.start <= region.start; child = child->next) {
            if (child->key && region_in(child->key, region)) return;
            before = child;
        }
        n = before;
    }
    /* `key:` with a bare action below it: what looks like null is what the action prints. */
    if (n && n->kind == NODE_SCALAR && span_empty(n->span) && n->span.end <= region.start)
        n->templated = true;
}

void document_check(Arena *a, Document *d, const MaskRegions *masks) {
    if (!d->root) return;
    Check c = {.arena = a, .doc = d, .masks = masks, .next_fault = &d->faults};
    visit(&c, d->root);
    for (size_t i = 0; i < masks->len; i++) mark_containers(d->root, masks->items[i]);
    vec_release(&c.anchored);
}
