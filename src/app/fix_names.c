/* Names that changes give to what they make: nobody else has them, and no two changes ask for one.
 *
 * Without a namespace nothing proves that two manifests end up in one (docs/decisions/identity.md):
 * then only those in one directory count, which may be applied together. Examples in prose are no
 * objects: they meet none, and those in their own file alone. */
#include "app/fixer.h"

Str fixer_directory(const Fixer *x, uint32_t source) {
    return str_directory(scan_path(x->scan, source));
}

/* What tells whether two objects would meet: their namespace, else where they stand. */
static Str meeting_place(const Fixer *x, const Finding *f, Str namespace) {
    return namespace.len ? namespace : fixer_directory(x, f->source);
}

/* The file of an example; empty for what is applied: objects, and here-documents of scripts. */
static Str example_file(const Fixer *x, const Finding *f) {
    bool example = x->scan->sources.items[f->source].family == FAMILY_MARKDOWN;
    return example ? scan_path(x->scan, f->source) : (Str){0};
}

Str fixer_namespace(const Fixer *x, const Finding *f) {
    const Scan *s = x->scan;
    bool ambiguous;
    Str set = kustomizations_namespace(&s->kustomizations, scan_path(s, f->source), &ambiguous);
    return set.len || ambiguous ? set : scan_text(s, f->namespace);
}

/* ---- what is there ---- */

/* A Service that a JobSet has made belongs to the TrainJob of that name. */
static bool meets(const Fixer *x, const Finding *f, const Identity *wanted, uint32_t object) {
    const ObjectFact *o = &x->scan->index.objects.items[object];
    return (wanted->namespace.len ||
            str_eq(fixer_directory(x, f->source), fixer_directory(x, o->source))) &&
           !str_eq(index_owner_kind(&x->scan->index, object), STR("JobSet"));
}

/* Copies in another namespace, or with other names, have their own survey of Services. */
static bool is_surveyed(const Fixer *x, const Identity *wanted) {
    const Options *o = x->scan->options;
    return (o->namespace.len || o->name_prefix.len) && str_eq(wanted->kind, STR("Service"));
}

static Str place_in_index(Fixer *x, const Finding *f, const Identity *wanted) {
    const Index *index = &x->scan->index;
    if (is_surveyed(x, wanted) || example_file(x, f).len) return (Str){0};
    uint32_t found;
    NamedObjects named =
        index_named(index, wanted->group, wanted->kind, wanted->namespace, wanted->name);
    do found = index_next(index, &named);
    while (found != NO_OBJECT && !meets(x, f, wanted, found));
    return found == NO_OBJECT ? (Str){0} : object_place(&x->arena, x->scan, found, &x->marks);
}

/* ---- what changes make ---- */

/* Manifests of one object ask for the same names, and may have them. */
static Hash128 claimant_of(const Fixer *x, const Finding *f, const Identity *own) {
    uint64_t place[] = {f->source, f->piece, f->document.start, f->resource};
    if (!own->name.len) return hash128_bytes(place, sizeof place);
    Str where = meeting_place(x, f, fixer_namespace(x, f));
    return hash128_texts((Str[]){own->group, own->kind, where, own->name, example_file(x, f)}, 5);
}

/* Copies that --namespace puts into one namespace meet there. */
static Hash128 claim_of(const Fixer *x, const Finding *f, Str group, Str kind, Str namespace,
                        Str name) {
    Str to = x->scan->options->namespace;
    Str where = meeting_place(x, f, to.len ? to : namespace);
    return hash128_texts((Str[]){group, kind, where, name, example_file(x, f)}, 5);
}

Str fixer_name_taken(Fixer *x, const Finding *f, const Identity *own, const Identity *wanted) {
    const Scan *s = x->scan;
    Str place = place_in_index(x, f, wanted);
    if (place.len) return place;
    uint32_t claim = hashmap_get(
        &s->claimed, claim_of(x, f, wanted->group, wanted->kind, wanted->namespace, wanted->name));
    if (claim == MAP_NONE) return (Str){0};
    const Claimant *c = &s->claimants.items[claim];
    if (hash128_eq(c->resource, claimant_of(x, f, own))) return (Str){0};
    return str_format(&x->arena, STR_FMT ":%u", STR_ARG(scan_path(s, c->source)), c->line);
}

void fixer_claim(Fixer *x, const Finding *f, const Identity *own, const Converted *c) {
    Scan *s = x->scan;
    for (size_t i = 0; i < c->created.len; i++) {
        const Created *made = &c->created.items[i];
        Hash128 claim = claim_of(x, f, made->group, made->kind, made->namespace, made->name);
        if (hashmap_get(&s->claimed, claim) != MAP_NONE) continue;
        hashmap_set(&s->claimed, claim, (uint32_t)s->claimants.len);
        vec_push(&s->claimants, (Claimant){claimant_of(x, f, own), f->source, f->place.line});
    }
}

