/* Reading --crds. */
#include "app/crds.h"

#include "base/utf8.h"
#include "change/crd.h"
#include "input/archive.h"
#include "input/cutter.h"
#include "input/walk.h"
#include "model/family.h"
#include "model/list.h"
#include "text/fault.h"
#include "text/lines.h"

#include <stdio.h>

typedef struct Reading {
    Arena *keep;
    Schemas *schemas;
    Str file;
    size_t found; /* definitions of any kind */
    Spool spool;  /* what archives hold */
    Error *err;
} Reading;

/* ---- one document ---- */

typedef bool (*VisitCrd)(Reading *r, const Document *doc, const Node *crd);

/* The document itself, the items of a List, the one item that was cut off. */
static bool each_crd(Reading *r, const Document *doc, VisitCrd visit) {
    if (is_crd(doc->root)) return visit(r, doc, doc->root);
    NODE_EACH (item, list_items(doc->root)) {
        const Node *resource = node_resolve(item);
        if (is_crd(resource) && !visit(r, doc, resource)) return false;
    }
    return true;
}

static bool count(Reading *r, const Document *doc, const Node *crd) {
    (void)doc, (void)crd;
    r->found++;
    return true;
}

static bool give(Reading *r, const Document *doc, const Node *crd) {
    return schemas_give(r->schemas, doc, crd, r->file, r->err);
}

static bool fail(const Reading *r, const Piece *piece, uint32_t at, Str why) {
    Lines lines = {.text = piece->text, .line = piece->line, .column = piece->column};
    uint32_t line = lines_number(&lines, at);
    lines_release(&lines);
    return error_set(r->err, STR_FMT ":%u: this definition cannot be read: " STR_FMT,
                     STR_ARG(r->file), line, STR_ARG(why));
}

static bool parse(const Reading *r, Arena *a, const Piece *piece, Str text, Document *doc) {
    size_t at;
    const char *fault = text_fault(text, &at);
    if (fault) return fail(r, piece, (uint32_t)at, str_from(fault));
    if (!document_parse(a, text, doc))
        return fail(r, piece, doc->error.span.start, doc->error.message);
    if (doc->faults) return fail(r, piece, doc->faults->span.start, doc->faults->message);
    return true;
}

/* Parsed in memory that is given back: a dump is large, and most of it is of no use. */
static bool is_wanted(Reading *r, const Piece *piece, bool *wanted) {
    Arena arena = {0};
    Document doc;
    size_t found = r->found;
    bool ok = parse(r, &arena, piece, piece->text, &doc);
    if (ok) each_crd(r, &doc, count);
    *wanted = r->found > found && schemas_named_in(piece->text);
    arena_release(&arena);
    return ok;
}

static bool read_piece(Reading *r, const Piece *piece) {
    bool wanted;
    Document doc;
    if (str_find(piece->text, STR("CustomResourceDefinition")) == STR_NONE) return true;
    if (piece->kind == PIECE_TOO_LARGE) return fail(r, piece, 0, STR("it is too large"));
    if (piece->kind == PIECE_HEAD || piece->kind == PIECE_TAIL) return true;
    if (!is_wanted(r, piece, &wanted)) return false;
    if (!wanted) return true;
    Str text = str_copy(r->keep, piece->text);
    return parse(r, r->keep, piece, text, &doc) && each_crd(r, &doc, give);
}

/* ---- files ---- */

static bool read_batches(Reading *r, Cutter *cutter) {
    Batch batch = {0};
    bool ok = true;
    r->err->text[0] = '\0';
    while (ok && cutter_batch(cutter, &batch, r->err)) {
        for (size_t i = 0; ok && i < batch.pieces.len; i++)
            ok = read_piece(r, &batch.pieces.items[i]);
        if (ok && batch.truncated)
            ok = error_set(r->err, STR_FMT ": it ends in the middle", STR_ARG(r->file));
    }
    batch_release(&batch);
    return ok && !r->err->text[0];
}

static bool read_source(Reading *r, const Source *source) {
    Reader *reader = reader_open(source, r->err);
    if (!reader) return false;
    r->file = source->path;
    bool json = family_of(packed_content(source->path)) == FAMILY_JSON;
    Cutter *cutter = cutter_new(reader, (CutterOptions){.json = json});
    bool ok = read_batches(r, cutter);
    cutter_free(cutter);
    reader_close(reader);
    return ok;
}

static bool wants(void *context, Str path) {
    (void)context;
    Family f = family_of(packed_content(path));
    return packed_as(path) != PACKED_ARCHIVE && (f == FAMILY_YAML || f == FAMILY_JSON);
}

static void skipped(void *context, Str path, SkipReason why, Str detail) {
    Reading *r = context;
    if (why == SKIP_UNREADABLE && !r->err->text[0])
        error_set(r->err, "cannot read " STR_FMT ": " STR_FMT, STR_ARG(path), STR_ARG(detail));
}

/* The files below a PATH, and what archives and compressed files hold. */
static bool list_path(Reading *r, Str path, SourceVec *out) {
    Walk walk = {.no_ignore = true, .context = r, .wants = wants, .skipped = skipped};
    SourceVec found = {0};
    r->err->text[0] = '\0';
    bool ok = walk_path(r->keep, &walk, path, &found, r->err);
    walk_finish(&found);
    for (size_t i = 0; ok && i < found.len; i++) {
        if (packed_as(found.items[i].path) == PACKED_NOT)
            vec_push(out, found.items[i]);
        else
            archive_unpack(r->keep, &walk, &found.items[i], &r->spool, out);
    }
    vec_release(&found);
    return ok && !r->err->text[0];
}

static bool read_path(Reading *r, Str path) {
    SourceVec sources = {0};
    r->found = 0;
    if (str_eq(path, STR("-")))
        return error_set(r->err, "standard input is not read for definitions: write them to a file "
                                 "and name that");
    bool ok = list_path(r, path, &sources);
    for (size_t i = 0; ok && i < sources.len; i++) ok = read_source(r, &sources.items[i]);
    vec_release(&sources);
    if (ok && !r->found)
        ok = error_set(r->err, "there is no CustomResourceDefinition in " STR_FMT, STR_ARG(path));
    return ok;
}

bool crds_read(Arena *a, const WrittenList *paths, Schemas *out, Error *err) {
    Reading r = {.keep = a, .schemas = out, .err = err};
    for (size_t i = 0; i < paths->len; i++)
        if (!read_path(&r, paths->items[i].text)) return error_prefix(err, "--crds: ");
    return true;
}

/* ---- what is said ---- */

static void tell_one(const GivenSchema *g) {
    Buf line = {0};
    uint32_t unchecked = g->schema ? g->schema->unchecked : 0;
    utf8_add_printable(&line, g->file);
    buf_addf(&line, ": the schema of " STR_FMT " of " STR_FMT "/" STR_FMT, STR_ARG(g->kind),
             STR_ARG(g->group), STR_ARG(g->version));
    if (unchecked) buf_addf(&line, ", without %u rules of it that cannot be checked", unchecked);
    fprintf(stderr, STR_FMT "\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

void crds_tell(const WrittenList *paths, const Schemas *s, bool verbose) {
    const GivenSchema *given;
    size_t len = schemas_given(s, &given);
    for (size_t i = 0; verbose && i < len; i++) tell_one(&given[i]);
    if (paths->len && !len)
        fprintf(stderr, "note: --crds defines no kind that a conversion writes: the built-in "
                        "schemas are used\n");
}
