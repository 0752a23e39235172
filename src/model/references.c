/* The table of references, and the walk along its paths. */
#include "model/references.h"

#include "base/limits.h"
#include "base/vec.h"

typedef enum {
    NAMES_ONE_KIND, /* the table says which kind */
    SAYS_KIND,      /* a kind beside the name is the one that is meant */
    ONLY_THAT_KIND, /* where another kind stands beside the name, no object is named */
} KindFrom;

typedef struct ReferenceRow {
    Str group, kind;               /* of the resource; POD: any pod spec */
    const char *path;              /* to the name, from the resource or the pod spec */
    Str target_group, target_kind; /* of what it names, where nothing else is said beside it */
    KindFrom from;
    Str namespace_key; /* beside the name; empty: it is always in the same namespace */
    bool in_label;     /* the name is the value of a label */
} ReferenceRow;

#define OF(group, kind)  STR_INIT(group), STR_INIT(kind)
#define POD              OF("", "")
#define TO(group, kind)  STR_INIT(group), STR_INIT(kind), NAMES_ONE_KIND, STR_INIT(""), false
#define MAY(group, kind) STR_INIT(group), STR_INIT(kind), SAYS_KIND, STR_INIT(""), false
#define ANYWHERE(group, kind)                                                                      \
    STR_INIT(group), STR_INIT(kind), SAYS_KIND, STR_INIT("namespace"), false /* in any namespace */
#define ONLY(group, kind)                                                                          \
    STR_INIT(group), STR_INIT(kind), ONLY_THAT_KIND, STR_INIT("namespace"), false
#define VARIANT                                                                                    \
    STR_INIT("llmd.ai"), STR_INIT("VariantAutoscaling"), NAMES_ONE_KIND,                           \
        STR_INIT("exported_namespace"), true

#define HPA           OF("autoscaling", "HorizontalPodAutoscaler")
#define KEDA(kind)    OF("keda.sh", kind)
#define GATEWAY(kind) OF("gateway.networking.k8s.io", kind)
#define TRAIN_JOB     OF("trainer.kubeflow.org", "TrainJob")
#define RBAC          "rbac.authorization.k8s.io"
#define INGRESS       OF("networking.k8s.io", "Ingress")
#define OLD_INGRESS   OF("extensions", "Ingress")
#define WEBHOOKS(kind)                                                                             \
    OF("admissionregistration.k8s.io", kind), "webhooks[*].clientConfig.service.name",             \
        ANYWHERE("", "Service")

#define QUEUE(group, kind)                                                                         \
    OF(group, kind), "metadata.labels[\"kueue.x-k8s.io/queue-name\"]", STR_INIT("kueue.x-k8s.io"), \
        STR_INIT("LocalQueue"), NAMES_ONE_KIND, STR_INIT(""), true

/* What all three lists of containers name. */
#define CONTAINERS(list)                                                                           \
    {POD, list "[*].envFrom[*].configMapRef.name", TO("", "ConfigMap")},                           \
        {POD, list "[*].envFrom[*].secretRef.name", TO("", "Secret")},                             \
        {POD, list "[*].env[*].valueFrom.configMapKeyRef.name", TO("", "ConfigMap")}, {            \
        POD, list "[*].env[*].valueFrom.secretKeyRef.name", TO("", "Secret")                       \
    }

