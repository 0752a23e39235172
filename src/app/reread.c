/* The second reading of single objects: found by the index, cut out, parsed, compared by name. */
#include "app/reread.h"

#include "base/limits.h"
#include "input/cutter.h"
#include "yaml/parse.h"

/* An object that was asked for. */
typedef struct Known {
    uint32_t object;  /* of the index */
    const Node *node; /* NULL: it could not be read */
} Known;

struct Reread {
    const Scan *scan;
    Arena arena;
    VEC(Known) known;
    uint64_t work, limit; /* bytes cut, and how many may be */
};

Reread *reread_new(const Scan *scan) {
    Reread *r = mem_zero(sizeof *r);
    r->scan = scan;
    r->limit = LIMIT_PLAN_WORK;
    for (size_t i = 0; i < scan->sources.len; i++)
        r->limit += 4 * scan->sources.items[i].source.size;
    return r;
}

void reread_free(Reread *r) {
    if (!r) return;
    vec_release(&r->known);
    arena_release(&r->arena);
    free(r);
}

/* ---- in a tree ---- */

typedef struct Wanted {
    Str group, kind, namespace, name;
    Offset offset;
} Wanted;

static bool is_wanted(const Node *n, const Wanted *w) {
    Identity id;
    return identity_from_tree(n, &id) && str_eq(id.group, w->group) && str_eq(id.kind, w->kind) &&
           str_eq(id.namespace, w->namespace) && str_eq(id.name, w->name);
}

/* The piece is the object, an item with its dash, or a List that was not cut. */
static const Node *find(const Node *n, const Wanted *w) {
    const Node *list = n && n->kind == NODE_SEQ ? n : node_child(n, STR("items"));
    if (is_wanted(n, w)) return n;
    NODE_EACH (item, list)
        if (is_wanted(item, w)) return item;
    return NULL;
}

/* ---- in a source ---- */

static bool holds(const Piece *p, Offset offset) {
    return p->kind != PIECE_TOO_LARGE && p->offset <= offset && offset < p->offset + p->text.len;
}

static const Node *find_in_batch(Reread *r, const Batch *batch, const Wanted *w) {
    for (size_t i = 0; i < batch->pieces.len; i++) {
        const Piece *p = &batch->pieces.items[i];
        Document doc;
        if (holds(p, w->offset) && document_parse(&r->arena, str_copy(&r->arena, p->text), &doc))
            return find(doc.root, w);
    }
    return NULL;
}

static const Node *read_source(Reread *r, const ScanSource *from, const Wanted *w) {
    Error err;
    const Node *found = NULL;
    Reader *reader = reader_open(&from->source, &err);
    if (!reader) return NULL;
    CutterOptions options = {.json = from->family == FAMILY_JSON, .whole = from->uncut};
    Cutter *cutter = cutter_new(reader, options);
    Batch batch = {0};
    bool passed = false;
    while (!passed && r->work <= r->limit && cutter_batch(cutter, &batch, &err)) {
        r->work += batch.bytes.len;
        passed = batch.offset + batch.bytes.len > w->offset;
        if (passed) found = find_in_batch(r, &batch, w);
    }
    batch_release(&batch);
    cutter_free(cutter);
    reader_close(reader);
    return found;
}

const Node *reread_object(Reread *r, Str group, Str kind, Str namespace, Str name) {
    uint32_t object = index_find(&r->scan->index, group, kind, namespace, name);
    if (object == NO_OBJECT) return NULL;
    for (size_t i = 0; i < r->known.len; i++)
        if (r->known.items[i].object == object) return r->known.items[i].node;
    const ObjectFact *fact = &r->scan->index.objects.items[object];
    const ScanSource *from = &r->scan->sources.items[fact->source];
    const Wanted wanted = {group, kind, namespace, name, fact->offset};
    Known known = {.object = object};
    if (from->family == FAMILY_YAML || from->family == FAMILY_JSON)
        known.node = read_source(r, from, &wanted);
    vec_push(&r->known, known);
    return known.node;
}
