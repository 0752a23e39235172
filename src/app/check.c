/* The command that everything is for: find what is outdated and report it. */
#include "app/commands.h"

#include "app/print.h"
#include "app/settle.h"
#include "app/today.h"
#include "base/utf8.h"
#include "report/version.h"
#include "rule/match.h"
#include "rule/set.h"

#include <errno.h>
#include <unistd.h>

static bool use_color(const Options *o, FILE *out) {
    if (o->color != COLOR_AUTO) return o->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(out)) && !(no_color && *no_color) &&
           !(term && str_eq(str_from(term), STR("dumb")));
}

static bool to_stdout(const Output *output) {
    return !output->path.len || str_eq(output->path, STR("-"));
}

static bool open_report(Scan *s, const Output *output, const uint64_t *active, Reports *reports,
                        Error *err) {
    const Options *o = s->options;
    const Format *format = format_find(output->format);
    FILE *out = stdout;
    if (!to_stdout(output)) {
        Str path = str_copy(&s->arena, output->path);
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

static bool open_reports(Scan *s, const uint64_t *active, Reports *reports, Error *err) {
    for (size_t i = 0; i < s->options->outputs.len; i++)
        if (!open_report(s, &s->options->outputs.items[i], active, reports, err)) return false;
    return true;
}

/* A report that could not be written whole is no report. */
static bool close_files(Reports *reports, Error *err) {
    bool ok = true;
    for (size_t i = 0; i < reports->files.len; i++) {
        FILE *out = reports->files.items[i].out;
        bool failed = fflush(out) != 0 || ferror(out);
        if (out != stdout && fclose(out) != 0) failed = true;
        if (failed)
            ok = error_set(
                err, "cannot write %.*s: %s",
                STR_ARG(out == stdout ? STR("standard output") : reports->files.items[i].path),
                strerror(errno));
    }
    return ok;
}

/* A rule counts as in use when any file uses it: that is what a report lists. */
static const uint64_t *active_anywhere(Scan *s) {
    uint64_t *active = rules_none(&s->arena, s->rules);
    for (size_t i = 0; i < s->sources.len; i++)
        for (size_t w = 0; w < LITERAL_WORDS(s->rules->count); w++)
            active[w] |= s->sources.items[i].config->active[w];
    return active;
}

static int exit_code(const Scan *s, FailOn fail_on) {
    if (s->incomplete) return EXIT_INCOMPLETE;
    uint64_t count = 0;
    if (fail_on <= FAIL_ON_NOTE) count += s->totals.findings[SEVERITY_ERROR];
    if (fail_on == FAIL_ON_WARNING || fail_on == FAIL_ON_NOTE)
        count += s->totals.findings[SEVERITY_WARNING];
    if (fail_on == FAIL_ON_NOTE) count += s->totals.findings[SEVERITY_NOTE];
    return count ? EXIT_FINDINGS : EXIT_CLEAN;
}

static void list_files(const Scan *s) {
    for (size_t i = 0; i < s->sources.len; i++)
        if (!s->sources.items[i].facts_only)
            printf(STR_FMT "\n", STR_ARG(s->sources.items[i].source.path));
}

static void show_config(Scan *s) {
    Buf text = {0};
    const Config *last = NULL;
    for (size_t i = 0; i < s->sources.len; i++) {
        if (s->sources.items[i].config == last) continue;
        last = s->sources.items[i].config;
        config_show(last, s->rules, &text);
    }
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

/* Counts for people, and what the tables cost. On standard error: reports stay what they are. */
static void print_statistics(const Scan *s) {
    for (size_t r = 0; r < s->rules->count; r++) {
        size_t count = 0;
        for (size_t i = 0; i < s->findings.len; i++)
            count += s->findings.items[i].rule == r && s->findings.items[i].state == FINDING_OPEN;
        const Rule *rule = &s->rules->rules[r];
        if (count)
            fprintf(stderr, "%7zu  " STR_FMT " " STR_FMT "\n", count, STR_ARG(rule->id),
                    STR_ARG(rule->name));
    }
    size_t objects = s->index.objects.len, findings = s->sighted;
    size_t index = index_memory(&s->index);
    size_t kept = s->findings.cap * sizeof(Finding) + s->remarks.cap * sizeof(Remark);
    fprintf(stderr, "index: %zu objects, %zu bytes, %zu an object\n", objects, index,
            objects ? index / objects : 0);
    fprintf(stderr, "findings: %zu, %zu bytes, %zu a finding\n", findings, kept,
            findings ? kept / findings : 0);
}

static int report(Scan *s, Error *err) {
    Reports reports = {0};
    const uint64_t *active = active_anywhere(s);
    int code = EXIT_INCOMPLETE;
    if (open_reports(s, active, &reports, err)) {
        scan_read(s);
        scan_settle(s);
        scan_print(s, &reports);
        FailOn fail_on = s->sources.len ? s->sources.items[0].config->fail_on : FAIL_ON_WARNING;
        code = close_files(&reports, err) ? exit_code(s, fail_on) : EXIT_INCOMPLETE;
        if (s->options->statistics) print_statistics(s);
    }
    vec_release(&reports.items);
    vec_release(&reports.files);
    return code;
}

static int check(Scan *s, Error *err) {
    if (!scan_list(s, err)) return EXIT_INCOMPLETE;
    if (s->options->list_files)
        list_files(s);
    else if (s->options->show_config)
        show_config(s);
    else
        return report(s, err);
    return EXIT_CLEAN;
}

/* The directories of --rules, or those that the root's configuration names. */
static bool rules_of(Scan *s, RuleSet *rules, Error *err) {
    const WrittenList *written = &configs_root(s->configs)->rules;
    StrVec directories = {0};
    for (size_t i = 0; i < written->len; i++) vec_push(&directories, written->items[i].text);
    bool ok = load_rules(&s->arena, &directories, rules, err);
    vec_release(&directories);
    return ok;
}

int command_check(const Options *o, Error *err) {
    Scan s = {.options = o};
    RuleSet rules = {0};
    int code = EXIT_INCOMPLETE;
    s.configs = configs_open(&s.arena, o, STR(UNSTALE_VERSION), err);
    if (s.configs && today_find(o->today, &s.today, err) && rules_of(&s, &rules, err)) {
        s.rules = &rules;
        s.regexes = rule_regexes_new(&rules);
        if (configs_use(s.configs, &rules, err)) code = check(&s, err);
        rule_regexes_free(&rules, s.regexes);
    }
    configs_close(s.configs);
    scan_release(&s);
    return code;
}
