/* The day, from the command line, from SOURCE_DATE_EPOCH or from the clock. */
#include "app/today.h"

#include "base/str.h"

#include <stdlib.h>
#include <time.h>

/* The last second of the year 9999: what comes later is no YYYYMMDD. */
static const uint64_t latest_epoch = 253402300799;

static uint32_t number_of(const struct tm *day) {
    return (uint32_t)((day->tm_year + 1900) * 10000 + (day->tm_mon + 1) * 100 + day->tm_mday);
}

static bool from_epoch(const char *text, uint32_t *out, Error *err) {
    uint64_t seconds;
    if (!str_to_u64(str_from(text), &seconds) || seconds > latest_epoch)
        return error_set(err, "SOURCE_DATE_EPOCH is '%s', not a number of seconds since 1970",
                         text);
    time_t time = (time_t)seconds;
    struct tm day;
    gmtime_r(&time, &day);
    *out = number_of(&day);
    return true;
}

bool today_find(uint32_t given, uint32_t *out, Error *err) {
    *out = given;
    if (given) return true;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch && *epoch) return from_epoch(epoch, out, err);
    time_t now = time(NULL);
    struct tm day;
    localtime_r(&now, &day);
    *out = number_of(&day);
    return true;
}
