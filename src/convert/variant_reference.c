/* Which of the new names a selector of metrics takes. */
#include "convert/variant_reference.h"

#include "base/buf.h"

/* Empty when it scales something else than a Deployment, or a template tells what. Of a
 * ScaledObject that is what it scales when it does not say. */
static Str scaled_deployment(const Node *autoscaler) {
    const Node *target = node_child(node_child(autoscaler, STR("spec")), STR("scaleTargetRef"));
    const Node *kind = node_child(target, STR("kind"));
    bool other = kind && !node_is(kind, STR("Deployment"));
    return other ? (Str){0} : node_text(node_child(target, STR("name")));
}

static Str with_names(Arena *a, Str why, const Renamed *renamed, size_t count) {
    Buf text = {0};
    buf_add(&text, why);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s'" STR_FMT "'", i ? ", " : ": ", STR_ARG(renamed[i].to));
    Str copy = str_copy(a, buf_str(&text));
    buf_release(&text);
    return copy;
}

/* The one that serves the autoscaler's Deployment. */
static const Renamed *serving(const Node *autoscaler, const Renamed *renamed, size_t count) {
    Str deployment = scaled_deployment(autoscaler);
    for (size_t i = 0; i < count && deployment.len; i++)
        if (str_eq(renamed[i].scale_target, deployment)) return &renamed[i];
    return NULL;
}

bool variant_serves(const Node *autoscaler, const Renamed *renamed, size_t count) {
    return serving(autoscaler, renamed, count) != NULL;
}

static const Renamed *in_use(const Renamed *renamed, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (renamed[i].in_use) return &renamed[i];
    return NULL;
}

static bool take(Follow *out, const Renamed *one) {
    out->to = one->to;
    return true;
}

static bool refuse(Arena *a, Follow *out, Str why, const Renamed *renamed, size_t count) {
    out->why_not = with_names(a, why, renamed, count);
    return false;
}

bool variant_follow(Arena *a, const VariantSelector *s, const Renamed *renamed, size_t count,
                    Follow *out) {
    *out = (Follow){0};
    if (count > 1 && s->left_out) {
        Str why =
            str_format(a, "it leaves the name out, and several take the place of '" STR_FMT "'",
                       STR_ARG(s->value));
        return refuse(a, out, why, renamed, count);
    }
    const Renamed *to = serving(s->resource, renamed, count);
    if (to || count == 1) return take(out, to ? to : &renamed[0]);
    Str why = str_format(
        a, "none of the resources that take the place of '" STR_FMT "' serves its Deployment",
        STR_ARG(s->value));
    to = in_use(renamed, count);
    if (!to) return refuse(a, out, why, renamed, count);
    Str text = str_format(a, "takes '" STR_FMT "', whose accelerator is in use; " STR_FMT,
                          STR_ARG(to->to), STR_ARG(why));
    out->assumes = with_names(a, text, renamed, count);
    return take(out, to);
}
