/* PyTorchJob of Training Operator v1 to TrainJob of Trainer v2: the frame, and what all parts
 * share. */
#include "convert/trainjob.h"

#include "model/index.h"
#include "yaml/path.h"

#define API_VERSION   STR("trainer.kubeflow.org/v1alpha1")
#define PATCH_MANAGER STR("unstale.dev/convert")

/* ---- what all parts share ---- */

bool trainjob_is_empty(const Node *n) {
    n = node_resolve(n);
    if (!n || node_is_null(n)) return true;
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ) return n->count == 0;
    return n->kind == NODE_SCALAR && !n->value.len && !n->templated;
}

const Node *trainjob_field(const Node *map, Str key) {
    const Node *n = node_child(map, key);
    return trainjob_is_empty(n) ? NULL : n;
}

Str trainjob_path(const TrainJob *job, const Node *n) {
    Buf path = {0};
    path_write(&path, job->in->resource, n);
    Str text = str_copy(job->in->arena, buf_str(&path));
    buf_release(&path);
    return text;
}

bool trainjob_drop(TrainJob *job, const Node *field, DropKind kind, const char *reason) {
    rewrite_drop(job->rw, field, kind, str_from(reason));
    return true;
}

static bool refuse_at(TrainJob *job, const char *why, const Node *n) {
    Str path = trainjob_path(job, n);
    return convert_refuse(job->out, "%s: " STR_FMT, why, STR_ARG(path));
}

bool trainjob_needs_runtime(TrainJob *job, const Node *field) {
    return refuse_at(job, "needs a TrainingRuntime", field);
}

bool trainjob_on_template(TrainJob *job, const Node *field) {
    return refuse_at(job, "depends on a template", field);
}

bool trainjob_unknown(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_LOSS, "Training Operator v1 knows no such field here");
}

bool trainjob_taken(TrainJob *job, const Node *field) {
    (void)job, (void)field;
    return true;
}

static bool take_field(TrainJob *job, const Node *field, const Field *fields, size_t count,
                       TakeField *others) {
    Str key = field->key->kind == NODE_SCALAR ? field->key->value : (Str){0};
    if (field->key->templated) return trainjob_on_template(job, field);
    if (str_eq(key, STR("<<"))) return refuse_at(job, "a merge key cannot be split", field->parent);
    for (size_t i = 0; i < count; i++)
        if (str_eq(fields[i].key, key)) return fields[i].take(job, field);
    return others(job, field);
}

bool trainjob_fields(TrainJob *job, const Node *map, const Field *fields, size_t count,
                     TakeField *others) {
    if (map->kind == NODE_ALIAS) return refuse_at(job, "an alias cannot be taken apart", map);
    if (map->templated) return trainjob_on_template(job, map);
    if (map->kind != NODE_MAP) return refuse_at(job, "a map is expected", map);
    NODE_EACH (field, map)
        if (!trainjob_is_empty(field) && !take_field(job, field, fields, count, others))
            return false;
    return true;
}

Target *trainjob_collection(TrainJob *job, const Node *n) {
    if (n->style == STYLE_BLOCK) return target_within(job->rw, n);
    return n->kind == NODE_SEQ ? target_seq(job->rw) : target_map(job->rw);
}

/* ---- may it be converted at all? ---- */

static bool check_kind(TrainJob *job) {
    const ConvertInput *in = job->in;
    const Identity *id = in->identity;
    if (!str_eq(id->group, STR("kubeflow.org")) || !str_eq(id->version, STR("v1")) ||
        !str_eq(id->kind, STR("PyTorchJob")))
        return convert_refuse(job->out, "only a PyTorchJob of kubeflow.org/v1 becomes a TrainJob");
    if (!node_child(in->resource, STR("kind")) || !node_child(in->resource, STR("apiVersion")))
        return convert_refuse(job->out, "its kind is that of the List around it");
    if (!str_eq(in->target, STR("2.3")))
        return convert_refuse(job->out,
                              "only TrainJobs of Trainer 2.3 can be written, not of '" STR_FMT "'",
                              STR_ARG(in->target));
    if (id->owner_kind.len)
        return convert_refuse(job->out, "managed by " STR_FMT " '" STR_FMT "'",
                              STR_ARG(id->owner_kind), STR_ARG(id->owner_name));
    return true;
}

static bool is_free(TrainJob *job) {
    const ConvertInput *in = job->in;
    const Identity *id = in->identity;
    if (!in->facts || !in->facts->presence || !id->name.len) return true;
    int presence = in->facts->presence(in->facts->context, STR("trainer.kubeflow.org"),
                                       STR("TrainJob"), in->namespace, id->name);
    return presence != OBJECT_PRESENT ||
           convert_refuse(job->out, "there is a TrainJob '" STR_FMT "' already", STR_ARG(id->name));
}

/* RFC 1035: the schema of TrainJob insists. */
static bool is_label(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (!letter && (i == 0 || (!digit && (c != '-' || i + 1 == name.len)))) return false;
    }
    return name.len <= 63;
}

static size_t digits(uint64_t n) {
    size_t count = 1;
    while (n /= 10) count++;
    return count;
}

/* A Pod is called NAME-node-0-INDEX-RANDOM; JobSet rejects names by which that has more than 63
 * letters. */
