/* What must never be shown: where it is in a document, and texts with it covered.
 *
 * Whatever the program shows of a scanned file goes through here, in this order: spans first,
 * since only the tree knows that a Secret's `data` is one; then every line; then, and only then,
 * it may be cut to a window. A secret that is cut before it is covered is half shown.
 *
 *     SpanVec spans = {0};
 *     secret_spans(&doc, &spans);
 *     mask_spans(line_text, line_start, spans.items, spans.len, &shown);
 *     mask_text(buf_str(&shown), &safe);
 *     vec_release(&spans);
 *
 * A secret becomes `***`, whatever its length. Covering twice is the same as covering once. When
 * in doubt more is covered: an unclosed quote hides the rest of its line. */
#ifndef MODEL_SECRETS_H
#define MODEL_SECRETS_H

#include "base/buf.h"
#include "base/vec.h"
#include "yaml/parse.h"

typedef VEC(Span) SpanVec;

/* Replaces *out by the spans, in doc->text, of the values that are secrets: sorted, not
 * overlapping. Values of Secrets and any `stringData`, what stands under keys that name a secret
 * (maps and lists as a whole, but for what only tells where it is), environment variables and
 * arguments of such names, private keys; those in embedded manifests too. A document that did not
 * parse and holds a Secret is one span as a whole. */
void secret_spans(const Document *doc, SpanVec *out);

/* Appends a copy of the text, which starts at `base` in the document, with `***` for what lies in
 * a span. A span over several lines gives one `***` on each; line breaks and indentation stay. */
void mask_spans(Str text, uint32_t base, const Span *spans, size_t count, Buf *out);

/* Appends a copy of one line of any text (manifest, script, Markdown, a message) with `***` for
 * what its words say is secret: user information in URLs, `password: x`, `"token": "x"`,
 * `DB_PASSWORD=x`, `--token x`, `Authorization: Bearer x`, and tokens of well-known services. */
void mask_text(Str line, Buf *out);

#endif
