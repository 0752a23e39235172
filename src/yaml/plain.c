/* Plain scalars, read as sigs.k8s.io/yaml reads them. */
#include "yaml/plain.h"

#include "yaml/node.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Longer texts are no numbers that anybody means. */
enum { LONGEST_NUMBER = 127 };

/* In lower case, Capitalised or in capitals; other spellings are texts. */
static bool is_word(Str text, const char *word) {
    Str lower = str_from(word);
    if (!str_eq_nocase(text, lower)) return false;
    if (str_eq(text, lower)) return true;
    bool first = text.data[0] != lower.data[0], capitals = first, small = true;
    for (size_t i = 1; i < text.len; i++) {
        bool raised = text.data[i] != lower.data[i];
        capitals &= raised || lower.data[i] == '.';
        small &= !raised;
    }
    return first && (small || capitals);
}

static bool boolean_word(Str text, bool *value) {
    static const char *const words[] = {"y", "yes", "true", "on", "n", "no", "false", "off"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is_word(text, words[i])) continue;
        *value = i < 4;
        return true;
    }
    return false;
}

static bool special_number(Str text, double *value) {
    static const char *const infinite[] = {".inf", ".Inf", ".INF"};
    static const char *const none[] = {".nan", ".NaN", ".NAN"};
    bool sign = text.data[0] == '-' || text.data[0] == '+';
    Str rest = str_from_offset(text, sign);
    for (size_t i = 0; i < 3; i++) {
        if (str_eq(rest, str_from(infinite[i])))
            return *value = text.data[0] == '-' ? -INFINITY : INFINITY, true;
        if (str_eq(text, str_from(none[i]))) return *value = NAN, true;
    }
    return false;
}

static unsigned digit_of(char c) {
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return (unsigned)(c - 'A') + 10;
    return 16;
}

static bool all_digits(const char *text, unsigned base, double *value) {
    *value = 0;
    if (!*text) return false;
    for (; *text; text++) {
        if (digit_of(*text) >= base) return false;
        *value = *value * base + digit_of(*text);
    }
    return true;
}

/* 0x1F, 0b11, 0o17, and 017, which is octal too. */
static bool whole_number(const char *text, double *value) {
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    unsigned base = 10;
    if (text[0] == '0' && text[1]) {
        static const char marks[] = "xXbBoO";
        static const unsigned bases[] = {16, 16, 2, 2, 8, 8};
        const char *mark = strchr(marks, text[1]);
        base = mark ? bases[mark - marks] : 8;
        text += mark ? 2 : 1;
    }
    bool ok = all_digits(text, base, value);
    if (negative) *value = -*value;
    return ok;
}

static size_t digits_at(const char *text) {
    return strspn(text, "0123456789");
}

/* [-+]? (.5 | 5 | 5. | 5.5) ([eE][-+]?5)? */
static bool decimal_number(const char *text, double *value) {
    const char *at = text;
    if (*at == '-' || *at == '+') at++;
    size_t before = digits_at(at), after = 0;
    at += before;
    if (*at == '.') {
        after = digits_at(++at);
        at += after;
    }
    if (!before && !after) return false;
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '-' || *at == '+') at++;
        size_t exponent = digits_at(at);
        if (!exponent) return false;
        at += exponent;
    }
    *value = strtod(text, NULL);
    return !*at && isfinite(*value);
}

/* 2025-01-31 and longer: a date, which stays a text. */
static bool looks_like_date(Str text) {
    return text.len > 7 && text.data[4] == '-' && digits_at(text.data) == 4;
}

static bool number(Str text, double *value) {
    char plain[LONGEST_NUMBER + 1];
    size_t len = 0;
    if (text.len > LONGEST_NUMBER || !strchr("0123456789+-.", text.data[0])) return false;
    for (size_t i = 0; i < text.len; i++) /* in .5_0 they are no separators */
        if (text.data[i] != '_' || text.data[0] == '.') plain[len++] = text.data[i];
    plain[len] = '\0';
    if (looks_like_date((Str){plain, len})) return false;
    return whole_number(plain, value) || decimal_number(plain, value);
}

PlainValue plain_value(Str text) {
    PlainValue v = {.kind = PLAIN_STRING};
    if (plain_is_null(text))
        v.kind = PLAIN_NULL;
    else if (boolean_word(text, &v.boolean))
        v.kind = PLAIN_BOOLEAN;
    else if (special_number(text, &v.number) || number(text, &v.number))
        v.kind = PLAIN_NUMBER;
    return v;
}
