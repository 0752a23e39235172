/* Is a YAML document a List whose items may be cut off?
 *
 * Cutting is sound only where an item means the same alone as in its List: no anchor is defined in
 * the head or the first item, and each item says what it is (the first one has a `kind`, or the
 * head is that of a typed List). The head and the first item decide (of an item beyond the limit,
 * as much as the limit lets through), so that the answer does not depend on how much of the source
 * has been read. */
#ifndef INPUT_YAML_LIST_H
#define INPUT_YAML_LIST_H

#include "input/yaml_borders.h"

/* Looks at one line of a document that began at d->start. SCAN_LIST: it is the `items:` of such a
 * List, and d->end, dash_column and the names are set. SCAN_DONE: it is not; d->lists is cleared
 * when no later line can be one either. */
ScanResult list_scan(LineScan *s, Line line, DocumentScan *d);

/* Does a node of the text have an anchor? Comments do not count; text that looks so does. */
bool text_has_anchor(Str text);

#endif
