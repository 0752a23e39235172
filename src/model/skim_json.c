/* The skimmer for JSON: one strict pass over the bytes, keeping track of depth and a few paths. */
#include "model/skim.h"

#include "model/skim_mask.h"

#include <string.h>

typedef enum { ELSEWHERE, TOP, METADATA, OWNERS, OWNER } Room;

enum { ROOMS = 4, DEPTH = 64 }; /* deeper rooms hold nothing of interest; deeper values are rare */

typedef struct Json {
    Str text;
    size_t at;
    bool unsure;
    Room rooms[ROOMS];
    size_t depth;
    uint64_t objects; /* bit per level: an object, not an array */
    Str api_version, kind;
    Str owner[5];            /* apiVersion, kind, name, uid, controller of the owner at hand */
    Str chosen[5];           /* of the first one that is a controller */
    bool entered[OWNER + 1]; /* rooms that were there: given twice they are for the tree */
    Identity *out;
} Json;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(Json *j) {
    while (j->at < j->text.len && is_space(j->text.data[j->at])) j->at++;
}

static char peek(const Json *j) {
    return j->at < j->text.len ? j->text.data[j->at] : '\0';
}

/* A string; its raw text. What must be decoded makes `coded` true. */
static Str string(Json *j, bool *coded) {
    size_t start = ++j->at;
    *coded = false;
    for (;;) {
        size_t quote = str_find_char(str_from_offset(j->text, j->at), '"');
        if (quote == STR_NONE) {
            j->unsure = true;
            j->at = j->text.len;
            return (Str){0};
        }
        Str part = str_slice(j->text, j->at, j->at + quote);
        size_t slash = str_find_char(part, '\\');
        if (slash == STR_NONE) {
            j->at += quote + 1;
            return str_slice(j->text, start, j->at - 1);
        }
        *coded = true;
        j->at += slash + 2;
    }
}

static Room room_of(const Json *j) {
    return j->depth && j->depth <= ROOMS ? j->rooms[j->depth - 1] : ELSEWHERE;
}

static bool in_object(const Json *j) {
    return j->depth && (j->objects >> (j->depth - 1) & 1);
}

static const Str owner_keys[5] = {STR_INIT("apiVersion"), STR_INIT("kind"), STR_INIT("name"),
                                  STR_INIT("uid"), STR_INIT("controller")};

/* The field that this key of this room fills, if any. */
static Str *field_for(Json *j, Str key) {
    switch (room_of(j)) {
    case TOP:
        return str_eq(key, STR("apiVersion")) ? &j->api_version
               : str_eq(key, STR("kind"))     ? &j->kind
                                              : NULL;
    case METADATA:
        return str_eq(key, STR("name"))        ? &j->out->name
               : str_eq(key, STR("namespace")) ? &j->out->namespace
               : str_eq(key, STR("uid"))       ? &j->out->uid
                                               : NULL;
    case OWNER:
        for (size_t i = 0; i < 5; i++)
            if (str_eq(key, owner_keys[i])) return &j->owner[i];
        return NULL;
    default: return NULL;
    }
}

static void set_field(Json *j, Str *field, Str value) {
    if (field->data || str_find(value, STR("{{")) != STR_NONE ||
        str_find(value, STR("${")) != STR_NONE || str_find_char(value, '\n') != STR_NONE)
        j->unsure = true;
    *field = value.data ? value : STR("");
}

/* What the object or array under a key of this room is. */
static Room room_under(Json *j, Str key) {
    Room here = room_of(j), under = ELSEWHERE;
    if (here == TOP && str_eq(key, STR("metadata"))) under = METADATA;
    if (here == METADATA && str_eq(key, STR("ownerReferences"))) under = OWNERS;
    if (under != ELSEWHERE && j->entered[under]) j->unsure = true;
    j->entered[under] = true;
    return under;
}

static void open_level(Json *j, bool object, Room room) {
    if (j->depth == DEPTH) {
        j->unsure = true;
        return;
    }
    bool fits = object ? room == TOP || room == METADATA || room == OWNER : room == OWNERS;
    if (j->depth < ROOMS) j->rooms[j->depth] = fits ? room : ELSEWHERE;
    uint64_t bit = (uint64_t)1 << j->depth++;
    j->objects = object ? j->objects | bit : j->objects & ~bit;
    j->at++;
}

static void finish_owner(Json *j) {
    bool controls = str_eq(j->owner[4], STR("true"));
    if (controls && !j->chosen[4].len) memcpy(j->chosen, j->owner, sizeof j->owner);
    memset(j->owner, 0, sizeof j->owner);
}

/* Closes what is open; false when another bracket closes it. */
static bool close_level(Json *j) {
    if (peek(j) != (in_object(j) ? '}' : ']')) return false;
    if (room_of(j) == OWNER) finish_owner(j);
    j->depth--;
    j->at++;
    return true;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.';
}

/* A number, true, false, null. */
static Str word(Json *j) {
    size_t start = j->at;
    while (is_word(peek(j))) j->at++;
    if (j->at == start) j->unsure = true;
    return str_slice(j->text, start, j->at);
}

/* A value; `field` is what it fills, `room` what it is when it is an object or an array. False when
 * it was only opened and has something in it. */
static bool value(Json *j, Str *field, Room room) {
    char c = peek(j);
    bool coded = false;
    if (c == '{' || c == '[') {
        if (field) j->unsure = true;
        open_level(j, c == '{', room);
        skip_blanks(j);
        return peek(j) == '}' || peek(j) == ']';
    }
    Str text = c == '"' ? string(j, &coded) : word(j);
    if (field && coded) j->unsure = true;
    if (field && (c == '"' || !plain_is_null(text))) set_field(j, field, text);
    return true;
}

static bool member(Json *j) {
    bool coded = false;
    Str key = peek(j) == '"' ? string(j, &coded) : (j->unsure = true, (Str){0});
    skip_blanks(j);
    if (peek(j) != ':' || (coded && room_of(j) != ELSEWHERE)) j->unsure = true;
    j->at++;
    skip_blanks(j);
    return !j->unsure && value(j, field_for(j, key), room_under(j, key));
}

static bool element(Json *j) {
    return value(j, NULL, room_of(j) == OWNERS ? OWNER : ELSEWHERE);
}

/* Behind a value: what closes here, and the comma before the next one. */
static void after_value(Json *j) {
    for (skip_blanks(j); j->depth && close_level(j);) skip_blanks(j);
    if (!j->depth) return;
    if (peek(j) != ',') j->unsure = true;
    j->at++;
}

static void walk(Json *j) {
    bool complete = value(j, NULL, TOP);
    for (;;) {
        if (complete) after_value(j);
        if (j->unsure || !j->depth) break;
        skip_blanks(j);
        complete = in_object(j) ? member(j) : element(j);
    }
    skip_blanks(j);
    if (j->at < j->text.len) j->unsure = true;
}

Skim skim_json(Str text, Identity *out) {
    *out = (Identity){0};
    if (!skim_readable(text)) return SKIM_UNSURE;
    Json j = {.text = text, .out = out};
    skip_blanks(&j);
    if (peek(&j) != '{') return SKIM_UNSURE;
    walk(&j);
    if (j.unsure) return SKIM_UNSURE;
    if (!j.api_version.len || !j.kind.len) return SKIM_OTHER;
    identity_set_type(out, j.api_version, j.kind);
    if (j.chosen[4].len)
        identity_set_owner(out, j.chosen[0], j.chosen[1], j.chosen[2], j.chosen[3]);
    return SKIM_RESOURCE;
}
