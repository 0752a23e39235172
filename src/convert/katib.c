/* A Katib Experiment whose trials are PyTorchJobs: the trial becomes a TrainJob, and what the
 * Experiment says of its container, its Pods and its end changes with it.
 *
 * Katib fills in what is missing for the kinds of Training Operator v1 only: of a TrainJob it must
 * be told which Pod is the first, and how its end shows. */
#include "convert/nested.h"
#include "yaml/path.h"

#define CONDITION(type) "status.conditions.#(type==\"" type "\")#|#(status==\"True\")#"

#define SUCCEEDED STR(CONDITION("Succeeded"))
#define COMPLETE  STR(CONDITION("Complete"))
#define FAILED    STR(CONDITION("Failed"))

#define FIRST_POD STR("batch.kubernetes.io/job-completion-index")

typedef struct Trial {
    Converted *out;
    Rewrite *rw;
    const Node *template; /* spec.trialTemplate */
    const Node *spec;     /* … .trialSpec */
} Trial;

static bool refuse(const Trial *t, const char *format, Str text) {
    rewrite_refuse(t->rw, str_format(t->rw->arena, format, STR_ARG(text)));
    return false;
}

/* ---- the container ---- */

typedef struct NameSearch {
    Str name;
    bool found;
} NameSearch;

static bool compare_name(void *context, const Node *name) {
    NameSearch *search = context;
    search->found |= node_is(name, search->name);
    return true;
}

static bool is_container(const Trial *t, Str name) {
    static const Str path = STR_INIT("spec.*.*.template.spec.containers[*].name");
    NameSearch search = {.name = name};
    Path names;
    Error err;
    if (path_parse(t->rw->arena, path, &names, &err))
        path_each(&names, t->spec, compare_name, &search, NULL);
    return search.found;
}

static bool take_container(Trial *t, Target *field) {
    Str name = node_text(field->source);
    if (!is_container(t, name))
        return refuse(t,
                      "primaryContainerName '" STR_FMT "' is no container of the trial: which one "
                      "reports its metrics cannot be told",
                      name);
    target_replace(field, target_set(t->rw, field->source, STR("node")));
    return true;
}

/* ---- the Pod ---- */

typedef enum { LABEL_KEPT, LABEL_FIRST_POD, LABEL_OF_V1 } LabelKind;

static LabelKind label_kind(const Node *label) {
    Str key = label->key->value;
    bool v1 = str_starts(key, STR("training.kubeflow.org/"));
    bool role = str_eq(key, STR("training.kubeflow.org/job-role")) || str_eq(key, STR("job-role"));
    if (role && node_is(label, STR("master"))) return LABEL_FIRST_POD;
    return v1 || role ? LABEL_OF_V1 : LABEL_KEPT;
}

static bool take_label(Trial *t, Target *label, bool *first) {
    switch (label_kind(label->source)) {
    case LABEL_KEPT: return true;
    case LABEL_OF_V1:
        return refuse(
            t, "primaryPodLabels: the Pods of a TrainJob have no label " STR_FMT " that says so",
            label->source->key->value);
    case LABEL_FIRST_POD: break;
    }
    if (*first)
        return refuse(t, "primaryPodLabels: says twice that it is the master" STR_FMT, (Str){0});
    *first = true;
    Target *index = target_set(t->rw, label->source, STR("0"));
    index->has_key = true;
    index->key = FIRST_POD;
    target_replace(label, index);
    return true;
}

static bool take_labels(Trial *t, Target *labels) {
    bool first = false;
    const Node *source = labels->source;
    if (source->kind != NODE_MAP || source->templated || node_child(source, STR("<<")))
        return refuse(t, "primaryPodLabels cannot be read" STR_FMT, (Str){0});
    target_open(t->rw, labels);
    for (Target *label = labels->first, *next; label; label = next) {
        next = label->next;
        if (!take_label(t, label, &first)) return false;
    }
    return true;
}

