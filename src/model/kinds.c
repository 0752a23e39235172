/* The table of kinds that are not like most. */
#include "model/kinds.h"

typedef enum {
    NAME_SUBDOMAIN,    /* labels joined by dots */
    NAME_LABEL,        /* one DNS label: the name becomes a label's value, or a host's name */
    NAME_LETTER_LABEL, /* … that starts with a letter (RFC 1035) */
    NAME_PATH_SEGMENT, /* nearly anything, such as system:node */
} NameForm;

enum {
    LONGEST_NAME = 253,
    LONGEST_LABEL = 63,
    LONGEST_CRON_JOB = 52,     /* its Jobs add 11 characters */
    LONGEST_STATEFUL_SET = 52, /* its Pods have a label of the name and 11 characters */
    LONGEST_TRAIN_JOB = 48,    /* its Pods are called NAME-node-0-0-12345: JobSet takes no others */
    GENERATED = 5,             /* characters that the server adds to a generateName */
};

typedef enum { NAMESPACED, CLUSTER, CLUSTER_FIXED } Scope;

typedef struct Kind {
    Str group, kind;
    Scope scope;
    NameForm form;
    size_t most; /* characters of a name; 0: as the form says */
} Kind;

#define OF(group, kind) STR_INIT(group), STR_INIT(kind)
#define IN_CLUSTER(group, kind)                                                                    \
    { OF(group, kind), CLUSTER, NAME_SUBDOMAIN, 0 }
#define FIXED(group, kind)                                                                         \
    { OF(group, kind), CLUSTER_FIXED, NAME_SUBDOMAIN, 0 }
#define ADMISSION "admissionregistration.k8s.io"
#define CALICO    "crd.projectcalico.org"
#define RBAC      "rbac.authorization.k8s.io"

