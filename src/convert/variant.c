/* VariantAutoscaling, multi-variant to single-variant: one resource for each entry of the list.
 *
 * The target is the form of the migration guide: scaleTargetRef, modelID, variantID, accelerator,
 * acceleratorCount, sloClassRef, variantProfile, in this order. What all entries share is kept in
 * each resource, comments included. Nothing is invented: neither a cost nor a Deployment. */
#include "convert/variant.h"

/* ---- which entries ---- */

/* Only the accelerator that the label names is in use: the resource keeps its Deployment. */
static bool keep_active(Converted *out, Variants *v) {
    if (!v->label) return convert_refuse(out, "no label says which accelerator is in use");
    Str active = node_text(v->label);
    Variant *kept = NULL;
    for (size_t i = 0; i < v->count; i++) {
        Variant *one = &v->items[i];
        if (!str_eq(one->type, active)) {
            rewrite_drop(&out->rewrite, one->item, DROP_LOSS,
                         STR("an accelerator that is not in use"));
            continue;
        }
        if (kept)
            return convert_refuse(out, "several entries have the accelerator '" STR_FMT "'",
                                  STR_ARG(active));
        kept = one;
    }
    if (!kept)
        return convert_refuse(out, "no entry has the accelerator '" STR_FMT "' of the label",
                              STR_ARG(active));
    v->items = kept;
    v->count = 1;
    return true;
}

static bool choose(const ConvertInput *in, Converted *out, Variants *v) {
    if (v->count == 1) return true;
    if (str_eq(in->facts->option(in->facts->context, STR("wva"), STR("mode")), STR("active")))
        return keep_active(out, v);
    if (!v->scale_target) return true;
    return convert_refuse(out,
                          "several accelerators for one scaleTargetRef: choose the one in use");
}

/* ---- metadata ---- */

static Target *keep_or_set(Rewrite *rw, const Node *scalar, Str text) {
    return str_eq(scalar->value, text) ? target_keep(rw, scalar) : target_set(rw, scalar, text);
}

static void add_labels(Rewrite *rw, Target *metadata, const Variants *v, const Variant *one) {
    Target *labels = v->labels ? target_within(rw, v->labels) : target_map(rw);
    target_add_key(metadata, STR("labels"), labels);
    NODE_EACH (label, v->labels)
        target_add(labels,
                   label == v->label ? keep_or_set(rw, label, one->type) : target_keep(rw, label));
    if (!v->label) target_add_key(labels, ACCELERATOR_LABEL, target_string(rw, one->type));
}

static Target *copy_of(Rewrite *rw, const Target *t) {
    Target *copy = arena_new(rw->arena, Target);
    *copy = *t;
    copy->parent = copy->first = copy->last = copy->next = NULL;
    for (const Target *c = t->first; c; c = c->next) target_add(copy, copy_of(rw, c));
    return copy;
}

/* `shared` is what all resources have; name and label are each one's own. */
static void add_metadata(Rewrite *rw, Target *root, const Target *shared, const Variants *v,
                         const Variant *one) {
    Target *metadata = target_add(root, target_within(rw, shared->source));
    bool labelled = false;
    for (const Target *c = shared->first; c; c = c->next) {
        bool is_labels = c->source->key && str_eq(c->source->key->value, STR("labels"));
        if (c->source == v->name)
            target_add(metadata, keep_or_set(rw, v->name, one->resource));
        else if (is_labels)
            add_labels(rw, metadata, v, one);
        else
            target_add(metadata, copy_of(rw, c));
        labelled |= is_labels;
    }
    if (!labelled) add_labels(rw, metadata, v, one);
}

/* ---- spec ---- */

/* A number, boolean or null by its looks. */
static bool is_typed(const Node *n) {
    return n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && !n->templated &&
           plain_is_typed(n->value);
}

/* Kept; but a number where the CRD wants a string gets quotes. */
static Target *keep_string(Rewrite *rw, const Node *n) {
    return is_typed(n) ? target_set(rw, n, n->value) : target_keep(rw, n);
}

static bool holds_typed(const Node *n) {
    if (is_typed(n)) return true;
    NODE_EACH (child, n)
        if (holds_typed(child)) return true;
    return false;
}

/* perfParms are maps of strings, which people write without quotes. */
static Target *keep_strings(Rewrite *rw, const Node *n) {
    if (!n->first || !holds_typed(n)) return keep_string(rw, n);
    Target *t = target_within(rw, n);
    NODE_EACH (child, n) target_add(t, keep_strings(rw, child));
    return t;
}

static void add_scale_target(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    if (v->scale_target) {
        target_add(spec, target_keep(rw, v->scale_target));
        return;
    }
    Target *ref = target_add_key(spec, STR("scaleTargetRef"), target_map(rw));
    target_add_key(ref, STR("apiVersion"), target_string(rw, STR("apps/v1")));
    target_add_key(ref, STR("kind"), target_string(rw, STR("Deployment")));
    target_add_key(ref, STR("name"), target_string(rw, one->resource));
}

