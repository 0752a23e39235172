/* A JSON writer: commas, indentation and escapes are its business, structure is the caller's.
 *
 *     Json j = json_to(out, 2);                  indented by 2; 0 writes one line
 *     json_open(&j, '{');
 *     json_key(&j, "path");   json_str(&j, path);
 *     json_key(&j, "lines");  json_open(&j, '[');  json_u64(&j, 3);  json_close(&j);
 *     json_close(&j);
 *
 * Invalid UTF-8 is written as U+FFFD; control characters, U+2028/9 are escaped. A key without a
 * value, or a value in an object without a key, is a bug and says so. Nothing is written behind the
 * outermost value: the final newline is the caller's. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

#include <stdio.h>

enum { JSON_DEPTH = 32 };

typedef struct Json {
    FILE *out;
    int indent, depth;
    char stack[JSON_DEPTH];  /* '{' or '[' per open level */
    bool filled[JSON_DEPTH]; /* has that level an entry? */
    bool after_key;
} Json;

Json json_to(FILE *out, int indent);
void json_open(Json *j, char bracket); /* '{' or '[' */
void json_close(Json *j);
void json_key(Json *j, const char *key);
void json_key_str(Json *j, Str key);
void json_str(Json *j, Str value);
void json_u64(Json *j, uint64_t value);
void json_null(Json *j);

/* The text of a JSON string without its quotes. */
void json_escape(Buf *out, Str value);

#endif
