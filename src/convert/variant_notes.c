/* What the change to the single-variant form rests on, in words for its reader. */
#include "convert/variant.h"

#include "base/buf.h"
#include "model/index.h"

static Presence deployment(const ConvertInput *in, Str name) {
    return (Presence)in->facts->presence(in->facts->context, STR("apps"), STR("Deployment"),
                                         in->namespace, name);
}

static void note_deployment(const ConvertInput *in, Converted *out, Str name) {
    switch (deployment(in, name)) {
    case OBJECT_PRESENT: break;
    case OBJECT_ABSENT:
        convert_note(out, "there is no Deployment '" STR_FMT "': nothing is scaled until it exists",
                     STR_ARG(name));
        break;
    default:
        convert_note(out, "the Deployment '" STR_FMT "' was not seen: nothing is scaled without it",
                     STR_ARG(name));
    }
}

/* The one that goes on with the old Deployment. */
static const Variant *heir_of(const Variants *v) {
    for (size_t i = 0; i < v->count; i++)
        if (str_eq(v->items[i].scale_target, v->name->value)) return &v->items[i];
    return NULL;
}

static void note_split(const ConvertInput *in, Converted *out, const Variants *v) {
    Buf names = {0};
    for (size_t i = 0; i < v->count; i++)
        buf_addf(&names, "%s'" STR_FMT "'", i ? ", " : "", STR_ARG(v->items[i].resource));
    convert_note(out, "one resource becomes %zu: %s", v->count, buf_cstr(&names));
    buf_release(&names);
    const Variant *heir = heir_of(v);
    if (heir)
        convert_note(out,
                     "'" STR_FMT "' goes on with the Deployment '" STR_FMT
                     "', which is there and cannot be renamed; the migration guide names a new one",
                     STR_ARG(heir->resource), STR_ARG(heir->scale_target));
    else if (deployment(in, v->name->value) != OBJECT_ABSENT)
        convert_note(out, "none of them scales the Deployment '" STR_FMT "', which the old one did",
                     STR_ARG(v->name->value));
    if (v->cost)
        convert_note(out, "each gets the variantCost that the old one had: check that it holds");
}

static bool has_label_of(const Variants *v) {
    for (size_t i = 0; i < v->count; i++)
        if (node_is(v->label, v->items[i].type)) return true;
    return false;
}

static void note_label(Converted *out, const Variants *v) {
    if (!v->items[0].type.len) return;
    if (!v->label) {
        convert_remark(out, "the label " STR_FMT " is added", STR_ARG(ACCELERATOR_LABEL));
    } else if (!has_label_of(v)) {
        convert_note(out, "the label says '" STR_FMT "', %s", STR_ARG(node_text(v->label)),
                     v->list ? "which is no entry of the list"
                             : "but spec names another accelerator: the label follows it");
    }
}

/* A number that becomes a text by quotes; the CRD takes texts only. */
static bool gets_quotes(const Node *n) {
    bool plain = n->kind == NODE_SCALAR && n->style == STYLE_PLAIN && !n->templated;
    if (plain && plain_is_typed(n->value)) return true;
    NODE_EACH (child, n)
        if (gets_quotes(child)) return true;
    return false;
}

static void note_quotes(Converted *out, const Variants *v) {
    bool any = gets_quotes(v->model);
    for (size_t i = 0; i < v->count && !any; i++)
        any = v->items[i].perf_parms && gets_quotes(v->items[i].perf_parms);
    if (any) convert_remark(out, "numbers get quotes where the CRD takes texts");
}

/* In the form of the guide also a scaleTargetRef that was there before is looked after. */
static void note_deployments(const ConvertInput *in, Converted *out, const Variants *v) {
    if (v->scale_target && v->form == FORM_GUIDE)
        note_deployment(in, out, node_text(node_child(v->scale_target, STR("name"))));
    for (size_t i = 0; i < v->count && !v->scale_target; i++)
        note_deployment(in, out, v->items[i].scale_target);
}

void variants_note(const ConvertInput *in, Converted *out, const Variants *v) {
    if (v->era == ERA_VARIANTS)
        convert_note(out, "no CRD ever had spec.variants: it is read as the list of accelerators");
    if (v->era == ERA_OPTIMIZER)
        convert_note(out,
                     "kind Optimizer was renamed before v0.0.1: what stands under the old kind "
                     "is another object to the cluster, delete it there");
    if (v->era == ERA_TYPE && v->form == FORM_GUIDE && !v->items[0].count)
        convert_note(out, "acceleratorCount is the default of the form that it had: check it");
    if (v->count > 1) note_split(in, out, v);
    note_deployments(in, out, v);
    note_label(out, v);
    note_quotes(out, v);
}
