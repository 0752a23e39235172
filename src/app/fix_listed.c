/* Kustomizations that list a file whose last object goes: kustomize refuses what lists nothing that
 * is there, so the entry goes by the same change. */
#include "app/fixer.h"

static Gone place_of(const Finding *f) {
    return (Gone){f->source, f->piece + f->document.start + f->resource};
}

/* A dump holds far more than that: its objects are not counted to the end. */
static bool has_more(const Scan *s, uint32_t source, size_t than) {
    size_t count = 0;
    for (size_t i = 0; i < s->index.objects.len && count <= than; i++)
        count += s->index.objects.items[i].source == source;
    return count > than;
}

/* Of several that go, the last one takes the entry along, once all before it are known to go. */
static bool is_last(Fixer *x, const Finding *f) {
    Gone own = place_of(f);
    size_t before = 0;
    bool known = false;
    for (size_t i = 0; i < x->gone.len; i++) {
        const Gone *other = &x->gone.items[i];
        if (other->source != own.source) continue;
        if (other->place > own.place) return false;
        known |= other->place == own.place;
        before += other->place < own.place;
    }
    if (!known) vec_push(&x->gone, own);
    return !has_more(x->scan, f->source, before + 1);
}

/* ---- the entries ---- */

/* Does a silent rule point there, at an entry that names the file? */
static bool names(Fixer *x, const Finding *entry, Str file) {
    if (entry->refers || !x->scan->rules->rules[entry->rule].silent) return false;
    Str path = scan_path(x->scan, entry->source);
    size_t slash = str_find_last_char(path, '/');
    Str directory = slash == STR_NONE ? STR(".") : str_slice(path, 0, slash);
    return str_eq(path_join(&x->arena, directory, scan_text(x->scan, entry->value)), file);
}

static bool drop_entry(Fixer *x, const Opened *o) {
    Rewrite rw;
    Error err;
    ChangeStep step = {
        .kind = CHANGE_DROP, .value = STR("the file holds no object any more"), .harmless = true};
    const Node *entry = opened_node(o, o->finding->place);
    if (!entry) return fixer_refuse(x, "the entry of the kustomization is not where it was");
    rewrite_begin(&rw, &x->arena, &o->doc, o->resource);
    if (!path_parse(&x->arena, fixer_path(x, o->resource, entry), &step.path, &err))
        return fixer_refuse(x, "the entry of the kustomization cannot be named");
    Target *root = steps_begin(&rw);
    steps_apply(&rw, root, &step);
    return fixer_take(x, o, &rw);
}

static bool unlist(Fixer *x, const Finding *entry) {
    Opened o;
    Str place = fixer_place(x, entry);
    if (!fixer_reaches(x, entry->source)) return !x->fix.refused.len;
    bool ok = fixer_open(x, entry, &o) && drop_entry(x, &o);
    opened_release(&o);
    if (!ok)
        x->fix.refused =
            str_format(&x->arena, STR_FMT ": " STR_FMT, STR_ARG(place), STR_ARG(x->fix.refused));
    return ok;
}

bool fixer_unlist(Fixer *x, const Finding *f) {
    const Scan *s = x->scan;
    if (s->alone || !is_last(x, f)) return true;
    Str path = scan_path(s, f->source), file = path_join(&x->arena, STR("."), path);
    for (size_t i = 0; i < s->outside.len; i++) {
        const Finding *entry = &s->outside.items[i];
        if (names(x, entry, file) && !unlist(x, entry)) return false;
    }
    fixer_remark(
        x, str_format(&x->arena, STR_FMT " is left without an object: delete it", STR_ARG(path)));
    return true;
}