static const ReferenceRow rows[] = {
    /* Pods, wherever their spec stands */
    CONTAINERS("containers"),
    CONTAINERS("initContainers"),
    CONTAINERS("ephemeralContainers"),
    {POD, "volumes[*].configMap.name", TO("", "ConfigMap")},
    {POD, "volumes[*].secret.secretName", TO("", "Secret")},
    {POD, "volumes[*].projected.sources[*].configMap.name", TO("", "ConfigMap")},
    {POD, "volumes[*].projected.sources[*].secret.name", TO("", "Secret")},
    {POD, "volumes[*].persistentVolumeClaim.claimName", TO("", "PersistentVolumeClaim")},
    {POD, "volumes[*].ephemeral.volumeClaimTemplate.spec.storageClassName",
     TO("storage.k8s.io", "StorageClass")},
    {POD, "volumes[*].azureFile.secretName", TO("", "Secret")},
    {POD, "volumes[*].cephfs.secretRef.name", TO("", "Secret")},
    {POD, "volumes[*].csi.nodePublishSecretRef.name", TO("", "Secret")},
    {POD, "volumes[*].flexVolume.secretRef.name", TO("", "Secret")},
    {POD, "volumes[*].iscsi.secretRef.name", TO("", "Secret")},
    {POD, "volumes[*].rbd.secretRef.name", TO("", "Secret")},
    {POD, "imagePullSecrets[*].name", TO("", "Secret")},
    {POD, "serviceAccountName", TO("", "ServiceAccount")},
    {POD, "serviceAccount", TO("", "ServiceAccount")},
    {POD, "priorityClassName", TO("scheduling.k8s.io", "PriorityClass")},
    {POD, "runtimeClassName", TO("node.k8s.io", "RuntimeClass")},
    {POD, "resourceClaims[*].resourceClaimName", TO("resource.k8s.io", "ResourceClaim")},
    {POD, "resourceClaims[*].resourceClaimTemplateName",
     TO("resource.k8s.io", "ResourceClaimTemplate")},
    /* workloads and storage */
    {OF("apps", "StatefulSet"), "spec.serviceName", TO("", "Service")},
    {OF("apps", "StatefulSet"), "spec.volumeClaimTemplates[*].spec.storageClassName",
     TO("storage.k8s.io", "StorageClass")},
    {OF("", "PersistentVolumeClaim"), "spec.volumeName", TO("", "PersistentVolume")},
    {OF("", "PersistentVolumeClaim"), "spec.storageClassName",
     TO("storage.k8s.io", "StorageClass")},
    {OF("", "PersistentVolumeClaim"), "spec.dataSource.name", MAY("", "PersistentVolumeClaim")},
    {OF("", "PersistentVolumeClaim"), "spec.dataSourceRef.name",
     ANYWHERE("", "PersistentVolumeClaim")},
    {OF("", "PersistentVolume"), "spec.claimRef.name", ANYWHERE("", "PersistentVolumeClaim")},
    {OF("", "PersistentVolume"), "spec.storageClassName", TO("storage.k8s.io", "StorageClass")},
    {OF("snapshot.storage.k8s.io", "VolumeSnapshot"), "spec.source.persistentVolumeClaimName",
     TO("", "PersistentVolumeClaim")},
    /* who may do what */
    {OF("", "ServiceAccount"), "secrets[*].name", TO("", "Secret")},
    {OF("", "ServiceAccount"), "imagePullSecrets[*].name", TO("", "Secret")},
    {OF("", "Secret"), "metadata.annotations[\"kubernetes.io/service-account.name\"]",
     TO("", "ServiceAccount")},
    {OF(RBAC, "RoleBinding"), "subjects[*].name", ONLY("", "ServiceAccount")},
    {OF(RBAC, "RoleBinding"), "roleRef.name", MAY(RBAC, "Role")},
    {OF(RBAC, "ClusterRoleBinding"), "subjects[*].name", ONLY("", "ServiceAccount")},
    {OF(RBAC, "ClusterRoleBinding"), "roleRef.name", MAY(RBAC, "ClusterRole")},
    /* network */
    {INGRESS, "spec.defaultBackend.service.name", TO("", "Service")},
    {INGRESS, "spec.defaultBackend.resource.name", MAY("", "")},
    {INGRESS, "spec.rules[*].http.paths[*].backend.service.name", TO("", "Service")},
    {INGRESS, "spec.rules[*].http.paths[*].backend.resource.name", MAY("", "")},
    {INGRESS, "spec.backend.serviceName", TO("", "Service")},
    {INGRESS, "spec.rules[*].http.paths[*].backend.serviceName", TO("", "Service")},
    {INGRESS, "spec.tls[*].secretName", TO("", "Secret")},
    {INGRESS, "spec.ingressClassName", TO("networking.k8s.io", "IngressClass")},
    {OLD_INGRESS, "spec.backend.serviceName", TO("", "Service")},
    {OLD_INGRESS, "spec.rules[*].http.paths[*].backend.serviceName", TO("", "Service")},
    {OLD_INGRESS, "spec.tls[*].secretName", TO("", "Secret")},
    {GATEWAY("HTTPRoute"), "spec.rules[*].backendRefs[*].name", ANYWHERE("", "Service")},
    {GATEWAY("HTTPRoute"), "spec.parentRefs[*].name",
     ANYWHERE("gateway.networking.k8s.io", "Gateway")},
    {GATEWAY("GRPCRoute"), "spec.rules[*].backendRefs[*].name", ANYWHERE("", "Service")},
    {GATEWAY("GRPCRoute"), "spec.parentRefs[*].name",
     ANYWHERE("gateway.networking.k8s.io", "Gateway")},
    {GATEWAY("Gateway"), "spec.listeners[*].tls.certificateRefs[*].name", ANYWHERE("", "Secret")},
    {GATEWAY("Gateway"), "spec.gatewayClassName", TO("gateway.networking.k8s.io", "GatewayClass")},
    {OF("inference.networking.k8s.io", "InferencePool"), "spec.endpointPickerRef.name",
     MAY("", "Service")},
    {OF("inference.networking.x-k8s.io", "InferencePool"), "spec.extensionRef.name",
     MAY("", "Service")},
    {OF("inference.networking.x-k8s.io", "InferenceModel"), "spec.poolRef.name",
     MAY("inference.networking.x-k8s.io", "InferencePool")},
    {WEBHOOKS("MutatingWebhookConfiguration")},
    {WEBHOOKS("ValidatingWebhookConfiguration")},
    {OF("cert-manager.io", "Certificate"), "spec.secretName", TO("", "Secret")},
    {OF("cert-manager.io", "Certificate"), "spec.issuerRef.name", MAY("cert-manager.io", "Issuer")},
    /* autoscaling */
    {HPA, "spec.scaleTargetRef.name", MAY("apps", "Deployment")},
    {HPA, "spec.metrics[*].object.describedObject.name", MAY("", "Service")},
    {HPA, "spec.metrics[*].object.target.name", MAY("", "Service")},
    {HPA, "spec.metrics[*].external.metric.selector.matchLabels.variant_name", VARIANT},
    {HPA, "spec.metrics[*].external.metric.selector.matchExpressions[key=variant_name].values[*]",
     VARIANT},
    {HPA, "spec.metrics[*].external.metricSelector.matchLabels.variant_name", VARIANT},
    {HPA, "spec.metrics[*].external.metricSelector.matchExpressions[key=variant_name].values[*]",
     VARIANT},
    {OF("autoscaling.k8s.io", "VerticalPodAutoscaler"), "spec.targetRef.name",
     MAY("apps", "Deployment")},
    {OF("llmd.ai", "VariantAutoscaling"), "spec.scaleTargetRef.name", MAY("apps", "Deployment")},
    {OF("llmd.ai", "VariantAutoscaling"), "spec.sloClassRef.name", TO("", "ConfigMap")},
    {KEDA("ScaledObject"), "spec.scaleTargetRef.name", MAY("apps", "Deployment")},
    {KEDA("ScaledObject"), "spec.triggers[*].authenticationRef.name",
     MAY("keda.sh", "TriggerAuthentication")},
    {KEDA("ScaledJob"), "spec.triggers[*].authenticationRef.name",
     MAY("keda.sh", "TriggerAuthentication")},
    {KEDA("TriggerAuthentication"), "spec.secretTargetRef[*].name", TO("", "Secret")},
    {KEDA("TriggerAuthentication"), "spec.configMapTargetRef[*].name", TO("", "ConfigMap")},
    {QUEUE("trainer.kubeflow.org", "TrainJob")},
    {QUEUE("jobset.x-k8s.io", "JobSet")},
    {QUEUE("batch", "Job")},
    /* training; the Pods of runtimes are found as Pods */
    {TRAIN_JOB, "spec.runtimeRef.name", MAY("trainer.kubeflow.org", "ClusterTrainingRuntime")},
    {TRAIN_JOB, "spec.trainer.env[*].valueFrom.configMapKeyRef.name", TO("", "ConfigMap")},
    {TRAIN_JOB, "spec.trainer.env[*].valueFrom.secretKeyRef.name", TO("", "Secret")},
    {TRAIN_JOB, "spec.initializer.dataset.env[*].valueFrom.configMapKeyRef.name",
     TO("", "ConfigMap")},
    {TRAIN_JOB, "spec.initializer.dataset.env[*].valueFrom.secretKeyRef.name", TO("", "Secret")},
    {TRAIN_JOB, "spec.initializer.dataset.secretRef.name", TO("", "Secret")},
    {TRAIN_JOB, "spec.initializer.model.env[*].valueFrom.configMapKeyRef.name",
     TO("", "ConfigMap")},
    {TRAIN_JOB, "spec.initializer.model.env[*].valueFrom.secretKeyRef.name", TO("", "Secret")},
    {TRAIN_JOB, "spec.initializer.model.secretRef.name", TO("", "Secret")},
};

