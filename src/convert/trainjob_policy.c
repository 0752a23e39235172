/* runPolicy: what a TrainJob has too, what it does anyway, and what is lost. */
#include "convert/trainjob.h"

#define QUEUE_ANNOTATION STR("scheduling.volcano.sh/queue-name")

static bool keep(TrainJob *job, const Node *field) {
    target_add(job->spec, target_keep(job->rw, field));
    return true;
}

static bool take_deadline(TrainJob *job, const Node *field) {
    double seconds;
    if (node_number(field, &seconds) && seconds < 1)
        return convert_refuse(job->out, "activeDeadlineSeconds must be at least 1");
    convert_remark(job->out, "a TrainJob that is suspended and resumed has its "
                             "activeDeadlineSeconds once more");
    if (job->version->has_deadline) return keep(job, field);
    job->runtime.end = field;
    return true;
}

static bool take_managed_by(TrainJob *job, const Node *field) {
    if (field->templated) return trainjob_on_template(job, field);
    if (node_is(field, STR("kueue.x-k8s.io/multikueue"))) return keep(job, field);
    if (!node_is(field, STR("kubeflow.org/training-operator")))
        return convert_refuse(job->out, "no TrainJob can be managed by '" STR_FMT "'",
                              STR_ARG(node_text(field)));
    target_add(job->spec,
               target_set(job->rw, field, STR("trainer.kubeflow.org/trainjob-controller")));
    return true;
}

static bool take_clean_pod_policy(TrainJob *job, const Node *field) {
    if (node_is(field, STR("None")) || node_is(field, STR("Running")))
        return trainjob_drop(job, field, DROP_HARMLESS, "finished Pods stay anyway");
    return trainjob_drop(job, field, DROP_LOSS, "finished Pods stay until the TrainJob is deleted");
}

/* ---- what a runtime takes ---- */

static bool take_ttl(TrainJob *job, const Node *field) {
    double seconds;
    if (node_number(field, &seconds) && seconds < 0)
        return convert_refuse(job->out, "ttlSecondsAfterFinished must be at least 0");
    convert_note(job->out, "%s",
                 job->version->ttl_starts_again
                     ? "ttlSecondsAfterFinished deletes the JobSet, not the TrainJob; before "
                       "Trainer 2.2 that creates it again, and the training starts over"
                     : "ttlSecondsAfterFinished deletes the JobSet with its Pods, not the "
                       "TrainJob: that stays until somebody deletes it, and one that failed may "
                       "start over (kubeflow/trainer issue 3779)");
    job->runtime.ttl = field;
    return true;
}

static bool take_backoff_limit(TrainJob *job, const Node *field) {
    double retries;
    if (node_number(field, &retries) && retries < 0)
        return convert_refuse(job->out, "backoffLimit must be at least 0");
    if (job->runtime.restart == RESTART_NEVER)
        return trainjob_drop(job, field, DROP_LOSS, "restartPolicy Never tries nothing again");
    convert_note(job->out, "backoffLimit counts what fails on all nodes together, as a Job does");
    job->runtime.limit = field;
    return true;
}

/* ---- gangs ---- */

bool trainjob_is_volcano_gang(const TrainJob *job) {
    const Node *policy = trainjob_field(job->source, STR("runPolicy"));
    return job->version->has_volcano && trainjob_field(policy, STR("schedulingPolicy")) &&
           node_is(trainjob_field(job->pod, STR("schedulerName")), STR("volcano"));
}

static bool take_schedule_timeout(TrainJob *job, const Node *field) {
    if (trainjob_is_volcano_gang(job))
        return trainjob_drop(job, field, DROP_LOSS, "Volcano waits for a gang without an end");
    convert_note(job->out, "scheduleTimeoutSeconds counts where the scheduler has the plugin "
                           "coscheduling");
    job->runtime.gather = field;
    return true;
}

static bool take_priority_class(TrainJob *job, const Node *field) {
    const Str name = STR("priorityClassName");
    if (trainjob_field(job->pod, name))
        return trainjob_drop(job, field, DROP_LOSS, "the Pods have a priorityClassName already");
    target_add_key(job->pod_spec, name, target_keep(job->rw, field));
    return true;
}

