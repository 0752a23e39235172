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
    Str kind;
} Patched;

/* One that cannot be read may hold anything. */
static bool file_means(const Patched *p, Str path) {
    const HashMap *kinds = &p->fixer->kinds;
    read_kinds(p->fixer);
    return hashmap_get(kinds, key_of(path, (Str){0})) == MAP_NONE ||
           hashmap_get(kinds, key_of(path, p->kind)) != MAP_NONE;
}

static bool means(void *context, const Kustomization *k, const KustomizePatch *patch) {
    const Patched *p = context;
    if (patch->kind.len) return str_eq(patch->kind, p->kind);
    if (patch->text.len) return str_find(patch->text, p->kind) != STR_NONE;
    return patch->path.len && file_means(p, path_join(&p->fixer->arena, k->directory, patch->path));
}

void fixer_note_patches(Fixer *x, const Finding *f, Str kind) {
    Patched p = {x, kind};
    const Kustomization *k =
        kustomizations_patching(&x->scan->kustomizations, scan_path(x->scan, f->source), means, &p);
    if (!k) return;
    fixer_note(x, str_format(&x->arena,
                             STR_FMT " patches objects of kind " STR_FMT
                                     ": its patches do not fit any more, write them anew",
                             STR_ARG(k->path), STR_ARG(kind)));
}
