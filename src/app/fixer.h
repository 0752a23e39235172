/* What the parts of planning one fix share; for app/fix*.c alone.
 *
 * fix.c plans the finding's own resource, fix_follow.c what refers to it. Both hand their rewrites
 * to fixer_take, and the first refusal counts for all. fix_drops.c lists what a rewrite drops. */
#ifndef APP_FIXER_H
#define APP_FIXER_H

#include "app/fix.h"
#include "app/located.h"
#include "app/opened.h"
#include "change/plan.h"
#include "convert/convert.h"

/* Why a finding that refers to the object is not mended by the object's change. */
typedef struct LeftBehind {
    const Finding *finding;
    Str why;
} LeftBehind;

struct Fixer {
    Scan *scan;
    Arena arena; /* of the fix at hand */
    FixPlan fix;
    const Finding *planned; /* the finding whose own fix that is: others that follow it share it */
    bool own_refusal;       /* … and it was refused for reasons of its own */
    VEC(LeftBehind) left_behind;
    VEC(Str) needed; /* paths outside the PATHs that it must edit and may not */
    LocatedVec references, objects;
    Offset work_piece; /* bytes planned in this piece so far: a bound for hostile documents */
    uint32_t work_source;
    uint64_t work;
    uint64_t follow_work, follow_limit; /* bytes read of what refers to converted objects */
};

/* Returns false. The first reason counts. */
bool fixer_refuse(Fixer *x, const char *why);

/* The fix becomes a review. The first reason counts. */
void fixer_review(Fixer *x, Str why);

/* … because of an assumption or a loss, in words. */
void fixer_note(Fixer *x, Str text);

/* The finding's resource, read again; false: refused. */
bool fixer_open(Fixer *x, const Finding *f, Opened *o);

/* Plans the rewrite and takes its edits over, or its refusal. */
bool fixer_take(Fixer *x, const Opened *o, Rewrite *rw);

/* What the plan of a rewrite drops, and the comments that are gone. */
void fixer_drops(Fixer *x, const Opened *o, const Rewrite *rw, const Plan *plan);

/* Where a node is inside its resource, as messages say it. */
Str fixer_path(Fixer *x, const Node *resource, const Node *n);

/* Edits what refers to the converted object, in this file and in others. False: refused, for a
 * change that must edit a file which it may not is none. */
bool fixer_follow(Fixer *x, const Finding *object, const Converted *c);

#endif
