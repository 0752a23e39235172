/* For tests: what a conversion writes, held against real CRDs by validate.py. */
#ifndef CONVERT_VALIDATE_TEST_H
#define CONVERT_VALIDATE_TEST_H

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* `crds`: paths, with blanks between. False: a fault was printed. Where python3, yaml or jsonschema
 * is missing, that is printed and all is well. */
static inline bool satisfies_crds(Str text, const char *crds) {
    enum { NOT_HERE = 3, NO_PYTHON = 127 };
    char path[] = "/tmp/unstale-results-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data, text.len), (ssize_t)text.len);
    close(file);
    Buf command = {0};
    buf_addf(&command, "python3 src/convert/validate.py v1alpha1 %s %s", path, crds);
    buf_add_char(&command, '\0');
    int status = system(command.data);
    unlink(path);
    buf_release(&command);
    int verdict = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    if (verdict != NOT_HERE && verdict != NO_PYTHON) return verdict == 0;
    print_message("not validated: python3, yaml or jsonschema is missing\n");
    return true;
}

#endif