static bool take_min_available(TrainJob *job, const Node *field) {
    uint64_t least, nodes = trainjob_nodes(job);
    bool all = str_to_u64(node_text(field), &least) && nodes && least == nodes;
    if (all && trainjob_is_volcano_gang(job))
        return trainjob_drop(job, field, DROP_HARMLESS, "Volcano starts all nodes together");
    return trainjob_drop(job, field, DROP_LOSS,
                         all ? "a runtime with a podGroupPolicy starts all nodes together"
                             : "a TrainJob starts with all its nodes or not at all");
}

static bool take_min_resources(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_LOSS, "the resources of a gang are those of its nodes");
}

static Target *open_annotations(TrainJob *job) {
    if (!job->metadata) return NULL;
    for (Target *t = job->metadata->first; t; t = t->next) {
        if (!t->source || !t->source->key || !str_eq(t->source->key->value, STR("annotations")))
            continue;
        if (t->kind == TARGET_WITHIN) return t;
        if (t->source->kind != NODE_MAP) return NULL;
        t->kind = TARGET_WITHIN;
        NODE_EACH (child, t->source) target_add(t, target_keep(job->rw, child));
        return t;
    }
    return target_add_key(job->metadata, STR("annotations"), target_map(job->rw));
}

static bool take_queue(TrainJob *job, const Node *field) {
    if (!job->version->has_volcano)
        return trainjob_drop(job, field, DROP_LOSS, "this release has no gangs of Volcano");
    const Node *metadata = node_child(job->in->resource, STR("metadata"));
    bool there = node_child(node_child(metadata, STR("annotations")), QUEUE_ANNOTATION) != NULL;
    Target *annotations = there ? NULL : open_annotations(job);
    if (!annotations)
        return trainjob_drop(job, field, DROP_LOSS, "an annotation names the queue of a TrainJob");
    target_add_key(annotations, QUEUE_ANNOTATION, target_keep(job->rw, field));
    convert_note(job->out, "the queue is taken to be Volcano's: it counts when the runtime's "
                           "podGroupPolicy is volcano");
    return true;
}

static bool take_scheduling(TrainJob *job, const Node *field) {
    static const Field fields[] = {
        {STR_INIT("minAvailable"), take_min_available},
        {STR_INIT("minResources"), take_min_resources},
        {STR_INIT("priorityClass"), take_priority_class},
        {STR_INIT("queue"), take_queue},
        {STR_INIT("scheduleTimeoutSeconds"), take_schedule_timeout},
    };
    return trainjob_fields(job, field, fields, FIELD_COUNT(fields), trainjob_unknown);
}

/* ---- all together ---- */

static const Field fields[] = {
    {STR_INIT("activeDeadlineSeconds"), take_deadline},
    {STR_INIT("backoffLimit"), take_backoff_limit},
    {STR_INIT("cleanPodPolicy"), take_clean_pod_policy},
    {STR_INIT("managedBy"), take_managed_by},
    {STR_INIT("schedulingPolicy"), take_scheduling},
    {STR_INIT("suspend"), keep},
    {STR_INIT("ttlSecondsAfterFinished"), take_ttl},
};

bool trainjob_take_policy(TrainJob *job, const Node *field) {
    return trainjob_fields(job, field, fields, FIELD_COUNT(fields), trainjob_unknown);
}

/* Before version 1 of the API these stood directly under spec; version 1 does not see them. */
bool trainjob_take_flat_policy(TrainJob *job, const Node *field) {
    convert_note(job->out,
                 "spec." STR_FMT " is taken for spec.runPolicy." STR_FMT
                 ", though Training Operator v1 ignores it",
                 STR_ARG(field->key->value), STR_ARG(field->key->value));
    for (size_t i = 0; i < FIELD_COUNT(fields); i++)
        if (str_eq(fields[i].key, field->key->value)) return fields[i].take(job, field);
    return trainjob_unknown(job, field);
}
