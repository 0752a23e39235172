/* Which object a reference names when a namespace is missing, and several may be meant. */
#include "app/fixer.h"

#include "base/limits.h"
#include "convert/variant_reference.h"

/* ---- one reference, several objects of that name ---- */

const Finding *fixer_object(const Fixer *x, const Finding *f, uint32_t subject) {
    const Rule *rule = &x->scan->rules->rules[f->rule];
    const Subject *u = &x->scan->subjects.items[subject];
    size_t i = located_first(&x->objects, u->source, u->piece, u->resource);
    for (; located_is(&x->objects, i, u->source, u->piece, u->resource); i++) {
        const Finding *object = x->objects.items[i].finding;
        if (object->state == FINDING_OPEN && fixer_is_followed(x, rule, object)) return object;
    }
    return NULL;
}

typedef enum { SERVES_NOT, SERVES_PERHAPS, SERVES } Serves;

/* Does what takes the object's place serve the autoscaler's Deployment? */
static Serves serves(Fixer *x, const Finding *object, const Node *hpa) {
    Opened o;
    Converted out = {0};
    Serves answer = SERVES_PERHAPS;
    if (!object) return answer;
    if (!opened_read(x->scan, &x->arena, object, &o)) {
        if (fixer_convert(x, object, &o, &out) && out.renamed.len)
            answer = variant_serves(hpa, out.renamed.items, out.renamed.len) ? SERVES : SERVES_NOT;
        convert_release(&out);
    }
    opened_release(&o);
    return answer;
}

static size_t count_candidates(const Scan *s, const Finding *f) {
    size_t count = 0;
    while (s->candidates.items[f->candidates + count] != MAP_NONE) count++;
    return count;
}

/* Of so many that not all are known none is the only one. */
static bool has_more(const Scan *s, const Finding *f) {
    return count_candidates(s, f) == LIMIT_CANDIDATES;
}

static uint32_t choose(Fixer *x, const Finding *f, const Node *hpa) {
    const Scan *s = x->scan;
    uint32_t chosen = MAP_NONE;
    if (has_more(s, f)) return chosen;
    for (size_t i = f->candidates; s->candidates.items[i] != MAP_NONE; i++) {
        uint32_t subject = s->candidates.items[i];
        x->follow_work += s->subjects.items[subject].piece_length;
        if (x->follow_work > x->follow_limit) return MAP_NONE;
        Serves answer = serves(x, fixer_object(x, f, subject), hpa);
        if (answer == SERVES_PERHAPS || (answer == SERVES && chosen != MAP_NONE)) return MAP_NONE;
        if (answer == SERVES) chosen = subject;
    }
    return chosen;
}

static Hash128 key_of(const Finding *f) {
    return hash128_bytes(&f, sizeof f);
}

uint32_t fixer_named(Fixer *x, const Finding *f) {
    if (f->candidates == MAP_NONE) return f->joined;
    uint32_t none = (uint32_t)x->scan->subjects.len, known = hashmap_get(&x->named, key_of(f));
    if (known != MAP_NONE) return known == none ? MAP_NONE : known;
    Opened o;
    uint32_t named = MAP_NONE;
    if (!opened_read(x->scan, &x->arena, f, &o)) named = choose(x, f, o.resource);
    opened_release(&o);
    hashmap_set(&x->named, key_of(f), named == MAP_NONE ? none : named);
    return named;
}

Str fixer_why_none(Fixer *x, const Finding *f) {
    const Scan *s = x->scan;
    Buf text = {0};
    buf_add(&text, STR("its namespace is not known, and several objects have that name: "));
    for (size_t i = f->candidates; s->candidates.items[i] != MAP_NONE; i++) {
        const Subject *u = &s->subjects.items[s->candidates.items[i]];
        buf_addf(&text, "%s" STR_FMT ":%u", i == f->candidates ? "" : ", ",
                 STR_ARG(scan_path(s, u->source)), u->place.line);
    }
    if (has_more(s, f)) buf_add(&text, STR(" and more"));
    buf_add(&text, STR("; no single one is known to serve its Deployment: write its namespace"));
    Str copy = str_copy(&x->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

/* ---- one object, references from several namespaces ---- */

/* Is it taken for one of this object, though only one of both tells its namespace? */
static bool is_assumed(Fixer *x, const Finding *f, const Finding *object) {
    if (f->assumed == MAP_NONE) return false;
    uint32_t subject = fixer_named(x, f);
    return subject != MAP_NONE && fixer_object(x, f, subject) == object;
}

static bool ref_serves(Fixer *x, const Finding *f, const Converted *c) {
    Opened o;
    bool yes = false;
    x->follow_work += f->piece_length;
    /* Beyond it the change is refused as a whole. */
    if (x->follow_work <= x->follow_limit && !opened_read(x->scan, &x->arena, f, &o)) {
        yes = variant_serves(o.resource, c->renamed.items, c->renamed.len);
        opened_release(&o);
    }
    return yes;
}

static void add_place(Fixer *x, Buf *places, size_t number, const Finding *f) {
    if (number < LIMIT_CANDIDATES)
        buf_addf(places, "%s" STR_FMT " ('" STR_FMT "')", number ? ", " : "",
                 STR_ARG(fixer_place(x, f)), STR_ARG(scan_text(x->scan, f->assumed)));
    else if (number == LIMIT_CANDIDATES)
        buf_add(places, STR(" and more"));
}

static bool see_namespaces(Fixer *x, const Finding *object, Buf *places) {
    const LocatedVec *v = &x->references;
    uint32_t first = MAP_NONE;
    size_t count = 0;
    bool several = false;
    for (size_t i = located_first(v, object->source, object->piece, object->resource);
         located_is(v, i, object->source, object->piece, object->resource); i++) {
        const Finding *f = v->items[i].finding;
        if (!is_assumed(x, f, object)) continue;
        if (!count) first = f->assumed;
        several |= f->assumed != first;
        add_place(x, places, count++, f);
    }
    return several;
}

/* The only namespace with an autoscaler whose Deployment is served; else MAP_NONE. */
static uint32_t serving_namespace(Fixer *x, const Finding *object, const Converted *c) {
    const LocatedVec *v = &x->references;
    uint32_t found = MAP_NONE;
    for (size_t i = located_first(v, object->source, object->piece, object->resource);
         located_is(v, i, object->source, object->piece, object->resource); i++) {
        const Finding *f = v->items[i].finding;
        if (!is_assumed(x, f, object) || f->assumed == found || !ref_serves(x, f, c)) continue;
        if (found != MAP_NONE) return MAP_NONE;
        found = f->assumed;
    }
    return found;
}

static Str why_others_stay(Fixer *x, uint32_t namespace, Str places) {
    const char *all = "the object has no namespace and is named in several, so that none follows "
                      "it: " STR_FMT "; write its namespace";
    if (namespace == MAP_NONE) return str_format(&x->arena, all, STR_ARG(places));
    return str_format(
        &x->arena,
        "the object has no namespace and is named in several; only in '" STR_FMT
        "' a Deployment of it is scaled, so that the others keep the old name: " STR_FMT,
        STR_ARG(scan_text(x->scan, namespace)), STR_ARG(places));
}

void fixer_choose_namespace(Fixer *x, const Finding *object, const Converted *c,
                            NamespaceChoice *out) {
    Buf places = {0};
    *out = (NamespaceChoice){.several = see_namespaces(x, object, &places)};
    if (out->several) {
        out->namespace = serving_namespace(x, object, c);
        out->why = why_others_stay(x, out->namespace, buf_str(&places));
        fixer_note(x, out->why);
    }
    buf_release(&places);
}
