/* Cutting again, editing, and handing on each object. */
#include "app/convert_pieces.h"

#include "app/convert_notes.h"
#include "app/convert_object.h"
#include "app/fix_view.h"
#include "base/utf8.h"
#include "change/layout.h"
#include "model/list.h"
#include "model/secrets.h"
#include "text/fault.h"

#include <stdarg.h>

void convert_tell(const Converting *c, uint32_t source, uint32_t line, const char *format, ...) {
    Buf text = {0}, masked = {0}, safe = {0};
    if (c->surveying) return;
    buf_add(&text, c->scan->sources.items[source].source.path);
    if (line) buf_addf(&text, ":%u", line);
    buf_add(&text, STR(": "));
    va_list args;
    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    mask_text(buf_str(&text), &masked);
    utf8_add_printable(&safe, buf_str(&masked));
    fprintf(stderr, STR_FMT "\n", STR_ARG(buf_str(&safe)));
    buf_release(&text);
    buf_release(&masked);
    buf_release(&safe);
}

/* ---- the edits of a piece ---- */

/* A line that goes above what is made of the resource at an offset of the piece. */
typedef struct Note {
    uint32_t resource;
    Str comment;
} Note;

typedef struct PieceEdits {
    EditVec edits;
    VEC(Note) notes;
    VEC(uint32_t) objects; /* that are converted: where they start in the piece, each once */
    bool changed;          /* it is not what was planned on */
} PieceEdits;

typedef enum { PLANNED, PLANNED_ELSEWHERE, PLANNED_ON_OTHER_BYTES } Planned;

/* Does a part of the plan speak of this piece, and of these very bytes? */
static Planned planned_on(const Converting *c, const FixPlan *fix, const Piece *piece) {
    for (size_t i = 0; i < fix->parts.len; i++) {
        const FixPart *p = &fix->parts.items[i];
        if (p->source != c->source || p->piece > piece->offset ||
            p->piece + p->text.len <= piece->offset)
            continue;
        size_t at = (size_t)(piece->offset - p->piece);
        bool same = str_eq(str_slice(p->text, at, at + piece->text.len), piece->text);
        return same ? PLANNED : PLANNED_ON_OTHER_BYTES;
    }
    return PLANNED_ELSEWHERE;
}

static bool stands_in(const Piece *piece, const Edit *e) {
    return e->start >= piece->offset && e->end <= piece->offset + piece->text.len;
}

void convert_tell_notes(const Converting *c, const Finding *f, const StrVec *notes) {
    for (size_t i = 0; i < notes->len && !c->scan->options->quiet; i++)
        convert_tell(c, f->source, f->place.line, "note: " STR_FMT " '" STR_FMT "': " STR_FMT,
                     STR_ARG(scan_text(c->scan, f->kind)), STR_ARG(scan_text(c->scan, f->title)),
                     STR_ARG(notes->items[i]));
}

static void annotate(Converting *c, const Finding *f, Str note, PieceEdits *out) {
    vec_push(&out->notes, (Note){f->document.start + f->resource, note_comment(&c->arena, note)});
}

/* JSON has no comments: there they are told, and no more. What a note names may be something that
 * no copy is made of, or a word: nothing in it is renamed. */
static void take_notes(Converting *c, const Piece *piece, const Finding *f, const FixPlan *fix,
                       PieceEdits *out) {
    StrVec notes = {0};
    bool comments = c->annotate && !piece->json;
    halfway_notes(c->halfway, f->source, scan_text(c->scan, f->title), &notes);
    notes_of_fix(&c->arena, c->scan, fix, &notes);
    if (notes.len && comments && c->isolation)
        annotate(c, f, STR("this is a copy; the notes name things as the originals are called"),
                 out);
    for (size_t i = 0; i < notes.len && comments; i++) annotate(c, f, notes.items[i], out);
    convert_tell_notes(c, f, &notes);
    vec_release(&notes);
}

