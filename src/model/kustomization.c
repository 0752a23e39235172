/* Reads kustomizations and follows who lists whom. */
#include "model/kustomization.h"

#include "base/buf.h"
#include "base/buf.h"
#include "base/limits.h"

#include <string.h>

static Str last_part(Str path) {
    size_t slash = str_find_last_char(path, '/');
    return slash == STR_NONE ? path : str_from_offset(path, slash + 1);
}

bool kustomization_is(Str path) {
    Str name = last_part(path);
    return str_eq(name, STR("kustomization.yaml")) || str_eq(name, STR("kustomization.yml")) ||
           str_eq(name, STR("Kustomization"));
}

/* ---- paths ---- */

/* Appends the parts of `path` to `into`; ".." takes the last one away if it is a name. */
static void add_parts(Buf *into, Str path) {
    Str part;
    while (str_split(&path, '/', &part)) {
        if (!part.len || str_eq(part, STR("."))) continue;
        Str before = last_part(buf_str(into));
        if (str_eq(part, STR("..")) && str_eq(buf_str(into), STR("/"))) continue;
        if (str_eq(part, STR("..")) && before.len && !str_eq(before, STR(".."))) {
            into->len -= before.len;
            if (into->len > 1) into->len--; /* the slash, but not that of the root */
            continue;
        }
        if (into->len && into->data[into->len - 1] != '/') buf_add_char(into, '/');
        buf_add(into, part);
    }
}

Str path_join(Arena *a, Str directory, Str path) {
    Buf joined = {0};
    bool absolute = str_starts(path, STR("/"));
    if (absolute || str_starts(directory, STR("/"))) buf_add_char(&joined, '/');
    if (!absolute) add_parts(&joined, directory);
    add_parts(&joined, path);
    Str result = str_copy(a, joined.len ? buf_str(&joined) : STR("."));
    buf_release(&joined);
    return result;
}

/* URLs, Git's `user@host:path`, and the short form `github.com/a/b?ref=v1`. */
static bool is_remote(Str path) {
    return str_find(path, STR("://")) != STR_NONE || str_find(path, STR("?ref=")) != STR_NONE ||
           str_starts(path, STR("git@")) || str_starts(path, STR("git::"));
}

/* ---- reading ---- */

/* `- ` and `namespace: null` say nothing. */
static Str text_of(const Node *n) {
    return node_is_null(n) ? (Str){0} : node_text(n);
}

static Str copy_child(Arena *a, const Node *map, Str key) {
    return str_copy(a, text_of(node_child(map, key)));
}

static size_t count_items(const Node *map, Str key) {
    const Node *list = node_child(map, key);
    return list && list->kind == NODE_SEQ ? list->count : 0;
}

static void read_resources(Arena *a, const Node *root, Kustomization *out) {
    static const Str keys[] = {STR_INIT("resources"), STR_INIT("bases"), STR_INIT("components")};
    enum { KEYS = sizeof keys / sizeof *keys };
    size_t room = 0;
    for (size_t i = 0; i < KEYS; i++) room += count_items(root, keys[i]);
    Str *items = arena_array(a, Str, room);
    for (size_t i = 0; i < KEYS; i++) {
        if (!count_items(root, keys[i])) continue;
        NODE_EACH (item, node_child(root, keys[i])) {
            Str text = text_of(item);
            if (text.len) items[out->resource_count++] = str_copy(a, text);
        }
    }
    out->resources = items;
}

/* From behind the header to behind the last line. */
static Span raw_lines(const Document *doc, const Node *n) {
    size_t header = str_find_char(span_text(doc->text, n->span), '\n');
    if (n->style != STYLE_LITERAL || header == STR_NONE) return (Span){0};
    size_t rest = str_find_char(str_from_offset(doc->text, n->span.end - 1), '\n');
    uint32_t end = rest == STR_NONE ? (uint32_t)doc->text.len : n->span.end + (uint32_t)rest;
    return (Span){n->span.start + (uint32_t)header + 1, end};
}

