/* The three ways in which things go wrong.
 *
 * Bad input is a finding, never an Error: the scan goes on and the summary counts it.
 * Bad surroundings (a file that cannot be written, a broken rule file, a wrong flag) travel up as
 * `bool f(..., Error *err)`: false means failed and err says what was tried, on which file and
 * line, and what the user can do. main turns it into exit code 2.
 * Bugs are ours: bug() prints file and line and aborts.
 *
 *     if (fd < 0) return error_set(err, "cannot open %s: %s", path, strerror(errno));
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

typedef struct Error {
    char text[1024]; /* one or more lines, no final newline; cut at the end when too long */
} Error;

/* Always returns false, so that a failing function can `return error_set(...)`. */
bool error_set(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts text in front of what is there: "while reading rules/x.yaml: " + text. Returns false. */
bool error_prefix(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define bug(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void bug_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
