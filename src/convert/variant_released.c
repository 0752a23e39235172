/* The spec of released forms: scaleTargetRef, modelID, variantCost, and from 0.6 on the bounds of
 * replicas. What the controller learned from profiles before, it measures now. */
#include "convert/variant.h"

typedef struct Gone {
    const char *key, *reason;
} Gone;

/* Losses: the released CRDs have no such fields. */
static const Gone gone[] = {
    {"modelProfile", "from v0.5.0 on the controller reads no profiles"},
    {"variantProfile", "from v0.5.0 on the controller reads no profiles"},
    {"sloClassRef", "from v0.5.0 on a resource names no service class"},
    {"variantID", "no released form has such a field"},
    {"acceleratorCount", "no released form has such a field"},
};

static bool is_gone(const Node *child, Str *reason) {
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        if (!node_is_under(child, str_from(gone[i].key))) continue;
        *reason = str_from(gone[i].reason);
        return true;
    }
    return false;
}

/* Of the list that only descriptions know, the cost of the entry in use stays. */
static void drop_entry(Rewrite *rw, const Variant *one) {
    NODE_EACH (child, one->item)
        if (child != one->cost && child != one->own_name)
            rewrite_drop(rw, child, child == one->accelerator ? DROP_HARMLESS : DROP_LOSS,
                         child == one->accelerator ? STR("the label says it")
                                                   : STR("no released form has such a field"));
}

/* One of the fields that a released form has; 0.5 has no bounds. */
static bool stays(const Variants *v, const Node *child) {
    if (child == v->scale_target || child == v->model || child == v->cost) return true;
    return v->form == FORM_0_6 && (child == v->min_replicas || child == v->max_replicas);
}

static void drop(Rewrite *rw, const Variants *v, const Variant *one, const Node *child) {
    Str reason;
    if (is_gone(child, &reason))
        rewrite_drop(rw, child, DROP_LOSS, reason);
    else if (child == one->accelerator)
        rewrite_drop(rw, child, DROP_HARMLESS, STR("the label says it"));
    else if (child == v->min_replicas || child == v->max_replicas)
        rewrite_drop(rw, child, DROP_LOSS, STR("v0.5 has no such field"));
}

static void add_bounds(Rewrite *rw, Target *spec, const ReplicaBounds *b) {
    if (b->least.len) target_add_key(spec, STR("minReplicas"), target_plain(rw, b->least));
    if (b->most.len) target_add_key(spec, STR("maxReplicas"), target_plain(rw, b->most));
}

bool variant_add_released(const ConvertInput *in, Converted *out, Target *root, const Variants *v,
                          const Variant *one) {
    Rewrite *rw = &out->rewrite;
    ReplicaBounds bounds = {0};
    if (v->form == FORM_0_6 && !variant_bounds(in, out, v, &bounds)) return false;
    Target *spec = target_add(root, target_within(rw, v->spec));
    if (!v->scale_target) variant_add_scale_target(rw, spec, v, one);
    NODE_EACH (child, v->spec) {
        if (stays(v, child))
            target_add(spec, child->kind == NODE_SCALAR && child != v->min_replicas &&
                                     child != v->max_replicas
                                 ? variant_keep_string(rw, child)
                                 : target_keep(rw, child));
        else
            drop(rw, v, one, child);
    }
    if (!v->cost) variant_add_cost(rw, spec, v, one);
    if (v->era == ERA_VARIANTS) drop_entry(rw, one);
    add_bounds(rw, spec, &bounds);
    return true;
}
