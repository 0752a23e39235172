/* The table of releases: CRDs and webhooks of Trainer 2.0.1, 2.1.0, 2.2.1 and 2.3.0. */
#include "convert/trainjob_version.h"

static const TrainerVersion versions[] = {
    {.name = STR_INIT("2.0"),
     .release = RELEASE_2_0,
     .override = OVERRIDE_POD_SPECS,
     .processes_in_words = true,
     .runtime_starts = true,
     .ttl_starts_again = true},
    {.name = STR_INIT("2.1"),
     .release = RELEASE_2_1,
     .override = OVERRIDE_POD_TEMPLATES,
     .processes_in_words = true,
     .has_volcano = true,
     .ttl_starts_again = true},
    {.name = STR_INIT("2.2"),
     .release = RELEASE_2_2,
     .override = OVERRIDE_RUNTIME,
     .has_deadline = true,
     .has_volcano = true,
     .has_bounds = true,
     .longest_image = 500,
     .longest_word = 65536},
    {.name = STR_INIT("2.3"),
     .release = RELEASE_2_3,
     .override = OVERRIDE_RUNTIME,
     .has_deadline = true,
     .has_volcano = true,
     .has_bounds = true,
     .longest_image = 500,
     .longest_word = 1048576},
};

#define ALWAYS RELEASE_2_0
#define NEVER  RELEASE_NONE

/* The first release whose TrainJob says it, the first whose runtime does, and how many items the
 * TrainJob takes where lists have bounds. What stands in no row, no Pod template has. */
typedef struct FieldRow {
    PodPart part;
    Str key;
    Release job, runtime;
    uint32_t most;
} FieldRow;

static const FieldRow fields[] = {
    {PART_METADATA, STR_INIT("annotations"), RELEASE_2_1, ALWAYS, 0},
    {PART_METADATA, STR_INIT("finalizers"), RELEASE_2_1, ALWAYS, 0},
    {PART_METADATA, STR_INIT("labels"), RELEASE_2_1, ALWAYS, 0},

    {PART_POD, STR_INIT("activeDeadlineSeconds"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("affinity"), RELEASE_2_1, ALWAYS, 0},
    {PART_POD, STR_INIT("automountServiceAccountToken"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("dnsConfig"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("dnsPolicy"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("enableServiceLinks"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostAliases"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostIPC"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostNetwork"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostPID"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostUsers"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostname"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("hostnameOverride"), NEVER, RELEASE_2_1, 0},
    {PART_POD, STR_INIT("imagePullSecrets"), RELEASE_2_1, ALWAYS, 64},
    {PART_POD, STR_INIT("initContainers"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("nodeName"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("nodeSelector"), ALWAYS, ALWAYS, 0},
    {PART_POD, STR_INIT("os"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("overhead"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("preemptionPolicy"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("priority"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("priorityClassName"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("readinessGates"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("resourceClaims"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("resources"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("runtimeClassName"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("schedulerName"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("schedulingGates"), ALWAYS, ALWAYS, 16},
    {PART_POD, STR_INIT("schedulingGroup"), NEVER, RELEASE_2_2, 0},
    {PART_POD, STR_INIT("securityContext"), RELEASE_2_2, ALWAYS, 0},
    {PART_POD, STR_INIT("serviceAccountName"), ALWAYS, ALWAYS, 0},
    {PART_POD, STR_INIT("setHostnameAsFQDN"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("shareProcessNamespace"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("subdomain"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("terminationGracePeriodSeconds"), RELEASE_2_3, ALWAYS, 0},
    {PART_POD, STR_INIT("tolerations"), ALWAYS, ALWAYS, 128},
    {PART_POD, STR_INIT("topologySpreadConstraints"), NEVER, ALWAYS, 0},
    {PART_POD, STR_INIT("volumes"), ALWAYS, ALWAYS, 128},

    {PART_CONTAINER, STR_INIT("args"), ALWAYS, ALWAYS, 128},
    {PART_CONTAINER, STR_INIT("command"), ALWAYS, ALWAYS, 128},
    {PART_CONTAINER, STR_INIT("env"), ALWAYS, ALWAYS, 128},
    {PART_CONTAINER, STR_INIT("envFrom"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("image"), ALWAYS, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("imagePullPolicy"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("lifecycle"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("livenessProbe"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("ports"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("readinessProbe"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("resizePolicy"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("resources"), ALWAYS, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("restartPolicy"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("restartPolicyRules"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("securityContext"), RELEASE_2_2, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("startupProbe"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("stdin"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("stdinOnce"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("terminationMessagePath"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("terminationMessagePolicy"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("tty"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("volumeDevices"), NEVER, ALWAYS, 0},
    {PART_CONTAINER, STR_INIT("volumeMounts"), ALWAYS, ALWAYS, 128},
    {PART_CONTAINER, STR_INIT("workingDir"), NEVER, ALWAYS, 0},
};

const TrainerVersion *trainer_version_find(Str name) {
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (str_eq(versions[i].name, name)) return &versions[i];
    return NULL;
}

static const FieldRow *row_of(PodPart part, Str key) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].part == part && str_eq(fields[i].key, key)) return &fields[i];
    return NULL;
}

Holder trainer_version_holder(const TrainerVersion *v, PodPart part, Str key) {
    const FieldRow *row = row_of(part, key);
    if (!row || v->release < row->runtime) return HOLDER_NONE;
    return v->release < row->job ? HOLDER_RUNTIME : HOLDER_JOB;
}

bool trainer_version_lacks(const TrainerVersion *v, Str key) {
    static const struct {
        Str key;
        Release since;
    } later[] = {
        {STR_INIT("fileKeyRef"), RELEASE_2_1},         {STR_INIT("podCertificate"), RELEASE_2_1},
        {STR_INIT("restartPolicyRules"), RELEASE_2_1}, {STR_INIT("stopSignal"), RELEASE_2_1},
        {STR_INIT("userAnnotations"), RELEASE_2_2},
    };
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (str_eq(later[i].key, key)) return v->release < later[i].since;
    return false;
}

/* A TrainJob keeps volumeMounts by the volume's name; a container, by the place. */
static bool has_name_twice(const Node *list) {
    NODE_EACH (one, list) {
        Str name = node_text(node_child(one, STR("name")));
        for (const Node *other = one->next; name.len && other; other = other->next)
            if (node_is(node_child(other, STR("name")), name)) return true;
    }
    return false;
}

static bool has_longer_word(const Node *list, size_t longest) {
    NODE_EACH (word, list)
        if (node_text(node_resolve(word)).len > longest) return true;
    return false;
}

bool trainer_version_fits(const TrainerVersion *v, PodPart part, const Node *field) {
    const Node *value = node_resolve(field);
    Str key = field->key->value;
    const FieldRow *row = row_of(part, key);
    if (str_eq(key, STR("volumeMounts")) && has_name_twice(value)) return false;
    if (!v->has_bounds || !row) return true;
    if (row->most && value->count > row->most) return false;
    if (str_eq(key, STR("image"))) return node_text(value).len <= v->longest_image;
    if (str_eq(key, STR("command")) || str_eq(key, STR("args")))
        return !has_longer_word(value, v->longest_word);
    return true;
}
