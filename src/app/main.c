/* The program: a command line in, an exit code out. */
#include "app/commands.h"
#include "app/help.h"
#include "base/utf8.h"
#include "input/archive.h"
#include "input/git.h"
#include "report/version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void print_help(Command command) {
    Buf text = {0};
    help_write(command, &text);
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

/* A plus for what is in this build, a minus for what was left out. */
static int print_version(void) {
    int printed = printf("unstale %s\nfeatures: %cgit %carchive\n", UNSTALE_VERSION,
                         git_in_build() ? '+' : '-', archive_in_build() ? '+' : '-');
    return printed < 0 ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int run(const Options *o, Error *err) {
    switch (o->command) {
    case COMMAND_CHECK: return command_check(o, err);
    case COMMAND_CONVERT: return command_convert(o, err);
    case COMMAND_RULES: return command_rules(o, err);
    case COMMAND_EXPLAIN: return command_explain(o, err);
    case COMMAND_SCHEMA: return command_schema(o, err);
    default: break;
    }
    print_help(COMMAND_NONE);
    return EXIT_INCOMPLETE;
}

/* Line by line: what came from a file name or a configuration must not command the terminal. */
static void print_error(const Error *err) {
    Str rest = str_from(err->text), line;
    Buf safe = {0};
    for (bool first = true; str_split(&rest, '\n', &line); first = false) {
        buf_add(&safe, first ? STR("unstale: ") : STR("  "));
        utf8_add_printable(&safe, line);
        buf_add_char(&safe, '\n');
    }
    fwrite(safe.data, 1, safe.len, stderr);
    buf_release(&safe);
}

/* A file that is opened must not take the number of a stream that the caller has closed. */
static void keep_standard_streams(void) {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0)
            (void)!open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    keep_standard_streams();
    Options o = {0};
    Error err = {0};
    int code = EXIT_INCOMPLETE;
    if (options_parse(argc, argv, &o, &err)) {
        if (o.version)
            code = print_version();
        else if (o.help)
            print_help(o.command), code = EXIT_CLEAN;
        else
            code = run(&o, &err);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (!err.text[0]) error_set(&err, "cannot write standard output: %s", strerror(errno));
        code = EXIT_INCOMPLETE;
    }
    if (err.text[0]) print_error(&err);
    options_release(&o);
    return code;
}
