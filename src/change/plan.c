/* Hazards, ledger, anchors, layout, read-back, schema, edits: in this order, each able to refuse.
 */
#include "change/plan.h"

#include "change/anchors.h"
#include "change/conform.h"
#include "change/layout.h"
#include "change/verify.h"
#include "input/json_scan.h"
#include "text/difference.h"

#include <string.h>

/* ---- what must not be edited ---- */

static bool refuse(Rewrite *rw, const char *why) {
    rewrite_refuse(rw, str_from(why));
    return false;
}

static bool is_explicit_key(const Rewrite *rw, const Node *child) {
    const Node *key = child->key;
    return child->entry < key->span.start && span_empty(key->properties) &&
           rw->doc->text.data[child->entry] == '?';
}

/* Tags say how a value is read, and complex keys cannot be named: findings yes, edits no. */
static bool is_plain_tree(Rewrite *rw, const Node *n) {
    if (n->tag.len) return refuse(rw, "it has tags");
    bool flow = n->style == STYLE_FLOW && (n->kind == NODE_MAP || n->kind == NODE_SEQ);
    if (flow && !strchr("{[", rw->doc->text.data[n->span.start]))
        return refuse(rw, "it has a pair without braces");
    NODE_EACH (child, n) {
        if (child->key && (child->key->kind != NODE_SCALAR || is_explicit_key(rw, child)))
            return refuse(rw, "it has a key that is no plain text");
        if (child->key && !is_plain_tree(rw, child->key)) return false;
        if (!is_plain_tree(rw, child)) return false;
    }
    return true;
}

/* A template between entries may print any number of lines: where they go is unknown. */
static bool templates_stay_inside(Rewrite *rw, const Node *n) {
    if ((n->kind == NODE_MAP || n->kind == NODE_SEQ) && n->templated)
        return refuse(rw, "depends on a template");
    NODE_EACH (child, n)
        if (!templates_stay_inside(rw, child)) return false;
    return true;
}

/* Several roots need a stream of documents or a List around them. */
static bool may_split(Rewrite *rw) {
    const Node *resource = rw->resource;
    if (!rw->first_root || !rw->first_root->next || rw->in_list || resource->parent) return true;
    if (json_looks(rw->doc->text) == 1)
        return refuse(rw, "a JSON file holds one object: make it a List first, or use convert");
    Str before = str_slice(rw->doc->text, 0, resource->span.start), line = {0};
    while (str_split(&before, '\n', &line))
        if (str_starts(line, STR("%"))) return refuse(rw, "it has directives");
    bool separator = resource->style == STYLE_FLOW && str_trim(line).len;
    return !separator || refuse(rw, "it stands on the line of its separator");
}

static bool is_editable(Rewrite *rw) {
    if (rw->refused.len) return false;
    if (rw->doc->faults) return refuse(rw, "the document has a fault that must be mended first");
    return may_split(rw) && is_plain_tree(rw, rw->resource) &&
           templates_stay_inside(rw, rw->resource) && ledger_check(rw) && anchors_hold(rw);
}

/* ---- text, read-back, edits ---- */

/* `written` has room for each comment: those that the text holds are marked. */
static bool lay_out(Rewrite *rw, const Margins *m, Str *text, bool *written) {
    Layout l = {.rw = rw, .margins = m, .style = style_of(rw->doc, m), .written = written};
    layout_roots(&l);
    *text = str_copy(rw->arena, buf_str(&l.out));
    const char *problem = l.problem;
    layout_release(&l);
    return !problem || refuse(rw, problem);
}

static bool has_splices(const Target *t) {
    for (; t; t = t->next)
        if (t->splices || has_splices(t->first)) return true;
    return false;
}

/* libfyaml 0.7 cannot read what follows a block scalar without text in a nested map. */
static bool has_bare_block(const Node *n) {
    bool block = n->style == STYLE_LITERAL || n->style == STYLE_FOLDED;
    if (block && !str_trim(n->value).len) return true;
    NODE_EACH (child, n)
        if (has_bare_block(child)) return true;
    return false;
}

