/* Looks for Secrets by bytes. */
#include "model/secret_kind.h"

#include "base/buf.h"

#include <string.h>

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool secret_kind_in(Str text) {
    static const Str word = STR_INIT("Secret");
    for (size_t at, from = 0; (at = str_find(str_from_offset(text, from), word)) != STR_NONE;) {
        size_t start = from + at;
        from = start + word.len;
        if (from < text.len && is_name_byte(text.data[from]) &&
            !str_starts(str_from_offset(text, from), STR("List")))
            continue;
        while (start > 0 && text.data[start - 1] && strchr(" \t\"'\\:", text.data[start - 1]))
            start--;
        if (str_ends(str_slice(text, 0, start), STR("kind"))) return true;
    }
    return false;
}

/* ---- escapes ---- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The ASCII letter that `\x53`, `\u0053` or `\U00000053` at `at` stands for; '\0' when none. */
static char escaped_letter(Str text, size_t at, size_t *length) {
    char sort = at + 1 < text.len ? text.data[at + 1] : '\0';
    size_t digits = sort == 'x' ? 2 : sort == 'u' ? 4 : sort == 'U' ? 8 : 0;
    *length = 2 + digits;
    if (!digits || at + *length > text.len) return '\0';
    uint32_t code = 0;
    for (size_t i = at + 2; i < at + *length; i++) {
        int digit = hex_digit(text.data[i]);
        if (digit < 0) return '\0';
        code = code * 16 + (uint32_t)digit;
    }
    return code < 128 ? (char)code : '\0';
}

static void decode(Str text, Buf *out) {
    for (size_t i = 0; i < text.len;) {
        size_t length;
        char letter = text.data[i] == '\\' ? escaped_letter(text, i, &length) : '\0';
        buf_add_char(out, letter ? letter : text.data[i]);
        i += letter ? length : 1;
    }
}

bool secret_kind_hidden_in(Str text) {
    Buf decoded = {0};
    if (str_find_char(text, '\\') != STR_NONE) decode(text, &decoded);
    Str plain = decoded.len ? buf_str(&decoded) : text;
    bool found = secret_kind_in(plain) || str_find(plain, STR("stringData")) != STR_NONE;
    buf_release(&decoded);
    return found;
}
