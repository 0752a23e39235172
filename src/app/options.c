/* Reads the command line by the tables.
 *
 * An own loop instead of getopt_long: that one takes abbreviations, which every new option can
 * break, and keeps its place in global variables. */
#include "app/options.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/names.h"
#include "model/kinds.h"

#include <string.h>

/* The place in argv. */
typedef struct Words {
    int argc, next;
    char **argv;
} Words;

static Str nearest_of(Str typed, const StrVec *choices) {
    return nearest_name(typed, choices->items, choices->len);
}

static bool unknown_command(Str typed, Error *err) {
    StrVec names = {0};
    command_choices(COMMAND_HELP, &names);
    Str near = nearest_of(typed, &names);
    vec_release(&names);
    if (near.len)
        return error_set(err, "unknown command '" STR_FMT "', did you mean '" STR_FMT "'?",
                         STR_ARG(typed), STR_ARG(near));
    return error_set(err,
                     "unknown command '" STR_FMT "'; `unstale help` lists them (to lint a file or "
                     "directory: unstale check PATH)",
                     STR_ARG(typed));
}

static bool find_command(Str typed, Command *out, Error *err) {
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        if (!str_eq(typed, commands_table[c].name)) continue;
        *out = c;
        return true;
    }
    return unknown_command(typed, err);
}

static bool unknown_option(Str name, Command command, Error *err) {
    StrVec names = {0};
    Command other = COMMAND_NONE;
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (option_belongs(o, command) && !o->hidden) vec_push(&names, o->name);
        if (!str_eq(o->name, name) || other != COMMAND_NONE) continue;
        while (!option_belongs(o, other)) other++;
    }
    Str near = nearest_of(name, &names);
    vec_release(&names);
    if (other != COMMAND_NONE && command == COMMAND_NONE)
        return error_set(
            err, "option '--" STR_FMT "' stands behind its command: unstale " STR_FMT " --" STR_FMT,
            STR_ARG(name), STR_ARG(commands_table[other].name), STR_ARG(name));
    if (near.len)
        return error_set(err, "unknown option '--" STR_FMT "', did you mean '--" STR_FMT "'?",
                         STR_ARG(name), STR_ARG(near));
    if (other != COMMAND_NONE)
        return error_set(err,
                         "option '--" STR_FMT "' belongs to '" STR_FMT "', not to '" STR_FMT "'",
                         STR_ARG(name), STR_ARG(commands_table[other].name),
                         STR_ARG(commands_table[command].name));
    return error_set(err, "unknown option '--" STR_FMT "'", STR_ARG(name));
}

static const OptionInfo *find_long(Str name, Command command) {
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (option_belongs(o, command) && str_eq(o->name, name)) return o;
    }
    return NULL;
}

static const OptionInfo *find_short(char letter, Command command) {
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (option_belongs(o, command) && o->letter == letter) return o;
    }
    return NULL;
}

/* Says what is wrong with a value: "option '--color': unknown value 'x', did you mean ...". */
static bool value_error(const OptionInfo *o, Str value, Error *err) {
    StrVec choices = {0};
    option_choices(o, &choices);
    Str near = nearest_of(value, &choices);
    if (near.len) {
        error_set(
            err, "option '--" STR_FMT "': unknown value '" STR_FMT "', did you mean '" STR_FMT "'?",
            STR_ARG(o->name), STR_ARG(value), STR_ARG(near));
    } else {
        Buf all = {0};
        for (size_t i = 0; i < choices.len; i++)
            buf_addf(&all, "%s" STR_FMT, i ? ", " : "", STR_ARG(choices.items[i]));
        error_set(err, "option '--" STR_FMT "': unknown value '" STR_FMT "'; it is one of " STR_FMT,
                  STR_ARG(o->name), STR_ARG(value), STR_ARG(buf_str(&all)));
        buf_release(&all);
    }
    vec_release(&choices);
    return false;
}

/* The place of a word among the choices, or value_error. */
static bool choose(const OptionInfo *o, Str value, size_t *at, Error *err) {
    StrVec choices = {0};
    option_choices(o, &choices);
    size_t i = 0;
    while (i < choices.len && !str_eq(choices.items[i], value)) i++;
    bool found = i < choices.len;
    vec_release(&choices);
    *at = i;
    return found || value_error(o, value, err);
}

