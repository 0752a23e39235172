/* Objects in fields of other objects: the trial of a Katib Experiment, the components of an
 * AppWrapper.
 *
 * Only objects of Trainer v2 are handed out: what jobs of v1 in such a place must become is said of
 * the object around them, which changes along.
 *
 *     inner_each(&arena, resource, &identity, visit, context); */
#ifndef MODEL_INNER_H
#define MODEL_INNER_H

#include "model/identity.h"

/* `id` is in the namespace of the object around it unless it says another one. */
typedef void (*InnerVisit)(void *context, const Node *object, const Identity *id);
void inner_each(Arena *a, const Node *resource, const Identity *outer, InnerVisit visit,
                void *context);

#endif
