/* One line per finding, for editors and grep: `path:line:col: severity[ID] message`. Behind the ID
 * ` [*]` says that --fix mends it, ` [review]` that --fix=review does. */
#include "base/utf8.h"
#include "base/vec.h"
#include "report/problems.h"
#include "report/report.h"

typedef struct ConciseReport {
    Report base;
    Buf line;
} ConciseReport;

static Report *concise_open(const ReportOptions *options) {
    ConciseReport *r = mem_zero(sizeof *r);
    r->base = (Report){&format_concise, *options};
    return &r->base;
}

static void flush(ConciseReport *r) {
    fwrite(r->line.data, 1, r->line.len, r->base.options.out);
    buf_clear(&r->line);
}

/* A finding about a whole file points at its start, so that every line has the same shape. */
static void concise_finding(Report *report, const FindingView *f) {
    ConciseReport *r = (ConciseReport *)report;
    const PlaceView *p = &f->primary;
    Buf *out = &r->line;
    if (!report_shows(report, f)) return;
    utf8_add_printable(out, p->path);
    buf_addf(out, ":%u:%u: ", p->whole_file ? 1U : (unsigned)p->place.line,
             p->whole_file ? 1U : (unsigned)p->place.column);
    buf_add(out, severity_names[f->severity]);
    buf_add_char(out, '[');
    utf8_add_printable(out, f->rule->id);
    buf_add(out, STR("] "));
    if (f->fix) buf_add(out, f->fix->safety == SAFETY_SAFE ? STR("[*] ") : STR("[review] "));
    utf8_add_printable(out, f->message);
    if (f->suppressed != SUPPRESSED_NOT) buf_add(out, STR(" (suppressed)"));
    buf_add_char(out, '\n');
    flush(r);
}

static void concise_problem(Report *report, const Problem *p) {
    ConciseReport *r = (ConciseReport *)report;
    if (r->base.options.quiet) return;
    problem_add_line(&r->line, p);
    flush(r);
}

/* No summary: whoever reads this counts lines. */
static void concise_close(Report *report, const Totals *totals) {
    (void)totals;
    ConciseReport *r = (ConciseReport *)report;
    buf_release(&r->line);
    free(r);
}

const Format format_concise = {STR_INIT("concise"), false,           concise_open,
                               concise_finding,     concise_problem, concise_close};