static bool set_choice(const OptionInfo *o, void *field, Str value, Error *err) {
    size_t at = 0;
    if (value.data && !choose(o, value, &at, err)) return false;
    int chosen = o->first_choice + (int)at;
    memcpy(field, &chosen, sizeof chosen); /* the field is one of several enum types */
    return true;
}

static bool add_list(const OptionInfo *o, StrVec *list, Str value, Error *err) {
    size_t before = list->len;
    Str part;
    while (str_split(&value, ',', &part)) {
        part = str_trim(part);
        if (part.len) vec_push(list, part);
    }
    if (list->len > before) return true;
    return error_set(err, "option '--" STR_FMT "': the list is empty", STR_ARG(o->name));
}

static bool set_number(const OptionInfo *o, unsigned *field, Str value, Error *err) {
    uint64_t number;
    if (!str_to_u64(value, &number) || number < 1 || number > LIMIT_THREADS)
        return error_set(err, "option '--" STR_FMT "': '" STR_FMT "' is no number from 1 to %d",
                         STR_ARG(o->name), STR_ARG(value), LIMIT_THREADS);
    *field = (unsigned)number;
    return true;
}

static bool set_date(const OptionInfo *o, uint32_t *field, Str value, Error *err) {
    if (date_parse(value, field)) return true;
    return error_set(err, "option '--" STR_FMT "': '" STR_FMT "' is no date (YYYY-MM-DD)",
                     STR_ARG(o->name), STR_ARG(value));
}

static bool add_format(const OptionInfo *o, Options *out, Str value, Error *err) {
    size_t at;
    if (!choose(o, value, &at, err)) return false;
    vec_push(&out->outputs, (Output){.format = value});
    return true;
}

static bool add_output(Options *out, Str value, Error *err) {
    if (!out->outputs.len) vec_push(&out->outputs, (Output){.format = STR("text")});
    Output *last = vec_last(&out->outputs);
    if (last->path.len)
        return error_set(err,
                         "option '--output': '" STR_FMT
                         "' needs a --format of its own before it ('" STR_FMT
                         "' took the last one)",
                         STR_ARG(value), STR_ARG(last->path));
    last->path = value;
    return true;
}

static bool add_target(const OptionInfo *o, Options *out, Str value, Error *err) {
    size_t equals = str_find_char(value, '=');
    if (equals == STR_NONE)
        return error_set(err,
                         "option '--target': '" STR_FMT
                         "' is not of the form PACK=VERSION, for example trainer=2.3",
                         STR_ARG(value));
    ChosenTarget target = {.version = str_from_offset(value, equals + 1)};
    if (!pack_find(str_slice(value, 0, equals), &target.pack, err) ||
        !target_check(target.pack, target.version, err))
        return error_prefix(err, "option '--" STR_FMT "': ", STR_ARG(o->name));
    vec_push(&out->targets, target);
    return true;
}

static bool set_value(const OptionInfo *o, Options *out, Str value, Error *err) {
    void *field = (char *)out + o->field;
    switch (o->kind) {
    case VALUE_FLAG: *(bool *)field = true; return true;
    case VALUE_TEXT: *(Str *)field = value; return true;
    case VALUE_TEXTS: vec_push((StrVec *)field, value); return true;
    case VALUE_LIST: return add_list(o, field, value, err);
    case VALUE_CHOICE: return set_choice(o, field, value, err);
    case VALUE_NUMBER: return set_number(o, field, value, err);
    case VALUE_DATE: return set_date(o, field, value, err);
    case VALUE_FORMAT: return add_format(o, out, value, err);
    case VALUE_OUTPUT: return add_output(out, value, err);
    case VALUE_TARGET: return add_target(o, out, value, err);
    }
    bug("option --" STR_FMT " is of no kind", STR_ARG(o->name));
}

/* Finds the value (attached, or the next word) and stores it. `attached.data` may be NULL. */
static bool take_value(const OptionInfo *o, Words *words, Str attached, Options *out, Error *err) {
    if (o->kind == VALUE_FLAG) {
        if (!attached.data) return set_value(o, out, (Str){0}, err);
        return error_set(err, "option '--" STR_FMT "' takes no value", STR_ARG(o->name));
    }
    Str value = attached;
    if (!value.data && !o->argument_optional) {
        /* `--output --format json` is a forgotten file name, not a file named --format. */
        char *next = words->next < words->argc ? words->argv[words->next] : NULL;
        if (next && strncmp(next, "--", 2) != 0) value = str_from(words->argv[words->next++]);
    }
    if (!value.len && (value.data || !o->argument_optional))
        return error_set(err, "option '--" STR_FMT "' needs a value: --" STR_FMT "=" STR_FMT,
                         STR_ARG(o->name), STR_ARG(o->name), STR_ARG(o->argument));
    return set_value(o, out, value, err);
}

