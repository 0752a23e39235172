/* The JSON writer. */
#include "base/json.h"

#include "base/error.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

Json json_to(FILE *out, int indent) {
    return (Json){.out = out, .indent = indent};
}

static char open_bracket(const Json *j) {
    return j->depth ? j->stack[j->depth - 1] : '\0';
}

static void new_line(const Json *j) {
    if (j->indent) fprintf(j->out, "\n%*s", j->indent * j->depth, "");
}

/* The comma and the line break in front of an entry of the open array or object. */
static void begin_entry(Json *j) {
    if (!j->depth) return;
    if (j->filled[j->depth - 1]) putc(',', j->out);
    j->filled[j->depth - 1] = true;
    new_line(j);
}

static void begin_value(Json *j) {
    if (open_bracket(j) != '{') {
        begin_entry(j);
    } else if (!j->after_key) {
        bug("a JSON object got a value without a key");
    }
    j->after_key = false;
}

void json_open(Json *j, char bracket) {
    if (j->depth == JSON_DEPTH) bug("JSON nested deeper than %d", JSON_DEPTH);
    begin_value(j);
    putc(bracket, j->out);
    j->filled[j->depth] = false;
    j->stack[j->depth++] = bracket;
}

void json_close(Json *j) {
    char bracket = open_bracket(j);
    if (!bracket) bug("nothing to close in the JSON");
    if (j->after_key) bug("a JSON object is closed behind a key without a value");
    j->depth--;
    if (j->filled[j->depth]) new_line(j);
    putc(bracket == '{' ? '}' : ']', j->out);
}

static bool is_plain(unsigned char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* What stands for the character at *at, which is_plain does not know; *at moves behind it. Escapes
 * are printed into `room`. C1 controls are escaped too: a terminal may obey them. */
static Str escaped(Str s, size_t *at, char room[static 8]) {
    static const char short_from[] = "\"\\\b\f\n\r\t", short_to[] = "\"\\bfnrt";
    uint32_t c;
    size_t start = *at, length = utf8_decode(s, start, &c);
    *at += length ? length : 1;
    if (!length) return STR("\xef\xbf\xbd"); /* U+FFFD */
    const char *known = c && c < 0x80 ? strchr(short_from, (int)c) : NULL;
    if (known) {
        room[0] = '\\';
        room[1] = short_to[known - short_from];
        return (Str){room, 2};
    }
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
        return (Str){room, (size_t)snprintf(room, 8, "\\u%04x", c)};
    return str_slice(s, start, start + length);
}

/* Cuts the next piece of the escaped text off: a run of plain bytes or one escape. */
static bool next_piece(Str s, size_t *at, char room[static 8], Str *piece) {
    if (*at >= s.len) return false;
    size_t start = *at;
    while (*at < s.len && is_plain((unsigned char)s.data[*at])) ++*at;
    *piece = *at > start ? str_slice(s, start, *at) : escaped(s, at, room);
    return true;
}

void json_escape(Buf *out, Str value) {
    char room[8];
    Str piece;
    for (size_t at = 0; next_piece(value, &at, room, &piece);) buf_add(out, piece);
}

static void write_string(const Json *j, Str value) {
    char room[8];
    Str piece;
    putc('"', j->out);
    for (size_t at = 0; next_piece(value, &at, room, &piece);)
        fwrite(piece.data, 1, piece.len, j->out);
    putc('"', j->out);
}

void json_key_str(Json *j, Str key) {
    if (open_bracket(j) != '{') bug("JSON key \"" STR_FMT "\" outside an object", STR_ARG(key));
    if (j->after_key) bug("JSON key \"" STR_FMT "\" follows a key without a value", STR_ARG(key));
    begin_entry(j);
    write_string(j, key);
    fputs(j->indent ? ": " : ":", j->out);
    j->after_key = true;
}

void json_key(Json *j, const char *key) {
    json_key_str(j, str_from(key));
}

void json_str(Json *j, Str value) {
    begin_value(j);
    write_string(j, value);
}

void json_u64(Json *j, uint64_t value) {
    begin_value(j);
    fprintf(j->out, "%" PRIu64, value);
}

void json_null(Json *j) {
    begin_value(j);
    fputs("null", j->out);
}