static const Kind kinds[] = {
    /* Kubernetes: not in a namespace */
    {OF("", "Namespace"), CLUSTER_FIXED, NAME_LABEL, 0},
    FIXED("", "Node"),
    FIXED("", "ComponentStatus"),
    IN_CLUSTER("", "PersistentVolume"),
    IN_CLUSTER(ADMISSION, "MutatingWebhookConfiguration"),
    IN_CLUSTER(ADMISSION, "ValidatingWebhookConfiguration"),
    IN_CLUSTER(ADMISSION, "MutatingAdmissionPolicy"),
    IN_CLUSTER(ADMISSION, "MutatingAdmissionPolicyBinding"),
    IN_CLUSTER(ADMISSION, "ValidatingAdmissionPolicy"),
    IN_CLUSTER(ADMISSION, "ValidatingAdmissionPolicyBinding"),
    FIXED("apiextensions.k8s.io", "CustomResourceDefinition"),
    FIXED("apiregistration.k8s.io", "APIService"),
    IN_CLUSTER("authentication.k8s.io", "SelfSubjectReview"),
    IN_CLUSTER("authentication.k8s.io", "TokenReview"),
    IN_CLUSTER("authorization.k8s.io", "SelfSubjectAccessReview"),
    IN_CLUSTER("authorization.k8s.io", "SelfSubjectRulesReview"),
    IN_CLUSTER("authorization.k8s.io", "SubjectAccessReview"),
    IN_CLUSTER("certificates.k8s.io", "CertificateSigningRequest"),
    {OF("certificates.k8s.io", "ClusterTrustBundle"), CLUSTER, NAME_PATH_SEGMENT, 0},
    IN_CLUSTER("extensions", "PodSecurityPolicy"),
    IN_CLUSTER("flowcontrol.apiserver.k8s.io", "FlowSchema"),
    IN_CLUSTER("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"),
    FIXED("internal.apiserver.k8s.io", "StorageVersion"),
    IN_CLUSTER("networking.k8s.io", "ClusterCIDR"),
    IN_CLUSTER("networking.k8s.io", "IngressClass"),
    FIXED("networking.k8s.io", "IPAddress"),
    IN_CLUSTER("networking.k8s.io", "ServiceCIDR"),
    IN_CLUSTER("node.k8s.io", "RuntimeClass"),
    IN_CLUSTER("policy", "PodSecurityPolicy"),
    {OF(RBAC, "ClusterRole"), CLUSTER, NAME_PATH_SEGMENT, 0},
    {OF(RBAC, "ClusterRoleBinding"), CLUSTER, NAME_PATH_SEGMENT, 0},
    IN_CLUSTER("resource.k8s.io", "DeviceClass"),
    IN_CLUSTER("resource.k8s.io", "DeviceTaintRule"),
    IN_CLUSTER("resource.k8s.io", "ResourceClass"),
    IN_CLUSTER("resource.k8s.io", "ResourceSlice"),
    IN_CLUSTER("scheduling.k8s.io", "PriorityClass"),
    FIXED("storage.k8s.io", "CSIDriver"),
    FIXED("storage.k8s.io", "CSINode"),
    IN_CLUSTER("storage.k8s.io", "StorageClass"),
    IN_CLUSTER("storage.k8s.io", "VolumeAttachment"),
    IN_CLUSTER("storage.k8s.io", "VolumeAttributesClass"),
    IN_CLUSTER("storagemigration.k8s.io", "StorageVersionMigration"),
    /* … of others */
    IN_CLUSTER("argoproj.io", "ClusterWorkflowTemplate"),
    IN_CLUSTER("cert-manager.io", "ClusterIssuer"),
    IN_CLUSTER("cilium.io", "CiliumClusterwideNetworkPolicy"),
    FIXED("cluster.karmada.io", "Cluster"),
    IN_CLUSTER("policy.karmada.io", "ClusterOverridePolicy"),
    IN_CLUSTER("policy.karmada.io", "ClusterPropagationPolicy"),
    FIXED(CALICO, "BGPConfiguration"),
    IN_CLUSTER(CALICO, "BGPPeer"),
    FIXED(CALICO, "FelixConfiguration"),
    IN_CLUSTER(CALICO, "GlobalNetworkPolicy"),
    IN_CLUSTER(CALICO, "GlobalNetworkSet"),
    IN_CLUSTER(CALICO, "HostEndpoint"),
    IN_CLUSTER(CALICO, "IPPool"),
    FIXED("projectcalico.org", "BGPConfiguration"),
    IN_CLUSTER("projectcalico.org", "BGPPeer"),
    FIXED("projectcalico.org", "FelixConfiguration"),
    IN_CLUSTER("projectcalico.org", "GlobalNetworkPolicy"),
    IN_CLUSTER("projectcalico.org", "GlobalNetworkSet"),
    IN_CLUSTER("projectcalico.org", "HostEndpoint"),
    IN_CLUSTER("projectcalico.org", "IPPool"),
    FIXED("operator.tigera.io", "APIServer"),
    FIXED("operator.tigera.io", "Installation"),
    IN_CLUSTER("external-secrets.io", "ClusterExternalSecret"),
    IN_CLUSTER("external-secrets.io", "ClusterSecretStore"),
    IN_CLUSTER("gateway.networking.k8s.io", "GatewayClass"),
    IN_CLUSTER("keda.sh", "ClusterTriggerAuthentication"),
    {OF("kubeflow.org", "Profile"), CLUSTER, NAME_LABEL, 0},
    IN_CLUSTER("kueue.x-k8s.io", "AdmissionCheck"),
    IN_CLUSTER("kueue.x-k8s.io", "ClusterQueue"),
    IN_CLUSTER("kueue.x-k8s.io", "Cohort"),
    IN_CLUSTER("kueue.x-k8s.io", "ResourceFlavor"),
    IN_CLUSTER("kueue.x-k8s.io", "Topology"),
    IN_CLUSTER("kueue.x-k8s.io", "WorkloadPriorityClass"),
    IN_CLUSTER("kyverno.io", "ClusterPolicy"),
    {OF("project.openshift.io", "Project"), CLUSTER_FIXED, NAME_LABEL, 0},
    IN_CLUSTER("security.openshift.io", "SecurityContextConstraints"),
    IN_CLUSTER("serving.kserve.io", "ClusterServingRuntime"),
    IN_CLUSTER("serving.kserve.io", "ClusterStorageContainer"),
    IN_CLUSTER("snapshot.storage.k8s.io", "VolumeSnapshotClass"),
    IN_CLUSTER("snapshot.storage.k8s.io", "VolumeSnapshotContent"),
    IN_CLUSTER("trainer.kubeflow.org", "ClusterTrainingRuntime"),
    /* in a namespace, with names of their own form */
    {OF("", "Service"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("apps", "StatefulSet"), NAMESPACED, NAME_LABEL, LONGEST_STATEFUL_SET},
    {OF("batch", "CronJob"), NAMESPACED, NAME_SUBDOMAIN, LONGEST_CRON_JOB},
    {OF("batch", "Job"), NAMESPACED, NAME_SUBDOMAIN, LONGEST_LABEL},
    {OF("jobset.x-k8s.io", "JobSet"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "JAXJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "MPIJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "MXJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "PaddleJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "PyTorchJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "TFJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("kubeflow.org", "XGBoostJob"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("leaderworkerset.x-k8s.io", "LeaderWorkerSet"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("serving.knative.dev", "Service"), NAMESPACED, NAME_LETTER_LABEL, 0},
    {OF("trainer.kubeflow.org", "TrainJob"), NAMESPACED, NAME_LETTER_LABEL, LONGEST_TRAIN_JOB},
    {OF(RBAC, "Role"), NAMESPACED, NAME_PATH_SEGMENT, 0},
    {OF(RBAC, "RoleBinding"), NAMESPACED, NAME_PATH_SEGMENT, 0},
};

static const Kind like_most = {.scope = NAMESPACED, .form = NAME_SUBDOMAIN};

static const Kind *find(Str group, Str kind) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kinds[i].kind, kind) && str_eq(kinds[i].group, group)) return &kinds[i];
    return &like_most;
}

bool kind_is_namespaced(Str group, Str kind) {
    return find(group, kind)->scope == NAMESPACED;
}

bool kind_has_fixed_name(Str group, Str kind) {
    return find(group, kind)->scope == CLUSTER_FIXED;
}

/* ---- names ---- */

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_inner(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

/* Letters and digits, at both ends of every label; `-` and `.` between. */
static bool is_subdomain(Str name) {
    bool inner = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool before_ok = inner || (c == '-' && i && name.data[i - 1] == '-');
        if (!is_inner(c) && !((c == '-' || c == '.') && before_ok)) return false;
        inner = is_inner(c);
    }
    return inner;
}

static bool is_label(Str name) {
    return is_subdomain(name) && str_find_char(name, '.') == STR_NONE;
}

bool name_is_label(Str name) {
    return is_label(name) && name.len <= LONGEST_LABEL;
}

static bool is_label_inner(char c) {
    return is_inner(c) || (c >= 'A' && c <= 'Z');
}

bool name_is_label_value(Str value) {
    if (!value.len || value.len > LONGEST_LABEL) return false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        bool at_end = !i || i + 1 == value.len;
        bool between = c == '-' || c == '_' || c == '.';
        if (!is_label_inner(c) && (at_end || !between)) return false;
    }
    return true;
}

