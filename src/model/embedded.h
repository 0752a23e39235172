/* Manifests inside a document: Argo `manifest: |`, ConfigMap and Secret data, Helm values, and
 * here-documents of scripts (`run: |`).
 *
 * The raw lines of a literal block scalar are YAML at their own indentation, so nothing is copied:
 * the slice of the outer document's bytes is parsed as it stands and spans stay exact.
 *
 *     static void visit(void *context, const Embedded *e) {
 *         document_parse_as(arena, span_text(outer->text, e->lines), e->form, &inner);
 *         … a span of `inner` plus e->lines.start is a span of the outer document
 *     }
 *     embedded_each(&outer, visit, &run);
 *
 * Only what looks like a Kubernetes manifest is visited: a line `apiVersion:` and a line `kind:` at
 * the block's indentation. Secrets are visited too: what is shown of them is the caller's care
 * (model/secrets.h). Manifests in manifests: call again for the inner document, at most
 * LIMIT_EMBEDDED_DEPTH deep. */
#ifndef MODEL_EMBEDDED_H
#define MODEL_EMBEDDED_H

#include "yaml/parse.h"

typedef struct Embedded {
    const Node *carrier; /* the literal block scalar */
    Span lines;          /* whole lines of one manifest in the outer text, without `---` lines */
    uint32_t indent;     /* column, from 0, of its top-level keys */
    uint8_t form;        /* bits of DocumentForm */
} Embedded;

typedef void (*EmbeddedVisit)(void *context, const Embedded *found);

/* Once per manifest, in source order; a block with several documents gives several. */
void embedded_each(const Document *doc, EmbeddedVisit visit, void *context);

#endif
