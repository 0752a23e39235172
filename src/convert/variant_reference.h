/* What a selector of metrics follows when its VariantAutoscaling is split.
 *
 * The metrics carry the name of the VariantAutoscaling in the label variant_name. An autoscaler
 * must select the one of the new resources that serves its own Deployment: two for one Deployment
 * would fight. Where none does, or where no Deployment is scaled at all (an alert), the resource of
 * the accelerator that is in use goes on with the old series, and a reader decides. What leaves the
 * old name out (`!=`, operator NotIn) would have to leave out all of the new ones: with several it
 * is not followed.
 *
 *     Follow follow;
 *     if (variant_follow(&arena, &selector, renamed, count, &follow)) use(follow.to);
 */
#ifndef CONVERT_VARIANT_REFERENCE_H
#define CONVERT_VARIANT_REFERENCE_H

#include "convert/convert.h"

typedef struct VariantSelector {
    const Node *resource; /* the autoscaler, or what else selects */
    Str value;            /* the old name */
    bool left_out;        /* it is what the selector leaves out */
} VariantSelector;

typedef struct Follow {
    Str to;
    Str assumes; /* the name of the resource in use was taken: why, and the others; may be empty */
    Str why_not; /* … or why there is none, with the candidates */
} Follow;

/* False: none is the one, out->why_not says why. Texts are in the arena or borrowed. */
bool variant_follow(Arena *a, const VariantSelector *selector, const Renamed *renamed, size_t count,
                    Follow *out);

/* Does one of the new resources serve the Deployment that the autoscaler scales? */
bool variant_serves(const Node *autoscaler, const Renamed *renamed, size_t count);

#endif
