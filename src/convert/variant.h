/* A multi-variant VariantAutoscaling as its conversion sees it: read, then named, then written.
 *
 *     Variants v;
 *     variants_read(in, out, &v) && variants_name(in, out, &v)       false: out says why not
 *
 * Nodes are those of the source; absent and empty values are NULL. Only for convert/variant*.c. */
#ifndef CONVERT_VARIANT_H
#define CONVERT_VARIANT_H

#include "convert/convert.h"

/* One entry of the list. */
typedef struct Variant {
    const Node *item;
    const Node *accelerator, *count, *perf_parms, *max_batch_size, *cost, *own_name;
    Str type;     /* the accelerator's text, "A100" */
    Str resource; /* the name of the resource that it becomes */
} Variant;

typedef struct Variants {
    const Node *name, *labels, *label; /* of the metadata; the label tells what is in use */
    const Node *spec, *profile, *list; /* profile: `modelProfile`; NULL for `spec.variants` */
    const Node *scale_target, *model, *cost, *slo_class;
    Variant *items;
    size_t count;
} Variants;

#define ACCELERATOR_LABEL STR("inference.optimization/acceleratorName")

bool variants_read(const ConvertInput *in, Converted *out, Variants *v);

/* Several get a name each; a single one keeps the old name. */
bool variants_name(const ConvertInput *in, Converted *out, Variants *v);

/* Says what a reader must check: Deployments that were not seen, names that end, what is added. */
void variants_note(const ConvertInput *in, Converted *out, const Variants *v);

#endif