static bool is_as_wanted(Rewrite *rw, const Margins *m, Str whole, const bool *written, Plan *out) {
    ReadBack after = {0};
    Str why = {0};
    bool ok = verify_text(rw, whole, margins_column(m, rw->resource->entry), &after, &why);
    if (ok) {
        out->lost =
            ledger_comments(rw, m, layout_region(m, rw->resource), written, &after.documents);
        ok = conform(rw, &after, &out->hidden);
    } else if (has_splices(rw->first_root)) {
        refuse(rw, "the new text cannot stand where the old one does");
    } else if (has_bare_block(rw->doc->root)) {
        refuse(rw, "a block scalar without text cannot stand there");
    } else {
        out->bug = true;
        rewrite_refuse(rw, str_format(rw->arena, "the read-back differs: " STR_FMT, STR_ARG(why)));
    }
    read_back_release(&after);
    return ok;
}

static bool plan_within(Rewrite *rw, const Margins *m, Offset base, Plan *out) {
    Span region = layout_region(m, rw->resource);
    Str all = rw->doc->text, text;
    bool *written = arena_array(rw->arena, bool, m->comments.len);
    if (!lay_out(rw, m, &text, written)) return false;
    Str whole =
        str_format(rw->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_slice(all, 0, region.start)),
                   STR_ARG(text), STR_ARG(str_from_offset(all, region.end)));
    if (!is_as_wanted(rw, m, whole, written, out)) return false;
    edits_between(rw->arena, span_text(all, region), text, base + region.start, &out->edits);
    return true;
}

/* ---- without roots ---- */

/* Comments at the start of a file that a blank line ends are not the document's. */
static uint32_t header_end(const Margins *m, const Node *root) {
    uint32_t line = 0, last = margins_line(m, root->entry);
    while (line < last && margins_comment(m, line)) line++;
    return line && margins_is_blank(m, line) ? margins_line_start(m, line + 1) : 0;
}

/* `{{ if .x }}` must not go without its `{{ end }}`, which may stand in another document. */
static bool stands_in_template(const Document *doc) {
    Str around[] = {str_slice(doc->text, 0, doc->root->entry),
                    str_from_offset(doc->text, doc->root->span.end)};
    for (size_t i = 0; i < 2; i++)
        if (str_find(around[i], STR("{{")) != STR_NONE ||
            str_find(around[i], STR("{%")) != STR_NONE)
            return true;
    return false;
}

static bool plan_empty_text(Rewrite *rw, const Margins *m, Offset base, Plan *out) {
    if (stands_in_template(rw->doc)) return refuse(rw, "depends on a template");
    uint32_t start = base ? 0 : header_end(m, rw->doc->root);
    Span region = {start, (uint32_t)rw->doc->text.len};
    out->lost = ledger_comments(rw, m, region, NULL, &(Documents){0});
    vec_push(&out->edits, (Edit){base + start, base + rw->doc->text.len, {0}});
    return true;
}

/* Every node from the root down to the resource, whose siblings are kept. */
static Target *all_but_resource(Rewrite *rw, const Node *n) {
    Target *t = target_within(rw, n);
    NODE_EACH (child, n) {
        if (child == rw->resource) continue;
        target_add(t, node_inside(rw->resource, child) ? all_but_resource(rw, child)
                                                       : target_keep(rw, child));
    }
    return t;
}

/* What goes is an item: its document is rewritten without it. */
static bool plan_removal(Rewrite *rw, const Margins *m, Offset base, Plan *out) {
    const Node *root = rw->doc->root;
    for (const Node *n = rw->resource->parent; n; n = n->parent)
        if (n->templated) return refuse(rw, "depends on a template");
    if (rw->in_list && !rw->resource->parent)
        return refuse(rw, "an item cannot be taken out of a JSON List that was cut: use convert");
    if (rw->resource == root || (rw->resource->parent == root && root->count == 1))
        return plan_empty_text(rw, m, base, out);
    Rewrite around = *rw;
    around.resource = root;
    around.in_list = false;
    around.first_root = around.last_root = all_but_resource(rw, root);
    bool ok = anchors_hold(&around) && plan_within(&around, m, base, out);
    rw->refused = around.refused;
    rw->copies = around.copies;
    return ok;
}

bool plan_rewrite(Rewrite *rw, Offset base, Plan *out) {
    *out = (Plan){0};
    bool ok = is_editable(rw);
    if (ok) {
        Margins m;
        margins_read(&m, rw->doc);
        ok = rw->first_root ? plan_within(rw, &m, base, out) : plan_removal(rw, &m, base, out);
        margins_release(&m);
    }
    out->refused = rw->refused;
    out->copies = rw->copies;
    return ok;
}

void plan_release(Plan *p) {
    vec_release(&p->edits);
}
