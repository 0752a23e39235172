/* What a parser lets pass and a reader must know: aliases, duplicate keys, templates. */
#ifndef YAML_CHECK_H
#define YAML_CHECK_H

#include "yaml/mask.h"
#include "yaml/parse.h"

/* Links aliases to their anchors, marks nodes under templates, and lists the document's faults:
 * duplicate keys (not in documents with templates, where both branches of an `if` are seen at once)
 * and aliases without an anchor or inside their own anchor. */
void document_check(Arena *a, Document *d, const MaskRegions *masks);

#endif
