/* The report for people: a header, a code frame and notes per finding, and a summary at the end. */
#include "base/utf8.h"
#include "base/vec.h"
#include "report/fix_words.h"
#include "report/frame.h"
#include "report/problems.h"
#include "report/report.h"
#include "report/small_diff.h"

typedef struct TextReport {
    Report base;
    Buf buf; /* one finding, or the summary */
} TextReport;

static Report *text_open(const ReportOptions *options) {
    TextReport *r = mem_zero(sizeof *r);
    r->base = (Report){&format_text, *options};
    return &r->base;
}

static void flush(TextReport *r) {
    fwrite(r->buf.data, 1, r->buf.len, r->base.options.out);
    buf_clear(&r->buf);
}

static void add_header(Buf *out, const FindingView *f, bool color) {
    paint_start(out, color, (Paint)f->severity);
    buf_add(out, severity_names[f->severity]);
    buf_add_char(out, '[');
    utf8_add_printable(out, f->rule->id);
    buf_add_char(out, ']');
    paint_end(out, color);
    paint_start(out, color, PAINT_STRONG);
    buf_add(out, STR(": "));
    utf8_add_printable(out, f->message);
    paint_end(out, color);
    buf_add_char(out, '\n');
}

/* The title of the fix, how far it can be trusted, and the lines that it changes. */
static void add_help(Buf *out, const FixView *fix, bool color) {
    if (!fix) return;
    paint_label(out, color, PAINT_HELP, STR("help:"));
    utf8_add_printable(out, fix->title);
    buf_addf(out, " (" STR_FMT ")\n", STR_ARG(safety_names[fix->safety]));
    small_diff_add(out, fix, color);
}

static void add_note(Buf *out, Str note, bool color) {
    paint_label(out, color, PAINT_NOTE, STR("note:"));
    utf8_add_printable(out, note);
    buf_add_char(out, '\n');
}

static void add_fix_notes(Buf *out, const FixView *fix, bool color) {
    Buf note = {0};
    size_t count = fix ? fix_note_count(fix) : 0;
    for (size_t i = 0; i < count; i++) {
        buf_clear(&note);
        fix_add_note(&note, fix, i, FIX_LISTED);
        add_note(out, buf_str(&note), color);
    }
    buf_release(&note);
}

static void add_notes(Buf *out, const FindingView *f, bool color) {
    Buf note = {0};
    for (size_t i = 0; i < f->note_count; i++) add_note(out, f->notes[i], color);
    add_fix_notes(out, f->fix, color);
    if (f->refused.len) {
        buf_addf(&note, "no fix: " STR_FMT, STR_ARG(f->refused));
        add_note(out, buf_str(&note), color);
    }
    if (f->suppressed != SUPPRESSED_NOT) {
        buf_clear(&note);
        buf_addf(&note, "suppressed (" STR_FMT ")", STR_ARG(suppressed_names[f->suppressed]));
        if (f->suppressed_reason.len) buf_add(&note, STR(": "));
        buf_add(&note, f->suppressed_reason);
        add_note(out, buf_str(&note), color);
    }
    buf_release(&note);
}

static void text_finding(Report *report, const FindingView *f) {
    TextReport *r = (TextReport *)report;
    bool color = r->base.options.color;
    if (!report_shows(report, f)) return;
    add_header(&r->buf, f, color);
    frame_add(&r->buf, f, color);
    add_help(&r->buf, f->fix, color);
    add_notes(&r->buf, f, color);
    buf_add_char(&r->buf, '\n');
    flush(r);
}

static void text_problem(Report *report, const Problem *p) {
    TextReport *r = (TextReport *)report;
    if (r->base.options.quiet) return;
    problem_add_line(&r->buf, p);
    buf_add_char(&r->buf, '\n');
    flush(r);
}

/* ---- The summary ---- */

/* "3 errors", "1 error": every noun here takes an s. */
static void add_count(Buf *out, uint64_t count, Str noun) {
    buf_addf(out, "%llu " STR_FMT, (unsigned long long)count, STR_ARG(noun));
    if (count != 1) buf_add_char(out, 's');
}

/* "Not read: 1 file, 2 binary files." */
static void add_not_read(Buf *out, const Totals *t) {
    if (!t->unread && !t->binary) return;
    buf_add(out, STR(" Not read: "));
    if (t->unread) add_count(out, t->unread, STR("file"));
    if (t->unread && t->binary) buf_add(out, STR(", "));
    if (t->binary) add_count(out, t->binary, STR("binary file"));
    buf_add_char(out, '.');
}

static void add_scanned(Buf *out, const Totals *t) {
    buf_add(out, STR("Scanned "));
    add_count(out, t->files, STR("file"));
    buf_add(out, STR(", "));
    add_count(out, t->documents, STR("document"));
    buf_add(out, STR(", "));
    add_count(out, t->objects, STR("object"));
    buf_add_char(out, '.');
    add_not_read(out, t);
    buf_add_char(out, '\n');
}

static void add_found(Buf *out, const Totals *t) {
    bool any = false;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
        if (!t->findings[severity]) continue;
        buf_add(out, any ? STR(", ") : STR("Found "));
        add_count(out, t->findings[severity], severity_names[severity]);
        any = true;
    }
    buf_add(out, any ? STR(".") : STR("No findings."));
}

static void add_fixable(Buf *out, const Totals *t) {
    unsigned long long safe = t->fixable_safe, review = t->fixable_review;
    if (safe) buf_addf(out, " %llu fixable with --fix", safe);
    if (safe && review) buf_addf(out, ", %llu more with --fix=review", review);
    if (!safe && review) buf_addf(out, " %llu fixable with --fix=review", review);
    if (safe || review) buf_add_char(out, '.');
}

static void text_close(Report *report, const Totals *totals) {
    TextReport *r = (TextReport *)report;
    unsigned long long suppressed = totals->suppressed;
    if (!r->base.options.quiet) {
        add_scanned(&r->buf, totals);
        add_found(&r->buf, totals);
        add_fixable(&r->buf, totals);
        if (suppressed) buf_addf(&r->buf, " %llu suppressed.", suppressed);
        buf_add_char(&r->buf, '\n');
        flush(r);
    }
    buf_release(&r->buf);
    free(r);
}

const Format format_text = {STR_INIT("text"), true,         text_open,
                            text_finding,     text_problem, text_close};
