/* VariantAutoscaling of any era to the form that the pack's target names.
 *
 * The form of the migration guide has one resource for each entry of the old list; the released
 * forms have one for the entry in use, since a resource always scaled one Deployment; with
 * annotations there is none. What all resources share is kept in each, comments included. Nothing
 * is invented: neither a cost nor a Deployment. */
#include "convert/variant.h"

/* ---- which entries ---- */

static void drop_candidate(Converted *out, const Variants *v, const Variant *one) {
    bool goes_with_profile = v->form != FORM_GUIDE && v->profile;
    if (!goes_with_profile)
        rewrite_drop(&out->rewrite, one->item, DROP_LOSS, STR("an accelerator that is not in use"));
    if (v->form != FORM_GUIDE)
        convert_note(
            out,
            "the entry of '" STR_FMT
            "' is dropped: one resource scales one Deployment, and the label names another",
            STR_ARG(one->type));
}

/* Only the accelerator that the label names is in use: the resource keeps its Deployment. */
static bool keep_active(Converted *out, Variants *v) {
    if (!v->label) return convert_refuse(out, "no label says which accelerator is in use");
    Str active = node_text(v->label);
    Variant *kept = NULL;
    for (size_t i = 0; i < v->count; i++) {
        Variant *one = &v->items[i];
        if (!str_eq(one->type, active)) {
            drop_candidate(out, v, one);
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

/* One resource always scaled one Deployment, on the accelerator of the label; the other entries
 * were candidates. The released forms have no place for them. */
static bool choose(const ConvertInput *in, Converted *out, Variants *v) {
    if (v->count == 1) return true;
    Str mode = in->facts->option(in->facts->context, STR("wva"), STR("mode"));
    if (v->form != FORM_GUIDE || str_eq(mode, STR("active"))) return keep_active(out, v);
    if (!v->scale_target) return true;
    return convert_refuse(out,
                          "several accelerators for one scaleTargetRef: choose the one in use");
}

/* ---- metadata ---- */

static Target *keep_or_set(Rewrite *rw, const Node *scalar, Str text) {
    return str_eq(scalar->value, text) ? target_keep(rw, scalar) : target_set(rw, scalar, text);
}

static void add_labels(Rewrite *rw, Target *metadata, const Variants *v, const Variant *one) {
    if (!one->type.len) {
        if (v->labels) target_add(metadata, target_keep(rw, v->labels));
        return;
    }
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

/* ---- the resource ---- */

/* The very first releases called it Optimizer, in a group of its own. */
static Target *type_of(Rewrite *rw, const Node *child) {
    if (node_is_under(child, STR("kind"))) return keep_or_set(rw, child, VARIANT_KIND);
    return keep_or_set(rw, child, STR("llmd.ai/v1alpha1"));
}

/* What else stands beside spec is not mentioned, so that the ledger refuses. */
static bool add_root(const ConvertInput *in, Converted *out, const Target *metadata,
                     const Variants *v, const Variant *one) {
    Rewrite *rw = &out->rewrite;
    Target *root = target_within(rw, in->resource);
    bool ok = true;
    NODE_EACH (child, in->resource) {
        if (node_is_under(child, STR("apiVersion")) || node_is_under(child, STR("kind"))) {
            target_add(root, type_of(rw, child));
        } else if (child == metadata->source) {
            add_metadata(rw, root, metadata, v, one);
        } else if (child == v->spec) {
            if (v->form == FORM_GUIDE)
                variant_add_guide(rw, root, v, one);
            else
                ok = variant_add_released(in, out, root, v, one);
        }
    }
    rewrite_root(rw, root);
    return ok;
}

static void drop_own_name(Rewrite *rw, const Variant *one) {
    bool used = one->own_name && str_eq(one->own_name->value, one->resource);
    rewrite_drop(rw, one->own_name, used ? DROP_HARMLESS : DROP_LOSS,
                 used ? STR("it is the resource's name") : STR("the resource has another name"));
}

static void list_names(const ConvertInput *in, Converted *out, const Variants *v) {
    if (v->count == 1) return; /* the old name stays */
    for (size_t i = 0; i < v->count; i++) {
        const Variant *one = &v->items[i];
        vec_push(&out->renamed, (Renamed){.to = one->resource,
                                          .scale_target = one->scale_target,
                                          .in_use = v->label && node_is(v->label, one->type)});
        if (i > 0)
            vec_push(&out->created, (Created){VARIANT_GROUP, STR("v1alpha1"), VARIANT_KIND,
                                              in->namespace, one->resource});
    }
}

static Str title_of(const ConvertInput *in, const Variants *v) {
    if (v->form != FORM_GUIDE)
        return str_format(in->arena, "convert to the form of %s",
                          v->form == FORM_0_5 ? "v0.5.0" : "v0.6.0 to v0.8.0");
    if (v->count == 1) return STR("convert to the single-variant form");
    return str_format(in->arena, "split into %zu single-variant resources", v->count);
}

static bool may_be_converted(const ConvertInput *in, Converted *out) {
    if (!in->identity->owner_kind.len) return true;
    return convert_refuse(out, "managed by " STR_FMT " '" STR_FMT "'",
                          STR_ARG(in->identity->owner_kind), STR_ARG(in->identity->owner_name));
}

static bool convert(const ConvertInput *in, Converted *out) {
    Variants v;
    if (!may_be_converted(in, out) || !variants_read(in, out, &v) || !choose(in, out, &v) ||
        !variants_name(in, out, &v))
        return false;
    out->reshapes = true;
    if (v.form == FORM_NONE) return variant_annotate(in, out, &v);
    out->title = title_of(in, &v);
    variants_note(in, out, &v);
    variants_price(in, out, &v);
    const Target *metadata = convert_metadata(out, in->resource);
    for (size_t i = 0; i < v.count; i++) {
        if (v.form == FORM_GUIDE || !v.profile) drop_own_name(&out->rewrite, &v.items[i]);
        if (!add_root(in, out, metadata, &v, &v.items[i])) return false;
    }
    list_names(in, out, &v);
    return true;
}

const Conversion conversion_single_variant = {.name = STR_INIT("single-variant"),
                                              .convert = convert};
