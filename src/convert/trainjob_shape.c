/* A TrainJob that is written for another release of Trainer v2, in the shape of the target's.
 *
 * What it says of the Pods of its runtime stands in podSpecOverrides (2.0), podTemplateOverrides
 * (2.1) or runtimePatches (from 2.2 on). Overrides are applied in their order, and so are patches:
 * each override becomes a patch of its own, under a manager of its own. */
#include "convert/trainjob.h"

typedef struct Shape {
    TrainJob job; /* for what is shared: input, output, release */
    const Node *overrides, *labels, *annotations;
    Target *patches; /* runtimePatches; NULL: none is written */
    unsigned patch_count;
    bool changed;
} Shape;

static bool refuse_at(Shape *s, const char *why, const Node *n) {
    Str path = trainjob_path(&s->job, n);
    return convert_refuse(s->job.out, "%s: " STR_FMT, why, STR_ARG(path));
}

static bool lacks(Shape *s, const Node *field) {
    Str path = trainjob_path(&s->job, field);
    return convert_refuse(s->job.out, "a TrainJob of Trainer " STR_FMT " cannot say it: " STR_FMT,
                          STR_ARG(s->job.version->name), STR_ARG(path));
}

static Target *nest(Shape *s, Target *parent, Str key) {
    return target_add_key(parent, key, target_map(s->job.rw));
}

static Target *keep(Shape *s, Target *parent, const Node *field) {
    return target_add(parent, target_keep(s->job.rw, field));
}

static bool is_readable(Shape *s, const Node *n, NodeKind kind) {
    if (!trainjob_no_alias(&s->job, n)) return false;
    if (n->templated) return trainjob_on_template(&s->job, n);
    return n->kind == kind || refuse_at(s, "it cannot be read", n);
}

/* ---- one override ---- */

/* Where an override says what it says of a Pod: in its `spec`, or below itself in 2.0. */
typedef struct Override {
    const Node *node, *jobs, *metadata, *pod;
} Override;

static bool is_in_pod(const Override *o, const Node *field) {
    return o->pod != o->node || field != o->jobs;
}

/* Whose variables the TrainJob itself sets. */
static bool has_own_variables(const Node *container) {
    static const Str names[] = {STR_INIT("node"), STR_INIT("dataset-initializer"),
                                STR_INIT("model-initializer")};
    for (size_t i = 0; i < FIELD_COUNT(names); i++)
        if (node_is(node_child(container, STR("name")), names[i])) return true;
    return false;
}

static bool check_containers(Shape *s, const Node *field) {
    NODE_EACH (container, node_resolve(field)) {
        const Node *env = trainjob_field(container, STR("env"));
        if (env && has_own_variables(container))
            return refuse_at(s,
                             "variables of this container belong in spec.trainer.env or "
                             "spec.initializer",
                             env);
    }
    return true;
}

static bool check_pod_field(Shape *s, const Node *field) {
    Str key = field->key->value;
    if (str_eq(key, STR("containers")) || str_eq(key, STR("initContainers")))
        return check_containers(s, field);
    return trainer_version_holder(s->job.version, PART_POD, key) == HOLDER_JOB || lacks(s, field);
}

static bool read_override(Shape *s, const Node *item, Override *o) {
    bool below = str_eq(s->overrides->key->value, STR("podSpecOverrides"));
    if (!is_readable(s, item, NODE_MAP)) return false;
    *o = (Override){.node = item, .jobs = node_child(item, STR("targetJobs"))};
    o->metadata = below ? NULL : trainjob_field(item, STR("metadata"));
    o->pod = below ? item : node_child(item, STR("spec"));
    if (trainjob_is_empty(o->jobs))
        return refuse_at(s, "it does not say for which jobs it is", item);
    if (!is_readable(s, o->jobs, NODE_SEQ)) return false;
    if (trainjob_is_empty(o->pod)) o->pod = NULL;
    if (o->pod && !is_readable(s, o->pod, NODE_MAP)) return false;
    NODE_EACH (field, o->pod) {
        if (!is_in_pod(o, field) || trainjob_is_empty(field)) continue;
        if (str_eq(field->key->value, STR("<<")))
            return refuse_at(s, "a merge key cannot be split", o->pod);
        if (!check_pod_field(s, field)) return false;
    }
    return true;
}

