/* The target without a resource: the autoscaler of the workload is annotated, and the controller
 * makes up in memory what the resource told it.
 *
 * The controller reports the metrics of such a variant under the name of the autoscaler, not under
 * that of the Deployment as the samples of the project have it: so references to the resource
 * become references to the autoscaler. */
#include "convert/variant.h"

#include "base/buf.h"

#define MANAGED    STR("llm-d.ai/managed")
#define MODEL_ID   STR("llm-d.ai/model-id")
#define COST       STR("llm-d.ai/variant-cost")
#define CONTROLLER STR("wva.llmd.ai/controller-instance")

/* What the autoscaler has to say; empty texts are not said. */
typedef struct Wanted {
    Str model, cost, accelerator, controller;
    const Node *controller_label; /* of the resource */
} Wanted;

/* One manifest of the autoscaler. */
typedef struct Scaler {
    size_t number;
    const Node *object, *metadata, *spec;
    Str kind, name;
    bool is_scaled_object;
} Scaler;

static bool scaler_at(const ConvertInput *in, size_t i, Scaler *s) {
    const ConvertFacts *facts = in->facts;
    const Node *object = facts->scaler ? facts->scaler(facts->context, i) : NULL;
    *s = (Scaler){.number = i, .object = object};
    if (!object) return false;
    s->metadata = node_child(object, STR("metadata"));
    s->spec = node_child(object, STR("spec"));
    s->kind = node_text(node_child(object, STR("kind")));
    s->name = node_text(node_child(s->metadata, STR("name")));
    s->is_scaled_object = str_eq(s->kind, STR("ScaledObject"));
    return true;
}

/* ---- which one ---- */

static void add_pair(Buf *out, const char *before, Str key, Str text) {
    if (!text.len) return;
    buf_addf(out, "%s" STR_FMT ": \"", before, STR_ARG(key));
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') buf_add_char(out, '\\');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
}

/* What would do, ready to be copied; on one line, as notes are. */
static bool refuse_none(const ConvertInput *in, Converted *out, const Variants *v,
                        const Wanted *w) {
    Buf why = {0};
    const Node *target = node_child(v->scale_target, STR("name"));
    buf_addf(&why,
             "no HorizontalPodAutoscaler or ScaledObject was seen that scales '" STR_FMT
             "': give the one that does `metadata: {annotations: {",
             STR_ARG(target ? node_text(target) : v->name->value));
    add_pair(&why, "", MANAGED, STR("true"));
    add_pair(&why, ", ", MODEL_ID, w->model);
    add_pair(&why, ", ", COST, w->cost);
    buf_add_char(&why, '}');
    bool labelled = w->accelerator.len || w->controller.len;
    if (labelled) buf_add(&why, STR(", labels: {"));
    add_pair(&why, "", ACCELERATOR_LABEL, w->accelerator);
    add_pair(&why, w->accelerator.len ? ", " : "", CONTROLLER, w->controller);
    buf_add(&why, labelled ? STR("}}`") : STR("}`"));
    rewrite_refuse(&out->rewrite, str_copy(in->arena, buf_str(&why)));
    buf_release(&why);
    return false;
}

static bool refuse_two(Converted *out, const Scaler *a, const Scaler *b) {
    return convert_refuse(out,
                          "two autoscalers scale its workload, " STR_FMT " '" STR_FMT
                          "' and " STR_FMT " '" STR_FMT "': leave one of them",
                          STR_ARG(a->kind), STR_ARG(a->name), STR_ARG(b->kind), STR_ARG(b->name));
}

/* All manifests are of one object. */
static bool find_scaler(const ConvertInput *in, Converted *out, const Variants *v, const Wanted *w,
                        Scaler *first) {
    Scaler other;
    if (!scaler_at(in, 0, first)) return refuse_none(in, out, v, w);
    if (!first->name.len) return convert_refuse(out, "the name of its autoscaler is not known");
    for (size_t i = 1; scaler_at(in, i, &other); i++)
        if (!str_eq(other.kind, first->kind) || !str_eq(other.name, first->name))
            return refuse_two(out, first, &other);
    return true;
}

