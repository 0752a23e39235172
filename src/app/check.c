/* The command that everything is for: find what is outdated and report it. */
#include "app/commands.h"

#include "app/opened.h"
#include "app/reports.h"
#include "app/rounds.h"
#include "base/utf8.h"
#include "app/run.h"
#include "app/settle.h"
#include "report/problems.h"

#include <string.h>

/* Where the fixed text of standard input, or the diff, goes to standard output, reports do not. */
static bool stdout_is_taken(const Options *o) {
    bool from_stdin = false;
    for (size_t i = 0; i < o->arguments.len; i++)
        from_stdin |= str_eq(o->arguments.items[i], STR("-"));
    return o->fix && from_stdin;
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

/* A name may hold what moves a terminal's cursor, or a line end. */
static void list_files(const Scan *s) {
    Buf line = {0};
    for (size_t i = 0; i < s->sources.len; i++) {
        if (s->sources.items[i].facts_only) continue;
        buf_clear(&line);
        utf8_add_printable(&line, s->sources.items[i].source.path);
        printf(STR_FMT "\n", STR_ARG(buf_str(&line)));
    }
    buf_release(&line);
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

/* How often each rule fired. On standard error: reports stay what they are. */
static void print_counts(const Scan *s) {
    for (size_t r = 0; r < s->rules->count; r++) {
        size_t count = 0;
        for (size_t i = 0; i < s->findings.len; i++)
            count += s->findings.items[i].rule == r && s->findings.items[i].state == FINDING_OPEN;
        const Rule *rule = &s->rules->rules[r];
        if (count)
            fprintf(stderr, "%7zu  " STR_FMT " " STR_FMT "\n", count, STR_ARG(rule->id),
                    STR_ARG(rule->name));
    }
}

/* What the tables cost, when everything else is told. */
static void print_memory(const Scan *s) {
    size_t objects = s->index.objects.len, findings = s->sighted;
    size_t index = index_memory(&s->index);
    size_t kept = (s->findings.cap + s->copies.cap + s->outside.cap) * sizeof(Finding) +
                  s->remarks.cap * sizeof(Remark);
    fprintf(stderr, "index: %zu objects, %zu bytes, %zu an object\n", objects, index,
            objects ? index / objects : 0);
    fprintf(stderr, "findings: %zu, %zu bytes, %zu a finding\n", findings, kept,
            findings ? kept / findings : 0);
}

/* Behind the report, so that a page of findings does not push it out of sight. */
static void print_readiness(Readiness *ready) {
    Buf text = {0};
    readiness_write(ready, &text);
    fflush(stdout);
    if (text.len) fwrite(text.data, 1, text.len, stderr);
    buf_release(&text);
}

static FailOn fail_on(const Scan *s) {
    return s->sources.len ? s->sources.items[0].config->fail_on : FAIL_ON_WARNING;
}

/* On standard error: what is lost is told by the command that loses it. */
static void tell_losses(const Rounds *r) {
    for (size_t i = 0; i < r->losses.len; i++) {
        Buf line = {0};
        utf8_add_printable(&line, r->losses.items[i].text);
        fprintf(stderr, "note: " STR_FMT "\n", STR_ARG(buf_str(&line)));
        buf_release(&line);
    }
}

static void tell_fixed(const Rounds *r) {
    if (!r->written || r->failed) return;
    fprintf(stderr, "Fixed %llu finding%s in %llu file%s.\n", (unsigned long long)r->fixed,
            r->fixed == 1 ? "" : "s", (unsigned long long)r->written, r->written == 1 ? "" : "s");
}

/* A report that is quiet tells no problems; an answer that they make incomplete must say why. */
static void tell_problems(const Scan *s) {
    if (!s->options->quiet || !s->incomplete) return;
    problems_print(stderr, s->problems.items, s->problems.len);
    problems_print(stderr, s->unheard.items, s->unheard.len);
}

static void add_shell_word(Buf *out, Str path) {
    static const char *const safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789_./+-@%:,=";
    bool plain = path.len > 0;
    for (size_t i = 0; i < path.len; i++) plain = plain && strchr(safe, path.data[i]);
    if (!plain) buf_add_char(out, '\'');
    for (size_t i = 0; i < path.len; i++)
        if (path.data[i] == '\'')
            buf_add(out, STR("'\\''"));
        else
            buf_add_char(out, path.data[i]);
    if (!plain) buf_add_char(out, '\'');
}

/* A hook would pass, and what it fixed would not be committed. So this is told to whoever wants
 * silence, too. */
static void tell_unstaged(const Rounds *r) {
    Buf paths = {0}, line = {0};
    for (size_t i = 0; i < r->files.len; i++) {
        if (!r->files.items[i].written) continue;
        buf_add_char(&paths, ' ');
        add_shell_word(&paths, r->files.items[i].path);
    }
    utf8_add_printable(&line, buf_str(&paths));
    fprintf(stderr, "written to the work tree: git add" STR_FMT "\n", STR_ARG(buf_str(&line)));
    buf_release(&paths);
    buf_release(&line);
}

/* The index is what --staged judges, and no run changes it: what was found there is still there. */
static int code_of_index(const Rounds *r, int before, int after) {
    if (!r->scan->options->staged || !r->written) return after;
    tell_unstaged(r);
    return after == EXIT_CLEAN ? before : after;
}

/* Is there something to fix where nothing may be written? */
static bool is_kept_back(const Scan *s) {
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->state == FINDING_OPEN && s->rules->rules[f->rule].fix.kind != FIX_NONE &&
            why_not_written(s, f->source))
            return true;
    }
    return false;
}