static void keep_pod(Shape *s, const Override *o, Target *pod) {
    NODE_EACH (field, o->pod)
        if (is_in_pod(o, field) && !trainjob_is_empty(field)) keep(s, pod, field);
}

/* ---- in the shape of 2.0 and 2.1 ---- */

static bool write_pod_specs(Shape *s, Target *list, const Override *o) {
    if (o->metadata) return lacks(s, o->metadata);
    Target *all = target_add(list, trainjob_collection(&s->job, o->node));
    keep(s, all, o->jobs);
    keep_pod(s, o, all);
    return true;
}

static bool write_pod_templates(Shape *s, Target *list, const Override *o) {
    Target *all = target_add(list, trainjob_collection(&s->job, o->node));
    keep(s, all, o->jobs);
    Target *pod = target_map(s->job.rw);
    keep_pod(s, o, pod);
    if (pod->first) target_add_key(all, STR("spec"), pod);
    return true;
}

/* ---- in the shape of 2.2 ---- */

static void begin_patch(Shape *s, Target *patch) {
    Str manager = TRAINJOB_PATCH_MANAGER;
    if (++s->patch_count > 1)
        manager = str_format(s->job.in->arena, STR_FMT "-%u", STR_ARG(manager), s->patch_count);
    target_add_key(patch, STR("manager"), target_string(s->job.rw, manager));
}

/* The first patch brings what the TrainJob says of the JobSet. */
static Target *begin_template(Shape *s, Target *patch) {
    Target *template = nest(s, nest(s, patch, STR("trainingRuntimeSpec")), STR("template"));
    if (s->patch_count > 1 || (!s->labels && !s->annotations)) return template;
    Target *metadata = nest(s, template, STR("metadata"));
    if (s->labels) keep(s, metadata, s->labels);
    if (s->annotations) keep(s, metadata, s->annotations);
    return template;
}

static bool write_job(Shape *s, Target *jobs, const Override *o, const Node *named) {
    if (!is_readable(s, named, NODE_MAP)) return false;
    Target *job = target_add(jobs, trainjob_collection(&s->job, named));
    NODE_EACH (field, named) keep(s, job, field);
    Target *template = nest(s, job, STR("template"));
    Target *pods = nest(s, nest(s, template, STR("spec")), STR("template"));
    if (o->metadata) keep(s, pods, o->metadata);
    Target *pod =
        o->pod == o->node || !o->pod ? target_map(s->job.rw) : trainjob_collection(&s->job, o->pod);
    keep_pod(s, o, pod);
    if (pod->first) target_add_key(pods, STR("spec"), pod);
    return true;
}

static bool write_patch(Shape *s, Target *list, const Override *o) {
    Target *patch = target_add(list, trainjob_collection(&s->job, o->node));
    begin_patch(s, patch);
    Target *jobset = nest(s, begin_template(s, patch), STR("spec"));
    Target *jobs =
        target_add_key(jobset, STR("replicatedJobs"), trainjob_collection(&s->job, o->jobs));
    NODE_EACH (named, o->jobs)
        if (!write_job(s, jobs, o, named)) return false;
    return true;
}

static void note_patches(Shape *s) {
    if (s->overrides)
        convert_note(s->job.out, "patches are merged into the runtime: a list without names, such "
                                 "as tolerations, takes the place of the runtime's");
    if (s->labels || s->annotations)
        convert_note(s->job.out,
                     "spec.%s reach the JobSet: where they are looked for on its Jobs "
                     "or Pods, the patch must say so",
                     s->labels ? "labels" : "annotations");
}

