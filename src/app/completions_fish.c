/* The fish completion. */
#include "app/completions.h"

static void add_quoted(Buf *out, Str text) {
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\'' || text.data[i] == '\\') buf_add_char(out, '\\');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '\'');
}

/* Before a command, or behind this one. */
static void add_condition(Command command, Buf *out) {
    buf_add(out, STR("complete -c unstale -n "));
    if (command)
        buf_addf(out, "'__fish_seen_subcommand_from " STR_FMT "'",
                 STR_ARG(commands_table[command].name));
    else
        buf_add(out, STR("__fish_use_subcommand"));
}

static void add_words(Buf *out, const Buf *words) {
    buf_add(out, STR(" -a "));
    add_quoted(out, buf_str(words));
}

static void add_value(const OptionInfo *o, const Buf *words, Buf *out) {
    if (o->kind == VALUE_FLAG) return;
    if (!o->argument_optional) buf_add(out, STR(" -r"));
    switch (option_completes(o)) {
    case COMPLETES_NOTHING: buf_add(out, STR(" -f")); break;
    case COMPLETES_WORDS:
        buf_add(out, STR(" -f"));
        add_words(out, words);
        break;
    case COMPLETES_LIST:
        buf_addf(out, " -f -a '(__fish_append , " STR_FMT ")'", STR_ARG(buf_str(words)));
        break;
    case COMPLETES_FILES: buf_add(out, STR(" -F")); break;
    case COMPLETES_DIRECTORIES: buf_add(out, STR(" -f -a '(__fish_complete_directories)'")); break;
    }
}

static void add_option(Command command, const OptionInfo *o, const RuleSet *rules, Buf *out) {
    Buf words = {0};
    option_add_words(o, rules, &words);
    add_condition(command, out);
    if (o->letter) buf_addf(out, " -s %c", o->letter);
    buf_addf(out, " -l " STR_FMT, STR_ARG(o->name));
    add_value(o, &words, out);
    buf_add(out, STR(" -d "));
    add_quoted(out, o->help);
    buf_add_char(out, '\n');
    buf_release(&words);
}

static void add_arguments(Command command, const RuleSet *rules, Buf *out) {
    Completes what = command_completes(command);
    if (what == COMPLETES_NOTHING) return;
    add_condition(command, out);
    if (what == COMPLETES_FILES) buf_add(out, STR(" -F"));
    if (what == COMPLETES_WORDS) {
        Buf words = {0};
        command_add_words(command, rules, &words);
        add_words(out, &words);
        buf_release(&words);
    }
    buf_add_char(out, '\n');
}

static void add_command_name(Command command, Buf *out) {
    add_condition(COMMAND_NONE, out);
    buf_addf(out, " -a " STR_FMT " -d ", STR_ARG(commands_table[command].name));
    add_quoted(out, commands_table[command].summary);
    buf_add_char(out, '\n');
}

void completions_fish(Buf *out, const RuleSet *rules) {
    buf_add(out, STR("# fish completion for unstale\ncomplete -c unstale -f\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) add_command_name(c, out);
    for (Command c = COMMAND_NONE; c < COMMAND_COUNT; c++) {
        for (size_t i = 0; i < options_count; i++) {
            const OptionInfo *o = &options_table[i];
            if (!o->hidden && option_belongs(o, c)) add_option(c, o, rules, out);
        }
        if (c) add_arguments(c, rules, out);
    }
}
