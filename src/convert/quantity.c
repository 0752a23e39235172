/* A decimal number, and behind it a suffix or an exponent. */
#include "convert/quantity.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool read_digits(Str *rest, double *value, double *scale) {
    bool any = false;
    for (; rest->len && is_digit(rest->data[0]); any = true) {
        *value = *value * 10 + (rest->data[0] - '0');
        *scale *= 10;
        *rest = str_from_offset(*rest, 1);
    }
    return any;
}

static bool read_decimal(Str *rest, double *out) {
    double value = 0, scale = 1;
    bool any = read_digits(rest, &value, &scale);
    if (rest->len && rest->data[0] == '.') {
        *rest = str_from_offset(*rest, 1);
        scale = 1;
        any |= read_digits(rest, &value, &scale);
        value /= scale;
    }
    *out = value;
    return any;
}

static double power(double base, uint64_t exponent) {
    double value = 1;
    for (uint64_t i = 0; i < exponent; i++) value *= base;
    return value;
}

/* "e3", "E-2" */
static bool read_exponent(Str text, double *out) {
    enum { MOST = 100 };
    uint64_t exponent;
    if (text.len < 2 || (text.data[0] != 'e' && text.data[0] != 'E')) return false;
    bool negative = text.data[1] == '-';
    Str digits = str_from_offset(text, negative || text.data[1] == '+' ? 2 : 1);
    if (!str_to_u64(digits, &exponent) || exponent > MOST) return false;
    *out = negative ? 1 / power(10, exponent) : power(10, exponent);
    return true;
}

static bool read_suffix(Str text, double *out) {
    static const Str decimal[] = {STR_INIT(""),  STR_INIT("k"), STR_INIT("M"), STR_INIT("G"),
                                  STR_INIT("T"), STR_INIT("P"), STR_INIT("E")};
    static const Str binary[] = {STR_INIT(""),   STR_INIT("Ki"), STR_INIT("Mi"), STR_INIT("Gi"),
                                 STR_INIT("Ti"), STR_INIT("Pi"), STR_INIT("Ei")};
    static const Str small[] = {STR_INIT(""), STR_INIT("m"), STR_INIT("u"), STR_INIT("n")};
    for (size_t i = 0; i < sizeof decimal / sizeof *decimal; i++) {
        if (str_eq(text, decimal[i])) return *out = power(1000, i), true;
        if (str_eq(text, binary[i])) return *out = power(1024, i), true;
    }
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (str_eq(text, small[i])) return *out = 1 / power(1000, i), true;
    return read_exponent(text, out);
}

bool quantity_read(Str text, double *out) {
    double number, factor;
    if (text.len && text.data[0] == '+') text = str_from_offset(text, 1);
    if (!read_decimal(&text, &number) || !read_suffix(text, &factor)) return false;
    *out = number * factor;
    return true;
}
