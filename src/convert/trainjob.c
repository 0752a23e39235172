/* A job of Training Operator v1 to a TrainJob of Trainer v2: the frame, and what all share. */
#include "convert/trainjob.h"

#include "yaml/path.h"

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

Str trainjob_option(const TrainJob *job, Str key, Str otherwise) {
    const ConvertFacts *facts = job->in->facts;
    Str text =
        facts && facts->option ? facts->option(facts->context, STR("trainer"), key) : (Str){0};
    return text.len ? text : otherwise;
}

/* What the configuration names is a runtime for torch: no other kind can have it. */
Str trainjob_own_runtime(const TrainJob *job) {
    bool torch = job->kind->processes == PROCESSES_CHOSEN;
    return torch ? trainjob_option(job, STR("runtime"), (Str){0}) : (Str){0};
}

/* ---- texts ---- */

Str trainjob_text_of(const TrainJob *job, const Node *n) {
    n = node_resolve(n);
    if (!n || n->kind != NODE_SCALAR) return (Str){0};
    return n->templated ? span_text(job->in->doc->text, n->span) : n->value;
}

static bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool trainjob_has_word(Str text, Str word) {
    for (size_t at, from = 0; (at = str_find(str_from_offset(text, from), word)) != STR_NONE;) {
        size_t start = from + at, end = start + word.len;
        if ((start == 0 || !is_word_letter(text.data[start - 1])) &&
            (end == text.len || !is_word_letter(text.data[end])))
            return true;
        from = start + 1;
    }
    return false;
}

static bool refuse_at(TrainJob *job, const char *why, const Node *n) {
    Str path = trainjob_path(job, n);
    return convert_refuse(job->out, "%s: " STR_FMT, why, STR_ARG(path));
}

/* The first line of a collection that is a template as a whole, `{{- if .Values.x }}`; or empty. */
static Str template_line(const TrainJob *job, const Node *n) {
    enum { LONGEST_SHOWN = 80 };
    Str rest = span_text(job->in->doc->text, n->span), line;
    while (n->kind != NODE_SCALAR && str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (str_starts(line, STR("{{"))) return line.len <= LONGEST_SHOWN ? line : (Str){0};
    }
    return (Str){0};
}

bool trainjob_on_template(TrainJob *job, const Node *field) {
    Str line = template_line(job, node_resolve(field));
    if (!line.len) return refuse_at(job, "depends on a template", field);
    Str path = trainjob_path(job, field);
    return convert_refuse(job->out,
                          "depends on a template: " STR_FMT ", with its line `" STR_FMT "`",
                          STR_ARG(path), STR_ARG(line));
}

bool trainjob_no_alias(TrainJob *job, const Node *n) {
    return n->kind != NODE_ALIAS || refuse_at(job, "an alias cannot be taken apart", n);
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
    if (!trainjob_no_alias(job, map)) return false;
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
    job->kind = job_kind_find(id->kind);
    if (!str_eq(id->group, STR("kubeflow.org")) || !str_eq(id->version, STR("v1")) || !job->kind)
        return convert_refuse(job->out, "only a job of kubeflow.org/v1 becomes a TrainJob");
    if (!node_child(in->resource, STR("kind")) || !node_child(in->resource, STR("apiVersion")))
        return convert_refuse(job->out, "its kind is that of the List around it");
    job->version = trainer_version_find(in->target);
    if (!job->version)
        return convert_refuse(job->out, "no TrainJob can be written for Trainer '" STR_FMT "'",
                              STR_ARG(in->target));
    if (id->owner_kind.len)
        return convert_refuse(job->out, "managed by " STR_FMT " '" STR_FMT "'",
                              STR_ARG(id->owner_kind), STR_ARG(id->owner_name));
    return true;
}

/* JobSet makes a headless Service that is called as the TrainJob. */
static bool is_free(TrainJob *job) {
    const ConvertInput *in = job->in;
    Str name = in->identity->name;
    if (!convert_is_free(in, job->out, TRAINER_GROUP, STR("TrainJob"), name)) return false;
    Str place = convert_taken(in, (Str){0}, STR("Service"), name);
    if (place.len)
        rewrite_refuse(job->rw, str_format(in->arena,
                                           "JobSet makes a Service '" STR_FMT
                                           "' for the TrainJob of that name, and there is one "
                                           "already, in " STR_FMT ": rename one of the two",
                                           STR_ARG(convert_title(in, name)), STR_ARG(place)));
    return !place.len;
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
    return pod <= 63 ||
           convert_refuse(job->out,
                          "JobSet would refuse it: its Pods would have names of %zu characters, "
                          "at most 63 are allowed; shorten the name by %zu",
                          pod, pod - 63);
}

/* ---- the frame ---- */

/* Comments above the first line are the head of the file: a runtime in front takes that line, so
 * that they stay at the top. */
