/* Finds secrets in trees, and covers spans. */
#include "model/secrets.h"

#include "base/limits.h"
#include "model/embedded.h"
#include "model/secret_kind.h"
#include "model/secret_name.h"
#include "model/secret_place.h"

#include <string.h>

typedef struct Search {
    const Document *doc;
    SpanVec *out;
    uint32_t base;  /* of the document in the outermost one */
    uint32_t depth; /* of embedded documents */
} Search;

static void search_document(Search *s);
static void search_node(Search *s, const Node *n, Under under);

/* ---- what is covered ---- */

static void add_span(Search *s, uint32_t start, uint32_t end) {
    if (start < end) vec_push(s->out, (Span){s->base + start, s->base + end});
}

/* Without its quotes; the whole of it when they cannot be told. */
static Span inside_quotes(const Node *n) {
    bool quoted = n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE;
    return (Span){n->span.start + quoted, n->span.end - quoted};
}

/* A scalar without its quotes, a block scalar without its header. */
static void add_scalar(Search *s, const Node *n) {
    Span span = inside_quotes(n);
    if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) {
        size_t header = str_find_char(span_text(s->doc->text, span), '\n');
        if (header == STR_NONE) return;
        span.start += (uint32_t)header + 1;
    }
    add_span(s, span.start, span.end);
}

/* What an alias stands for is covered where that is, and as a whole: it may hold aliases. One that
 * stands for nothing is a text that begins with `*`, whose author forgot the quotes. */
static void add_alias(Search *s, const Node *n) {
    const Node *target = node_resolve(n);
    if (!target || target == n)
        add_span(s, n->span.start, n->span.end);
    else if (target->kind == NODE_SCALAR)
        add_scalar(s, target);
    else
        add_span(s, target->span.start, target->span.end);
}

/* As a message would say it. */
static bool covers(const Search *s, SecretName kind, const Node *n) {
    return secret_covers(kind, n->templated ? span_text(s->doc->text, inside_quotes(n)) : n->value);
}

/* A scalar, or the scalars of a list; maps below have keys of their own. */
static void add_value(Search *s, const Node *n, SecretName kind) {
    if (!n) return;
    if (n->kind == NODE_SCALAR && covers(s, kind, n))
        add_scalar(s, n);
    else if (n->kind == NODE_ALIAS)
        add_alias(s, n);
    else if (n->kind == NODE_SEQ)
        NODE_EACH (item, n)
            if (item->kind != NODE_MAP) add_value(s, item, kind);
}

/* ---- Secrets ---- */

/* A part of a Secret that is covered with all that is below. */
static bool is_data(Str key) {
    return str_eq(key, STR("data")) || str_eq(key, STR("stringData"));
}

/* Its own data are met on the walk; here what comes from a merge key, and a copy of them. */
static void search_secret(Search *s, const Node *secret) {
    const Node *annotations = node_child(node_child(secret, STR("metadata")), STR("annotations"));
    const Node *parts[] = {
        node_child(secret, STR("data")),
        node_child(secret, STR("stringData")),
        node_child(annotations, STR("kubectl.kubernetes.io/last-applied-configuration")),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const Node *part = parts[i];
        if (!part || part->parent == secret) continue;
        if (part->kind == NODE_SCALAR)
            add_scalar(s, part);
        else
            add_span(s, part->span.start, part->span.end);
    }
}

/* ---- keys ---- */

static void search_schema(Search *s, const Node *schema) {
    static const Str values[] = {STR_INIT("default"), STR_INIT("example"), STR_INIT("examples"),
                                 STR_INIT("enum"), STR_INIT("const")};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        add_value(s, node_child(schema, values[i]), SECRET_WHOLE);
}

/* ---- maps ---- */

/* {name: DB_PASSWORD, value: x}, and the same with `key` */
static void search_named_value(Search *s, const Node *map) {
    const Node *name = node_child(map, STR("name"));
    if (!name) name = node_child(map, STR("key"));
    if (!node_is_scalar(name)) return;
    SecretName kind = secret_name(name->value);
    if (!kind && secret_bare_key(name->value) && str_eq(place_key_of_map(map), STR("env")))
        kind = SECRET_WHOLE;
    if (!kind) return;
    add_value(s, node_child(map, STR("value")), kind);
    add_value(s, node_child(map, STR("default")), kind);
}

/* kustomize's secretGenerator: `literals: [user=x]` */
static void search_literals(Search *s, const Node *literals) {
    NODE_EACH (item, literals) {
        size_t equals = str_find_char(span_text(s->doc->text, item->span), '=');
        if (item->kind != NODE_SCALAR || item->style > STYLE_DOUBLE || equals == STR_NONE)
            add_value(s, item, SECRET_WHOLE);
        else
            add_span(s, item->span.start + (uint32_t)equals + 1, inside_quotes(item).end);
    }
}

static SecretName kind_of(const Node *map, Str key, bool structural) {
    if (secret_bare_key(key)) return structural ? SECRET_NO : SECRET_TEXT;
    SecretName kind = secret_name(key);
    if (kind || !str_eq(key, STR("value"))) return kind;
    return secret_name(place_key_of_map(map)); /* password: {value: x} */
}

