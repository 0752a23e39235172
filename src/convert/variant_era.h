/* Which form a VariantAutoscaling has. Its apiVersion never changed, so its keys tell.
 *
 *     Era era = variant_era(&identity, spec);
 *     if (era == ERA_GUIDE) say(era_name(era));         "single-variant, as the migration guide …"
 *
 * A key counts when it has a value: null, "", {} and [] are as good as absent. Where the keys fit
 * several releases, the name says from which to which. */
#ifndef CONVERT_VARIANT_ERA_H
#define CONVERT_VARIANT_ERA_H

#include "model/identity.h"

typedef enum {
    ERA_UNKNOWN,      /* no key tells anything: an empty spec */
    ERA_OPTIMIZER,    /* kind Optimizer: what became VariantAutoscaling */
    ERA_VARIANTS,     /* spec.variants, which no CRD ever had */
    ERA_ALPHA_BETA,   /* entries with alpha and beta instead of perfParms */
    ERA_FIRST,        /* entries with perfParms, sloClassRef, no variantCost */
    ERA_COST,         /* … and variantCost */
    ERA_LAST,         /* … without sloClassRef */
    ERA_TWO_FORMS,    /* modelProfile and scaleTargetRef */
    ERA_DRAFT,        /* single-variant without scaleTargetRef */
    ERA_GUIDE,        /* single-variant with it: the form of the migration guide */
    ERA_TYPE,         /* acceleratorType */
    ERA_SCALE_TARGET, /* scaleTargetRef and modelID alone */
    ERA_REPLICAS,     /* … with minReplicas or maxReplicas */
    ERA_MODEL,        /* modelID without a profile and without a target */
    ERA_COUNT,
} Era;

Era variant_era(const Identity *id, const Node *spec);

/* As users would say it: "multi-variant, v0.0.1 to v0.0.5". */
Str era_name(Era era);

/* The value of a key that says something, NULL otherwise. */
const Node *variant_filled(const Node *map, const char *key);

#endif
