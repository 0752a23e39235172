/* Master and Worker: they must be alike, since all nodes of a TrainJob are. */
#include "convert/trainjob.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/secrets.h"

/* ---- reading ---- */

static bool read_count(TrainJob *job, Replica *r) {
    r->count = 1;
    if (!r->replicas) return true;
    r->count = 0;
    Str text = node_text(r->replicas);
    /* 010 is eight for some readers and ten for others. */
    bool octal = text.len > 1 && text.data[0] == '0';
    if (r->replicas->templated || (!octal && str_to_u64(text, &r->count))) return true;
    Str path = trainjob_path(job, r->replicas);
    return convert_refuse(job->out, "not a number of replicas: " STR_FMT, STR_ARG(path));
}

static bool read_replica(TrainJob *job, const Node *field, Replica *r) {
    Str key = field->key->value;
    if (r->node) return convert_refuse(job->out, "there are two '" STR_FMT "'", STR_ARG(key));
    r->node = field;
    r->replicas = trainjob_field(field, STR("replicas"));
    r->template = trainjob_field(field, STR("template"));
    if (!r->template)
        return convert_refuse(job->out, "there is no template in '" STR_FMT "'", STR_ARG(key));
    if (!job->taken) job->taken = r;
    return read_count(job, r);
}

/* Training Operator v1 reads these keys in any case. */
static bool read_field(TrainJob *job, const Node *field) {
    Str key = field->key->value;
    const JobRole *role = job_kind_role(job->kind, key);
    RolePlace place = role ? role->place : PLACE_NONE;
    if (place == PLACE_MASTER) return read_replica(job, field, &job->master);
    if (place == PLACE_WORKER) return read_replica(job, field, &job->worker);
    return convert_refuse(job->out, "%s has no '" STR_FMT "' replicas", job->kind->one,
                          STR_ARG(key));
}

/* ---- comparing ---- */

static bool is_secret(const TrainJob *job, const Node *n) {
    SpanVec secrets = {0};
    secret_spans(job->in->doc, &secrets);
    bool found = false;
    for (size_t i = 0; i < secrets.len; i++)
        found |= secrets.items[i].start < n->span.end && n->span.start < secrets.items[i].end;
    vec_release(&secrets);
    return found;
}

enum { LONGEST_SHOWN = 80 };

static void show(const TrainJob *job, const Node *n, Buf *out) {
    n = node_resolve(n);
    if (out->len > LONGEST_SHOWN) return;
    if (!n || n->kind == NODE_ALIAS)
        buf_add(out, STR("nothing"));
    else if (n->kind == NODE_SCALAR)
        buf_add(out, is_secret(job, n) ? STR("***")
                     : n->templated    ? span_text(job->in->doc->text, n->span)
                                       : n->value);
    else {
        buf_add_char(out, n->kind == NODE_MAP ? '{' : '[');
        NODE_EACH (child, n) {
            if (child != n->first) buf_add(out, STR(", "));
            if (child->key) buf_addf(out, STR_FMT ": ", STR_ARG(child->key->value));
            show(job, child, out);
        }
        buf_add_char(out, n->kind == NODE_MAP ? '}' : ']');
    }
}

/* In quotes, on one line, and not too long. Covered first, cut then: else half a secret would be
 * shown, and a half is not recognised. */
static Str shown(const TrainJob *job, const Node *n) {
    if (!n) return STR("nothing");
    Buf text = {0}, safe = {0};
    show(job, n, &text);
    Str first = str_slice(buf_str(&text), 0, str_find_char(buf_str(&text), '\n'));
    mask_text(first, &safe);
    Str line = str_slice(buf_str(&safe), 0, LONGEST_SHOWN);
    line = str_slice(line, 0, utf8_invalid(line)); /* not in the middle of a character */
    bool whole = line.len == safe.len && first.len == text.len;
    Str quoted = str_format(job->in->arena, "'" STR_FMT "%s'", STR_ARG(line), whole ? "" : "…");
    buf_release(&text);
    buf_release(&safe);
    return quoted;
}

static bool refuse_difference(TrainJob *job, const Difference *d) {
    const Node *where = d->master ? d->master : d->worker;
    if (d->endless) return convert_refuse(job->out, "too many aliases to compare the templates");
    if ((d->master && d->master->templated) || (d->worker && d->worker->templated))
        return trainjob_on_template(job, where);
    Str path = trainjob_path(job, where), master = shown(job, d->master),
        worker = shown(job, d->worker);
    return convert_refuse(
        job->out,
        "all nodes of a TrainJob are alike, but Master and Worker differ: " STR_FMT " is " STR_FMT
        " for Master and " STR_FMT " for Worker",
        STR_ARG(path), STR_ARG(master), STR_ARG(worker));
}