/* Parts of a Pod that stand alone: their shape does not tell what they are. */
static const struct {
    Str group, kind;
    const char *path;
} pod_parts[] = {
    {TRAIN_JOB, "spec.podSpecOverrides[*]"},
    {TRAIN_JOB, "spec.podTemplateOverrides[*].spec"},
    {TRAIN_JOB,
     "spec.runtimePatches[*].trainingRuntimeSpec.template.spec.replicatedJobs[*].template.spec."
     "template.spec"},
};

/* ---- the walk ---- */

typedef struct Walk Walk;
typedef void (*Arrive)(Walk *w, const void *context, const Node *at, const Node *parent);

struct Walk {
    Arena *arena;
    ReferenceVisit visit;
    void *context;
    VEC(Step) way; /* from the resource to where the walk stands */
    bool shared_text;
    int budget; /* nodes that may still be met behind aliases and merge keys; below 0: it stops */
};

typedef struct Trail { /* a path of the tables, and what is done at its end */
    Path path;
    Arrive arrive;
    const void *context;
} Trail;

static void follow(Walk *w, const Trail *t, size_t at, const Node *n, const Node *parent);

static void step_into(Walk *w, const Trail *t, size_t at, Step step, const Node *n,
                      const Node *parent) {
    vec_push(&w->way, step);
    follow(w, t, at + 1, n, parent);
    w->way.len--;
}

