/* What a person must do where torchrun does not start the program of a PyTorchJob.
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

static bool is_python(Str word) {
    size_t slash = str_find_last_char(word, '/');
    Str name = str_from_offset(word, slash == STR_NONE ? 0 : slash + 1);
    return str_starts(name, STR("python")) && str_find_char(name, ' ') == STR_NONE;
}

/* `python -u train.py …` can be started as `torchrun train.py …`, and -m as it stands. */
static bool propose(const TrainJob *job, const Node *command, Buf *out) {
    enum { LONGEST = 160 };
    const Node *word = command ? command->first : NULL;
    if (!word || !is_python(trainjob_text_of(job, word))) return false;
    for (word = word->next; word; word = word->next) {
        Str text = trainjob_text_of(job, word);
        if (!str_starts(text, STR("-")) || str_eq(text, STR("-m"))) break;
        if (!str_eq(text, STR("-u")) && !str_eq(text, STR("-B")) && !str_eq(text, STR("-O")))
            return false;
    }
    buf_add(out, STR("[torchrun"));
    for (; word; word = word->next)
        buf_addf(out, ", " STR_FMT, STR_ARG(trainjob_text_of(job, word)));
    buf_add_char(out, ']');
    return out->len <= LONGEST && str_find_char(buf_str(out), '\n') == STR_NONE;
}

/* Whatever a runtime of one's own starts. */
static void check_runtime(TrainJob *job) {
    Str runtime = trainjob_own_runtime(job);
    if (runtime.len && !job->needs)
        convert_note(job->out,
                     "the runtime '" STR_FMT
                     "' must have no command: it would start that, with the "
                     "args of the job, and not what the image starts",
                     STR_ARG(runtime));
}

/* One node trains alone in any case; but a program may ask for what v1 told it, which it did where
 * there is a Master. */
static void check_single(TrainJob *job, Launch launch, const Node *command) {
    Buf proposal = {0};
    if (!job->master.node) return;
    bool proposed = launch == LAUNCH_ALONE && propose(job, command, &proposal);
    convert_note(job->out,
                 "Trainer v2 sets PET_* only, not " OLD_VARIABLES
                 ": a program that asks for them stops%s%s" STR_FMT "%s",
                 launch == LAUNCH_HIDDEN ? ", unless torchrun starts it" : "",
                 proposed ? ": `command: " : "; " BY_HAND, STR_ARG(buf_str(&proposal)),
                 proposed ? "`" : "");
    buf_release(&proposal);
}

void trainjob_check_start(TrainJob *job) {
    const Node *command = trainjob_field(job->main, STR("command"));
    Launch launch = trainjob_launch(job);
    Buf proposal = {0};
    if (!command) check_runtime(job);
    if (launch == LAUNCH_BY_TORCHRUN) return;
    if (trainjob_nodes(job) == 1)
        check_single(job, launch, command);
    else if (launch == LAUNCH_HIDDEN)
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
