/* Opening resources for rewriting, and refusing to. */
#include "app/opened.h"

#include "text/lines.h"

enum { FILE_HEAD = 1024 /* bytes in which a file says that a program writes it */ };

/* The outermost map, or the scalar, that starts there. */
static const Node *node_at(const Node *n, uint32_t start, bool want_map) {
    if (!n || n->kind == NODE_ALIAS) return NULL;
    if (n->span.start == start && (n->kind == NODE_MAP) == want_map) return n;
    NODE_EACH (child, n) {
        const Node *found = node_at(child, start, want_map);
        if (found) return found;
    }
    return NULL;
}

static bool says_generated(Str line) {
    return str_find(line, STR("DO NOT EDIT")) != STR_NONE ||
           str_find(line, STR("@generated")) != STR_NONE;
}

bool file_is_generated(const Scan *scan, uint32_t number) {
    const Source *source = &scan->sources.items[number].source;
    Buf head = {0};
    Error err;
    size_t length = source->size < FILE_HEAD ? (size_t)source->size : FILE_HEAD;
    bool found = false;
    if (source_read_at(source, 0, length, &head, &err)) {
        Str rest = buf_str(&head), line;
        while (!found && str_split(&rest, '\n', &line) && str_starts(str_trim(line), STR("#")))
            found = says_generated(line);
    }
    buf_release(&head);
    return found;
}

const char *why_not_written(const Scan *scan, uint32_t source) {
    const Options *options = scan->options;
    if (options->command != COMMAND_CHECK || !options->fix || options->diff) return NULL;
    switch (scan->sources.items[source].source.origin) {
    case ORIGIN_ARCHIVE:
        return "nothing can be written into a compressed file or archive: use --diff or convert";
    case ORIGIN_STAGED:
        return "the work tree has another version of it: stage it or stash the difference first";
    default: return NULL;
    }
}

static const char *why_not_edited(const Scan *scan, const Opened *o) {
    const char *why = why_not_written(scan, o->finding->source);
    if (why) return why;
    if (o->finding->typed_list && !scan->alone)
        return "its List says that it holds that kind only: `unstale convert` writes a stream "
               "instead";
    if (o->doc.form & FORM_TABBED)
        return "its lines begin with tabs, which `<<-` cuts off: write the here-document with `<<`";
    if (node_child(o->resource, STR("sops"))) return "SOPS signs this file: an edit would break it";
    if (str_eq(o->identity.kind, STR("SealedSecret"))) return "a SealedSecret cannot be edited";
    if (file_is_generated(scan, o->finding->source))
        return "the file says that it is generated: change what generates it";
    return NULL;
}

const char *opened_read(const Scan *scan, Arena *a, const Finding *f, Opened *o) {
    *o = (Opened){.finding = f};
    PieceRef ref = piece_of(f);
    if (!piece_load(scan, a, &ref, &o->piece)) return OPENED_CHANGED;
    if (!document_parse_as(a, span_text(o->piece.text, f->document), f->form, &o->doc))
        return "the document does not parse";
    if (o->doc.faults) return "the document has a fault that must be mended first";
    o->resource = node_at(o->doc.root, f->resource, true);
    if (!o->resource) return "the resource is not where it was";
    /* A tree that is no resource; a kustomization need not say that it is one. */
    bool bare = f->kind == MAP_NONE || kustomization_is(scan_path(scan, f->source));
    if (!identity_from_tree(o->resource, &o->identity) && !bare)
        return "an item that leaves its kind to its List cannot become another kind";
    const char *why = why_not_edited(scan, o);
    if (!why) secret_spans(&o->doc, &o->secrets);
    return why;
}

void opened_release(Opened *o) {
    vec_release(&o->secrets);
}

uint32_t opened_offset(const Opened *o, Place place) {
    return (uint32_t)(place.start - o->piece.ref.offset) - o->finding->document.start;
}

const Node *opened_node(const Opened *o, Place place) {
    return node_at(o->doc.root, opened_offset(o, place), false);
}

static const Node *scalar_around(const Node *n, uint32_t offset) {
    if (n->kind == NODE_SCALAR && n->span.start <= offset && offset < n->span.end) return n;
    NODE_EACH (child, n) {
        const Node *found = scalar_around(child, offset);
        if (found) return found;
    }
    return NULL;
}

const Node *opened_scalar(const Opened *o, uint32_t offset) {
    return o->doc.root ? scalar_around(o->doc.root, offset) : NULL;
}

uint32_t opened_line(const Opened *o, uint32_t offset) {
    const PieceRef *ref = &o->piece.ref;
    Lines lines = {
        .text = o->piece.text, .offset = ref->offset, .line = ref->line, .column = ref->column};
    uint32_t line = lines_number(&lines, offset + o->finding->document.start);
    lines_release(&lines);
    return line;
}
