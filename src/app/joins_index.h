/* References to objects of kinds that are not read for it: the index knows who they are.
 *
 * The documents of most objects of a dump are never parsed. A rule that only asks whether a
 * Deployment of some name is there (Refers.unread) must not change that.
 *
 *     IndexJoins joins = {0};
 *     if (!index_joins_has(&joins, s, finding)) ...        nothing has that name */
#ifndef APP_JOINS_INDEX_H
#define APP_JOINS_INDEX_H

#include "app/settle.h"

/* The namespaces in which objects of the rule's kinds were seen. */
typedef struct SeenKinds {
    uint16_t rule;
    VEC(uint32_t) namespaces; /* Index.names, each once */
} SeenKinds;

typedef struct IndexJoins {
    VEC(SeenKinds) rules; /* those that were asked about */
} IndexJoins;

/* Is there an object that the finding's value may name? Where one of both tells no namespace, they
 * may be in one; what a template in the same folder hides may have that name. */
bool index_joins_has(IndexJoins *joins, Scan *s, const Finding *f);

/* Was any object of these kinds seen? */
bool index_joins_seen(IndexJoins *joins, Scan *s, const Finding *f);

void index_joins_release(IndexJoins *joins);

/* ---- of app/joins.c ---- */

/* The namespace that an object ends up in: a kustomization may set it. Where several set different
 * ones nothing is known. */
uint32_t joins_namespace(Scan *s, uint32_t source, uint32_t namespace);

/* The folder of a source, without its final '/'. */
Str joins_folder(Scan *s, uint32_t source);

#endif
