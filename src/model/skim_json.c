/* The skimmer for JSON: one pass over the bytes, keeping track of depth and of a few paths. */
#include "model/skim.h"

#include <string.h>

typedef enum { TOP, METADATA, OWNERS, OWNER, ELSEWHERE } Room;

enum { ROOMS = 4 }; /* deeper levels hold nothing of interest */

typedef struct Json {
    Str text;
    size_t at;
    bool unsure;
    Room rooms[ROOMS];
    size_t depth;
    Str api_version, kind;
    Str owner[5];  /* apiVersion, kind, name, uid, controller of the owner at hand */
    Str chosen[5]; /* of the first one that is a controller */
    Identity *out;
} Json;

static void skip_blanks(Json *j) {
    while (j->at < j->text.len && str_find_char(STR(" \t\r\n"), j->text.data[j->at]) != STR_NONE) j->at++;
}

static char peek(const Json *j) {
    return j->at < j->text.len ? j->text.data[j->at] : '\0';
}

/* A string; its raw text. A backslash makes `escaped` true. */
static Str string(Json *j, bool *escaped) {
    size_t start = ++j->at;
    *escaped = false;
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
        *escaped = true;
        j->at += slash + 2;
    }
}

static Room room_of(const Json *j) {
    return j->depth && j->depth <= ROOMS ? j->rooms[j->depth - 1] : ELSEWHERE;
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

static void set_field(Json *j, Str *field, Str value, bool escaped) {
    if (!field) return;
    if (field->data || escaped || str_find(value, STR("{{")) != STR_NONE ||
        str_find(value, STR("{%")) != STR_NONE || str_find(value, STR("${")) != STR_NONE)
        j->unsure = true;
    *field = value.data ? value : STR("");
}

static Room room_under(const Json *j, Str key) {
    Room here = room_of(j);
    if (here == TOP && str_eq(key, STR("metadata"))) return METADATA;
    if (here == METADATA && str_eq(key, STR("ownerReferences"))) return OWNERS;
    return ELSEWHERE;
}

static void open_room(Json *j, Room room) {
    if (j->depth < ROOMS) j->rooms[j->depth] = room;
    j->depth++;
    j->at++;
}

static void close_room(Json *j) {
    if (room_of(j) == OWNER) {
        bool controls = str_eq(j->owner[4], STR("true"));
        if (controls && !j->chosen[4].len) memcpy(j->chosen, j->owner, sizeof j->owner);
        memset(j->owner, 0, sizeof j->owner);
    }
    if (j->depth) j->depth--;
    j->at++;
}

/* A value that is no string: a bracket, or a bare word. */
static void other_value(Json *j, Str key, Str *field) {
    char c = peek(j);
    if (c == '{' || c == '[') {
        if (field) j->unsure = true;
        open_room(j, room_under(j, key));
        return;
    }
    size_t start = j->at;
    while (j->at < j->text.len && str_find_char(STR(",]} \t\r\n"), peek(j)) == STR_NONE) j->at++;
    Str word = str_slice(j->text, start, j->at);
    if (j->at == start) j->unsure = true, j->at++;
    if (field && !str_eq(word, STR("null"))) set_field(j, field, word, false);
}

static void member(Json *j) {
    bool escaped, value_escaped;
    Str key = string(j, &escaped);
    skip_blanks(j);
    if (peek(j) != ':') return; /* a string in an array */
    j->at++;
    skip_blanks(j);
    Str *field = field_for(j, key);
    if (escaped && room_of(j) != ELSEWHERE) j->unsure = true;
    if (peek(j) == '"') {
        Str value = string(j, &value_escaped);
        set_field(j, field, value, value_escaped);
    } else {
        other_value(j, key, field);
    }
}

static void step(Json *j) {
    char c = peek(j);
    if (c == '"') member(j);
    else if (c == '{') open_room(j, j->depth == 0 ? TOP : room_of(j) == OWNERS ? OWNER : ELSEWHERE);
    else if (c == '[') open_room(j, ELSEWHERE);
    else if (c == '}' || c == ']') close_room(j);
    else j->at++;
}

Skim skim_json(Str text, Identity *out) {
    *out = (Identity){0};
    Json j = {.text = text, .out = out};
    skip_blanks(&j);
    if (peek(&j) != '{') return SKIM_UNSURE;
    while (!j.unsure && j.at < text.len) step(&j);
    if (j.unsure || j.depth) return SKIM_UNSURE;
    if (!j.api_version.len || !j.kind.len) return SKIM_OTHER;
    identity_set_type(out, j.api_version, j.kind);
    if (j.chosen[4].len) identity_set_owner(out, j.chosen[0], j.chosen[1], j.chosen[2], j.chosen[3]);
    return SKIM_RESOURCE;
}
