/* An object as it can be applied again: what the server wrote is gone, the rest is as it stands.
 *
 * Used for every object that a conversion writes to a place of its own. docs/decisions/as-is.md
 * says what goes, what stays, and why.
 *
 *     const char *why = as_is_left_out(&identity, owner_is_there);        NULL: it is worth writing
 *     convert_begin(&out, &in);
 *     Target *root = as_is_target(&in, &out);         then plan_rewrite, if out.rewrite.drops
 */
#ifndef CONVERT_AS_IS_H
#define CONVERT_AS_IS_H

#include "convert/convert.h"

/* Why an object of a backup is not to be applied: somebody makes it again. NULL: it is. `managed`:
 * the object that manages it is written too. */
const char *as_is_left_out(const Identity *id, bool managed);

/* The whole resource without what the server wrote, as the rewrite's only root. */
Target *as_is_target(const ConvertInput *in, Converted *out);

#endif
