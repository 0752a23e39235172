/* From a resource in a document to a text in the stream. */
#include "app/convert_object.h"

#include "app/convert_isolated.h"
#include "change/alone.h"
#include "change/plan.h"
#include "convert/as_is.h"
#include "model/list.h"

/* ---- is it written now? ---- */

static bool has_word(Str text, const char *word) {
    return str_find(text, str_from(word)) != STR_NONE;
}

/* The word is looked for in the piece's bytes: other pieces are not parsed in the first phase. */
static bool goes_first(const Piece *piece, const Identity *id) {
    bool crd = str_eq(id->group, STR("apiextensions.k8s.io")) &&
               str_eq(id->kind, STR("CustomResourceDefinition"));
    bool namespace = !id->group.len && str_eq(id->kind, STR("Namespace"));
    return (crd && has_word(piece->text, "CustomResourceDefinition")) ||
           (namespace && has_word(piece->text, "Namespace"));
}

static bool is_due(const Converting *c, const PieceText *w, const Identity *id) {
    return c->phase == PHASE_ONLY || goes_first(w->piece, id) == (c->phase == PHASE_FIRST);
}

static bool is_left_out(const Converting *c, const Identity *id) {
    return as_is_left_out(id, index_has_uid(&c->scan->index, id->owner_uid)) != NULL;
}

Str object_title(Arena *a, const Identity *id) {
    Str name = id->name.len ? id->name : STR("(unnamed)");
    return str_format(a, STR_FMT "%s" STR_FMT, STR_ARG(id->namespace), id->namespace.len ? "/" : "",
                      STR_ARG(name));
}

/* Told of already: applied it would train again. */
static bool is_finished(Converting *c, const Node *resource, const Identity *id) {
    return c->carry == CARRY_ALL &&
           verdicts_finished(c->verdicts, c->source, id->kind, object_title(&c->arena, id)) &&
           convert_finished(resource).len;
}

/* ---- cleaning ---- */

static void suspend(Converting *c, const Identity *id, Rewrite *rw, Target *root) {
    if (!str_eq(id->group, STR("trainer.kubeflow.org")) || !str_eq(id->kind, STR("TrainJob")))
        return;
    ChangeStep step = {.kind = CHANGE_SET, .value = STR("true"), .plain = true};
    Error err;
    if (!path_parse(&c->arena, STR("spec.suspend"), &step.path, &err)) bug("%s", err.text);
    steps_apply(rw, root, &step);
}

/* What an object has become; or why it cannot. */
typedef struct Cleaned {
    Str text, why;
    const LostComment *lost; /* comments in what the server wrote */
} Cleaned;

static bool apply_plan(Converting *c, Rewrite *rw, Cleaned *clean) {
    Plan plan;
    Buf out = {0};
    bool ok = plan_rewrite(rw, 0, &plan);
    if (ok) {
        edits_apply(rw->doc->text, 0, plan.edits.items, plan.edits.len, &out);
        clean->text = str_copy(&c->arena, buf_str(&out));
        clean->lost = plan.lost;
    } else {
        clean->why = plan.refused;
    }
    buf_release(&out);
    plan_release(&plan);
    return ok;
}

static bool is_bare(const Converting *c, const Rewrite *rw, const Document *own) {
    return !rw->drops && !c->suspend && node_child(own->root, STR("kind"));
}

static bool clean(Converting *c, const Document *own, const Identity *id, Cleaned *cleaned) {
    ConvertInput in = {
        .arena = &c->arena, .doc = own, .resource = own->root, .identity = id, .target = {0}};
    Converted out;
    convert_begin(&out, &in);
    Target *root = as_is_target(&in, &out);
    if (c->suspend) suspend(c, id, &out.rewrite, root);
    bool renamed = c->isolation && isolate_target(c, &out.rewrite, root, id);
    cleaned->text = own->text;
    bool bare = !renamed && is_bare(c, &out.rewrite, own);
    bool ok = bare || apply_plan(c, &out.rewrite, cleaned);
    convert_release(&out);
    return ok;
}

/* ---- writing ---- */

uint32_t piece_text_line(PieceText *w, const Node *n) {
    return w->made ? w->made->line : lines_number(&w->lines, n->entry);
}

static bool fail(Converting *c, PieceText *w, const Node *resource, const Identity *id, Str why) {
    Str title = object_title(&c->arena, id);
    c->counts.failed++;
    if (w->made) w->made->failed = true;
    convert_tell(c, c->source, piece_text_line(w, resource),
                 STR_FMT " '" STR_FMT "' is not written: " STR_FMT, STR_ARG(id->kind),
                 STR_ARG(title), STR_ARG(why));
    return false;
}

/* Lines above a text, with its line breaks. */
static Str with_lines(Converting *c, Str lines, Str text) {
    Str newline = str_find(text, STR("\r\n")) == STR_NONE ? STR("\n") : STR("\r\n"), line;
    Buf whole = {0};
    while (str_split(&lines, '\n', &line))
        if (line.len) buf_addf(&whole, STR_FMT STR_FMT, STR_ARG(line), STR_ARG(newline));
    buf_add(&whole, text);
    Str copy = str_copy(&c->arena, buf_str(&whole));
    buf_release(&whole);
    return copy;
}

