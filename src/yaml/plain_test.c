/* What kubectl and the API server make of plain scalars. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "yaml/plain.h"

#include <stdio.h>
#include <string.h>

typedef struct Row {
    const char *text, *want;
} Row;

static const Row rows[] = {
    {"", "null"},
    {"~", "null"},
    {"NULL", "null"},
    {"nULL", "string"},
    {"true", "true"},
    {"True", "true"},
    {"TRUE", "true"},
    {"tRue", "string"},
    {"TRue", "string"},
    {"yes", "true"},
    {"Y", "true"},
    {"on", "true"},
    {"off", "false"},
    {"N", "false"},
    {"No", "false"},
    {"nO", "string"},
    {"none", "string"},
    {"0", "0"},
    {"-0", "-0"},
    {"12", "12"},
    {"+12", "12"},
    {"1_000", "1000"},
    {"010", "8"},
    {"08", "8"},
    {"-010", "-8"},
    {"0x1F", "31"},
    {"0X1f", "31"},
    {"-0x1F", "-31"},
    {"0b101", "5"},
    {"0o17", "15"},
    {"0x", "string"},
    {"0xg", "string"},
    {"1.5", "1.5"},
    {"1.", "1"},
    {".5", "0.5"},
    {"-.5", "-0.5"},
    {".", "string"},
    {"-", "string"},
    {"+.", "string"},
    {"1e3", "1000"},
    {"1e+3", "1000"},
    {"1e", "string"},
    {"e3", "string"},
    {"1.2.3", "string"},
    {"12:30", "string"},
    {"12:30:45", "string"},
    {"2025-01-31", "string"},
    {"2025-1-3", "string"},
    {"2025", "2025"},
    {".inf", "inf"},
    {"-.INF", "-inf"},
    {".NaN", "nan"},
    {"-.nan", "string"},
    {"inf", "string"},
    {"nan", "string"},
    {"1e999", "string"},
    {"8Gi", "string"},
    {"100m", "string"},
    {"1 2", "string"},
    {"<<", "string"},
    {"=", "string"},
    {"99999999999999999999", "1e+20"},
};

static void values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        PlainValue v = plain_value(str_from(rows[i].text));
        char got[64];
        const char *word = v.kind == PLAIN_NULL      ? "null"
                           : v.kind == PLAIN_BOOLEAN ? (v.boolean ? "true" : "false")
                                                     : "string";
        if (v.kind == PLAIN_NUMBER)
            snprintf(got, sizeof got, "%g", v.number);
        else
            snprintf(got, sizeof got, "%s", word);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("'%s': wanted %s, got %s", rows[i].text, rows[i].want, got);
    }
}

static void long_texts_are_texts(void **state) {
    (void)state;
    char digits[4096];
    for (size_t i = 0; i < sizeof digits; i++) digits[i] = '7';
    assert_int_equal(plain_value((Str){digits, sizeof digits}).kind, PLAIN_STRING);
    assert_int_equal(plain_value((Str){digits, 127}).kind, PLAIN_NUMBER);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(values),
                                       cmocka_unit_test(long_texts_are_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