/* --fix: what remains is reported. */
static int fix(Scan *s, Reports *reports, Readiness *ready) {
    int before = exit_code(s, fail_on(s));
    Rounds r = {.scan = s, .level = s->options->fix == FIXING_REVIEW ? SAFETY_REVIEW : SAFETY_SAFE};
    rounds_run(&r);
    rounds_write(&r);
    s->incomplete |= r.failed;
    scan_print(s, reports, ready);
    tell_problems(s);
    if (!s->options->quiet) {
        tell_losses(&r);
        tell_fixed(&r);
    }
    int code = code_of_index(&r, before, exit_code(s, fail_on(s)));
    if (s->options->exit_zero_on_fix && code == EXIT_FINDINGS && !is_kept_back(s))
        code = EXIT_CLEAN;
    rounds_release(&r);
    return code;
}

/* --diff: the reports that go to files tell what was found, standard output has the diff alone. */
static int diff(Scan *s, Reports *reports, Readiness *ready) {
    Rounds r = {.scan = s, .level = s->options->fix == FIXING_SAFE ? SAFETY_SAFE : SAFETY_REVIEW};
    scan_print(s, reports, ready);
    tell_problems(s);
    int code = exit_code(s, fail_on(s));
    size_t known = s->problems.len; /* told */
    rounds_run(&r);
    Buf out = {0};
    if (!r.unsettled) rounds_diff(&r, &out);
    if (out.len) fwrite(out.data, 1, out.len, stdout);
    buf_release(&out);
    if (r.failed) code = EXIT_INCOMPLETE;
    if (!s->options->quiet) tell_losses(&r);
    problems_print(stderr, s->problems.items + known, s->problems.len - known);
    rounds_release(&r);
    return code;
}

static int report(Scan *s, Error *err) {
    Reports reports = {0};
    FILE *standard = stdout_is_taken(s->options) ? stderr : stdout;
    int code = EXIT_INCOMPLETE;
    if (reports_open(s, standard, s->options->diff, &reports, err)) {
        s->keep_copies = s->options->fix && !s->options->diff; /* rounds mend every copy */
        scan_read(s);
        scan_settle(s);
        Readiness *ready = s->options->statistics ? readiness_new(s) : NULL;
        if (ready) print_counts(s);
        if (s->options->diff) {
            code = diff(s, &reports, ready);
        } else if (s->options->fix) {
            code = fix(s, &reports, ready);
        } else {
            scan_print(s, &reports, ready);
            tell_problems(s);
            code = exit_code(s, fail_on(s));
        }
        if (ready) {
            print_readiness(ready);
            print_memory(s);
        }
        readiness_free(ready);
    }
    if (!reports_close(&reports, err)) code = EXIT_INCOMPLETE;
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

int command_check(const Options *o, Error *err) {
    return run_scan(o, check, err);
}