bool name_is_prefix(Str prefix) {
    Arena a = {0};
    Str shortest = str_format(&a, STR_FMT "0", STR_ARG(prefix));
    bool is = prefix.len && shortest.len <= LONGEST_NAME && is_subdomain(shortest);
    arena_release(&a);
    return is;
}

static bool is_path_segment(Str name) {
    return name.len && !str_eq(name, STR(".")) && !str_eq(name, STR("..")) &&
           str_find_char(name, '/') == STR_NONE && str_find_char(name, '%') == STR_NONE;
}

static const char *fault_of(NameForm form, Str name) {
    switch (form) {
    case NAME_SUBDOMAIN:
        return is_subdomain(name) ? NULL : "is made of a-z, 0-9, '-' and '.', no two '.' in a row";
    case NAME_LABEL: return is_label(name) ? NULL : "is made of a-z, 0-9 and '-'";
    case NAME_LETTER_LABEL:
        return is_label(name) && is_letter(name.data[0])
                   ? NULL
                   : "is made of a-z, 0-9 and '-', and starts with a letter";
    case NAME_PATH_SEGMENT: return is_path_segment(name) ? NULL : "holds no '/' and no '%'";
    }
    return NULL;
}

static size_t longest(const Kind *k) {
    if (k->most) return k->most;
    return k->form == NAME_LABEL || k->form == NAME_LETTER_LABEL ? LONGEST_LABEL : LONGEST_NAME;
}

static bool is_too_long(Str kind, Str name, size_t most, Error *err) {
    if (name.len <= most) return false;
    error_set(err,
              "'" STR_FMT "' has %zu characters, the name of a " STR_FMT " has at most %zu there",
              STR_ARG(name), name.len, STR_ARG(kind), most);
    return true;
}

bool kind_name_check(Str group, Str kind, Str name, Error *err) {
    const Kind *k = find(group, kind);
    const char *fault = fault_of(k->form, name);
    if (is_too_long(kind, name, longest(k), err)) return false;
    return !fault || error_set(err, "the name of a " STR_FMT " %s: '" STR_FMT "' is none",
                               STR_ARG(kind), fault, STR_ARG(name));
}

bool kind_generated_name_check(Str group, Str kind, Str name, Error *err) {
    /* The server cuts what is longer: no name that it makes has more than 63 characters. */
    const Kind *k = find(group, kind);
    size_t most = (longest(k) < LONGEST_LABEL ? longest(k) : LONGEST_LABEL) - GENERATED;
    if (is_too_long(kind, name, most, err)) return false;
    Arena a = {0};
    Str whole = str_format(&a, STR_FMT "00000", STR_ARG(name));
    bool ok = kind_name_check(group, kind, whole, err);
    arena_release(&a);
    return ok;
}
