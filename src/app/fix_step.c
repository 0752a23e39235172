/* Steps of Argo Workflows that create what a fix converts: `resource: {manifest: |, …}`.
 *
 * successCondition and failureCondition are asked of the object that the manifest creates. Those of
 * which it is known what a TrainJob reports in their place change in the same change; of any other
 * the change is refused, since the step would wait for ever. */
#include "app/fixer.h"

#include "change/steps.h"

#include <stdlib.h>

typedef struct ArgoStep {
    Document doc;    /* … of the workflow */
    const Node *map; /* with the keys manifest, successCondition, failureCondition; NULL: none */
} ArgoStep;

/* The block scalar in whose lines a document of the piece begins. */
static const Node *scalar_around(const Node *n, uint32_t at) {
    if (n->kind == NODE_SCALAR)
        return n->style == STYLE_LITERAL && n->span.start <= at && at < n->span.end ? n : NULL;
    NODE_EACH (child, n) {
        const Node *found = scalar_around(child, at);
        if (found) return found;
    }
    return NULL;
}

static const Node *outermost_map(const Node *n) {
    const Node *map = n;
    for (; n; n = n->parent)
        if (n->kind == NODE_MAP) map = n;
    return map;
}

static void open_step(Fixer *x, const Finding *f, const Opened *job, ArgoStep *out) {
    *out = (ArgoStep){0};
    if (span_empty(f->carrier)) return;
    if (!document_parse(&x->arena, span_text(job->piece.text, f->carrier), &out->doc)) return;
    if (!out->doc.root) return;
    const Node *text = scalar_around(out->doc.root, f->document.start - f->carrier.start);
    if (node_is_under(text, STR("manifest")) && node_is_under(text->parent, STR("resource")))
        out->map = text->parent;
}

Str fixer_alone(Fixer *x, const Finding *f, const Opened *job) {
    ArgoStep step;
    open_step(x, f, job, &step);
    if (!step.map) return (Str){0};
    return STR("A step of Argo Workflows creates one object: create that TrainingRuntime in a step "
               "of its own, and write a TrainJob here that names it");
}

/* ---- conditions ---- */

/* How many Workers the job has, as text; empty: it cannot be told. */
static Str count_workers(const Node *job) {
    const Node *replicas = node_child(node_child(job, STR("spec")), STR("pytorchReplicaSpecs"));
    NODE_EACH (role, replicas) {
        if (!str_eq_nocase(role->key->value, STR("Worker"))) continue;
        const Node *count = node_child(role, STR("replicas"));
        return count ? node_text(count) : STR("1");
    }
    return (Str){0};
}

/* As Argo reads it: blanks mean nothing, and `=` is `==`. */
static Str without_blanks(Arena *a, Str text) {
    Buf out = {0};
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] != ' ' && !(text.data[i] == '=' && str_ends(buf_str(&out), STR("="))))
            buf_add_char(&out, text.data[i]);
    Str copy = str_copy(a, buf_str(&out));
    buf_release(&out);
    return copy;
}

/* All nodes are one Job of the runtime: one that has ended well, or has failed for good. */
#define JOB_DONE   STR_INIT("status.jobsStatus.0.succeeded == 1")
#define JOB_FAILED STR_INIT("status.jobsStatus.0.failed > 0")

/* What asks a TrainJob the same; empty: it cannot be told. `*differs` when it is not quite that. */
static Str condition_of(Arena *a, Str old, const Node *job, bool *differs) {
    static const struct {
        Str old, new;
        bool differs;
    } forms[] = {
        {STR_INIT("status.replicaStatuses.Master.succeeded=1"), JOB_DONE, false},
        {STR_INIT("status.replicaStatuses.Master.succeeded>0"), JOB_DONE, false},
        {STR_INIT("status.replicaStatuses.Master.failed>0"), JOB_FAILED, true},
        {STR_INIT("status.replicaStatuses.Worker.failed>0"), JOB_FAILED, true},
    };
    Str text = without_blanks(a, old);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!str_eq(text, forms[i].old)) continue;
        *differs |= forms[i].differs;
        return forms[i].new;
    }
    Str workers = count_workers(job);
    Str all = str_format(a, "status.replicaStatuses.Worker.succeeded=" STR_FMT, STR_ARG(workers));
    static const Str done = JOB_DONE;
    return workers.len && str_eq(text, all) ? done : (Str){0};
}

static bool asks_trainjob(Str condition) {
    return str_starts(condition, STR("status.jobsStatus."));
}

/* The rewrite of the workflow, in which conditions are set. */
typedef struct Conditions {
    Fixer *fixer;
    Rewrite *rw;
    Target *root;
    const Node *job;
    bool changed;
} Conditions;

static bool take_condition(Conditions *c, const Node *at) {
    Fixer *x = c->fixer;
    Error err;
    bool differs = false;
    if (!at || node_is_null(at) || asks_trainjob(node_text(at))) return true;
    ChangeStep step = {.kind = CHANGE_SET,
                       .value = condition_of(&x->arena, node_text(at), c->job, &differs)};
    if (!step.value.len) {
        x->fix.refused = str_format(
            &x->arena,
            "the step's " STR_FMT " asks for what a TrainJob may never report: write that first "
            "(status.jobsStatus.0.succeeded == 1, status.jobsStatus.0.failed > 0)",
            STR_ARG(at->key->value));
        return false;
    }
    if (differs)
        fixer_note(x, STR("failureCondition asked for the first failed Pod; now it asks for a Job "
                          "that has failed after its retries"));
    c->changed = true;
    if (!path_parse(&x->arena, fixer_path(x, c->rw->resource, at), &step.path, &err))
        return fixer_refuse(x, "the place of the step's condition cannot be named");
    return steps_apply(c->rw, c->root, &step);
}

/* ---- its edits ---- */

static int by_start(const void *a, const void *b) {
    const FixEdit *left = a, *right = b;
    return (left->edit.start > right->edit.start) - (left->edit.start < right->edit.start);
}

/* The job stands in the workflow: to a reader they are one. */
static void join_last_parts(Fixer *x) {
    FixPart *last = vec_last(&x->fix.parts), *before = last - 1;
    last->first = before->first;
    last->count += before->count;
    *before = *last;
    x->fix.parts.len--;
    qsort(x->fix.edits.items + before->first, before->count, sizeof(FixEdit), by_start);
}

static bool take_workflow(Fixer *x, Opened *o, Rewrite *rw) {
    fixer_note(x, STR("the conditions of the step take it that the runtime has one job, as "
                      "torch-distributed has"));
    secret_spans(&o->doc, &o->secrets);
    fixer_remember_secrets(x, o);
    bool ok = fixer_take(x, o, rw);
    if (ok) join_last_parts(x);
    opened_release(o);
    return ok;
}

bool fixer_take_step(Fixer *x, const Finding *f, const Opened *job) {
    ArgoStep step;
    open_step(x, f, job, &step);
    if (!step.map) return true;
    Finding at = *f;
    Opened o = {.finding = &at, .piece = job->piece, .doc = step.doc};
    o.resource = outermost_map(step.map);
    at.document = f->carrier;
    at.resource = o.resource->span.start;
    Rewrite rw;
    rewrite_begin(&rw, &x->arena, &o.doc, o.resource);
    rw.in_list = f->in_list;
    Conditions c = {.fixer = x, .rw = &rw, .root = steps_begin(&rw), .job = job->resource};
    if (!take_condition(&c, node_child(step.map, STR("successCondition"))) ||
        !take_condition(&c, node_child(step.map, STR("failureCondition"))))
        return false;
    return !c.changed || take_workflow(x, &o, &rw);
}
