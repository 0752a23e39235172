/* The Pod template: what describes the training goes to `trainer`, what describes its Pod to an
 * override of the TrainJob, or to its TrainingRuntime if it needs one. */
#include "convert/trainjob.h"

/* ---- the main container ---- */

bool trainjob_find_main(TrainJob *job) {
    job->pod = trainjob_field(job->taken->template, STR("spec"));
    const Node *containers = trainjob_field(job->pod, STR("containers"));
    if (containers && containers->templated) return trainjob_on_template(job, containers);
    NODE_EACH (container, containers) {
        const Node *name = node_child(container, STR("name"));
        if (name && name->templated) return trainjob_on_template(job, name);
        if (node_is(name, job->kind->container)) job->main = container;
    }
    return job->main || convert_refuse(job->out, "no container is named '" STR_FMT "'",
                                       STR_ARG(job->kind->container));
}

/* The container beside the trainer; its name comes first and takes the place of the old one. */
static Target *named_container(TrainJob *job) {
    if (job->container) return job->container;
    job->container = target_map(job->rw);
    const Node *name = node_child(job->main, STR("name"));
    target_add(job->container, target_set(job->rw, name, STR("node")));
    return job->container;
}

static bool keep_in_container(TrainJob *job, const Node *field) {
    target_add(named_container(job), target_keep(job->rw, field));
    return true;
}

static bool has_twice(const Node *env, Str *name) {
    NODE_EACH (one, env) {
        *name = node_text(node_child(one, STR("name")));
        for (const Node *other = one->next; name->len && other; other = other->next)
            if (node_is(node_child(other, STR("name")), *name)) return true;
    }
    return false;
}

/* What is too large for a TrainJob, its runtime takes. */
static bool train(TrainJob *job, const Node *field) {
    if (!trainer_version_fits(job->version, PART_CONTAINER, field))
        return keep_in_container(job, field);
    target_add(job->trainer, target_keep(job->rw, field));
    return true;
}

static bool take_env(TrainJob *job, const Node *field) {
    Str name;
    if (has_twice(node_resolve(field), &name))
        return convert_refuse(job->out, "a TrainJob takes '" STR_FMT "' once in 'env'",
                              STR_ARG(name));
    return train(job, field);
}

/* Trainer v2 opens its own port for the rendezvous. */
static bool take_ports(TrainJob *job, const Node *field) {
    const char *reason = "Trainer v2 opens a port of its own";
    size_t others = 0;
    NODE_EACH (port, node_resolve(field)) others += !trainjob_rendezvous_port(job, port);
    if (!others) return trainjob_drop(job, field, DROP_HARMLESS, reason);
    if (!trainjob_no_alias(job, field)) return false;
    Target *ports =
        target_add_key(named_container(job), STR("ports"), trainjob_collection(job, field));
    NODE_EACH (port, field)
        if (trainjob_rendezvous_port(job, port))
            trainjob_drop(job, port, DROP_HARMLESS, reason);
        else
            target_add(ports, target_keep(job->rw, port));
    return true;
}

/* ---- what has no taker of its own ---- */

/* Where the release has the field, the Pod template keeps it; a runtime keeps defaults too. */
static bool keep_or_drop(TrainJob *job, const Node *field, PodPart part, Target *parent) {
    Holder holder = trainer_version_holder(job->version, part, field->key->value);
    if (holder == HOLDER_NONE)
        return trainjob_drop(job, field, DROP_LOSS, "the Pods of a TrainJob have no such field");
    if (holder == HOLDER_JOB || job->needs) return trainjob_add_united(job, parent, part, field);
    if (trainjob_is_usual(job, field))
        return trainjob_drop(job, field, DROP_HARMLESS, "what Kubernetes does anyway");
    return trainjob_drop(job, field, DROP_LOSS,
                         "a TrainJob has no place for it: Kubernetes decides by the image's tag");
}

static bool other_of_container(TrainJob *job, const Node *field) {
    Str key = field->key->value;
    bool kept =
        job->needs || trainer_version_holder(job->version, PART_CONTAINER, key) == HOLDER_JOB;
    return keep_or_drop(job, field, PART_CONTAINER, kept ? named_container(job) : NULL);
}

static bool other_of_pod(TrainJob *job, const Node *field) {
    return keep_or_drop(job, field, PART_POD, job->pod_spec);
}

static bool take_container(TrainJob *job) {
    static const Field fields[] = {
        {STR_INIT("args"), train},
        {STR_INIT("command"), train},
        {STR_INIT("env"), take_env},
        {STR_INIT("image"), train},
        {STR_INIT("name"), trainjob_taken},
        {STR_INIT("ports"), take_ports},
        {STR_INIT("resources"), trainjob_taken},
    };
    if (!trainjob_field(job->main, STR("image")))
        return convert_refuse(job->out, "the container '" STR_FMT "' has no image",
                              STR_ARG(job->kind->container));
    if (!trainjob_fields(job, job->main, fields, FIELD_COUNT(fields), other_of_container))
        return false;
    if (trainjob_has_masters(job, PART_CONTAINER))
        trainjob_add_masters(job, named_container(job), PART_CONTAINER);
    return trainjob_take_resources(job);
}

/* ---- the Pod ---- */

