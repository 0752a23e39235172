/* Reading the forms of all eras, and refusing what the form that is wanted cannot say. */
#include "convert/variant.h"

#include "yaml/path.h"
#include "yaml/plain.h"

#include <math.h>

/* The CRD allows 64 bytes for an accelerator, but its name is the value of a label too. */
enum { LONGEST_MODEL = 128, LONGEST_ACCELERATOR = 63, MOST_VARIANTS = 100 };

typedef struct Reading {
    const ConvertInput *in;
    Converted *out;
    bool guide; /* the form of the guide says most, so that it asks for most */
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
    for (; *keys && !found; keys++) found = variant_filled(map, *keys);
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
    if (!v->count) return !r->guide || refuse_at(r, v->item, "has no accCount");
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
    const Node *batch = v->max_batch_size = variant_filled(v->item, "maxBatchSize");
    const Node *parms = v->perf_parms = variant_filled(v->item, "perfParms");
    if (batch && !batch->templated && !is_whole_number(batch))
        return refuse_at(r, batch, "is no whole number above 0");
    if (!parms || parms->templated) return true;
    if (!variant_filled(parms, "decodeParms") || !variant_filled(parms, "prefillParms"))
        return refuse_at(r, parms, "needs both decodeParms and prefillParms");
    return read_parameters(r, parms);
}

/* The oldest form: half of what perfParms holds. */
static void drop_oldest(const Reading *r, const Variant *v) {
    Rewrite *rw = &r->out->rewrite;
    const Str half = STR("the single-variant form takes alpha and beta only with gamma and delta");
    rewrite_drop(rw, variant_filled(v->item, "alpha"), DROP_LOSS, half);
    rewrite_drop(rw, variant_filled(v->item, "beta"), DROP_LOSS, half);
    rewrite_drop(rw, variant_filled(v->item, "atTokens"), DROP_LOSS,
                 STR("the single-variant form has no such field"));
}

static bool read_variant(const Reading *r, const Node *item, Variant *v) {
    static const char *const costs[] = {"variantCost", "cost", NULL};
    *v = (Variant){.item = item};
    if (!is_readable(r, item)) return false;
    if (item->kind != NODE_MAP) return refuse_at(r, item, "is no map");
    v->cost = spelled(item, costs);
    v->own_name = variant_filled(item, "name");
    if (v->own_name && !is_text(r, v->own_name)) return false;
    if (!read_accelerator(r, v) || !read_count(r, v)) return false;
    if (!r->guide) return true;
    drop_oldest(r, v);
    return read_profile(r, v);
}

/* A single-variant spec is its own only entry. It may name no accelerator: most released forms name
 * it by the label alone. */
static bool read_single(const Reading *r, Variants *v) {
    v->items = arena_new(r->in->arena, Variant);
    v->count = 1;
    Variant *one = v->items;
    *one = (Variant){.item = v->spec};
    bool draft = v->era == ERA_TYPE;
    one->accelerator = variant_filled(v->spec, draft ? "acceleratorType" : "accelerator");
    one->count = variant_filled(v->spec, "acceleratorCount");
    if (one->accelerator) {
        if (!is_text(r, one->accelerator)) return false;
        one->type = node_text(one->accelerator);
        if (!is_accelerator(one->type))
            return refuse_at(r, one->accelerator,
                             "cannot be part of a variantID and a label's value");
    }
    if (!r->guide || !one->count) return true;
    return is_readable(r, one->count) &&
           (is_whole_number(one->count) || refuse_at(r, one->count, "is no whole number above 0"));
}

/* Nothing but the label tells the accelerator, and nothing at all the number: it is no guess. */
static bool refuse_unnamed(const Reading *r, const Variants *v) {
    Str label = v->label ? node_text(v->label) : (Str){0};
    if (label.len)
        return convert_refuse(
            r->out,
            "nothing tells its acceleratorCount: write it, and the accelerator '" STR_FMT
            "' of its label",
            STR_ARG(label));
    return convert_refuse(r->out, "it names no accelerator and no acceleratorCount: write both");
}

/* ---- the resource ---- */

