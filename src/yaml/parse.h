/* One document's bytes to its tree.
 *
 * The text is one document (or one item of a List, as a sequence with one entry; or a slice of a
 * file that is YAML at its own indentation): the cutter finds documents, this reads them. It never
 * prints, never follows an alias, never loops: what libfyaml gets wrong is defended here
 * (docs/decisions).
 *
 *     Document doc;
 *     if (!document_parse(&arena, text, &doc)) report(doc.error.span, doc.error.message);
 *
 * The text must be clean (text/fault.h) and outlive the arena: values point into it. On failure
 * `root` is NULL. Duplicate keys and undefined aliases leave the tree usable; they are listed as
 * faults. */
#ifndef YAML_PARSE_H
#define YAML_PARSE_H

#include "yaml/node.h"

typedef struct Fault {
    Span span;
    Str message; /* "duplicate key 'a'", "alias '*x' has no anchor" */
    bool limit;  /* no fault of the text: it runs into a limit of this program */
    struct Fault *next;
} Fault;

/* What is done to a text before it is the document that it stands for. */
typedef enum {
    FORM_PLAIN = 0,
    FORM_EXPANDED = 1, /* a shell fills in `$NAME` and the like: templates */
    FORM_TABBED = 2,   /* tabs in front of its lines, as many on each, are cut off */
    FORM_HERE = 4,     /* a script gives it to a command, and has more to say about it */
} DocumentForm;

typedef struct Document {
    Str text;   /* the bytes as they are in the file */
    Str masked; /* the bytes that were parsed: the same length, templates covered (yaml/mask.h) */
    Node *root; /* NULL: not parsed, or an empty document */
    bool parsed;
    bool has_masks;
    uint8_t form;   /* bits of DocumentForm */
    Fault error;    /* when !parsed: where and why */
    Fault *faults;  /* duplicate keys, undefined aliases, alias cycles */
    uint32_t nodes; /* how many */
} Document;

bool document_parse(Arena *a, Str text, Document *out);
bool document_parse_as(Arena *a, Str text, uint8_t form, Document *out);

/* The bytes that would be parsed: Document.masked. */
Str document_masked(Arena *a, Str text, uint8_t form);

#endif
