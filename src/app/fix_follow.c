/* What refers to a renamed object follows it: the same change edits both, or is refused. */
#include "app/fixer.h"

#include "convert/variant_reference.h"

/* The finding stays without a fix: the change of the object would leave it behind. The reason lives
 * in the arena. */
static void cannot_follow(Fixer *x, const Finding *f, Str why) {
    vec_push(&x->left_behind, (LeftBehind){f, why});
}

static bool cannot_be_edited(Fixer *x, Str path) {
    x->fix.refused =
        str_format(&x->arena, "also needs " STR_FMT ", which was read from a pipe", STR_ARG(path));
    return false;
}

/* An inventory is there to be read. What stands in it is edited only when that was asked for, and
 * never by `convert`: it writes what takes the place of its PATHs, and no more. Nor with --staged:
 * the inventory is the work tree's, which may not be what the index has. */
static bool may_edit_inventory(const Scan *s) {
    return s->options->fix_related && !s->options->staged;
}

bool fixer_reaches(Fixer *x, uint32_t source) {
    const ScanSource *s = &x->scan->sources.items[source];
    bool stream = s->source.origin == ORIGIN_STREAM && !x->scan->alone;
    if (s->facts_only && stream) return cannot_be_edited(x, s->source.path);
    if (!s->facts_only || may_edit_inventory(x->scan)) return true;
    if (!fixer_has_text(x->needed.items, x->needed.len, s->source.path))
        vec_push(&x->needed, s->source.path);
    return false;
}

static bool give_name(Fixer *x, const Opened *o, Str name) {
    if (fixer_reaches(x, o->finding->source)) return fixer_set_text(x, o, name);
    return !x->fix.refused.len;
}

static bool refuse_needed(Fixer *x) {
    Buf why = {0};
    for (size_t i = 0; i < x->needed.len; i++)
        buf_addf(&why, "%s" STR_FMT, i ? ", " : "also needs ", STR_ARG(x->needed.items[i]));
    buf_addf(&why, ": add %s to the PATHs", x->needed.len == 1 ? "it" : "them");
    if (x->scan->options->staged)
        buf_add(&why, STR(" (--staged changes nothing else)"));
    else if (!x->scan->alone)
        buf_add(&why, STR(", or allow it with --fix-related"));
    x->fix.refused = str_copy(&x->arena, buf_str(&why));
    buf_release(&why);
    return false;
}

/* … and the change says so. */
static bool keeps_name(Fixer *x, const Finding *f, Str why) {
    cannot_follow(x, f, why);
    fixer_note(x, str_format(&x->arena, STR_FMT " keeps the old name: " STR_FMT,
                             STR_ARG(fixer_place(x, f)), STR_ARG(why)));
    return true;
}

/* Only one of both tells its namespace. */
void fixer_note_assumption(Fixer *x, const Finding *f) {
    if (f->assumed == MAP_NONE) return;
    const char *chosen = f->candidates == MAP_NONE
                             ? ""
                             : "; of those with that name only this one serves its Deployment";
    fixer_note(x,
               str_format(&x->arena, STR_FMT " follows: assumes that both are in one namespace%s",
                          STR_ARG(fixer_place(x, f)), chosen));
}

/* What the change of the object does to the reference. */
typedef struct Following {
    const Finding *object;
    const Converted *converted;
    NamespaceChoice choice;
} Following;

static bool follow_open(Fixer *x, const Finding *f, const Opened *o, const Following *w) {
    const Converted *c = w->converted;
    VariantSelector selector = {.resource = o->resource, .value = scan_text(x->scan, f->value)};
    Follow follow;
    if (!fixer_is_left_out(x, o, &selector.left_out)) return false;
    uint32_t named = fixer_named(x, f);
    if (named == MAP_NONE) return keeps_name(x, f, fixer_why_none(x, f));
    if (f->candidates != MAP_NONE && fixer_object(x, f, named) != w->object) return true;
    if (w->choice.several && f->assumed != MAP_NONE && f->assumed != w->choice.namespace) {
        cannot_follow(x, f, w->choice.why);
        return true;
    }
    if (!variant_follow(&x->arena, &selector, c->renamed.items, c->renamed.len, &follow))
        return keeps_name(x, f, follow.why_not);
    fixer_note_assumption(x, f);
    if (follow.assumes.len)
        fixer_note(x, str_format(&x->arena, STR_FMT ": " STR_FMT, STR_ARG(fixer_place(x, f)),
                                 STR_ARG(follow.assumes)));
    return give_name(x, o, str_copy(&x->arena, follow.to));
}

static bool follow_one(Fixer *x, const Finding *f, const Following *w) {
    Opened o;
    Str place = fixer_place(x, f);
    if (!fixer_open(x, f, &o)) {
        x->fix.refused =
            str_format(&x->arena, STR_FMT ": " STR_FMT, STR_ARG(place), STR_ARG(x->fix.refused));
        return false;
    }
    bool ok = true;
    if (f->state != FINDING_OPEN) {
        fixer_note(x, str_format(&x->arena, STR_FMT " is suppressed and keeps the old name",
                                 STR_ARG(place)));
    } else if (o.identity.owner_kind.len) {
        Str who = str_format(&x->arena, "managed by " STR_FMT " '" STR_FMT "': change that one",
                             STR_ARG(o.identity.owner_kind), STR_ARG(o.identity.owner_name));
        cannot_follow(x, f, who);
        fixer_note(x, str_format(&x->arena, STR_FMT " is " STR_FMT, STR_ARG(place), STR_ARG(who)));
    } else {
        ok = follow_open(x, f, &o, w);
    }
    opened_release(&o);
    return ok;
}

/* References to two objects in turn plan each change again and again. */
static bool has_work_left(Fixer *x, const Finding *f) {
    x->follow_work += f->piece_length;
    return x->follow_work <= x->follow_limit ||
           fixer_refuse(x, "too many refer to such objects to plan them all: fix these first, then "
                           "run again");
}

bool fixer_follow(Fixer *x, const Finding *object, const Converted *c) {
    const LocatedVec *v = &x->references;
    if (!c->renamed.len) return !x->needed.len || refuse_needed(x);
    Following w = {.object = object, .converted = c};
    fixer_choose_namespace(x, object, c, &w.choice);
    for (size_t i = located_first(v, object->source, object->piece, object->resource);
         located_is(v, i, object->source, object->piece, object->resource); i++) {
        const Finding *f = v->items[i].finding;
        const Rule *rule = &x->scan->rules->rules[f->rule];
        if (!fixer_is_followed(x, rule, object) || rule->refers.by_count) continue;
        if (!has_work_left(x, f) || !follow_one(x, f, &w)) return false;
    }
    return !x->needed.len || refuse_needed(x);
}
