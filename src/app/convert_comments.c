/* Comments that stand around objects, kept until there is an object to stand at. */
#include "app/convert_comments.h"

#include "change/layout.h"

void comments_begin(Comments *k, uint32_t source, bool wanted, bool header_only) {
    buf_clear(&k->above);
    buf_clear(&k->waiting);
    k->wanted = wanted;
    k->header_only = header_only;
    k->in_header = true;
    k->in_list = k->written = k->sure = k->unknown = false;
    k->source = source;
}

void comments_release(Comments *k) {
    buf_release(&k->above);
    buf_release(&k->waiting);
    hashmap_release(&k->headed);
}

/* ---- lines ---- */

static size_t indentation(Str line) {
    size_t at = 0;
    while (at < line.len && line.data[at] == ' ') at++;
    return at;
}

static bool is_comment(Str line) {
    return str_starts(str_trim(line), STR("#"));
}

/* Where the comment lines start that a text ends with. */
static size_t last_comments(Str text) {
    size_t start = text.len;
    while (start > 0) {
        size_t before = str_find_last_char(str_slice(text, 0, start - 1), '\n');
        size_t line = before == STR_NONE ? 0 : before + 1;
        if (!is_comment(str_slice(text, line, start))) break;
        start = line;
    }
    return start;
}

/* ---- what waits ---- */

static Hash128 source_key(const Comments *k) {
    return hash128_bytes(&k->source, sizeof k->source);
}

static bool may_wait(const Comments *k) {
    if (!k->wanted) return false;
    if (k->in_header) return hashmap_get(&k->headed, source_key(k)) == MAP_NONE;
    return !k->header_only;
}

static void wait_for_object(Comments *k, Str comment) {
    if (may_wait(k)) buf_addf(&k->waiting, STR_FMT "\n", STR_ARG(str_trim(comment)));
}

static void wait_for_objects(Comments *k, Str lines) {
    Str line;
    while (str_split(&lines, '\n', &line))
        if (line.len) wait_for_object(k, line);
}

/* What the piece before left for an item, and no item has taken. */
static void wait_above(Comments *k) {
    if (k->sure) wait_for_objects(k, buf_str(&k->above));
    buf_clear(&k->above);
}

/* ---- pieces ---- */

static void end_list(Comments *k, Stream *s) {
    wait_above(k);
    if (k->in_list) comments_below(k, s);
    k->in_list = false;
}

/* `--- # so` is the only line of it that may say anything else. */
void comments_between(Comments *k, Stream *s, Str text) {
    Str line;
    while (!k->unknown && str_split(&text, '\n', &line)) {
        if (str_starts(line, STR("\xef\xbb\xbf"))) line = str_from_offset(line, 3);
        if (str_starts(line, STR("---"))) line = str_from_offset(line, 3);
        if (!is_comment(line)) continue;
        end_list(k, s);
        wait_for_object(k, line);
    }
}

void comments_piece(Comments *k, Stream *s, const Piece *piece) {
    bool within = piece->kind == PIECE_ITEM || piece->kind == PIECE_TAIL;
    if (!within) end_list(k, s);
    k->in_list = within;
    k->kept = false;
    k->unknown = piece->kind == PIECE_TOO_LARGE;
}

static void keep(Comments *k, Str text, size_t from, bool sure) {
    buf_clear(&k->above);
    buf_add(&k->above, str_from_offset(text, from));
    k->sure = sure;
    k->kept = true;
}

void comments_keep(Comments *k, Str text) {
    if (!k->kept) keep(k, text, last_comments(text), false);
}

void comments_margin(Comments *k, Arena *a, Str text, PieceKind kind) {
    Document doc;
    Margins m;
    if (!k->wanted || !document_parse(a, text, &doc)) return;
    size_t last = kind == PIECE_HEAD ? last_comments(text) : text.len;
    wait_above(k);
    margins_read(&m, &doc);
    for (size_t i = 0; i < m.comments.len && m.comments.items[i].span.start < last; i++)
        wait_for_object(k, span_text(text, m.comments.items[i].span));
    margins_release(&m);
    keep(k, text, last, true);
}

/* The last ones that stand at the item's dash, from behind a commented-out item on. */
static size_t start_of_own(Str above, size_t column) {
    size_t own = above.len, at = 0;
    Str rest = above, line;
    while (at < above.len && str_split(&rest, '\n', &line)) {
        bool item_once = str_starts(str_trim(str_from_offset(str_trim(line), 1)), STR("- "));
        if (indentation(line) != column)
            own = above.len;
        else if (own == above.len && !item_once)
            own = at;
        at += line.len + 1;
    }
    return own;
}

Str comments_for_item(Comments *k, Arena *a, const Piece *item) {
    Str above = buf_str(&k->above), line;
    size_t start = start_of_own(above, indentation(item->text));
    Str rest = str_from_offset(above, start);
    Buf own = {0};
    while (!item->json && str_split(&rest, '\n', &line))
        if (line.len) buf_addf(&own, STR_FMT "\n", STR_ARG(str_trim(line)));
    if (k->sure) wait_for_objects(k, str_slice(above, 0, start));
    buf_clear(&k->above);
    Str copy = str_copy(a, buf_str(&own));
    buf_release(&own);
    return copy;
}

/* ---- objects ---- */

/* An item of flow style takes what is inside of it. */
static Span region_of(const Margins *m, const Node *item) {
    bool block = item->parent && item->parent->style == STYLE_BLOCK;
    return block ? layout_region(m, item) : item->span;
}

size_t comments_before(Comments *k, const Document *doc, const Margins *m, size_t at,
                       const Node *item) {
    Span region = region_of(m, item);
    for (; at < m->comments.len && m->comments.items[at].span.start < region.start; at++)
        wait_for_object(k, span_text(doc->text, m->comments.items[at].span));
    while (at < m->comments.len && m->comments.items[at].span.start < region.end) at++;
    return at;
}

void comments_behind(Comments *k, const Document *doc, const Margins *m, size_t at,
                     const Piece *piece) {
    Str text = doc->text;
    size_t first = at < m->comments.len ? m->comments.items[at].span.start : text.len;
    size_t from = 0;
    if (first < text.len) from = margins_line_start(m, margins_line(m, (uint32_t)first));
    size_t last = from + last_comments(str_from_offset(text, from));
    if (first == text.len || piece->kind != PIECE_ITEM) last = text.len;
    for (; at < m->comments.len && m->comments.items[at].span.start < last; at++)
        wait_for_object(k, span_text(text, m->comments.items[at].span));
    keep(k, text, last, true);
}

void comments_pass(Comments *k) {
    k->in_header = false;
}

Str comments_take(Comments *k, Arena *a, Str text) {
    k->written = true;
    k->crlf = str_find(text, STR("\r\n")) != STR_NONE;
    if (!k->waiting.len) return (Str){0};
    Str lines = str_copy(a, buf_str(&k->waiting));
    buf_clear(&k->waiting);
    if (k->header_only) hashmap_set(&k->headed, source_key(k), 0);
    return lines;
}

/* ---- below the last object ---- */

void comments_below(Comments *k, Stream *s) {
    Str rest = buf_str(&k->waiting), line;
    if (!k->written || k->header_only) return;
    while (str_split(&rest, '\n', &line))
        if (line.len) stream_add_line(s, line, k->crlf);
    buf_clear(&k->waiting);
}

static size_t count_lines(Str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.data[i] == '\n';
    return count;
}

size_t comments_end(Comments *k, Stream *s) {
    wait_above(k);
    comments_below(k, s);
    return k->header_only ? 0 : count_lines(buf_str(&k->waiting));
}
