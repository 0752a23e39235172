/* Finds secrets in trees, and covers spans. */
#include "model/secrets.h"

#include "base/limits.h"
#include "model/embedded.h"
#include "model/secret_name.h"

#include <string.h>

typedef struct Search {
    const Document *doc;
    SpanVec *out;
    uint32_t base;  /* of the document in the outermost one */
    uint32_t depth; /* of embedded documents */
} Search;

static void search_document(Search *s);
static void search_node(Search *s, const Node *n);

/* ---- what is covered ---- */

static void add_span(Search *s, uint32_t start, uint32_t end) {
    if (start < end) vec_push(s->out, (Span){s->base + start, s->base + end});
}

/* A scalar without its quotes, a block scalar without its header. */
static void add_scalar(Search *s, const Node *n) {
    Span span = n->span;
    Str text = span_text(s->doc->text, span);
    if (n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE) {
        add_span(s, span.start + 1, span.end - 1);
    } else if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) {
        size_t header = str_find_char(text, '\n');
        if (header != STR_NONE) add_span(s, span.start + (uint32_t)header + 1, span.end);
    } else {
        add_span(s, span.start, span.end);
    }
}

/* What an alias stands for is covered where that is, and as a whole: it may hold aliases. */
static void add_alias(Search *s, const Node *n) {
    const Node *target = node_resolve(n);
    if (target && target->kind == NODE_SCALAR)
        add_scalar(s, target);
    else if (target)
        add_span(s, target->span.start, target->span.end);
}

/* Every scalar below. Recursion is bounded by LIMIT_DEPTH. */
static void add_all(Search *s, const Node *n) {
    if (n->kind == NODE_SCALAR)
        add_scalar(s, n);
    else if (n->kind == NODE_ALIAS)
        add_alias(s, n);
    else
        NODE_EACH (child, n) add_all(s, child);
}

/* A scalar, or the scalars of a list; maps below have keys of their own. */
static void add_value(Search *s, const Node *n) {
    if (!n) return;
    if (n->kind == NODE_SCALAR)
        add_scalar(s, n);
    else if (n->kind == NODE_ALIAS)
        add_alias(s, n);
    else if (n->kind == NODE_SEQ)
        NODE_EACH (item, n)
            if (item->kind != NODE_MAP) add_value(s, item);
}

/* ---- Secrets ---- */

/* Items of a typed SecretList have no kind, but a type. */
static bool is_secret(const Node *map) {
    const Node *kind = node_child(map, STR("kind"));
    if (kind) return node_is(kind, STR("Secret"));
    return node_child(map, STR("type")) &&
           (node_child(map, STR("data")) || node_child(map, STR("stringData")));
}

static void search_secret(Search *s, const Node *secret) {
    const Node *annotations = node_child(node_child(secret, STR("metadata")), STR("annotations"));
    const Node *parts[] = {
        node_child(secret, STR("data")), /* maybe from a merge key; those of the map itself … */
        node_child(secret, STR("stringData")),
        node_child(annotations, STR("kubectl.kubernetes.io/last-applied-configuration")),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]) add_all(s, parts[i]);
    NODE_EACH (child, secret) { /* … may stand there twice */
        bool data = child->key &&
                    (node_is(child->key, STR("data")) || node_is(child->key, STR("stringData")));
        if (data) add_all(s, child);
    }
}

/* ---- keys ---- */

/* The key under which the map stands, directly or as an item of a list. */
static Str key_of_map(const Node *map) {
    const Node *n = map->key || !map->parent ? map : map->parent;
    return n->key ? n->key->value : (Str){0};
}

/* `key` names a label, a ConfigMap's entry … when its neighbours say so. */
static bool is_structural_key(const Node *map) {
    static const Str siblings[] = {STR_INIT("operator"), STR_INIT("effect"), STR_INIT("values"),
                                   STR_INIT("value"),    STR_INIT("path"),   STR_INIT("valueFrom")};
    static const Str parents[] = {STR_INIT("tolerations"), STR_INIT("taints"),
                                  STR_INIT("matchExpressions"), STR_INIT("items")};
    for (size_t i = 0; i < sizeof siblings / sizeof *siblings; i++)
        if (node_child(map, siblings[i])) return true;
    Str parent = key_of_map(map);
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (str_eq(parent, parents[i])) return true;
    return str_ends(parent, STR("Ref")) || str_ends(parent, STR("Selector")) ||
           str_eq(parent, STR("selector"));
}

static bool names_secret(const Node *map, const Node *value, bool structural) {
    if (!value->key || value->key->kind != NODE_SCALAR) return false;
    Str key = value->key->value;
    if (str_eq_nocase(key, STR("key"))) return !structural;
    /* password: {value: x} */
    return secret_name(key) || (str_eq(key, STR("value")) && secret_name(key_of_map(map)));
}

/* {name: DB_PASSWORD, value: x}, and the same with `key` */
static void search_named_value(Search *s, const Node *map) {
    const Node *name = node_child(map, STR("name"));
    if (!name) name = node_child(map, STR("key"));
    if (!node_is_scalar(name) || !secret_name(name->value)) return;
    add_value(s, node_child(map, STR("value")));
    add_value(s, node_child(map, STR("default")));
}

static void search_map(Search *s, const Node *map) {
    if (is_secret(map)) search_secret(s, map);
    search_named_value(s, map);
    bool structural = node_child(map, STR("key")) && is_structural_key(map);
    NODE_EACH (child, map) {
        if (names_secret(map, child, structural)) add_value(s, child);
        search_node(s, child);
    }
}

