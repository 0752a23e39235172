/* What the parts of planning one fix share; for app/fix*.c alone.
 *
 * fix.c plans the finding's own resource and its copies, fix_follow.c what refers to it. Both hand
 * their rewrites to fixer_take, and the first refusal counts for all. */
#ifndef APP_FIXER_H
#define APP_FIXER_H

#include "app/fix.h"
#include "app/located.h"
#include "app/object_line.h"
#include "app/opened.h"
#include "app/reread.h"
#include "change/plan.h"
#include "convert/convert.h"

/* Why a finding that refers to the object is not mended by the object's change. */
typedef struct LeftBehind {
    const Finding *finding;
    Str why;
} LeftBehind;

/* A manifest of an autoscaler of the resource that is planned. */
typedef struct Scaling {
    const Finding *finding; /* of a silent rule */
    Opened opened;
    Str why_not; /* it must not be edited; empty: it may */
} Scaling;

/* An object that its change takes away. */
typedef struct Gone {
    uint32_t source;
    Offset place;
} Gone;

typedef struct Verdict {
    uint16_t rule;
    size_t places;
    Str refused; /* empty: the change can be made */
} Verdict;

typedef struct Copy {
    const Finding *finding;
    uint32_t order; /* of findings, then of merged copies */
} Copy;

/* A finding whose conversion makes a kind that others make, too: sorted by name, kind and order. */
typedef struct Rival {
    Hash128 name; /* of kind, namespace and name that it would have */
    const Finding *finding;
    /* Of the first of a name and kind: */
    size_t count; /* how many they are, itself included, … */
    size_t unfit; /* … how many of them are known not to be converted … */
    bool fit;     /* … and whether the one behind those is known to be */
} Rival;

typedef VEC(Rival) RivalVec;

struct Fixer {
    Scan *scan;
    Arena arena; /* of the fix at hand */
    FixPlan fix;
    const Finding *planned; /* the finding whose own fix that is: others that follow it share it */
    const Finding *copy;    /* the copy of it that is planned along, NULL: it itself is */
    bool own_refusal;       /* … and it was refused for reasons of its own */
    VEC(LeftBehind) left_behind;
    VEC(Scaling) scalings;
    const Finding *scaled; /* whose they are, NULL: nobody's yet */
    VEC(Str) needed;       /* paths outside the PATHs that it must edit and may not */
    VEC(Gone) gone;        /* app/fix_listed.c */
    LocatedVec references, objects;
    Reread *reread;        /* what conversions ask of other objects */
    VEC(Copy) copies;      /* findings about objects, equal ones side by side; see copies_first */
    HashMap named;         /* of references with candidates: the subject, see fixer_named */
    VEC(Verdict) verdicts; /* of rules whose findings are one change, once it was planned */
    LoadedPiece piece;     /* the one whose lines or commands were changed last … */
    Arena piece_arena;     /* … and where it lives */
    Offset work_piece;     /* bytes planned in this piece so far: a bound for hostile documents */
    uint32_t work_source;
    uint64_t work;
    HashMap kinds; /* app/fix_patches.c: which kinds stand in which files … */
    bool kinds_read;
    uint64_t follow_work, follow_limit; /* bytes read of what refers to converted objects */
    RivalVec rivals;     /* app/fix_names.c; empty: not read yet, or there are none */
    uint64_t rival_work; /* bytes read of them */
    LineMarks marks;
    VEC(const Finding *) speakers; /* app/fix_trial.c */
};

/* Returns false. The first reason counts. */
bool fixer_refuse(Fixer *x, const char *why);

/* The finding's resource, read again; false: refused. */
bool fixer_open(Fixer *x, const Finding *f, Opened *o);

/* Plans the rewrite and takes its edits over, or its refusal. */
bool fixer_take(Fixer *x, const Opened *o, Rewrite *rw);

/* What the finding's conversion makes of the opened resource; out is for convert_release. False: it
 * is refused. */
bool fixer_convert(Fixer *x, const Finding *f, const Opened *o, Converted *out);

