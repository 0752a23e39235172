/* Writes SARIF 2.1.0 logs as a stream: constant memory for any number of results, no dependencies.
 *
 * SARIF is the JSON format in which static analysis tools report to GitHub code scanning, editors
 * and other viewers. This header is the whole manual; the three .c files next to it are
 * the whole library and need only the C standard library (C99 or later; usable from C++).
 *
 *     static bool to_file(void *file, const char *bytes, size_t length) {
 *         return fwrite(bytes, 1, length, file) == length;
 *     }
 *
 *     SarifWriter w;
 *     sarif_init(&w, to_file, stdout, 2);
 *     sarif_run(&w, &(SarifRun){.tool_name = sarif_text("mylint")});
 *     sarif_rule(&w, &(SarifRule){.id = sarif_text("ML001")});
 *     SarifLocation place = {
 *         .artifact = {.path = sarif_text("src/a b.c")},
 *         .region = {.start_line = 3},
 *     };
 *     sarif_result(&w, &(SarifResult){
 *                          .rule_id = sarif_text("ML001"),
 *                          .rule_number = 1,
 *                          .level = SARIF_ERROR,
 *                          .message = {.text = sarif_text("This is wrong.")},
 *                          .locations = &place,
 *                          .location_count = 1,
 *                      });
 *     sarif_run_end(&w, true);
 *     if (sarif_end(&w) != SARIF_OK) ...;
 *
 * Order of calls: init, then for each run: run, rule*, result*, notification*, run_end; then end. A
 * run without results says `"results": []`, which means "looked and found nothing".
 *
 * Nothing is kept. Everything passed in is read during the call and may be gone afterwards; the
 * writer is one struct of fixed size that owns no memory and needs no release.
 *
 * Misuse is an answer, not a crash. Every call checks all it was given before it writes anything:
 * when it returns an error nothing of that call was written, the log is as it was, and the next
 * call may go on (drop the result, or its fix, and continue). Only SARIF_WRITE_FAILED stays: the
 * bytes that went out are then incomplete, and every later call returns it too.
 *
 * Zero means absent, in every struct: `= {0}` and designated initialisers leave keys out. An empty
 * but present text is one with data that is not NULL and a length of 0.
 *
 * Not checked, because it would need memory: that a rule id agrees with the rule of its number,
 * that ids of rules are unique, that a base was declared. */
#ifndef SARIF_H
#define SARIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum SarifStatus {
    SARIF_OK,
    SARIF_WRITE_FAILED,  /* the callback said false; sticky */
    SARIF_BAD_ORDER,     /* a call at the wrong time */
    SARIF_BAD_MISSING,   /* what the format requires is absent, or NULL with a count above 0 */
    SARIF_BAD_VALUE,     /* an enum out of range, or a rule number beyond the rules of this run */
    SARIF_BAD_REGION,    /* ends before it starts, or has a column or an end without a start line */
    SARIF_BAD_URI,       /* not a URI, or not of the kind that is needed there */
    SARIF_BAD_DUPLICATE, /* one name twice among tags, properties, fingerprints or bases */
    SARIF_BAD_EMPTY_FIX  /* a fix without changes, or a change without replacements */
} SarifStatus;

/* What the status means, in a few words. */
const char *sarif_status_text(SarifStatus status);

/* ---- Texts ---- */

/* UTF-8. Bytes that are not valid UTF-8 are written as U+FFFD, control characters as escapes, so
 * any bytes at all give a valid log. */
typedef struct SarifText {
    const char *data; /* NULL: absent; needs no NUL at the end */
    size_t length;
} SarifText;

static inline SarifText sarif_text(const char *text) { /* of a C string; NULL is absent */
    SarifText t = {text, 0};
    while (text && text[t.length]) t.length++;
    return t;
}

/* `text` is required wherever a message is; viewers that can show `markdown` instead. In both,
 * `[words](3)` is a link to the third related location of the same result. The standard wants a
 * literal bracket that would look like a link as `\[`. Braces are written as they are. */
typedef struct SarifMessage {
    SarifText text, markdown;
} SarifMessage;

/* ---- Places ---- */

/* A file. Give `path` or `uri`, not both.
 * path: as the file system has it, separated by `/`; percent-encoded here, byte by byte. A relative
 *   path is relative to `base`; an absolute one becomes a file: URI and takes no base.
 * uri: written as it is, after a check that all its characters are allowed in a URI. */
typedef struct SarifArtifact {
    SarifText path, uri;
    SarifText base; /* "%SRCROOT%" by custom: one of the run's bases */
} SarifArtifact;

/* Lines and columns count from 1, an end column is the one behind the last character. Absent: start
 * column 1, end line = start line, end column = end of the line. All absent: the whole file (GitHub
 * wants a start line). Equal start and end: the place between two characters. */
typedef struct SarifRegion {
    uint64_t start_line, start_column, end_line, end_column;
    bool has_bytes; /* byte_offset and byte_length, from 0, are written as well */
    uint64_t byte_offset, byte_length;
    SarifText snippet;
} SarifRegion;

/* Where in terms of the program: a function, a resource. `kind` is a word such as "function",
 * "type", "resource". */
typedef struct SarifLogicalLocation {
    SarifText name, fully_qualified_name, kind;
} SarifLogicalLocation;

typedef struct SarifLocation {
    SarifArtifact artifact; /* may be absent when there are logical locations */
    SarifRegion region;     /* needs an artifact */
    const SarifLogicalLocation *logical;
    size_t logical_count;
    SarifMessage message; /* optional here */
} SarifLocation;

/* ---- Runs and rules ---- */

typedef struct SarifPair {
    SarifText name, value;
} SarifPair;

/* A name for a directory that paths are relative to. `uri` is absolute and ends in `/`; leave it
 * absent to keep the log the same on every machine and say in `description` what it is. */
