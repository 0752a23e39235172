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
 * `skipped` says how many code points were cut off on the left, `shortened` by how many masking shortened what
 * stands before the place (negative: it became longer). */
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
    Str fingerprint; /* 32 hex digits */
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

/* Every format leaves suppressed findings out unless the options ask for them. */
static inline bool report_shows(const Report *r, const FindingView *f) {
    return f->suppressed == SUPPRESSED_NOT || r->options.show_suppressed;
}

/* Is that rule in use in this run? Without `active` every one is. */
static inline bool report_rule_active(const ReportOptions *options, size_t rule) {
    return !options->active || options->active[rule / 64] >> (rule % 64) & 1;
}

#endif