/* ---- arguments ---- */

static Str without_dashes(Str s) {
    while (str_starts(s, STR("-"))) s = str_from_offset(s, 1);
    return s;
}

/* `--token=x`, `TOKEN=x`: from behind the equals sign to the end */
static bool search_assignment(Search *s, const Node *item) {
    size_t equals = str_find_char(item->value, '=');
    if (equals == STR_NONE) return false;
    if (!secret_name(without_dashes(str_slice(item->value, 0, equals)))) return false;
    /* escapes in front may hide the sign: then everything goes */
    size_t in_text = str_find_char(span_text(s->doc->text, item->span), '=');
    uint32_t quote = item->style == STYLE_PLAIN ? 0 : 1;
    if (in_text == STR_NONE)
        add_scalar(s, item);
    else
        add_span(s, item->span.start + (uint32_t)in_text + 1, item->span.end - quote);
    return true;
}

static bool is_word(const Node *n) {
    return n && n->kind == NODE_SCALAR && n->style != STYLE_LITERAL && n->style != STYLE_FOLDED;
}

/* Scripts in block scalars are left to mask_text, line by line. */
static void search_seq(Search *s, const Node *seq) {
    NODE_EACH (item, seq) {
        search_node(s, item);
        if (!is_word(item) || search_assignment(s, item)) continue;
        const Node *next = item->next;
        if (str_starts(item->value, STR("-")) && secret_name(without_dashes(item->value)) && next &&
            next->kind == NODE_SCALAR && !str_starts(next->value, STR("-")))
            add_scalar(s, next);
    }
}

/* ---- the walk ---- */

static void search_node(Search *s, const Node *n) {
    if (n->kind == NODE_MAP)
        search_map(s, n);
    else if (n->kind == NODE_SEQ)
        search_seq(s, n);
    else if (n->kind == NODE_SCALAR && str_find(n->value, STR("PRIVATE KEY-----")) != STR_NONE)
        add_scalar(s, n);
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Looks for `kind: Secret` by bytes, in YAML or JSON. */
static bool holds_secret(Str text) {
    static const Str word = STR_INIT("Secret");
    for (size_t at, from = 0; (at = str_find(str_from_offset(text, from), word)) != STR_NONE;) {
        size_t start = from + at;
        from = start + word.len;
        if (from < text.len && is_name_byte(text.data[from]) &&
            !str_starts(str_from_offset(text, from), STR("List")))
            continue;
        while (start > 0 && strchr(" \t\"'\\:", text.data[start - 1]) && text.data[start - 1])
            start--;
        if (str_ends(str_slice(text, 0, start), STR("kind"))) return true;
    }
    return false;
}

static void search_embedded(void *context, const Embedded *e) {
    const Search *outer = context;
    Arena arena = {0};
    Document doc;
    document_parse(&arena, span_text(outer->doc->text, e->lines), &doc);
    Search inner = {.doc = &doc,
                    .out = outer->out,
                    .base = outer->base + e->lines.start,
                    .depth = outer->depth + 1};
    search_document(&inner);
    arena_release(&arena);
}

static void search_document(Search *s) {
    if (!s->doc->root) {
        if (holds_secret(s->doc->text)) add_span(s, 0, (uint32_t)s->doc->text.len);
        return;
    }
    search_node(s, s->doc->root);
    if (s->depth < LIMIT_EMBEDDED_DEPTH) embedded_each(s->doc, search_embedded, s);
}

static int by_start(const void *a, const void *b) {
    const Span *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void merge(SpanVec *spans) {
    if (!spans->len) return;
    qsort(spans->items, spans->len, sizeof *spans->items, by_start);
    size_t last = 0;
    for (size_t i = 1; i < spans->len; i++) {
        Span *into = &spans->items[last], next = spans->items[i];
        if (next.start >= into->end)
            spans->items[++last] = next;
        else if (next.end > into->end)
            into->end = next.end;
    }
    spans->len = last + 1;
}

void secret_spans(const Document *doc, SpanVec *out) {
    out->len = 0;
    Search search = {.doc = doc, .out = out};
    search_document(&search);
    merge(out);
}

/* ---- covering spans ---- */

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/* One `***` for each line of a covered part, behind what is its indentation. */
static void cover(Str part, bool line_start, Buf *out) {
    size_t i = 0;
    while (i < part.len) {
        while (line_start && i < part.len && part.data[i] == ' ') buf_add_char(out, part.data[i++]);
        size_t end = i;
        while (end < part.len && !is_break(part.data[end])) end++;
        if (end > i) buf_add(out, STR("***"));
        while (end < part.len && is_break(part.data[end])) buf_add_char(out, part.data[end++]);
        i = end;
        line_start = true;
    }
}

void mask_spans(Str text, uint32_t base, const Span *spans, size_t count, Buf *out) {
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].end <= base) continue;
        size_t start = spans[i].start > base ? spans[i].start - base : 0;
        size_t end = spans[i].end - base;
        if (start >= text.len) break;
        if (end > text.len) end = text.len;
        buf_add(out, str_slice(text, done, start));
        cover(str_slice(text, start, end), start == 0 || is_break(text.data[start - 1]), out);
        done = end;
    }
    buf_add(out, str_from_offset(text, done));
}
