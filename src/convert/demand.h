/* What jobs ask of a cluster: on how many nodes they run, and what those request altogether.
 *
 *     Demand before = {0}, after = {0};
 *     demand_of_resource(&before, job);
 *     demand_of_rewrite(&after, &converted.rewrite);      of all that stands in the job's place
 *     if (before.unknown) a template hides an amount, or it is no quantity
 *
 * Kinds that ask for nothing, or of which nothing is known, add nothing. The names of resources
 * point into the document. */
#ifndef CONVERT_DEMAND_H
#define CONVERT_DEMAND_H

#include "change/target.h"

enum { DEMAND_AMOUNTS = 16 /* different resources of one object */ };

typedef struct DemandAmount {
    Str resource; /* "cpu", "memory", "nvidia.com/gpu" */
    double amount;
} DemandAmount;

typedef struct Demand {
    double nodes;
    DemandAmount amounts[DEMAND_AMOUNTS];
    size_t count;
    bool unknown; /* something could not be read: the figures are too small */
} Demand;

void demand_of_resource(Demand *d, const Node *resource);
void demand_of_rewrite(Demand *d, const Rewrite *rw);

/* 0 when the resource is not asked for. */
double demand_amount(const Demand *d, Str resource);

#endif
