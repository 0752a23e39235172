/* Planning every fix, and keeping those that do not touch each other. */
#include "app/convert_verdicts.h"

/* What has become of an object, in Verdicts.settled. */
enum { CONVERTED, ENDED };

typedef struct Deciding {
    Verdicts *verdicts;
    Scan *scan;
    Fixer *fixer;
    Safety level;
    EditVec *taken; /* per source, sorted; only where they are counts */
} Deciding;

Hash128 finding_object(const Finding *f) {
    uint64_t place[] = {f->source, f->piece, f->document.start, f->resource};
    return hash128_bytes(place, sizeof place);
}

/* ---- jobs that have ended ---- */

static Hash128 titled(uint32_t source, Str kind, Str title) {
    Hash128 texts = hash128_texts((Str[]){kind, title}, 2);
    uint64_t key[] = {source, texts.high, texts.low};
    return hash128_bytes(key, sizeof key);
}

/* An object of that name in another place of the source may not have ended: the caller looks. */
bool verdicts_finished(const Verdicts *v, uint32_t source, Str kind, Str title) {
    return hashmap_get(&v->finished, titled(source, kind, title)) != MAP_NONE;
}

static void leave_finished(Deciding *d, const Finding *f, Str state) {
    const Names *names = &d->scan->index.names;
    Verdicts *v = d->verdicts;
    v->items[f - d->scan->findings.items].finished = str_copy(&v->arena, state);
    hashmap_set(&v->settled, finding_object(f), ENDED);
    hashmap_set(&v->finished,
                titled(f->source, names_text(names, f->kind), names_text(names, f->title)), 0);
}

/* ---- places that are taken ---- */

static bool is_free(const Deciding *d, const FixPlan *fix) {
    for (size_t i = 0; i < fix->edits.len; i++) {
        const FixEdit *e = &fix->edits.items[i];
        if (edits_meet(&d->taken[e->source], &e->edit)) return false;
    }
    return true;
}

static void take(Deciding *d, const Finding *f, const FixPlan *fix) {
    for (size_t i = 0; i < fix->edits.len; i++) {
        const FixEdit *e = &fix->edits.items[i];
        edits_insert(&d->taken[e->source], (Edit){e->edit.start, e->edit.end, {0}}); /* the place */
    }
    d->verdicts->items[f - d->scan->findings.items].taken = true;
    if (d->scan->rules->rules[f->rule].fix.kind == FIX_CONVERT)
        hashmap_set(&d->verdicts->settled, finding_object(f), CONVERTED);
}

/* ---- why not ---- */

static Str why_not(Deciding *d, const Finding *f, const FixPlan *fix) {
    Arena *a = &d->verdicts->arena;
    if (!fix->tried)
        return str_format(a, "there is no conversion; `unstale explain " STR_FMT "` tells more",
                          STR_ARG(d->scan->rules->rules[f->rule].id));
    if (fix->refused.len) return fix_covered(a, fix, fix->refused);
    if (!fix->edits.len) return STR("there is nothing to change");
    if (fix->safety > d->level)
        return str_format(a, "it must be reviewed (--review): " STR_FMT,
                          STR_ARG(fix_covered(a, fix, fix->why_review)));
    return STR("another change is made in the same place: convert what was written once more");
}

/* ---- all together ---- */

static bool is_wanted(const Scan *s, const Finding *f, bool conversions) {
    const Rule *rule = &s->rules->rules[f->rule];
    FixKind kind = rule->fix.kind;
    bool of_text = kind == FIX_REPLACE && rule->match != MATCH_RESOURCE;
    bool conversion = kind == FIX_CONVERT || kind == FIX_NONE;
    return f->state == FINDING_OPEN && f->kind != MAP_NONE && conversion == conversions &&
           kind != FIX_FOLLOW && !of_text;
}

static void decide(Deciding *d, const Finding *f) {
    /* The details of what is left out need no change. */
    if (hashmap_get(&d->verdicts->settled, finding_object(f)) == ENDED) return;
    const FixPlan *fix = fixer_plan(d->fixer, f);
    if (fix->finished.len)
        leave_finished(d, f, fix->finished);
    else if (fix_exists(fix) && fix->safety <= d->level && is_free(d, fix))
        take(d, f, fix);
    else
        d->verdicts->items[f - d->scan->findings.items].why = why_not(d, f, fix);
}

void verdicts_decide(Verdicts *v, Scan *scan, Fixer *fixer, Safety level) {
    size_t sources = scan->sources.len;
    Deciding d = {.verdicts = v, .scan = scan, .fixer = fixer, .level = level};
    d.taken = mem_zero(sources * sizeof *d.taken);
    v->items = arena_array(&v->arena, Verdict, scan->findings.len);
    /* A conversion wins over a change of detail: what it makes no longer has that detail. */
    for (int conversions = 1; conversions >= 0; conversions--)
        for (size_t i = 0; i < scan->findings.len; i++)
            if (is_wanted(scan, &scan->findings.items[i], conversions))
                decide(&d, &scan->findings.items[i]);
    for (size_t i = 0; i < sources; i++) vec_release(&d.taken[i]);
    free(d.taken);
}

bool verdicts_left(const Verdicts *v, const Scan *scan, const Finding *f) {
    const Rule *rule = &scan->rules->rules[f->rule];
    return f->state == FINDING_OPEN && f->kind != MAP_NONE && f->severity == SEVERITY_ERROR &&
           rule->match == MATCH_RESOURCE && !v->items[f - scan->findings.items].taken &&
           hashmap_get(&v->settled, finding_object(f)) == MAP_NONE;
}

void verdicts_release(Verdicts *v) {
    hashmap_release(&v->settled);
    hashmap_release(&v->finished);
    arena_release(&v->arena);
}
