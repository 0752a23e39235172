/* What starts the program of a PyTorchJob: torchrun or its like, python, or what cannot be seen.
 *
 * The program of each simple command is judged, in a list of words and in the scripts that it gives
 * to a shell. Words that another program is given, comments and texts start nothing. Of several
 * programs that may train, the last one counts. */
#include "convert/trainjob.h"

#include "base/limits.h"
#include "model/call.h"
#include "model/scripts.h"

typedef struct Search {
    Arena *arena;
    Launch found;
    bool launched; /* a launcher was seen, whatever came then */
    unsigned depth;
    const ShellCommand *command; /* of a script; NULL: of the list of words */
    /* Of the four variables of v1, those that the script has set from PET_*: a bit each. */
    unsigned set;
} Search;

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(Str word, const Str *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, table[i])) return true;
    return false;
}

static bool is_launcher(Str program) {
    static const Str launchers[] = {STR_INIT("torchrun"), STR_INIT("accelerate"),
                                    STR_INIT("accelerate-launch"), STR_INIT("deepspeed")};
    return is_one_of(program, launchers, COUNT(launchers));
}

static bool is_python(Str program) {
    return str_starts(program, STR("python"));
}

/* ---- what was found ---- */

static void see_launcher(Search *s) {
    s->found = LAUNCH_BY_TORCHRUN;
    s->launched = true;
}

/* After a launcher it may as well be the end of the work. */
static void see_program(Search *s) {
    s->found = s->launched ? LAUNCH_HIDDEN : LAUNCH_ALONE;
}

static void see_nothing(Search *s) {
    if (s->found != LAUNCH_BY_TORCHRUN) s->found = LAUNCH_HIDDEN;
}

/* ---- variables ---- */

static const Str variables[] = {STR_INIT("MASTER_ADDR"), STR_INIT("MASTER_PORT"), STR_INIT("RANK"),
                                STR_INIT("WORLD_SIZE")};
enum { ALL_VARIABLES = (1 << COUNT(variables)) - 1 };

static unsigned bit_of(Str name, const ShellWord *value) {
    bool from_pet = false;
    for (size_t i = 0; i < value->reference_count; i++)
        from_pet |= str_starts(value->references[i].name, STR("PET_"));
    for (size_t i = 0; from_pet && i < COUNT(variables); i++)
        if (str_eq(name, variables[i])) return 1U << i;
    return 0;
}

/* `export RANK=$PET_NODE_RANK`, `env RANK=…`: words like others. */
static unsigned set_by_words(const ShellWord *words, size_t count) {
    unsigned set = 0;
    for (size_t i = 1; i < count; i++) {
        size_t equals = str_find_char(words[i].value, '=');
        if (equals != STR_NONE) set |= bit_of(str_slice(words[i].value, 0, equals), &words[i]);
    }
    return set;
}

/* The four, for this command. */
static bool is_told(const Search *s) {
    const ShellCommand *c = s->command;
    unsigned set = s->set;
    for (size_t i = 0; c && i < c->assignment_count; i++)
        set |= bit_of(c->assignments[i].name, &c->assignments[i].value);
    if (c) set |= set_by_words(c->words, c->word_count);
    return set == ALL_VARIABLES;
}

/* ---- programs ---- */

static bool is_launching_module(Str module) {
    static const Str modules[] = {STR_INIT("torch.distributed.run"),
                                  STR_INIT("torch.distributed.launch"),
                                  STR_INIT("torch.distributed.launcher"),
                                  STR_INIT("accelerate.commands.launch"),
                                  STR_INIT("accelerate.commands.accelerate_cli"),
                                  STR_INIT("deepspeed.launcher.runner"),
                                  STR_INIT("deepspeed.launcher.launch")};
    return is_one_of(module, modules, COUNT(modules));
}

/* `python /opt/conda/bin/torchrun`, `python …/torch/distributed/launch.py`. */
static bool is_launching_file(const ShellWord *word) {
    Str name;
    return (call_program(word, 1, &name) && is_launcher(name)) ||
           str_ends(word->value, STR("torch/distributed/launch.py")) ||
           str_ends(word->value, STR("torch/distributed/run.py"));
}

/* `python -u -m MODULE`, `python FILE`. */
static void judge_python(Search *s, const ShellWord *words, size_t count) {
    static const Str with_value[] = {STR_INIT("-W"), STR_INIT("-X")};
    bool launches = false;
    for (size_t i = 1; i < count; i++) {
        Str word = words[i].value;
        if (str_eq(word, STR("-m"))) {
            launches = i + 1 < count && is_launching_module(words[i + 1].value);
        } else if (is_one_of(word, with_value, COUNT(with_value))) {
            i++;
            continue;
        } else if (str_starts(word, STR("-")) && !str_eq(word, STR("-c"))) {
            continue;
        } else {
            launches = is_launching_file(&words[i]);
        }
        break;
    }
    if (launches || is_told(s))
        see_launcher(s);
    else
        see_program(s);
}

/* `accelerate launch`; `accelerate config` and its like start nothing. */
static void judge_launcher(Search *s, Str program, const ShellWord *words, size_t count) {
    bool verb =
        !str_eq(program, STR("accelerate")) || (count > 1 && str_eq(words[1].value, STR("launch")));
    if (verb) see_launcher(s);
}

