/* What isolated copies go on sharing with the originals although no object names it: directories of
 * nodes, file servers, buckets, Services by their full name.
 *
 *     shared_each(&arena, resource, visit, context);
 *
 * Volumes are found by their shape, the rest as URLs in any text of the object but its metadata.
 * Files that every node has of its own (/dev, /sys …) are nothing that is shared. */
#ifndef APP_CONVERT_SHARED_H
#define APP_CONVERT_SHARED_H

#include "base/arena.h"
#include "yaml/node.h"

/* "hostPath", "/data/sets"; "bucket", "s3://models". The texts are in the arena or the document. */
typedef void (*SharedVisit)(void *context, const Node *at, Str kind, Str name);

void shared_each(Arena *a, const Node *resource, SharedVisit visit, void *context);

#endif
