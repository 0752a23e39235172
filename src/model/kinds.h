/* What Kubernetes says about the names of a kind: is it in a namespace, what may it be called?
 *
 * A kind that the table does not know is one of a CustomResourceDefinition: namespaced, with a name
 * of DNS labels joined by dots, as most are.
 *
 *     if (kind_is_namespaced(id.group, id.kind)) …
 *     if (!kind_name_check(id.group, id.kind, name, &err)) err.text says why the server refuses it
 */
#ifndef MODEL_KINDS_H
#define MODEL_KINDS_H

#include "base/error.h"
#include "base/str.h"

bool kind_is_namespaced(Str group, Str kind);

/* Is the name given by what the object stands for? A CustomResourceDefinition is called after what
 * it defines, a Node after a machine: another name means another thing, or nothing. */
bool kind_has_fixed_name(Str group, Str kind);

/* May an object of the kind be called so? */
bool kind_name_check(Str group, Str kind, Str name, Error *err);

/* … or get such a `generateName`, to which the server adds five characters? */
bool kind_generated_name_check(Str group, Str kind, Str name, Error *err);

/* a-z, 0-9 and '-' between them, at most 63: what a namespace may be called. */
bool name_is_label(Str name);

/* … and '_', '.' and capital letters between: what the value of a label may be, when it is a name.
 */
bool name_is_label_value(Str value);

/* Can a name start so? What it starts with may end in '-' or '.'. */
bool name_is_prefix(Str prefix);

#endif
