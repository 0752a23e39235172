/* The read-back against the schemas of what it holds, and the words for what is wrong. */
#include "change/conform.h"

#include "base/utf8.h"
#include "model/secrets.h"
#include "yaml/path.h"

enum { LONGEST_VALUE = 60 /* bytes of a value that a message repeats */ };

static bool is_secret(const Document *doc, const Node *n) {
    SpanVec secrets = {0};
    bool found = false;
    secret_spans(doc, &secrets);
    for (size_t i = 0; i < secrets.len; i++)
        found |= secrets.items[i].start < n->span.end && n->span.start < secrets.items[i].end;
    vec_release(&secrets);
    return found;
}

/* Covered first, cut then: else half a secret would be shown. */
static void add_text(Buf *out, Str text) {
    Buf safe = {0};
    Str line = str_slice(text, 0, str_find_char(text, '\n'));
    mask_text(line, &safe);
    size_t end = safe.len < LONGEST_VALUE ? safe.len : LONGEST_VALUE;
    while (end < safe.len && ((unsigned char)safe.data[end] & 0xC0) == 0x80) end--;
    utf8_add_printable(out, str_slice(buf_str(&safe), 0, end));
    if (end < safe.len || line.len < text.len) buf_add(out, STR("…"));
    buf_release(&safe);
}

static void add_value(Buf *out, const Document *doc, const Node *n) {
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ) {
        buf_add(out, n->kind == NODE_MAP ? STR(", is a map") : STR(", is a list"));
        return;
    }
    bool quoted = n->style != STYLE_PLAIN;
    buf_add(out, quoted ? STR(", is \"") : STR(", is "));
    if (is_secret(doc, n))
        buf_add(out, STR("***"));
    else
        add_text(out, n->value.len || quoted ? n->value : STR("null"));
    if (quoted) buf_add_char(out, '"');
}

static bool is_type(const Identity *a, const Identity *b) {
    return str_eq(a->group, b->group) && str_eq(a->version, b->version) && str_eq(a->kind, b->kind);
}

/* The same value stood at the same place, and was wrong there, too: its kind is the same, or it is
 * part of what every kind has. */
static bool was_before(const Rewrite *rw, const Identity *now, const SchemaFault *f) {
    Identity id;
    Path path;
    Error err;
    if (!f->value || !identity_from_tree(rw->resource, &id) ||
        !path_parse(rw->arena, f->path, &path, &err))
        return false;
    if (!is_type(&id, now) && !str_starts(f->path, STR("metadata."))) return false;
    const Node *old = path_first(&path, rw->resource);
    return old && old->kind == NODE_SCALAR && f->value->kind == NODE_SCALAR &&
           old->style == f->value->style && str_eq(old->value, f->value->value);
}

static void refuse(Rewrite *rw, const Document *doc, const Identity *id, const SchemaVerdict *v) {
    const SchemaFault *f = &v->first;
    Buf why = {0};
    buf_addf(&why, "would break the schema: " STR_FMT "%s" STR_FMT, STR_ARG(f->path),
             f->path.len ? ": " : "", STR_ARG(f->words));
    if (f->value) add_value(&why, doc, f->value);
    if (was_before(rw, id, f)) buf_add(&why, STR(", as it was before"));
    if (v->count > 1) buf_addf(&why, ", and %u more", v->count - 1);
    rewrite_refuse(rw, buf_str(&why));
    buf_release(&why);
}

/* What stands there byte by byte as in the source is none of the change's. */
static bool is_kept(const Rewrite *rw, const Document *doc, const Node *n) {
    return str_find(rw->doc->text, span_text(doc->text, n->span)) != STR_NONE;
}

static bool conform_node(Rewrite *rw, const Document *doc, const Node *n, bool root, Str *hidden);

/* A kind without a schema may hold objects of kinds that have one. */
static bool conform_below(Rewrite *rw, const Document *doc, const Node *n, Str *hidden) {
    NODE_EACH (child, n)
        if (!conform_node(rw, doc, child, false, hidden)) return false;
    return true;
}

static bool conform_node(Rewrite *rw, const Document *doc, const Node *n, bool root, Str *hidden) {
    Identity id;
    const Schema *schema =
        identity_from_tree(n, &id) ? rw->schemas->find(rw->schemas->context, &id) : NULL;
    if (!schema) return conform_below(rw, doc, n, hidden);
    SchemaVerdict verdict;
    if (rw->mends && root)
        schema_check_change(rw->arena, schema, rw->resource, n, &verdict);
    else
        schema_check(rw->arena, schema, n, &verdict);
    if (verdict.count && !(n->parent && is_kept(rw, doc, n))) {
        refuse(rw, doc, &id, &verdict);
        return false;
    }
    if (!hidden->data) *hidden = verdict.hidden;
    return true;
}

bool conform(Rewrite *rw, const ReadBack *after, Str *hidden) {
    for (size_t i = 0; rw->schemas && i < after->roots.len; i++) {
        const Document *doc = &after->documents.items[i < after->documents.len ? i : 0];
        if (!conform_node(rw, doc, after->roots.items[i], true, hidden)) return false;
    }
    return true;
}
