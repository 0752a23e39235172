/* A finding, small enough to keep millions of.
 *
 * It outlives the document it was found in, so it holds numbers and hashes: texts are interned in a
 * Names table, the message is a template of its rule that is filled when it is printed, and lines
 * of the source are read again when a report shows them. */
#ifndef RULE_FINDING_H
#define RULE_FINDING_H

#include "base/map.h"
#include "rule/rule.h"

typedef enum {
    FINDING_OPEN,
    FINDING_INLINE,     /* suppressed by a comment … */
    FINDING_ANNOTATION, /* … by an annotation of the resource … */
    FINDING_CONFIG,     /* … by the configuration */
    FINDING_MERGED,     /* another finding tells it: the same object elsewhere, or its owner */
    FINDING_DROPPED,    /* a reference that names nothing of interest */
} FindingState;

typedef struct Finding {
    Place place;
    Offset piece; /* the piece of the source that is read again to show it */
    uint64_t piece_hash;
    /* Of the path inside the resource and the value there: the finding's own identity. */
    Hash128 what;
    uint32_t piece_length;
    uint32_t piece_line, piece_column;
    Span document;     /* of the document it is in, inside the piece: smaller for embedded ones */
    Span carrier;      /* of the document in whose text that one stands; empty: in none */
    uint32_t resource; /* where the resource starts in that document */
    uint32_t source;
    uint32_t joined; /* the subject that it refers to, MAP_NONE when none */
    /* Names: the namespace that both are assumed to be in, where only one of them tells; else
     * MAP_NONE. */
    uint32_t assumed;
    uint32_t candidates; /* … and where several subjects may be meant: Scan.candidates */
    uint32_t object;     /* Index.objects, or NO_OBJECT */
    uint32_t group, version, kind, namespace, name; /* names; kind MAP_NONE: about no resource */
    uint32_t title;                                 /* names: "namespace/name", for people */
    uint32_t value;                                 /* names */
    uint32_t holes;                                 /* names: the values of holes, see below */
    uint32_t remark;      /* the first of its remarks, MAP_NONE when none */
    uint32_t last_remark; /* … and its last */
    uint32_t reason;      /* names: why it is suppressed */
    uint16_t rule;        /* index in the rule set */
    uint8_t state;        /* FindingState */
    uint8_t severity;     /* the rule's, or milder */
    bool in_list;         /* the resource is an item of a List … */
    bool typed_list;      /* … whose kind says what it holds (PyTorchJobList) */
    bool refers;          /* waits for the join */
    uint8_t replace;      /* Replaceable */
    uint8_t form;         /* of its document: bits of DocumentForm */
} Finding;

/* What else a finding has to say; a list by `next`. */
typedef struct Remark {
    uint32_t next;   /* MAP_NONE: the last */
    uint32_t text;   /* names */
    uint32_t source; /* of a place; MAP_NONE: a note without one */
    uint32_t piece_length, piece_line, piece_column;
    Offset piece;
    Place place;
} Remark;

/* Is the hole filled from the finding's own fields, or does its value travel in `holes`? */
bool hole_is_own(Str hole);

/* `holes` joins the values of the other holes, in the order of Rule.holes, NUL between. */
Str hole_value(const Rule *rule, Str joined, Str hole);

#endif
