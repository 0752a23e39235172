/* Which day it is: suppressions expire by it, and nothing else in the program looks at a clock. */
#ifndef APP_TODAY_H
#define APP_TODAY_H

#include "base/error.h"

#include <stdint.h>

/* The day as YYYYMMDD: `given` (from --today) unless it is 0, else that of SOURCE_DATE_EPOCH in
 * UTC, else the local date. False when SOURCE_DATE_EPOCH is set to something that is no number of
 * seconds. */
bool today_find(uint32_t given, uint32_t *out, Error *err);

#endif
