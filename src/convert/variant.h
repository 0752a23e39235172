/* A VariantAutoscaling of any era as its conversion sees it: read, then named, then written.
 *
 *     Variants v;
 *     variants_read(in, out, &v) && variants_name(in, out, &v)       false: out says why not
 *
 * Nodes are those of the source; absent and empty values are NULL. Only for convert/variant*.c. */
#ifndef CONVERT_VARIANT_H
#define CONVERT_VARIANT_H

#include "convert/convert.h"
#include "convert/variant_era.h"

/* The forms that can be written; the pack's target names them. */
typedef enum {
    FORM_GUIDE,   /* "guide": the migration guide's */
    FORM_0_5,     /* v0.5.0 and v0.5.1 */
    FORM_0_6,     /* v0.6.0 to v0.8.0 */
    FORM_NONE,    /* "annotations": the resource goes, its autoscaler says what it said */
    FORM_UNKNOWN, /* none is written for the target */
} VariantForm;

/* One entry of the list, or what a single-variant spec says of its only one. */
typedef struct Variant {
    const Node *item;
    const Node *accelerator, *count, *perf_parms, *max_batch_size, *cost, *own_name;
    Str type;         /* the accelerator's text, "A100"; empty where none is named */
    Str resource;     /* the name of the resource that it becomes */
    Str scale_target; /* the name of the Deployment that that is to scale */
    Str found_cost;   /* from the ConfigMap of unit costs; empty when it tells none */
} Variant;

typedef struct Variants {
    Era era;
    VariantForm form;
    const Node *name, *labels, *label; /* of the metadata; the label tells what is in use */
    const Node *spec;
    const Node *list, *profile; /* profile: modelProfile; both NULL in single-variant forms */
    const Node *scale_target, *model, *cost, *slo_class, *min_replicas, *max_replicas;
    Variant *items; /* at least one; the only one may name no accelerator */
    size_t count;
} Variants;

#define VARIANT_GROUP     STR("llmd.ai")
#define VARIANT_KIND      STR("VariantAutoscaling")
#define ACCELERATOR_LABEL STR("inference.optimization/acceleratorName")

bool variants_read(const ConvertInput *in, Converted *out, Variants *v);

/* Several get a name each; a single one keeps the old name. Then what each is to scale. */
bool variants_name(const ConvertInput *in, Converted *out, Variants *v);

/* Looks the cost of each up in the scan, where the resource tells none, and says where it is from.
 */
void variants_price(const ConvertInput *in, Converted *out, Variants *v);

/* What spec becomes in the chosen form, added to the root. False: refused. */
void variant_add_guide(Rewrite *rw, Target *root, const Variants *v, const Variant *one);
bool variant_add_released(const ConvertInput *in, Converted *out, Target *root, const Variants *v,
                          const Variant *one);

/* Kept; but a number where the CRD wants a string gets quotes. */
Target *variant_keep_string(Rewrite *rw, const Node *n);
/* The scaleTargetRef as it stands, or a new one. */
void variant_add_scale_target(Rewrite *rw, Target *spec, const Variants *v, const Variant *one);
/* The cost that the resource tells, or the one that was found. */
void variant_add_cost(Rewrite *rw, Target *spec, const Variants *v, const Variant *one);

/* The resource goes: what it said becomes annotations, labels and bounds of its autoscaler. False:
 * refused. */
bool variant_annotate(const ConvertInput *in, Converted *out, Variants *v);

/* minReplicas and maxReplicas of the form of 0.6 that the resource does not tell: from what scales
 * its workload. Empty texts where nothing is known. False: refused. */
typedef struct ReplicaBounds {
    Str least, most;
} ReplicaBounds;
bool variant_bounds(const ConvertInput *in, Converted *out, const Variants *v, ReplicaBounds *b);

/* Says what a reader must check: Deployments that were not seen, names that end, what is added. */
void variants_note(const ConvertInput *in, Converted *out, const Variants *v);

#endif
