/* What a program is told about its cluster changes, and no schema shows it.
 *
 * Training Operator v1 sets MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE in every container;
 * Trainer v2 sets PET_* only, which torchrun reads. A program that is started by itself then runs
 * once per node, each time alone. Whether that is so is for a person to say: these are notes. */
#include "convert/trainjob.h"

#include "base/buf.h"

#define OLD_VARIABLES "MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE"
#define BY_HAND                                                                                    \
    "start it by torchrun, or set them in a shell (one process per node): "                        \
    "`MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=$PET_MASTER_PORT RANK=$PET_NODE_RANK "              \
    "WORLD_SIZE=$PET_NNODES exec …`"

/* ---- texts ---- */

/* Of a template its own letters are looked at. */
static Str text_of(const TrainJob *job, const Node *n) {
    n = node_resolve(n);
    if (!n || n->kind != NODE_SCALAR) return (Str){0};
    return n->templated ? span_text(job->in->doc->text, n->span) : n->value;
}

static bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* As a word of its own: RANK does not stand in LOCAL_RANK. */
static bool has_word(Str text, Str word) {
    for (size_t at, from = 0; (at = str_find(str_from_offset(text, from), word)) != STR_NONE;) {
        size_t start = from + at, end = start + word.len;
        if ((start == 0 || !is_word_letter(text.data[start - 1])) &&
            (end == text.len || !is_word_letter(text.data[end])))
            return true;
        from = start + 1;
    }
    return false;
}

/* ---- how it is started ---- */

static bool starts_torchrun(const TrainJob *job, const Node *words) {
    static const Str launchers[] = {STR_INIT("torchrun"), STR_INIT("torch.distributed.run"),
                                    STR_INIT("torch.distributed.launch"), STR_INIT("accelerate"),
                                    STR_INIT("deepspeed")};
    NODE_EACH (word, words)
        for (size_t i = 0; i < FIELD_COUNT(launchers); i++)
            if (has_word(text_of(job, word), launchers[i])) return true;
    return false;
}

/* A script, a template or the image's own command may start torchrun out of sight. */
static bool may_be_hidden(const TrainJob *job, const Node *command, const Node *args) {
    if (!command) return true;
    const Node *parts[] = {command, args};
    for (size_t i = 0; i < FIELD_COUNT(parts); i++)
        NODE_EACH (word, parts[i])
            if (node_resolve(word)->templated || str_ends(text_of(job, word), STR(".sh")))
                return true;
    return false;
}

static bool is_python(Str word) {
    size_t slash = str_find_last_char(word, '/');
    Str name = str_from_offset(word, slash == STR_NONE ? 0 : slash + 1);
    return str_starts(name, STR("python")) && str_find_char(name, ' ') == STR_NONE;
}

/* `python -u train.py …` can be started as `torchrun train.py …`, and -m as it stands. */
static bool propose(const TrainJob *job, const Node *command, Buf *out) {
    enum { LONGEST = 160 };
    const Node *word = command ? command->first : NULL;
    if (!word || !is_python(text_of(job, word))) return false;
    for (word = word->next; word; word = word->next) {
        Str text = text_of(job, word);
        if (!str_starts(text, STR("-")) || str_eq(text, STR("-m"))) break;
        if (!str_eq(text, STR("-u")) && !str_eq(text, STR("-B")) && !str_eq(text, STR("-O")))
            return false;
    }
    buf_add(out, STR("[torchrun"));
    for (; word; word = word->next) buf_addf(out, ", " STR_FMT, STR_ARG(text_of(job, word)));
    buf_add_char(out, ']');
    return out->len <= LONGEST && str_find_char(buf_str(out), '\n') == STR_NONE;
}

/* Whatever a runtime of one's own starts. */
static void check_runtime(TrainJob *job) {
    Str runtime = trainjob_option(job, STR("runtime"), (Str){0});
    if (runtime.len && !job->needs)
        convert_note(job->out,
                     "the runtime '" STR_FMT
                     "' must have no command: it would start that, with the "
                     "args of the job, and not what the image starts",
                     STR_ARG(runtime));
}

static void check_start(TrainJob *job, const Node *command, const Node *args) {
    Buf proposal = {0};
    if (!command) check_runtime(job);
    if (starts_torchrun(job, command) || starts_torchrun(job, args)) return;
    if (may_be_hidden(job, command, args))
        convert_note(job->out,
                     "whether torchrun starts the program cannot be seen here: Trainer v2 "
                     "sets PET_* only, not " OLD_VARIABLES "; if it does not, " BY_HAND);
    else if (propose(job, command, &proposal))
        convert_note(job->out,
                     "without torchrun each node would train alone, since Trainer v2 sets PET_* "
                     "only, not " OLD_VARIABLES ": `command: " STR_FMT "`",
                     STR_ARG(buf_str(&proposal)));
    else
        convert_note(job->out,
                     "without torchrun each node would train alone, since Trainer v2 sets "
                     "PET_* only, not " OLD_VARIABLES ": " BY_HAND);
    buf_release(&proposal);
}

