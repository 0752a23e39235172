/* elasticPolicy: Trainer v2 has no elastic jobs. Where the least and the most Workers are what the
 * job has anyway, the policy only told torchrun how to meet, and can go. */
#include "convert/trainjob.h"

/* Unset, a bound is what the Workers' replicas are. */
static bool read_bound(TrainJob *job, const Node *policy, Str key, uint64_t *out) {
    const Node *bound = trainjob_field(policy, key);
    *out = job->worker.count;
    if (!bound) return true;
    if (node_resolve(bound)->templated) return trainjob_on_template(job, bound);
    return str_to_u64(node_text(node_resolve(bound)), out) ||
           convert_refuse(job->out, "spec.elasticPolicy." STR_FMT " is no number", STR_ARG(key));
}

static bool is_fixed(TrainJob *job, const Node *policy) {
    uint64_t least, most;
    const Replica *workers = &job->worker;
    if (!workers->node) return convert_refuse(job->out, "spec.elasticPolicy without Workers");
    if (workers->replicas && node_resolve(workers->replicas)->templated)
        return trainjob_on_template(job, workers->replicas);
    if (!read_bound(job, policy, STR("minReplicas"), &least) ||
        !read_bound(job, policy, STR("maxReplicas"), &most))
        return false;
    if (least == workers->count && most == workers->count) {
        convert_note(job->out,
                     "elasticPolicy goes: with %llu Workers at least and at most, it only told the "
                     "nodes how to meet",
                     (unsigned long long)least);
        return true;
    }
    return convert_refuse(job->out,
                          "Trainer " STR_FMT " has no elastic jobs: spec.elasticPolicy wants %llu "
                          "to %llu Workers, and there are %llu",
                          STR_ARG(job->version->name), (unsigned long long)least,
                          (unsigned long long)most, (unsigned long long)workers->count);
}

static bool drop_bound(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS, "as many as there are");
}

static bool drop_metrics(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_LOSS,
                         "with one number of Workers there is nothing to scale");
}

static bool drop_rendezvous(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_LOSS,
                         "Trainer v2 lets the nodes meet at PET_MASTER_ADDR and PET_MASTER_PORT");
}

bool trainjob_take_elastic(TrainJob *job, const Node *field) {
    static const Field fields[] = {
        {STR_INIT("maxReplicas"), drop_bound},      {STR_INIT("maxRestarts"), trainjob_taken},
        {STR_INIT("metrics"), drop_metrics},        {STR_INIT("minReplicas"), drop_bound},
        {STR_INIT("nProcPerNode"), trainjob_taken}, {STR_INIT("rdzvBackend"), drop_rendezvous},
        {STR_INIT("rdzvConf"), drop_rendezvous},    {STR_INIT("rdzvHost"), drop_rendezvous},
        {STR_INIT("rdzvId"), drop_rendezvous},      {STR_INIT("rdzvPort"), drop_rendezvous},
        {STR_INIT("standalone"), drop_rendezvous},
    };
    return is_fixed(job, field) &&
           trainjob_fields(job, field, fields, FIELD_COUNT(fields), trainjob_unknown);
}

/* ---- restarts ---- */

static Target *open_env(TrainJob *job) {
    for (Target *t = job->trainer->first; t; t = t->next) {
        if (t->kind != TARGET_KEEP || !str_eq(t->source->key->value, STR("env"))) continue;
        target_open(job->rw, t);
        return t->kind == TARGET_WITHIN ? t : NULL;
    }
    return target_add_key(job->trainer, STR("env"), target_seq(job->rw));
}

static bool sets_restarts(const Node *env) {
    NODE_EACH (variable, env)
        if (node_is(node_child(variable, STR("name")), STR("PET_MAX_RESTARTS"))) return true;
    return false;
}

bool trainjob_add_restarts(TrainJob *job) {
    const Node *policy = trainjob_field(job->source, STR("elasticPolicy"));
    const Node *restarts = trainjob_field(policy, STR("maxRestarts"));
    if (!restarts) return true;
    if (job->kind->processes != PROCESSES_CHOSEN)
        return trainjob_drop(job, restarts, DROP_LOSS, "torchrun alone starts again by itself");
    if (restarts->templated) return trainjob_on_template(job, restarts);
    Target *env = sets_restarts(trainjob_field(job->main, STR("env"))) ? NULL : open_env(job);
    if (!env)
        return trainjob_drop(job, restarts, DROP_LOSS, "torchrun takes it from PET_MAX_RESTARTS");
    Target *variable = target_add(env, target_map(job->rw));
    target_add_key(variable, STR("name"), target_string(job->rw, STR("PET_MAX_RESTARTS")));
    target_add_key(variable, STR("value"), target_set(job->rw, restarts, node_text(restarts)));
    return true;
}
