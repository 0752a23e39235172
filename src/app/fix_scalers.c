/* What scales the same workload as an object, found by the joins of silent rules: what it says, and
 * what it gains when the object goes. */
#include "app/fixer.h"

/* ---- which they are ---- */

/* A ScaledObject need not say that it means a Deployment. */
static Str scaled_kind(const Node *resource) {
    const Node *target = node_child(node_child(resource, STR("spec")), STR("scaleTargetRef"));
    const Node *kind = node_child(target, STR("kind"));
    return kind ? node_text(kind) : STR("Deployment");
}

static void add(Fixer *x, const Finding *f, const Opened *object) {
    Scaling s = {.finding = f};
    const char *why = opened_read(x->scan, &x->arena, f, &s.opened);
    if (why) s.why_not = str_from(why);
    if (s.opened.resource && str_eq(scaled_kind(s.opened.resource), scaled_kind(object->resource)))
        vec_push(&x->scalings, s);
    else
        opened_release(&s.opened);
}

/* One that may scale the workload of several objects scales none for sure. */
static void add_those_of(Fixer *x, const Finding *manifest, const Opened *object) {
    const LocatedVec *v = &x->references;
    for (size_t i = located_first(v, manifest->source, manifest->piece, manifest->resource);
         located_is(v, i, manifest->source, manifest->piece, manifest->resource); i++) {
        const Finding *f = v->items[i].finding;
        if (!x->scan->rules->rules[f->rule].silent || f->candidates != MAP_NONE) continue;
        x->follow_work += f->piece_length;
        if (x->follow_work > x->follow_limit) return;
        add(x, f, object);
    }
}

typedef bool Keeps(const Fixer *x, const Scaling *s);

static void keep_those(Fixer *x, Keeps *keeps) {
    size_t kept = 0;
    for (size_t i = 0; i < x->scalings.len; i++) {
        Scaling *s = &x->scalings.items[i];
        if (keeps(x, s))
            x->scalings.items[kept++] = *s;
        else
            opened_release(&s->opened);
    }
    x->scalings.len = kept;
}

static bool has(const Fixer *x, Keeps *keeps) {
    for (size_t i = 0; i < x->scalings.len; i++)
        if (keeps(x, &x->scalings.items[i])) return true;
    return false;
}

static bool is_scaled_object(const Fixer *x, const Scaling *s) {
    (void)x;
    return str_eq(s->opened.identity.kind, STR("ScaledObject"));
}

/* KEDA makes an autoscaler for each ScaledObject. */
static bool is_nobody_s(const Fixer *x, const Scaling *s) {
    (void)x;
    return !str_eq(s->opened.identity.owner_kind, STR("ScaledObject"));
}

static bool is_beside(const Fixer *x, const Scaling *s) {
    return str_eq(fixer_directory(x, s->finding->source), fixer_directory(x, x->scaled->source));
}

/* Without a namespace two overlays may both have one: what stands beside the object is meant. */
static void find(Fixer *x, const Finding *f, const Opened *o) {
    if (x->scaled == f) return;
    fixer_forget_scalers(x);
    x->scaled = f;
    size_t first = copies_first(x, f);
    if (!copies_is(x, first, f)) add_those_of(x, f, o);
    for (size_t i = first; copies_is(x, i, f); i++) add_those_of(x, x->copies.items[i].finding, o);
    if (has(x, is_scaled_object)) keep_those(x, is_nobody_s);
    if (!fixer_namespace(x, f).len && has(x, is_beside)) keep_those(x, is_beside);
}

const Node *fixer_scaler(Fixer *x, const Finding *f, const Opened *o, size_t i) {
    find(x, f, o);
    return i < x->scalings.len ? x->scalings.items[i].opened.resource : NULL;
}

void fixer_forget_scalers(Fixer *x) {
    for (size_t i = 0; i < x->scalings.len; i++) opened_release(&x->scalings.items[i].opened);
    x->scalings.len = 0;
    x->scaled = NULL;
}

/* ---- what they gain ---- */

/* The autoscaler has a finding of its own, which follows this one's. */
static bool is_suppressed(const Fixer *x, const Finding *f, const Finding *scaler) {
    const LocatedVec *v = &x->references;
    for (size_t i = located_first(v, f->source, f->piece, f->resource);
         located_is(v, i, f->source, f->piece, f->resource); i++) {
        const Finding *other = v->items[i].finding;
        bool same = other->source == scaler->source && other->piece == scaler->piece &&
                    other->resource == scaler->resource;
        const Rule *rule = &x->scan->rules->rules[other->rule];
        if (same && rule->refers.by_count && !rule->silent && other->state != FINDING_OPEN &&
            other->state < FINDING_MERGED)
            return true;
    }
    return false;
}

static bool refuse(Fixer *x, const Scaling *s, Str why) {
    if (x->fix.refused.len) return false;
    x->fix.refused = str_format(&x->arena, STR_FMT ": " STR_FMT,
                                STR_ARG(fixer_place(x, s->finding)), STR_ARG(why));
    return false;
}

static bool may_gain(Fixer *x, const Finding *f, const Scaling *s) {
    const Identity *id = &s->opened.identity;
    if (s->why_not.len) return refuse(x, s, s->why_not);
    if (is_suppressed(x, f, s->finding))
        return refuse(x, s, STR("suppressed, and it would have to change as well"));
    if (id->owner_kind.len)
        return refuse(x, s,
                      str_format(&x->arena, "managed by " STR_FMT " '" STR_FMT "': change that one",
                                 STR_ARG(id->owner_kind), STR_ARG(id->owner_name)));
    return true;
}

static bool set_text(Fixer *x, Rewrite *rw, Target *root, const Gain *g) {
    ChangeStep step = {.kind = CHANGE_SET, .value = g->text, .plain = g->plain};
    Error err;
    if (!path_parse(&x->arena, g->path, &step.path, &err))
        bug("no path: " STR_FMT, STR_ARG(g->path));
    return steps_apply(rw, root, &step);
}

static bool gain(Fixer *x, size_t number, const Converted *c) {
    const Scaling *s = &x->scalings.items[number];
    Rewrite rw;
    rewrite_begin(&rw, &x->arena, &s->opened.doc, s->opened.resource);
    rw.in_list = s->finding->in_list;
    rw.mends = true;
    Target *root = steps_begin(&rw);
    for (size_t i = 0; i < c->gains.len; i++)
        if (c->gains.items[i].scaler == number && !set_text(x, &rw, root, &c->gains.items[i]))
            break;
    return fixer_take(x, &s->opened, &rw) && !x->fix.refused.len;
}

static bool gains_any(const Converted *c, size_t number) {
    for (size_t i = 0; i < c->gains.len; i++)
        if (c->gains.items[i].scaler == number) return true;
    return false;
}

bool fixer_gain(Fixer *x, const Finding *f, const Opened *o, const Converted *c) {
    if (!c->gains.len || x->copy) return true;
    find(x, f, o);
    for (size_t i = 0; i < x->scalings.len; i++) {
        const Scaling *s = &x->scalings.items[i];
        if (!gains_any(c, i)) continue;
        if (!may_gain(x, f, s)) return false;
        fixer_note_assumption(x, s->finding);
        if (fixer_reaches(x, s->finding->source) && !gain(x, i, c)) return false;
        if (x->fix.refused.len) return false;
    }
    return true;
}
