/* The bash completion. */
#include "app/completions.h"

/* bash cuts words at `=`, which hides the option of --name=value and the pack of PACK=VERSION. */
static const char head[] =
    "# bash completion for unstale\n"
    "\n"
    "_unstale_words() {\n"
    "    COMPREPLY=($(compgen -W \"$1\" -- \"$cur\"))\n"
    "}\n"
    "\n"
    "# The last of the words that commas join.\n"
    "_unstale_list() {\n"
    "    local before=\n"
    "    [[ $cur == *,* ]] && before=${cur%,*},\n"
    "    COMPREPLY=($(compgen -P \"$before\" -W \"$1\" -- \"${cur##*,}\"))\n"
    "    compopt -o nospace 2>/dev/null\n"
    "}\n"
    "\n"
    "# PACK=VERSION: what stands before the = is a word of its own on the line already.\n"
    "_unstale_pairs() {\n"
    "    _unstale_words \"$1\"\n"
    "    [[ $cur == *=* ]] && COMPREPLY=(\"${COMPREPLY[@]#\"${cur%%=*}=\"}\")\n"
    "}\n"
    "\n"
    "_unstale() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) command= i\n"
    "    COMPREPLY=()\n"
    "    [[ $cur == '=' ]] && cur=\n"
    "    [[ ${COMP_WORDS[COMP_CWORD]} != '=' && ${COMP_WORDS[at]} == '=' ]] && at=$((at - 1))\n"
    "    if ((at > 1)) && [[ ${COMP_WORDS[at]} != -* && ${COMP_WORDS[at + 1]} == '=' ]]; then\n"
    "        cur=${COMP_WORDS[at]}=$cur\n"
    "        at=$((at - 1))\n"
    "        [[ ${COMP_WORDS[at]} == '=' ]] && at=$((at - 1))\n"
    "    fi\n"
    "    local prev=${COMP_WORDS[at]}\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        [[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }\n"
    "    done\n"
    "    case $command in\n";

static const char tail[] = "    esac\n"
                           "}\n"
                           "\n"
                           "complete -F _unstale unstale\n";

static void add_value(const OptionInfo *o, const RuleSet *rules, Buf *out) {
    const char *call = o->kind == VALUE_TARGET ? "_unstale_pairs" : "_unstale_words";
    switch (option_completes(o)) {
    case COMPLETES_NOTHING: break;
    case COMPLETES_LIST: call = "_unstale_list"; /* fall through */
    case COMPLETES_WORDS:
        buf_addf(out, "%s '", call);
        option_add_words(o, rules, out);
        buf_add(out, STR("'; "));
        break;
    case COMPLETES_FILES: buf_add(out, STR("compopt -o default 2>/dev/null; ")); break;
    case COMPLETES_DIRECTORIES: buf_add(out, STR("compopt -o dirnames 2>/dev/null; ")); break;
    }
    buf_add(out, STR("return ;;\n"));
}

static void add_values(Command command, const RuleSet *rules, Buf *out) {
    buf_add(out, STR("        case $prev in\n"));
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (o->hidden || o->kind == VALUE_FLAG || !option_belongs(o, command)) continue;
        buf_addf(out, "        --" STR_FMT, STR_ARG(o->name));
        if (o->letter) buf_addf(out, " | -%c", o->letter);
        buf_add(out, STR(") "));
        add_value(o, rules, out);
    }
    buf_add(out, STR("        esac\n"));
}

static void add_names(Command command, Buf *out) {
    const char *space = "";
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (o->hidden || !option_belongs(o, command)) continue;
        buf_addf(out, "%s--" STR_FMT, space, STR_ARG(o->name));
        space = " ";
    }
}

static void add_command(Command command, const RuleSet *rules, Buf *out) {
    buf_addf(out, "    " STR_FMT ")\n",
             STR_ARG(command ? commands_table[command].name : STR("''")));
    add_values(command, rules, out);
    buf_add(out, STR("        if [[ $cur == -* ]]; then\n            _unstale_words '"));
    add_names(command, out);
    buf_add(out, STR("'\n"));
    Completes what = command ? command_completes(command) : COMPLETES_WORDS;
    if (what == COMPLETES_FILES)
        buf_add(out, STR("        else\n            compopt -o default 2>/dev/null\n"));
    if (what == COMPLETES_WORDS) {
        buf_add(out, STR("        else\n            _unstale_words '"));
        command_add_words(command ? command : COMMAND_HELP, rules, out);
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("        fi\n        ;;\n"));
}

void completions_bash(Buf *out, const RuleSet *rules) {
    buf_add(out, STR(head));
    for (Command c = COMMAND_NONE; c < COMMAND_COUNT; c++) add_command(c, rules, out);
    buf_add(out, STR(tail));
}
