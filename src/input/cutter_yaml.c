/* Cutting YAML: documents, and Lists into head, items and tail. */
#include "input/cut.h"

#include "base/limits.h"

/* Everything up to a line start, whose lines the scan has counted. */
static void pass(Cutter *c, size_t to, uint32_t lines) {
    c->at = to;
    c->line += lines;
    if (lines) c->column = 1;
}

/* A piece that starts behind `lines` line breaks. */
static void piece(Cutter *c, PieceKind kind, size_t start, size_t end, uint32_t lines) {
    cut_piece(c, kind, start, end, c->line + lines, lines ? 1 : c->column);
}

static void skip_from(Cutter *c, size_t at, uint32_t lines, bool mid_line) {
    pass(c, at, lines);
    c->skipping = true;
    c->mid_line = mid_line;
}

static void document_done(Cutter *c, const DocumentScan *d) {
    pass(c, d->next, d->next_lines);
    c->directives = d->closed;
    c->yaml_place = YAML_DOCUMENT;
}

static bool list_head(Cutter *c, const DocumentScan *d) {
    if (!cut_list_begin(c, d->list_api_version, d->list_kind)) return false;
    piece(c, PIECE_HEAD, d->start, d->end, d->start_lines);
    pass(c, d->next, d->next_lines);
    c->dash_column = d->dash_column;
    c->yaml_place = YAML_ITEMS;
    return true;
}

static bool document_step(Cutter *c) {
    DocumentScan d = {
        .directives = c->directives, .lists = !c->options.whole, .limit = c->limits.document};
    switch (document_scan(&c->lines, c->at, &d)) {
    case SCAN_MORE: return false;
    case SCAN_LIST: return list_head(c, &d);
    case SCAN_TOO_LARGE:
        piece(c, PIECE_DOCUMENT, d.start, d.next, d.start_lines);
        skip_from(c, d.next, d.next_lines, d.mid_line);
        return true;
    case SCAN_DONE: break;
    }
    if (d.content) {
        piece(c, PIECE_DOCUMENT, d.start, d.end, d.start_lines);
        c->document++;
    }
    document_done(c, &d);
    return true;
}

static bool item_step(Cutter *c) {
    ItemScan item;
    ScanResult result = item_scan(&c->lines, c->at, c->dash_column, c->limits.document, &item);
    if (result == SCAN_MORE) return false;
    piece(c, PIECE_ITEM, c->at, item.end, 0);
    if (result == SCAN_TOO_LARGE) {
        skip_from(c, item.end, item.lines, item.mid_line);
        return true;
    }
    pass(c, item.end, item.lines);
    if (!item.more) c->yaml_place = YAML_TAIL;
    return true;
}

static bool tail_step(Cutter *c) {
    DocumentScan d = {.open = true, .limit = c->limits.document};
    ScanResult result = document_scan(&c->lines, c->at, &d);
    if (result == SCAN_MORE) return false;
    if (result == SCAN_TOO_LARGE) {
        piece(c, PIECE_TAIL, d.start, d.next, 0);
        skip_from(c, d.next, d.next_lines, d.mid_line);
        return true;
    }
    if (d.content) piece(c, PIECE_TAIL, d.start, d.end, 0);
    document_done(c, &d);
    cut_list_end(c);
    return true;
}

/* Does something new begin with this line? Then the skipping ends before it. */
static bool skip_ends(Cutter *c, Line line) {
    if (c->yaml_place == YAML_ITEMS) {
        ItemLine is = item_line(cut_window(c), line, c->dash_column);
        if (is == LINE_BEHIND_ITEMS) c->yaml_place = YAML_TAIL;
        return is != LINE_OF_ITEM;
    }
    return line_marker(cut_window(c), line, 0) != MARKER_NONE;
}

/* What begins here is left for the next step. Behind an item that is the next item or the tail;
 * behind a tail it is the tail step that ends the document. */
static void skip_done(Cutter *c) {
    c->skipping = false;
    if (c->yaml_place == YAML_DOCUMENT) c->document++;
}

static bool skip_step(Cutter *c) {
    size_t before = c->at;
    Line line;
    bool mid_line;
    while (line_read_limited(&c->lines, c->at, LIMIT_LINE, &line, &mid_line)) {
        if (!c->mid_line && skip_ends(c, line)) {
            skip_done(c);
            return true;
        }
        c->mid_line = mid_line;
        pass(c, line.next, !mid_line);
    }
    return c->at > before;
}

bool yaml_step(Cutter *c) {
    if (c->skipping) return skip_step(c);
    if (c->at == cut_window(c).len) return false;
    switch (c->yaml_place) {
    case YAML_DOCUMENT: return document_step(c);
    case YAML_ITEMS: return item_step(c);
    case YAML_TAIL: return tail_step(c);
    }
    return false;
}

void cut_text(Str text, Offset offset, uint32_t line, uint32_t indent, PieceVec *out) {
    LineScan s = line_scan(text, true);
    uint32_t document = 0;
    DocumentScan d = {.closed = true};
    while (d.next < text.len) {
        size_t from = d.next;
        d = (DocumentScan){.indent = indent, .directives = d.closed, .limit = SIZE_MAX};
        document_scan(&s, from, &d);
        if (d.content)
            vec_push(out, (Piece){.kind = PIECE_DOCUMENT,
                                  .json = json_looks(str_slice(text, d.start, d.end)) == 1,
                                  .text = str_slice(text, d.start, d.end),
                                  .offset = offset + d.start,
                                  .line = line + d.start_lines,
                                  .column = 1,
                                  .document = document++});
        line += d.next_lines;
    }
}