static void add_object(PieceEdits *out, const Finding *f) {
    uint32_t start = f->document.start + f->resource;
    for (size_t i = 0; i < out->objects.len; i++)
        if (out->objects.items[i] == start) return;
    vec_push(&out->objects, start);
}

static void take_fix(Converting *c, const Piece *piece, const Finding *f, bool leads,
                     PieceEdits *out) {
    const FixPlan *fix = fixer_plan(c->fixer, f);
    Planned planned = planned_on(c, fix, piece);
    /* What refers to a converted object may keep the old name: a note of the change says so. */
    out->changed |= !fix_exists(fix) || planned == PLANNED_ON_OTHER_BYTES ||
                    (leads && planned == PLANNED_ELSEWHERE);
    if (out->changed || planned == PLANNED_ELSEWHERE) return;
    if (leads) add_object(out, f);
    if (leads) take_notes(c, piece, f, fix, out);
    for (size_t i = 0; i < fix->edits.len; i++) {
        const FixEdit *e = &fix->edits.items[i];
        if (e->source != c->source || !stands_in(piece, &e->edit)) continue;
        Edit edit = {e->edit.start, e->edit.end, str_copy(&c->arena, e->edit.text)};
        vec_push(&out->edits, edit);
    }
}

/* Is the change made that this finding is a part of? `*leads`: it is the finding's own. */
static bool is_made(const Converting *c, const Finding *f, bool *leads) {
    const Finding *first = c->scan->findings.items;
    const Finding *followed = fixer_followed(c->fixer, f);
    *leads = !followed;
    if (followed) return c->verdicts->items[followed - first].taken;
    return c->verdicts->items[f - first].taken;
}

/* Findings stand in the order of their places, pieces too. */
static void collect(Converting *c, const Piece *piece, PieceEdits *out) {
    const Scan *s = c->scan;
    Offset end = piece->offset + piece->text.len;
    for (; c->finding < s->findings.len; c->finding++) {
        const Finding *f = &s->findings.items[c->finding];
        if (f->source != c->source || f->place.start >= end) break;
        bool leads;
        if (f->place.start < piece->offset || !is_made(c, f, &leads)) continue;
        take_fix(c, piece, f, leads, out);
    }
    edits_sort(out->edits.items, out->edits.len);
}

/* Each place that names a converted object plans the same change. */
static void drop_doubles(EditVec *edits) {
    size_t kept = 0;
    for (size_t i = 0; i < edits->len; i++)
        if (!kept || edits->items[kept - 1].start != edits->items[i].start)
            edits->items[kept++] = edits->items[i];
    edits->len = kept;
}

/* ---- which objects of a List the edits are in ---- */

typedef VEC(Region) Regions;

static bool stands_in_text(Str text, Str line) {
    return str_find(text, line) != STR_NONE;
}

/* Those of the resources in a span of the piece, each once. */
static Str notes_within(Converting *c, const PieceEdits *e, Span span) {
    Buf lines = {0};
    for (size_t i = 0; i < e->notes.len; i++) {
        const Note *n = &e->notes.items[i];
        if (n->resource >= span.start && n->resource < span.end &&
            !stands_in_text(buf_str(&lines), n->comment))
            buf_add(&lines, n->comment);
    }
    Str copy = str_copy(&c->arena, buf_str(&lines));
    buf_release(&lines);
    return copy;
}

/* `before`: the region as it was. */
static void add_region(Converting *c, const PieceEdits *e, Span before, Region region,
                       Regions *out) {
    region.notes = notes_within(c, e, before);
    for (size_t i = 0; i < e->objects.len; i++)
        region.converted += e->objects.items[i] >= before.start && e->objects.items[i] < before.end;
    vec_push(out, region);
}

static void add_whole(Converting *c, const PieceEdits *e, uint32_t line, Regions *out) {
    Span all = {0, UINT32_MAX};
    add_region(c, e, all, (Region){.span = all, .line = line}, out);
}

