/* Where JSON values end and what the members of an object are called, told from bytes alone.
 *
 * Nothing is decoded or checked beyond what finding borders needs: a parser judges the values. */
#ifndef INPUT_JSON_SCAN_H
#define INPUT_JSON_SCAN_H

#include "base/str.h"

typedef enum {
    JSON_FOUND,
    JSON_NONE, /* there is none, or this is no JSON */
    JSON_MORE, /* the text ends before it can be told */
} JsonAnswer;

/* Where the brackets and quotes of a value stand. Zero at its start. */
typedef struct JsonDepth {
    size_t depth;
    bool in_string, escaped;
} JsonDepth;

/* Follows a text that begins with a bracket or a quote, or goes on in the middle of one.
 * JSON_FOUND: the value is closed, *at stands behind it; JSON_MORE: *at is the end of the text. */
JsonAnswer json_follow(JsonDepth *d, Str text, size_t *at);

/* The end of the value that starts at `at`, whatever it is. JSON_MORE also for a number or word
 * that reaches the end of the text: only the caller knows whether more may come. */
JsonAnswer json_value_end(Str text, size_t at, size_t *end);

size_t json_skip_blanks(Str text, size_t at);

/* Does the text begin as JSON does? 1 yes, 0 no, -1 not to be told before there is more of it. */
int json_looks(Str text);

/* Walks over an object: start with `at` on its brace. Each call passes the value before, if any.
 *     JsonMembers m = {.text = text, .at = at};
 *     while (json_member(&m) == JSON_FOUND) ... m.key, m.at (of the value) ... */
typedef struct JsonMembers {
    Str text;
    size_t at;
    bool inside; /* behind the first call: `at` is a value */
    Str key;     /* between the quotes */
} JsonMembers;

JsonAnswer json_member(JsonMembers *m);

#endif