/* ---- what it gains ---- */

static void gain(Converted *out, const Scaler *s, Str path, Str text, bool plain) {
    vec_push(&out->gains, (Gain){.scaler = s->number, .path = path, .text = text, .plain = plain});
}

static Str path_in(Converted *out, const char *map, Str key) {
    return str_format(out->rewrite.arena, "metadata.%s[\"" STR_FMT "\"]", map, STR_ARG(key));
}

/* Its own value stays. */
static void note_kept(Converted *out, const Scaler *s, Str key, const Node *own, Str wanted) {
    convert_note(out,
                 STR_FMT " '" STR_FMT "' keeps its own " STR_FMT " '" STR_FMT
                         "', where this resource says '" STR_FMT "'",
                 STR_ARG(s->kind), STR_ARG(s->name), STR_ARG(key), STR_ARG(node_text(own)),
                 STR_ARG(wanted));
}

static void gain_text(Converted *out, const Scaler *s, const char *map, Str key, Str text) {
    const Node *own = node_child(node_child(s->metadata, str_from(map)), key);
    if (!text.len) return;
    if (!own || node_is_null(own))
        gain(out, s, path_in(out, map, key), text, false);
    else if (!node_is(own, text))
        note_kept(out, s, key, own, text);
}

/* The API server refuses an annotation that is no text: a bare true gets quotes. */
static bool gain_managed(Converted *out, const Scaler *s) {
    const Node *own = node_child(node_child(s->metadata, STR("annotations")), MANAGED);
    if (own && !node_is_null(own) && !node_is(own, STR("true")))
        return convert_refuse(out,
                              STR_FMT " '" STR_FMT "' says " STR_FMT ": " STR_FMT
                                      ", so that nobody would scale it: decide which holds",
                              STR_ARG(s->kind), STR_ARG(s->name), STR_ARG(MANAGED),
                              STR_ARG(node_text(own)));
    bool quoted = own && own->style != STYLE_PLAIN;
    if (!quoted) gain(out, s, path_in(out, "annotations", MANAGED), STR("true"), false);
    return true;
}

static bool gain_bound(Converted *out, const Variants *v, const Scaler *s, const Node *bound,
                       const char *key) {
    const Node *own = node_child(s->spec, str_from(key));
    if (!bound) return true;
    if (bound->templated)
        return convert_refuse(out, "depends on a template: spec." STR_FMT,
                              STR_ARG(bound->key->value));
    if (!own || node_is_null(own)) {
        /* One replica at least is what a HorizontalPodAutoscaler says by saying nothing. */
        bool is_default = !s->is_scaled_object && bound == v->min_replicas;
        if (!is_default || !node_is(bound, STR("1")))
            gain(out, s, str_format(out->rewrite.arena, "spec.%s", key), node_text(bound), true);
    } else if (!node_is(own, node_text(bound)))
        note_kept(out, s, str_from(key), own, node_text(bound));
    return true;
}

static bool gain_all(Converted *out, const Variants *v, const Wanted *w, const Scaler *s) {
    if (!gain_managed(out, s)) return false;
    gain_text(out, s, "annotations", MODEL_ID, w->model);
    gain_text(out, s, "annotations", COST, w->cost);
    gain_text(out, s, "labels", ACCELERATOR_LABEL, w->accelerator);
    gain_text(out, s, "labels", CONTROLLER, w->controller);
    bool scaled = s->is_scaled_object;
    return gain_bound(out, v, s, v->min_replicas, scaled ? "minReplicaCount" : "minReplicas") &&
           gain_bound(out, v, s, v->max_replicas, scaled ? "maxReplicaCount" : "maxReplicas");
}

/* ---- what goes ---- */

