/* Anchors and aliases in the tree that is wanted.
 *
 * An alias means the last anchor of its name before it, in its own document. Where things move,
 * that can become another one, or none: then the alias is replaced by a copy of what it stands for,
 * and rw->copies counts it. Refused: what stands in an anchor is changed or dropped while an alias
 * still uses it; a copy would hold anchors or aliases itself. */
#ifndef CHANGE_ANCHORS_H
#define CHANGE_ANCHORS_H

#include "change/target.h"

/* False: rw->refused says why. Opens keeps and replaces aliases in the target trees. */
bool anchors_hold(Rewrite *rw);

#endif
