/* The SARIF report: one run, the active rules first, then results as they come, problems at the
 * end. */
#include "report/sarif-c/sarif.h"

#include "base/error.h"
#include "base/vec.h"
#include "report/problems.h"
#include "report/report.h"
#include "report/sarif_text.h"
#include "report/version.h"

typedef struct SarifReport {
    Report base;
    SarifWriter writer;
    uint32_t *numbers; /* of each rule of the set in this run, from 1; 0: not active */
    Problems problems; /* notifications follow the results */
    Buf words[4];      /* reused texts of the rule or result being written */
} SarifReport;

static const SarifText source_root = {"%SRCROOT%", sizeof "%SRCROOT%" - 1};

static bool to_file(void *file, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, file) == length;
}

/* A failed write stays in the FILE, where the one who closes it looks. Anything else is ours. */
static void expect(SarifStatus status) {
    if (status != SARIF_OK && status != SARIF_WRITE_FAILED) {
        bug("SARIF: %s", sarif_status_text(status));
    }
}

static SarifText sarif_str(Str s) { /* present even when empty */
    return (SarifText){s.data ? s.data : "", s.len};
}

static SarifText sarif_buf(const Buf *b) {
    return sarif_str(buf_str(b));
}

static void clear_words(SarifReport *r) {
    for (size_t i = 0; i < sizeof r->words / sizeof *r->words; i++) buf_clear(&r->words[i]);
}

static SarifLevel level_of(Severity severity) {
    static const SarifLevel levels[3] = {SARIF_NOTE, SARIF_WARNING, SARIF_ERROR};
    return levels[severity];
}

/* ---- Rules ---- */

static void write_rule(SarifReport *r, const Rule *rule) {
    static const char *const problem_severity[3] = {"recommendation", "warning", "error"};
    SarifText pack = sarif_str(rule->pack);
    SarifPair properties[] = {
        {sarif_text("precision"), sarif_text("high")},
        {sarif_text("problem.severity"), sarif_text(problem_severity[rule->severity])},
    };
    Buf *name = &r->words[0], *description = &r->words[1];
    Buf *help = &r->words[2], *markdown = &r->words[3];
    Buf summary = {0};
    clear_words(r);
    sarif_add_name(name, rule->name);
    sarif_add_description(&summary, rule->summary);
    sarif_add_description(description, rule->why.len ? rule->why : rule->summary);
    sarif_add_help(help, rule, false);
    sarif_add_help(markdown, rule, true);
    expect(sarif_rule(&r->writer, &(SarifRule){
                                      .id = sarif_str(rule->id),
                                      .name = sarif_buf(name),
                                      .short_description = sarif_buf(&summary),
                                      .full_description = sarif_buf(description),
                                      .help = {sarif_buf(help), sarif_buf(markdown)},
                                      .level = level_of(rule->severity),
                                      .tags = &pack,
                                      .tag_count = 1,
                                      .properties = properties,
                                      .property_count = 2,
                                  }));
    buf_release(&summary);
}

static void write_rules(SarifReport *r) {
    const RuleSet *set = r->base.options.rules;
    uint32_t active = 0;
    if (!set || !set->count) return;
    r->numbers = mem_zero(set->count * sizeof *r->numbers);
    for (size_t i = 0; i < set->count; i++) {
        if (!report_rule_active(&r->base.options, i)) continue;
        r->numbers[i] = ++active;
        write_rule(r, &set->rules[i]);
    }
}

