/* The holes of a message that a finding carries with it. */
#include "rule/finding.h"

bool hole_is_own(Str hole) {
    static const Str own[] = {STR_INIT("group"),     STR_INIT("version"), STR_INIT("kind"),
                              STR_INIT("namespace"), STR_INIT("name"),    STR_INIT("value"),
                              STR_INIT("object")};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(hole, own[i])) return true;
    return false;
}

Str hole_value(const Rule *rule, Str joined, Str hole) {
    Str value = {0};
    for (size_t i = 0; i < rule->holes.len; i++) {
        if (hole_is_own(rule->holes.items[i])) continue;
        if (!str_split(&joined, '\0', &value)) return (Str){0};
        if (str_eq(rule->holes.items[i], hole)) return value;
    }
    return (Str){0};
}
