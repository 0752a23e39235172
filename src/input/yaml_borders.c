/* Finding the borders of YAML documents and of the items of Lists. */
#include "input/yaml_borders.h"

#include "input/yaml_list.h"

bool line_read_limited(LineScan *s, size_t from, size_t limit, Line *out, bool *mid_line) {
    *mid_line = false;
    if (line_read(s, from, out)) return true;
    size_t len = s->text.len;
    if (s->at_end || len - from <= limit) return false;
    /* A final CR may be half of a line break, which must be seen as one. */
    size_t end = s->text.data[len - 1] == '\r' ? len - 1 : len;
    *out = (Line){from, end, end};
    *mid_line = true;
    return true;
}

ItemLine item_line(Str text, Line line, uint32_t dash_column) {
    size_t at = line.start, dash = line.start + dash_column;
    while (at < line.end && at < dash && text.data[at] == ' ') at++;
    if (at == line.end) return LINE_OF_ITEM;
    /* A tab is never indentation: what follows one is left for the parser to judge. */
    char c = text.data[at];
    if (c == ' ' || c == '\t' || c == '#') return LINE_OF_ITEM;
    bool is_dash = at == dash && c == '-' && line_blank_at(text, line, at + 1);
    return is_dash ? LINE_NEXT_ITEM : LINE_BEHIND_ITEMS;
}

ScanResult item_scan(LineScan *s, size_t from, uint32_t dash_column, size_t limit, ItemScan *out) {
    *out = (ItemScan){.end = from};
    Line line;
    while (line_read_limited(s, out->end, limit, &line, &out->mid_line)) {
        ItemLine is = line.start == from ? LINE_OF_ITEM : item_line(s->text, line, dash_column);
        out->more = is == LINE_NEXT_ITEM;
        if (is != LINE_OF_ITEM) return SCAN_DONE;
        out->end = line.next;
        out->lines += !out->mid_line;
        if (out->end - from > limit) return SCAN_TOO_LARGE;
    }
    return s->at_end && out->end == s->text.len ? SCAN_DONE : SCAN_MORE;
}

/* A line where the document, or its directives, may begin. `next_lines` counts it already. */
static void begins_at(DocumentScan *d, Line line) {
    d->start = line.start;
    d->start_lines = d->next_lines - 1;
}

/* A `---` line with no document before it. */
static void marker_begins(DocumentScan *d, Str text, Line line) {
    if (!d->has_directives) begins_at(d, line);
    d->open = true;
    d->content = line_has_content(text, line, line.start + d->indent + 3);
    /* Directives can give tags a meaning that an item would lose; `--- |` makes all lines text. */
    if (d->has_directives || d->content) d->lists = false;
}

/* A line before any content: notes where directives begin, passes over what says nothing. */
static void prologue_line(DocumentScan *d, Str text, Line line) {
    if (!line_has_content(text, line, line.start)) return;
    size_t at = line.start + d->indent;
    if (d->directives && !d->open && at < line.end && text.data[at] == '%') {
        if (!d->has_directives) begins_at(d, line);
        d->has_directives = true;
        return;
    }
    d->content = true;
    if (d->has_directives) d->lists = false;
}

/* A cheap look that most lines do not pass: markers and `items:` begin with these. */
static bool worth_a_look(Str text, Line line, uint32_t indent) {
    if (line.end - line.start <= indent) return false;
    char c = text.data[line.start + indent];
    return c == '-' || c == '.' || c == 'i' || c == '"' || c == '\'';
}

/* The rest of a `...` line beyond the limit could not be left behind: it goes with the document. */
static Marker marker_within_limit(const DocumentScan *d, Str text, Line line) {
    Marker marker = line_marker(text, line, d->indent);
    bool beyond = d->mid_line || line.next - line.start > d->limit;
    return marker == MARKER_END && beyond ? MARKER_NONE : marker;
}

static ScanResult ends_at(DocumentScan *d, size_t end, size_t next) {
    d->end = end;
    d->next = next;
    return SCAN_DONE;
}

/* One line of the document. False when the scan is over, with *result set. */
static bool document_goes_on(LineScan *s, DocumentScan *d, Line line, ScanResult *result) {
    Marker marker = marker_within_limit(d, s->text, line);
    if (marker == MARKER_END) {
        d->closed = true;
        *result = ends_at(d, line.start, line.next);
        return false;
    }
    if (marker == MARKER_START && (d->open || d->content)) {
        d->next_lines--;
        *result = ends_at(d, line.start, line.start);
        return false;
    }
    if (marker == MARKER_START) {
        marker_begins(d, s->text, line);
        return true;
    }
    if (!d->content) prologue_line(d, s->text, line);
    if (!d->lists || !d->content) return true;
    *result = list_scan(s, line, d);
    return *result == SCAN_DONE;
}

ScanResult document_scan(LineScan *s, size_t from, DocumentScan *d) {
    size_t at = d->start = from;
    Line line;
    while (at - d->start <= d->limit && line_read_limited(s, at, d->limit, &line, &d->mid_line)) {
        at = line.next;
        d->next_lines++;
        if (d->content && !worth_a_look(s->text, line, d->indent)) continue;
        ScanResult result;
        if (!document_goes_on(s, d, line, &result)) return result;
    }
    if (at - d->start > d->limit) {
        d->next = at;
        if (d->mid_line) d->next_lines--;
        return SCAN_TOO_LARGE;
    }
    return s->at_end && at == s->text.len ? ends_at(d, at, at) : SCAN_MORE;
}
