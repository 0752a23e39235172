/* Where the actions of a template language stand in a text: Go (Helm, Argo), Jinja (Ansible),
 * mustache, GitHub's expressions.
 *
 * Found by bytes, since the text is no YAML before they are covered (yaml/mask.h). Strings in
 * actions may hold closing braces; comments and raw strings may span lines. An action that is never
 * closed is none. `{# #}` is a comment, but behind `$` in a text without `{%` it is shell. */
#ifndef YAML_TEMPLATE_H
#define YAML_TEMPLATE_H

#include "base/vec.h"
#include "text/span.h"

typedef struct Action {
    Span span;
    bool control; /* decides about other text (if, end, a comment …) instead of being text */
    bool joined;  /* for the mask: what lies between it and the action before is conditional */
} Action;

typedef VEC(Action) ActionVec;

/* Appends them in order; they do not overlap. Linear time, whatever the text. */
void template_actions(Str text, ActionVec *out);

/* The same for what a shell fills in between the lines of a here-document without quotes:
 * variables, substitutions, and the escapes that keep it from doing so. */
void template_shell(Str text, ActionVec *out);

/* Is the text nothing but blanks and actions of which none prints: `{{ if .x }}`, `{{ end }}`,
 * `{{ $x := 1 }}`, a comment? */
bool template_prints_nothing(Str text);

#endif
