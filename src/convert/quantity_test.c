/* What is a quantity, and how much it is. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/quantity.h"

static const struct {
    const char *text;
    double want; /* negative: it is none */
} rows[] = {
    {"0", 0},
    {"4", 4},
    {"500m", 0.5},
    {"1.5", 1.5},
    {".5", 0.5},
    {"5.", 5},
    {"16Gi", 16.0 * 1024 * 1024 * 1024},
    {"1k", 1000},
    {"2M", 2e6},
    {"1Ki", 1024},
    {"2e3", 2000},
    {"2E3", 2000},
    {"3E", 3e18},
    {"5e-1", 0.5},
    {"+2", 2},
    {"250u", 0.00025},
    {"", -1},
    {"-1", -1},
    {"m", -1},
    {"4 Gi", -1},
    {"4GB", -1},
    {"1e", -1},
    {"1e9999", -1},
    {"0x10", -1},
    {".", -1},
};

static void quantities(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double want = rows[i].want, got;
        if (!quantity_read(str_from(rows[i].text), &got)) got = -1;
        double off = got > want ? got - want : want - got;
        if (off > 1e-12 * want && off > 0)
            fail_msg("'%s': got %g, wanted %g", rows[i].text, got, want);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(quantities)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
