/* The Pod template: what describes the training goes to `trainer`, what describes its Pod to a
 * patch of the runtime. A patch changes a Pod of the runtime, it cannot add a container to it. */
#include "convert/trainjob.h"

/* ---- the main container ---- */

bool trainjob_find_main(TrainJob *job) {
    job->pod = trainjob_field(job->taken->template, STR("spec"));
    const Node *containers = trainjob_field(job->pod, STR("containers"));
    if (containers && containers->templated) return trainjob_on_template(job, containers);
    NODE_EACH (container, containers) {
        const Node *name = node_child(container, STR("name"));
        if (name && name->templated) return trainjob_on_template(job, name);
        if (node_is(name, STR("pytorch"))) job->main = container;
    }
    if (!job->main) return convert_refuse(job->out, "no container is named 'pytorch'");
    NODE_EACH (container, containers)
        if (container != job->main) return trainjob_needs_runtime(job, container);
    return true;
}

/* The container of the patch; its name comes first and takes the place of the old one. */
static Target *patched_container(TrainJob *job) {
    if (job->patch_container) return job->patch_container;
    job->patch_container = target_map(job->rw);
    const Node *name = node_child(job->main, STR("name"));
    target_add(job->patch_container, target_set(job->rw, name, STR("node")));
    return job->patch_container;
}

/* What the CRD allows at most: here the container's lists and texts have an end. */
enum { MOST_ITEMS = 128, LONGEST_IMAGE = 500 };

static bool has_twice(const Node *env, Str *name) {
    NODE_EACH (one, env) {
        *name = node_text(node_child(one, STR("name")));
        for (const Node *other = one->next; name->len && other; other = other->next)
            if (node_is(node_child(other, STR("name")), *name)) return true;
    }
    return false;
}

static bool fits_trainer(TrainJob *job, const Node *field) {
    const Node *value = node_resolve(field);
    Str key = field->key->value, name;
    if (value->kind == NODE_SEQ && value->count > MOST_ITEMS)
        return convert_refuse(job->out, "a TrainJob takes at most %d items in '" STR_FMT "'",
                              MOST_ITEMS, STR_ARG(key));
    if (str_eq(key, STR("image")) && node_text(value).len > LONGEST_IMAGE)
        return convert_refuse(job->out, "a TrainJob takes an image of at most %d bytes",
                              LONGEST_IMAGE);
    if (str_eq(key, STR("env")) && has_twice(value, &name))
        return convert_refuse(job->out, "a TrainJob takes '" STR_FMT "' once in 'env'",
                              STR_ARG(name));
    return true;
}

static bool train(TrainJob *job, const Node *field) {
    if (!fits_trainer(job, field)) return false;
    target_add(job->trainer, target_keep(job->rw, field));
    return true;
}

static bool take_resources(TrainJob *job, const Node *field) {
    target_add_key(job->trainer, STR("resourcesPerNode"), target_keep(job->rw, field));
    return true;
}

static bool patch_container(TrainJob *job, const Node *field) {
    target_add(patched_container(job), target_keep(job->rw, field));
    return true;
}

/* Trainer v2 opens its own port for the rendezvous. */
static bool take_ports(TrainJob *job, const Node *field) {
    const Node *ports = node_resolve(field);
    NODE_EACH (port, ports)
        if (!trainjob_rendezvous_port(port)) return trainjob_needs_runtime(job, port);
    return trainjob_drop(job, field, DROP_HARMLESS, "Trainer v2 opens a port of its own");
}

/* What Kubernetes pulls when nothing is said: a moving tag always, others and digests once. */
static Str default_pull_policy(Str image) {
    size_t slash = str_find_last_char(image, '/');
    Str name = str_from_offset(image, slash == STR_NONE ? 0 : slash);
    bool digest = str_find_char(name, '@') != STR_NONE;
    size_t colon = str_find_char(name, ':');
    Str tag = colon == STR_NONE ? STR("latest") : str_from_offset(name, colon + 1);
    return !digest && str_eq(tag, STR("latest")) ? STR("Always") : STR("IfNotPresent");
}

static bool take_pull_policy(TrainJob *job, const Node *field) {
    const ConvertFacts *facts = job->in->facts;
    Str image = node_text(node_child(job->main, STR("image")));
    Str usual = default_pull_policy(image);
    if (image.len && node_is(field, usual))
        return trainjob_drop(job, field, DROP_HARMLESS,
                             "what Kubernetes does for this image anyway");
    if (facts && facts->option &&
        str_eq(facts->option(facts->context, STR("trainer"), STR("keep-image-pull-policy")),
               STR("true")))
        return trainjob_needs_runtime(job, field);
    return trainjob_drop(job, field, DROP_LOSS,
                         "a TrainJob has no place for it: Kubernetes decides by the image's tag");
}

/* ---- what says nothing, and the rest ---- */

/* Values that are the defaults of a Pod: a runtime does not have to repeat them. */
static bool is_pod_default(const Node *field) {
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
        {STR_INIT("terminationMessagePath"), STR_INIT("/dev/termination-log")},
        {STR_INIT("terminationMessagePolicy"), STR_INIT("File")},
        {STR_INIT("tty"), STR_INIT("false")},
    };
    for (size_t i = 0; i < FIELD_COUNT(defaults); i++)
        if (str_eq(field->key->value, defaults[i].key)) return node_is(field, defaults[i].value);
    return false;
}

