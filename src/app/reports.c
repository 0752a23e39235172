/* Opening and closing the reports that --format and --output ask for. */
#include "app/reports.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool use_color(const Options *o, FILE *out) {
    if (o->color != COLOR_AUTO) return o->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(out)) && !(no_color && *no_color) &&
           !(term && str_eq(str_from(term), STR("dumb")));
}

/* A report in the place of a file that it tells about: a slip (`-o` without FILE). */
static bool is_scanned(const Scan *s, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return false;
    for (size_t i = 0; i < s->sources.len; i++) {
        const Source *source = &s->sources.items[i].source;
        if (source->inode && source->inode == status.st_ino && source->device == status.st_dev)
            return true;
    }
    return false;
}

static bool open_report(Scan *s, const Output *output, FILE *standard, const uint64_t *active,
                        Reports *reports, Error *err) {
    const Options *o = s->options;
    const Format *format = format_find(output->format);
    FILE *out = standard;
    if (!output_is_standard(output)) {
        Str path = str_copy(&s->arena, output->path);
        if (is_scanned(s, path.data))
            return error_set(err, "%s is one of the files to check: the report would overwrite it",
                             path.data);
        out = fopen(path.data, "we");
        if (!out) return error_set(err, "cannot write %s: %s", path.data, strerror(errno));
    }
    ReportOptions options = {.out = out,
                             .color = use_color(o, out),
                             .quiet = o->quiet,
                             .show_suppressed = o->show_suppressed,
                             .rules = s->rules,
                             .active = active};
    vec_push(&reports->items, format->open(&options));
    vec_push(&reports->files, (ReportFile){out, output->path});
    reports->frames |= format->frames;
    return true;
}

/* A rule counts as in use when any file uses it: that is what a report lists. */
static const uint64_t *active_anywhere(Scan *s) {
    uint64_t *active = rules_none(&s->arena, s->rules);
    for (size_t i = 0; i < s->sources.len; i++)
        for (size_t w = 0; w < LITERAL_WORDS(s->rules->count); w++)
            active[w] |= s->sources.items[i].config->active[w];
    return active;
}

bool reports_open(Scan *s, FILE *standard, bool skip_standard, Reports *reports, Error *err) {
    const uint64_t *active = active_anywhere(s);
    for (size_t i = 0; i < s->options->outputs.len; i++) {
        const Output *output = &s->options->outputs.items[i];
        if (skip_standard && output_is_standard(output)) continue;
        if (!open_report(s, output, standard, active, reports, err)) return false;
    }
    return true;
}

/* A report that could not be written whole is no report. */
bool reports_close(Reports *reports, Error *err) {
    bool ok = true;
    for (size_t i = 0; i < reports->files.len; i++) {
        FILE *out = reports->files.items[i].out;
        bool failed = fflush(out) != 0 || ferror(out);
        if (out != stdout && out != stderr && fclose(out) != 0) failed = true;
        if (failed)
            ok = error_set(
                err, "cannot write " STR_FMT ": %s",
                STR_ARG(out == stdout ? STR("standard output") : reports->files.items[i].path),
                strerror(errno));
    }
    vec_release(&reports->items);
    vec_release(&reports->files);
    return ok;
}