static void note_unlike(TrainJob *job, const Unlike *u) {
    static const char *const taken[] = {
        [UNLIKE_RESOURCES] = "each node gets the larger amounts",
        [UNLIKE_PLACEMENT] = "all nodes are placed as the Workers are",
        [UNLIKE_UNITED] = "each node gets both",
    };
    const Node *field = u->master ? u->master : u->worker;
    Str path = trainjob_path(job, field);
    Str master = shown(job, u->master), worker = shown(job, u->worker);
    bool account = str_eq(field->key->value, STR("serviceAccountName"));
    convert_note(job->out,
                 "Master and Worker differ: " STR_FMT " is " STR_FMT " for Master and " STR_FMT
                 " for Worker; %s",
                 STR_ARG(path), STR_ARG(master), STR_ARG(worker),
                 account ? "all nodes run with that account, and have its rights" : taken[u->kind]);
}

/* Most nodes are Workers: what holds for them is taken for all. */
static void take_workers(TrainJob *job, const Unlike *unlike) {
    job->unlike = unlike;
    if (job->unlike) job->taken = &job->worker;
    for (const Unlike *u = unlike; u; u = u->next) {
        note_unlike(job, u);
        if (u->kind == UNLIKE_RESOURCES && !trainjob_is_empty(u->master))
            job->unlike_resources = u->master;
    }
}

static bool are_alike(TrainJob *job) {
    if (!job->master.node || !job->worker.node) return true;
    Difference d;
    if (!trainjob_same_templates(job, &d)) return refuse_difference(job, &d);
    if (d.assumed)
        convert_note(job->out, "Master and Worker have the same template expressions: they are "
                               "taken to give the same values");
    take_workers(job, d.unlike);
    return true;
}

bool trainjob_read_replicas(TrainJob *job) {
    Str key = job->kind->replicas;
    const Node *replicas = trainjob_field(job->source, key);
    if (!replicas) return convert_refuse(job->out, "it has no spec." STR_FMT, STR_ARG(key));
    if (!trainjob_fields(job, replicas, NULL, 0, read_field)) return false;
    if (!job->taken) return convert_refuse(job->out, "spec." STR_FMT " is empty", STR_ARG(key));
    return are_alike(job);
}

/* ---- taking ---- */

uint64_t trainjob_nodes(const TrainJob *job) {
    const Replica *master = &job->master, *worker = &job->worker;
    bool unreadable = (master->node && !master->count && master->replicas->templated) ||
                      (worker->node && !worker->count && worker->replicas->templated);
    return unreadable ? 0 : master->count + worker->count;
}

static void add_sum(TrainJob *job, const Node *place) {
    Str sum = str_format(job->in->arena, "%llu", (unsigned long long)trainjob_nodes(job));
    Target *nodes = place ? target_set(job->rw, place, sum) : target_plain(job->rw, sum);
    nodes->type = SCALAR_PLAIN;
    target_add_key(job->trainer, STR("numNodes"), nodes);
}

/* One count moves with its line; of two, the line of the workers tells the sum. */
static bool add_nodes(TrainJob *job) {
    const Node *master = job->master.replicas, *worker = job->worker.replicas;
    bool both = job->master.node && job->worker.node;
    const Node *opaque = master && master->templated ? master : worker;
    if (opaque && opaque->templated && !both) {
        target_add_key(job->trainer, STR("numNodes"), target_keep(job->rw, opaque));
        return true;
    }
    if (opaque && opaque->templated) return trainjob_on_template(job, opaque);
    add_sum(job, worker ? worker : master);
    if (worker && master) trainjob_drop(job, master, DROP_HARMLESS, "counted in numNodes");
    return true;
}

static void note_counts(TrainJob *job) {
    if (job->master.replicas && job->master.count != 1 && !job->master.replicas->templated)
        convert_note(job->out, "%s has one Master: here it has %llu replicas", job->kind->one,
                     (unsigned long long)job->master.count);
    if (job->worker.replicas && !job->worker.count && !job->worker.replicas->templated)
        convert_note(job->out, "it has no Worker: its replicas are 0");
}

