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
static void write_object(Json *j, const ResourceView *object) {
    str_key(j, "group", object->group);
    str_key(j, "version", object->version);
    str_key(j, "kind", object->kind);
    str_key_if(j, "namespace", object->namespace);
    str_key_if(j, "name", object->name);
}

static void write_resource(Json *j, const ResourceView *resource) {
    if (!resource) return;
    open_key(j, "resource", '{');
    write_object(j, resource);
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

static void write_strs(Json *j, const char *key, const Str *items, size_t count) {
    if (!count) return;
    open_key(j, key, '[');
    for (size_t i = 0; i < count; i++) json_str(j, items[i]);
    json_close(j);
}

/* ---- Fixes ---- */

static void write_dropped(Json *j, const FixView *fix) {
    if (!fix->dropped_count) return;
    open_key(j, "dropped", '[');
    for (size_t i = 0; i < fix->dropped_count; i++) {
        const DroppedView *d = &fix->dropped[i];
        json_open(j, '{');
        str_key_if(j, "path", d->path);
        str_key_if(j, "file", d->file);
        if (d->line) u64_key(j, "line", d->line);
        str_key(j, "reason", d->reason);
        write_strs(j, "also", d->also, d->also_count);
        write_strs(j, "comments", d->comments, d->comment_count);
        json_close(j);
    }
    json_close(j);
}

static void write_objects(Json *j, const char *key, const ResourceView *objects, const Str *paths,
                          size_t count) {
    if (!count) return;
    open_key(j, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '{');
        write_object(j, &objects[i]);
        str_key_if(j, "path", paths[i]);
        json_close(j);
    }
    json_close(j);
}

/* Written even without edits: whoever applies them need not ask whether the key is there. */
static void write_edits(Json *j, const FixView *fix) {
    open_key(j, "edits", '[');
    for (size_t i = 0; i < fix->edit_count; i++) {
        const EditView *e = &fix->edits[i];
        json_open(j, '{');
        str_key(j, "path", e->path);
        u64_key(j, "start", e->place.start);
        u64_key(j, "end", e->place.start + e->place.length);
        str_key(j, "text", e->text);
        if (e->kind == EDIT_CREATE) str_key(j, "file", STR("create"));
        if (e->kind == EDIT_DELETE) str_key(j, "file", STR("delete"));
        json_close(j);
    }
    json_close(j);
}

static void write_fix(Json *j, const FixView *fix) {
    if (!fix) return;
    open_key(j, "fix", '{');
    str_key(j, "safety", safety_names[fix->safety]);
    str_key(j, "title", fix->title);
    write_strs(j, "notes", fix->notes, fix->note_count);
    write_dropped(j, fix);
    write_objects(j, "creates", fix->creates, fix->create_paths, fix->create_count);
    write_objects(j, "removes", fix->removes, fix->remove_paths, fix->remove_count);
    write_edits(j, fix);
    json_close(j);
}

/* ---- Findings ---- */

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
    write_strs(j, "notes", f->notes, f->note_count);
    write_fix(j, f->fix);
    str_key_if(j, "refused", f->refused);
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