static bool take_long(Words *words, Str word, Options *out, Error *err) {
    size_t equals = str_find_char(word, '=');
    Str name = equals == STR_NONE ? word : (Str){word.data, equals};
    Str value = {0};
    if (equals != STR_NONE) value = (Str){word.data + equals + 1, word.len - equals - 1};
    const OptionInfo *o = find_long(name, out->command);
    return o ? take_value(o, words, value, out, err) : unknown_option(name, out->command, err);
}

/* `-qo FILE`: flags may stand together, the last one may have a value. */
static bool take_letters(Words *words, Str letters, Options *out, Error *err) {
    for (size_t i = 0; i < letters.len; i++) {
        const OptionInfo *o = find_short(letters.data[i], out->command);
        if (!o) return error_set(err, "unknown option '-%c'", letters.data[i]);
        bool flag = o->kind == VALUE_FLAG;
        Str value = flag ? (Str){0} : str_from_offset(letters, i + 1);
        if (!take_value(o, words, value, out, err)) return false;
        if (!flag) return true;
    }
    return true;
}

static bool take_argument(Str word, Options *out, Error *err) {
    if (out->command == COMMAND_NONE) return find_command(word, &out->command, err);
    vec_push(&out->arguments, word);
    return true;
}

static bool take_words(Words *words, Options *out, Error *err) {
    bool options_ended = false;
    while (words->next < words->argc) {
        Str word = str_from(words->argv[words->next++]);
        bool ok = true;
        if (options_ended || word.len < 2 || word.data[0] != '-')
            ok = take_argument(word, out, err);
        else if (str_eq(word, STR("--")))
            options_ended = true;
        else if (word.data[1] == '-')
            ok = take_long(words, str_from_offset(word, 2), out, err);
        else
            ok = take_letters(words, str_from_offset(word, 1), out, err);
        if (!ok) return false;
    }
    return true;
}

static bool check_count(const Options *o, Error *err) {
    const CommandInfo *info = &commands_table[o->command];
    if (o->arguments.len < info->min)
        return error_set(err, "'" STR_FMT "' needs an argument: unstale " STR_FMT " " STR_FMT,
                         STR_ARG(info->name), STR_ARG(info->name), STR_ARG(info->arguments));
    if (o->arguments.len > info->max)
        return error_set(err, "'" STR_FMT "' takes %s: '" STR_FMT "' is too much",
                         STR_ARG(info->name), info->max ? "one argument" : "no arguments",
                         STR_ARG(o->arguments.items[info->max]));
    return true;
}

static bool check_schema_name(const Options *o, Error *err) {
    StrVec names = {0};
    command_choices(COMMAND_SCHEMA, &names);
    Str name = o->arguments.items[0], near = nearest_of(name, &names);
    bool found = false;
    for (size_t i = 0; i < names.len; i++) found |= str_eq(names.items[i], name);
    vec_release(&names);
    if (found) return true;
    if (near.len)
        return error_set(err, "unknown schema '" STR_FMT "', did you mean '" STR_FMT "'?",
                         STR_ARG(name), STR_ARG(near));
    return error_set(err, "unknown schema '" STR_FMT "'; it is one of " STR_FMT, STR_ARG(name),
                     STR_ARG(commands_table[COMMAND_SCHEMA].arguments));
}

static Str output_path(const Output *o) {
    return o->path.len ? o->path : STR("-");
}

static bool check_outputs(const Options *o, Error *err) {
    for (size_t i = 0; i < o->outputs.len; i++) {
        for (size_t k = i + 1; k < o->outputs.len; k++) {
            Str path = output_path(&o->outputs.items[i]);
            if (!str_eq(path, output_path(&o->outputs.items[k]))) continue;
            if (str_eq(path, STR("-")))
                return error_set(err, "option '--format': two reports would go to standard output; "
                                      "give one of them --output FILE");
            return error_set(err, "option '--output': two reports would go to '" STR_FMT "'",
                             STR_ARG(path));
        }
    }
    return true;
}

static bool exclude_each_other(const char *a, const char *b, Error *err) {
    return error_set(err, "options '--%s' and '--%s' exclude each other", a, b);
}

