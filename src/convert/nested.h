/* A resource that stands in a field of another one, converted where it stands.
 *
 * The rewrite is that of the outer resource: what refers to the inner one there changes in the same
 * change, or none of it does.
 *
 *     Target *root = nested_begin(out);
 *     Target *field = nested_open(out, root, STR("template"));      its entry, NULL when absent
 *     Target *t = nested_convert(in, out, STR("trainjob"), field->source, STR("It holds one."));
 *     if (!t) return false;                                         refused, with the reason
 *     target_replace(field, t); */
#ifndef CONVERT_NESTED_H
#define CONVERT_NESTED_H

#include "convert/convert.h"

/* The outer resource as it is, its only root. */
Target *nested_begin(Converted *out);

/* The entry of a map that is written in its place, taken apart into its children. NULL: there is
 * none, or it is an alias. */
Target *nested_open(Converted *out, Target *map, Str key);

/* What the conversion makes of a map, to be put in its place; NULL: it is refused. `alone` says why
 * that can be one resource only. What the conversion notes and drops is that of `out`. */
Target *nested_convert(const ConvertInput *in, Converted *out, Str conversion, const Node *resource,
                       Str alone);

#endif
