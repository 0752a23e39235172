/* One resource as a document of its own: at column 0, without dash and `---`, with its comments.
 *
 * What comes out of a List or of a stream of documents can be written to another one. Nothing is
 * changed but indentation; the text is parsed again and must say the same as the resource did.
 *
 *     Document own;
 *     if (!layout_alone(&arena, &doc, &margins, resource, &own, &why)) it cannot stand alone
 *     own.text ends with a line break; own.root is the resource
 */
#ifndef CHANGE_ALONE_H
#define CHANGE_ALONE_H

#include "change/comments.h"

/* `resource` is a map of the document: its root, or an item of a sequence. All is in the arena. */
bool layout_alone(Arena *a, const Document *doc, const Margins *m, const Node *resource,
                  Document *out, Str *why);

#endif
