/* Objects of the scan, read again for what they say: a ConfigMap that tells a price.
 *
 * The index knows who is there, not what it says. An object's source is cut again up to it, so this
 * is for few objects, each of which is read once.
 *
 *     Reread *r = reread_new(scan);
 *     const Node *map = reread_object(r, (Str){0}, STR("ConfigMap"), STR("ml"), STR("costs"));
 *     reread_free(r);                                        until then the tree lives */
#ifndef APP_REREAD_H
#define APP_REREAD_H

#include "app/scan.h"
#include "yaml/node.h"

typedef struct Reread Reread;

Reread *reread_new(const Scan *scan);
void reread_free(Reread *r); /* NULL is fine */

/* NULL: there is none in scan and inventory, it stands in something else than a manifest, or too
 * much was read already. Its tree must not be edited. */
const Node *reread_object(Reread *r, Str group, Str kind, Str namespace, Str name);

#endif
