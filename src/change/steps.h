/* Declarative changes: a resource as it is, with a few things renamed, moved, set or dropped.
 *
 * Rules that need no code write their fix as a list of steps; so do the tests. Every step edits the
 * target tree, none edits text; what no step names is kept.
 *
 *     Target *root = steps_begin(&rw);
 *     for (each step) if (!steps_apply(&rw, root, &step)) break;       rw.refused says why
 */
#ifndef CHANGE_STEPS_H
#define CHANGE_STEPS_H

#include "change/target.h"
#include "yaml/path.h"

typedef enum {
    CHANGE_SET,     /* the scalar at `path` gets the text `value`; a missing one is made */
    CHANGE_RENAME,  /* the entry at `path` gets the key `value` */
    CHANGE_MOVE,    /* the entry at `path` goes to `to`; missing maps on the way are made */
    CHANGE_DROP,    /* what stands at `path` goes, because of `value` */
    CHANGE_REPLACE, /* in the scalar at `path` every `find` becomes `value`; the rest stays */
    CHANGE_ADD,     /* the sequence at `path` gets the text `value` as its last item */
    CHANGE_QUOTE,   /* the number or boolean at `path` becomes a text, as it is written */
    CHANGE_SPLICE,  /* in the scalar at `path` bytes [start, end) of its text become `value` */
} ChangeStepKind;

typedef struct ChangeStep {
    ChangeStepKind kind;
    Path path, to;
    Str find, value;
    uint32_t start, end; /* SPLICE */
    bool plain;          /* SET: a number or boolean, not a string */
    bool harmless;       /* DROP: nothing is lost */
    bool prune;          /* DROP, MOVE: a parent that is left empty goes too */
} ChangeStep;

/* The whole resource, kept, as the only root. */
Target *steps_begin(Rewrite *rw);

/* The target of a node that stands somewhere in the resource, opened on the way to it. */
Target *steps_at(Rewrite *rw, Target *root, const Node *node);

/* A path that leads nowhere is no error but for SET: a fix fits many shapes. False: refused. */
bool steps_apply(Rewrite *rw, Target *root, const ChangeStep *step);

#endif