/* ---- its end ---- */

/* Anything but what Katib itself would fill in may mean anything. */
static bool take_condition(Trial *t, Target *field, Str old, Str wanted) {
    const Node *source = field->source;
    if (node_is(source, wanted)) return true;
    if (!node_is(source, old))
        return refuse(t,
                      STR_FMT " asks for something else than the usual condition: whether a "
                              "TrainJob reports it cannot be told (it has the conditions Complete "
                              "and Failed)",
                      source->key->value);
    target_replace(field, target_set(t->rw, source, wanted));
    return true;
}

/* ---- the whole ---- */

static bool take_field(Trial *t, Target *field) {
    Str key = field->source->key->value;
    if (str_eq(key, STR("primaryContainerName"))) return take_container(t, field);
    if (str_eq(key, STR("primaryPodLabels"))) return take_labels(t, field);
    if (str_eq(key, STR("successCondition"))) return take_condition(t, field, SUCCEEDED, COMPLETE);
    if (str_eq(key, STR("failureCondition"))) return take_condition(t, field, FAILED, FAILED);
    return true;
}

static bool is_empty(const Node *n) {
    bool collection = n->kind == NODE_MAP || n->kind == NODE_SEQ;
    return collection ? !n->count && !n->templated : node_is_null(n);
}

static bool is_absent(const Trial *t, Str key) {
    const Node *n = node_child(t->template, key);
    return !n || is_empty(n);
}

/* What Katib fills in for the kinds of v1 and not for a TrainJob. */
static void add_missing(Trial *t, Target *template) {
    if (is_absent(t, STR("primaryPodLabels"))) {
        Target *labels = target_add_key(template, STR("primaryPodLabels"), target_map(t->rw));
        target_add_key(labels, FIRST_POD, target_string(t->rw, STR("0")));
    }
    if (is_absent(t, STR("successCondition")))
        target_add_key(template, STR("successCondition"), target_string(t->rw, COMPLETE));
    if (is_absent(t, STR("failureCondition")))
        target_add_key(template, STR("failureCondition"), target_string(t->rw, FAILED));
}

static bool take_template(Trial *t, Target *field, Target *job) {
    Target *template = target_within(t->rw, t->template);
    NODE_EACH (child, t->template) {
        if (child == t->spec) {
            add_missing(t, template);
            target_add(template, job);
        } else if (!is_empty(child)) {
            Target *kept = target_add(template, target_keep(t->rw, child));
            if (!take_field(t, kept)) return false;
        }
    }
    target_replace(field, template);
    return true;
}

static const Node *own(const Node *map, Str key) {
    const Node *n = node_child(map, key);
    return n && n->kind == NODE_MAP && n->parent == map && !n->templated ? n : NULL;
}

static bool convert(const ConvertInput *in, Converted *out) {
    Target *spec = nested_open(out, nested_begin(out), STR("spec"));
    Target *field = nested_open(out, spec, STR("trialTemplate"));
    Trial t = {.out = out, .rw = &out->rewrite};
    t.template = field ? field->source : NULL;
    t.spec = own(t.template, STR("trialSpec"));
    out->title = STR("make each trial a TrainJob");
    out->reshapes = true;
    if (!t.spec || node_child(t.template, STR("<<")))
        return convert_refuse(out, "its trialTemplate is not written here in one piece");
    convert_note(out, "Katib's controller must watch TrainJobs: it needs "
                      "TrainJob.v1alpha1.trainer.kubeflow.org among its trial resources, and the "
                      "rights on trainjobs");
    Target *job = nested_convert(in, out, STR("trainjob"), t.spec,
                                 STR("A trialSpec holds one object: write that TrainingRuntime by "
                                     "hand, and a TrainJob here that names it"));
    return job && take_template(&t, field, job);
}

const Conversion conversion_katib_trial = {.name = STR_INIT("katib-trial"), .convert = convert};