static const Node *own_child(const Node *map, Str key) {
    NODE_EACH (child, map)
        if (child->key && child->key->kind == NODE_SCALAR && str_eq(child->key->value, key))
            return child;
    return NULL;
}

/* The child as it stands there, or the one that is merged: that one is shared. */
static const Node *child_of(Walk *w, const Node *map, Str key) {
    const Node *own = own_child(map, key);
    if (own || !own_child(map, STR("<<"))) return own;
    w->shared_text = true;
    return node_child_within(map, key, &w->budget);
}

static void follow_key(Walk *w, const Trail *t, size_t at, const Node *map) {
    const Step *step = &t->path.steps[at];
    bool was_shared = w->shared_text;
    const Node *child = child_of(w, map, step->key);
    if (child) step_into(w, t, at, *step, child, map);
    w->shared_text = was_shared;
}

static void follow_items(Walk *w, const Trail *t, size_t at, const Node *seq) {
    const Step *step = &t->path.steps[at];
    uint32_t i = 0;
    NODE_EACH (item, seq) {
        Step here = {.kind = STEP_INDEX, .index = i++};
        bool wanted =
            step->kind == STEP_EACH_ITEM ||
            (step->kind == STEP_ITEM_WHERE && node_is(node_child(item, step->key), step->text));
        if (wanted) step_into(w, t, at, here, item, seq);
    }
}

/* At the end an alias may stand: it is a scalar of its own there. On the way it leads elsewhere. */
static void follow(Walk *w, const Trail *t, size_t at, const Node *n, const Node *parent) {
    if (w->budget < 0) return;
    if (at == t->path.count) {
        t->arrive(w, t->context, n, parent);
        return;
    }
    bool was_shared = w->shared_text;
    w->shared_text |= n->kind == NODE_ALIAS;
    n = node_resolve(n);
    if (n && w->shared_text) w->budget -= 1 + (int)n->count;
    bool by_key = t->path.steps[at].kind == STEP_KEY;
    if (n && n->kind == NODE_MAP && by_key) follow_key(w, t, at, n);
    if (n && n->kind == NODE_SEQ && !by_key) follow_items(w, t, at, n);
    w->shared_text = was_shared;
}

static void follow_path(Walk *w, const char *text, Arrive arrive, const void *context,
                        const Node *from) {
    Trail t = {.arrive = arrive, .context = context};
    Error err;
    if (!path_parse(w->arena, str_from(text), &t.path, &err)) bug("%s: %s", text, err.text);
    follow(w, &t, 0, from, NULL);
}

/* ---- at the end of a path ---- */