/* What starts programs in ways of its own, or is given a script file or a launcher. */
static bool may_start(Str program, const ShellWord *words, size_t count) {
    static const Str starters[] = {STR_INIT("mpirun"),     STR_INIT("mpiexec"), STR_INIT("orterun"),
                                   STR_INIT("horovodrun"), STR_INIT("srun"),    STR_INIT("source"),
                                   STR_INIT(".")};
    /* What they name they do not start. */
    static const Str others[] = {STR_INIT("echo"),  STR_INIT("printf"), STR_INIT("pip"),
                                 STR_INIT("pip3"),  STR_INIT("apt"),    STR_INIT("apt-get"),
                                 STR_INIT("conda"), STR_INIT("which"),  STR_INIT("type"),
                                 STR_INIT("grep"),  STR_INIT("uv"),     STR_INIT("poetry")};
    if (is_one_of(program, starters, COUNT(starters))) return true;
    if (is_one_of(program, others, COUNT(others))) return false;
    for (size_t i = 0; i < count; i++) {
        Str name;
        if (!call_program(&words[i], 1, &name)) continue;
        if (is_launcher(name) || str_ends(name, STR(".sh"))) return true;
    }
    return false;
}

/* A shell that is given no text runs a file, or what it reads. */
static bool is_shell(Str program) {
    static const Str shells[] = {STR_INIT("sh"),  STR_INIT("bash"), STR_INIT("dash"),
                                 STR_INIT("ash"), STR_INIT("zsh"),  STR_INIT("ksh")};
    return is_one_of(program, shells, COUNT(shells));
}

static void judge_script(Search *s, Str text);

/* The here-documents that a shell reads. */
static bool judge_bodies(Search *s, Str text) {
    bool any = false;
    for (size_t i = 0; s->command && i < s->command->redirect_count; i++) {
        const ShellHere *here = s->command->redirects[i].here;
        if (here) judge_script(s, span_text(text, here->body));
        any |= here != NULL;
    }
    return any;
}

static void judge_call(Search *s, Str text, const ShellWord *words, size_t count) {
    Str program;
    if (!count) return;
    if (!call_program(words, count, &program) || str_starts(program, STR("$("))) {
        see_nothing(s);
        return;
    }
    const ShellWord *script = call_script(words, count);
    size_t inner = call_inner(words, count);
    if (!words[0].quoted && str_find_char(words[0].value, ' ') != STR_NONE)
        judge_script(s, words[0].value); /* a variable that holds several words */
    else if (is_launcher(program))
        judge_launcher(s, program, words, count);
    else if (is_python(program))
        judge_python(s, words, count);
    else if (script)
        judge_script(s, script->value);
    else if (inner && s->depth < LIMIT_COMMAND_DEPTH) {
        s->depth++;
        judge_call(s, text, words + inner, count - inner);
        s->depth--;
    } else if (is_shell(program) ? !judge_bodies(s, text) : may_start(program, words, count))
        see_nothing(s);
}

static void judge_command(Search *s, Str text, const ShellCommand *c) {
    Str program;
    s->command = c;
    if (call_program(c->words, c->word_count, &program) && str_eq(program, STR("export")))
        s->set |= set_by_words(c->words, c->word_count);
    judge_call(s, text, c->words, c->word_count);
}

/* What prints a word for another program does not train; what an assignment waits for may. */
static void judge_commands(Search *s, const Shell *shell) {
    uint32_t end = 0;
    for (size_t i = 0; i < shell->count; i++) {
        const ShellCommand *c = &shell->commands[i];
        if (c->span.start < end) continue;
        if (c->word_count) end = c->span.end;
        if (c->kind == SHELL_COMMAND) judge_command(s, shell->text, c);
    }
}

static void judge_script(Search *s, Str text) {
    const ShellCommand *outer = s->command;
    Shell shell = {.fault = "too deep"};
    if (s->depth++ < LIMIT_COMMAND_DEPTH) shell_read(s->arena, text, &shell);
    judge_commands(s, &shell);
    if (shell.fault) see_nothing(s);
    s->depth--;
    s->command = outer;
}

/* ---- the container ---- */

typedef VEC(ShellWord) Words;

static void add_words(const TrainJob *job, const Node *list, Words *out) {
    NODE_EACH (word, list) {
        const Node *scalar = node_resolve(word);
        bool readable = scalar && scalar->kind == NODE_SCALAR;
        Str text = {"", 0};
        if (readable) text = script_from_scalar(job->in->arena, job->in->doc, scalar).text;
        vec_push(out, ((ShellWord){.value = text, .quoted = true, .unknown = !readable}));
    }
}

static bool has_template(const Node *list) {
    NODE_EACH (word, list)
        if (node_resolve(word)->templated) return true;
    return list && list->templated;
}

Launch trainjob_launch(const TrainJob *job) {
    const Node *command = trainjob_field(job->main, STR("command"));
    const Node *args = trainjob_field(job->main, STR("args"));
    Search s = {.arena = job->in->arena};
    Words words = {0};
    add_words(job, command, &words);
    add_words(job, args, &words);
    judge_call(&s, (Str){0}, words.items, words.len);
    vec_release(&words);
    bool hidden = !command || has_template(command) || has_template(args);
    return hidden && s.found != LAUNCH_BY_TORCHRUN ? LAUNCH_HIDDEN : s.found;
}
