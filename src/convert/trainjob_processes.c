/* How many processes run on each node: nprocPerNode of a PyTorchJob, numProcPerNode of v2.
 *
 * Trainer 2.0 and 2.1 take auto, cpu and gpu as v1 does, later releases a number only. Without one
 * Trainer v2 starts a process for each GPU, and on nodes without GPU one for each CPU, where a v1
 * job on CPUs counted as one process per node. */
#include "convert/quantity.h"
#include "convert/trainjob.h"

typedef struct Accelerators {
    /* A quantity of some resource with "gpu" in its name: that is how v2 counts. */
    const Node *gpus;
    const Node *other; /* of another extended resource */
    bool several_cpus;
} Accelerators;

bool trainjob_says_gpu(Str name) {
    for (size_t i = 0; i + 3 <= name.len; i++)
        if (str_eq_nocase(str_slice(name, i, i + 3), STR("gpu"))) return true;
    return false;
}

/* Whatever cannot be read counts as several. */
static bool is_several_cpus(const Node *quantity) {
    double cpus;
    return !quantity_read(node_text(node_resolve(quantity)), &cpus) || cpus > 1;
}

static void read_resources(const Node *quantities, Accelerators *out) {
    quantities = node_resolve(quantities);
    NODE_EACH (quantity, quantities) {
        Str name = quantity->key ? quantity->key->value : (Str){0};
        if (str_eq(name, STR("cpu")))
            out->several_cpus |= is_several_cpus(quantity);
        else if (trainjob_says_gpu(name))
            out->gpus = quantity;
        else if (str_find_char(name, '/') != STR_NONE)
            out->other = quantity;
    }
}

static Accelerators accelerators(const TrainJob *job) {
    Accelerators found = {0};
    const Node *resources = node_child(job->main, STR("resources"));
    read_resources(node_child(resources, STR("requests")), &found);
    read_resources(node_child(resources, STR("limits")), &found);
    read_resources(node_child(job->unlike_resources, STR("requests")), &found);
    read_resources(node_child(job->unlike_resources, STR("limits")), &found);
    return found;
}

static bool set(TrainJob *job, const Node *field, Str number) {
    Target *t = field ? target_set(job->rw, field, number) : target_plain(job->rw, number);
    t->type = SCALAR_PLAIN;
    target_add_key(job->trainer, STR("numProcPerNode"), t);
    return true;
}

static bool take_auto(TrainJob *job, const Node *field, const Accelerators *found) {
    if (!found->gpus && found->other) {
        convert_note(
            job->out,
            "Trainer v2 sees no GPU in '" STR_FMT
            "' and starts a process for each CPU: set numProcPerNode to how many there are",
            STR_ARG(found->other->key->value));
    } else if (!found->gpus && found->several_cpus) {
        convert_note(job->out,
                     "numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 "
                     "would start a process for each CPU");
        return set(job, field, STR("1"));
    }
    return trainjob_drop(job, field, DROP_HARMLESS, "what Trainer v2 does without it");
}

static bool take_gpu(TrainJob *job, const Node *field, const Accelerators *found) {
    uint64_t count;
    Str text = node_text(found->gpus);
    if (str_to_u64(text, &count) && count)
        return set(job, field, str_format(job->rw->arena, "%llu", (unsigned long long)count));
    return trainjob_drop(job, field, DROP_LOSS, "Trainer v2 takes a number only");
}

static bool take_cpu(TrainJob *job, const Node *field, const Accelerators *found) {
    if (!found->gpus)
        return trainjob_drop(job, field, DROP_HARMLESS, "what Trainer v2 does without GPUs");
    return trainjob_drop(job, field, DROP_LOSS, "Trainer v2 takes a number only");
}

/* The older place for a number is elasticPolicy.nProcPerNode. */
static const Node *processes(TrainJob *job) {
    const Node *old =
        trainjob_field(trainjob_field(job->source, STR("elasticPolicy")), STR("nProcPerNode"));
    const Node *field = trainjob_field(job->source, STR("nprocPerNode"));
    if (field && old) trainjob_drop(job, old, DROP_LOSS, "nprocPerNode is taken instead");
    return field ? field : old;
}

static bool keep(TrainJob *job, const Node *field) {
    target_add_key(job->trainer, STR("numProcPerNode"), target_keep(job->rw, field));
    return true;
}

static bool take_chosen(TrainJob *job, const Accelerators *found) {
    const Node *field = processes(job);
    uint64_t count;
    if (field && field->templated) return trainjob_on_template(job, field);
    if (!field || node_is(field, STR("auto"))) return take_auto(job, field, found);
    if (job->version->processes_in_words &&
        (node_is(field, STR("gpu")) || node_is(field, STR("cpu"))))
        return keep(job, field);
    if (node_is(field, STR("gpu"))) return take_gpu(job, field, found);
    if (node_is(field, STR("cpu"))) return take_cpu(job, field, found);
    if (str_to_u64(node_text(field), &count) && count)
        return set(job, field, str_format(job->rw->arena, "%llu", (unsigned long long)count));
    return convert_refuse(job->out, "nprocPerNode is no number, auto, cpu or gpu");
}

/* The runtime for XGBoost counts by itself. */
static bool note_gpus(TrainJob *job, const Accelerators *found) {
    if (found->gpus && !node_is(found->gpus, STR("1")))
        convert_note(job->out,
                     "DMLC_NUM_WORKER counts each GPU ('" STR_FMT
                     "') as a worker, where WORLD_SIZE counted nodes",
                     STR_ARG(found->gpus->key->value));
    return true;
}

bool trainjob_take_processes(TrainJob *job) {
    Accelerators found = accelerators(job);
    if (job->alone || job->kind->processes == PROCESSES_ONE) return true;
    if (job->kind->processes == PROCESSES_FOR_GPUS) return note_gpus(job, &found);
    return take_chosen(job, &found);
}
