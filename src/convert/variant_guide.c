/* The spec of the migration guide's form: scaleTargetRef, modelID, variantID, accelerator,
 * acceleratorCount, sloClassRef, variantProfile, in this order. */
#include "convert/variant.h"

/* What the draft with acceleratorType has when it says no number. */
#define DRAFT_COUNT "1"

/* A number, boolean or null by its looks. */
static bool is_typed(const Node *n) {
    return n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && !n->templated &&
           plain_is_typed(n->value);
}

/* Kept; but a number where the CRD wants a string gets quotes. */
Target *variant_keep_string(Rewrite *rw, const Node *n) {
    return is_typed(n) ? target_set(rw, n, n->value) : target_keep(rw, n);
}

static bool holds_typed(const Node *n) {
    if (is_typed(n)) return true;
    NODE_EACH (child, n)
        if (holds_typed(child)) return true;
    return false;
}

/* perfParms are maps of strings, which people write without quotes. */
static Target *keep_all_strings(Rewrite *rw, const Node *n) {
    if (!n->first || !holds_typed(n)) return variant_keep_string(rw, n);
    Target *t = target_within(rw, n);
    NODE_EACH (child, n) target_add(t, keep_all_strings(rw, child));
    return t;
}

void variant_add_scale_target(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    if (v->scale_target) {
        target_add(spec, target_keep(rw, v->scale_target));
        return;
    }
    Target *ref = target_add_key(spec, STR("scaleTargetRef"), target_map(rw));
    target_add_key(ref, STR("apiVersion"), target_string(rw, STR("apps/v1")));
    target_add_key(ref, STR("kind"), target_string(rw, STR("Deployment")));
    target_add_key(ref, STR("name"), target_string(rw, one->scale_target));
}

/* It takes the place and comments of what it replaces: modelProfile, or the entry of `variants`. */
static void add_profile(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    if (!one->perf_parms && !one->max_batch_size) return;
    Target *profile = target_within(rw, v->profile ? v->profile : one->item);
    target_add_key(spec, STR("variantProfile"), profile);
    if (one->perf_parms) target_add(profile, keep_all_strings(rw, one->perf_parms));
    if (one->max_batch_size) target_add(profile, target_keep(rw, one->max_batch_size));
}

void variant_add_cost(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    const Node *cost = one->cost ? one->cost : v->cost;
    if (cost)
        target_add_key(spec, STR("variantCost"), variant_keep_string(rw, cost));
    else if (one->found_cost.len)
        target_add_key(spec, STR("variantCost"), target_string(rw, one->found_cost));
}

static Str variant_id(Rewrite *rw, const Variants *v, const Variant *one) {
    Str number = one->count ? one->count->value : STR(DRAFT_COUNT);
    return str_format(rw->arena, STR_FMT "-" STR_FMT "-" STR_FMT, STR_ARG(v->model->value),
                      STR_ARG(one->type), STR_ARG(number));
}

/* An entry of a list: the fields of the guide, in its order. */
static void add_entry(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    variant_add_scale_target(rw, spec, v, one);
    target_add(spec, variant_keep_string(rw, v->model));
    target_add_key(spec, STR("variantID"), target_string(rw, variant_id(rw, v, one)));
    target_add_key(spec, STR("accelerator"), variant_keep_string(rw, one->accelerator));
    target_add_key(spec, STR("acceleratorCount"), target_keep(rw, one->count));
    variant_add_cost(rw, spec, v, one);
    if (v->slo_class) target_add(spec, target_keep(rw, v->slo_class));
    add_profile(rw, spec, v, one);
}

/* A draft of the guide's form: what it lacks is added, what the guide does not know goes. */
static void add_draft(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    static const char *const keys[] = {"sloClassRef", "variantProfile"};
    const Str unknown = STR("the form of the guide has no such field");
    const Node *id = variant_filled(v->spec, "variantID");
    variant_add_scale_target(rw, spec, v, one);
    target_add(spec, variant_keep_string(rw, v->model));
    target_add_key(spec, STR("variantID"),
                   id ? target_keep(rw, id) : target_string(rw, variant_id(rw, v, one)));
    target_add_key(spec, STR("accelerator"), variant_keep_string(rw, one->accelerator));
    target_add_key(spec, STR("acceleratorCount"),
                   one->count ? target_keep(rw, one->count) : target_plain(rw, STR(DRAFT_COUNT)));
    variant_add_cost(rw, spec, v, one);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Node *kept = variant_filled(v->spec, keys[i]);
        if (kept) target_add(spec, target_keep(rw, kept));
    }
    rewrite_drop(rw, v->min_replicas, DROP_LOSS, unknown);
    rewrite_drop(rw, v->max_replicas, DROP_LOSS, unknown);
}

void variant_add_guide(Rewrite *rw, Target *root, const Variants *v, const Variant *one) {
    Target *spec = target_add(root, target_within(rw, v->spec));
    if (v->list)
        add_entry(rw, spec, v, one);
    else
        add_draft(rw, spec, v, one);
}
