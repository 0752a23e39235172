/* The table of packs and their targets, and how a target is compared with a rule's range. */
#include "app/target.h"

#include "base/buf.h"
#include "base/names.h"

const Str pack_names[PACK_COUNT] = {
    [PACK_TRAINER] = STR_INIT("trainer"), [PACK_WVA] = STR_INIT("wva"),
    [PACK_CHUTES] = STR_INIT("chutes"),   [PACK_CHARMED] = STR_INIT("charmed"),
    [PACK_CALICO] = STR_INIT("calico"),   [PACK_KUBERNETES] = STR_INIT("kubernetes"),
};

enum { MOST_VERSIONS = 4 };

typedef struct PackInfo {
    Str standard;                /* what to aim at when nobody chose; empty: nothing to choose */
    Str versions[MOST_VERSIONS]; /* an empty one ends the list */
    bool any_minor;              /* every 1.N is a version too */
} PackInfo;

static const PackInfo packs[PACK_COUNT] = {
    [PACK_TRAINER] = {STR_INIT("2.3"),
                      {STR_INIT("2.0"), STR_INIT("2.1"), STR_INIT("2.2"), STR_INIT("2.3")},
                      false},
    [PACK_WVA] = {STR_INIT("guide"),
                  {STR_INIT("guide"), STR_INIT("0.5"), STR_INIT("0.6"), STR_INIT("annotations")},
                  false},
    [PACK_CHUTES] = {STR_INIT("karmada"), {STR_INIT("karmada")}, false},
    [PACK_CHARMED] = {STR_INIT("1.7"), {STR_INIT("1.7")}, false},
    [PACK_CALICO] = {STR_INIT(""), {STR_INIT("")}, false},
    [PACK_KUBERNETES] = {STR_INIT("1.34"), {STR_INIT("")}, true},
};

static const Str examples[] = {
    STR_INIT("trainer=2.0"), STR_INIT("trainer=2.1"),     STR_INIT("trainer=2.2"),
    STR_INIT("trainer=2.3"), STR_INIT("wva=guide"),       STR_INIT("wva=0.5"),
    STR_INIT("wva=0.6"),     STR_INIT("wva=annotations"), STR_INIT("chutes=karmada"),
    STR_INIT("charmed=1.7"), STR_INIT("kubernetes=1.34"),
};

Str target_default(Pack pack) {
    return packs[pack].standard;
}

const Str *target_examples(size_t *count) {
    *count = sizeof examples / sizeof *examples;
    return examples;
}

static void add_list(Buf *out, const Str *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i) buf_add(out, i + 1 == count ? STR(" or ") : STR(", "));
        buf_add(out, items[i]);
    }
}

bool pack_find(Str name, Pack *out, Error *err) {
    for (Pack p = 0; p < PACK_COUNT; p++) {
        if (!str_eq(name, pack_names[p])) continue;
        *out = p;
        return true;
    }
    Str near = nearest_name(name, pack_names, PACK_COUNT);
    if (near.len)
        return error_set(err, "unknown pack '" STR_FMT "', did you mean '" STR_FMT "'?",
                         STR_ARG(name), STR_ARG(near));
    Buf all = {0};
    add_list(&all, pack_names, PACK_COUNT);
    error_set(err, "unknown pack '" STR_FMT "'; it is one of " STR_FMT, STR_ARG(name),
              STR_ARG(buf_str(&all)));
    buf_release(&all);
    return false;
}

static bool is_minor(Str version) {
    uint64_t minor;
    return str_starts(version, STR("1.")) && str_to_u64(str_from_offset(version, 2), &minor);
}

bool target_check(Pack pack, Str version, Error *err) {
    const PackInfo *info = &packs[pack];
    size_t count = 0;
    while (count < MOST_VERSIONS && info->versions[count].len) {
        if (str_eq(version, info->versions[count++])) return true;
    }
    if (info->any_minor && is_minor(version)) return true;
    if (!info->standard.len)
        return error_set(err, "the pack " STR_FMT " has no targets to choose from",
                         STR_ARG(pack_names[pack]));
    Buf valid = {0};
    if (info->any_minor)
        buf_addf(&valid, "1.N, for example " STR_FMT, STR_ARG(info->standard));
    else
        add_list(&valid, info->versions, count);
    error_set(err, "unknown target '" STR_FMT "' for " STR_FMT "; it is " STR_FMT, STR_ARG(version),
              STR_ARG(pack_names[pack]), STR_ARG(buf_str(&valid)));
    buf_release(&valid);
    return false;
}

bool version_compare(Str a, Str b, int *order) {
    *order = 0;
    if (!a.len || !b.len) return false;
    Str part;
    while (a.data || b.data) {
        uint64_t x = 0, y = 0;
        if (str_split(&a, '.', &part) && !str_to_u64(part, &x)) return false;
        if (str_split(&b, '.', &part) && !str_to_u64(part, &y)) return false;
        if (!*order) *order = (x > y) - (x < y);
    }
    return true;
}

static bool range_holds(const TargetRange *range, Str chosen) {
    if (!range->low.len && !range->high.len) return true;
    if (str_eq(range->low, range->high) && str_eq(range->low, chosen)) return true;
    int order;
    if (range->low.len && (!version_compare(chosen, range->low, &order) || order < 0)) return false;
    if (range->high.len && (!version_compare(chosen, range->high, &order) || order > 0))
        return false;
    return true;
}

static Str chosen_for(Str pack, const Str chosen[PACK_COUNT]) {
    for (size_t p = 0; p < PACK_COUNT; p++) {
        if (str_eq(pack, pack_names[p])) return chosen[p];
    }
    return (Str){0};
}

bool target_fits(const Rule *rule, const Str chosen[PACK_COUNT]) {
    for (size_t i = 0; i < rule->target_count; i++) {
        Str pack = rule->targets[i].pack;
        bool fits = false;
        for (size_t k = 0; k < rule->target_count && !fits; k++) {
            const TargetRange *range = &rule->targets[k];
            fits = str_eq(range->pack, pack) && range_holds(range, chosen_for(pack, chosen));
        }
        if (!fits) return false;
    }
    return true;
}
