/* The report for people: a header, a code frame and notes per finding, and a summary at the end. */
#include "base/utf8.h"
#include "base/vec.h"
#include "report/frame.h"
#include "report/problems.h"
#include "report/report.h"

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

static void start_note(Buf *out, bool color) {
    paint_start(out, color, PAINT_NOTE);
    buf_add(out, STR("note:"));
    paint_end(out, color);
    buf_add_char(out, ' ');
}

static void add_notes(Buf *out, const FindingView *f, bool color) {
    for (size_t i = 0; i < f->note_count; i++) {
        start_note(out, color);
        utf8_add_printable(out, f->notes[i]);
        buf_add_char(out, '\n');
    }
    if (f->suppressed == SUPPRESSED_NOT) return;
    start_note(out, color);
    buf_addf(out, "suppressed (" STR_FMT ")", STR_ARG(suppressed_names[f->suppressed]));
    if (f->suppressed_reason.len) buf_add(out, STR(": "));
    utf8_add_printable(out, f->suppressed_reason);
    buf_add_char(out, '\n');
}

static void text_finding(Report *report, const FindingView *f) {
    TextReport *r = (TextReport *)report;
    bool color = r->base.options.color;
    if (!report_shows(report, f)) return;
    add_header(&r->buf, f, color);
    frame_add(&r->buf, f, color);
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
    if (safe && review) buf_addf(out, " Fixable: %llu safe, %llu review.", safe, review);
    if (safe && !review) buf_addf(out, " Fixable: %llu safe.", safe);
    if (!safe && review) buf_addf(out, " Fixable: %llu review.", review);
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
