/* resources become resourcesPerNode. All nodes have the same: where Master and Worker ask for
 * different amounts, a node gets the larger of each. */
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

/* Of two sources, one may limit what the other requests. */
static bool check_limit(TrainJob *job, const Node *mine, const Node *other, Str key) {
    const Str requests = STR("requests"), limits = STR("limits");
    const Node *request, *limit, *most;
    if (!larger(job, amount(mine, requests, key), amount(other, requests, key), &request) ||
        !larger(job, amount(mine, limits, key), amount(other, limits, key), &limit))
        return false;
    if (!request || !limit) return true;
    if (!larger(job, limit, request, &most)) return false;
    return most == limit || convert_refuse(job->out,
                                           "Master and Worker differ: one requests more '" STR_FMT
                                           "' than the other is limited to",
                                           STR_ARG(key));
}

static bool add_amount(TrainJob *job, Target *section, const Node *mine, const Node *other) {
    const Node *most;
    if (!larger(job, mine, other, &most)) return false;
    target_add_key(section, mine->key->value, target_keep(job->rw, most));
    if (most != mine)
        trainjob_drop(job, mine, DROP_LOSS, "the Master asks for more, and all nodes get it");
    return true;
}

static bool merge_section(TrainJob *job, Target *resources, const Node *mine, const Node *other) {
    if (!trainjob_no_alias(job, mine)) return false;
    if (mine->kind != NODE_MAP || node_resolve(other)->kind != NODE_MAP)
        return convert_refuse(job->out, "Master and Worker differ in resources." STR_FMT,
                              STR_ARG(mine->key->value));
    /* In brackets it is a new map, which does not bring its key. */
    Target *section = target_add_key(resources, mine->key->value, trainjob_collection(job, mine));
    NODE_EACH (quantity, mine)
        if (!add_amount(job, section, quantity, node_child(other, quantity->key->value)))
            return false;
    NODE_EACH (quantity, node_resolve(other))
        if (!node_child(mine, quantity->key->value))
            target_add_key(section, quantity->key->value, target_keep(job->rw, quantity));
    return true;
}

/* Claims are a list, of which none is larger. */
static bool is_written_alike(const TrainJob *job, const Node *mine, const Node *other) {
    Str text = job->in->doc->text;
    return str_eq(span_text(text, mine->span), span_text(text, node_resolve(other)->span));
}

static bool merge(TrainJob *job, const Node *mine, const Node *other) {
    if (!trainjob_no_alias(job, mine)) return false;
    Target *all = trainjob_collection(job, mine);
    target_add_key(job->trainer, STR("resourcesPerNode"), all);
    NODE_EACH (section, mine) {
        const Node *theirs = trainjob_field(other, section->key->value);
        if (trainjob_is_empty(section)) continue;
        if (!theirs || is_written_alike(job, section, theirs))
            target_add(all, target_keep(job->rw, section));
        else if (!merge_section(job, all, section, theirs))
            return false;
    }
    NODE_EACH (section, node_resolve(other))
        if (!trainjob_is_empty(section) && !trainjob_field(mine, section->key->value))
            target_add_key(all, section->key->value, target_keep(job->rw, section));
    NODE_EACH (quantity, node_resolve(node_child(mine, STR("requests"))))
        if (!check_limit(job, mine, other, quantity->key->value)) return false;
    NODE_EACH (quantity, node_resolve(node_child(other, STR("requests"))))
        if (!check_limit(job, mine, other, quantity->key->value)) return false;
    return true;
}

bool trainjob_take_resources(TrainJob *job) {
    const Str key = STR("resources");
    const Node *mine = trainjob_field(job->main, key);
    const Node *other = job->unlike_resources;
    if (mine && other) return merge(job, mine, other);
    if (mine || other)
        target_add_key(job->trainer, STR("resourcesPerNode"),
                       target_keep(job->rw, mine ? mine : other));
    return true;
}
