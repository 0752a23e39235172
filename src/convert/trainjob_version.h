/* What a TrainJob of each release of Trainer can say, and what a TrainingRuntime can say for it.
 *
 * All of them are trainer.kubeflow.org/v1alpha1: the version does not tell the shape. So the shape
 * is data:
 *
 *     const TrainerVersion *v = trainer_version_find(STR("2.1"));          NULL: no such release
 *     trainer_version_holder(v, PART_POD, STR("hostNetwork"))             HOLDER_RUNTIME
 *
 * A field that a TrainJob can say reaches the Pods by what the release calls an override or a
 * patch; the fields of the container that trains stand in spec.trainer. Private to
 * convert/trainjob*.c. */
#ifndef CONVERT_TRAINJOB_VERSION_H
#define CONVERT_TRAINJOB_VERSION_H

#include "yaml/node.h"

typedef enum { RELEASE_2_0, RELEASE_2_1, RELEASE_2_2, RELEASE_2_3, RELEASE_NONE } Release;

/* How a TrainJob changes the Pods of its runtime. */
typedef enum {
    OVERRIDE_POD_SPECS,     /* spec.podSpecOverrides: their specs only */
    OVERRIDE_POD_TEMPLATES, /* spec.podTemplateOverrides: metadata and spec */
    OVERRIDE_RUNTIME,       /* spec.runtimePatches: the same, from the top of the runtime */
} OverrideShape;

typedef struct TrainerVersion {
    Str name; /* "2.3" */
    Release release;
    OverrideShape override;
    bool has_deadline;       /* spec.activeDeadlineSeconds */
    bool processes_in_words; /* numProcPerNode may be auto, cpu or gpu */
    bool has_volcano;        /* spec.podGroupPolicy.volcano of a runtime */
    bool runtime_starts;     /* the built-in torch-distributed brings a command of its own */
    bool ttl_starts_again;   /* what the ttl deletes is created again */
    bool has_bounds;         /* lists have a greatest length */
    size_t longest_image;    /* 0: any */
    size_t longest_word;     /* of command and args; 0: any */
} TrainerVersion;

const TrainerVersion *trainer_version_find(Str name);

/* In which map of the Pod template a field stands. */
typedef enum { PART_METADATA, PART_POD, PART_CONTAINER } PodPart;

typedef enum {
    HOLDER_JOB,     /* the TrainJob itself */
    HOLDER_RUNTIME, /* not the TrainJob, but a TrainingRuntime */
    HOLDER_NONE,    /* nobody knows such a field */
} Holder;

Holder trainer_version_holder(const TrainerVersion *v, PodPart part, Str key);

/* Is the value within the bounds that a TrainJob sets for this field? */
bool trainer_version_fits(const TrainerVersion *v, PodPart part, const Node *field);

/* Is there a field of this name, anywhere in a Pod template, that came with a later release? */
bool trainer_version_lacks(const TrainerVersion *v, Str key);

#endif
