/* Where YAML documents, Lists and the items of Lists begin and end, told from lines alone.
 *
 * Every scan starts at a line and answers SCAN_MORE when the text may end before the border does
 * (the caller comes again with more text), never when the LineScan is at its end. A scan that
 * passes its limit answers SCAN_TOO_LARGE at the first line start behind it. */
#ifndef INPUT_YAML_BORDERS_H
#define INPUT_YAML_BORDERS_H

#include "input/line_scan.h"

typedef enum {
    SCAN_MORE,
    SCAN_DONE,
    SCAN_LIST, /* a document that is a List to be cut: it was followed up to its first item */
    SCAN_TOO_LARGE,
} ScanResult;

typedef struct DocumentScan {
    /* What the caller says. */
    uint32_t indent; /* the column of `---` and `...` */
    bool directives; /* `%` lines are directives: the text starts here, or `...` stands before */
    bool open;       /* the document has begun already: this is its tail */
    bool lists;      /* Lists may be cut */
    size_t limit;

    /* What was found. [start, end) is the document, `next` where the next one may begin. */
    size_t start, end, next;
    uint32_t start_lines, next_lines; /* line breaks from where the scan began up to these places */
    bool has_directives;
    bool content;  /* there is more in it than blank lines, comments and markers */
    bool closed;   /* by `...` */
    bool mid_line; /* SCAN_TOO_LARGE: `next` is in the middle of a line */
    /* SCAN_LIST: the items begin at `next`, with dashes at this column. A typed List's names, when
     * they stand before its items; else empty. */
    uint32_t dash_column;
    Str list_api_version, list_kind;
} DocumentScan;

ScanResult document_scan(LineScan *s, size_t from, DocumentScan *d);

typedef struct ItemScan {
    size_t end;
    uint32_t lines;
    bool more;     /* another item follows at `end` */
    bool mid_line; /* as above */
} ItemScan;

/* The item whose dash stands on the line at `from`, with the comments and blank lines behind it. */
ScanResult item_scan(LineScan *s, size_t from, uint32_t dash_column, size_t limit, ItemScan *out);

typedef enum { LINE_OF_ITEM, LINE_NEXT_ITEM, LINE_BEHIND_ITEMS } ItemLine;
ItemLine item_line(Str text, Line line, uint32_t dash_column);

/* The next line; when it is longer than the limit, and its end is not in the text, as much of it as
 * there is, with *mid_line set. */
bool line_read_limited(LineScan *s, size_t from, size_t limit, Line *out, bool *mid_line);

#endif