/* ---- the overrides ---- */

typedef bool WriteOverride(Shape *s, Target *list, const Override *o);

static const struct {
    Str key;
    WriteOverride *write;
} shapes[] = {[OVERRIDE_POD_SPECS] = {STR_INIT("podSpecOverrides"), write_pod_specs},
              [OVERRIDE_POD_TEMPLATES] = {STR_INIT("podTemplateOverrides"), write_pod_templates},
              [OVERRIDE_RUNTIME] = {STR_INIT("runtimePatches"), write_patch}};

static bool write_overrides(Shape *s, Target *spec) {
    OverrideShape to = s->job.version->override;
    if (!is_readable(s, s->overrides, NODE_SEQ)) return false;
    Target *list = target_add_key(spec, shapes[to].key, trainjob_collection(&s->job, s->overrides));
    NODE_EACH (item, s->overrides) {
        Override o;
        if (!read_override(s, item, &o) || !shapes[to].write(s, list, &o)) return false;
    }
    return true;
}

/* Of labels alone. */
static void add_patch(Shape *s, Target *spec) {
    Target *list = target_add_key(spec, shapes[OVERRIDE_RUNTIME].key, target_seq(s->job.rw));
    Target *patch = target_add(list, target_map(s->job.rw));
    begin_patch(s, patch);
    begin_template(s, patch);
}

/* ---- spec.trainer ---- */

static bool has_gpu(const Node *quantities) {
    NODE_EACH (quantity, node_resolve(quantities))
        if (quantity->key && trainjob_says_gpu(quantity->key->value)) return true;
    return false;
}

/* What Trainer does without a number: a process for each GPU, or for each CPU where there is
 * none. Whether a runtime brings GPUs cannot be seen. */
static bool is_default(const Node *trainer, const Node *processes) {
    const Node *resources = trainjob_field(trainer, STR("resourcesPerNode"));
    bool gpus = has_gpu(node_child(resources, STR("limits"))) ||
                has_gpu(node_child(resources, STR("requests")));
    if (node_is(processes, STR("auto"))) return true;
    if (node_is(processes, STR("gpu"))) return gpus;
    return node_is(processes, STR("cpu")) && resources && !gpus;
}

static bool take_processes(Shape *s, Target *trainer, const Node *field) {
    uint64_t count;
    if (field->kind != NODE_SCALAR || field->templated) return trainjob_on_template(&s->job, field);
    if (is_default(field->parent, field)) {
        s->changed = true;
        return trainjob_drop(&s->job, field, DROP_HARMLESS, "what Trainer does without it");
    }
    if (!str_to_u64(node_text(field), &count) || !count)
        return refuse_at(s, "since Trainer 2.2 it is a number: write how many it means", field);
    s->changed |= field->style != STYLE_PLAIN;
    target_add(trainer, target_set(s->job.rw, field, node_text(field)))->type = SCALAR_PLAIN;
    return true;
}

static bool take_trainer(Shape *s, Target *spec, const Node *trainer) {
    const Node *processes = trainjob_field(trainer, STR("numProcPerNode"));
    if (s->job.version->processes_in_words || !processes) {
        keep(s, spec, trainer);
        return true;
    }
    if (!is_readable(s, trainer, NODE_MAP)) return false;
    Target *all = target_add(spec, target_within(s->job.rw, trainer));
    NODE_EACH (field, trainer) {
        bool ours = field == node_child(trainer, STR("numProcPerNode"));
        if (!ours)
            keep(s, all, field);
        else if (!take_processes(s, all, field))
            return false;
    }
    return true;
}

/* ---- the frame ---- */