/* ---- several kinds that become one ---- */

static const Conversion *conversion_of(const Fixer *x, const Finding *f) {
    const Fix *fix = &x->scan->rules->rules[f->rule].fix;
    const Conversion *c = fix->kind == FIX_CONVERT ? conversion_find(fix->conversion) : NULL;
    return c && c->makes.len && f->kind != MAP_NONE && scan_text(x->scan, f->name).len ? c : NULL;
}

static Hash128 name_made(const Fixer *x, const Finding *f, const Conversion *c) {
    Str where = meeting_place(x, f, fixer_namespace(x, f));
    Str name = scan_text(x->scan, f->name);
    return hash128_texts((Str[]){c->makes, where, name, example_file(x, f)}, 4);
}

static int by_name(const void *a, const void *b) {
    const Rival *x = a, *y = b;
    uint32_t a_kind = x->finding->kind, b_kind = y->finding->kind;
    int c = hash128_cmp(x->name, y->name);
    if (!c) c = (a_kind > b_kind) - (a_kind < b_kind);
    return c ? c : (x->finding > y->finding) - (x->finding < y->finding);
}

static bool is_same_kind(const Rival *a, const Rival *b) {
    return hash128_eq(a->name, b->name) && a->finding->kind == b->finding->kind;
}

static void count_rivals(Fixer *x) {
    Rival *first = x->rivals.items;
    for (size_t i = 0; i < x->rivals.len; i++) {
        if (!is_same_kind(first, &x->rivals.items[i])) first = &x->rivals.items[i];
        first->count++;
    }
}

static void read_rivals(Fixer *x) {
    const Scan *s = x->scan;
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        const Conversion *c = f->state == FINDING_OPEN ? conversion_of(x, f) : NULL;
        if (c) vec_push(&x->rivals, (Rival){.name = name_made(x, f, c), .finding = f});
    }
    if (x->rivals.len) qsort(x->rivals.items, x->rivals.len, sizeof(Rival), by_name);
    count_rivals(x);
}

static size_t first_rival(const Fixer *x, Hash128 name) {
    size_t low = 0, high = x->rivals.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hash128_cmp(x->rivals.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What it takes goes at once: a change may have many rivals. */
static bool is_converted(Fixer *x, const Finding *f) {
    Arena kept = x->arena;
    Opened o;
    Converted out;
    x->arena = (Arena){0};
    bool ok = !opened_read(x->scan, &x->arena, f, &o);
    if (ok) {
        ok = fixer_convert(x, f, &o, &out);
        convert_release(&out);
    }
    opened_release(&o);
    arena_release(&x->arena);
    x->arena = kept;
    return ok;
}

/* The first of a name and kind that is converted, NULL when none is or not all could be asked. Each
 * is asked once: the next finding goes on where this one ends. */
static const Finding *find_converted(Fixer *x, Rival *first) {
    for (; first->unfit < first->count; first->unfit++) {
        const Finding *f = first[first->unfit].finding;
        if (first->fit) return f;
        if (x->rival_work > x->follow_limit) return NULL;
        x->rival_work += f->piece_length;
        first->fit = is_converted(x, f);
        if (first->fit) return f;
    }
    return NULL;
}

static bool refuse_rival(Fixer *x, const Finding *rival, Str makes) {
    x->fix.refused = str_format(&x->arena,
                                STR_FMT " '" STR_FMT "' in " STR_FMT " becomes a " STR_FMT
                                        " of that name, too: rename one of the two",
                                STR_ARG(scan_text(x->scan, rival->kind)),
                                STR_ARG(scan_text(x->scan, rival->title)),
                                STR_ARG(fixer_place(x, rival)), STR_ARG(makes));
    return false;
}

/* Of one kind and name there is one object, however many manifests it has. */
bool fixer_is_alone(Fixer *x, const Finding *f) {
    const Conversion *c = conversion_of(x, f);
    if (!c) return true;
    if (!x->rivals.len) read_rivals(x);
    Hash128 name = name_made(x, f, c);
    for (size_t i = first_rival(x, name); i < x->rivals.len; i += x->rivals.items[i].count) {
        Rival *r = &x->rivals.items[i];
        if (!hash128_eq(r->name, name)) return true;
        if (r->finding->kind == f->kind) continue;
        const Finding *rival = find_converted(x, r);
        if (rival) return refuse_rival(x, rival, c->makes);
        if (r->unfit < r->count)
            return fixer_refuse(x, "too many may become an object of that name to try them all: "
                                   "fix these first, then run again");
    }
    return true;
}
