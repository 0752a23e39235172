/* Lines of a text that may end anywhere, and what can be told from a line of YAML alone.
 *
 * A line ends with LF, CRLF or a lone CR. A LineScan remembers where the next LF and the next CR
 * stand, so that walking over a text costs about one memchr a line whatever its line ends are.
 *
 *     LineScan s = line_scan(text, at_end);
 *     Line line;
 *     for (size_t at = 0; line_read(&s, at, &line); at = line.next) ... */
#ifndef INPUT_LINE_SCAN_H
#define INPUT_LINE_SCAN_H

#include "base/str.h"

typedef struct Gap {
    size_t from, to; /* the byte looked for is not in [from, to), but at `to` or nowhere */
} Gap;

typedef struct LineScan {
    Str text;
    bool at_end; /* nothing follows the text; otherwise its last line may be incomplete */
    Gap line_feed, carriage_return;
} LineScan;

typedef struct Line {
    size_t start, end, next; /* end: without the line break */
} Line;

LineScan line_scan(Str text, bool at_end);

/* The line that starts at `from`; false when its end is not in the text, or nothing is left. */
bool line_read(LineScan *s, size_t from, Line *out);

/* The first byte of the line at or after `from` that is no space or tab; line.end when none. */
size_t line_skip_blanks(Str text, Line line, size_t from);

/* Does the line hold more than blanks and a comment? */
bool line_has_content(Str text, Line line, size_t from);

/* Is `at` the end of the line, or a blank? What `-`, `:`, `---` need behind them. */
bool line_blank_at(Str text, Line line, size_t at);

typedef enum { MARKER_NONE, MARKER_START, MARKER_END } Marker;

/* `---` or `...` at column `indent`, with a blank or nothing behind. `... text` is no marker: it is
 * an error, and must stay in a document to be found. */
Marker line_marker(Str text, Line line, uint32_t indent);

/* `key:`, "key": or 'key': at `at`; *value: what follows, trimmed, no quotes or comment. */
bool line_key(Str text, Line line, size_t at, Str key, Str *value);

#endif
