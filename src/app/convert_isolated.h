/* One object of a run with --namespace or --name-prefix: what it is called and what it names.
 *
 *     isolate_survey(c, resource, &id, place);            the first reading: it will be written
 *     if (isolate_target(c, &rw, root, &id)) …            the second: its steps, before the plan
 *     isolate_tell(c, w, resource, &id);                  … and what it does not have to itself
 */
#ifndef APP_CONVERT_ISOLATED_H
#define APP_CONVERT_ISOLATED_H

#include "app/convert_object.h"
#include "change/target.h"

void isolate_survey(Converting *c, const Node *resource, const Identity *id, ObjectPlace at);

/* Sets names and namespaces in the target tree, or refuses the rewrite. False: none is to be set.
 * During the survey only those of the object itself. */
bool isolate_target(Converting *c, Rewrite *rw, Target *root, const Identity *id);

/* Tells which objects it names that are not written here, and whether it is still the original. */
void isolate_tell(Converting *c, PieceText *w, const Node *resource, const Identity *id);

/* The namespace that the object counts as being in: what a kustomization sets, else its own. */
Str isolate_namespace(const Converting *c, const Identity *id);

#endif
