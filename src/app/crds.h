/* --crds: CustomResourceDefinitions that take the place of the built-in schemas.
 *
 * A PATH is a file, a directory with YAML and JSON files, an archive, or a dump of `kubectl get
 * crd`. All of it is read, those of kinds that conversions write are kept. */
#ifndef APP_CRDS_H
#define APP_CRDS_H

#include "app/settings.h"
#include "convert/schemas.h"

/* What is kept is in the arena. False: a PATH cannot be read, or holds no definition at all. */
bool crds_read(Arena *a, const WrittenList *paths, Schemas *out, Error *err);

/* On standard error: with `verbose` what is used in the place of what; without, only if nothing
 * is. */
void crds_tell(const WrittenList *paths, const Schemas *s, bool verbose);

#endif
