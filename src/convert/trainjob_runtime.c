/* The TrainingRuntime of a job: what a TrainJob cannot say, in a document before it.
 *
 * The Pod template goes there as a whole, so that it stays in one piece; what every TrainJob says
 * of its container (image, command, args, env, resources) stays with the TrainJob. */
#include "convert/trainjob.h"

#include "base/buf.h"

#define VERSION   STR("v1alpha1")
#define KIND      STR("TrainingRuntime")
#define STEP      STR("trainer.kubeflow.org/trainjob-ancestor-step")
#define FRAMEWORK STR("trainer.kubeflow.org/framework")

/* ---- its name ---- */

enum { MOST_TRIES = 100 };

static Str without_dashes(Str s) {
    while (s.len && s.data[s.len - 1] == '-') s.len--;
    return s;
}

static const Node *own_name(const TrainJob *job, Str key) {
    return trainjob_field(node_child(job->in->resource, STR("metadata")), key);
}

/* Empty when there is none. The name of a job is short enough for that of its Pods, and so for
 * this one. */
static Str free_name(TrainJob *job) {
    const Node *name = own_name(job, STR("name"));
    Str base = without_dashes(node_text(name ? name : own_name(job, STR("generateName"))));
    Str suffix = STR("-runtime");
    for (int number = 2; base.len && number < MOST_TRIES; number++) {
        Str found = str_format(job->in->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(suffix));
        if (!convert_taken(job->in, TRAINER_GROUP, KIND, found).len) return found;
        suffix = str_format(job->in->arena, "-runtime-%d", number);
    }
    return (Str){0};
}

/* A name with a template in it cannot be made longer: the runtime takes it as it is. */
static Target *name_of_runtime(TrainJob *job) {
    if (job->runtime.name.len) return target_string(job->rw, job->runtime.name);
    return target_keep(job->rw, own_name(job, STR("name")));
}

static Str list_needs(TrainJob *job);

static bool refuse_alone(TrainJob *job) {
    Str needs = list_needs(job);
    rewrite_refuse(
        job->rw, str_format(job->in->arena,
                            "it needs a TrainingRuntime beside it, for what a TrainJob of "
                            "Trainer " STR_FMT " cannot say: " STR_FMT ". " STR_FMT,
                            STR_ARG(job->version->name), STR_ARG(needs), STR_ARG(job->in->alone)));
    return false;
}

bool trainjob_begin_runtime(TrainJob *job) {
    if (job->in->alone.len) return refuse_alone(job);
    const Node *name = own_name(job, STR("name"));
    job->runtime.name = free_name(job);
    if (!job->runtime.name.len && (!name || !name->templated))
        return convert_refuse(job->out, "its TrainingRuntime cannot be named: metadata.%s",
                              name ? "name" : "generateName");
    job->runtime.root = target_map(job->rw);
    rewrite_root(job->rw, job->runtime.root);
    job->pod_metadata = target_map(job->rw);
    job->pod_spec = trainjob_collection(job, job->pod);
    return true;
}

void trainjob_add_reference(TrainJob *job) {
    Rewrite *rw = job->rw;
    Target *ref = target_add_key(job->spec, STR("runtimeRef"), target_map(rw));
    if (!job->needs) {
        Str own = trainjob_own_runtime(job), name = own.len ? own : job->kind->runtime;
        target_add_key(ref, STR("name"), target_string(rw, name));
        return;
    }
    target_add_key(ref, STR("apiGroup"), target_string(rw, TRAINER_GROUP));
    target_add_key(ref, STR("kind"), target_string(rw, KIND));
    target_add_key(ref, STR("name"), name_of_runtime(job));
}

/* ---- its parts ---- */

static Target *nest(TrainJob *job, Target *parent, Str key) {
    return target_add_key(parent, key, target_map(job->rw));
}

static Target *add_plain(TrainJob *job, Target *parent, Str key, Str text) {
    return target_add_key(parent, key, target_plain(job->rw, text));
}

static Target *add_string(TrainJob *job, Target *parent, Str key, Str text) {
    return target_add_key(parent, key, target_string(job->rw, text));
}

static void add_kept(TrainJob *job, Target *parent, const Node *node) {
    if (node) target_add(parent, target_keep(job->rw, node));
}

static void add_metadata(TrainJob *job, Target *root) {
    Target *metadata = nest(job, root, STR("metadata"));
    const Node *namespace = own_name(job, STR("namespace"));
    target_add_key(metadata, STR("name"), name_of_runtime(job));
    if (namespace) target_add_key(metadata, STR("namespace"), target_keep(job->rw, namespace));
    add_string(job, nest(job, metadata, STR("labels")), FRAMEWORK, job->kind->label);
}

static void add_policy(TrainJob *job, Target *spec) {
    Target *policy = nest(job, spec, STR("mlPolicy"));
    uint64_t nodes = trainjob_nodes(job);
    if (nodes)
        add_plain(job, policy, STR("numNodes"),
                  str_format(job->in->arena, "%llu", (unsigned long long)nodes));
    if (job->alone) return;
    Target *source = nest(job, policy, job->kind->policy);
    if (job->kind->processes == PROCESSES_CHOSEN && job->version->processes_in_words)
        add_string(job, source, STR("numProcPerNode"), STR("auto"));
}