/* Those of a runtime: all of them, in their order. */
static bool keep_containers(TrainJob *job, const Node *field) {
    if (!trainjob_no_alias(job, field)) return false;
    Target *containers =
        target_add_key(job->pod_spec, STR("containers"), trainjob_collection(job, field));
    NODE_EACH (container, field)
        target_add(containers,
                   container == job->main ? named_container(job) : target_keep(job->rw, container));
    return take_container(job);
}

static bool take_containers(TrainJob *job, const Node *field) {
    if (job->needs) return keep_containers(job, field);
    if (!take_container(job)) return false;
    if (!job->container)
        return trainjob_drop(job, node_child(job->main, STR("name")), DROP_HARMLESS,
                             "the runtime names its container");
    Target *containers =
        target_add_key(job->pod_spec, STR("containers"), trainjob_collection(job, field));
    target_add(containers, job->container);
    return true;
}

/* The old name of serviceAccountName, which wins where both are. */
static bool take_service_account(TrainJob *job, const Node *field) {
    const Str name = STR("serviceAccountName");
    if (trainjob_field(job->pod, name))
        return trainjob_drop(job, field, DROP_HARMLESS, "serviceAccountName is what counts");
    target_add_key(job->pod_spec, name, target_keep(job->rw, field));
    return true;
}

static bool take_pod_restart_policy(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS,
                         "Training Operator v1 goes by the replicas' restartPolicy");
}

/* A Job knows no ExitCode: its Pods never start again by themselves, and a rule tells which
 * failures are final. */
static void add_restart_policy(TrainJob *job) {
    const Node *place = job->runtime.restarts;
    if (job->runtime.restart == RESTART_ON_FAILURE) return;
    bool alias = place && place->kind == NODE_ALIAS;
    if (alias) trainjob_drop(job, place, DROP_HARMLESS, "the restartPolicy of the Pods");
    target_add_key(job->pod_spec, STR("restartPolicy"),
                   target_set(job->rw, alias ? NULL : place, STR("Never")));
}

static bool selects_by_old_labels(const Node *n) {
    if (n->kind == NODE_SCALAR && str_starts(n->value, STR("training.kubeflow.org/"))) return true;
    NODE_EACH (child, n)
        if ((child->key && selects_by_old_labels(child->key)) || selects_by_old_labels(child))
            return true;
    return false;
}

static bool take_selectors(TrainJob *job, const Node *field) {
    if (selects_by_old_labels(field)) {
        Str path = trainjob_path(job, field);
        convert_note(job->out,
                     STR_FMT " goes by labels training.kubeflow.org/…, which Pods of a TrainJob do "
                             "not have: select by jobset.sigs.k8s.io/jobset-name",
                     STR_ARG(path));
    }
    return other_of_pod(job, field);
}

/* JobSet gives Pods their host names, by which the nodes find each other. */
static bool take_host_name(TrainJob *job, const Node *field) {
    convert_note(job->out,
                 "'" STR_FMT "' takes the place of the host name by which JobSet lets the nodes "
                 "find each other: remove it if they do not",
                 STR_ARG(field->key->value));
    return other_of_pod(job, field);
}

static bool take_pod(TrainJob *job, const Node *field) {
    static const Field fields[] = {
        {STR_INIT("affinity"), take_selectors},
        {STR_INIT("containers"), take_containers},
        {STR_INIT("hostname"), take_host_name},
        {STR_INIT("restartPolicy"), take_pod_restart_policy},
        {STR_INIT("serviceAccount"), take_service_account},
        {STR_INIT("subdomain"), take_host_name},
        {STR_INIT("topologySpreadConstraints"), take_selectors},
    };
    add_restart_policy(job);
    if (!trainjob_fields(job, field, fields, FIELD_COUNT(fields), other_of_pod)) return false;
    trainjob_add_masters(job, job->pod_spec, PART_POD);
    return true;
}

/* ---- the template ---- */

static bool drop_name(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS, "Pods have names and namespaces of their own");
}

static bool other_of_metadata(TrainJob *job, const Node *field) {
    return keep_or_drop(job, field, PART_METADATA, job->pod_metadata);
}

static bool take_metadata(TrainJob *job, const Node *field) {
    static const Field fields[] = {{STR_INIT("creationTimestamp"), drop_name},
                                   {STR_INIT("name"), drop_name},
                                   {STR_INIT("namespace"), drop_name}};
    job->pod_metadata = trainjob_collection(job, field);
    return trainjob_fields(job, field, fields, FIELD_COUNT(fields), other_of_metadata);
}

/* Kubernetes gains fields, and old releases do not know them. */
static bool knows_all(TrainJob *job, const Node *n) {
    NODE_EACH (child, n) {
        if (child->key && trainer_version_lacks(job->version, child->key->value)) {
            Str path = trainjob_path(job, child);
            return convert_refuse(job->out, "Trainer " STR_FMT " knows no such field: " STR_FMT,
                                  STR_ARG(job->version->name), STR_ARG(path));
        }
        if (!knows_all(job, child)) return false;
    }
    return true;
}

bool trainjob_take_template(TrainJob *job) {
    static const Field fields[] = {{STR_INIT("metadata"), take_metadata},
                                   {STR_INIT("spec"), take_pod}};
    return knows_all(job, job->master.template) && knows_all(job, job->worker.template) &&
           trainjob_fields(job, job->taken->template, fields, FIELD_COUNT(fields),
                           trainjob_unknown) &&
           trainjob_add_restarts(job);
}
