/* Deciding whether the items of a YAML document may be cut off. */
#include "input/yaml_list.h"

#include <ctype.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Walks back from an `&` over blanks and a tag: a node can start here if that leads to the start of
 * the line or to an indicator. `a && b`, `?x=1&y=2` and `Tom &c` do not. */
static bool node_starts(Str line, size_t at) {
    size_t before = at;
    while (before && is_blank(line.data[before - 1])) before--;
    if (!before) return true;
    char c = line.data[before - 1];
    if (c == '[' || c == '{' || c == ',') return true;
    if (before == at) return false;
    if (c == '-' || c == ':' || c == '?') return true;
    size_t token = before;
    while (token && !is_blank(line.data[token - 1])) token--;
    return line.data[token] == '!';
}

static Str without_comment(Str line) {
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '#' && (i == 0 || is_blank(line.data[i - 1])))
            return str_slice(line, 0, i);
    return line;
}

static bool line_has_anchor(Str line) {
    if (str_find_char(line, '&') == STR_NONE) return false;
    line = without_comment(line);
    for (size_t i = 0; i + 1 < line.len; i++) {
        unsigned char name = (unsigned char)line.data[i + 1];
        bool named = isalnum(name) || name == '_' || name >= 0x80;
        if (line.data[i] == '&' && named && node_starts(line, i)) return true;
    }
    return false;
}

bool text_has_anchor(Str text) {
    LineScan s = line_scan(text, true);
    Line line;
    for (size_t at = 0; line_read(&s, at, &line); at = line.next)
        if (line_has_anchor(str_slice(text, line.start, line.end))) return true;
    return false;
}

/* The value of a key at the first column of a piece of text that holds whole lines. */
static Str value_at_column(Str text, size_t column, Str key) {
    LineScan s = line_scan(text, true);
    Line line;
    Str value;
    for (size_t at = 0; line_read(&s, at, &line); at = line.next) {
        size_t first = line_skip_blanks(text, line, line.start);
        if (first - line.start == column && line_key(text, line, first, key, &value)) return value;
    }
    return (Str){0};
}

/* The column of an item's keys: behind its dash, or on the next line with content. */
static size_t key_column(Str item, size_t dash_column) {
    LineScan s = line_scan(item, true);
    Line line;
    size_t skip = dash_column + 1;
    for (size_t at = 0; line_read(&s, at, &line); at = line.next, skip = 0) {
        size_t first = line.start + skip;
        if (line_has_content(item, line, first))
            return line_skip_blanks(item, line, first) - line.start;
    }
    return 0;
}

static bool item_has_kind(Str item, size_t dash_column) {
    size_t column = key_column(item, dash_column);
    LineScan s = line_scan(item, true);
    Line first;
    Str value;
    if (line_read(&s, 0, &first) && line_key(item, first, column, STR("kind"), &value)) return true;
    return value_at_column(str_from_offset(item, first.next), column, STR("kind")).len > 0;
}

/* Where the first item is too large, all of them together are too large for one piece. */
static bool may_be_cut(Str text, DocumentScan *d, Str head, Str first_item, bool too_large) {
    if (text_has_anchor(str_slice(text, d->start, d->end + first_item.len))) return false;
    Str kind = value_at_column(head, 0, STR("kind"));
    if (kind.len && !str_ends(kind, STR("List"))) return false;
    if (kind.len && !str_eq(kind, STR("List"))) {
        d->list_kind = kind;
        d->list_api_version = value_at_column(head, 0, STR("apiVersion"));
    }
    return kind.len || too_large || item_has_kind(first_item, d->dash_column);
}

/* The dash of the first item, on the next line with content behind `items:`. */
static ScanResult first_dash(LineScan *s, Line items, DocumentScan *d, uint32_t *lines) {
    Line line;
    bool mid_line;
    *lines = 0;
    for (d->end = items.next; d->end - items.next <= d->limit; d->end = line.next) {
        if (!line_read_limited(s, d->end, d->limit, &line, &mid_line))
            return s->at_end ? SCAN_DONE : SCAN_MORE;
        if (line_has_content(s->text, line, line.start)) {
            size_t column = line_skip_blanks(s->text, line, line.start) - line.start;
            if (column >= UINT32_MAX) return SCAN_DONE;
            d->dash_column = (uint32_t)column;
            bool dash = item_line(s->text, line, d->dash_column) == LINE_NEXT_ITEM;
            return dash ? SCAN_LIST : SCAN_DONE;
        }
        ++*lines;
    }
    return SCAN_DONE;
}

ScanResult list_scan(LineScan *s, Line line, DocumentScan *d) {
    Str value;
    if (!line_key(s->text, line, line.start, STR("items"), &value) || value.len) return SCAN_DONE;
    d->lists = false;
    uint32_t lines;
    ScanResult result = first_dash(s, line, d, &lines);
    if (result != SCAN_LIST) return result;
    ItemScan item;
    result = item_scan(s, d->end, d->dash_column, d->limit, &item);
    if (result == SCAN_MORE) return SCAN_MORE;
    /* Of an item beyond the limit no more decides than every window holds. */
    size_t known = result == SCAN_TOO_LARGE ? d->end + d->limit : item.end;
    Str head = str_slice(s->text, d->start, line.start);
    Str first_item = str_slice(s->text, d->end, known);
    if (!may_be_cut(s->text, d, head, first_item, result == SCAN_TOO_LARGE)) return SCAN_DONE;
    d->next = d->end;
    d->next_lines += lines;
    return SCAN_LIST;
}