/* It takes the place and comments of what it replaces: modelProfile, or the entry of `variants`. */
static void add_profile(Rewrite *rw, Target *spec, const Variants *v, const Variant *one) {
    if (!one->perf_parms && !one->max_batch_size) return;
    Target *profile = target_within(rw, v->profile ? v->profile : one->item);
    target_add_key(spec, STR("variantProfile"), profile);
    if (one->perf_parms) target_add(profile, keep_strings(rw, one->perf_parms));
    if (one->max_batch_size) target_add(profile, target_keep(rw, one->max_batch_size));
}

static void add_spec(Rewrite *rw, Target *root, const Variants *v, const Variant *one) {
    Target *spec = target_add(root, target_within(rw, v->spec));
    const Node *cost = one->cost ? one->cost : v->cost;
    Str id = str_format(rw->arena, STR_FMT "-" STR_FMT "-" STR_FMT, STR_ARG(v->model->value),
                        STR_ARG(one->type), STR_ARG(one->count->value));
    add_scale_target(rw, spec, v, one);
    target_add(spec, keep_string(rw, v->model));
    target_add_key(spec, STR("variantID"), target_string(rw, id));
    target_add_key(spec, STR("accelerator"), keep_string(rw, one->accelerator));
    target_add_key(spec, STR("acceleratorCount"), target_keep(rw, one->count));
    if (cost) target_add_key(spec, STR("variantCost"), keep_string(rw, cost));
    if (v->slo_class) target_add(spec, target_keep(rw, v->slo_class));
    add_profile(rw, spec, v, one);
}

/* ---- the resource ---- */

static bool is_key(const Node *n, const char *key) {
    return n->key && str_eq(n->key->value, str_from(key));
}

/* What else stands beside spec is not mentioned, so that the ledger refuses. */
static void add_root(const ConvertInput *in, Rewrite *rw, const Target *metadata, const Variants *v,
                     const Variant *one) {
    Target *root = target_within(rw, in->resource);
    NODE_EACH (child, in->resource) {
        if (child == metadata->source) add_metadata(rw, root, metadata, v, one);
        if (child == v->spec) add_spec(rw, root, v, one);
        if (is_key(child, "apiVersion") || is_key(child, "kind"))
            target_add(root, target_keep(rw, child));
    }
    rewrite_root(rw, root);
}

static void drop_own_name(Rewrite *rw, const Variant *one) {
    bool used = one->own_name && str_eq(one->own_name->value, one->resource);
    rewrite_drop(rw, one->own_name, used ? DROP_HARMLESS : DROP_LOSS,
                 used ? STR("it is the resource's name") : STR("the resource has another name"));
}

static void list_names(const ConvertInput *in, Converted *out, const Variants *v) {
    if (v->count == 1) return; /* the old name stays */
    const Identity *id = in->identity;
    for (size_t i = 0; i < v->count; i++) {
        Str name = v->items[i].resource;
        bool in_use = v->label && node_is(v->label, v->items[i].type);
        vec_push(&out->renamed, (Renamed){.to = name, .scale_target = name, .in_use = in_use});
        if (i > 0)
            vec_push(&out->created,
                     (Created){id->group, id->version, id->kind, in->namespace, name});
    }
}

static bool may_be_converted(const ConvertInput *in, Converted *out) {
    if (!str_eq(in->target, STR("guide")))
        return convert_refuse(
            out, "only the form of the migration guide can be written (target 'guide')");
    if (in->identity->owner_kind.len)
        return convert_refuse(out, "managed by " STR_FMT " '" STR_FMT "'",
                              STR_ARG(in->identity->owner_kind), STR_ARG(in->identity->owner_name));
    return true;
}

static bool convert(const ConvertInput *in, Converted *out) {
    Variants v;
    if (!may_be_converted(in, out) || !variants_read(in, out, &v) || !choose(in, out, &v) ||
        !variants_name(in, out, &v))
        return false;
    out->reshapes = true;
    out->title = v.count == 1
                     ? STR("convert to the single-variant form")
                     : str_format(in->arena, "split into %zu single-variant resources", v.count);
    Rewrite *rw = &out->rewrite;
    const Target *metadata = convert_metadata(out, in->resource);
    for (size_t i = 0; i < v.count; i++) {
        drop_own_name(rw, &v.items[i]);
        add_root(in, rw, metadata, &v, &v.items[i]);
    }
    variants_note(in, out, &v);
    list_names(in, out, &v);
    return true;
}

const Conversion conversion_single_variant = {.name = STR_INIT("single-variant"),
                                              .convert = convert};
