/* Jobs in texts that another object speaks of: a Katib Experiment names the ConfigMap that holds
 * its trial, and says which container of it counts and how it ends. Changed alone, no trial would
 * ever be seen to end. */
#include "app/fixer.h"

/* Rules that say so of an object have no fix of their own. */
void fixer_find_speakers(Fixer *x) {
    const Scan *s = x->scan;
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->joined != MAP_NONE && s->rules->rules[f->rule].fix.kind == FIX_NONE)
            vec_push(&x->speakers, f);
    }
}

static bool stands_in_text_of(const Subject *u, const Finding *f) {
    Offset start = f->piece + f->carrier.start, end = f->piece + f->carrier.end;
    return u->source == f->source && u->place.start >= start && u->place.start < end;
}

/* Whoever names one manifest of the object names all of them. */
static const Finding *who_speaks_of(const Fixer *x, const Subject *u) {
    for (size_t i = 0; i < x->speakers.len; i++) {
        const Subject *named = &x->scan->subjects.items[x->speakers.items[i]->joined];
        if (named->rule == u->rule && named->named == u->named) return x->speakers.items[i];
    }
    return NULL;
}

static const Finding *speaker(const Fixer *x, const Finding *f) {
    const Finding *found = NULL;
    if (!x->speakers.len || span_empty(f->carrier)) return NULL;
    for (size_t i = 0; i < x->scan->subjects.len && !found; i++) {
        const Subject *u = &x->scan->subjects.items[i];
        if (stands_in_text_of(u, f)) found = who_speaks_of(x, u);
    }
    return found;
}

/* An Experiment changes with the trial that stands in it. */
static bool is_trial(const Opened *o) {
    return !str_eq(o->identity.kind, STR("Experiment")) &&
           str_find(span_text(o->doc.text, o->resource->span), STR("${trialParameters.")) !=
               STR_NONE;
}

bool fixer_stands_alone(Fixer *x, const Finding *f, const Opened *o) {
    const Finding *by = speaker(x, f);
    if (by)
        x->fix.refused =
            str_format(&x->arena,
                       STR_FMT " '" STR_FMT "' (" STR_FMT ") speaks of the text that "
                               "it stands in, and must change with it",
                       STR_ARG(scan_text(x->scan, by->kind)),
                       STR_ARG(scan_text(x->scan, by->title)), STR_ARG(fixer_place(x, by)));
    else if (is_trial(o))
        return fixer_refuse(x,
                            "it is the trial of a Katib Experiment, which says of its container, "
                            "its Pods and its end what must change with it");
    return !by;
}
