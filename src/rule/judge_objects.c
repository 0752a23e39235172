/* Which objects a document holds: one, the items of a List, a kustomization, objects in objects. */
#include "rule/judge_inside.h"

#include "model/inner.h"
#include "model/list.h"

/* What stands in a secret is not named. */
static void cover(SightResource *res) {
    if (res->secret) res->identity.namespace = res->identity.name = STR("***");
}

static Str path_in(Judge *j, const Node *root, const Node *n) {
    Buf path = {0};
    path_write(&path, root, n);
    Str text = str_copy(&j->arena, buf_str(&path));
    buf_release(&path);
    return text;
}

/* A manifest in an object's text: findings in it are the object's, told at their own place. */
static void enter_carrier(Room *r, SightResource *res) {
    const Node *at = r->carrier->key ? r->carrier->key : r->carrier;
    Span span = {at->span.start + r->outer->start, at->span.end + r->outer->start};
    res->carrier = lines_place(&r->judge->lines, span);
    res->outer_document =
        (Span){r->outer->start, r->outer->start + (uint32_t)r->outer->doc.text.len};
    res->outer = sight_carrier(r->outer->resources.items, r->outer->resources.len, r->carrier);
    if (res->outer) {
        res->object = res->outer->object;
        res->carrier_path = path_in(r->judge, res->outer->node, r->carrier);
    }
    res->secret = r->secret;
    cover(res);
}

static void judge_resource(Room *r, const Node *node, const Identity *id) {
    Judge *j = r->judge;
    SightResource res = {.node = node, .identity = *id, .object = UINT32_MAX};
    if (r->outer)
        enter_carrier(r, &res);
    else if (!r->example)
        res.object =
            j->sink->object(j->sink->context, id, j->piece->offset + r->start + node->span.start,
                            r->is_list || j->piece->kind == PIECE_ITEM);
    vec_push(&r->resources, res);
}

static bool collect_list(Room *r, const Node *list, bool nested);

/* The items of a List that was not cut; those of a typed List may leave out what its kind says. */
static void collect_items(Room *r, Str api_version, Str kind, const Node *items) {
    r->is_list = true;
    r->typed_list |= kind.len > 4;
    NODE_EACH (item, items) {
        Identity id;
        if (item->kind == NODE_ALIAS) continue; /* an item that was met before */
        if (collect_list(r, item, true) || item->kind != NODE_MAP) continue;
        if (identity_from_tree(item, &id) || identity_from_list(item, api_version, kind, &id))
            judge_resource(r, item, &id);
    }
}

/* False: it is no List. A map that stands in another List must say that it is one. */
static bool collect_list(Room *r, const Node *list, bool nested) {
    const Node *items = list_items(list);
    Str kind = node_text(node_child(list, STR("kind")));
    if (!items || (nested && list->kind == NODE_MAP && !kind.len)) return false;
    collect_items(r, node_text(node_child(list, STR("apiVersion"))), kind, items);
    return true;
}

/* kustomize lets the file's name say what it is. No object: it never reaches a cluster. */
static bool judge_kustomization(Room *r, const Node *root) {
    if (r->judge->task->family != FAMILY_KUSTOMIZATION || r->outer) return false;
    if (root->kind != NODE_MAP) return false;
    if (node_child(root, STR("apiVersion")) || node_child(root, STR("kind"))) return false;
    SightResource res = {.node = root, .object = UINT32_MAX};
    identity_set_type(&res.identity, STR("kustomize.config.k8s.io/v1beta1"), STR("Kustomization"));
    vec_push(&r->resources, res);
    return true;
}

/* What kube-state-metrics is told to count says its kind and no apiVersion; it is a file of its
 * own, or stands in the values of a chart. No object. */
static bool judge_state_metrics(Room *r, const Node *root) {
    const Node *values = node_child(root, STR("kube-state-metrics"));
    const Node *chart = node_child(values ? values : root, STR("customResourceState"));
    const Node *config = chart ? node_child(chart, STR("config")) : root;
    if (!node_is(node_child(config, STR("kind")), STR("CustomResourceStateMetrics"))) return false;
    SightResource res = {.node = config, .object = UINT32_MAX};
    identity_set_type(&res.identity, (Str){0}, STR("CustomResourceStateMetrics"));
    vec_push(&r->resources, res);
    return true;
}

/* Rules about documents look at trees that are no resource. */
static void judge_bare(Room *r, const Node *root) {
    Judge *j = r->judge;
    bool wanted = false;
    for (size_t i = 0; i < j->rules->count && !wanted; i++)
        wanted = j->rules->rules[i].resource.documents && judge_wants(j, i);
    if (!wanted || r->outer || j->piece->kind == PIECE_ITEM) return;
    vec_push(&r->resources, (SightResource){.node = root, .object = UINT32_MAX, .bare = true});
}

void judge_collect(Room *r) {
    const Judge *j = r->judge;
    const Node *root = node_resolve(r->doc.root);
    bool in_yaml_item = j->piece->kind == PIECE_ITEM && !r->outer && root && root->kind == NODE_SEQ;
    if (in_yaml_item) root = node_item(root, 0);
    Identity id;
    if (!root || judge_kustomization(r, root) || judge_state_metrics(r, root) ||
        collect_list(r, root, false) || root->kind != NODE_MAP)
        return;
    bool typed = j->piece->kind == PIECE_ITEM && !r->outer && j->task->list_kind.len;
    if (identity_from_tree(root, &id) ||
        (typed && identity_from_list(root, j->task->list_api_version, j->task->list_kind, &id)))
        judge_resource(r, root, &id);
    else
        judge_bare(r, root);
}

/* ---- objects in objects ---- */

typedef struct InnerSearch {
    Room *room;
    size_t outer; /* among its resources */
    VEC(size_t) outers;
} InnerSearch;

static void take_inner(void *context, const Node *object, const Identity *id) {
    InnerSearch *s = context;
    Room *r = s->room;
    const SightResource *outer = &r->resources.items[s->outer];
    Span key = {object->key ? object->key->span.start : object->span.start, object->span.start};
    if (object->key) key.end = object->key->span.end;
    SightResource res = {
        .node = object, .identity = *id, .object = outer->object, .secret = outer->secret};
    res.carrier = lines_place(&r->judge->lines, (Span){key.start + r->start, key.end + r->start});
    cover(&res);
    res.carrier_path = path_in(r->judge, outer->node, object);
    vec_push(&r->resources, res);
    vec_push(&s->outers, s->outer);
}

/* They are judged behind all others: what is said of the object around them counts for them. */
void judge_collect_inner(Room *r) {
    InnerSearch search = {.room = r};
    size_t count = r->resources.len;
    for (; search.outer < count; search.outer++) {
        SightResource outer = r->resources.items[search.outer];
        inner_each(&r->judge->arena, outer.node, &outer.identity, take_inner, &search);
    }
    for (size_t i = count; i < r->resources.len; i++)
        r->resources.items[i].outer = &r->resources.items[search.outers.items[i - count]];
    vec_release(&search.outers);
}
