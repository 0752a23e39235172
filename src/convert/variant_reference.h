/* What a HorizontalPodAutoscaler follows when its VariantAutoscaling is split.
 *
 * Its metric carries the name of the VariantAutoscaling in the label variant_name. Of the new
 * resources the autoscaler must select the one that serves its own Deployment: two for one
 * Deployment would fight. An expression that leaves the old name out (operator NotIn) would have to
 * leave out all of the new ones: with several it is not followed.
 *
 *     if (variant_follow(&arena, hpa, selected, renamed, count, &name, &why)) use(name);
 */
#ifndef CONVERT_VARIANT_REFERENCE_H
#define CONVERT_VARIANT_REFERENCE_H

#include "convert/convert.h"

/* `selected` is the scalar in hpa with the old name. False: none is the one, *why_not lists the
 * candidates. Texts are in the arena or borrowed. */
bool variant_follow(Arena *a, const Node *hpa, const Node *selected, const Renamed *renamed,
                    size_t count, Str *new_value, Str *why_not);

/* Does one of the new resources serve the Deployment that the autoscaler scales? */
bool variant_serves(const Node *hpa, const Renamed *renamed, size_t count);

#endif
