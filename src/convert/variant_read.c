/* Reading the multi-variant form, and refusing what the single-variant form cannot say. */
#include "convert/variant.h"

#include "yaml/path.h"
#include "yaml/plain.h"

#include <math.h>

/* The CRD allows 64 bytes for an accelerator, but its name is the value of a label too. */
enum { LONGEST_MODEL = 128, LONGEST_ACCELERATOR = 63, MOST_VARIANTS = 100 };

typedef struct Reading {
    const ConvertInput *in;
    Converted *out;
} Reading;

static Str path_of(const Reading *r, const Node *n) {
    Buf path = {0};
    path_write(&path, r->in->resource, n);
    Str text = str_copy(r->in->arena, buf_str(&path));
    buf_release(&path);
    return text;
}

static bool refuse_at(const Reading *r, const Node *n, const char *what) {
    return convert_refuse(r->out, STR_FMT " %s", STR_ARG(path_of(r, n)), what);
}

/* May its value be read? An absent one may. */
static bool is_readable(const Reading *r, const Node *n) {
    if (!n || !n->templated) return true;
    return convert_refuse(r->out, "depends on a template: " STR_FMT, STR_ARG(path_of(r, n)));
}

/* A value that says something: null, "", {} and [] are as good as absent; the ledger drops them. */
static const Node *filled(const Node *map, const char *key) {
    const Node *n = node_child(map, str_from(key));
    if (!n || n->templated || n->first) return n;
    bool empty = n->kind != NODE_SCALAR || node_is_null(n) || !n->value.len;
    return empty ? NULL : n;
}

/* Anchors of what is split would stand in one document and their aliases in another. */
static bool has_alias(const Node *n) {
    if (n->kind == NODE_ALIAS) return true;
    NODE_EACH (child, n)
        if (has_alias(child)) return true;
    return false;
}

static bool is_whole_number(const Node *n) {
    uint64_t number;
    return n->style == STYLE_PLAIN && str_to_u64(node_text(n), &number) && number > 0 &&
           n->value.data[0] != '0';
}

static bool is_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* What a variantID may have as its accelerator, and a label as its value. */
static bool is_accelerator(Str text) {
    if (!text.len || text.len > LONGEST_ACCELERATOR) return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_alnum(text.data[i]) && text.data[i] != '-' && text.data[i] != '_') return false;
    return is_alnum(text.data[0]) && is_alnum(text.data[text.len - 1]);
}

static bool is_text(const Reading *r, const Node *n) {
    return is_readable(r, n) && (n->kind == NODE_SCALAR || refuse_at(r, n, "is no text"));
}

/* ---- one entry ---- */

/* The first of several spellings; the others stay unmentioned, and the ledger refuses them. */
static const Node *spelled(const Node *map, const char *const *keys) {
    const Node *found = NULL;
    for (; *keys && !found; keys++) found = filled(map, *keys);
    return found;
}

static bool read_accelerator(const Reading *r, Variant *v) {
    static const char *const names[] = {"acc", "accelerator", "acceleratorType", NULL};
    v->accelerator = spelled(v->item, names);
    if (!v->accelerator) return refuse_at(r, v->item, "names no accelerator");
    if (!is_text(r, v->accelerator)) return false;
    v->type = node_text(v->accelerator);
    return is_accelerator(v->type) ||
           refuse_at(r, v->accelerator, "cannot be part of a variantID and a label's value");
}

static bool read_count(const Reading *r, Variant *v) {
    static const char *const names[] = {"accCount", "acceleratorCount", NULL};
    v->count = spelled(v->item, names);
    if (!v->count) return refuse_at(r, v->item, "has no accCount");
    if (!is_readable(r, v->count)) return false;
    return is_whole_number(v->count) || refuse_at(r, v->count, "is no whole number above 0");
}

/* The CRD wants numbers as texts. What has no value, or another one, gets no quotes to hide in. */
static bool read_parameter(const Reading *r, const Node *n) {
    if (n->templated || n->kind != NODE_SCALAR) return true; /* the schema judges collections */
    if (node_is_null(n) || !n->value.len) return refuse_at(r, n, "has no value");
    if (n->style != STYLE_PLAIN || !plain_is_typed(n->value)) return true;
    PlainValue value = plain_value(n->value);
    return (value.kind == PLAIN_NUMBER && isfinite(value.number)) ||
           refuse_at(r, n, "is no number");
}

static bool read_parameters(const Reading *r, const Node *parms) {
    NODE_EACH (group, parms)
        NODE_EACH (n, group)
            if (!read_parameter(r, n)) return false;
    return true;
}