static bool touches(const EditVec *edits, Offset base, Span region, int64_t *growth) {
    bool any = false;
    for (size_t i = 0; i < edits->len; i++) {
        const Edit *e = &edits->items[i];
        if (e->start < base + region.start || e->end > base + region.end) continue;
        *growth += (int64_t)e->text.len - (int64_t)(e->end - e->start);
        any = true;
    }
    return any;
}

/* Where the items that were edited stand in the new text. All edits of an item lie in it. */
static void find_regions(Converting *c, const Piece *piece, const PieceEdits *e, Regions *out) {
    Document doc;
    Margins m;
    document_parse(&c->arena, piece->text, &doc);
    const Node *items = list_items(doc.root);
    Lines lines = {.text = piece->text, .line = piece->line, .column = 1};
    margins_read(&m, &doc);
    int64_t shift = 0;
    NODE_EACH (item, items) {
        Span region = layout_region(&m, item);
        int64_t growth = 0;
        Span after = {(uint32_t)(region.start + shift), (uint32_t)(region.end + shift)};
        if (touches(&e->edits, piece->offset, region, &growth)) {
            after.end = (uint32_t)(after.end + growth);
            uint32_t line = lines_number(&lines, item->entry);
            add_region(c, e, region, (Region){.span = after, .line = line}, out);
        }
        shift += growth;
    }
    if (!items) add_whole(c, e, lines_number(&lines, doc.root ? doc.root->entry : 0), out);
    lines_release(&lines);
    margins_release(&m);
}

static Region *region_at(const Regions *regions, uint32_t at) {
    for (size_t i = 0; i < regions->len; i++)
        if (at >= regions->items[i].span.start && at < regions->items[i].span.end)
            return &regions->items[i];
    return NULL;
}

/* ---- objects of a text ---- */

static void fail(Converting *c, const Piece *piece, Str why) {
    if (c->phase == PHASE_FIRST) return; /* told in the other phase */
    c->counts.failed++;
    convert_tell(c, c->source, piece->line, "not written: " STR_FMT, STR_ARG(why));
}

/* Its items are not looked at one by one: written as it stands it would be no copy of what was
 * asked for. */
static bool is_inner_list(const Node *resource) {
    Str kind = node_text(node_child(resource, STR("kind")));
    return list_items(resource) && (resource->kind == NODE_SEQ || kind.len);
}

/* Comments beside an item of a List in brackets go with the List, unless all of it is carried. */
static void tell_beside(const Converting *c, const PieceText *w, const Node *item) {
    const Margins *m = &w->margins;
    bool flow = item->parent && item->parent->style == STYLE_FLOW && !w->piece->json;
    if (!flow || c->carry != CARRY_NOTHING || c->surveying || c->scan->options->quiet) return;
    for (size_t i = margins_comment_from(m, entry_lead(m, item)); i < m->comments.len; i++) {
        Span span = m->comments.items[i].span;
        if (span.start >= entry_end(m, item)) return;
        if (span.start >= item->span.start && span.end <= item->span.end) continue;
        convert_tell(c, c->source, w->piece->line, "note: not written: the comment \"" STR_FMT "\"",
                     STR_ARG(span_text(m->text, span)));
    }
}

static void hand_on(Converting *c, PieceText *w, const Node *resource, Region *made) {
    if (is_inner_list(resource)) {
        if (made) made->failed = true;
        if (made || c->carry != CARRY_NOTHING)
            fail(c, w->piece,
                 STR("a List inside a List or an array: unpack it (jq '.[] | .items[]')"));
        return;
    }
    w->made = made;
    if (made) tell_beside(c, w, resource);
    convert_object(c, w, resource);
    comments_pass(&c->comments);
}

