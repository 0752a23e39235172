/* How many replicas there may be, in the form of 0.6: it caps them at 2 where nothing is said.
 *
 * The autoscaler that scales the same workload has bounds already. Where it is at hand, its bounds
 * are taken; elsewhere the default is said aloud. */
#include "convert/variant.h"

#include <inttypes.h>

/* What the CRD has for maxReplicas, and KEDA for maxReplicaCount. */
#define DEFAULT_MOST   2
#define MOST_OF_SCALED "100"

typedef struct Scaler {
    const Node *object;
    Str kind, name;
    Str least, most; /* an empty `least` is the default of both: 1 */
} Scaler;

static Str number_or(const Node *n, Str absent) {
    uint64_t value;
    if (!n || node_is_null(n)) return absent;
    return str_to_u64(node_text(n), &value) ? node_text(n) : (Str){0};
}

/* False: a bound cannot be read. */
static bool read_scaler(const Node *object, Scaler *s) {
    const Node *spec = node_child(object, STR("spec"));
    *s = (Scaler){.object = object,
                  .kind = node_text(node_child(object, STR("kind"))),
                  .name = node_text(node_child(node_child(object, STR("metadata")), STR("name")))};
    if (str_eq(s->kind, STR("ScaledObject"))) {
        s->least = number_or(node_child(spec, STR("minReplicaCount")), STR("0"));
        s->most = number_or(node_child(spec, STR("maxReplicaCount")), STR(MOST_OF_SCALED));
    } else {
        s->least = number_or(node_child(spec, STR("minReplicas")), STR("1"));
        s->most = number_or(node_child(spec, STR("maxReplicas")), (Str){0});
    }
    return s->least.len && s->most.len;
}

static void note_none(Converted *out, const char *why) {
    convert_note(out,
                 "%s: maxReplicas is left to the CRD's default of %d, above which nothing is "
                 "scaled",
                 why, DEFAULT_MOST);
}

/* The one autoscaler of the workload. False: `why` there is none to follow. */
static bool find_scaler(const ConvertInput *in, Scaler *s, const char **why) {
    const ConvertFacts *facts = in->facts;
    const Node *first = facts->scaler ? facts->scaler(facts->context, 0) : NULL;
    *why = "no autoscaler of its workload was seen";
    if (!first) return false;
    *why = "the bounds of its autoscaler cannot be read";
    if (!read_scaler(first, s)) return false;
    *why = "several autoscalers scale its workload between different bounds";
    const Node *next;
    for (size_t i = 1; (next = facts->scaler(facts->context, i)); i++) {
        Scaler other;
        if (!read_scaler(next, &other) || !str_eq(other.least, s->least) ||
            !str_eq(other.most, s->most))
            return false;
    }
    return true;
}

static void take(Converted *out, const Variants *v, const Scaler *s, ReplicaBounds *b) {
    b->most = s->most;
    if (!v->min_replicas && !str_eq(s->least, STR("1"))) b->least = s->least;
    convert_remark(out, "the bounds of replicas are those of the " STR_FMT " '" STR_FMT "'",
                   STR_ARG(s->kind), STR_ARG(s->name));
    if (str_eq(b->least, STR("0")))
        convert_note(out, "minReplicas 0 lets the controller scale an idle model to nothing");
}

/* The CRD refuses a minimum above the maximum, the default one included. */
static bool are_in_order(Converted *out, const Variants *v, const ReplicaBounds *b) {
    uint64_t least, most = DEFAULT_MOST;
    Str low = v->min_replicas ? node_text(v->min_replicas) : b->least;
    Str high = v->max_replicas ? node_text(v->max_replicas) : b->most;
    if (!low.len || !str_to_u64(low, &least)) return true;
    if (high.len && !str_to_u64(high, &most)) return true;
    if (v->max_replicas && !high.len) return true; /* a template's */
    return least <= most ||
           convert_refuse(out, "minReplicas " STR_FMT " is above maxReplicas, which is %" PRIu64,
                          STR_ARG(low), most);
}

bool variant_bounds(const ConvertInput *in, Converted *out, const Variants *v, ReplicaBounds *b) {
    Scaler s;
    const char *why;
    *b = (ReplicaBounds){0};
    if (v->max_replicas) return are_in_order(out, v, b);
    if (find_scaler(in, &s, &why))
        take(out, v, &s, b);
    else if (v->era == ERA_SCALE_TARGET || v->era == ERA_REPLICAS)
        return convert_refuse(out, "%s: write maxReplicas, or the CRD's default of %d holds", why,
                              DEFAULT_MOST);
    else
        note_none(out, why);
    return are_in_order(out, v, b);
}