static Str with_comments(Converting *c, const PieceText *w, const Node *resource, Str text) {
    bool first = resource->parent && resource->parent->first == resource;
    return first && w->above.len ? with_lines(c, w->above, text) : text;
}

/* Above the first object that a change has made. */
static Str with_notes(Converting *c, const PieceText *w, Str text) {
    if (!w->made || !w->made->notes.len) return text;
    text = with_lines(c, w->made->notes, text);
    w->made->notes = (Str){0};
    return text;
}

/* What belongs to no object is set apart by a blank line. */
static Str with_waiting(Converting *c, const PieceText *w, Str text) {
    Str lines = w->piece->json ? (Str){0} : comments_take(&c->comments, &c->arena, text);
    if (!lines.len) return text;
    Str newline = c->comments.crlf ? STR("\r\n") : STR("\n");
    if (str_starts(text, newline)) return with_lines(c, lines, text);
    return with_lines(c, lines,
                      str_format(&c->arena, STR_FMT STR_FMT, STR_ARG(newline), STR_ARG(text)));
}

static Str why_lost(Converting *c, const Document *own, const LostComment *lost) {
    if (lost->drop) return lost->drop->reason;
    Buf why = {0};
    buf_add(&why, STR("it stood at "));
    path_write(&why, own->root, lost->node);
    Str copy = str_copy(&c->arena, buf_str(&why));
    buf_release(&why);
    return copy;
}

static void tell_lost(Converting *c, PieceText *w, const Node *resource, const Identity *id,
                      const Document *own, const LostComment *lost) {
    Str title = object_title(&c->arena, id);
    for (; lost && !c->scan->options->quiet; lost = lost->next)
        convert_tell(c, c->source, piece_text_line(w, resource),
                     "note: " STR_FMT " '" STR_FMT "': drops the comment \"" STR_FMT "\": " STR_FMT,
                     STR_ARG(id->kind), STR_ARG(title), STR_ARG(span_text(own->text, lost->span)),
                     STR_ARG(why_lost(c, own, lost)));
}

/* As the server had it: what a fix has made no longer says so. */
static Str uid_of(Converting *c, const PieceText *w, const Identity *id) {
    Document was;
    Identity old;
    if (!w->made) return id->uid;
    if (!document_parse(&c->arena, w->piece->text, &was) || !was.root) return (Str){0};
    const Node *items = list_items(was.root), *object = was.root;
    if (items) object = items->count == 1 ? items->first : NULL;
    return object && identity_from_tree(object, &old) ? old.uid : (Str){0};
}

/* A backup of everything beside one of each namespace holds an object twice. */
static bool is_repeated(Converting *c, PieceText *w, const Node *resource, const Identity *id) {
    ObjectPlace at = {c->source, piece_text_line(w, resource)};
    ObjectPlace first = isolation_first(c->isolation, uid_of(c, w, id), id, at);
    if (first.source == at.source && first.line == at.line) return false;
    convert_tell(c, c->source, at.line,
                 "note: " STR_FMT " '" STR_FMT "' is written once: " STR_FMT ":%u has the same uid",
                 STR_ARG(id->kind), STR_ARG(object_title(&c->arena, id)),
                 STR_ARG(scan_path(c->scan, first.source)), first.line);
    if (w->made) w->made->failed = true;
    return true;
}

static bool write_object(Converting *c, PieceText *w, const Node *resource, const Identity *id) {
    Document own;
    Cleaned cleaned = {0};
    if (!layout_alone(&c->arena, &w->doc, &w->margins, resource, &own, &cleaned.why) ||
        !clean(c, &own, id, &cleaned))
        return fail(c, w, resource, id, cleaned.why);
    if (c->isolation && is_repeated(c, w, resource, id)) return false;
    if (c->surveying) {
        isolate_survey(c, resource, id, (ObjectPlace){c->source, piece_text_line(w, resource)});
        return true;
    }
    tell_lost(c, w, resource, id, &own, cleaned.lost);
    Str text = with_notes(c, w, with_comments(c, w, resource, cleaned.text));
    stream_add(c->stream, with_waiting(c, w, text), w->piece->json);
    if (c->isolation && !c->scan->options->quiet) isolate_tell(c, w, resource, id);
    return true;
}

void convert_object(Converting *c, PieceText *w, const Node *resource) {
    bool changed = w->made != NULL;
    Identity id;
    if (!changed && c->carry == CARRY_NOTHING) return;
    if (!identity_from_tree(resource, &id) &&
        !identity_from_list(resource, w->list_api_version, w->list_kind, &id))
        return;
    if (!is_due(c, w, &id)) return;
    if (!changed && is_finished(c, resource, &id)) return;
    if (c->isolation) id.namespace = isolate_namespace(c, &id);
    if (!changed && is_left_out(c, &id)) {
        c->counts.left_out++;
        return;
    }
    if (write_object(c, w, resource, &id)) c->counts.carried += !changed;
}
