/* Target tree against parsed tree: kinds, order, keys, text, string or not, anchors, tags. */
#include "change/verify.h"

#include "input/cutter.h"
#include "yaml/path.h"

typedef struct Verify {
    const Rewrite *rw;
    const Document *doc; /* the new one */
    const Node *root;
    ReadBack *out; /* of the whole text; NULL for a root alone */
    Str *why;
} Verify;

static bool differs(Verify *v, const Node *got, const char *what) {
    Buf path = {0};
    path_write(&path, v->root, got);
    *v->why = str_format(v->rw->arena, "at '" STR_FMT "': %s", STR_ARG(buf_str(&path)), what);
    buf_release(&path);
    return false;
}

/* Does a reader see a string? Quoted and block scalars always are. */
static bool reads_as_string(const Node *n) {
    return n->style != STYLE_PLAIN || !plain_is_typed(n->value);
}

/* Lines of a block scalar move: what counts is what they say. */
static bool same_lines(Str a, Str b) {
    Str left, right;
    while (str_split(&a, '\n', &left)) {
        if (!str_split(&b, '\n', &right) || !str_eq(str_trim(left), str_trim(right))) return false;
    }
    return !str_trim(b).len;
}

static bool same_scalar(Verify *v, const Node *wanted, const Node *got) {
    if (wanted->templated || got->templated) {
        Str before = span_text(v->rw->doc->text, wanted->span);
        Str after = span_text(v->doc->text, got->span);
        return same_lines(before, after) || differs(v, got, "a template has changed");
    }
    if (node_is_null(wanted) && node_is_null(got)) return true; /* an empty item becomes `null` */
    if (!str_eq(wanted->value, got->value)) return differs(v, got, "another text");
    if (reads_as_string(wanted) != reads_as_string(got)) return differs(v, got, "another type");
    return true;
}

static bool same_tree(Verify *v, const Node *wanted, const Node *got);

static bool same_children(Verify *v, const Node *wanted, const Node *got) {
    const Node *g = got->first;
    NODE_EACH (w, wanted) {
        if (!g) return differs(v, got, "something is missing");
        if (w->key && !same_tree(v, w->key, g->key)) return false;
        if (!same_tree(v, w, g)) return false;
        g = g->next;
    }
    return !g || differs(v, g, "something is there that was not wanted");
}

static bool same_tree(Verify *v, const Node *wanted, const Node *got) {
    if (!got) return differs(v, v->root, "something is missing");
    if (wanted->kind != got->kind) return differs(v, got, "another kind of node");
    if (!str_eq(wanted->anchor, got->anchor)) return differs(v, got, "another anchor");
    if (!str_eq(wanted->tag, got->tag)) return differs(v, got, "another tag");
    if (wanted->kind == NODE_ALIAS)
        return str_eq(wanted->value, got->value) || differs(v, got, "another alias");
    if (wanted->kind == NODE_SCALAR) return same_scalar(v, wanted, got);
    return same_children(v, wanted, got);
}

static bool wanted_node(Verify *v, const Target *t, const Node *got);

static bool wanted_children(Verify *v, const Target *t, const Node *got) {
    const Node *g = got->first;
    for (const Target *c = t->first; c; c = c->next, g = g->next) {
        if (!g) return differs(v, got, "something is missing");
        Str key = c->has_key                    ? c->key
                  : c->source && c->source->key ? c->source->key->value
                                                : (Str){0};
        if (g->key && !str_eq(g->key->value, key)) return differs(v, g, "another key");
        if (!wanted_node(v, c, g)) return false;
    }
    return !g || differs(v, g, "something is there that was not wanted");
}

static bool wanted_scalar(Verify *v, const Target *t, const Node *got) {
    if (got->kind != NODE_SCALAR) return differs(v, got, "another kind of node");
    if (!str_eq(got->value, t->text)) return differs(v, got, "another text");
    bool as_string = t->type == SCALAR_STRING;
    return reads_as_string(got) == as_string || differs(v, got, "another type");
}

static bool wanted_node(Verify *v, const Target *t, const Node *got) {
    switch (t->kind) {
    case TARGET_KEEP: return same_tree(v, t->source, got);
    case TARGET_SCALAR: return wanted_scalar(v, t, got);
    default: break;
    }
    if (got->kind != (target_is_map(t) ? NODE_MAP : NODE_SEQ))
        return differs(v, got, "another kind of node");
    if (t->kind == TARGET_WITHIN && !str_eq(t->source->anchor, got->anchor))
        return differs(v, got, "another anchor");
    return wanted_children(v, t, got);
}

