/* Conversions: code that turns one kind of resource into another.
 *
 * A conversion reads a resource and writes down a target tree (change/target.h); it never edits
 * text. It says what its answer rests on: notes are shown with the fix, one named assumption makes
 * it a review. Whatever it does not mention, the ledger refuses. docs/conversions.md builds one
 * from nothing.
 *
 *     const Conversion *c = conversion_find(STR("trainjob"));
 *     Converted out;
 *     convert_begin(&out, &input);
 *     if (c->convert(&input, &out)) plan_rewrite(&out.rewrite, …);
 *     else out.rewrite.refused says why
 *
 * One conversion is one file, with one line in convert.c. */
#ifndef CONVERT_CONVERT_H
#define CONVERT_CONVERT_H

#include "base/vec.h"
#include "change/target.h"
#include "model/identity.h"

/* What a conversion may ask about the rest of the scan. Answers are Presence values of
 * model/index.h. */
typedef struct ConvertFacts {
    void *context;
    /* Is the object in scan or inventory? 0 present, 1 absent (a dump proves it), 2 unknown. */
    int (*presence)(void *context, Str group, Str kind, Str namespace, Str name);
    /* The value of a pack's option in the configuration, as text; empty when it is not set. */
    Str (*option)(void *context, Str pack, Str key);
    /* Where an object stands that has the name, or the resource of which another change makes one:
     * "jobs/a.yaml:3". Empty: nobody is known to have it. Without a namespace only what stands in
     * one directory with the resource counts. */
    Str (*taken)(void *context, Str group, Str kind, Str namespace, Str name);
    /* An object that is present, read again; NULL when it cannot be had. */
    const Node *(*read)(void *context, Str group, Str kind, Str namespace, Str name);
    /* The i-th manifest of an autoscaler (HorizontalPodAutoscaler, ScaledObject) of the workload
     * that the resource scales; NULL when there are no more. */
    const Node *(*scaler)(void *context, size_t i);
} ConvertFacts;

typedef struct ConvertInput {
    Arena *arena;
    const Document *doc;
    const Node *resource;
    const Identity *identity;
    Str namespace; /* where the object ends up: its own, or a kustomization's; may be empty */
    Str target;    /* the pack's chosen target, "2.3" */
    bool in_list;  /* the resource is an item of a List */
    Str alone;     /* why one resource only can take its place; empty: several can */
    const ConvertFacts *facts;
} ConvertInput;

/* A resource that the change makes beside the one that it rewrites. */
typedef struct Created {
    Str group, version, kind, namespace, name;
} Created;

/* An object whose name changes: what refers to it follows, or the change is refused. */
typedef struct Renamed {
    Str to;
    Str scale_target; /* the Deployment that it serves: a selector follows it; may be empty */
    bool in_use;      /* … the one that is in use now, by what the old one says */
} Renamed;

/* What an autoscaler gains by the same change: a text at a path of its i-th manifest. */
typedef struct Gain {
    size_t scaler; /* ConvertFacts.scaler */
    Str path, text;
    bool plain; /* a number, not a string */
} Gain;

typedef struct Converted {
    Rewrite rewrite;
    Str title;        /* "convert to TrainJob" */
    Str finished;     /* refused since it is a job whose end this state is; empty: it is none */
    bool reshapes;    /* what patches it by kind, name or path no longer fits */
    bool removed;     /* the object goes, no other resource takes its place */
    VEC(Str) notes;   /* assumptions and losses in words; each makes the change a review … */
    VEC(Str) remarks; /* … these do not: they only explain */
    VEC(Created) created;
    VEC(Renamed) renamed; /* the names that take the place of the old one; none: it is kept */
    VEC(Gain) gains;
} Converted;

typedef struct Conversion {
    Str name;
    bool (*convert)(const ConvertInput *in, Converted *out); /* false: refused, with the reason */
    Str makes; /* what several kinds become, so that two resources may ask for one name */
} Conversion;

const Conversion *conversion_find(Str name); /* NULL when there is none */

void convert_begin(Converted *out, const ConvertInput *in);
void convert_release(Converted *out);

/* An assumption or a loss that a person must read: the change becomes a review. */
void convert_note(Converted *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* An explanation that changes nothing about the safety. */
void convert_remark(Converted *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Returns false, so that a conversion can `return convert_refuse(out, …)`. */
bool convert_refuse(Converted *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The place of an object in the resource's namespace that has the name: see ConvertFacts. */
Str convert_taken(const ConvertInput *in, Str group, Str kind, Str name);

/* "namespace/name", as messages call what has the name beside the resource. */
Str convert_title(const ConvertInput *in, Str name);

/* Refuses a name that is taken. Whoever has it may be what somebody has made of another manifest of
 * the resource; the refusal says what to do then. */
bool convert_is_free(const ConvertInput *in, Converted *out, Str group, Str kind, Str name);

/* How a job of Training Operator v1 has ended, "Succeeded", "Failed" or another few words, as the
 * status of its dump says; empty: it has not, or nothing says so. */
Str convert_finished(const Node *resource);

/* What the server wrote is dropped, harmlessly: status, and in metadata uid, resourceVersion,
 * generation, creationTimestamp, managedFields, selfLink, ownerReferences and the last-applied
 * annotation. Returns the metadata with the rest kept, or NULL when there is none. */
Target *convert_metadata(Converted *out, const Node *resource);

#endif
