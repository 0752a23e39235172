/* Where several rules point at one place, one that says more speaks instead of the others. */
#include "app/settle.h"

static Hash128 key_of(const Finding *f, size_t rule) {
    const uint64_t key[] = {f->source, f->place.start, f->place.length, rule};
    return hash128((Str){(const char *)key, sizeof key});
}

static void note(const Scan *s, const Finding *f, HashMap *silent) {
    const StrList *others = &s->rules->rules[f->rule].instead_of;
    for (size_t i = 0; i < others->len; i++) {
        const Rule *other = rule_find(s->rules, others->items[i]);
        if (!other) bug("no rule has an id that another speaks instead of");
        hashmap_set(silent, key_of(f, (size_t)(other - s->rules->rules)), 0);
    }
}

void settle_outranked(Scan *s) {
    HashMap silent = {0};
    for (size_t i = 0; i < s->findings.len; i++)
        if (s->findings.items[i].state != FINDING_DROPPED) note(s, &s->findings.items[i], &silent);
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding *f = &s->findings.items[i];
        if (hashmap_get(&silent, key_of(f, f->rule)) != MAP_NONE) f->state = FINDING_DROPPED;
    }
    hashmap_release(&silent);
}
