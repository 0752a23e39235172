/* How a job of v1 stands, as a dump of it says: one that is over must not train again, one that
 * runs starts from the beginning. */
#include "convert/trainjob.h"

#include "change/steps.h"

/* The type of the last condition that holds; empty where the status has none. */
static Str state_of(const Node *status) {
    Str state = {0};
    NODE_EACH (condition, trainjob_field(status, STR("conditions")))
        if (node_is(node_child(condition, STR("status")), STR("True")))
            state = node_text(node_child(condition, STR("type")));
    return state;
}

static const Node *status_of(const Node *resource) {
    return trainjob_field(resource, STR("status"));
}

/* Conditions come in any order, and one that is over goes on holding that it was created. */
static Str end_of(const Node *status) {
    NODE_EACH (condition, trainjob_field(status, STR("conditions"))) {
        const Node *type = node_child(condition, STR("type"));
        bool end = node_is(type, STR("Succeeded")) || node_is(type, STR("Failed"));
        if (end && node_is(node_child(condition, STR("status")), STR("True")))
            return node_text(type);
    }
    return (Str){0};
}

Str convert_finished(const Node *resource) {
    const Node *status = status_of(resource);
    Str end = end_of(status);
    if (end.len || !trainjob_field(status, STR("completionTime"))) return end;
    return STR("it has a completionTime");
}

/* Between two conditions a job that was started and has no end runs as well. */
static bool is_running(const Node *status) {
    Str state = state_of(status);
    if (str_eq(state, STR("Running")) || str_eq(state, STR("Restarting"))) return true;
    return !str_eq(state, STR("Suspended")) && trainjob_field(status, STR("startTime")) &&
           !trainjob_field(status, STR("completionTime"));
}

static void note_running(TrainJob *job) {
    if (is_running(status_of(job->in->resource)))
        convert_note(job->out, "it is running: the TrainJob starts from the beginning, or from "
                               "what its program itself has saved");
}

bool trainjob_check_status(TrainJob *job) {
    Str state = convert_finished(job->in->resource);
    Str wanted = trainjob_option(job, STR("finished"), STR("skip"));
    if (!state.len) {
        note_running(job);
        return true;
    }
    if (!str_eq(wanted, STR("skip"))) return true;
    job->out->finished = state;
    return convert_refuse(job->out,
                          "it has finished (" STR_FMT "), and a TrainJob would train again over "
                          "what it has written: `trainer: {finished: suspend}` or `convert` in "
                          "the configuration converts it",
                          STR_ARG(state));
}

void trainjob_suspend_finished(TrainJob *job, Target *root) {
    Str state = convert_finished(job->in->resource);
    Error err;
    if (!state.len || !str_eq(trainjob_option(job, STR("finished"), (Str){0}), STR("suspend")))
        return;
    ChangeStep step = {.kind = CHANGE_SET, .value = STR("true"), .plain = true};
    if (!path_parse(job->in->arena, STR("spec.suspend"), &step.path, &err)) bug("%s", err.text);
    steps_apply(job->rw, root, &step);
    convert_note(job->out,
                 "it has finished (" STR_FMT "): the TrainJob is suspended, since it would train "
                 "again over what it has written",
                 STR_ARG(state));
}