static bool read_profile(const Reading *r, Variant *v) {
    const Node *batch = v->max_batch_size = filled(v->item, "maxBatchSize");
    const Node *parms = v->perf_parms = filled(v->item, "perfParms");
    if (batch && !batch->templated && !is_whole_number(batch))
        return refuse_at(r, batch, "is no whole number above 0");
    if (!parms || parms->templated) return true;
    if (!filled(parms, "decodeParms") || !filled(parms, "prefillParms"))
        return refuse_at(r, parms, "needs both decodeParms and prefillParms");
    return read_parameters(r, parms);
}

/* The oldest form: half of what perfParms holds. */
static void drop_oldest(const Reading *r, const Variant *v) {
    Rewrite *rw = &r->out->rewrite;
    const Str half = STR("the single-variant form takes alpha and beta only with gamma and delta");
    rewrite_drop(rw, filled(v->item, "alpha"), DROP_LOSS, half);
    rewrite_drop(rw, filled(v->item, "beta"), DROP_LOSS, half);
    rewrite_drop(rw, filled(v->item, "atTokens"), DROP_LOSS,
                 STR("the single-variant form has no such field"));
}

static bool read_variant(const Reading *r, const Node *item, Variant *v) {
    static const char *const costs[] = {"variantCost", "cost", NULL};
    *v = (Variant){.item = item};
    if (!is_readable(r, item)) return false;
    if (item->kind != NODE_MAP) return refuse_at(r, item, "is no map");
    v->cost = spelled(item, costs);
    v->own_name = filled(item, "name");
    if (v->own_name && !is_text(r, v->own_name)) return false;
    drop_oldest(r, v);
    return read_accelerator(r, v) && read_count(r, v) && read_profile(r, v);
}

/* ---- the resource ---- */

static bool read_list(const Reading *r, Variants *v) {
    const Node *profile = filled(v->spec, "modelProfile");
    const Node *accelerators = filled(profile, "accelerators");
    const Node *variants = filled(v->spec, "variants");
    if (accelerators && variants)
        return convert_refuse(r->out,
                              "it has both spec.modelProfile.accelerators and spec.variants");
    v->list = accelerators ? accelerators : variants;
    v->profile = accelerators ? profile : NULL;
    if (!v->list)
        return is_readable(r, profile) && convert_refuse(r->out, "it lists no accelerators");
    if (!is_readable(r, v->list)) return false;
    if (v->list->kind != NODE_SEQ) return refuse_at(r, v->list, "is no list");
    return v->list->count <= MOST_VARIANTS || refuse_at(r, v->list, "has too many entries");
}

static bool read_variants(const Reading *r, Variants *v) {
    v->items = arena_array(r->in->arena, Variant, v->list->count);
    NODE_EACH (item, v->list)
        if (!read_variant(r, item, &v->items[v->count++])) return false;
    return true;
}

static bool read_metadata(const Reading *r, Variants *v) {
    const Node *metadata = node_child(r->in->resource, STR("metadata"));
    v->name = filled(metadata, "name");
    v->labels = filled(metadata, "labels");
    v->label = node_child(v->labels, ACCELERATOR_LABEL);
    if (!v->name) return convert_refuse(r->out, "it has no name");
    return is_text(r, v->name) && is_readable(r, v->labels) && (!v->label || is_text(r, v->label));
}

static bool read_scale_target(const Reading *r, Variants *v) {
    const Node *target = v->scale_target = filled(v->spec, "scaleTargetRef");
    if (!target) return true;
    if (!is_readable(r, target)) return false;
    return node_is(node_child(target, STR("kind")), STR("Deployment")) ||
           refuse_at(r, target, "names no Deployment");
}

static bool read_model(const Reading *r, Variants *v) {
    v->model = filled(v->spec, "modelID");
    if (!v->model) return convert_refuse(r->out, "it has no spec.modelID");
    if (!is_text(r, v->model)) return false;
    return v->model->value.len <= LONGEST_MODEL ||
           refuse_at(r, v->model, "is longer than 128 bytes");
}

bool variants_read(const ConvertInput *in, Converted *out, Variants *v) {
    const Reading r = {.in = in, .out = out};
    *v = (Variants){.spec = node_child(in->resource, STR("spec"))};
    if (!v->spec || v->spec->kind != NODE_MAP) return convert_refuse(out, "it has no spec");
    if (has_alias(in->resource)) return convert_refuse(out, "it has aliases: write them out first");
    v->cost = filled(v->spec, "variantCost");
    v->slo_class = filled(v->spec, "sloClassRef");
    return is_readable(&r, v->spec) && read_list(&r, v) && read_metadata(&r, v) &&
           read_scale_target(&r, v) && read_model(&r, v) && read_variants(&r, v);
}