static bool check_kind(Shape *s) {
    const ConvertInput *in = s->job.in;
    const Identity *id = in->identity;
    if (!str_eq(id->group, TRAINER_GROUP) || !str_eq(id->kind, STR("TrainJob")))
        return convert_refuse(s->job.out, "only a TrainJob is written for another release");
    if (id->owner_kind.len)
        return convert_refuse(s->job.out, "managed by " STR_FMT " '" STR_FMT "'",
                              STR_ARG(id->owner_kind), STR_ARG(id->owner_name));
    s->job.version = trainer_version_find(in->target);
    return s->job.version ||
           convert_refuse(s->job.out, "no TrainJob can be written for Trainer '" STR_FMT "'",
                          STR_ARG(in->target));
}

/* What must change; what has the shape of the release already is kept. */
static bool find_parts(Shape *s, const Node *spec) {
    OverrideShape to = s->job.version->override;
    const Node *now = trainjob_field(spec, shapes[to].key);
    for (OverrideShape from = OVERRIDE_POD_SPECS; from <= OVERRIDE_RUNTIME; from++) {
        const Node *field = node_child(spec, shapes[from].key);
        if (from == to || trainjob_is_empty(field)) continue;
        if (from == OVERRIDE_RUNTIME) return lacks(s, field);
        if (s->overrides) return refuse_at(s, "it stands beside that of another release", field);
        s->overrides = field;
    }
    if (to == OVERRIDE_RUNTIME) {
        s->labels = trainjob_field(spec, STR("labels"));
        s->annotations = trainjob_field(spec, STR("annotations"));
    }
    bool moves = s->overrides || s->labels || s->annotations;
    return !now || !moves || refuse_at(s, "it stands beside that of another release", now);
}

/* A field that the release does not have: what it says is written elsewhere. */
static bool is_gone(const Shape *s, Str key) {
    OverrideShape to = s->job.version->override;
    for (OverrideShape from = OVERRIDE_POD_SPECS; from <= OVERRIDE_RUNTIME; from++)
        if (from != to && str_eq(key, shapes[from].key)) return true;
    return to == OVERRIDE_RUNTIME &&
           (str_eq(key, STR("labels")) || str_eq(key, STR("annotations")));
}

static bool take_field(Shape *s, Target *spec, const Node *field) {
    Str key = field->key->value;
    s->changed |= is_gone(s, key);
    if (field == s->overrides) return write_overrides(s, spec);
    if (is_gone(s, key)) return true;
    if (str_eq(key, STR("trainer")) && !trainjob_is_empty(field))
        return take_trainer(s, spec, field);
    keep(s, spec, field);
    return true;
}

static bool take_spec(Shape *s, Target *root, const Node *spec) {
    Target *all = target_add(root, target_within(s->job.rw, spec));
    NODE_EACH (field, spec) {
        if (field->key->templated) return trainjob_on_template(&s->job, field);
        if (!take_field(s, all, field)) return false;
    }
    if ((s->labels || s->annotations) && !s->overrides) add_patch(s, all);
    return s->changed || convert_refuse(s->job.out, "it is written for Trainer " STR_FMT " already",
                                        STR_ARG(s->job.version->name));
}

static bool convert(const ConvertInput *in, Converted *out) {
    Shape s = {.job = {.in = in, .out = out, .rw = &out->rewrite}};
    const Node *spec = node_child(in->resource, STR("spec"));
    if (!check_kind(&s)) return false;
    out->title = str_format(in->arena, "write it for Trainer " STR_FMT, STR_ARG(in->target));
    out->reshapes = true;
    if (trainjob_is_empty(spec)) return convert_refuse(out, "it has no spec");
    if (!is_readable(&s, spec, NODE_MAP) || !find_parts(&s, spec)) return false;
    Target *root = target_within(s.job.rw, in->resource);
    rewrite_root(s.job.rw, root);
    NODE_EACH (field, in->resource)
        if (field == spec ? !take_spec(&s, root, spec) : !keep(&s, root, field)) return false;
    if (s.job.version->override == OVERRIDE_RUNTIME) note_patches(&s);
    return true;
}

const Conversion conversion_trainjob_shape = {.name = STR_INIT("trainjob-shape"),
                                              .convert = convert};