static void read_inline(Arena *a, const Document *doc, const Node *n, KustomizePatch *out) {
    out->text = str_copy(a, text_of(n));
    if (out->text.len) out->lines = raw_lines(doc, node_resolve(n));
}

/* An item of patchesStrategicMerge is a path or, with line breaks, the patch itself. */
static void read_merge_patch(Arena *a, const Document *doc, const Node *item, KustomizePatch *out) {
    Str text = text_of(item);
    if (str_find_char(text, '\n') == STR_NONE)
        out->path = str_copy(a, text);
    else
        read_inline(a, doc, item, out);
}

static void read_patch(Arena *a, const Document *doc, const Node *item, KustomizePatch *out) {
    const Node *target = node_child(item, STR("target"));
    out->path = copy_child(a, item, STR("path"));
    out->group = copy_child(a, target, STR("group"));
    out->version = copy_child(a, target, STR("version"));
    out->kind = copy_child(a, target, STR("kind"));
    out->name = copy_child(a, target, STR("name"));
    out->namespace = copy_child(a, target, STR("namespace"));
    read_inline(a, doc, node_child(item, STR("patch")), out);
}

typedef struct PatchList {
    Str key;
    bool json;
    void (*read)(Arena *a, const Document *doc, const Node *item, KustomizePatch *out);
} PatchList;

static const PatchList patch_lists[] = {
    {STR_INIT("patches"), false, read_patch},
    {STR_INIT("patchesStrategicMerge"), false, read_merge_patch},
    {STR_INIT("patchesJson6902"), true, read_patch},
};
enum { PATCH_LISTS = sizeof patch_lists / sizeof *patch_lists };

static void read_patches(Arena *a, const Document *doc, Kustomization *out) {
    size_t room = 0;
    for (size_t i = 0; i < PATCH_LISTS; i++) room += count_items(doc->root, patch_lists[i].key);
    KustomizePatch *items = arena_array(a, KustomizePatch, room);
    for (size_t i = 0; i < PATCH_LISTS; i++) {
        if (!count_items(doc->root, patch_lists[i].key)) continue;
        NODE_EACH (item, node_child(doc->root, patch_lists[i].key)) {
            KustomizePatch patch = {.json = patch_lists[i].json};
            patch_lists[i].read(a, doc, item, &patch);
            if (patch.path.len || patch.text.len) items[out->patch_count++] = patch;
        }
    }
    out->patches = items;
}

bool kustomization_read(Arena *a, Str path, const Document *doc, Kustomization *out) {
    *out = (Kustomization){0};
    if (!doc->root || doc->root->kind != NODE_MAP) return false;
    out->path = path_join(a, STR("."), path);
    out->directory = str_copy(a, str_directory(out->path));
    out->namespace = copy_child(a, doc->root, STR("namespace"));
    read_resources(a, doc->root, out);
    read_patches(a, doc, out);
    return true;
}

/* ---- who lists whom ---- */

static void list_path(Kustomizations *all, Arena *scratch, uint32_t index, Str path) {
    if (!path.len || is_remote(path)) return;
    Str joined = path_join(scratch, all->items.items[index].directory, path);
    vec_push(&all->listings, (KustomizeListing){names_intern(&all->paths, joined), index});
}

void kustomizations_add(Kustomizations *all, const Kustomization *one) {
    Arena scratch = {0};
    uint32_t index = (uint32_t)all->items.len;
    vec_push(&all->items, *one);
    for (size_t i = 0; i < one->resource_count; i++)
        list_path(all, &scratch, index, one->resources[i]);
    for (size_t i = 0; i < one->patch_count; i++)
        list_path(all, &scratch, index, one->patches[i].path);
    arena_release(&scratch);
}

static int by_path(const void *a, const void *b) {
    const KustomizeListing *x = a, *y = b;
    if (x->path != y->path) return x->path < y->path ? -1 : 1;
    return (x->kustomization > y->kustomization) - (x->kustomization < y->kustomization);
}