static void add_gang(TrainJob *job, Target *spec) {
    if (!job->runtime.gather && !trainjob_is_volcano_gang(job)) return;
    Target *gang = nest(job, spec, STR("podGroupPolicy"));
    if (trainjob_is_volcano_gang(job))
        nest(job, gang, STR("volcano"));
    else
        add_kept(job, nest(job, gang, STR("coscheduling")), job->runtime.gather);
}

/* Up to 127 the program has failed for good; what is above was a signal. */
enum { LAST_PERMANENT_CODE = 127 };

static void add_failure_policy(TrainJob *job, Target *spec) {
    Target *rules =
        target_add_key(nest(job, spec, STR("podFailurePolicy")), STR("rules"), target_seq(job->rw));
    Target *rule = target_add(rules, target_map(job->rw));
    add_string(job, rule, STR("action"), STR("FailJob"));
    Target *codes = nest(job, rule, STR("onExitCodes"));
    add_string(job, codes, STR("containerName"), STR("node"));
    add_string(job, codes, STR("operator"), STR("In"));
    Target *values = target_add_key(codes, STR("values"), target_seq(job->rw));
    for (int code = 1; code <= LAST_PERMANENT_CODE; code++)
        target_add(values, target_plain(job->rw, str_format(job->in->arena, "%d", code)));
}

static void add_job_spec(TrainJob *job, Target *spec) {
    if (job->runtime.restart == RESTART_NEVER)
        add_plain(job, spec, STR("backoffLimit"), STR("0"));
    else
        add_kept(job, spec, job->runtime.limit);
    add_kept(job, spec, job->runtime.end);
    if (job->runtime.restart == RESTART_BY_EXIT_CODE) add_failure_policy(job, spec);
    Target *pods = nest(job, spec, STR("template"));
    if (job->pod_metadata->first) target_add_key(pods, STR("metadata"), job->pod_metadata);
    target_add_key(pods, STR("spec"), job->pod_spec);
}

static void add_jobset(TrainJob *job, Target *spec) {
    Target *jobset = nest(job, nest(job, spec, STR("template")), STR("spec"));
    add_kept(job, jobset, job->runtime.ttl);
    Target *jobs = target_add_key(jobset, STR("replicatedJobs"), target_seq(job->rw));
    Target *node = target_add(jobs, target_map(job->rw));
    add_string(job, node, STR("name"), STR("node"));
    add_plain(job, node, STR("replicas"), STR("1"));
    Target *template = nest(job, node, STR("template"));
    Target *labels = nest(job, nest(job, template, STR("metadata")), STR("labels"));
    add_string(job, labels, STEP, STR("trainer"));
    add_job_spec(job, nest(job, template, STR("spec")));
}

/* ---- what is said of it ---- */

static Str list_needs(TrainJob *job) {
    enum { MOST = 8 };
    Buf text = {0};
    size_t count = 0;
    for (const Need *n = job->needs; n; n = n->next, count++)
        if (count < MOST) buf_addf(&text, "%s" STR_FMT, count ? ", " : "", STR_ARG(n->what));
    if (count > MOST) buf_addf(&text, " and %zu more", count - MOST);
    Str copy = str_copy(job->in->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static Str shown_name(TrainJob *job) {
    if (job->runtime.name.len) return job->runtime.name;
    return span_text(job->in->doc->text, own_name(job, STR("name"))->span);
}

/* Tools that apply objects in an order of their own look at these. */
static void note_order(TrainJob *job) {
    static const Str keys[] = {STR_INIT("helm.sh/hook"), STR_INIT("argocd.argoproj.io/hook"),
                               STR_INIT("argocd.argoproj.io/sync-wave")};
    const Node *annotations = own_name(job, STR("annotations"));
    for (size_t i = 0; i < FIELD_COUNT(keys); i++)
        if (node_child(annotations, keys[i]))
            convert_note(job->out,
                         "the TrainJob is applied by the order of its annotation " STR_FMT
                         ": give the TrainingRuntime one that comes before",
                         STR_ARG(keys[i]));
}

static void note_runtime(TrainJob *job) {
    Str name = shown_name(job), needs = list_needs(job);
    Str chosen = trainjob_own_runtime(job);
    convert_note(job->out,
                 "TrainingRuntime '" STR_FMT "' says what a TrainJob of Trainer " STR_FMT
                 " cannot: " STR_FMT,
                 STR_ARG(name), STR_ARG(job->version->name), STR_ARG(needs));
    convert_note(job->out, "it must be there before the TrainJob, and who applies it must be "
                           "allowed to: kubeflow-trainer-edit lets users only read "
                           "TrainingRuntimes");
    if (chosen.len)
        convert_note(job->out,
                     "it takes the place of the runtime '" STR_FMT "', with none of what "
                     "that says",
                     STR_ARG(chosen));
    if (!own_name(job, STR("name")))
        convert_note(job->out, "a job with generateName is created again and again, its "
                               "TrainingRuntime only once: apply that apart");
    note_order(job);
}

void trainjob_write_runtime(TrainJob *job) {
    Target *root = job->runtime.root;
    trainjob_add_type(job, root, TRAINER_API_VERSION, KIND, true);
    add_metadata(job, root);
    Target *spec = nest(job, root, STR("spec"));
    add_policy(job, spec);
    add_gang(job, spec);
    add_jobset(job, spec);
    note_runtime(job);
    Str name = shown_name(job);
    vec_push(&job->out->created, (Created){TRAINER_GROUP, VERSION, KIND, job->in->namespace, name});
}