/* ---- what it names ---- */

static const struct {
    Str old, new;
} variables[] = {{STR_INIT("MASTER_ADDR"), STR_INIT("PET_MASTER_ADDR")},
                 {STR_INIT("MASTER_PORT"), STR_INIT("PET_MASTER_PORT")},
                 {STR_INIT("RANK"), STR_INIT("PET_NODE_RANK")},
                 {STR_INIT("WORLD_SIZE"), STR_INIT("PET_NNODES")}};

static void note_mention(TrainJob *job, const Node *n, Str what, const char *instead) {
    Str path = trainjob_path(job, n);
    convert_note(job->out, STR_FMT " names " STR_FMT ": %s", STR_ARG(path), STR_ARG(what), instead);
}

static void check_host(TrainJob *job, const Node *n, Str text, const char *role) {
    Str name = job->in->identity->name;
    Arena *a = job->in->arena;
    if (!name.len) return;
    Str host = str_format(a, STR_FMT "-%s-", STR_ARG(name), role);
    if (str_find(text, host) == STR_NONE) return;
    Str instead = str_format(a, "the nodes of a TrainJob are " STR_FMT "-node-0-INDEX." STR_FMT,
                             STR_ARG(name), STR_ARG(name));
    note_mention(job, n, str_slice(host, 0, host.len - 1), instead.data);
}

static void check_variables(TrainJob *job, const Node *n, bool trains) {
    Str text = text_of(job, n);
    for (size_t i = 0; i < FIELD_COUNT(variables); i++) {
        if (!has_word(text, variables[i].old)) continue;
        Str instead = str_format(job->in->arena, "outside torchrun Trainer v2 sets " STR_FMT "%s",
                                 STR_ARG(variables[i].new),
                                 trains ? "" : ", and in the container that trains only");
        note_mention(job, n, variables[i].old, instead.data);
    }
}

static void check_text(TrainJob *job, const Node *n, bool trains) {
    Str text = text_of(job, n);
    check_variables(job, n, trains);
    check_host(job, n, text, "master");
    check_host(job, n, text, "worker");
    if (has_word(text, STR("23456")))
        note_mention(job, n, STR("port 23456"), "Trainer v2 meets at port 29500");
}

static void check_texts(TrainJob *job, const Node *words, bool trains) {
    NODE_EACH (word, words) check_text(job, word, trains);
}

/* ---- what it sets ---- */

static bool is_reserved(Str name) {
    static const Str names[] = {STR_INIT("PET_NNODES"), STR_INIT("PET_NPROC_PER_NODE"),
                                STR_INIT("PET_NODE_RANK"), STR_INIT("PET_MASTER_ADDR"),
                                STR_INIT("PET_MASTER_PORT")};
    for (size_t i = 0; i < FIELD_COUNT(names); i++)
        if (str_eq(name, names[i])) return true;
    return false;
}

static bool check_variable(TrainJob *job, const Node *variable) {
    const Node *name = node_child(variable, STR("name"));
    if (name && name->templated) return trainjob_on_template(job, name);
    if (is_reserved(node_text(name)))
        return convert_refuse(job->out, "Trainer v2 sets " STR_FMT " itself: remove it from env",
                              STR_ARG(node_text(name)));
    for (size_t i = 0; i < FIELD_COUNT(variables); i++)
        if (node_is(name, variables[i].old))
            note_mention(job, variable, variables[i].old, "Training Operator v1 sets it too");
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

bool trainjob_check_environment(TrainJob *job) {
    const Node *command = trainjob_field(job->main, STR("command"));
    const Node *args = trainjob_field(job->main, STR("args"));
    const Node *env = trainjob_field(job->main, STR("env"));
    if (env && env->templated) return trainjob_on_template(job, env);
    check_start(job, command, args);
    check_texts(job, command, true);
    check_texts(job, args, true);
    NODE_EACH (variable, env)
        if (!check_variable(job, variable)) return false;
    check_others(job, trainjob_field(job->pod, STR("initContainers")));
    check_others(job, trainjob_field(job->pod, STR("containers")));
    note_side_containers(job);
    return true;
}