static Path way_of(Walk *w) {
    Step *steps = arena_array(w->arena, Step, w->way.len);
    for (size_t i = 0; i < w->way.len; i++) steps[i] = w->way.items[i];
    return (Path){steps, w->way.len};
}

static Path way_beside(Walk *w, Str key) {
    Step own = *vec_last(&w->way);
    *vec_last(&w->way) = (Step){.kind = STEP_KEY, .key = key};
    Path path = way_of(w);
    *vec_last(&w->way) = own;
    return path;
}

/* `apiVersion: apps/v1`, or the group alone under one of its two names. */
static bool group_beside(const Node *parent, Str *group) {
    const Node *version = node_child(parent, STR("apiVersion"));
    const Node *alone = node_child(parent, STR("apiGroup"));
    if (!alone) alone = node_child(parent, STR("group"));
    Identity id;
    if (version) {
        identity_set_type(&id, node_text(version), (Str){0});
        *group = id.group;
    } else if (alone) {
        *group = node_is_null(alone) ? (Str){0} : node_text(alone);
    }
    return version || alone;
}

/* False when no object is named. */
static bool name_kind(const ReferenceRow *row, const Node *parent, Reference *r) {
    Str kind = row->from == NAMES_ONE_KIND ? (Str){0} : node_text(node_child(parent, STR("kind")));
    r->group = row->target_group;
    r->kind = kind.len ? kind : row->target_kind;
    if (row->from == ONLY_THAT_KIND) return str_eq(r->kind, row->target_kind);
    if (row->from == SAYS_KIND) group_beside(parent, &r->group);
    return r->kind.len;
}

static void arrive_at_name(Walk *w, const void *context, const Node *n, const Node *parent) {
    const ReferenceRow *row = context;
    Reference r = {
        .node = n, .name = node_text(n), .shared_text = w->shared_text, .in_label = row->in_label};
    const Node *text = node_resolve(n);
    bool names =
        text && text->kind == NODE_SCALAR && !node_is_null(n) && (r.name.len || text->templated);
    if (!names || !name_kind(row, parent, &r)) return;
    const Node *beside = row->namespace_key.len ? node_child(parent, row->namespace_key) : NULL;
    r.name_at = way_of(w);
    r.namespace = node_text(beside);
    if (r.namespace.len) r.namespace_at = way_beside(w, row->namespace_key);
    w->visit(w->context, &r);
}

/* ---- all together ---- */

static void visit_pod(Walk *w, const void *unused, const Node *spec, const Node *parent) {
    (void)unused, (void)parent;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!rows[i].kind.len) follow_path(w, rows[i].path, arrive_at_name, &rows[i], spec);
}

static bool is_pod(Walk *w, const Node *n) {
    const Node *containers =
        n->kind == NODE_MAP ? node_resolve(child_of(w, n, STR("containers"))) : NULL;
    w->shared_text = false; /* whatever it is found by, the map itself stands here */
    return containers && containers->kind == NODE_SEQ;
}

static void find_pods(Walk *w, const Node *n) {
    if (w->budget < 0) return;
    if (is_pod(w, n)) visit_pod(w, NULL, n, NULL);
    uint32_t i = 0;
    NODE_EACH (child, n) {
        Step step = {.kind = STEP_INDEX, .index = i++};
        if (child->key) step = (Step){.kind = STEP_KEY, .key = child->key->value};
        vec_push(&w->way, step);
        find_pods(w, child);
        w->way.len--;
    }
}

static bool is_of(const Identity *id, Str group, Str kind) {
    return str_eq(id->kind, kind) && str_eq(id->group, group);
}

bool references_each(Arena *a, const Node *resource, const Identity *id, ReferenceVisit visit,
                     void *context) {
    Walk w = {.arena = a, .visit = visit, .context = context, .budget = LIMIT_REFERENCE_NODES};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind.len && is_of(id, rows[i].group, rows[i].kind))
            follow_path(&w, rows[i].path, arrive_at_name, &rows[i], resource);
    for (size_t i = 0; i < sizeof pod_parts / sizeof *pod_parts; i++)
        if (is_of(id, pod_parts[i].group, pod_parts[i].kind))
            follow_path(&w, pod_parts[i].path, visit_pod, NULL, resource);
    find_pods(&w, resource);
    vec_release(&w.way);
    return w.budget >= 0;
}
