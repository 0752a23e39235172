/* Kinds that the target has no runtime for, because none sets up their cluster.
 *
 * One replica needs no cluster: its Pod can run as it is, in a plain TrainingRuntime. Whatever is
 * more is refused, and the reason says what Trainer v2 has for that which this very job uses. */
#include "convert/trainjob.h"

#include "base/buf.h"

/* ---- what it uses ---- */

enum { LONGEST_SHOWN = 40 };

/* " 4"; nothing, where there is nothing to be shown. */
static void add_value(const TrainJob *job, const Node *n, Buf *out) {
    Str text = trainjob_text_of(job, n);
    if (text.len && text.len <= LONGEST_SHOWN) buf_addf(out, " " STR_FMT, STR_ARG(text));
}

static void begin_part(Buf *out, size_t *parts) {
    buf_add(out, (*parts)++ ? STR("; ") : STR(" "));
}

static void add_instead(Buf *out, const char *instead) {
    if (instead) buf_addf(out, " (%s)", instead);
}

static const char *use_of_role(const JobKind *kind, Str role) {
    for (size_t i = 0; i < kind->use_count; i++)
        if (kind->uses[i].of == USE_ROLE && str_eq_nocase(kind->uses[i].name, role))
            return kind->uses[i].instead;
    return NULL;
}

static void add_roles(const TrainJob *job, const Node *replicas, Buf *out, size_t *parts) {
    NODE_EACH (role, replicas) {
        begin_part(out, parts);
        buf_add(out, role->key->value);
        add_value(job, trainjob_field(role, STR("replicas")), out);
        add_instead(out, use_of_role(job->kind, role->key->value));
    }
}

static void add_field(const TrainJob *job, const JobUse *use, Buf *out, size_t *parts) {
    const Node *policy = trainjob_field(job->source, STR("runPolicy"));
    const Node *field = trainjob_field(job->source, use->name);
    if (!field) field = trainjob_field(policy, use->name);
    if (!field) return;
    begin_part(out, parts);
    buf_add(out, use->name);
    add_value(job, field, out);
    add_instead(out, use->instead);
}

/* The first text in which the word stands. */
static const Node *find_word(const TrainJob *job, const Node *n, Str word) {
    if (trainjob_has_word(trainjob_text_of(job, n), word)) return n;
    if (n->kind == NODE_ALIAS) return NULL; /* what it stands for has been looked at */
    NODE_EACH (child, n) {
        const Node *found = find_word(job, child, word);
        if (found) return found;
    }
    return NULL;
}

static void add_word(const TrainJob *job, const JobUse *use, const Node *replicas, Buf *out,
                     size_t *parts) {
    const Node *found = find_word(job, replicas, use->name);
    if (!found) return;
    begin_part(out, parts);
    Str path = trainjob_path(job, found);
    buf_addf(out, STR_FMT " in " STR_FMT, STR_ARG(use->name), STR_ARG(path));
    add_instead(out, use->instead);
}

static bool refuse(TrainJob *job, const Node *replicas) {
    const JobKind *kind = job->kind;
    Buf why = {0};
    size_t parts = 0;
    buf_addf(&why, "Trainer " STR_FMT " cannot run %s: %s%s. This one has",
             STR_ARG(job->version->name), kind->one, kind->missing,
             kind->container.len ? "; only a single replica, without a cluster, could be converted"
                                 : "");
    add_roles(job, replicas, &why, &parts);
    for (size_t i = 0; i < kind->use_count; i++) {
        if (kind->uses[i].of == USE_FIELD) add_field(job, &kind->uses[i], &why, &parts);
        if (kind->uses[i].of == USE_WORD) add_word(job, &kind->uses[i], replicas, &why, &parts);
    }
    rewrite_refuse(job->rw, str_copy(job->in->arena, buf_str(&why)));
    buf_release(&why);
    return false;
}

/* ---- may it run alone? ---- */

static bool is_alone(const JobKind *kind, const Node *replicas) {
    if (!kind->container.len || replicas->count != 1) return false;
    const JobRole *role = job_kind_role(kind, replicas->first->key->value);
    const Node *count = trainjob_field(replicas->first, STR("replicas"));
    return role && role->place != PLACE_NONE && (!count || node_is(count, STR("1")));
}

bool trainjob_check_runtime(TrainJob *job) {
    if (job->version->release >= job->kind->since) return true;
    Str key = job->kind->replicas;
    const Node *replicas = trainjob_field(job->source, key);
    if (!replicas) return convert_refuse(job->out, "it has no spec." STR_FMT, STR_ARG(key));
    if (replicas->templated) return trainjob_on_template(job, replicas);
    if (replicas->kind != NODE_MAP) return true; /* who reads them says so */
    job->alone = is_alone(job->kind, replicas);
    return job->alone || refuse(job, replicas);
}