static bool check_name(TrainJob *job) {
    const Node *metadata = node_child(job->in->resource, STR("metadata"));
    Str name = node_text(trainjob_field(metadata, STR("name")));
    Str prefix = node_text(trainjob_field(metadata, STR("generateName")));
    if (!is_label(name))
        return convert_refuse(job->out, "no TrainJob can be named '" STR_FMT "'", STR_ARG(name));
    uint64_t nodes = trainjob_nodes(job);
    size_t length = name.len ? name.len : prefix.len ? prefix.len + 5 : 0;
    size_t pod =
        length + sizeof "-node-0-" - 1 + digits(nodes ? nodes - 1 : 0) + sizeof "-12345" - 1;
    if (pod > 63)
        convert_note(job->out,
                     "metadata: its Pods would have names of %zu characters, at most 63 are "
                     "allowed: shorten the name by %zu",
                     pod, pod - 63);
    return true;
}

/* ---- the frame ---- */

static Str option(const TrainJob *job, Str key, Str otherwise) {
    const ConvertFacts *facts = job->in->facts;
    Str text =
        facts && facts->option ? facts->option(facts->context, STR("trainer"), key) : (Str){0};
    return text.len ? text : otherwise;
}

static void add_envelope(TrainJob *job, Target *root) {
    const Node *resource = job->in->resource;
    Rewrite *rw = job->rw;
    target_add(root, target_set(rw, node_child(resource, STR("apiVersion")), API_VERSION));
    target_add(root, target_set(rw, node_child(resource, STR("kind")), STR("TrainJob")));
    job->metadata = convert_metadata(job->out, resource);
    if (job->metadata) target_add(root, job->metadata);
    job->spec = target_add(root, target_within(rw, job->source));
}

static void add_runtime(TrainJob *job) {
    Target *ref = target_add_key(job->spec, STR("runtimeRef"), target_map(job->rw));
    Str name = option(job, STR("runtime"), STR("torch-distributed"));
    target_add_key(ref, STR("name"), target_string(job->rw, name));
}

static Target *nest(TrainJob *job, Target *parent, Str key) {
    return target_add_key(parent, key, target_map(job->rw));
}

static Target *item(TrainJob *job, Target *parent, Str list, Str key, Str name) {
    Target *seq = target_add_key(parent, list, target_seq(job->rw));
    Target *map = target_add(seq, target_map(job->rw));
    target_add_key(map, key, target_string(job->rw, name));
    return map;
}

/* A patch reaches what the runtime has: the Pods of its replicated job `node`. */
static void add_patches(TrainJob *job) {
    if (!job->patch_metadata->first && !job->patch_pod->first) return;
    Target *patch = item(job, job->spec, STR("runtimePatches"), STR("manager"), PATCH_MANAGER);
    Target *runtime = nest(job, patch, STR("trainingRuntimeSpec"));
    Target *jobset = nest(job, nest(job, runtime, STR("template")), STR("spec"));
    Target *node = item(job, jobset, STR("replicatedJobs"), STR("name"), STR("node"));
    Target *pods =
        nest(job, nest(job, nest(job, node, STR("template")), STR("spec")), STR("template"));
    if (job->patch_metadata->first) target_add_key(pods, STR("metadata"), job->patch_metadata);
    if (job->patch_pod->first) target_add_key(pods, STR("spec"), job->patch_pod);
}

static bool elastic(TrainJob *job, const Node *field) {
    Str path = trainjob_path(job, field);
    return convert_refuse(job->out, "Trainer 2.3 has no elastic jobs: " STR_FMT, STR_ARG(path));
}

static bool take_spec(TrainJob *job) {
    static const Field fields[] = {
        {STR_INIT("pytorchReplicaSpecs"), trainjob_taken},
        {STR_INIT("nprocPerNode"), trainjob_taken},
        {STR_INIT("runPolicy"), trainjob_take_policy},
        {STR_INIT("elasticPolicy"), elastic},
        {STR_INIT("activeDeadlineSeconds"), trainjob_take_flat_policy},
        {STR_INIT("backoffLimit"), trainjob_take_flat_policy},
        {STR_INIT("cleanPodPolicy"), trainjob_take_flat_policy},
        {STR_INIT("ttlSecondsAfterFinished"), trainjob_take_flat_policy},
    };
    return trainjob_fields(job, job->source, fields, FIELD_COUNT(fields), trainjob_unknown);
}

static bool convert(const ConvertInput *in, Converted *out) {
    TrainJob job = {.in = in, .out = out, .rw = &out->rewrite};
    out->title = STR("convert to TrainJob");
    job.source = trainjob_field(in->resource, STR("spec"));
    if (!check_kind(&job) || !is_free(&job)) return false;
    if (!trainjob_read_replicas(&job) || !trainjob_find_main(&job)) return false;
    if (!check_name(&job)) return false;

    Target *root = target_within(job.rw, in->resource);
    rewrite_root(job.rw, root);
    add_envelope(&job, root);
    add_runtime(&job);
    job.trainer = target_add_key(job.spec, STR("trainer"), trainjob_collection(&job, job.main));
    if (!trainjob_take_replicas(&job) || !trainjob_take_processes(&job)) return false;
    if (!trainjob_take_template(&job)) return false;
    add_patches(&job);
    return take_spec(&job) && trainjob_check_environment(&job);
}

const Conversion conversion_trainjob = {STR_INIT("trainjob"), convert};
