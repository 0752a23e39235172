/* What a TrainJob says of the Pods of its runtime, in the words of its release:
 *
 *     2.0   podSpecOverrides      [{targetJobs: [{name: node}], nodeSelector: …}]
 *     2.1   podTemplateOverrides  [{targetJobs: [{name: node}], metadata: …, spec: …}]
 *     2.2   runtimePatches        [{manager: …, trainingRuntimeSpec: … the same, further down}]
 *
 * It changes a Pod of the runtime; it cannot add a container to it. */
#include "convert/trainjob.h"

static Target *nest(TrainJob *job, Target *parent, Str key) {
    return target_add_key(parent, key, target_map(job->rw));
}

static Target *item(TrainJob *job, Target *parent, Str list) {
    Target *seq = target_add_key(parent, list, target_seq(job->rw));
    return target_add(seq, target_map(job->rw));
}

static Target *named_item(TrainJob *job, Target *parent, Str list, Str key, Str name) {
    Target *map = item(job, parent, list);
    target_add_key(map, key, target_string(job->rw, name));
    return map;
}

static void target_nodes(TrainJob *job, Target *override) {
    named_item(job, override, STR("targetJobs"), STR("name"), STR("node"));
}

void trainjob_begin_override(TrainJob *job) {
    job->pod_metadata = target_map(job->rw);
    job->pod_spec = trainjob_collection(job, job->pod);
    if (job->version->override == OVERRIDE_POD_SPECS) target_nodes(job, job->pod_spec);
}

static void add_parts(TrainJob *job, Target *pods) {
    if (job->pod_metadata->first) target_add_key(pods, STR("metadata"), job->pod_metadata);
    if (job->pod_spec->first) target_add_key(pods, STR("spec"), job->pod_spec);
}

static void override_pod_specs(TrainJob *job) {
    if (!job->pod_spec->first->next) return; /* the nodes alone */
    Target *list = target_add_key(job->spec, STR("podSpecOverrides"), target_seq(job->rw));
    target_add(list, job->pod_spec);
}

static void override_pod_templates(TrainJob *job) {
    Target *override = item(job, job->spec, STR("podTemplateOverrides"));
    target_nodes(job, override);
    add_parts(job, override);
}

static void patch_runtime(TrainJob *job) {
    Target *patch =
        named_item(job, job->spec, STR("runtimePatches"), STR("manager"), TRAINJOB_PATCH_MANAGER);
    Target *runtime = nest(job, patch, STR("trainingRuntimeSpec"));
    Target *jobset = nest(job, nest(job, runtime, STR("template")), STR("spec"));
    Target *node = named_item(job, jobset, STR("replicatedJobs"), STR("name"), STR("node"));
    add_parts(job,
              nest(job, nest(job, nest(job, node, STR("template")), STR("spec")), STR("template")));
}

void trainjob_add_override(TrainJob *job) {
    if (job->version->override == OVERRIDE_POD_SPECS)
        override_pod_specs(job);
    else if (!job->pod_metadata->first && !job->pod_spec->first)
        return;
    else if (job->version->override == OVERRIDE_POD_TEMPLATES)
        override_pod_templates(job);
    else
        patch_runtime(job);
}
