/* Findings to reports. A writer gets everything resolved and masked: it only formats.
 *
 * One file per format (text, concise, json, sarif, …), each with one Format that report.c lists.
 * Order of calls: open, then finding and problem in output order, then close with the totals. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "rule/rule.h"
#include "text/span.h"

#include <stdio.h>

/* A place with the lines that show it. Line texts are masked for secrets, raw otherwise (escaping
 * is the format's business) and cut to a window of about 200 bytes when the line is very long:
 * `skipped` says how many code points were cut off on the left, `shortened` by how many masking
 * shortened what stands before the place (negative: it became longer). */
typedef struct FrameLine {
    uint32_t number;
    uint32_t skipped;
    int32_t shortened;
    Str text;
} FrameLine;

typedef struct PlaceView {
    Str path;
    Place place;
    bool whole_file; /* no position: the file as such */
    Str message;     /* may be empty: the label under the carets, or what a related place is */
    const FrameLine *lines; /* in order; may be none */
    size_t line_count;
} PlaceView;

typedef struct ResourceView {
    Str group, version, kind, namespace, name;
} ResourceView;

typedef enum {
    SUPPRESSED_NOT,
    SUPPRESSED_INLINE,
    SUPPRESSED_ANNOTATION,
    SUPPRESSED_CONFIG
} SuppressedBy;

/* ---- fixes ---- */

typedef enum { SAFETY_SAFE, SAFETY_REVIEW } Safety;

/* What a fix drops: the highest node, with its reason. */
typedef struct DroppedView {
    Str path;      /* in the resource */
    uint32_t line; /* in the source */
    Str file;      /* … which is this one; empty: the finding's own */
    Str reason;
    bool loss; /* something is lost: not what the server wrote, nor what the target does anyway */
    const Str *also; /* more paths that went for the same reason */
    size_t also_count;
    const Str *comments; /* went with it; an entry without a path is a comment alone */
    size_t comment_count;
} DroppedView;

typedef enum { EDIT_TEXT, EDIT_CREATE, EDIT_DELETE } EditKind;

typedef struct EditView { /* against the source as it was read */
    EditKind kind;
    Str path;
    Place place; /* what is replaced; `place.length` bytes from `place.start` */
    Str text;
    bool secret; /* the text carries a secret: only --diff and the JSON edits may show it */
} EditView;

/* One line of the small diff that people see; masked like frames. The sign is ' ', '-', '+', or '@'
 * between hunks and in front of another file (text: its path). */
typedef struct DiffLine {
    char sign;
    uint32_t number; /* of the old line for ' ' and '-', of the new one for '+'; 0 for '@' */
    Str text;
} DiffLine;

typedef struct FixView {
    Safety safety;
    Str title;
    const Str *notes; /* assumptions and losses in words */
    size_t note_count;
    const DroppedView *dropped;
    size_t dropped_count;
    const ResourceView *creates;
    const Str *create_paths; /* beside each: the file it is written to */
    size_t create_count;
    const ResourceView *removes; /* objects that are gone afterwards and that nothing replaces */
    const Str *remove_paths;     /* beside each: the file it is taken out of */
    size_t remove_count;
    const EditView *edits; /* sorted by path and place */
    size_t edit_count;
    const DiffLine *diff; /* only for formats that ask for frames */
    size_t diff_count;
} FixView;

typedef struct FindingView {
    const Rule *rule;
    Severity severity;
    Str message; /* holes filled, secrets masked */
    PlaceView primary;
    const PlaceView *related;
    size_t related_count;
    const ResourceView *resource; /* NULL when the finding is about no resource */
    const Str *notes;             /* "managed by Trial 'ml/x': change that" */
    size_t note_count;
    SuppressedBy suppressed;
    Str suppressed_reason;
    Str fingerprint;    /* 32 hex digits */
    const FixView *fix; /* NULL: none */
    Str refused;        /* why there is no fix, when one was tried */
} FindingView;

typedef struct Problem { /* what is no finding: fall-backs, limits, capped output */
    Str path;            /* may be empty */
    uint32_t line;       /* 0: none */
    Str message;
} Problem;

typedef struct Totals {
    uint64_t files, unread, binary, documents, objects;
    uint64_t findings[3]; /* by Severity */
    uint64_t suppressed;
    uint64_t fixable_safe, fixable_review;
    bool incomplete; /* something could not be read whole: exit code 2 */
} Totals;

typedef struct ReportOptions {
    FILE *out;
    bool color;
    bool quiet; /* findings only, no footer */
    bool show_suppressed;
    const RuleSet *rules;   /* for formats that list rules */
    const uint64_t *active; /* bit per rule: in use in this run */
} ReportOptions;

typedef struct Format Format;
typedef struct Report { /* each format's own struct begins with this */
    const Format *format;
    ReportOptions options;
} Report;

struct Format {
    Str name;
    bool frames; /* it shows lines of the sources: without that they are not read again */
    Report *(*open)(const ReportOptions *options);
    void (*finding)(Report *r, const FindingView *f);
    void (*problem)(Report *r, const Problem *p);
    void (*close)(Report *r, const Totals *totals); /* writes the end and frees r */
};

/* All formats. A new one is a file that defines `const Format format_<name>`, and an entry here. */
#define REPORT_FORMATS(X)    X(text) X(concise) X(json) X(sarif)
#define REPORT_DECLARE(name) extern const Format format_##name;
REPORT_FORMATS(REPORT_DECLARE)

const Format *format_find(Str name);    /* NULL when unknown */
const Str *format_names(size_t *count); /* for messages and completions */

extern const Str severity_names[3];   /* "note", "warning", "error" */
extern const Str suppressed_names[4]; /* "", "inline", "annotation", "config" */
extern const Str safety_names[2];     /* "safe", "review" */

/* Every format leaves suppressed findings out unless the options ask for them. */
static inline bool report_shows(const Report *r, const FindingView *f) {
    return f->suppressed == SUPPRESSED_NOT || r->options.show_suppressed;
}

/* Is that rule in use in this run? Without `active` every one is. */
static inline bool report_rule_active(const ReportOptions *options, size_t rule) {
    return !options->active || options->active[rule / 64] >> (rule % 64) & 1;
}

#endif
