/* How a document is written, so that new text looks as if its author had written it. */
#ifndef CHANGE_STYLE_H
#define CHANGE_STYLE_H

#include "change/comments.h"
#include "base/buf.h"
#include "change/target.h"

typedef struct Style {
    Str newline;   /* "\n" or "\r\n" */
    uint32_t step; /* columns that a map inside a map is indented by */
    /* Columns that a sequence's dashes are indented by under their key: often 0. */
    uint32_t dash_step;
    uint32_t flow_step; /* columns that the lines of a flow collection are indented by */
    char indent;        /* what lines are indented with: tabs in some JSON, else spaces */
    bool json;          /* a flow document with quoted keys: everything stays JSON */
    Str colon;          /* between key and value in JSON: ": " or ":" */
} Style;

Style style_of(const Document *doc, const Margins *m);
Str style_newline(const Document *doc);

/* JSON without blanks: none stands behind a comma either. */
static inline bool style_is_dense(const Style *s) {
    return s->json && str_eq(s->colon, STR(":"));
}

/* Style.json and Style.indent alone. */
bool style_is_json(const Document *doc);
char style_indent(const Document *doc);

/* Writes a scalar's text. Of a source scalar it keeps the quotes; JSON always has double ones.
 * `in_flow`: plain text then also avoids flow indicators. */
void style_write_scalar(const Style *s, const Target *t, bool in_flow, Buf *out);
/* With the quotes of the key whose place it takes; STYLE_PLAIN for a new one. */
void style_write_key(const Style *s, Str key, NodeStyle quotes, bool in_flow, Buf *out);

#endif
