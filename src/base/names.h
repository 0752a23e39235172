/* Names that people type: the nearest valid one for a message, and calendar dates. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include "base/str.h"

/* The choice nearest to `typed` when it is near enough to be a slip (at most a third of its letters
 * off, case ignored), else the empty Str. */
Str nearest_name(Str typed, const Str *choices, size_t count);

/* A date as YYYY-MM-DD; false when it is not one (2026-02-30 is none). Dates compare as numbers. */
bool date_parse(Str text, uint32_t *yyyymmdd);

#endif