/* A document without anything is no failure. */
static void write_document(Converting *c, PieceText *w, Str text, uint32_t offset, uint32_t line,
                           const Regions *regions) {
    size_t at;
    const char *fault = text_fault(text, &at);
    if (fault || !document_parse(&c->arena, text, &w->doc)) {
        for (size_t i = 0; i < regions->len; i++) regions->items[i].failed = true;
        fail(c, w->piece, fault ? str_from(fault) : w->doc.error.message);
        return;
    }
    if (!w->doc.root) return;
    const Node *items = list_items(w->doc.root);
    Str kind = node_text(node_child(w->doc.root, STR("kind")));
    if (items && kind.len && !str_eq(kind, STR("List"))) {
        w->list_kind = kind;
        w->list_api_version = node_text(node_child(w->doc.root, STR("apiVersion")));
    }
    w->lines = (Lines){.text = text, .line = line, .column = 1};
    margins_read(&w->margins, &w->doc);
    size_t comment = 0;
    NODE_EACH (item, items) {
        comment = comments_before(&c->comments, &w->doc, &w->margins, comment, item);
        hand_on(c, w, item, region_at(regions, offset + item->entry));
    }
    if (items) comments_behind(&c->comments, &w->doc, &w->margins, comment, w->piece);
    if (items && w->piece->kind != PIECE_ITEM) comments_below(&c->comments, c->stream);
    if (!items) hand_on(c, w, w->doc.root, region_at(regions, offset + w->doc.root->entry));
    margins_release(&w->margins);
    lines_release(&w->lines);
}

/* A JSON object may have become several, with commas between. */
static void write_json_items(Converting *c, PieceText *w, Str text, const Regions *regions) {
    Str array = str_format(&c->arena, "[" STR_FMT "]", STR_ARG(text));
    write_document(c, w, array, 0, w->piece->line, regions);
}

static void write_text(Converting *c, PieceText *w, Str text, const Regions *regions) {
    const Piece *piece = w->piece;
    PieceVec documents = {0};
    if (piece->json && regions->len && regions->items[0].span.end == UINT32_MAX) {
        write_json_items(c, w, text, regions);
        return;
    }
    if (piece->json || piece->kind == PIECE_ITEM) {
        write_document(c, w, text, 0, piece->line, regions);
        return;
    }
    cut_text(text, 0, piece->line, 0, &documents);
    for (size_t i = 0; i < documents.len; i++) {
        const Piece *d = &documents.items[i];
        write_document(c, w, d->text, (uint32_t)d->offset, d->line, regions);
    }
    vec_release(&documents);
}

/* What could not be written is counted as that alone. */
static void count(Converting *c, const Regions *regions) {
    for (size_t i = 0; i < regions->len; i++) {
        const Region *r = &regions->items[i];
        if (r->failed) continue;
        c->counts.converted += r->converted;
        c->counts.edited += !r->converted;
    }
}

static void write_edited(Converting *c, PieceText *w, PieceEdits *e) {
    const Piece *piece = w->piece;
    Regions regions = {0};
    Buf text = {0};
    drop_doubles(&e->edits);
    if (piece->kind == PIECE_ITEM)
        add_whole(c, e, piece->line, &regions);
    else
        find_regions(c, piece, e, &regions);
    edits_apply(piece->text, piece->offset, e->edits.items, e->edits.len, &text);
    write_text(c, w, str_copy(&c->arena, buf_str(&text)), &regions);
    count(c, &regions);
    buf_release(&text);
    vec_release(&regions);
}

/* ---- pieces and batches ---- */

static bool is_needed(const Converting *c, const Piece *piece, const PieceEdits *e) {
    if (e->edits.len) return true;
    if (c->carry == CARRY_NOTHING) return false;
    return c->phase != PHASE_FIRST || str_find(piece->text, STR("Namespace")) != STR_NONE ||
           str_find(piece->text, STR("CustomResourceDefinition")) != STR_NONE;
}

