/* Reads the neighbours of a key. */
#include "model/secret_place.h"

#define IS_ONE_OF(key, table) is_one_of((key), (table), sizeof(table) / sizeof *(table))

static bool is_one_of(Str key, const Str *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(key, table[i])) return true;
    return false;
}

/* ---- Secrets ---- */

/* The key under which the map stands, directly or as an item of a list. */
Str place_key_of_map(const Node *map) {
    const Node *n = map->key || !map->parent ? map : map->parent;
    return n->key ? n->key->value : (Str){0};
}

static bool has_data(const Node *map) {
    return node_child(map, STR("data")) || node_child(map, STR("stringData"));
}

/* Is it an item of a SecretList, or one that was cut off from its list? Of those no more is known
 * than that they leave out what the list says. */
static bool is_list_item(const Node *map) {
    const Node *list = map->parent;
    if (!list) return node_child(map, STR("metadata")) && !node_child(map, STR("apiVersion"));
    if (list->kind != NODE_SEQ) return false;
    if (!list->parent) return node_child(map, STR("metadata")) != NULL;
    return str_eq(place_key_of_map(map), STR("items")) &&
           node_is(node_child(list->parent, STR("kind")), STR("SecretList"));
}

bool place_is_secret(const Node *map) {
    const Node *kind = node_child(map, STR("kind"));
    if (kind && !kind->templated) return node_is(kind, STR("Secret"));
    if (!has_data(map)) return false;
    return kind || node_child(map, STR("type")) || is_list_item(map);
}

/* ---- keys ---- */

/* `key` names a label, a ConfigMap's entry … when its neighbours say so. */
bool place_has_open_key(const Node *map) {
    static const Str siblings[] = {STR_INIT("operator"), STR_INIT("effect"), STR_INIT("values"),
                                   STR_INIT("value"),    STR_INIT("path"),   STR_INIT("valueFrom")};
    static const Str parents[] = {STR_INIT("tolerations"), STR_INIT("taints"), STR_INIT("selector"),
                                  STR_INIT("matchExpressions"), STR_INIT("items")};
    for (size_t i = 0; i < sizeof siblings / sizeof *siblings; i++)
        if (node_child(map, siblings[i])) return true;
    Str parent = place_key_of_map(map);
    return IS_ONE_OF(parent, parents) || str_ends(parent, STR("Ref")) ||
           str_ends(parent, STR("Selector"));
}

/* The property of a JSON Schema: it describes passwords and holds none, but by example. */
bool place_is_schema(const Node *n) {
    return n->kind == NODE_MAP && n->parent &&
           str_eq(place_key_of_map(n->parent), STR("properties")) &&
           (node_is_scalar(node_child(n, STR("type"))) || node_child(n, STR("$ref")) ||
            node_is_scalar(node_child(n, STR("description"))));
}

Pointer place_pointer(const Node *map, Under under) {
    if (!under.name.len || under.all) return (Pointer){0};
    bool secrets = str_ends(under.name, STR("ecret")) || str_ends(under.name, STR("ecrets"));
    bool name = node_child(map, STR("name")) || node_child(map, STR("secretName"));
    bool near = node_child(map, STR("key")) || node_child(map, STR("namespace")) ||
                node_child(map, STR("optional"));
    return (Pointer){.named = secrets || near, .keyed = name && (secrets || !under.item)};
}

static bool ends_pointing(Str key) {
    static const Str ends[] = {STR_INIT("Ref"), STR_INIT("Refs"), STR_INIT("Path"),
                               STR_INIT("File")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(key, ends[i])) return true;
    return false;
}

/* Does it tell where or how, in a map under a secret's name? */
bool place_is_open(const Node *child, Pointer pointer) {
    static const Str open[] = {
        STR_INIT("secretName"),
        STR_INIT("secretNamespace"),
        STR_INIT("namespace"),
        STR_INIT("defaultMode"),
        STR_INIT("mode"),
        STR_INIT("optional"),
        STR_INIT("audience"),
        STR_INIT("audiences"),
        STR_INIT("expirationSeconds"),
        STR_INIT("algorithm"),
        STR_INIT("encoding"),
        STR_INIT("rotationPolicy"),
        STR_INIT("size"),
        STR_INIT("type"),
        STR_INIT("kind"),
        STR_INIT("apiVersion"),
        STR_INIT("apiGroup"),
        STR_INIT("group"),
        STR_INIT("path"),
        STR_INIT("file"),
        STR_INIT("existingSecret"),
    };
    static const Str switches[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
    Str key = child->key ? child->key->value : (Str){0};
    if (child->style == STYLE_PLAIN && IS_ONE_OF(child->value, switches)) return true;
    if (str_eq(key, STR("name"))) return pointer.named;
    if (str_eq(key, STR("key"))) return pointer.keyed;
    if (str_eq(key, STR("items")))
        return child->kind == NODE_SEQ && child->first && child->first->kind == NODE_MAP;
    if (str_eq(key, STR("valueFrom"))) return child->kind == NODE_MAP;
    return IS_ONE_OF(key, open) || ends_pointing(key);
}
