/* unstale.1: what help says, and what a page needs around it. */
#include "app/man.h"

#include "app/help.h"

/* Appends text so that roff prints it as it stands: a backslash, a dash that must stay ASCII, and a
 * line that begins like a request are the traps. */
static void add_roff(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool at_line_start = !out->len || out->data[out->len - 1] == '\n';
        if (at_line_start && (c == '.' || c == '\'')) buf_add(out, STR("\\&"));
        if (c == '\\')
            buf_add(out, STR("\\e"));
        else if (c == '-')
            buf_add(out, STR("\\-"));
        else if (c == '\'')
            buf_add(out, STR("\\(aq"));
        else if (c == '`')
            buf_add(out, STR("\\(ga"));
        else
            buf_add_char(out, c);
    }
}

static void add_line(Buf *out, const char *request, Str text) {
    buf_addf(out, "%s", request);
    add_roff(out, text);
    buf_add_char(out, '\n');
}

static void add_bold(Buf *out, Str text) {
    buf_add(out, STR("\\fB"));
    add_roff(out, text);
    buf_add(out, STR("\\fR"));
}

static void add_option(const OptionInfo *o, Buf *out) {
    Buf text = {0};
    help_add_label(o, false, &text);
    buf_add(out, STR(".TP\n"));
    add_bold(out, buf_str(&text));
    buf_add_char(out, '\n');
    buf_clear(&text);
    help_add_sentence(o, &text);
    buf_add_char(&text, '.');
    add_line(out, "", buf_str(&text));
    buf_release(&text);
}

static void add_options(Command command, Buf *out) {
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        /* --help, which every command has, is told once. */
        bool everywhere = command != COMMAND_NONE && option_belongs(o, COMMAND_NONE);
        if (!o->hidden && !everywhere && option_belongs(o, command)) add_option(o, out);
    }
}

static void add_command(Command command, Buf *out) {
    const CommandInfo *info = &commands_table[command];
    buf_add(out, STR(".SS \""));
    add_roff(out, info->name);
    if (info->arguments.len) buf_add_char(out, ' ');
    add_roff(out, info->arguments);
    buf_add(out, STR("\"\n"));
    add_roff(out, info->summary);
    buf_add(out, STR(".\n"));
    if (info->details.len) add_line(out, ".PP\n", info->details);
    add_options(command, out);
}

static void add_exit_status(Buf *out) {
    buf_add(out, STR(".SH \"EXIT STATUS\"\n"));
    for (size_t code = 0; code < sizeof exit_meanings / sizeof *exit_meanings; code++) {
        buf_addf(out, ".TP\n.B %zu\n", code);
        add_line(out, "", exit_meanings[code]);
    }
}

typedef struct Entry { /* a term and what is said about it */
    Str term, text;
} Entry;

static const Entry files[] = {
    {STR_INIT(".unstale.yaml"),
     STR_INIT(
         "The configuration: at the root (the directory with .git, else the PATH), and the "
         "nearest one above a file, which is laid over it. \"unstale schema config\" prints its "
         "JSON Schema.")},
    {STR_INIT(".gitignore, .git/info/exclude, .unstaleignore"),
     STR_INIT("What a walk passes over unless --no-ignore is given.")},
};

static const Entry environment[] = {
    {STR_INIT("SOURCE_DATE_EPOCH"),
     STR_INIT("The time, in seconds since 1970, by whose day suppressions expire unless --today is "
              "given.")},
};

static const Entry examples[] = {
    {STR_INIT("unstale check"), STR_INIT("Check what is in the current directory.")},
    {STR_INIT("unstale check --format sarif --output unstale.sarif --format text deploy/"),
     STR_INIT("Check a directory; write a SARIF file, and a text for people.")},
    {STR_INIT("kubectl get trainjobs,pods -A -o yaml | unstale check -"),
     STR_INIT("Check what a cluster holds.")},
    {STR_INIT("unstale check --select trainer --target trainer=2.2 jobs/"),
     STR_INIT("Only ask what hinders a migration to Kubeflow Trainer 2.2.")},
    {STR_INIT("unstale explain KFT001"), STR_INIT("Read about a rule.")},
};

static void add_entries(Buf *out, const char *title, const Entry *entries, size_t count) {
    buf_addf(out, ".SH %s\n", title);
    for (size_t i = 0; i < count; i++) {
        buf_add(out, STR(".TP\n"));
        add_bold(out, entries[i].term);
        buf_add_char(out, '\n');
        add_line(out, "", entries[i].text);
    }
}

#define ADD_ENTRIES(out, title, list) add_entries(out, title, list, sizeof(list) / sizeof *(list))

static void add_head(Buf *out, Str version) {
    const CommandInfo *program = &commands_table[COMMAND_NONE];
    /* No date: the page of a version is the same whenever it is built. */
    buf_addf(out, ".TH UNSTALE 1 \"\" \"unstale " STR_FMT "\" \"User Commands\"\n",
             STR_ARG(version));
    buf_add(out, STR(".SH NAME\nunstale \\- find what is outdated in Kubernetes manifests\n"));
    buf_add(out, STR(".SH SYNOPSIS\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        buf_add(out, c > COMMAND_NONE + 1 ? STR(".br\n") : STR(""));
        add_bold(out, program->name);
        buf_add_char(out, ' ');
        add_bold(out, commands_table[c].name);
        add_line(out, " [\\fIOPTION\\fR...] ", commands_table[c].arguments);
    }
    buf_add(out, STR(".SH DESCRIPTION\n"));
    add_roff(out, program->summary);
    buf_add(out, STR(".\n"));
}

void man_write(Buf *out, Str version) {
    add_head(out, version);
    buf_add(out, STR(".SH COMMANDS\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) add_command(c, out);
    buf_add(out, STR(".SH \"COMMON OPTIONS\"\n"));
    add_options(COMMAND_NONE, out);
    add_exit_status(out);
    ADD_ENTRIES(out, "FILES", files);
    ADD_ENTRIES(out, "ENVIRONMENT", environment);
    ADD_ENTRIES(out, "EXAMPLES", examples);
}
