/* The zsh completion. */
#include "app/completions.h"

/* A text inside '...' and inside [...] of an _arguments specification. */
static void add_quoted(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '\'')
            buf_add(out, STR("'\\''"));
        else if (c == '[' || c == ']' || c == ':' || c == '\\')
            buf_addf(out, "\\%c", c);
        else
            buf_add_char(out, c);
    }
}

static void add_action(Completes what, const Buf *words, Buf *out) {
    switch (what) {
    case COMPLETES_NOTHING: break;
    case COMPLETES_WORDS: buf_addf(out, "(" STR_FMT ")", STR_ARG(buf_str(words))); break;
    case COMPLETES_LIST:
        buf_addf(out, "_values -s , rule " STR_FMT, STR_ARG(buf_str(words)));
        break;
    case COMPLETES_FILES: buf_add(out, STR("_files")); break;
    case COMPLETES_DIRECTORIES: buf_add(out, STR("_files -/")); break;
    }
}

static bool repeats(const OptionInfo *o) {
    return o->kind != VALUE_FLAG && o->kind != VALUE_TEXT && o->kind != VALUE_CHOICE &&
           o->kind != VALUE_NUMBER && o->kind != VALUE_DATE;
}

/* '*--format=[help]:FMT:(text json)', or '-o+[help]:FILE:_files' for its letter. */
static void add_spec(const OptionInfo *o, bool letter, const RuleSet *rules, Buf *out) {
    Buf words = {0};
    option_add_words(o, rules, &words);
    bool flag = o->kind == VALUE_FLAG;
    buf_addf(out, "                '%s", repeats(o) ? "*" : "");
    if (letter)
        buf_addf(out, "-%c%s", o->letter, flag ? "" : "+");
    else
        buf_addf(out, "--" STR_FMT "%s", STR_ARG(o->name),
                 flag                   ? ""
                 : o->argument_optional ? "=-"
                                        : "=");
    buf_add_char(out, '[');
    add_quoted(out, o->help);
    buf_add_char(out, ']');
    if (!flag) {
        buf_add(out, o->argument_optional ? STR("::") : STR(":"));
        add_quoted(out, o->kind == VALUE_CHOICE ? o->name : o->argument);
        buf_add_char(out, ':');
        add_action(option_completes(o), &words, out);
    }
    buf_add(out, STR("' \\\n"));
    buf_release(&words);
}

static void add_specs(Command command, const RuleSet *rules, Buf *out) {
    buf_add(out, STR("            _arguments -s -S \\\n"));
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (o->hidden || !option_belongs(o, command)) continue;
        add_spec(o, false, rules, out);
        if (o->letter) add_spec(o, true, rules, out);
    }
}

static void add_command(Command command, const RuleSet *rules, Buf *out) {
    Completes what = command_completes(command);
    Buf words = {0};
    command_add_words(command, rules, &words);
    buf_addf(out, "        " STR_FMT ")\n", STR_ARG(commands_table[command].name));
    add_specs(command, rules, out);
    if (what == COMPLETES_NOTHING) {
        out->len -= 3; /* the last continuation */
        buf_add_char(out, '\n');
    } else {
        buf_addf(out, "                '%s:argument:", commands_table[command].max > 1 ? "*" : "");
        add_action(what, &words, out);
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("            ;;\n"));
    buf_release(&words);
}

static void add_commands(Buf *out) {
    buf_add(out, STR("_unstale_commands() {\n    local -a commands=(\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        buf_addf(out, "        '" STR_FMT ":", STR_ARG(commands_table[c].name));
        add_quoted(out, commands_table[c].summary);
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("    )\n    _describe command commands\n}\n\n"));
}

void completions_zsh(Buf *out, const RuleSet *rules) {
    buf_add(out, STR("#compdef unstale\n\n"));
    add_commands(out);
    buf_add(
        out,
        STR("_unstale() {\n    local curcontext=$curcontext state line\n    if ((CURRENT == 2)); "
            "then\n"));
    add_specs(COMMAND_NONE, rules, out);
    buf_add(out, STR("                '1:command:_unstale_commands'\n        return\n    fi\n"
                     "    local command=$words[2]\n"
                     "    shift words\n"
                     "    ((CURRENT--))\n"
                     "    case $command in\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) add_command(c, rules, out);
    buf_add(out, STR("    esac\n}\n\n"
                     "# Autoloaded, the file is the function; sourced, it registers it.\n"
                     "if [[ ${funcstack[1]} == _unstale ]]; then\n    _unstale \"$@\"\n"
                     "else\n    compdef _unstale unstale\nfi\n"));
}
