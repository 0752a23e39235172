/* Kustomizations that patch what a fix makes another kind of, or gives another name. */
#include "app/fixer.h"

/* Which kinds the files of the scan hold; a file without objects is known as well. */
static Hash128 key_of(Str path, Str kind) {
    Buf text = {0};
    buf_add(&text, path);
    buf_add_char(&text, '\0');
    buf_add(&text, kind);
    Hash128 key = hash128(buf_str(&text));
    buf_release(&text);
    return key;
}

static void read_kinds(Fixer *x) {
    const Scan *s = x->scan;
    if (x->kinds_read) return;
    x->kinds_read = true;
    for (uint32_t i = 0; i < s->sources.len; i++)
        hashmap_set(&x->kinds, key_of(scan_path(s, i), (Str){0}), 0);
    for (size_t i = 0; i < s->index.objects.len; i++) {
        const ObjectFact *o = &s->index.objects.items[i];
        Str type = scan_text(s, o->type);
        size_t slash = str_find_last_char(type, '/');
        Str kind = str_from_offset(type, slash == STR_NONE ? 0 : slash + 1);
        hashmap_set(&x->kinds, key_of(scan_path(s, o->source), kind), 0);
    }
}

typedef struct Patched {
    Fixer *fixer;
    Str kind, name;
    bool surely; /* only patches of which it is certain count */
} Patched;

/* One that cannot be read may hold anything. */
static bool file_means(const Patched *p, Str path) {
    const HashMap *kinds = &p->fixer->kinds;
    read_kinds(p->fixer);
    return hashmap_get(kinds, key_of(path, (Str){0})) == MAP_NONE ||
           hashmap_get(kinds, key_of(path, p->kind)) != MAP_NONE;
}

/* A target's name is an expression; most are nothing but a name. */
bool fixer_is_plain(Str name) {
    for (size_t i = 0; i < name.len; i++)
        if (str_find_char(STR("*+?[](){}|^$\\"), name.data[i]) != STR_NONE) return false;
    return true;
}

static bool target_means(const Patched *p, const KustomizePatch *patch) {
    if (!str_eq(patch->kind, p->kind)) return false;
    if (!patch->name.len) return true;
    return fixer_is_plain(patch->name) ? str_eq(patch->name, p->name) : !p->surely;
}

static bool means(void *context, const Kustomization *k, const KustomizePatch *patch) {
    const Patched *p = context;
    if (patch->kind.len) return target_means(p, patch);
    if (p->surely) return false;
    if (patch->text.len) return str_find(patch->text, p->kind) != STR_NONE;
    return patch->path.len && file_means(p, path_join(&p->fixer->arena, k->directory, patch->path));
}

bool fixer_check_patches(Fixer *x, const Finding *f, const Identity *id) {
    Patched p = {.fixer = x, .kind = id->kind, .name = id->name, .surely = !x->scan->alone};
    const Kustomizations *all = &x->scan->kustomizations;
    Str path = scan_path(x->scan, f->source);
    const Kustomization *k = p.surely ? kustomizations_patching(all, path, means, &p) : NULL;
    if (k) {
        x->fix.refused = str_format(&x->arena,
                                    STR_FMT " patches it, which would not fit any more: write what "
                                            "the patch says into the manifest, or convert both by "
                                            "hand",
                                    STR_ARG(k->path));
        return false;
    }
    p.surely = false;
    k = kustomizations_patching(all, path, means, &p);
    if (k)
        fixer_note(x, str_format(&x->arena,
                                 STR_FMT " patches objects of kind " STR_FMT
                                         ": its patches do not fit any more, write them anew",
                                 STR_ARG(k->path), STR_ARG(id->kind)));
    return true;
}

typedef struct PatchedObject {
    Patched kind;
    const Identity *id;
} PatchedObject;

static bool file_holds(const PatchedObject *p, Str path) {
    const Index *index = &p->kind.fixer->scan->index;
    const Identity *id = p->id;
    NamedObjects named = index_named(index, id->group, id->kind, id->namespace, id->name);
    for (uint32_t o; (o = index_next(index, &named)) != NO_OBJECT;)
        if (str_eq(scan_path(p->kind.fixer->scan, index->objects.items[o].source), path))
            return true;
    return false;
}

static bool means_object(void *context, const Kustomization *k, const KustomizePatch *patch) {
    PatchedObject *p = context;
    if (!means(&p->kind, k, patch)) return false;
    if (patch->kind.len) return true;
    if (patch->text.len) return str_find(patch->text, p->id->name) != STR_NONE;
    Str path = path_join(&p->kind.fixer->arena, k->directory, patch->path);
    bool seen = hashmap_get(&p->kind.fixer->kinds, key_of(path, (Str){0})) != MAP_NONE;
    return !seen || file_holds(p, path);
}

bool fixer_is_unpatched(Fixer *x, const Finding *f, const Identity *id) {
    PatchedObject p = {{.fixer = x, .kind = id->kind, .name = id->name}, id};
    const Kustomization *k = kustomizations_patching(
        &x->scan->kustomizations, scan_path(x->scan, f->source), means_object, &p);
    if (!k) return true;
    x->fix.refused = str_format(&x->arena,
                                STR_FMT " patches it, and what the patch says would be lost: write "
                                        "that into the autoscaler first, and take the patch out",
                                STR_ARG(k->path));
    return false;
}