/* Standard input is in no commit, and a commit cannot be written. */
static bool check_git(const Options *o, bool reads_stdin, Error *err) {
    const char *option = o->staged ? "staged" : "rev";
    if (o->staged && o->rev.len) return exclude_each_other("staged", "rev", err);
    if ((o->staged || o->rev.len) && reads_stdin)
        return error_set(err, "option '--%s' reads from Git, the PATH - standard input: choose one",
                         option);
    if (o->command == COMMAND_CHECK && o->rev.len && o->fix && !o->diff)
        return error_set(err,
                         "option '--fix' cannot rewrite what '--rev' reads: use --diff or convert");
    return true;
}

/* What check and convert have in common. */
static bool check_scan(Options *o, Error *err) {
    if (o->quiet && o->verbose) return exclude_each_other("quiet", "verbose", err);
    if (o->config.len && o->isolated) return exclude_each_other("config", "isolated", err);
    bool reads_stdin = false;
    for (size_t i = 0; i < o->arguments.len; i++)
        reads_stdin |= str_eq(o->arguments.items[i], STR("-"));
    if (o->stdin_filename.len && !reads_stdin)
        return error_set(err, "option '--stdin-filename' names standard input: give the PATH -");
    if (!o->arguments.len) vec_push(&o->arguments, STR("."));
    return check_git(o, reads_stdin, err);
}

static bool check_check(Options *o, Error *err) {
    if (o->list_files && o->show_config)
        return exclude_each_other("list-files", "show-config", err);
    if (!o->outputs.len) vec_push(&o->outputs, (Output){.format = STR("text")});
    return check_scan(o, err) && check_outputs(o, err);
}

static bool check_names(const Options *o, Error *err) {
    if (o->namespace.len && !name_is_label(o->namespace))
        return error_set(err,
                         "option '--namespace': '" STR_FMT
                         "' is no name of a namespace (at most 63 of a-z, 0-9 and '-', '-' at "
                         "neither end)",
                         STR_ARG(o->namespace));
    if (o->name_prefix.len && !name_is_prefix(o->name_prefix))
        return error_set(err,
                         "option '--name-prefix': no name can start with '" STR_FMT
                         "' (a-z, 0-9, '-' and '.', with a-z or 0-9 in front)",
                         STR_ARG(o->name_prefix));
    return true;
}

static bool check_convert(Options *o, Error *err) {
    if (o->only_converted && o->all) return exclude_each_other("only-converted", "all", err);
    if (o->as_is && o->only_converted) return exclude_each_other("as-is", "only-converted", err);
    if (o->as_is && o->annotate) return exclude_each_other("as-is", "annotate", err);
    if (o->as_is && o->suspend) return exclude_each_other("as-is", "suspend", err);
    if (o->as_is && (o->review || o->fix))
        return exclude_each_other("as-is", o->review ? "review" : "fix", err);
    if (o->review && o->fix == FIXING_SAFE) return exclude_each_other("review", "fix=safe", err);
    return check_names(o, err) && check_scan(o, err) && check_outputs(o, err);
}

/* `unstale help check` says the same as `unstale check --help`. */
static bool turn_into_help(Options *o, Error *err) {
    if (!check_count(o, err)) return false;
    o->help = true;
    o->command = COMMAND_NONE;
    if (o->arguments.len && !find_command(o->arguments.items[0], &o->command, err)) return false;
    o->arguments.len = 0;
    return true;
}

bool options_parse(int argc, char **argv, Options *out, Error *err) {
    *out = (Options){0};
    Words words = {.argc = argc, .next = 1, .argv = argv};
    if (!take_words(&words, out, err)) return false;
    if (out->command == COMMAND_HELP) return turn_into_help(out, err);
    if (out->command == COMMAND_NONE) out->help |= !out->version;
    if (out->help || out->version) return true;
    if (!check_count(out, err)) return false;
    if (out->command == COMMAND_SCHEMA) return check_schema_name(out, err);
    if (out->command == COMMAND_CONVERT) return check_convert(out, err);
    return out->command != COMMAND_CHECK || check_check(out, err);
}

void options_release(Options *o) {
    vec_release(&o->arguments);
    vec_release(&o->outputs);
    vec_release(&o->select);
    vec_release(&o->ignore);
    vec_release(&o->exclude);
    vec_release(&o->rules);
    vec_release(&o->inventory);
    vec_release(&o->crds);
    vec_release(&o->targets);
}
