/* The fenced code blocks of a Markdown text.
 *
 * As CommonMark has it: ``` or ~~~, closed by a fence of the same kind that is at least as long, by
 * the end of the list item that holds it, or by the end of the text. Blocks in quotes (`> `) are
 * left out: their lines are not YAML as they stand.
 *
 *     static void visit(void *context, const Fence *fence) { … span_text(text, fence->body) … }
 *     fences_each(text, visit, &run); */
#ifndef MODEL_FENCES_H
#define MODEL_FENCES_H

#include "text/span.h"

typedef struct Fence {
    Str language;    /* first word of the info string, lower case; good during the visit only */
    Span body;       /* whole lines with their indentation and line breaks; may be empty */
    uint32_t indent; /* column, from 0, of the opening fence: what a reader cuts off body lines */
    uint32_t line;   /* of the body's first byte, from 1 in the text */
} Fence;

typedef void (*FenceVisit)(void *context, const Fence *fence);
void fences_each(Str text, FenceVisit visit, void *context);

#endif
