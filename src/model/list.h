/* Which documents are Lists, and what is in them: one rule for all who look into documents.
 *
 * A List is a map whose `items` are a sequence and whose kind ends in "List": List, PodList. One
 * without a kind counts as well, and one whose kind a template hides. So does a sequence: that is
 * what `jq .items` leaves of a List, and what an item is that was cut off. Any other map is one
 * object, whatever it has under `items`. The cutter cuts by the same rule.
 *
 *     NODE_EACH (item, list_items(doc->root)) ...
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

#include "yaml/node.h"

/* The sequence of its items; NULL when the document is no List. An alias is a root like any other.
 */
const Node *list_items(const Node *root);

#endif