void trainjob_add_type(TrainJob *job, Target *root, Str version, Str kind, bool in_front) {
    const Node *resource = job->in->resource;
    NODE_EACH (field, resource) {
        bool is_version = field->key && str_eq(field->key->value, STR("apiVersion"));
        if (!is_version && !(field->key && str_eq(field->key->value, STR("kind")))) continue;
        bool taken = job->needs && (field == resource->first) != in_front;
        target_add_key(root, field->key->value,
                       target_set(job->rw, taken ? NULL : field, is_version ? version : kind));
    }
}

/* Who put it there waits for the end of the old job: a TrainJob with it could not be deleted. */
static void drop_finalizers(TrainJob *job) {
    Target *metadata = job->metadata, *before = NULL;
    for (Target *t = metadata->first; t; before = t, t = t->next) {
        if (!t->source->key || !str_eq(t->source->key->value, STR("finalizers"))) continue;
        *(before ? &before->next : &metadata->first) = t->next;
        if (metadata->last == t) metadata->last = before;
        if (!trainjob_is_empty(t->source))
            trainjob_drop(job, t->source, DROP_LOSS, "nobody would take it from a TrainJob");
        return;
    }
}

static void add_envelope(TrainJob *job, Target *root) {
    trainjob_add_type(job, root, TRAINER_API_VERSION, STR("TrainJob"), false);
    job->metadata = convert_metadata(job->out, job->in->resource);
    if (job->metadata) drop_finalizers(job);
    if (job->metadata) target_add(root, job->metadata);
    job->spec = target_add(root, target_within(job->rw, job->source));
}

static bool drop_success_policy(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, DROP_HARMLESS, "there is one node, and all end with it");
}

static bool drop_dynamic_worker(TrainJob *job, const Node *field) {
    return trainjob_drop(job, field, node_is(field, STR("false")) ? DROP_HARMLESS : DROP_LOSS,
                         "a TrainJob keeps the nodes that it starts with");
}

/* What one kind has in its spec and others have not. */
static bool take_own(TrainJob *job, const Node *field) {
    static const struct {
        Str kind, key;
        TakeField *take;
    } fields[] = {
        {STR_INIT("PyTorchJob"), STR_INIT("nprocPerNode"), trainjob_taken},
        {STR_INIT("PyTorchJob"), STR_INIT("elasticPolicy"), trainjob_take_elastic},
        {STR_INIT("PaddleJob"), STR_INIT("elasticPolicy"), trainjob_take_elastic},
        {STR_INIT("TFJob"), STR_INIT("enableDynamicWorker"), drop_dynamic_worker},
        {STR_INIT("TFJob"), STR_INIT("successPolicy"), drop_success_policy},
    };
    Str key = field->key->value;
    if (str_eq(key, job->kind->replicas)) return true;
    for (size_t i = 0; i < FIELD_COUNT(fields); i++)
        if (str_eq(fields[i].key, key) && str_eq(fields[i].kind, job->kind->name))
            return fields[i].take(job, field);
    return trainjob_unknown(job, field);
}

static bool take_spec(TrainJob *job) {
    static const Field fields[] = {
        {STR_INIT("runPolicy"), trainjob_take_policy},
        {STR_INIT("activeDeadlineSeconds"), trainjob_take_flat_policy},
        {STR_INIT("backoffLimit"), trainjob_take_flat_policy},
        {STR_INIT("cleanPodPolicy"), trainjob_take_flat_policy},
        {STR_INIT("ttlSecondsAfterFinished"), trainjob_take_flat_policy},
    };
    return trainjob_fields(job, job->source, fields, FIELD_COUNT(fields), take_own);
}

static bool convert(const ConvertInput *in, Converted *out) {
    TrainJob job = {.in = in, .out = out, .rw = &out->rewrite};
    if (!trainjob_check_status(&job)) return false;
    out->title = STR("convert to TrainJob");
    out->reshapes = true;
    job.source = trainjob_field(in->resource, STR("spec"));
    if (!check_kind(&job) || !is_free(&job) || !trainjob_check_runtime(&job)) return false;
    if (!trainjob_read_replicas(&job) || !trainjob_find_main(&job)) return false;
    if (!check_name(&job)) return false;

    trainjob_find_needs(&job);
    if (!job.needs)
        trainjob_begin_override(&job);
    else if (!trainjob_begin_runtime(&job))
        return false;
    Target *root = target_within(job.rw, in->resource);
    rewrite_root(job.rw, root);
    add_envelope(&job, root);
    trainjob_add_reference(&job);
    job.trainer = target_add_key(job.spec, STR("trainer"), trainjob_collection(&job, job.main));
    if (!trainjob_take_replicas(&job) || !trainjob_take_processes(&job)) return false;
    if (!trainjob_take_template(&job)) return false;
    if (!job.needs) trainjob_add_override(&job);
    if (!take_spec(&job) || !trainjob_check_environment(&job) || !trainjob_check_names(&job))
        return false;
    if (job.needs) trainjob_write_runtime(&job);
    trainjob_suspend_finished(&job, root);
    return true;
}

const Conversion conversion_trainjob = {
    .name = STR_INIT("trainjob"), .convert = convert, .makes = STR_INIT("TrainJob")};
