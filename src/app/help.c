/* Help texts, wrapped at 80 columns. */
#include "app/help.h"

enum { SENTENCE_COLUMN = 30, COMMAND_COLUMN = 12, EXIT_COLUMN = 5 };

/* Appends the words of a text that starts at `column`; later lines start at `indent`. */
static void add_wrapped(Buf *out, Str text, size_t column, size_t indent) {
    Str word;
    bool first = true;
    while (str_split(&text, ' ', &word)) {
        bool fits = column + !first + word.len <= HELP_WIDTH;
        if (!first) buf_add_char(out, fits ? ' ' : '\n');
        if (!fits && !first) buf_add_repeat(out, ' ', indent);
        column = (fits || first ? column + !first : indent) + word.len;
        buf_add(out, word);
        first = false;
    }
    buf_add_char(out, '\n');
}

static void add_paragraph(Buf *out, Str text) {
    if (!text.len) return;
    add_wrapped(out, text, 0, 0);
    buf_add_char(out, '\n');
}

static void add_summary(Buf *out, Str sentence) {
    Buf ended = {0};
    buf_addf(&ended, STR_FMT ".", STR_ARG(sentence));
    add_paragraph(out, buf_str(&ended));
    buf_release(&ended);
}

/* `start` is where the label's line begins in `out`. */
static void pad_to(Buf *out, size_t start, size_t column) {
    size_t used = out->len - start;
    if (used + 2 > column) {
        buf_add_char(out, '\n');
        used = 0;
    }
    buf_add_repeat(out, ' ', column - used);
}

void help_add_label(const OptionInfo *o, bool letters, Buf *out) {
    if (o->letter)
        buf_addf(out, "-%c, ", o->letter);
    else if (letters)
        buf_add(out, STR("    "));
    buf_addf(out, "--" STR_FMT, STR_ARG(o->name));
    if (!o->argument.len) return;
    if (o->argument_optional)
        buf_addf(out, "[=" STR_FMT "]", STR_ARG(o->argument));
    else
        buf_addf(out, " " STR_FMT, STR_ARG(o->argument));
}

void help_add_sentence(const OptionInfo *o, Buf *out) {
    buf_add(out, o->help);
    if (o->kind != VALUE_FORMAT) return;
    StrVec choices = {0};
    option_choices(o, &choices);
    for (size_t i = 0; i < choices.len; i++)
        buf_addf(out, "%s" STR_FMT, i ? ", " : "; one of ", STR_ARG(choices.items[i]));
    vec_release(&choices);
}

static void add_option(const OptionInfo *o, Buf *out) {
    size_t start = out->len;
    buf_add(out, STR("  "));
    help_add_label(o, true, out);
    pad_to(out, start, SENTENCE_COLUMN);
    Buf sentence = {0};
    help_add_sentence(o, &sentence);
    add_wrapped(out, buf_str(&sentence), SENTENCE_COLUMN, SENTENCE_COLUMN);
    buf_release(&sentence);
}

static void add_section(Command command, Section section, const char *title, Buf *out) {
    bool first = true;
    for (size_t i = 0; i < options_count; i++) {
        const OptionInfo *o = &options_table[i];
        if (o->hidden || o->section != section || !option_belongs(o, command)) continue;
        if (first) buf_addf(out, "%s:\n", title);
        first = false;
        add_option(o, out);
    }
    if (!first) buf_add_char(out, '\n');
}

static void add_options(Command command, Buf *out) {
    for (Section s = 0; s < SECTION_COUNT; s++)
        add_section(command, s, section_titles[s].data, out);
    out->len--; /* the blank line behind the last one */
}

static void add_exit_codes(Buf *out) {
    buf_add(out, STR("\nExit code:\n"));
    for (size_t code = 0; code < sizeof exit_meanings / sizeof *exit_meanings; code++) {
        buf_addf(out, "  %zu  ", code);
        add_wrapped(out, exit_meanings[code], EXIT_COLUMN, EXIT_COLUMN);
    }
}

static void write_overview(Buf *out) {
    buf_add(out, STR("Usage: unstale COMMAND [OPTION...] [ARGUMENT...]\n\n"));
    add_summary(out, commands_table[COMMAND_NONE].summary);
    buf_add(out, STR("Commands:\n"));
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        size_t start = out->len;
        buf_addf(out, "  " STR_FMT, STR_ARG(commands_table[c].name));
        pad_to(out, start, COMMAND_COLUMN);
        add_wrapped(out, commands_table[c].summary, COMMAND_COLUMN, COMMAND_COLUMN);
    }
    buf_add_char(out, '\n');
    add_options(COMMAND_NONE, out);
    buf_add(out, STR("\n`unstale COMMAND --help` explains a command and its options.\n"));
}

void help_write(Command command, Buf *out) {
    if (command == COMMAND_NONE) {
        write_overview(out);
        return;
    }
    const CommandInfo *info = &commands_table[command];
    buf_addf(out, "Usage: unstale " STR_FMT " [OPTION...]%s" STR_FMT "\n\n", STR_ARG(info->name),
             info->arguments.len ? " " : "", STR_ARG(info->arguments));
    add_summary(out, info->summary);
    add_paragraph(out, info->details);
    add_options(command, out);
    if (command == COMMAND_CHECK) add_exit_codes(out);
}
