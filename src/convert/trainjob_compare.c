/* Do the templates of Master and Worker say the same? As trees: the order of keys, quotes and
 * comments say nothing, and neither does what Training Operator v1 ignores. */
#include "convert/trainjob.h"

#include "base/limits.h"

typedef struct Compare {
    const TrainJob *job;
    Arena *arena;
    Str text; /* of the document: of a template only its own letters can be compared */
    const Node *roots[2];
    Difference *out;
    Unlike **next;
    int budget; /* aliases can make a small text endless */
} Compare;

bool trainjob_rendezvous_port(const TrainJob *job, const Node *port) {
    return node_is(node_child(port, STR("name")), job->kind->port_name);
}

static bool only_rendezvous_ports(const TrainJob *job, const Node *ports) {
    ports = node_resolve(ports);
    if (!ports || ports->kind != NODE_SEQ) return false;
    NODE_EACH (port, ports)
        if (!trainjob_rendezvous_port(job, port)) return false;
    return true;
}

/* Fields that do not reach the TrainJob, whatever they say. */
static bool says_nothing(const Compare *c, const Node *field) {
    const Node *map = field->parent;
    Str key = field->key->value;
    bool second_level = map->parent && (map->parent == c->roots[0] || map->parent == c->roots[1]);
    if (str_eq(key, STR("ports"))) return only_rendezvous_ports(c->job, field);
    if (!second_level || !map->key) return false;
    if (str_eq(map->key->value, STR("spec"))) return str_eq(key, STR("restartPolicy"));
    return str_eq(map->key->value, STR("metadata")) &&
           (str_eq(key, STR("name")) || str_eq(key, STR("namespace")) ||
            str_eq(key, STR("creationTimestamp")));
}

static bool differ(Compare *c, const Node *master, const Node *worker) {
    c->out->master = master;
    c->out->worker = worker;
    return false;
}

static bool same_scalars(Compare *c, const Node *master, const Node *worker) {
    if (!master->templated && !worker->templated)
        return str_eq(master->value, worker->value) || differ(c, master, worker);
    c->out->assumed = true;
    return str_eq(span_text(c->text, master->span), span_text(c->text, worker->span)) ||
           differ(c, master, worker);
}

static bool same(Compare *c, const Node *master, const Node *worker);

/* ---- what may differ ---- */

static bool is_placement(Str key) {
    static const Str keys[] = {STR_INIT("affinity"),
                               STR_INIT("nodeName"),
                               STR_INIT("nodeSelector"),
                               STR_INIT("priorityClassName"),
                               STR_INIT("schedulerName"),
                               STR_INIT("tolerations"),
                               STR_INIT("topologySpreadConstraints")};
    for (size_t i = 0; i < FIELD_COUNT(keys); i++)
        if (str_eq(key, keys[i])) return true;
    return false;
}

static bool is_pod(const Compare *c, const Node *map) {
    return map->key && str_eq(map->key->value, STR("spec")) &&
           (map->parent == c->roots[0] || map->parent == c->roots[1]);
}

/* No two items that go by one name are different. */
static bool can_be_united(Compare *c, const Node *master, const Node *worker, Str id) {
    const Node *m = node_resolve(master), *w = node_resolve(worker);
    if (trainjob_is_empty(m) || trainjob_is_empty(w)) return true;
    if (m->kind != NODE_SEQ || w->kind != NODE_SEQ || m->templated || w->templated) return false;
    NODE_EACH (item, m) {
        const Node *other = trainjob_namesake(w, item, id);
        if (!node_text(node_child(item, id)).len || (other && !same(c, item, other))) return false;
    }
    return true;
}

