/* resources become resourcesPerNode. All nodes have the same: where Master and Worker ask for
 * different amounts, a node gets the larger of each. Whoever has no limit for cpu or memory may
 * take all there is, so that no limit is the larger one; of other resources it has none then. */
#include "convert/quantity.h"
#include "convert/trainjob.h"

/* The larger of two quantities of which one may be NULL. False, with the refusal: they cannot be
 * compared. */
static bool larger(TrainJob *job, const Node *a, const Node *b, const Node **out) {
    const Node *left = node_resolve(a), *right = node_resolve(b);
    double first, second;
    *out = a ? a : b;
    if (!left || !right) return true;
    if (left->templated) return trainjob_on_template(job, a);
    if (right->templated) return trainjob_on_template(job, b);
    if (!quantity_read(node_text(left), &first) || !quantity_read(node_text(right), &second)) {
        Str path = trainjob_path(job, a);
        return convert_refuse(job->out, "not a quantity: " STR_FMT, STR_ARG(path));
    }
    *out = second > first ? b : a;
    return true;
}

static const Node *amount(const Node *resources, Str section, Str key) {
    return node_child(node_child(resources, section), key);
}

#define LIMITS   STR("limits")
#define REQUESTS STR("requests")

/* What is limited and not requested is requested as far as it is limited. */
static const Node *asked(const Node *resources, Str key) {
    const Node *request = amount(resources, REQUESTS, key);
    return request ? request : amount(resources, LIMITS, key);
}

/* Two resources, of which one may be NULL, on their way to one. */
typedef struct Merge {
    TrainJob *job;
    const Node *mine, *other;
} Merge;

/* Only one of the two is limited, and by nature the other one is not. */
static bool is_open(const Merge *m, Str key) {
    bool counted = str_find_char(key, '/') != STR_NONE || str_starts(key, STR("hugepages-"));
    return !counted && !amount(m->mine, LIMITS, key) != !amount(m->other, LIMITS, key);
}

static bool is_requested(const Merge *m, Str key) {
    return amount(m->mine, REQUESTS, key) || amount(m->other, REQUESTS, key);
}

/* A limit that goes, with the request that it stood for as well. */
static bool is_moved(const Merge *m, const Node *limit) {
    return is_open(m, limit->key->value) && !is_requested(m, limit->key->value);
}

static bool has_moved(const Merge *m, const Node *resources) {
    NODE_EACH (limit, node_resolve(node_child(resources, LIMITS)))
        if (is_moved(m, limit)) return true;
    return false;
}

static void leave_open(const Merge *m, const Node *limit) {
    Str path = trainjob_path(m->job, limit);
    bool of_mine = amount(m->mine, LIMITS, limit->key->value) == limit;
    convert_note(m->job->out,
                 STR_FMT
                 " is no limit of all nodes: %s no such limit, and that is the larger amount",
                 STR_ARG(path), of_mine ? "the Master has" : "the Workers have");
    if (of_mine && !is_moved(m, limit))
        trainjob_drop(m->job, limit, DROP_HARMLESS, "the Master has no such limit");
}

/* `place` is the entry of ours that it takes the place of; NULL: there is none. */
static bool add_larger(const Merge *m, Target *section, Str key, const Node *place, const Node *a,
                       const Node *b) {
    const Node *most;
    if (!larger(m->job, a, b, &most)) return false;
    target_add_key(section, key, target_keep(m->job->rw, most));
    if (place && most != place)
        trainjob_drop(m->job, place, DROP_LOSS, "the Master asks for more, and all nodes get it");
    return true;
}

static bool add_limit(const Merge *m, Target *section, const Node *limit) {
    Str key = limit->key->value;
    const Node *mine = amount(m->mine, LIMITS, key);
    if (is_open(m, key)) {
        leave_open(m, limit);
        return true;
    }
    return add_larger(m, section, key, mine, mine, amount(m->other, LIMITS, key));
}

static bool add_request(const Merge *m, Target *section, const Node *quantity) {
    Str key = quantity->key->value;
    return add_larger(m, section, key, amount(m->mine, REQUESTS, key), asked(m->mine, key),
                      asked(m->other, key));
}

typedef bool AddAmount(const Merge *m, Target *section, const Node *quantity);

/* Ours in their order, then what the other one has beside them. */
static bool add_amounts(const Merge *m, Target *section, Str name, AddAmount *add) {
    const Node *mine = node_child(m->mine, name), *other = node_resolve(node_child(m->other, name));
    NODE_EACH (quantity, mine)
        if (!add(m, section, quantity)) return false;
    NODE_EACH (quantity, other)
        if (!node_child(mine, quantity->key->value) && !add(m, section, quantity)) return false;
    return true;
}