static const Str said = STR_INIT("the autoscaler says it");

static void drop_labels(Rewrite *rw, const Variants *v, const Wanted *w) {
    NODE_EACH (label, v->labels) {
        bool kept = label == v->label || label == w->controller_label;
        rewrite_drop(rw, label, kept ? DROP_HARMLESS : DROP_LOSS,
                     kept ? said : STR("it goes with the resource"));
    }
}

static void drop_metadata(Converted *out, const ConvertInput *in, const Variants *v,
                          const Wanted *w) {
    const Target *metadata = convert_metadata(out, in->resource);
    for (const Target *t = metadata ? metadata->first : NULL; t; t = t->next) {
        const Node *n = t->source;
        bool identity = n == v->name || str_eq(n->key->value, STR("namespace"));
        if (n == v->labels)
            drop_labels(&out->rewrite, v, w);
        else if (identity)
            rewrite_drop(&out->rewrite, n, DROP_HARMLESS, said);
        else if (t->kind == TARGET_WITHIN) /* annotations without the one of kubectl */
            for (const Target *c = t->first; c; c = c->next)
                rewrite_drop(&out->rewrite, c->source, DROP_LOSS, STR("it goes with the resource"));
        else
            rewrite_drop(&out->rewrite, n, DROP_LOSS, STR("it goes with the resource"));
    }
}

static void drop_spec(Rewrite *rw, const Variants *v) {
    const Variant *one = &v->items[0];
    NODE_EACH (child, v->spec) {
        bool here = child == v->model || child == v->scale_target || child == v->cost ||
                    child == v->min_replicas || child == v->max_replicas ||
                    child == one->accelerator;
        if (child == v->list)
            rewrite_drop(rw, one->item, DROP_LOSS, STR("nothing reads it any more"));
        else
            rewrite_drop(rw, child, here ? DROP_HARMLESS : DROP_LOSS,
                         here ? said : STR("nothing reads it any more"));
    }
}

static void drop_all(const ConvertInput *in, Converted *out, const Variants *v, const Wanted *w) {
    Rewrite *rw = &out->rewrite;
    drop_metadata(out, in, v, w);
    drop_spec(rw, v);
    rewrite_drop(rw, node_child(in->resource, STR("apiVersion")), DROP_HARMLESS, said);
    rewrite_drop(rw, node_child(in->resource, STR("kind")), DROP_HARMLESS, said);
}

/* ---- all of it ---- */

static bool read_wanted(const ConvertInput *in, Converted *out, Variants *v, Wanted *w) {
    const Variant *one = &v->items[0];
    const Node *cost = one->cost ? one->cost : v->cost;
    variants_price(in, out, v);
    *w = (Wanted){.model = node_text(v->model),
                  .accelerator = one->type.len ? one->type : node_text(v->label),
                  .controller_label = node_child(v->labels, CONTROLLER),
                  .cost = cost ? node_text(cost) : one->found_cost};
    w->controller = node_text(w->controller_label);
    if (cost && cost->templated)
        return convert_refuse(out, "depends on a template: spec.variantCost");
    return true;
}

bool variant_annotate(const ConvertInput *in, Converted *out, Variants *v) {
    Wanted w;
    Scaler first, s;
    if (!read_wanted(in, out, v, &w) || !find_scaler(in, out, v, &w, &first)) return false;
    for (size_t i = 0; scaler_at(in, i, &s); i++)
        if (!gain_all(out, v, &w, &s)) return false;
    out->removed = true;
    out->title = str_format(in->arena, "annotate " STR_FMT " '" STR_FMT "' in its place",
                            STR_ARG(first.kind), STR_ARG(first.name));
    convert_note(out,
                 "assumes that the controller reads annotations: v0.8.0 does, and what follows");
    drop_all(in, out, v, &w);
    if (!str_eq(first.name, v->name->value))
        vec_push(&out->renamed, (Renamed){.to = first.name, .in_use = true});
    return true;
}
