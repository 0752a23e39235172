/* Manifests in the fences of Markdown: which fences hold some, and each document of them. */
#ifndef RULE_FENCED_H
#define RULE_FENCED_H

#include "model/fences.h"

/* By its language; without one, by what it looks like. */
bool fenced_is_manifest(Str text, const Fence *fence);

/* `start`: of the document in the text. Its `---` line stays out. */
typedef void (*FencedVisit)(void *context, Str document, uint32_t start);
void fenced_each(Str text, const Fence *fence, FencedVisit visit, void *context);

#endif