static bool may_differ(Compare *c, const Node *master, const Node *worker, UnlikeKind *kind) {
    const Node *field = master ? master : worker, *map = field->parent;
    Str key = field->key->value;
    bool of_pod = is_pod(c, map);
    bool of_main = node_is(node_child(map, STR("name")), c->job->kind->container);
    *kind = of_main && str_eq(key, STR("resources")) ? UNLIKE_RESOURCES
            : of_pod && is_placement(key)            ? UNLIKE_PLACEMENT
                                                     : UNLIKE_UNITED;
    if (*kind != UNLIKE_UNITED) return true;
    PodPart part = of_pod ? PART_POD : PART_CONTAINER;
    return (of_pod || of_main) && trainjob_is_united(part, key) &&
           can_be_united(c, master, worker, trainjob_united_id(part, key));
}

/* Remembers a difference that may be, and looks on. */
static bool tolerate(Compare *c, const Node *master, const Node *worker, UnlikeKind kind) {
    *c->next = arena_new(c->arena, Unlike);
    **c->next = (Unlike){.kind = kind, .master = master, .worker = worker};
    c->next = &(*c->next)->next;
    c->out->master = c->out->worker = NULL;
    return true;
}

static bool same_field(Compare *c, const Node *master, const Node *worker) {
    UnlikeKind kind;
    if (same(c, master, worker)) return true;
    Difference found = *c->out;
    if (!found.endless && may_differ(c, master, worker, &kind) && !c->out->endless)
        return tolerate(c, master, worker, kind);
    return differ(c, found.master, found.worker);
}

/* ---- the trees ---- */

/* Containers are told apart by their names, in any order. */
static bool same_containers(Compare *c, const Node *master, const Node *worker) {
    NODE_EACH (container, master)
        if (!same(c, container, trainjob_namesake(worker, container, STR("name")))) return false;
    NODE_EACH (container, worker)
        if (!trainjob_namesake(master, container, STR("name"))) return differ(c, NULL, container);
    return true;
}

static bool is_containers(const Compare *c, const Node *list) {
    if (!list->key || !str_eq(list->key->value, STR("containers"))) return false;
    NODE_EACH (container, list)
        if (!node_text(node_child(container, STR("name"))).len) return false;
    return is_pod(c, list->parent);
}

static bool same_items(Compare *c, const Node *master, const Node *worker) {
    if (is_containers(c, master) && is_containers(c, worker))
        return same_containers(c, master, worker);
    const Node *m = master->first, *w = worker->first;
    for (; m || w; m = m ? m->next : NULL, w = w ? w->next : NULL)
        if (!m || !w ? !differ(c, m, w) : !same(c, m, w)) return false;
    return true;
}

static bool same_fields(Compare *c, const Node *master, const Node *worker) {
    NODE_EACH (field, master)
        if (!says_nothing(c, field) && !same_field(c, field, node_child(worker, field->key->value)))
            return false;
    NODE_EACH (field, worker)
        if (!says_nothing(c, field) && !node_child(master, field->key->value) &&
            !same_field(c, NULL, field))
            return false;
    return true;
}

static bool same(Compare *c, const Node *master, const Node *worker) {
    const Node *m = node_resolve(master), *w = node_resolve(worker);
    if (m == w || (trainjob_is_empty(m) && trainjob_is_empty(w))) return true;
    if (--c->budget < 0) {
        c->out->endless = true;
        return false;
    }
    if (!m || !w || m->kind != w->kind) return differ(c, m, w);
    if (m->kind != NODE_SCALAR && (m->templated || w->templated)) return differ(c, m, w);
    if (m->kind == NODE_SCALAR) return same_scalars(c, m, w);
    return m->kind == NODE_SEQ ? same_items(c, m, w) : same_fields(c, m, w);
}

bool trainjob_same_templates(const TrainJob *job, Difference *out) {
    const Node *master = job->master.template, *worker = job->worker.template;
    *out = (Difference){0};
    Compare c = {.job = job,
                 .arena = job->in->arena,
                 .next = &out->unlike,
                 .text = job->in->doc->text,
                 .roots = {node_resolve(master), node_resolve(worker)},
                 .out = out,
                 .budget = LIMIT_ALIAS_NODES};
    return same(&c, master, worker);
}
