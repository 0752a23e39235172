/* Before a change counts as planned: would the API server take what it writes?
 *
 *     rw.schemas = &finder;            set by whoever begins the rewrite; without it all is taken
 *     if (!conform(&rw, &after, &hidden)) rw.refused says
 *         would break the schema: spec.trainer.numNodes: must be at least 1, is 0 */
#ifndef CHANGE_CONFORM_H
#define CHANGE_CONFORM_H

#include "change/schema.h"
#include "change/verify.h"

/* *hidden is the first place that cannot be judged because a template stands there; else it stays
 * as it is. Values that are secrets are covered. */
bool conform(Rewrite *rw, const ReadBack *after, Str *hidden);

#endif
