/* Reads kustomizations and follows who lists whom. */
#include "model/kustomization.h"

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

static void read_target(Arena *a, const Node *target, KustomizePatch *out) {
    out->targeted = target && target->kind == NODE_MAP;
    out->group = copy_child(a, target, STR("group"));
    out->version = copy_child(a, target, STR("version"));
    out->kind = copy_child(a, target, STR("kind"));
    out->name = copy_child(a, target, STR("name"));
    out->namespace = copy_child(a, target, STR("namespace"));
    out->labels = copy_child(a, target, STR("labelSelector"));
    out->annotations = copy_child(a, target, STR("annotationSelector"));
}

/* Of a part of an object: the keys that every object has. */
static bool is_metadata(const Node *value) {
    return node_is(value->key, STR("apiVersion")) || node_is(value->key, STR("kind")) ||
           node_is(value->key, STR("metadata"));
}

static bool operation_keeps_to_metadata(const Node *operation) {
    return str_starts(text_of(node_child(operation, STR("path"))), STR("/metadata/"));
}

/* Operations of JSON6902, or a part of the object. What cannot be read may touch anything. */
static bool keeps_to_metadata(Arena *a, Str patch) {
    Document doc;
    if (!patch.len || !document_parse(a, patch, &doc) || !doc.root) return false;
    bool map = doc.root->kind == NODE_MAP;
    bool keeps = map || doc.root->kind == NODE_SEQ;
    NODE_EACH (child, doc.root)
        keeps = keeps && (map ? is_metadata(child) : operation_keeps_to_metadata(child));
    return keeps;
}

static void read_patch(Arena *a, const Document *doc, const Node *item, KustomizePatch *out) {
    out->path = copy_child(a, item, STR("path"));
    read_target(a, node_child(item, STR("target")), out);
    read_inline(a, doc, node_child(item, STR("patch")), out);
    out->metadata = out->targeted && keeps_to_metadata(a, out->text);
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

/* ---- what replacements and vars pick ---- */

static bool field_is_metadata(const Node *field) {
    return str_starts(text_of(field), STR("metadata."));
}

/* Without a path it is the name. */
static void read_source(Arena *a, const Node *source, Str field, KustomizePatch *out) {
    const Node *path = node_child(source, field);
    read_target(a, source, out);
    out->metadata = !path || field_is_metadata(path);
}

static void read_replaced(Arena *a, const Node *target, KustomizePatch *out) {
    read_target(a, node_child(target, STR("select")), out);
    out->metadata = true;
    NODE_EACH (field, node_child(target, STR("fieldPaths")))
        out->metadata = out->metadata && field_is_metadata(field);
}

/* The source and the targets, or the file that says them. */
static void read_replacement(Arena *a, const Node *item, KustomizePatch *picks, size_t *count) {
    KustomizePatch *first = &picks[(*count)++];
    read_source(a, node_child(item, STR("source")), STR("fieldPath"), first);
    first->path = copy_child(a, item, STR("path"));
    NODE_EACH (target, node_child(item, STR("targets")))
        read_replaced(a, target, &picks[(*count)++]);
}

static void read_variable(Arena *a, const Node *item, KustomizePatch *out) {
    const Node *field = node_child(node_child(item, STR("fieldref")), STR("fieldPath"));
    read_target(a, node_child(item, STR("objref")), out);
    out->metadata = !field || field_is_metadata(field);
}

static void read_picks(Arena *a, const Node *root, Kustomization *out) {
    const Node *replacements = node_child(root, STR("replacements"));
    const Node *variables = node_child(root, STR("vars"));
    size_t room = count_items(root, STR("replacements")) + count_items(root, STR("vars"));
    NODE_EACH (item, replacements) room += count_items(item, STR("targets"));
    KustomizePatch *picks = arena_array(a, KustomizePatch, room);
    if (count_items(root, STR("replacements")))
        NODE_EACH (item, replacements) read_replacement(a, item, picks, &out->pick_count);
    if (count_items(root, STR("vars")))
        NODE_EACH (item, variables) read_variable(a, item, &picks[out->pick_count++]);
    out->picks = picks;
}

static void read_images(Arena *a, const Node *root, Kustomization *out) {
    Str *names = arena_array(a, Str, count_items(root, STR("images")));
    if (!count_items(root, STR("images"))) return;
    NODE_EACH (image, node_child(root, STR("images"))) {
        Str name = copy_child(a, image, STR("name"));
        if (name.len) names[out->image_count++] = name;
    }
    out->images = names;
}

static void read_transformers(Arena *a, const Node *root, Kustomization *out) {
    read_picks(a, root, out);
    read_images(a, root, out);
    out->renames = text_of(node_child(root, STR("namePrefix"))).len ||
                   text_of(node_child(root, STR("nameSuffix"))).len;
    out->labels = node_child(root, STR("labels")) || node_child(root, STR("commonLabels")) ||
                  node_child(root, STR("commonAnnotations"));
}

bool kustomization_read(Arena *a, Str path, const Document *doc, Kustomization *out) {
    *out = (Kustomization){0};
    if (!doc->root || doc->root->kind != NODE_MAP) return false;
    out->path = path_join(a, STR("."), path);
    out->directory = str_copy(a, str_directory(out->path));
    out->namespace = copy_child(a, doc->root, STR("namespace"));
    read_resources(a, doc->root, out);
    read_patches(a, doc, out);
    read_transformers(a, doc->root, out);
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

typedef VEC(uint32_t) Numbers;

/* Those who list the path and are not known yet go to the end of `found`. */
static void add_listing(const Kustomizations *all, Str path, bool *known, Numbers *found) {
    uint32_t number = names_find(&all->paths, path);
    for (size_t i = number == MAP_NONE ? all->listings.len : first_listing(all, number);
         i < all->listings.len && all->listings.items[i].path == number; i++) {
        uint32_t index = all->listings.items[i].kustomization;
        if (!known[index]) vec_push(found, index);
        known[index] = true;
    }
}

const Kustomization *kustomizations_above(const Kustomizations *all, Str path,
                                          KustomizationVisit *visit, void *context) {
    Arena scratch = {0};
    Numbers found = {0};
    const Kustomization *result = NULL;
    bool *known = arena_array(&scratch, bool, all->items.len);
    add_listing(all, path_join(&scratch, STR("."), path), known, &found);
    for (size_t i = 0; i < found.len && !result; i++) {
        const Kustomization *k = &all->items.items[found.items[i]];
        if (visit(context, k)) result = k;
        add_listing(all, k->directory, known, &found);
    }
    vec_release(&found);
    arena_release(&scratch);
    return result;
}

typedef struct Patching {
    PatchMeans *means;
    void *context;
} Patching;

static bool patches(void *context, const Kustomization *k) {
    const Patching *p = context;
    for (size_t i = 0; i < k->patch_count; i++)
        if (p->means(p->context, k, &k->patches[i])) return true;
    return false;
}

const Kustomization *kustomizations_patching(const Kustomizations *all, Str path, PatchMeans *means,
                                             void *context) {
    Patching asked = {means, context};
    return kustomizations_above(all, path, patches, &asked);
}

void kustomizations_release(Kustomizations *all) {
    vec_release(&all->items);
    vec_release(&all->listings);
    names_release(&all->paths);
    free(all->results);
    *all = (Kustomizations){0};
}