static bool add_moved(const Merge *m, Target *section, const Node *resources) {
    NODE_EACH (limit, node_resolve(node_child(resources, LIMITS)))
        if (is_moved(m, limit) && !add_request(m, section, limit)) return false;
    return true;
}

static bool is_map(const Node *section) {
    section = node_resolve(section);
    return trainjob_is_empty(section) || (section->kind == NODE_MAP && !section->templated);
}

static bool refuse_section(const Merge *m, Str name) {
    return convert_refuse(m->job->out, "Master and Worker differ in resources." STR_FMT,
                          STR_ARG(name));
}

static bool write_section(const Merge *m, Target *all, Str name) {
    const Node *mine = trainjob_field(m->mine, name), *own = node_child(m->mine, name);
    if (!is_map(mine) || !is_map(node_child(m->other, name))) return refuse_section(m, name);
    if (mine && !trainjob_no_alias(m->job, own)) return false;
    /* In brackets it is a new map, which does not bring its key. */
    Target *section = mine ? trainjob_collection(m->job, mine) : target_map(m->job->rw);
    bool limits = str_eq(name, LIMITS);
    if (!add_amounts(m, section, name, limits ? add_limit : add_request)) return false;
    if (!limits && (!add_moved(m, section, m->mine) || !add_moved(m, section, m->other)))
        return false;
    if (section->first) target_add_key(all, name, section);
    return true;
}

static bool is_written_alike(const TrainJob *job, const Node *mine, const Node *other) {
    Str text = job->in->doc->text;
    return mine && other &&
           str_eq(span_text(text, mine->span), span_text(text, node_resolve(other)->span));
}

/* Claims are a list, of which none is larger. */
static bool write_other(const Merge *m, Target *all, const Node *section) {
    Str name = section->key->value;
    const Node *mine = trainjob_field(m->mine, name), *other = trainjob_field(m->other, name);
    if (mine && other && !is_written_alike(m->job, mine, other)) return refuse_section(m, name);
    target_add_key(all, name, target_keep(m->job->rw, mine ? mine : section));
    return true;
}

static bool write(const Merge *m, Target *all, const Node *section) {
    Str name = section->key->value;
    const Node *mine = trainjob_field(m->mine, name), *other = trainjob_field(m->other, name);
    bool moved = str_eq(name, REQUESTS) && (has_moved(m, m->mine) || has_moved(m, m->other));
    if (is_written_alike(m->job, mine, other) && !moved) {
        target_add(all, target_keep(m->job->rw, mine));
        return true;
    }
    if (str_eq(name, LIMITS) || str_eq(name, REQUESTS)) return write_section(m, all, name);
    return write_other(m, all, section);
}

static bool merge(const Merge *m) {
    Target *all = m->mine ? trainjob_collection(m->job, m->mine) : target_map(m->job->rw);
    NODE_EACH (section, m->mine)
        if (!trainjob_is_empty(section) && !write(m, all, section)) return false;
    NODE_EACH (section, node_resolve(m->other))
        if (!trainjob_is_empty(section) && !trainjob_field(m->mine, section->key->value) &&
            !write(m, all, section))
            return false;
    bool requested = trainjob_field(m->mine, REQUESTS) || trainjob_field(m->other, REQUESTS);
    if (!requested && (has_moved(m, m->mine) || has_moved(m, m->other)) &&
        !write_section(m, all, REQUESTS))
        return false;
    if (all->first) target_add_key(m->job->trainer, STR("resourcesPerNode"), all);
    return true;
}

static bool are_unlike(const TrainJob *job) {
    for (const Unlike *u = job->unlike; u; u = u->next)
        if (u->kind == UNLIKE_RESOURCES) return true;
    return false;
}

static bool has_open(const Merge *m, const Node *resources) {
    NODE_EACH (limit, node_resolve(node_child(resources, LIMITS)))
        if (is_open(m, limit->key->value)) return true;
    return false;
}

bool trainjob_take_resources(TrainJob *job) {
    const Str key = STR("resources");
    const Node *mine = trainjob_field(job->main, key);
    Merge m = {job, mine, job->unlike_resources};
    const Node *only = !m.other ? mine : mine ? NULL : m.other;
    if (are_unlike(job) && !(only && !has_open(&m, only)))
        return (!mine || trainjob_no_alias(job, node_child(job->main, key))) && merge(&m);
    if (only) target_add_key(job->trainer, STR("resourcesPerNode"), target_keep(job->rw, only));
    return true;
}