static void write_piece(Converting *c, const Batch *batch, const Piece *piece) {
    PieceEdits e = {0};
    PieceText w = {
        .piece = piece, .list_api_version = batch->list_api_version, .list_kind = batch->list_kind};
    arena_reset(&c->arena);
    if (c->carry != CARRY_AS_IS) collect(c, piece, &e);
    if (piece->kind == PIECE_ITEM) w.above = comments_for_item(&c->comments, &c->arena, piece);
    if (e.changed)
        fail(c, piece, STR("the file has changed since it was read"));
    else if (e.edits.len)
        write_edited(c, &w, &e);
    else if (piece->kind == PIECE_TOO_LARGE && c->carry != CARRY_NOTHING)
        fail(c, piece, STR("it is too large"));
    else if (is_needed(c, piece, &e))
        write_text(c, &w, piece->text, &(Regions){0});
    else
        comments_pass(&c->comments);
    vec_release(&e.edits);
    vec_release(&e.notes);
    vec_release(&e.objects);
}

static void write_batch(Converting *c, const Batch *batch) {
    Str bytes = buf_str(&batch->bytes);
    size_t at = 0;
    for (size_t i = 0; i < batch->pieces.len; i++) {
        const Piece *piece = &batch->pieces.items[i];
        size_t start = (size_t)(piece->offset - batch->offset);
        comments_between(&c->comments, c->stream, str_slice(bytes, at, start));
        comments_piece(&c->comments, c->stream, piece);
        if (piece->kind == PIECE_HEAD || piece->kind == PIECE_TAIL)
            comments_margin(&c->comments, &c->arena, piece->text, piece->kind);
        else
            write_piece(c, batch, piece);
        comments_keep(&c->comments, piece->text);
        at = start + piece->text.len;
    }
    comments_between(&c->comments, c->stream, str_from_offset(bytes, at));
}

/* Findings of a source stand together. */
const size_t *findings_of_sources(Scan *s) {
    size_t *firsts = arena_array(&s->arena, size_t, s->sources.len);
    for (size_t i = 0; i < s->sources.len; i++) firsts[i] = s->findings.len;
    for (size_t i = s->findings.len; i-- > 0;) firsts[s->findings.items[i].source] = i;
    return firsts;
}

static void tell_comments(const Converting *c, size_t lost) {
    if (!lost || c->scan->options->quiet) return;
    convert_tell(c, c->source, 0, "note: %zu comment%s not written: no object stands beside %s",
                 lost, lost == 1 ? " is" : "s are", lost == 1 ? "it" : "them");
}

void convert_source(Converting *c, uint32_t source) {
    const ScanSource *from = &c->scan->sources.items[source];
    Error err = {0};
    c->source = source;
    c->finding = c->firsts[source];
    bool carries = c->carry != CARRY_NOTHING && !c->surveying && from->family != FAMILY_JSON;
    comments_begin(&c->comments, source, carries, c->phase == PHASE_FIRST);
    Reader *reader = reader_open(&from->source, &err);
    if (reader) {
        CutterOptions options = {.json = from->family == FAMILY_JSON, .whole = from->uncut};
        Cutter *cutter = cutter_new(reader, options);
        Batch batch = {0};
        while (cutter_batch(cutter, &batch, &err)) write_batch(c, &batch);
        /* Of what is converted alone the scan tells it. */
        if (batch.truncated && c->carry != CARRY_NOTHING)
            error_set(&err, "it ends in the middle of a JSON value: what stood behind is not here");
        batch_release(&batch);
        cutter_free(cutter);
        reader_close(reader);
    }
    tell_comments(c, comments_end(&c->comments, c->stream));
    if (!err.text[0] || c->phase == PHASE_FIRST) return;
    c->counts.failed++;
    convert_tell(c, source, 0, "%s", err.text);
}

void converting_release(Converting *c) {
    arena_release(&c->arena);
    comments_release(&c->comments);
}
