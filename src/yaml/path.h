/* Paths into a tree, one grammar for rules, ledgers and reports.
 *
 *     spec.template.spec.containers[*].env[name=RANK].value
 *     metadata.annotations["sidecar.istio.io/inject"]
 *     spec.pytorchReplicaSpecs.*            every value of a map
 *     spec.**.labelSelector                 at any depth below spec, and right below it
 *
 * Keys that match [A-Za-z_][A-Za-z0-9_-]* are joined by '.', other keys stand as ["…"] (JSON
 * string), elements as [0]. Rules may also say [*] (each item), .* (each value) and [key=text]
 * (items whose key has that text; the text goes up to the closing bracket). Aliases and merge keys
 * are followed, but for `**`: it comes by what is written below a node, once. */
#ifndef YAML_PATH_H
#define YAML_PATH_H

#include "base/buf.h"
#include "base/error.h"
#include "yaml/node.h"

typedef enum {
    STEP_KEY,
    STEP_INDEX,
    STEP_EACH_ITEM,
    STEP_EACH_VALUE,
    STEP_ITEM_WHERE,
    STEP_ANY_DEPTH, /* the node itself, and whatever stands in it */
} StepKind;

typedef struct Step {
    StepKind kind;
    uint32_t index; /* STEP_INDEX */
    Str key;        /* STEP_KEY; STEP_ITEM_WHERE: the key … */
    Str text;       /* … and the text that it must have */
} Step;

typedef struct Path {
    const Step *steps;
    size_t count;
} Path;

/* Steps and their strings are in the arena. err names the column. Empty: the resource. */
bool path_parse(Arena *a, Str text, Path *out, Error *err);

/* Calls visit for each node that the path leads to, in source order; visit returns false to stop.
 * Returns false when stopped. `unknown`, if given, is set when a template on the way (a templated
 * container, key or compared text) may have hidden a node. */
typedef bool (*PathVisit)(void *context, const Node *found);
bool path_each(const Path *p, const Node *root, PathVisit visit, void *context, bool *unknown);

const Node *path_first(const Path *p, const Node *root);

/* The path from root to n, written in the grammar; root itself is "". */
void path_write(Buf *out, const Node *root, const Node *n);

/* Appends one more key in the grammar: ".key", "key" at the start, or ["a.b/c"]. */
void path_write_key(Buf *out, Str key);

#endif
