/* Findings by where their resource stands: who refers to this object, what is found on that one. */
#ifndef APP_LOCATED_H
#define APP_LOCATED_H

#include "app/scan.h"

typedef struct Located {
    Offset piece;
    uint32_t source, resource;
    uint32_t order; /* of findings, then of copies, then of those outside */
    const Finding *finding;
} Located;

typedef VEC(Located)
    LocatedVec; /* sorted by source, piece, resource, order; vec_release when done */

/* Findings that follow an object's change, or may, by where the object stands; copies and those of
 * inventories, too. */
void located_references(const Scan *s, LocatedVec *out);

/* Findings about a resource, by where it stands. */
void located_findings(const Scan *s, LocatedVec *out);

/* The entries of one resource: from the returned index on, as long as located_is says so. */
size_t located_first(const LocatedVec *v, uint32_t source, Offset piece, uint32_t resource);
bool located_is(const LocatedVec *v, size_t i, uint32_t source, Offset piece, uint32_t resource);

#endif
