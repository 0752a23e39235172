/* A rewrite to edits: checked, laid out, read back, compared; or refused with the reason.
 *
 *     Plan plan;
 *     if (plan_rewrite(&rw, base, &plan)) use(plan.edits);  else report(plan.refused);
 *     plan_release(&plan);
 *
 * Two bad outcomes: refused (there is no honest answer) and a bug of ours (the text that came out
 * does not say what was wanted). In neither are there edits.
 *
 * A rewrite without roots takes the resource away: the document with its `---` (the header of the
 * file stays), or the item with its lines; a List that has no other gets `[]`. A List whose item
 * was cut off cannot be seen from here: refused in JSON, where a comma would be left. */
#ifndef CHANGE_PLAN_H
#define CHANGE_PLAN_H

#include "change/ledger.h"
#include "text/edit.h"

typedef struct Plan {
    EditVec edits;     /* of the source, sorted */
    LostComment *lost; /* comments that are gone */
    uint32_t copies;   /* aliases that became copies of what they stand for */
    Str hidden;        /* where a template stands that no schema can be asked about; may be empty */
    Str refused;       /* why there are no edits; empty: there are */
    bool bug;          /* … because of us */
} Plan;

/* `base` is where the document starts in its source. The arena is the rewrite's. */
bool plan_rewrite(Rewrite *rw, Offset base, Plan *out);
void plan_release(Plan *p);

#endif
