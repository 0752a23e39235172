/* What a plain scalar is to the API server.
 *
 * kubectl and the API server turn YAML into JSON before they look at it, with rules of their own:
 * most of YAML 1.1 (`yes` is a boolean, 010 is eight, 1_000 a number), but dates stay texts and
 * 12:30 is no number. Other readers differ, so what is *written* is quoted whenever any reader
 * could take it for something else (plain_is_typed in yaml/node.h); this is for judging.
 *
 *     PlainValue v = plain_value(STR("0x1F"));        PLAIN_NUMBER, 31
 */
#ifndef YAML_PLAIN_H
#define YAML_PLAIN_H

#include "base/str.h"

typedef enum { PLAIN_STRING, PLAIN_NULL, PLAIN_BOOLEAN, PLAIN_NUMBER } PlainKind;

typedef struct PlainValue {
    PlainKind kind;
    bool boolean;
    double number; /* above 2^53 not exact; .inf and .nan are numbers that JSON cannot hold */
} PlainValue;

PlainValue plain_value(Str text);

#endif