typedef struct SarifBase {
    SarifText id, uri, description;
} SarifBase;

/* What columns count. Viewers differ in what they assume when it is absent. */
typedef enum SarifColumnKind {
    SARIF_COLUMN_KIND_ABSENT,
    SARIF_UTF16_CODE_UNITS,
    SARIF_UNICODE_CODE_POINTS
} SarifColumnKind;

typedef struct SarifRun {
    SarifText tool_name; /* required */
    SarifText version, semantic_version;
    SarifText information_uri; /* absolute */
    /* "category/run-id": GitHub keeps one analysis per tool and category. */
    SarifText automation_id;
    SarifColumnKind column_kind;
    const SarifBase *bases;
    size_t base_count;
} SarifRun;

/* Absent means warning. */
typedef enum SarifLevel {
    SARIF_LEVEL_ABSENT,
    SARIF_NONE,
    SARIF_NOTE,
    SARIF_WARNING,
    SARIF_ERROR
} SarifLevel;

/* The n-th rule of a run has number n, from 1. GitHub wants the two descriptions (up to 1024
 * characters), help.text, and knows the properties "precision", "problem.severity" and
 * "security-severity". */
typedef struct SarifRule {
    SarifText id;   /* required: "ABC1234" */
    SarifText name; /* PascalCase, up to 255 characters for GitHub */
    SarifText short_description, full_description;
    SarifMessage help;
    SarifText help_uri; /* absolute */
    SarifLevel level;
    const SarifText *tags; /* 20 at most for GitHub, which keeps 10 */
    size_t tag_count;
    const SarifPair *properties;
    size_t property_count;
} SarifRule;

/* ---- Results ---- */

typedef enum SarifSuppressionKind { SARIF_IN_SOURCE = 1, SARIF_EXTERNAL } SarifSuppressionKind;

/* Absent means accepted. */
typedef enum SarifSuppressionStatus {
    SARIF_STATUS_ABSENT,
    SARIF_ACCEPTED,
    SARIF_UNDER_REVIEW,
    SARIF_REJECTED
} SarifSuppressionStatus;

/* GitHub ignores suppressions and opens an alert: leave suppressed results out of its log. */
typedef struct SarifSuppression {
    SarifSuppressionKind kind; /* required */
    SarifSuppressionStatus status;
    SarifText justification;
} SarifSuppression;

/* Removes a region and puts a text there. `inserted` absent or empty: removal only; a region of
 * length 0: insertion only. */
typedef struct SarifReplacement {
    SarifRegion deleted; /* required: a start line or bytes */
    SarifText inserted;
} SarifReplacement;

typedef struct SarifChange { /* of one file; regions count in the file before the fix */
    SarifArtifact artifact;
    const SarifReplacement *replacements;
    size_t replacement_count;
} SarifChange;

/* A fix without changes, or with a change that replaces nothing, is refused with
 * SARIF_BAD_EMPTY_FIX: it violates the schema, and GitHub rejects the whole upload for one. */
typedef struct SarifFix {
    SarifMessage description; /* optional here */
    const SarifChange *changes;
    size_t change_count;
} SarifFix;

typedef struct SarifResult {
    SarifText rule_id;
    uint64_t rule_number; /* from 1; 0: the rule is not among those of this run */
    SarifLevel level;
    SarifMessage message;           /* required */
    const SarifLocation *locations; /* viewers show the first; several only if all must change */
    size_t location_count;
    const SarifLocation *related; /* get the ids 1, 2, … for links in messages */
    size_t related_count;
    /* Not NULL: the key is written even with a count of 0, which says "known not to be suppressed".
     * The standard wants it in all results of a run or in none. */
    const SarifSuppression *suppressions;
    size_t suppression_count;
    const SarifFix *fixes; /* alternatives */
    size_t fix_count;
    const SarifPair *fingerprints; /* partialFingerprints; names end in a version: "mine/v1" */
    size_t fingerprint_count;
    const SarifPair *properties;
    size_t property_count;
} SarifResult;

/* About the run and not about the code: what was skipped, what failed. */
typedef struct SarifNotification {
    SarifLevel level;
    SarifMessage message; /* required */
    SarifArtifact artifact;
    SarifRegion region; /* needs an artifact */
} SarifNotification;

/* ---- The writer ---- */

/* Takes the next bytes of the log; false when they could not be written. Called with blocks of up
 * to SARIF_BLOCK bytes. */
typedef bool (*SarifWrite)(void *context, const char *bytes, size_t length);

enum { SARIF_BLOCK = 4096, SARIF_DEPTH = 16 };

typedef struct SarifWriter { /* private: use the functions */
    SarifWrite write;
    void *context;
    int indent;
    int stage;
    bool failed, after_key;
    int depth;
    char brackets[SARIF_DEPTH];
    bool filled[SARIF_DEPTH];
    uint64_t rules;
    size_t used;
    char block[SARIF_BLOCK];
} SarifWriter;

/* `indent`: spaces per level, up to 8; 0 writes everything on one line. */
void sarif_init(SarifWriter *w, SarifWrite write, void *context, int indent);

SarifStatus sarif_run(SarifWriter *w, const SarifRun *run);
SarifStatus sarif_rule(SarifWriter *w, const SarifRule *rule);
SarifStatus sarif_result(SarifWriter *w, const SarifResult *result);
SarifStatus sarif_notification(SarifWriter *w, const SarifNotification *notification);

/* `successful`: the tool did its work, whatever it found. */
SarifStatus sarif_run_end(SarifWriter *w, bool successful);

/* Writes the end of the log and hands out the rest of the block. A log without a run is valid. */
SarifStatus sarif_end(SarifWriter *w);

#ifdef __cplusplus
}
#endif

#endif
