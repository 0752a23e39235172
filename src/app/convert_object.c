/* From a resource in a document to a text in the stream. */
#include "app/convert_object.h"

#include "app/convert_isolated.h"
#include "change/alone.h"
#include "change/plan.h"
#include "convert/as_is.h"

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

/* ---- cleaning ---- */

static void suspend(Converting *c, const Identity *id, Rewrite *rw, Target *root) {
    if (!str_eq(id->group, STR("trainer.kubeflow.org")) || !str_eq(id->kind, STR("TrainJob")))
        return;
    ChangeStep step = {.kind = CHANGE_SET, .value = STR("true"), .plain = true};
    Error err;
    if (!path_parse(&c->arena, STR("spec.suspend"), &step.path, &err)) bug("%s", err.text);
    steps_apply(rw, root, &step);
}

static bool apply_plan(Converting *c, Rewrite *rw, Str *text, Str *why) {
    Plan plan;
    Buf out = {0};
    bool ok = plan_rewrite(rw, 0, &plan);
    if (ok) {
        edits_apply(rw->doc->text, 0, plan.edits.items, plan.edits.len, &out);
        *text = str_copy(&c->arena, buf_str(&out));
    } else {
        *why = plan.refused;
    }
    buf_release(&out);
    plan_release(&plan);
    return ok;
}

static bool is_bare(const Converting *c, const Rewrite *rw, const Document *own) {
    return !rw->drops && !c->suspend && node_child(own->root, STR("kind"));
}

static bool clean(Converting *c, const Document *own, const Identity *id, Str *text, Str *why) {
    ConvertInput in = {
        .arena = &c->arena, .doc = own, .resource = own->root, .identity = id, .target = {0}};
    Converted out;
    convert_begin(&out, &in);
    Target *root = as_is_target(&in, &out);
    if (c->suspend) suspend(c, id, &out.rewrite, root);
    bool renamed = c->isolation && isolate_target(c, &out.rewrite, root, id);
    *text = own->text;
    bool bare = !renamed && is_bare(c, &out.rewrite, own);
    bool ok = bare || apply_plan(c, &out.rewrite, text, why);
    convert_release(&out);
    return ok;
}

/* ---- writing ---- */

uint32_t piece_text_line(const PieceText *w, const Node *n) {
    uint32_t line = w->line;
    if (w->made) return w->made->line;
    for (uint32_t i = 0; i < n->entry; i++) line += w->doc.text.data[i] == '\n';
    return line;
}

static bool fail(Converting *c, const PieceText *w, const Node *resource, const Identity *id,
                 Str why) {
    c->counts.failed++;
    convert_tell(c, c->source, piece_text_line(w, resource),
                 STR_FMT " '" STR_FMT "' is not written: " STR_FMT, STR_ARG(id->kind),
                 STR_ARG(id->name), STR_ARG(why));
    return false;
}

static Str with_comments(Converting *c, const PieceText *w, const Node *resource, Str text) {
    bool first = resource->parent && resource->parent->first == resource;
    if (!first || !w->above.len) return text;
    return str_format(&c->arena, STR_FMT STR_FMT, STR_ARG(w->above), STR_ARG(text));
}

/* Above the first object that a change has made. */
static Str with_notes(Converting *c, const PieceText *w, Str text) {
    if (!w->made || !w->made->notes.len) return text;
    Str newline = str_find(text, STR("\r\n")) == STR_NONE ? STR("\n") : STR("\r\n");
    Str rest = w->made->notes, line;
    Buf whole = {0};
    while (str_split(&rest, '\n', &line))
        if (line.len) buf_addf(&whole, STR_FMT STR_FMT, STR_ARG(line), STR_ARG(newline));
    buf_add(&whole, text);
    Str copy = str_copy(&c->arena, buf_str(&whole));
    buf_release(&whole);
    w->made->notes = (Str){0};
    return copy;
}

static bool write_object(Converting *c, const PieceText *w, const Node *resource,
                         const Identity *id) {
    Document own;
    Str text, why = {0};
    if (!layout_alone(&c->arena, &w->doc, &w->margins, resource, &own, &why) ||
        !clean(c, &own, id, &text, &why))
        return fail(c, w, resource, id, why);
    if (c->surveying) {
        isolate_survey(c, resource, id, (ObjectPlace){c->source, piece_text_line(w, resource)});
        return true;
    }
    text = with_notes(c, w, with_comments(c, w, resource, text));
    stream_add(c->stream, text, w->piece->json);
    if (c->isolation && !c->scan->options->quiet) isolate_tell(c, w, resource, id);
    return true;
}

void convert_object(Converting *c, const PieceText *w, const Node *resource) {
    bool changed = w->made != NULL;
    Identity id;
    if (!changed && c->carry == CARRY_NOTHING) return;
    if (!identity_from_tree(resource, &id) &&
        !identity_from_list(resource, w->list_api_version, w->list_kind, &id))
        return;
    if (!is_due(c, w, &id)) return;
    if (c->isolation) id.namespace = isolate_namespace(c, &id);
    if (!changed && is_left_out(c, &id)) {
        c->counts.left_out++;
        return;
    }
    if (write_object(c, w, resource, &id)) c->counts.carried += !changed;
}
