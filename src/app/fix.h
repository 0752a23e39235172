/* From a finding to the change that mends it.
 *
 * The document is read again, the rule's conversion or steps write down what they want, the engine
 * plans it, and what refers to a renamed object elsewhere follows along. Nothing is written here.
 *
 *     Fixer *fixer = fixer_new(&scan);
 *     const FixPlan *fix = fixer_plan(fixer, &finding);      good until the next plan
 *     fixer_free(fixer);
 */
#ifndef APP_FIX_H
#define APP_FIX_H

#include "app/scan.h"
#include "convert/demand.h"
#include "text/edit.h"

typedef struct FixEdit {
    uint32_t source;
    Edit edit;
    bool secret; /* it touches or carries a secret */
} FixEdit;

/* One part of the change: a document of a source that is edited. */
typedef struct FixPart {
    uint32_t source;
    uint32_t resource; /* where what is changed starts in the piece */
    Offset piece;
    uint32_t piece_line;
    Str text;            /* of the piece, as it is */
    size_t first, count; /* its edits among all */
} FixPart;

/* What the object asks of the cluster, and what it asks for once it is converted. */
typedef struct DemandChange {
    Demand before, after;
} DemandChange;

typedef struct FixPlan {
    bool tried;   /* the rule has a fix */
    Str refused;  /* … but there is no honest one here */
    Str finished; /* … since it is a job that has ended so */
    bool changed; /* … because a file is not what was read */
    Safety safety;
    Str why_review; /* the first of its reasons to be one … */
    VEC(Str) whys;  /* … and all of them */
    Str title;
    VEC(Str) notes;
    VEC(DroppedView) dropped;
    VEC(ResourceView) creates;
    VEC(uint32_t) create_sources; /* beside each: where */
    VEC(ResourceView) removes;
    VEC(uint32_t) remove_sources;
    VEC(FixEdit) edits; /* sorted within each part */
    VEC(FixPart) parts;
    VEC(Str) secrets;           /* texts in the documents that must not be shown, see fix_covered */
    const DemandChange *demand; /* of a conversion, for --statistics alone; else NULL */
} FixPlan;

/* Can it be applied? */
static inline bool fix_exists(const FixPlan *f) {
    return f->tried && !f->refused.len && f->edits.len;
}

/* A text that a fix has to say (a note, a comment, a line of its diff) with secrets covered, in the
 * arena: those that the documents' trees know, wherever they are repeated, and those that the text
 * shows. */
Str fix_covered(Arena *a, const FixPlan *fix, Str text);

typedef struct Fixer Fixer;
Fixer *fixer_new(Scan *scan);
const FixPlan *fixer_plan(Fixer *fixer, const Finding *finding);
void fixer_free(Fixer *fixer);

/* A change of an object covers all of its manifests in the scan. Is this the finding whose change
 * that is? The others plan the same one again. */
bool fixer_leads(const Fixer *fixer, const Finding *finding);

/* The finding on the object that this one names, when it has the fix for both; else NULL. */
const Finding *fixer_followed(Fixer *fixer, const Finding *finding);

#endif