/* Does a rule that follows another's changes follow this finding's? */
bool fixer_is_followed(const Fixer *x, const Rule *rule, const Finding *object);

/* Edits what refers to the converted object, in this file and in others. False: refused, for a
 * change that must edit a file which it may not is none. */
bool fixer_follow(Fixer *x, const Finding *object, const Converted *c);

/* May the change edit the source? False: it is needed and out of reach, or refused. */
bool fixer_reaches(Fixer *x, uint32_t source);

/* Is the finding's object in a namespace only under an assumption? Then it becomes a note. */
void fixer_note_assumption(Fixer *x, const Finding *f);

/* ---- app/fix_scalers.c ---- */

/* The i-th manifest of an autoscaler of the workload that the finding's opened resource scales. */
const Node *fixer_scaler(Fixer *x, const Finding *f, const Opened *o, size_t i);

/* What they gain by the change. False: refused. */
bool fixer_gain(Fixer *x, const Finding *f, const Opened *o, const Converted *c);

void fixer_forget_scalers(Fixer *x);

/* ---- app/fix_convert.c ---- */

/* The finding's resource, converted, with all that must change with it. */
void fixer_plan_conversion(Fixer *x, const Finding *f);

/* ---- app/fix_declared.c ---- */

/* What the rule's fix says: its steps, its text in a resource, in a line or command, and the name
 * of the object that is meant instead. */
void fixer_plan_steps(Fixer *x, const Finding *f, const Rule *rule);
void fixer_plan_place(Fixer *x, const Finding *f, const Rule *rule);
void fixer_plan_replacement(Fixer *x, const Finding *f, const Rule *rule);
void fixer_plan_instead(Fixer *x, const Finding *f);

/* Is that piece the one whose lines or commands were changed last? Then nothing is to be read. */
bool fixer_has_loaded(const Fixer *x, const PieceRef *ref);

/* An object in an object is changed as a part of that: the outer one, else itself. */
const Node *fixer_outer_resource(const Node *resource);

/* ---- app/fix_place.c ---- */

/* Does the selector leave out what stands at the finding's place (`!=`, NotIn)? False: refused. */
bool fixer_is_left_out(Fixer *x, const Opened *o, bool *out);

/* Is it the only name that is selected there, not one of several? False: refused. */
bool fixer_is_only_name(Fixer *x, const Opened *o, bool *out);

/* Plans another text at the finding's place. */
bool fixer_set_text(Fixer *x, const Opened *o, Str text);

/* ---- app/fix_choice.c ---- */

/* The subject that a reference names. Of several candidates the only one of which a new resource
 * serves the autoscaler's Deployment; MAP_NONE when none is that. */
uint32_t fixer_named(Fixer *x, const Finding *f);

/* … and why none is: all candidates with their places. */
Str fixer_why_none(Fixer *x, const Finding *f);

/* The open finding on a subject whose change the reference follows, NULL when there is none. */
const Finding *fixer_object(const Fixer *x, const Finding *f, uint32_t subject);

/* An object without a namespace, and references from several: at most those of one mean it. */
typedef struct NamespaceChoice {
    bool several;
    uint32_t namespace; /* whose references follow; MAP_NONE: of none */
    Str why;            /* the others do not: a note of the change */
} NamespaceChoice;
void fixer_choose_namespace(Fixer *x, const Finding *object, const Converted *c,
                            NamespaceChoice *out);

/* ---- app/fix_said.c ---- */

/* Where a node is inside its resource, as messages say it; where a finding is: "jobs/a.yaml:3". */
Str fixer_path(Fixer *x, const Node *resource, const Node *n);
Str fixer_place(Fixer *x, const Finding *f);

/* The fix becomes a review. The first reason counts. */
void fixer_review(Fixer *x, Str why);
/* … because of an assumption or a loss, in words. What holds for a copy as for the object itself is
 * said once. */
void fixer_note(Fixer *x, Str text);
/* The same, but it only explains. */
void fixer_remark(Fixer *x, Str text);

bool fixer_has_text(const Str *texts, size_t count, Str text);