/* A value by its own key; returns what its children stand under. */
static Under search_key(Search *s, const Node *map, const Node *child, bool structural) {
    Under none = {0};
    if (!child->key || child->key->kind != NODE_SCALAR) return none;
    Str key = child->key->value;
    if (str_eq(key, STR("literals")) && str_eq(place_key_of_map(map), STR("secretGenerator")))
        search_literals(s, child);
    SecretName kind = kind_of(map, key, structural);
    bool whole = kind == SECRET_WHOLE && child->kind != NODE_SCALAR;
    if (whole && place_is_schema(child))
        search_schema(s, child);
    else if (whole)
        return (Under){.name = key};
    else if (kind)
        add_value(s, child, kind);
    return none;
}

static void search_map(Search *s, const Node *map, Under under) {
    bool secret = place_is_secret(map);
    if (secret) search_secret(s, map);
    search_named_value(s, map);
    Pointer pointer = place_pointer(map, under);
    bool keyed = node_child(map, STR("key")) || node_child(map, STR("keys"));
    bool structural = keyed && (pointer.keyed || place_has_open_key(map));
    under.item = false;
    NODE_EACH (child, map) {
        Str key = child->key ? child->key->value : (Str){0};
        bool data = secret ? is_data(key) : str_eq(key, STR("stringData"));
        bool covered = under.name.len && (under.all || !place_is_open(child, pointer));
        if (data)
            search_node(s, child, (Under){.name = key, .all = true});
        else if (covered)
            search_node(s, child, under);
        else
            search_node(s, child, search_key(s, map, child, structural));
    }
}

/* ---- arguments ---- */

static Str without_dashes(Str s) {
    while (str_starts(s, STR("-"))) s = str_from_offset(s, 1);
    return s;
}

/* Of an argument; a bare `--key` too. */
static SecretName kind_of_argument(Str text) {
    Str name = without_dashes(text);
    return name.len < text.len && secret_bare_key(name) ? SECRET_WHOLE : secret_name(name);
}

/* `--token=x`, `TOKEN=x`: from behind the equals sign to the end */
static bool search_assignment(Search *s, const Node *item) {
    size_t equals = str_find_char(item->value, '=');
    if (equals == STR_NONE) return false;
    SecretName kind = kind_of_argument(str_slice(item->value, 0, equals));
    if (!secret_covers(kind, str_from_offset(item->value, equals + 1))) return false;
    /* escapes in front may hide the sign: then everything goes */
    size_t in_text = str_find_char(span_text(s->doc->text, item->span), '=');
    if (in_text == STR_NONE)
        add_scalar(s, item);
    else
        add_span(s, item->span.start + (uint32_t)in_text + 1, inside_quotes(item).end);
    return true;
}

static bool is_word(const Node *n) {
    return n && n->kind == NODE_SCALAR && n->style != STYLE_LITERAL && n->style != STYLE_FOLDED;
}

static bool is_argument(const Node *n) {
    return n && n->kind == NODE_SCALAR && !str_starts(n->value, STR("-"));
}

/* Scripts in block scalars are left to mask_text, line by line. */
static void search_seq(Search *s, const Node *seq, Under under) {
    under.item = true;
    bool login = false; /* docker, login, -p, x */
    NODE_EACH (item, seq) {
        search_node(s, item, under);
        if (!is_word(item) || search_assignment(s, item)) continue;
        login |= str_eq(item->value, STR("login"));
        SecretName kind =
            str_starts(item->value, STR("-")) ? kind_of_argument(item->value) : SECRET_NO;
        if (login && str_eq(item->value, STR("-p"))) kind = SECRET_WHOLE;
        if (is_argument(item->next)) add_value(s, item->next, kind);
    }
}

/* ---- the walk ---- */

/* Escapes hide from mask_text what a reader of the YAML will see: `"https:\x2f/user:x@h"`. */
static bool hides_secret(const Search *s, const Node *n) {
    if (n->style != STYLE_DOUBLE) return false;
    if (str_find_char(span_text(s->doc->text, n->span), '\\') == STR_NONE) return false;
    Buf masked = {0};
    Str rest = n->value, line;
    bool secret = false;
    while (!secret && str_split(&rest, '\n', &line)) {
        buf_clear(&masked);
        mask_text(line, &masked);
        secret = !str_eq(buf_str(&masked), line);
    }
    buf_release(&masked);
    return secret;
}

static void search_scalar(Search *s, const Node *n) {
    if (str_find(n->value, STR("PRIVATE KEY-----")) != STR_NONE || hides_secret(s, n))
        add_scalar(s, n);
}

static void search_node(Search *s, const Node *n, Under under) {
    if (n->kind == NODE_MAP)
        search_map(s, n, under);
    else if (n->kind == NODE_SEQ)
        search_seq(s, n, under);
    else if (under.name.len)
        add_value(s, n, SECRET_WHOLE);
    else if (n->kind == NODE_SCALAR)
        search_scalar(s, n);
}

static void search_embedded(void *context, const Embedded *e) {
    const Search *outer = context;
    Arena arena = {0};
    Document doc;
    document_parse_as(&arena, span_text(outer->doc->text, e->lines), e->form, &doc);
    Search inner = {.doc = &doc,
                    .out = outer->out,
                    .base = outer->base + e->lines.start,
                    .depth = outer->depth + 1};
    search_document(&inner);
    arena_release(&arena);
}

static void search_document(Search *s) {
    if (!s->doc->root) {
        if (secret_kind_hidden_in(s->doc->text)) add_span(s, 0, (uint32_t)s->doc->text.len);
        return;
    }
    search_node(s, s->doc->root, (Under){0});
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
