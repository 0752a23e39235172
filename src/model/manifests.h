/* Manifests in lines of a text: what looks like one, document by document.
 *
 * A Kubernetes manifest has a line `apiVersion:` and a line `kind:` at one indentation, that of the
 * first line that is not blank; `---` at it ends a document. */
#ifndef MODEL_MANIFESTS_H
#define MODEL_MANIFESTS_H

#include "text/span.h"

/* Whole lines of one manifest, without `---` lines; the column, from 0, of its top-level keys. */
typedef void (*ManifestVisit)(void *context, Span lines, uint32_t indent);

/* Of whole lines of a text in which templates are masked: `{{ if }}` lines say nothing. */
void manifests_each(Str masked, Span lines, ManifestVisit visit, void *context);

#endif