/* The strictest counts; as it moves to the Pods, its line moves along. */
static bool restrict_restarts(TrainJob *job, const Node *field, Restart restart) {
    RuntimeParts *r = &job->runtime;
    if (r->restart >= restart)
        return trainjob_drop(job, field, DROP_HARMLESS, "all nodes restart alike");
    if (r->restarts) trainjob_drop(job, r->restarts, DROP_HARMLESS, "all nodes restart alike");
    r->restarts = field;
    r->restart = restart;
    return true;
}

static bool take_restart_policy(TrainJob *job, const Node *field) {
    if (node_resolve(field)->templated) return trainjob_on_template(job, field);
    if (node_is(field, STR("OnFailure")))
        return trainjob_drop(job, field, DROP_HARMLESS, "what a TrainJob does anyway");
    if (node_is(field, STR("Never"))) return restrict_restarts(job, field, RESTART_NEVER);
    if (node_is(field, STR("ExitCode"))) return restrict_restarts(job, field, RESTART_BY_EXIT_CODE);
    if (node_is(field, STR("Always")))
        return trainjob_drop(job, field, DROP_LOSS,
                             "a node of a TrainJob starts again when it fails, not when it ends");
    Str path = trainjob_path(job, field);
    return convert_refuse(job->out, "no restartPolicy of %s: " STR_FMT, job->kind->one,
                          STR_ARG(path));
}

static bool is_never_by_default(const TrainJob *job, const Replica *r) {
    return r->node && !job->kind->retries && !trainjob_field(r->node, STR("restartPolicy"));
}

/* Where there is a runtime anyway it says so; alone this makes none. */
static void take_default(TrainJob *job) {
    RuntimeParts *r = &job->runtime;
    if (!is_never_by_default(job, &job->master) && !is_never_by_default(job, &job->worker)) return;
    if (!job->needs) {
        convert_note(job->out,
                     "restartPolicy is Never where %s does not say it, but a node of this TrainJob "
                     "starts again when it fails, up to 6 times: where that must not be, write "
                     "restartPolicy: Never before you convert, which makes a TrainingRuntime",
                     job->kind->one);
        return;
    }
    if (r->restarts && r->restart < RESTART_NEVER) {
        trainjob_drop(job, r->restarts, DROP_HARMLESS, "all nodes restart alike");
        r->restarts = NULL;
    }
    r->restart = RESTART_NEVER;
}

static Str restart_policy(const TrainJob *job, const Replica *r) {
    const Node *policy = trainjob_field(r->node, STR("restartPolicy"));
    if (policy) return node_text(node_resolve(policy));
    return job->kind->retries ? STR("OnFailure") : STR("Never");
}

static void note_restarts(TrainJob *job) {
    Str master = restart_policy(job, &job->master), worker = restart_policy(job, &job->worker);
    if (job->master.node && job->worker.node && !str_eq(master, worker))
        convert_note(job->out,
                     "restartPolicy is " STR_FMT " for Master and " STR_FMT
                     " for Worker: all nodes of a TrainJob take the stricter",
                     STR_ARG(master), STR_ARG(worker));
    if (job->runtime.restart == RESTART_NEVER)
        convert_note(job->out, "restartPolicy Never: the first Pod that fails ends the TrainJob, "
                               "by backoffLimit 0");
    if (job->runtime.restart == RESTART_BY_EXIT_CODE)
        convert_note(job->out, "restartPolicy ExitCode: codes 1 to 127 end the TrainJob, others "
                               "are tried again, up to the backoffLimit of a Job, by default 6");
}

static bool take_replica_template(TrainJob *job, const Node *field) {
    if (node_resolve(field) == job->taken->template && field->kind != NODE_ALIAS) return true;
    return trainjob_drop(job, field, DROP_HARMLESS,
                         job->unlike ? "all nodes take the template of the Workers"
                                     : "the same for all replicas");
}

static bool take_replica(TrainJob *job, const Replica *r) {
    static const Field fields[] = {{STR_INIT("replicas"), trainjob_taken},
                                   {STR_INIT("restartPolicy"), take_restart_policy},
                                   {STR_INIT("template"), take_replica_template}};
    if (!r->node) return true;
    if (r->node->kind == NODE_ALIAS && r != job->taken)
        return trainjob_drop(job, r->node, DROP_HARMLESS, "the same for all replicas");
    return trainjob_fields(job, r->node, fields, FIELD_COUNT(fields), trainjob_unknown);
}

bool trainjob_take_replicas(TrainJob *job) {
    note_counts(job);
    if (!add_nodes(job) || !take_replica(job, &job->master) || !take_replica(job, &job->worker))
        return false;
    take_default(job);
    note_restarts(job);
    return true;
}
