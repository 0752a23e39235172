/* The first half of a check: read everything once, keep facts and findings, forget the documents.
 *
 *     P0  sources are listed in path order, each with the configuration that applies to it
 *     P1  each source is cut into pieces, pieces are judged, in parallel; what they yield is
 *         absorbed in source order, so the result does not depend on the number of threads
 *
 * What follows is app/settle.h (questions about the whole scan) and app/print.h. */
#ifndef APP_SCAN_H
#define APP_SCAN_H

#include "app/config.h"
#include "base/regex.h"
#include "convert/schemas.h"
#include "input/spool.h"
#include "input/walk.h"
#include "model/family.h"
#include "model/index.h"
#include "model/kustomization.h"
#include "report/report.h"
#include "rule/finding.h"

typedef struct ScanSource {
    Source source;
    Str repository_path; /* from the repository's root: the same wherever the program is started */
    const Config *config;
    Family family;
    bool facts_only; /* --inventory, or a kustomization beside or above a PATH: … */
    bool above;      /* … the latter */
    bool uncut;      /* a List in it can only be read as a whole */
} ScanSource;

/* An object that some rule's `refers.to` describes. */
typedef struct Subject {
    uint16_t rule;
    uint32_t source, kind, namespace, name; /* names */
    uint32_t named, instead;                /* names: SightedSubject */
    Place place;
    uint32_t piece_length, piece_line, piece_column, resource;
    Offset piece;
} Subject;

/* A comment that asks for silence, and whether it was heard. */
typedef struct SuppressComment {
    uint32_t source;
    uint32_t text; /* names */
    bool own_line, used;
    uint8_t standing; /* CommentStanding */
    Place place;
    uint32_t piece_length, piece_line, piece_column;
    Offset piece;
    uint64_t piece_hash;
} SuppressComment;

/* A resource whose change makes an object of some name. */
typedef struct Claimant {
    Hash128 resource;
    uint32_t source, line;
} Claimant;

typedef struct Scan {
    Arena arena; /* what lives as long as the run */
    const Options *options;
    const RuleSet *rules;
    Regex **regexes;
    Configs *configs;
    Schemas *schemas; /* what fixes write must satisfy them */
    uint32_t today;
    VEC(ScanSource) sources;
    Index index; /* Index.names holds the texts of everything below as well */
    Kustomizations kustomizations;
    VEC(Arena) kept; /* what the kustomizations live in */
    VEC(Finding) findings;
    VEC(Finding)
    outside;             /* references in inventories, and what silent rules see: for fixes alone */
    VEC(Finding) copies; /* merged with the same finding in another manifest of their object */
    VEC(Remark) remarks;
    VEC(Subject) subjects;    /* after settling: sorted by rule and what they are named by … */
    VEC(uint32_t) by_instead; /* … and by rule and what tells that they are meant instead */
    VEC(uint32_t) candidates; /* subjects that a reference may mean, MAP_NONE behind the last */
    VEC(SuppressComment) comments;
    VEC(Problem) problems;
    VEC(Problem) unheard;               /* what the last reading could not read of the inventory */
    VEC(const Suppress *) told_entries; /* of configurations: reported as expired or unused */
    VEC(const Suppress *) used_entries; /* of configurations: they met a finding */
    HashMap claimed;                    /* names of objects that changes make, with the index in */
    VEC(Claimant) claimants;
    size_t sighted; /* findings before any was merged or dropped */
    size_t sorted;  /* findings up to here stand in output order */
    Totals totals;
    size_t listed;     /* sources of the walk; behind them configurations that are told about */
    Spool spool;       /* what archives hold */
    VEC(Str) archives; /* met in a walk, not opened */
    uint64_t unlisted; /* what the walk could not read */
    bool incomplete;   /* exit code 2 */
    bool alone;        /* what is changed is written on its own, not back into its List */
    bool keep_copies;  /* a finding for each copy of an object */
} Scan;

/* Lists the sources of the PATH arguments and of --inventory. False: a PATH cannot be had. */
bool scan_list(Scan *s, Error *err);

/* P1. `s->sources` must be listed, `s->rules` and `s->regexes` set. */
void scan_read(Scan *s);

/* Forgets what was found and reads the listed sources again: some have changed in memory. */
void scan_again(Scan *s);

void scan_release(Scan *s);

/* What a number in a finding, a remark or a subject stands for; the path of a source. */
static inline Str scan_text(const Scan *s, uint32_t number) {
    return names_text(&s->index.names, number);
}

static inline Str scan_path(const Scan *s, uint32_t source) {
    return s->sources.items[source].source.path;
}

/* A finding of the program's own; NULL when its rule is not in use. Good until the next. */
Finding *scan_add_own(Scan *s, const char *rule, uint32_t source, Place place, Str value);

uint32_t scan_add_remark(Scan *s, Finding *f, Remark remark);

#endif
