/* Which of the new names a HorizontalPodAutoscaler selects. */
#include "convert/variant_reference.h"

#include "base/buf.h"

/* Empty when it scales something else than a Deployment, or a template tells what. */
static Str scaled_deployment(const Node *hpa) {
    const Node *target = node_child(node_child(hpa, STR("spec")), STR("scaleTargetRef"));
    bool other = !node_is(node_child(target, STR("kind")), STR("Deployment"));
    return other ? (Str){0} : node_text(node_child(target, STR("name")));
}

/* An item of the values of an expression that does not say In; a template may say anything. */
static bool is_left_out(const Node *selected) {
    const Node *values = selected->parent;
    if (!values || values->kind != NODE_SEQ) return false;
    return !node_is(node_child(values->parent, STR("operator")), STR("In"));
}

static Str with_candidates(Arena *a, Str why, const Renamed *renamed, size_t count) {
    Buf text = {0};
    buf_add(&text, why);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s" STR_FMT, i ? ", " : ": ", STR_ARG(renamed[i].to));
    Str copy = str_copy(a, buf_str(&text));
    buf_release(&text);
    return copy;
}

/* The one that serves the autoscaler's Deployment. */
static const Renamed *serving(const Node *hpa, const Renamed *renamed, size_t count) {
    Str deployment = scaled_deployment(hpa);
    for (size_t i = 0; i < count && deployment.len; i++)
        if (str_eq(renamed[i].scale_target, deployment)) return &renamed[i];
    return NULL;
}

bool variant_serves(const Node *hpa, const Renamed *renamed, size_t count) {
    return serving(hpa, renamed, count) != NULL;
}

bool variant_follow(Arena *a, const Node *hpa, const Node *selected, const Renamed *renamed,
                    size_t count, Str *new_value, Str *why_not) {
    Str value = node_text(selected);
    if (count > 1 && is_left_out(selected)) {
        Str why =
            str_format(a, "its operator is not In, and several take the place of '" STR_FMT "'",
                       STR_ARG(value));
        *why_not = with_candidates(a, why, renamed, count);
        return false;
    }
    const Renamed *to = serving(hpa, renamed, count);
    if (!to && count == 1) to = &renamed[0];
    if (to) {
        *new_value = to->to;
        return true;
    }
    Str why = str_format(
        a, "none of the resources that take the place of '" STR_FMT "' serves its Deployment",
        STR_ARG(value));
    *why_not = with_candidates(a, why, renamed, count);
    return false;
}
