/* One piece of a source in, what stands in it out: objects, sightings, suppressions.
 *
 * A Judge belongs to one thread. It parses a piece only when a rule could care, hands everything it
 * sees to a Sink while the tree is alive, and frees the tree. Texts handed out are good during the
 * call; the sink copies what it keeps.
 *
 *     Judge *j = judge_new(&rules, regexes);
 *     judge_piece(j, &task, &piece, &sink);
 *     judge_free(j);
 */
#ifndef RULE_JUDGE_H
#define RULE_JUDGE_H

#include "input/cutter.h"
#include "model/family.h"
#include "rule/comments.h"
#include "rule/match.h"
#include "yaml/parse.h"

/* A rule fires. Positions are those of the source, whatever the resource is embedded in. */
typedef struct Sighting {
    const Rule *rule;
    Severity severity; /* the rule's, or less: a document that no rule wants may be broken */
    Place place;
    const Identity *resource; /* NULL: about no resource */
    Span document;            /* of its document in the piece … */
    uint32_t start;           /* … and where it starts in that */
    bool in_list;             /* it is an item of a List … */
    bool typed_list;          /* … that holds one kind only */
    uint32_t object;          /* what Sink.object answered for it */
    Str title;                /* "namespace/name" of the resource, as the file spells it */
    Str path;                 /* inside the resource, docs/formats.md has the grammar */
    Str value;                /* the text at the place; `***` where it is secret */
    uint32_t part;            /* which place in the text at `path`: 0, 1 … */
    Str holes; /* values of the message's holes beyond the resource's own, see finding.h */
    Replaceable replace;
    uint8_t form;            /* of its document: bits of DocumentForm */
    bool refers;             /* only if `value` turns out to name an object that the rule wants */
    const Identity *carrier; /* the object that the resource stands in, NULL when none … */
    Span carrier_document;   /* … of which document of the piece; empty: of the same … */
    Str carrier_title;
    Place carrier_place; /* … and where that text or field is … */
    Str carrier_path;    /* … in that object */
    Str ignored_because; /* the resource's own annotation suppresses the rule, with this reason */
} Sighting;

/* An object that a rule's `refers.to` describes. */
typedef struct SightedSubject {
    const Rule *rule;
    const Identity *id;
    Str named;      /* what a reference says to mean it: its name, or the text at `refers.by` … */
    Str instead;    /* … and the text at `refers.instead` */
    Place place;    /* of its name */
    uint32_t start; /* where it starts in its document */
} SightedSubject;

/* Where a judge hands things. */
typedef struct Sink {
    void *context;
    /* A resource was seen; `offset` is where it starts in the source, `listed` whether it is an
     * item of a List. Returns its number. */
    uint32_t (*object)(void *context, const Identity *id, Offset offset, bool listed);
    void (*sighting)(void *context, const Sighting *s);
    /* An object that a rule's `refers.to` describes. */
    void (*subject)(void *context, const SightedSubject *subject);
    /* A comment `unstale: ignore…` (rule/suppress.h reads it). One that stands alone on its line
     * speaks for the next. */
    void (*suppression)(void *context, const FoundComment *comment, Place place);
    /* A kustomization was read; the tree is alive during the call. */
    void (*kustomization)(void *context, const Document *doc);
    /* An item, head or tail of a List does not parse: the List must be read again as a whole. */
    void (*list_broken)(void *context, uint32_t document);
} Sink;

/* What a piece is judged by. */
typedef struct Task {
    Str path; /* as users see it: text rules ask for it, and what commands stand in */
    Family family;
    const uint64_t *active; /* bit per rule */
    bool strict;            /* judge the syntax of every document */
    bool no_gate;           /* parse every document: for the test that the gate is honest */
    bool facts_only;        /* what references need, but nothing to report (--inventory) */
    Str list_api_version, list_kind; /* of a typed List, for its items */
} Task;

typedef struct Judge Judge;
Judge *judge_new(const RuleSet *rules, Regex *const *regexes);
void judge_piece(Judge *j, const Task *task, const Piece *piece, const Sink *sink);
void judge_free(Judge *j);

#endif
