/* What neither skimmer can see through: line breaks and templates of the rarer kinds. */
#ifndef MODEL_SKIM_MASK_H
#define MODEL_SKIM_MASK_H

#include "base/str.h"

/* False where lines are not what they seem: a lone CR ends one, a template's action goes over
 * several, holds quotes or braces, or is a statement of Jinja. */
bool skim_readable(Str text);

#endif
