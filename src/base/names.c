/* Edit distance and the calendar. */
#include "base/names.h"

#include "base/limits.h"

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* Letters to insert, drop, replace or swap with their neighbour. Row i of the usual table holds the
 * distances between choice[0, i) and every start of `typed`; three rows are enough. */
static uint32_t distance(Str typed, Str choice) {
    uint32_t rows[3][LIMIT_NAME_SUGGESTION + 1];
    for (size_t k = 0; k <= typed.len; k++) rows[0][k] = (uint32_t)k;
    for (size_t i = 1; i <= choice.len; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = (uint32_t)i;
        for (size_t k = 1; k <= typed.len; k++) {
            char a = str_lower_char(choice.data[i - 1]), b = str_lower_char(typed.data[k - 1]);
            row[k] = least(above[k - 1] + (a != b), least(above[k], row[k - 1]) + 1);
            bool swapped = i > 1 && k > 1 && a == str_lower_char(typed.data[k - 2]) &&
                           b == str_lower_char(choice.data[i - 2]);
            if (swapped) row[k] = least(row[k], two_above[k - 2] + 1);
        }
    }
    return rows[choice.len % 3][typed.len];
}

Str nearest_name(Str typed, const Str *choices, size_t count) {
    Str nearest = {0};
    if (typed.len > LIMIT_NAME_SUGGESTION) return nearest;
    size_t allowed = typed.len / 3;
    for (size_t i = 0; i < count; i++) {
        Str choice = choices[i];
        if (choice.len > typed.len + allowed) continue;
        uint32_t off = distance(typed, choice);
        if (off > allowed || (nearest.data && off == allowed)) continue;
        nearest = choice;
        allowed = off;
    }
    return nearest;
}

static uint32_t days_in(uint32_t year, uint32_t month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool digits(Str text, size_t start, size_t end, uint32_t *out) {
    uint64_t value;
    if (!str_to_u64(str_slice(text, start, end), &value)) return false;
    *out = (uint32_t)value;
    return true;
}

bool date_parse(Str text, uint32_t *yyyymmdd) {
    uint32_t year, month, day;
    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
    if (!digits(text, 0, 4, &year) || !digits(text, 5, 7, &month) || !digits(text, 8, 10, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
    *yyyymmdd = year * 10000 + month * 100 + day;
    return true;
}