static size_t first_listing(const Kustomizations *all, uint32_t path) {
    size_t low = 0, high = all->listings.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->listings.items[middle].path < path)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static KustomizeResult resolve(const Kustomizations *all, uint32_t index, int depth);

/* What those who list the path make of `own`, the namespace that it has without them. */
static KustomizeResult resolve_path(const Kustomizations *all, Str path, Str own, int depth) {
    KustomizeResult result = {.namespace = own, .known = true};
    uint32_t number = names_find(&all->paths, path);
    if (number == MAP_NONE) return result;
    bool first = true;
    for (size_t i = first_listing(all, number);
         i < all->listings.len && all->listings.items[i].path == number; i++) {
        KustomizeResult outer = resolve(all, all->listings.items[i].kustomization, depth + 1);
        if (outer.busy) continue; /* a cycle closes here */
        if (outer.ambiguous) return outer;
        if (!outer.namespace.len) outer.namespace = own;
        if (!first && !str_eq(outer.namespace, result.namespace))
            return (KustomizeResult){.known = true, .ambiguous = true};
        result.namespace = outer.namespace;
        first = false;
    }
    return result;
}

/* Deeper nesting than anyone has is called ambiguous rather than followed. */
static KustomizeResult resolve(const Kustomizations *all, uint32_t index, int depth) {
    KustomizeResult *result = &all->results[index];
    if (result->known || result->busy) return *result;
    if (depth > LIMIT_DEPTH) return (KustomizeResult){.known = true, .ambiguous = true};
    const Kustomization *k = &all->items.items[index];
    result->busy = true;
    *result = resolve_path(all, k->directory, k->namespace, depth);
    return *result;
}

void kustomizations_link(Kustomizations *all) {
    if (!all->items.len) return;
    if (all->listings.len)
        qsort(all->listings.items, all->listings.len, sizeof *all->listings.items, by_path);
    all->results = mem_zero(all->items.len * sizeof *all->results);
    for (uint32_t i = 0; i < all->items.len; i++) resolve(all, i, 0);
}

Str kustomizations_namespace(const Kustomizations *all, Str path, bool *ambiguous) {
    *ambiguous = false;
    if (!all->results) return (Str){0};
    Arena scratch = {0};
    KustomizeResult result = resolve_path(all, path_join(&scratch, STR("."), path), (Str){0}, 0);
    arena_release(&scratch);
    *ambiguous = result.ambiguous;
    return result.ambiguous ? (Str){0} : result.namespace;
}

enum { MOST_ABOVE = 8 /* kustomizations above each other; cycles end there, too */ };

static const Kustomization *patching(const Kustomizations *all, Str path, PatchMeans *means,
                                     void *context, int depth) {
    uint32_t number = depth < MOST_ABOVE ? names_find(&all->paths, path) : MAP_NONE;
    for (size_t i = number == MAP_NONE ? all->listings.len : first_listing(all, number);
         i < all->listings.len && all->listings.items[i].path == number; i++) {
        const Kustomization *k = &all->items.items[all->listings.items[i].kustomization];
        for (size_t p = 0; p < k->patch_count; p++)
            if (means(context, k, &k->patches[p])) return k;
        const Kustomization *above = patching(all, k->directory, means, context, depth + 1);
        if (above) return above;
    }
    return NULL;
}

const Kustomization *kustomizations_patching(const Kustomizations *all, Str path, PatchMeans *means,
                                             void *context) {
    Arena scratch = {0};
    const Kustomization *found =
        patching(all, path_join(&scratch, STR("."), path), means, context, 0);
    arena_release(&scratch);
    return found;
}

void kustomizations_release(Kustomizations *all) {
    vec_release(&all->items);
    vec_release(&all->listings);
    names_release(&all->paths);
    free(all->results);
    *all = (Kustomizations){0};
}
