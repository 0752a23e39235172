/* What a program is told about its cluster changes, and no schema shows it: the variables of
 * Training Operator v1 have other names in Trainer v2, or are gone, and so do the hosts. What names
 * the old ones is for a person to change: these are notes. */
#include "convert/trainjob.h"

#include "base/buf.h"

/* ---- what it names ---- */

static void note_mention(TrainJob *job, const Node *n, Str what, const char *instead) {
    Str path = trainjob_path(job, n);
    convert_note(job->out, STR_FMT " names " STR_FMT ": %s", STR_ARG(path), STR_ARG(what), instead);
}

/* The old name of a node: JOB-worker-INDEX. */
static void check_host(TrainJob *job, const Node *n, Str text, const JobRole *role) {
    Str name = job->in->identity->name;
    Arena *a = job->in->arena;
    if (!name.len) return;
    Str host = str_format(a, STR_FMT "-" STR_FMT "-", STR_ARG(name), STR_ARG(role->host));
    if (str_find(text, host) == STR_NONE) return;
    Str instead = str_format(a, "the nodes of a TrainJob are " STR_FMT "-node-0-INDEX." STR_FMT,
                             STR_ARG(name), STR_ARG(name));
    note_mention(job, n, str_slice(host, 0, host.len - 1), instead.data);
}

static Str instead_of(const TrainJob *job, const JobVariable *variable, bool trains) {
    if (job->alone || !variable->new.len) return STR("Trainer v2 sets nothing in its place");
    return str_format(job->in->arena, "%sTrainer v2 sets " STR_FMT "%s",
                      job->kind->processes == PROCESSES_CHOSEN ? "outside torchrun " : "",
                      STR_ARG(variable->new),
                      trains ? "" : ", and in the container that trains only");
}

/* `RANK=$PET_NODE_RANK` gives the old name what the new one says. */
static bool is_set_from_new(Str text, Str name) {
    for (size_t at, from = 0; (at = str_find(str_from_offset(text, from), name)) != STR_NONE;) {
        Str rest = str_from_offset(text, from + at + name.len);
        if (str_starts(rest, STR("=$PET_")) || str_starts(rest, STR("=${PET_")) ||
            str_starts(rest, STR("=\"$PET_")) || str_starts(rest, STR("=\"${PET_")))
            return true;
        from += at + 1;
    }
    return false;
}

static void check_variables(TrainJob *job, const Node *n, bool trains) {
    Str text = trainjob_text_of(job, n);
    for (size_t i = 0; i < job->kind->variable_count; i++) {
        const JobVariable *variable = &job->kind->variables[i];
        if (trainjob_has_word(text, variable->old) && !is_set_from_new(text, variable->old))
            note_mention(job, n, variable->old, instead_of(job, variable, trains).data);
    }
}

static void check_port(TrainJob *job, const Node *n, Str text) {
    if (!trainjob_has_word(text, job->kind->port)) return;
    Str port = str_format(job->in->arena, "port " STR_FMT, STR_ARG(job->kind->port));
    note_mention(job, n, port,
                 job->alone ? "Trainer v2 opens no port for one node" : job->kind->port_note);
}

static void check_text(TrainJob *job, const Node *n, bool trains) {
    Str text = trainjob_text_of(job, n);
    check_variables(job, n, trains);
    for (size_t i = 0; i < job->kind->role_count; i++)
        check_host(job, n, text, &job->kind->roles[i]);
    check_port(job, n, text);
}

static void check_texts(TrainJob *job, const Node *words, bool trains) {
    NODE_EACH (word, words) check_text(job, word, trains);
}

/* ---- what it sets ---- */

static bool check_variable(TrainJob *job, const Node *variable) {
    const Node *name = node_child(variable, STR("name"));
    if (name && name->templated) return trainjob_on_template(job, name);
    if (!job->alone && job_kind_reserves(job->kind, node_text(name)))
        return convert_refuse(job->out, "Trainer v2 sets " STR_FMT " itself: remove it from env",
                              STR_ARG(node_text(name)));
    for (size_t i = 0; i < job->kind->variable_count; i++)
        if (node_is(name, job->kind->variables[i].old))
            note_mention(job, variable, job->kind->variables[i].old,
                         "Training Operator v1 sets it too");
    check_text(job, node_child(variable, STR("value")), true);
    return true;
}

/* ---- the other containers ---- */

static void check_others(TrainJob *job, const Node *containers) {
    NODE_EACH (container, containers) {
        if (container == job->main) continue;
        check_texts(job, trainjob_field(container, STR("command")), false);
        check_texts(job, trainjob_field(container, STR("args")), false);
        NODE_EACH (variable, trainjob_field(container, STR("env")))
            check_text(job, node_child(variable, STR("value")), false);
    }
}

static void note_side_containers(TrainJob *job) {
    NODE_EACH (container, trainjob_field(job->pod, STR("containers"))) {
        Str name = node_text(node_child(container, STR("name")));
        if (container != job->main)
            convert_note(job->out,
                         "the TrainJob ends when container '" STR_FMT "' has ended too: if it "
                         "never does, make it an init container with restartPolicy Always",
                         STR_ARG(name));
    }
}

/* Torch has one name for several nodes and for one, if torchrun starts the program. */
static void note_variables(TrainJob *job) {
    if (job->alone)
        convert_note(job->out, "%s", job->kind->alone_note);
    else if (job->kind->variables_note)
        convert_note(job->out, "%s", job->kind->variables_note);
    else
        trainjob_check_start(job);
}

bool trainjob_check_environment(TrainJob *job) {
    const Node *command = trainjob_field(job->main, STR("command"));
    const Node *args = trainjob_field(job->main, STR("args"));
    const Node *env = trainjob_field(job->main, STR("env"));
    if (env && env->templated) return trainjob_on_template(job, env);
    note_variables(job);
    check_texts(job, command, true);
    check_texts(job, args, true);
    NODE_EACH (variable, env)
        if (!check_variable(job, variable)) return false;
    check_others(job, trainjob_field(job->pod, STR("initContainers")));
    check_others(job, trainjob_field(job->pod, STR("containers")));
    note_side_containers(job);
    return true;
}