/* Its number in this run; 0 when it is not among the active rules. The set is sorted by id. */
static uint32_t rule_number(const SarifReport *r, const Rule *rule) {
    const RuleSet *set = r->base.options.rules;
    size_t low = 0, high = set ? set->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(set->rules[middle].id, rule->id);
        if (order == 0) return r->numbers[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* No directory is named as the root: reports are the same on every machine. */
static Report *sarif_report_open(const ReportOptions *options) {
    SarifReport *r = mem_zero(sizeof *r);
    SarifBase base = {source_root, {0}, sarif_text("The directory that paths are relative to.")};
    r->base = (Report){&format_sarif, *options};
    sarif_init(&r->writer, to_file, options->out, 2);
    expect(sarif_run(&r->writer, &(SarifRun){
                                     .tool_name = sarif_text("unstale"),
                                     .semantic_version = sarif_text(UNSTALE_VERSION),
                                     .information_uri = sarif_text(UNSTALE_URL),
                                     .column_kind = SARIF_UNICODE_CODE_POINTS,
                                     .bases = &base,
                                     .base_count = 1,
                                 }));
    write_rules(r);
    return &r->base;
}

/* ---- Results ---- */

static SarifArtifact artifact_of(Str path) {
    bool absolute = path.len && path.data[0] == '/';
    if (!path.len) return (SarifArtifact){0};
    return (SarifArtifact){.path = sarif_str(path),
                           .base = absolute ? (SarifText){0} : source_root};
}

static SarifRegion region_at(Place place) {
    return (SarifRegion){
        .start_line = place.line,
        .start_column = place.column,
        .end_line = place.end_line,
        .end_column = place.end_column,
    };
}

/* GitHub takes no result without a region: a whole file is shown at its start. */
static SarifRegion region_of(const PlaceView *p) {
    static const Place start = {.line = 1, .column = 1, .end_line = 1, .end_column = 1};
    if (!p->path.len) return (SarifRegion){0};
    return region_at(p->whole_file || !p->place.line ? start : p->place);
}

static SarifLocation location_of(const PlaceView *p) {
    return (SarifLocation){.artifact = artifact_of(p->path), .region = region_of(p)};
}

static SarifSuppression suppression_of(const FindingView *f) {
    return (SarifSuppression){
        .kind = f->suppressed == SUPPRESSED_CONFIG ? SARIF_EXTERNAL : SARIF_IN_SOURCE,
        .status = SARIF_ACCEPTED,
        .justification = sarif_str(f->suppressed_reason),
    };
}

static size_t related_of(const FindingView *f, SarifLocation *related) {
    size_t count = f->related_count < SARIF_RELATED ? f->related_count : SARIF_RELATED;
    for (size_t i = 0; i < count; i++) {
        related[i] = location_of(&f->related[i]);
        if (f->related[i].message.len) {
            related[i].message.text = sarif_str(f->related[i].message);
        }
    }
    return count;
}

/* What the finding says is in the struct already; here its place in terms of the cluster. */
static SarifLogicalLocation logical_of(SarifReport *r, const ResourceView *resource) {
    sarif_add_resource(&r->words[1], resource);
    return (SarifLogicalLocation){
        .name = resource->name.len ? sarif_str(resource->name) : (SarifText){0},
        .fully_qualified_name = sarif_buf(&r->words[1]),
        .kind = sarif_text("resource"),
    };
}

/* ---- Fixes ---- */

/* A SARIF fix with the memory of its parts. */
typedef struct FixParts {
    SarifFix fix;
    SarifReplacement *replacements; /* one per edit */
    SarifChange *changes;           /* one per file */
} FixParts;

/* SARIF knows replacements in files that are there, nothing that creates or deletes one; half of a
 * fix would be wrong, so such a fix is in the message only. So is one whose text holds a secret,
 * for reports are uploaded, and one without edits: GitHub rejects a report for one empty fix. */
static bool can_be_written(const FixView *fix) {
    for (size_t i = 0; fix && i < fix->edit_count; i++) {
        if (fix->edits[i].kind != EDIT_TEXT || fix->edits[i].secret) return false;
    }
    return fix && fix->edit_count > 0;
}

/* The edits are sorted by path: each file is one run of them. */
static size_t add_changes(FixParts *parts, const FixView *fix) {
    size_t files = 0;
    for (size_t i = 0; i < fix->edit_count; i++) {
        const EditView *e = &fix->edits[i];
        parts->replacements[i] = (SarifReplacement){region_at(e->place), sarif_str(e->text)};
        if (i == 0 || !str_eq(e->path, fix->edits[i - 1].path)) {
            parts->changes[files++] = (SarifChange){.artifact = artifact_of(e->path),
                                                    .replacements = &parts->replacements[i]};
        }
        parts->changes[files - 1].replacement_count++;
    }
    return files;
}

/* False: the result has no fix. */
static bool fix_parts(FixParts *parts, const FixView *fix, Buf *words) {
    *parts = (FixParts){0};
    if (!can_be_written(fix)) return false;
    parts->replacements = mem_zero(fix->edit_count * sizeof *parts->replacements);
    parts->changes = mem_zero(fix->edit_count * sizeof *parts->changes);
    sarif_add_fix(words, fix);
    parts->fix.description.text = sarif_buf(words);
    parts->fix.changes = parts->changes;
    parts->fix.change_count = add_changes(parts, fix);
    return true;
}

static void fix_parts_release(FixParts *parts) {
    free(parts->replacements);
    free(parts->changes);
}

static void sarif_report_finding(Report *report, const FindingView *f) {
    SarifReport *r = (SarifReport *)report;
    SarifLocation related[SARIF_RELATED];
    SarifLogicalLocation logical;
    SarifSuppression suppression = suppression_of(f);
    SarifPair fingerprint = {sarif_text("unstale/v1"), sarif_str(f->fingerprint)};
    FixParts parts;
    if (!report_shows(report, f)) return;

    clear_words(r);
    bool has_fix = fix_parts(&parts, f->fix, &r->words[2]);
    sarif_add_message(&r->words[0], f);
    SarifLocation primary = location_of(&f->primary);
    if (f->primary.message.len) primary.message.text = sarif_str(f->primary.message);
    if (f->resource) {
        logical = logical_of(r, f->resource);
        primary.logical = &logical;
        primary.logical_count = 1;
    }
    expect(sarif_result(&r->writer,
                        &(SarifResult){
                            .rule_id = sarif_str(f->rule->id),
                            .rule_number = rule_number(r, f->rule),
                            .level = level_of(f->severity),
                            .message = {.text = sarif_buf(&r->words[0])},
                            .locations = &primary,
                            .location_count = 1,
                            .related = related,
                            .related_count = related_of(f, related),
                            /* in all results or in none */
                            .suppressions = report->options.show_suppressed ? &suppression : NULL,
                            .suppression_count = f->suppressed != SUPPRESSED_NOT,
                            .fixes = &parts.fix,
                            .fix_count = has_fix,
                            .fingerprints = &fingerprint,
                            .fingerprint_count = f->fingerprint.len > 0,
                        }));
    fix_parts_release(&parts);
}

static void sarif_report_problem(Report *report, const Problem *p) {
    problems_add(&((SarifReport *)report)->problems, p);
}

static void sarif_report_close(Report *report, const Totals *totals) {
    (void)totals;
    SarifReport *r = (SarifReport *)report;
    for (size_t i = 0; i < r->problems.list.len; i++) {
        const Problem *p = &r->problems.list.items[i];
        expect(
            sarif_notification(&r->writer, &(SarifNotification){
                                               .level = SARIF_NOTE,
                                               .message = {.text = sarif_str(p->message)},
                                               .artifact = artifact_of(p->path),
                                               .region = {.start_line = p->path.len ? p->line : 0},
                                           }));
    }
    expect(sarif_run_end(&r->writer, !totals->incomplete));
    expect(sarif_end(&r->writer));
    for (size_t i = 0; i < sizeof r->words / sizeof *r->words; i++) buf_release(&r->words[i]);
    problems_release(&r->problems);
    free(r->numbers);
    free(r);
}

const Format format_sarif = {STR_INIT("sarif"),    false,
                             sarif_report_open,    sarif_report_finding,
                             sarif_report_problem, sarif_report_close};
