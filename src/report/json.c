/* The report for programs: one JSON object, written as it comes (docs: `unstale schema report`). */
#include "base/json.h"
#include "base/vec.h"
#include "report/problems.h"
#include "report/report.h"
#include "report/version.h"

typedef struct JsonReport {
    Report base;
    Json json;
    Problems problems; /* they may come between findings, but have an array of their own */
} JsonReport;

static void str_key(Json *j, const char *key, Str value) {
    json_key(j, key);
    json_str(j, value);
}

static void str_key_if(Json *j, const char *key, Str value) {
    if (value.len) str_key(j, key, value);
}

static void u64_key(Json *j, const char *key, uint64_t value) {
    json_key(j, key);
    json_u64(j, value);
}

static void open_key(Json *j, const char *key, char bracket) {
    json_key(j, key);
    json_open(j, bracket);
}

static Report *json_report_open(const ReportOptions *options) {
    JsonReport *r = mem_zero(sizeof *r);
    r->base = (Report){&format_json, *options};
    r->json = json_to(options->out, 2);
    json_open(&r->json, '{');
    open_key(&r->json, "tool", '{');
    str_key(&r->json, "name", STR("unstale"));
    str_key(&r->json, "version", STR(UNSTALE_VERSION));
    json_close(&r->json);
    open_key(&r->json, "findings", '[');
    return &r->base;
}

static void write_primary(Json *j, const PlaceView *p) {
    str_key(j, "path", p->path);
    if (p->whole_file) return;
    u64_key(j, "line", p->place.line);
    u64_key(j, "column", p->place.column);
    u64_key(j, "endLine", p->place.end_line);
    u64_key(j, "endColumn", p->place.end_column);
}

/* The core group is "", so the group is always there. */
static void write_resource(Json *j, const ResourceView *resource) {
    if (!resource) return;
    open_key(j, "resource", '{');
    str_key(j, "group", resource->group);
    str_key(j, "version", resource->version);
    str_key(j, "kind", resource->kind);
    str_key_if(j, "namespace", resource->namespace);
    str_key_if(j, "name", resource->name);
    json_close(j);
}

static void write_related(Json *j, const FindingView *f) {
    if (!f->related_count) return;
    open_key(j, "related", '[');
    for (size_t i = 0; i < f->related_count; i++) {
        const PlaceView *p = &f->related[i];
        json_open(j, '{');
        str_key(j, "path", p->path);
        if (!p->whole_file) {
            u64_key(j, "line", p->place.line);
            u64_key(j, "column", p->place.column);
        }
        str_key_if(j, "message", p->message);
        json_close(j);
    }
    json_close(j);
}

static void write_notes(Json *j, const FindingView *f) {
    if (!f->note_count) return;
    open_key(j, "notes", '[');
    for (size_t i = 0; i < f->note_count; i++) json_str(j, f->notes[i]);
    json_close(j);
}

static void write_suppressed(Json *j, const FindingView *f) {
    json_key(j, "suppressed");
    if (f->suppressed == SUPPRESSED_NOT) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    str_key(j, "kind", suppressed_names[f->suppressed]);
    str_key_if(j, "reason", f->suppressed_reason);
    json_close(j);
}

static void json_report_finding(Report *report, const FindingView *f) {
    Json *j = &((JsonReport *)report)->json;
    if (!report_shows(report, f)) return;
    json_open(j, '{');
    str_key(j, "rule", f->rule->id);
    str_key(j, "name", f->rule->name);
    str_key(j, "pack", f->rule->pack);
    str_key(j, "severity", severity_names[f->severity]);
    write_primary(j, &f->primary);
    str_key(j, "message", f->message);
    write_resource(j, f->resource);
    write_related(j, f);
    write_notes(j, f);
    write_suppressed(j, f);
    str_key_if(j, "fingerprint", f->fingerprint);
    json_close(j);
}

static void json_report_problem(Report *report, const Problem *p) {
    problems_add(&((JsonReport *)report)->problems, p);
}

static void write_problems(Json *j, const Problems *problems) {
    open_key(j, "problems", '[');
    for (size_t i = 0; i < problems->list.len; i++) {
        const Problem *p = &problems->list.items[i];
        json_open(j, '{');
        str_key_if(j, "path", p->path);
        if (p->line) u64_key(j, "line", p->line);
        str_key(j, "message", p->message);
        json_close(j);
    }
    json_close(j);
}

static void write_summary(Json *j, const Totals *t) {
    open_key(j, "summary", '{');
    u64_key(j, "files", t->files);
    u64_key(j, "unread", t->unread);
    u64_key(j, "binary", t->binary);
    u64_key(j, "documents", t->documents);
    u64_key(j, "objects", t->objects);
    open_key(j, "findings", '{');
    u64_key(j, "error", t->findings[SEVERITY_ERROR]);
    u64_key(j, "warning", t->findings[SEVERITY_WARNING]);
    u64_key(j, "note", t->findings[SEVERITY_NOTE]);
    json_close(j);
    u64_key(j, "suppressed", t->suppressed);
    open_key(j, "fixable", '{');
    u64_key(j, "safe", t->fixable_safe);
    u64_key(j, "review", t->fixable_review);
    json_close(j);
    json_close(j);
}

static void json_report_close(Report *report, const Totals *totals) {
    JsonReport *r = (JsonReport *)report;
    json_close(&r->json);
    write_problems(&r->json, &r->problems);
    write_summary(&r->json, totals);
    json_close(&r->json);
    fputc('\n', r->base.options.out);
    problems_release(&r->problems);
    free(r);
}

const Format format_json = {STR_INIT("json"),    false,
                            json_report_open,    json_report_finding,
                            json_report_problem, json_report_close};
