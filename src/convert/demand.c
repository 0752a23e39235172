/* Counting nodes and what they request, in trees that are read and in trees that are wanted. */
#include "convert/demand.h"

#include "convert/quantity.h"

/* A value of either tree. What a change keeps goes on as nodes of the source. */
typedef struct Part {
    const Node *node;
    const Target *target;
} Part;

static Part part_of(const Node *node, const Target *target) {
    if (target && target->kind == TARGET_KEEP) node = target->source, target = NULL;
    return target ? (Part){.target = target} : (Part){.node = node_resolve(node)};
}

static bool part_exists(Part p) {
    return p.target || (p.node && !node_is_null(p.node));
}

static Str target_key(const Target *t) {
    if (t->has_key) return t->key;
    return t->source && t->source->key ? t->source->key->value : (Str){0};
}

static Part part_child(Part p, Str key) {
    if (!p.target) return part_of(node_child(p.node, key), NULL);
    for (const Target *t = p.target->first; t; t = t->next)
        if (str_eq(target_key(t), key)) return part_of(NULL, t);
    return (Part){0};
}

static Part part_at(Part p, const char *const *keys, size_t count) {
    for (size_t i = 0; i < count; i++) p = part_child(p, str_from(keys[i]));
    return p;
}

#define PART_AT(p, ...)                                                                            \
    part_at((p), (const char *const[]){__VA_ARGS__},                                               \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static Str part_text(Part p) {
    if (p.target) return p.target->kind == TARGET_SCALAR ? p.target->text : (Str){0};
    return node_text(p.node);
}

/* Children as they stand: with their keys, and not yet followed. */
static Part part_first(Part p) {
    if (p.target) return (Part){.target = p.target->first};
    return (Part){.node = p.node ? p.node->first : NULL};
}

static Part part_next(Part child) {
    return child.target ? (Part){.target = child.target->next} : (Part){.node = child.node->next};
}

static Str part_key(Part child) {
    if (child.target) return target_key(child.target);
    return child.node->key ? child.node->key->value : (Str){0};
}

#define PART_EACH(child, parent)                                                                   \
    for (Part child = part_first(parent); child.node || child.target; child = part_next(child))

/* ---- amounts ---- */

static void add_amount(Demand *d, Str resource, double amount) {
    size_t i = 0;
    while (i < d->count && !str_eq(d->amounts[i].resource, resource)) i++;
    if (i == DEMAND_AMOUNTS) {
        d->unknown = true;
        return;
    }
    if (i == d->count) d->amounts[d->count++] = (DemandAmount){.resource = resource};
    d->amounts[i].amount += amount;
}

static void add_quantity(Demand *d, Part child, double times) {
    double amount;
    if (quantity_read(part_text(part_of(child.node, child.target)), &amount))
        add_amount(d, part_key(child), amount * times);
    else
        d->unknown = true;
}

/* Whoever limits a resource and does not request it requests as much. */
static void add_resources(Demand *d, Part resources, double times) {
    Part requests = part_child(resources, STR("requests"));
    PART_EACH(quantity, requests) add_quantity(d, quantity, times);
    PART_EACH(quantity, part_child(resources, STR("limits")))
    if (!part_exists(part_child(requests, part_key(quantity)))) add_quantity(d, quantity, times);
}

/* Init containers end before the others start, and rarely need more: they are not counted. */
static void add_containers(Demand *d, Part pod, double times, Str except) {
    PART_EACH(child, part_child(pod, STR("containers"))) {
        Part container = part_of(child.node, child.target);
        if (except.len && str_eq(part_text(part_child(container, STR("name"))), except)) continue;
        add_resources(d, part_child(container, STR("resources")), times);
    }
}

/* 1 when nothing is said. */
static double number_of(Demand *d, Part holder, Str key) {
    Part number = part_child(holder, key);
    double value = 1;
    if (part_exists(number) && !quantity_read(part_text(number), &value)) d->unknown = true;
    return value;
}

/* ---- kinds ---- */

/* spec.pytorchReplicaSpecs.Worker: {replicas: 3, template: …}, and likewise of the other kinds. */
static void of_replicas(Demand *d, Part object) {
    PART_EACH(field, part_child(object, STR("spec"))) {
        if (!str_ends(part_key(field), STR("ReplicaSpecs"))) continue;
        PART_EACH(child, part_of(field.node, field.target)) {
            Part replica = part_of(child.node, child.target);
            double nodes = number_of(d, replica, STR("replicas"));
            d->nodes += nodes;
            add_containers(d, PART_AT(replica, "template", "spec"), nodes, (Str){0});
        }
    }
}

static void of_train_job(Demand *d, Part object) {
    Part trainer = PART_AT(object, "spec", "trainer");
    double nodes = number_of(d, trainer, STR("numNodes"));
    d->nodes += nodes;
    add_resources(d, part_child(trainer, STR("resourcesPerNode")), nodes);
}

/* A runtime beside its TrainJob: the nodes are counted there, and the container that trains is
 * given its resources there. */
static void of_runtime(Demand *d, Part object) {
    const Str node = STR("node");
    double nodes = number_of(d, PART_AT(object, "spec", "mlPolicy"), STR("numNodes"));
    PART_EACH(child, PART_AT(object, "spec", "template", "spec", "replicatedJobs")) {
        Part job = part_of(child.node, child.target);
        bool all = str_eq(part_text(part_child(job, STR("name"))), node);
        add_containers(d, PART_AT(job, "template", "spec", "template", "spec"), all ? nodes : 1,
                       node);
    }
}

static const struct {
    Str group, kind; /* an empty kind: every one */
    void (*count)(Demand *d, Part object);
} kinds[] = {
    {STR_INIT("kubeflow.org"), {0}, of_replicas},
    {STR_INIT("trainer.kubeflow.org"), STR_INIT("TrainJob"), of_train_job},
    {STR_INIT("trainer.kubeflow.org"), STR_INIT("TrainingRuntime"), of_runtime},
};

static void of_object(Demand *d, Part object) {
    Str version = part_text(part_child(object, STR("apiVersion")));
    Str kind = part_text(part_child(object, STR("kind")));
    Str group = str_slice(version, 0, str_find_char(version, '/'));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kinds[i].group, group) && (!kinds[i].kind.len || str_eq(kinds[i].kind, kind)))
            kinds[i].count(d, object);
}

void demand_of_resource(Demand *d, const Node *resource) {
    of_object(d, part_of(resource, NULL));
}

void demand_of_rewrite(Demand *d, const Rewrite *rw) {
    for (const Target *root = rw->first_root; root; root = root->next)
        of_object(d, part_of(NULL, root));
}

double demand_amount(const Demand *d, Str resource) {
    for (size_t i = 0; i < d->count; i++)
        if (str_eq(d->amounts[i].resource, resource)) return d->amounts[i].amount;
    return 0;
}