static bool others(TrainJob *job, const Node *field) {
    if (is_pod_default(field))
        return trainjob_drop(job, field, DROP_HARMLESS, "what Kubernetes does anyway");
    return trainjob_needs_runtime(job, field);
}

static bool take_container(TrainJob *job) {
    static const Field fields[] = {
        {STR_INIT("args"), train},
        {STR_INIT("command"), train},
        {STR_INIT("env"), train},
        {STR_INIT("image"), train},
        {STR_INIT("imagePullPolicy"), take_pull_policy},
        {STR_INIT("name"), trainjob_taken},
        {STR_INIT("ports"), take_ports},
        {STR_INIT("resources"), take_resources},
        {STR_INIT("securityContext"), patch_container},
        {STR_INIT("volumeMounts"), patch_container},
    };
    if (!trainjob_field(job->main, STR("image")))
        return convert_refuse(job->out, "the container 'pytorch' has no image");
    return trainjob_fields(job, job->main, fields, FIELD_COUNT(fields), others);
}

/* ---- the Pod ---- */

static bool take_containers(TrainJob *job, const Node *field) {
    if (!take_container(job)) return false;
    if (!job->patch_container)
        return trainjob_drop(job, node_child(job->main, STR("name")), DROP_HARMLESS,
                             "the runtime names its container");
    Target *containers =
        target_add_key(job->patch_pod, STR("containers"), trainjob_collection(job, field));
    target_add(containers, job->patch_container);
    return true;
}

static bool patch_pod(TrainJob *job, const Node *field) {
    target_add(job->patch_pod, target_keep(job->rw, field));
    return true;
}

/* The old name of serviceAccountName, which wins where both are. */
static bool take_service_account(TrainJob *job, const Node *field) {
    const Str name = STR("serviceAccountName");
    if (trainjob_field(job->pod, name))
        return trainjob_drop(job, field, DROP_HARMLESS, "serviceAccountName is what counts");
    target_add_key(job->patch_pod, name, target_keep(job->rw, field));
    return true;
}

static bool take_pod_restart_policy(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS,
                         "Training Operator v1 goes by the replicas' restartPolicy");
}

static bool selects_by_old_labels(const Node *n) {
    if (n->kind == NODE_SCALAR && str_starts(n->value, STR("training.kubeflow.org/"))) return true;
    NODE_EACH (child, n)
        if ((child->key && selects_by_old_labels(child->key)) || selects_by_old_labels(child))
            return true;
    return false;
}

static bool take_affinity(TrainJob *job, const Node *field) {
    if (selects_by_old_labels(field)) {
        Str path = trainjob_path(job, field);
        convert_note(job->out,
                     STR_FMT " goes by labels training.kubeflow.org/…, which Pods of a TrainJob do "
                             "not have: select by jobset.sigs.k8s.io/jobset-name",
                     STR_ARG(path));
    }
    return patch_pod(job, field);
}

static bool take_pod(TrainJob *job, const Node *field) {
    static const Field fields[] = {
        {STR_INIT("affinity"), take_affinity},
        {STR_INIT("containers"), take_containers},
        {STR_INIT("imagePullSecrets"), patch_pod},
        {STR_INIT("nodeSelector"), patch_pod},
        {STR_INIT("restartPolicy"), take_pod_restart_policy},
        {STR_INIT("schedulingGates"), patch_pod},
        {STR_INIT("securityContext"), patch_pod},
        {STR_INIT("serviceAccount"), take_service_account},
        {STR_INIT("serviceAccountName"), patch_pod},
        {STR_INIT("terminationGracePeriodSeconds"), patch_pod},
        {STR_INIT("tolerations"), patch_pod},
        {STR_INIT("volumes"), patch_pod},
    };
    return trainjob_fields(job, field, fields, FIELD_COUNT(fields), others);
}

/* ---- the template ---- */

static bool patch_metadata(TrainJob *job, const Node *field) {
    target_add(job->patch_metadata, target_keep(job->rw, field));
    return true;
}

static bool drop_name(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS, "Pods have names and namespaces of their own");
}

static bool take_metadata(TrainJob *job, const Node *field) {
    static const Field fields[] = {
        {STR_INIT("annotations"), patch_metadata}, {STR_INIT("creationTimestamp"), drop_name},
        {STR_INIT("labels"), patch_metadata},      {STR_INIT("name"), drop_name},
        {STR_INIT("namespace"), drop_name},
    };
    job->patch_metadata = trainjob_collection(job, field);
    return trainjob_fields(job, field, fields, FIELD_COUNT(fields), trainjob_needs_runtime);
}

bool trainjob_take_template(TrainJob *job) {
    static const Field fields[] = {{STR_INIT("metadata"), take_metadata},
                                   {STR_INIT("spec"), take_pod}};
    job->patch_metadata = target_map(job->rw);
    job->patch_pod = trainjob_collection(job, job->pod);
    return trainjob_fields(job, job->taken->template, fields, FIELD_COUNT(fields),
                           trainjob_unknown);
}
