/* Tests opening libraries that are there, that are not, and that lack a function. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/module.h"

#include <math.h>

#define FUNCTIONS(X) X(floor) X(fmax)
typedef struct Library {
    FUNCTIONS(MODULE_FIELD)
} Library;

enum { COUNT = 2 };
static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};

static void test_open(void **state) {
    (void)state;
    Library library = {0};
    Error err = {0};
    if (!module_open("libm.so.6", symbols, COUNT, &library, &err)) fail_msg("%s", err.text);
    assert_true(library.floor(3.5) == 3.0);
    assert_true(library.fmax(1.0, 2.0) == 2.0);
}

static void test_absent(void **state) {
    (void)state;
    static const ModuleSymbol unknown[] = {{"floor", 0}, {"no_such_function", 0}};
    Library library = {0};
    Error err = {0};
    assert_false(module_open("libabsent.so.1", symbols, COUNT, &library, &err));
    assert_string_equal(err.text, "the library libabsent.so.1 is not installed");
    assert_false(module_open("libm.so.6", unknown, COUNT, &library, &err));
    assert_string_equal(err.text, "the library libm.so.6 does not have no_such_function");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_open), cmocka_unit_test(test_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
