/* The words of a SARIF report: what rules and findings are called and how they are described. */
#ifndef REPORT_SARIF_TEXT_H
#define REPORT_SARIF_TEXT_H

#include "base/buf.h"
#include "report/report.h"

/* Related places that a report names. GitHub keeps 100 locations of a result. */
enum { SARIF_RELATED = 100 };

/* "pytorchjob-v1" -> "PytorchjobV1" */
void sarif_add_name(Buf *out, Str kebab);

/* A sentence: ended by a full stop, cut to the 1024 bytes that GitHub takes. */
void sarif_add_description(Buf *out, Str text);

/* Why, before, after, losses, references: as plain text or as Markdown. */
void sarif_add_help(Buf *out, const Rule *rule, bool markdown);

/* The message, its notes, the fix or why there is none, and a link to each related place: GitHub
 * shows neither fixes nor related places by itself. */
void sarif_add_message(Buf *out, const FindingView *f);

/* What the fix does, and what a reader must know of it before using it. */
void sarif_add_fix(Buf *out, const FixView *fix);

/* "namespace/Kind/name" */
void sarif_add_resource(Buf *out, const ResourceView *resource);

#endif
