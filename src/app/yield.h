/* What one job of the scan found, until it is absorbed in order.
 *
 * A worker fills a Yield through the judge's sink; texts are copied into its arena. yield_absorb
 * moves all into the Scan, interning texts and renumbering objects; called in source order. */
#ifndef APP_YIELD_H
#define APP_YIELD_H

#include "app/scan.h"
#include "rule/judge.h"

typedef struct SeenObject {
    Identity id;
    Offset offset;
    uint32_t document;
    bool listed;
} SeenObject;

typedef struct SeenSighting {
    Sighting s; /* its resource and carrier are these copies: */
    Identity resource, carrier;
    bool has_resource, has_carrier;
    Piece piece;
    uint64_t piece_hash;
} SeenSighting;

typedef struct SeenSubject {
    SightedSubject s; /* its texts are copies, its identity is this one: */
    Identity id;
    Piece piece;
} SeenSubject;

typedef struct SeenComment {
    FoundComment comment; /* its text is this copy's */
    Place place;
    Piece piece;
    uint64_t piece_hash;
} SeenComment;

typedef struct Yield {
    Arena arena;
    VEC(SeenObject) objects;
    VEC(SeenSighting) sightings;
    VEC(SeenSubject) subjects;
    VEC(SeenComment) comments;
    VEC(uint32_t) broken_lists; /* documents */
    Arena kept;                 /* of the kustomization: it moves into the scan */
    Kustomization kustomization;
    bool has_kustomization;
    Str path;           /* of the source */
    const Piece *piece; /* the one at hand */
    uint64_t piece_hash;
    bool hashed;
} Yield;

void yield_clear(Yield *y);
void yield_release(Yield *y);

/* The sink that fills it; set `y->piece` (and clear `y->hashed`) before each piece. */
Sink yield_sink(Yield *y);

/* A finding of the program's own about the file as such. */
void yield_tell(Yield *y, const Rule *rule, Str value);

void yield_absorb(Yield *y, Scan *scan, uint32_t source);

#endif