/* The lines of the document's secret values: no note may show them. */
void fixer_remember_secrets(Fixer *x, const Opened *o);
bool fixer_touches_secret(Fixer *x, const Opened *o, Offset base, const Edit *e);

/* ---- app/fix_drops.c ---- */

/* What the plan of a rewrite drops, and the comments that are gone. */
void fixer_drops(Fixer *x, const Opened *o, const Rewrite *rw, const Plan *plan);

/* ---- app/fix_step.c ---- */

/* Why one resource only can take the place of the finding's: it is what a step of Argo Workflows
 * creates. Empty: several can. */
Str fixer_alone(Fixer *x, const Finding *f, const Opened *job);

/* The step's conditions change with the opened job, or the change is refused: false. */
bool fixer_take_step(Fixer *x, const Finding *f, const Opened *job);

/* ---- app/fix_here.c ---- */

/* Does a shell still make of the document what was planned? It does where it fills in nothing, or
 * nothing new. False: refused. */
bool fixer_stands_still(Fixer *x, const Opened *o, const Plan *plan);

/* A resource in a here-document whose kind stands outside of it as well, as commands write it: a
 * note. Wherever the script stands, other steps of the same pipeline have the same say. */
void fixer_note_commands(Fixer *x, const Opened *o);

/* ---- app/fix_patches.c ---- */

/* A kustomization that patches the object would be left with a patch that fits nothing: refused;
 * one that may patch it is a note, and so is every one where only copies are written. */
bool fixer_check_patches(Fixer *x, const Finding *f, const Identity *id);

/* Refuses where one patches this very object, since its values would be lost. */
bool fixer_is_unpatched(Fixer *x, const Finding *f, const Identity *id);

/* Is what a target of kustomize says a name, and no expression? */
bool fixer_is_plain(Str name);

/* ---- app/fix_kustomize.c ---- */

/* What kustomizations do to the opened object by other means than patches of its kind: false where
 * they surely would not find it any more; what may be, and what they would not find in its new
 * form, is a note. */
bool fixer_check_kustomizations(Fixer *x, const Opened *o, const Converted *c);

/* ---- app/fix_listed.c ---- */

/* The finding's object goes. Where it is the last of its file, kustomizations list that no more.
 * False: refused. */
bool fixer_unlist(Fixer *x, const Finding *f);

/* ---- app/fix_trial.c ---- */

/* Findings that name an object for what stands in its texts. */
void fixer_find_speakers(Fixer *x);

/* May the opened resource change without the object that speaks of it: an Experiment of which it is
 * the trial? False: refused. */
bool fixer_stands_alone(Fixer *x, const Finding *f, const Opened *o);

/* ---- app/fix_names.c ---- */

/* The namespace that the finding's object ends up in: a kustomization's, or its own. */
Str fixer_namespace(const Fixer *x, const Finding *f);

/* The directory that a source stands in; empty for the one where the program was started. */
Str fixer_directory(const Fixer *x, uint32_t source);

/* Where an object of the wanted group, kind, namespace and name stands in scan or inventory, or the
 * resource for which another change makes one; empty: nowhere. `own`: who asks. */
Str fixer_name_taken(Fixer *x, const Finding *f, const Identity *own, const Identity *wanted);

/* What the change of the finding makes has its names from now on. */
void fixer_claim(Fixer *x, const Finding *f, const Identity *own, const Converted *c);

/* Does nothing else become an object of that kind and name? False: refused, with the place. */
bool fixer_is_alone(Fixer *x, const Finding *f);

/* ---- app/fix_copies.c ---- */

void copies_find(Fixer *x);

/* The same finding in every manifest of its object, itself included: from the returned index on, as
 * long as copies_is says so. */
size_t copies_first(const Fixer *x, const Finding *f);
bool copies_is(const Fixer *x, size_t i, const Finding *f);

/* The first of them that is open: the change is planned as its own. */
const Finding *copies_leader(const Fixer *x, const Finding *f);

/* Are all findings of the rule one change, whatever they are about? */
bool copies_together(const Scan *s, const Finding *f);

/* Each manifest was planned for itself: in one file their edits must not touch. */
bool copies_are_apart(Fixer *x);

#endif
