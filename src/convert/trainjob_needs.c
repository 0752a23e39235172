/* What a TrainJob of the target cannot say, found before anything is written: one such thing, and
 * the whole Pod template moves to a TrainingRuntime. */
#include "convert/trainjob.h"

static void need(TrainJob *job, Str what) {
    Need **last = &job->needs;
    for (; *last; last = &(*last)->next)
        if (str_eq((*last)->what, what)) return;
    *last = arena_new(job->in->arena, Need);
    (*last)->what = what;
}

/* ---- what says nothing ---- */

/* What Kubernetes pulls when nothing is said: a moving tag always, others and digests once. */
static Str usual_pull_policy(Str image) {
    size_t slash = str_find_last_char(image, '/');
    Str name = str_from_offset(image, slash == STR_NONE ? 0 : slash);
    bool digest = str_find_char(name, '@') != STR_NONE;
    size_t colon = str_find_char(name, ':');
    Str tag = colon == STR_NONE ? STR("latest") : str_from_offset(name, colon + 1);
    return !digest && str_eq(tag, STR("latest")) ? STR("Always") : STR("IfNotPresent");
}

/* Defaults of a Pod and of its containers: a TrainJob does not have to repeat them. */
bool trainjob_is_usual(const TrainJob *job, const Node *field) {
    static const struct {
        Str key, value;
    } defaults[] = {
        {STR_INIT("dnsPolicy"), STR_INIT("ClusterFirst")},
        {STR_INIT("enableServiceLinks"), STR_INIT("true")},
        {STR_INIT("hostIPC"), STR_INIT("false")},
        {STR_INIT("hostNetwork"), STR_INIT("false")},
        {STR_INIT("hostPID"), STR_INIT("false")},
        {STR_INIT("preemptionPolicy"), STR_INIT("PreemptLowerPriority")},
        {STR_INIT("schedulerName"), STR_INIT("default-scheduler")},
        {STR_INIT("shareProcessNamespace"), STR_INIT("false")},
        {STR_INIT("stdin"), STR_INIT("false")},
        {STR_INIT("stdinOnce"), STR_INIT("false")},
        {STR_INIT("terminationMessagePath"), STR_INIT("/dev/termination-log")},
        {STR_INIT("terminationMessagePolicy"), STR_INIT("File")},
        {STR_INIT("tty"), STR_INIT("false")},
    };
    Str key = field->key->value;
    for (size_t i = 0; i < FIELD_COUNT(defaults); i++)
        if (str_eq(key, defaults[i].key)) return node_is(field, defaults[i].value);
    Str image = node_text(node_child(job->main, STR("image")));
    return str_eq(key, STR("imagePullPolicy")) && image.len &&
           node_is(field, usual_pull_policy(image));
}

/* ---- the Pod template ---- */

/* Alone it would make a runtime of most jobs, for little: only on request. */
static bool is_wanted(const TrainJob *job, Str key) {
    return !str_eq(key, STR("imagePullPolicy")) ||
           str_eq(trainjob_option(job, STR("keep-image-pull-policy"), (Str){0}), STR("true"));
}

static void find_in_part(TrainJob *job, PodPart part, const Node *map) {
    NODE_EACH (field, node_resolve(map)) {
        Str key = field->key ? field->key->value : (Str){0};
        if (trainjob_is_empty(field) || str_eq(key, STR("ports"))) continue;
        Holder holder = trainer_version_holder(job->version, part, key);
        bool said = holder == HOLDER_JOB ? trainer_version_fits(job->version, part, field)
                    : holder == HOLDER_RUNTIME
                        ? trainjob_is_usual(job, field) || !is_wanted(job, key)
                        : true;
        if (!said) need(job, key);
    }
}

static void find_in_containers(TrainJob *job) {
    NODE_EACH (container, trainjob_field(job->pod, STR("containers"))) {
        if (container == job->main) continue;
        Str name = node_text(node_child(container, STR("name")));
        need(job, str_format(job->in->arena, "container '" STR_FMT "'", STR_ARG(name)));
    }
    NODE_EACH (port, trainjob_field(job->main, STR("ports")))
        if (!trainjob_rendezvous_port(job, port)) need(job, STR("ports"));
}

static void find_in_unions(TrainJob *job) {
    for (const Unlike *u = job->unlike; u; u = u->next)
        if (!trainjob_union_fits(job, u)) need(job, u->master->key->value);
}

/* A runtime with a command of its own would start that, with the args of the job. */
static void find_in_start(TrainJob *job) {
    bool built_in = !trainjob_own_runtime(job).len;
    if (!job->alone && job->version->runtime_starts && built_in &&
        !trainjob_field(job->main, STR("command")))
        need(job, STR("that it has no command"));
}

/* ---- the job as a whole ---- */

static void find_keys(TrainJob *job, const Node *map, const Str *keys, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (trainjob_field(map, keys[i])) need(job, keys[i]);
}

static void find_in_policy(TrainJob *job, const Node *policy) {
    static const Str keys[] = {STR_INIT("backoffLimit"), STR_INIT("ttlSecondsAfterFinished"),
                               STR_INIT("activeDeadlineSeconds")};
    find_keys(job, policy, keys, FIELD_COUNT(keys) - job->version->has_deadline);
}

static void find_in_scheduling(TrainJob *job, const Node *scheduling) {
    static const Str keys[] = {STR_INIT("priorityClass"), STR_INIT("scheduleTimeoutSeconds")};
    find_keys(job, scheduling, keys, FIELD_COUNT(keys));
}

static void find_in_replica(TrainJob *job, const Replica *r) {
    const Node *policy = trainjob_field(r->node, STR("restartPolicy"));
    if (node_is(policy, STR("Never")) || node_is(policy, STR("ExitCode")))
        need(job, str_format(job->in->arena, "restartPolicy " STR_FMT,
                             STR_ARG(node_text(node_resolve(policy)))));
}

void trainjob_find_needs(TrainJob *job) {
    if (job->alone) need(job, STR("a program without a cluster"));
    const Node *policy = trainjob_field(job->source, STR("runPolicy"));
    find_in_policy(job, policy);
    find_in_policy(job, job->source); /* before version 1 these stood there */
    find_in_scheduling(job, trainjob_field(policy, STR("schedulingPolicy")));
    find_in_replica(job, &job->master);
    find_in_replica(job, &job->worker);
    find_in_part(job, PART_METADATA, trainjob_field(job->taken->template, STR("metadata")));
    find_in_part(job, PART_POD, job->pod);
    find_in_containers(job);
    find_in_part(job, PART_CONTAINER, job->main);
    find_in_unions(job);
    find_in_start(job);
}
