/* The container that trains has a name for each kind, and is called node in a TrainJob: nobody else
 * may have that name, and what names the container is for a person to change. */
#include "convert/trainjob.h"

#define NEW_NAME STR("node")

static bool is_free(TrainJob *job, Str list) {
    NODE_EACH (container, trainjob_field(job->pod, list))
        if (container != job->main && node_is(node_child(container, STR("name")), NEW_NAME)) {
            Str path = trainjob_path(job, container);
            return convert_refuse(job->out,
                                  "a TrainJob calls the container that trains 'node', and another "
                                  "has that name: " STR_FMT,
                                  STR_ARG(path));
        }
    return true;
}

static void note_mention(TrainJob *job, const Node *n) {
    Str path = trainjob_path(job, n);
    convert_note(job->out, STR_FMT " names container " STR_FMT ": a TrainJob calls it node",
                 STR_ARG(path), STR_ARG(job->kind->container));
}

/* Amounts of resources that variables and files tell name the container that they are of. */
static void find_mentions(TrainJob *job, const Node *n) {
    NODE_EACH (child, n) {
        if (child->key && str_eq(child->key->value, STR("containerName")) &&
            node_is(child, job->kind->container))
            note_mention(job, child);
        find_mentions(job, child);
    }
}

/* "kubectl.kubernetes.io/default-container: pytorch", "container.….io/pytorch: …" */
static void check_annotations(TrainJob *job) {
    const Node *metadata = trainjob_field(job->taken->template, STR("metadata"));
    Str name = job->kind->container,
        suffix = str_format(job->in->arena, "/" STR_FMT, STR_ARG(name));
    NODE_EACH (annotation, trainjob_field(metadata, STR("annotations")))
        if (node_is(annotation, name) ||
            (annotation->key && str_ends(annotation->key->value, suffix)))
            note_mention(job, annotation);
}

bool trainjob_check_names(TrainJob *job) {
    if (!is_free(job, STR("containers")) || !is_free(job, STR("initContainers"))) return false;
    find_mentions(job, job->pod);
    check_annotations(job);
    return true;
}