static bool read_list(const Reading *r, Variants *v) {
    const Node *profile = variant_filled(v->spec, "modelProfile");
    const Node *accelerators = variant_filled(profile, "accelerators");
    const Node *variants = variant_filled(v->spec, "variants");
    if (accelerators && variants)
        return convert_refuse(r->out,
                              "it has both spec.modelProfile.accelerators and spec.variants");
    if (v->era == ERA_TYPE) return true; /* it says its accelerator itself */
    v->list = accelerators ? accelerators : variants;
    v->profile = profile;
    if (!v->list) return is_readable(r, profile);
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

static bool read_entries(const Reading *r, Variants *v) {
    if (v->list) return read_variants(r, v);
    if (r->guide && v->profile) return convert_refuse(r->out, "it lists no accelerators");
    if (!read_single(r, v)) return false;
    return !r->guide || v->items[0].type.len || refuse_unnamed(r, v);
}

static bool read_metadata(const Reading *r, Variants *v) {
    const Node *metadata = node_child(r->in->resource, STR("metadata"));
    v->name = variant_filled(metadata, "name");
    v->labels = variant_filled(metadata, "labels");
    v->label = node_child(v->labels, ACCELERATOR_LABEL);
    if (!v->name) return convert_refuse(r->out, "it has no name");
    return is_text(r, v->name) && is_readable(r, v->labels) && (!v->label || is_text(r, v->label));
}

static bool read_scale_target(const Reading *r, Variants *v) {
    const Node *target = v->scale_target = variant_filled(v->spec, "scaleTargetRef");
    if (!target || !r->guide) return true;
    if (!is_readable(r, target)) return false;
    return node_is(node_child(target, STR("kind")), STR("Deployment")) ||
           refuse_at(r, target, "names no Deployment");
}

static bool read_model(const Reading *r, Variants *v) {
    v->model = variant_filled(v->spec, "modelID");
    if (!v->model) return convert_refuse(r->out, "it has no spec.modelID");
    if (!is_text(r, v->model)) return false;
    return !r->guide || v->model->value.len <= LONGEST_MODEL ||
           refuse_at(r, v->model, "is longer than 128 bytes");
}

static VariantForm form_of(Str target) {
    if (str_eq(target, STR("guide"))) return FORM_GUIDE;
    if (str_eq(target, STR("0.5"))) return FORM_0_5;
    if (str_eq(target, STR("annotations"))) return FORM_NONE;
    return str_eq(target, STR("0.6")) ? FORM_0_6 : FORM_UNKNOWN;
}

/* Nothing would change but what the server wrote. */
static bool has_form_already(const Variants *v) {
    bool bounded = v->min_replicas || v->max_replicas;
    switch (v->form) {
    case FORM_GUIDE: return v->era == ERA_GUIDE && !bounded;
    case FORM_0_5: return v->era == ERA_SCALE_TARGET;
    case FORM_NONE: return false;
    default: return v->era == ERA_REPLICAS && v->max_replicas;
    }
}

bool variants_read(const ConvertInput *in, Converted *out, Variants *v) {
    *v = (Variants){.spec = node_child(in->resource, STR("spec")), .form = form_of(in->target)};
    const Reading r = {.in = in, .out = out, .guide = v->form == FORM_GUIDE};
    if (v->form == FORM_UNKNOWN)
        return convert_refuse(out, "nothing is written for the target '" STR_FMT "'",
                              STR_ARG(in->target));
    if (!v->spec || v->spec->kind != NODE_MAP) return convert_refuse(out, "it has no spec");
    if (has_alias(in->resource)) return convert_refuse(out, "it has aliases: write them out first");
    v->era = variant_era(in->identity, v->spec);
    v->cost = variant_filled(v->spec, "variantCost");
    v->slo_class = variant_filled(v->spec, "sloClassRef");
    v->min_replicas = variant_filled(v->spec, "minReplicas");
    v->max_replicas = variant_filled(v->spec, "maxReplicas");
    if (!is_readable(&r, v->spec) || !read_list(&r, v) || !read_metadata(&r, v) ||
        !read_scale_target(&r, v) || !read_model(&r, v))
        return false;
    if (has_form_already(v)) return convert_refuse(out, "it has that form already");
    return read_entries(&r, v);
}