bool verify_root(const Rewrite *rw, const Target *wanted, const Document *doc, const Node *got,
                 Str *why) {
    Verify v = {.rw = rw, .doc = doc, .root = got, .why = why};
    if (!got) {
        *why = STR("nothing is there");
        return false;
    }
    return wanted_node(&v, wanted, got);
}

/* ---- the whole text ---- */

static bool wanted_root(Verify *v, const Target *t, const Node *got) {
    vec_push(&v->out->roots, got);
    return wanted_node(v, t, got);
}

/* The old tree with the wanted roots in the resource's place. */
static bool same_around(Verify *v, const Node *old, const Node *got) {
    const Node *resource = v->rw->resource;
    if (old == resource) return wanted_root(v, v->rw->first_root, got);
    if (!node_inside(resource, old)) return same_tree(v, old, got);
    if (!got || got->kind != old->kind) return differs(v, v->root, "another kind of node");
    const Node *g = got->first;
    NODE_EACH (child, old) {
        const Target *t = child == resource ? v->rw->first_root : NULL;
        for (; t && t->next; t = t->next, g = g->next)
            if (!g || !wanted_root(v, t, g))
                return !g ? differs(v, got, "an item is missing") : false;
        if (!g) return differs(v, got, "something is missing");
        if (child->key && !same_tree(v, child->key, g->key)) return false;
        if (t ? !wanted_root(v, t, g) : !same_around(v, child, g)) return false;
        g = g->next;
    }
    return !g || differs(v, g, "something is there that was not wanted");
}

static bool read_document(const Rewrite *rw, Str text, ReadBack *out, Str *why) {
    Document doc;
    if (!document_parse_as(rw->arena, text, rw->doc->form, &doc))
        *why = doc.error.message;
    else if (doc.faults)
        *why = doc.faults->message;
    else if (doc.root)
        vec_push(&out->documents, doc);
    return doc.parsed && !doc.faults;
}

/* JSON items that were cut off stand in no array of their own. */
static bool verify_cut_off(const Rewrite *rw, Str text, ReadBack *out, Str *why) {
    text = str_format(rw->arena, "[" STR_FMT "]", STR_ARG(text));
    if (!read_document(rw, text, out, why)) return false;
    const Document *doc = &out->documents.items[0];
    const Node *item = doc->root->first;
    for (const Target *t = rw->first_root; t; t = t->next, item = item ? item->next : NULL) {
        if (!verify_root(rw, t, doc, item, why)) return false;
        vec_push(&out->roots, item);
    }
    return true;
}

/* In an embedded text `---` is indented, which only the cutter understands. */
static Str without_marker(Str text, uint32_t indent) {
    Str rest = str_from_offset(text, indent);
    return indent && str_starts(rest, STR("---")) ? str_from_offset(rest, 3) : text;
}

static bool verify_documents(const Rewrite *rw, Str text, uint32_t indent, ReadBack *out,
                             Str *why) {
    PieceVec pieces = {0};
    cut_text(text, 0, 1, indent, &pieces);
    bool ok = true;
    for (size_t i = 0; ok && i < pieces.len; i++)
        ok = read_document(rw, without_marker(pieces.items[i].text, indent), out, why);
    vec_release(&pieces);
    size_t count = 0;
    for (const Target *t = rw->first_root; ok && t; t = t->next, count++) {
        if (count >= out->documents.len) continue;
        const Document *doc = &out->documents.items[count];
        ok = verify_root(rw, t, doc, doc->root, why);
        vec_push(&out->roots, doc->root);
    }
    if (ok && count != out->documents.len) *why = STR("another number of documents"), ok = false;
    return ok;
}

bool verify_text(const Rewrite *rw, Str text, uint32_t indent, ReadBack *out, Str *why) {
    if (rw->in_list && !rw->resource->parent) return verify_cut_off(rw, text, out, why);
    if (!rw->resource->parent) return verify_documents(rw, text, indent, out, why);
    if (!read_document(rw, text, out, why)) return false;
    const Document *doc = &out->documents.items[0];
    Verify v = {.rw = rw, .doc = doc, .root = doc->root, .out = out, .why = why};
    return same_around(&v, rw->doc->root, doc->root);
}

void read_back_release(ReadBack *r) {
    vec_release(&r->documents);
    vec_release(&r->roots);
}
