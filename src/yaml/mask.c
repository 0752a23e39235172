/* Covers templates with bytes of the same length, so that YAML around them can be parsed. */
#include "yaml/mask.h"

#include "yaml/template.h"

#include <string.h>

typedef struct Mask {
    Str text;
    char *bytes;        /* the text at first, the masked text at last */
    Action *all_behind; /* end of the text's actions */
} Mask;

typedef struct MaskLine {
    uint32_t start, end;      /* without the line feed */
    Action *actions, *behind; /* those with a byte on the line */
} MaskLine;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static uint32_t skip_blanks(Str text, uint32_t pos, uint32_t end) {
    while (pos < end && is_blank(text.data[pos])) pos++;
    return pos;
}

static uint32_t indent_of(Str text, const MaskLine *line) {
    uint32_t at = line->start;
    while (at < line->end && text.data[at] == ' ') at++; /* a tab indents nothing */
    return at - line->start;
}

/* The line from `start` on; `a` is the first action that ends behind it. */
static MaskLine line_from(const Mask *m, uint32_t start, Action *a) {
    const char *feed = memchr(m->text.data + start, '\n', m->text.len - start);
    MaskLine line = {.start = start, .actions = a, .behind = a};
    line.end = feed ? (uint32_t)(feed - m->text.data) : (uint32_t)m->text.len;
    while (line.behind < m->all_behind && line.behind->span.start < line.end) line.behind++;
    return line;
}

/* The line behind, false at the end of the text. */
static bool line_next(const Mask *m, MaskLine *line) {
    if (line->end + 1 >= m->text.len) return false;
    Action *a = line->actions;
    while (a < line->behind && a->span.end <= line->end + 1) a++;
    *line = line_from(m, line->end + 1, a);
    return true;
}

/* Nothing but actions and blanks? */
static bool is_bare(const Mask *m, const MaskLine *line) {
    uint32_t pos = line->start;
    for (const Action *a = line->actions; a < line->behind; a++) {
        if (a->span.start > pos && skip_blanks(m->text, pos, a->span.start) < a->span.start)
            return false;
        pos = a->span.end;
    }
    return pos >= line->end || skip_blanks(m->text, pos, line->end) == line->end;
}

/* ---- block scalars ---- */

/* Is this the header of a block scalar (`key: |-`, `- >`)? Then *column is that of the collection
 * that holds it: the scalar's lines are indented more. */
static bool is_block_header(Str line, uint32_t *column) {
    size_t comment = str_find(line, STR(" #"));
    Str text = str_trim(str_slice(line, 0, comment == STR_NONE ? line.len : comment));
    while (text.len && strchr("+-0123456789", text.data[text.len - 1])) text.len--;
    if (text.len < 2 || (text.data[text.len - 1] != '|' && text.data[text.len - 1] != '>'))
        return false;
    Str before = str_trim(str_slice(text, 0, text.len - 1));
    if (!str_ends(before, STR(":")) && !str_ends(before, STR("-"))) return false;
    uint32_t end = (uint32_t)(before.data + before.len - line.data);
    uint32_t at = skip_blanks(line, 0, end);
    while (at + 1 < end && line.data[at] == '-' && is_blank(line.data[at + 1]))
        at = skip_blanks(line, at + 1, end);
    *column = at;
    return true;
}

/* A block scalar that starts with a bare line: spaces alone would be an error when they are more
 * than its indentation, and an empty text when nothing follows. So x's take the place of its first
 * line; this finds their column: that of the content behind, if that belongs to the scalar and is
 * less. */
static bool opens_block(const Mask *m, MaskLine line, uint32_t *column) {
    if (line.start == 0) return false;
    const char *feed = memrchr(m->text.data, '\n', line.start - 1);
    uint32_t start = feed ? (uint32_t)(feed - m->text.data) + 1 : 0;
    uint32_t parent;
    if (!is_block_header(str_slice(m->text, start, line.start - 1), &parent)) return false;
    *column = indent_of(m->text, &line);
    if (*column <= parent) *column = parent + 1;
    while (line_next(m, &line)) {
        if (is_bare(m, &line)) continue;
        uint32_t content = indent_of(m->text, &line);
        if (content > parent) *column = content;
        break;
    }
    return true;
}

/* ---- covering ---- */

static void cover(const Mask *m, const MaskLine *line, const Action *a, char with) {
    uint32_t pos = a->span.start > line->start ? a->span.start : line->start;
    uint32_t end = a->span.end < line->end ? a->span.end : line->end;
    /* the indentation of an action's later lines: an x at column 0 would end everything */
    for (; a->span.start < line->start && pos < end && is_blank(m->text.data[pos]); pos++)
        if (m->text.data[pos] != '\r') m->bytes[pos] = ' ';
    for (; pos < end; pos++)
        if (m->text.data[pos] != '\r') m->bytes[pos] = with;
}

static void cover_bare(const Mask *m, const MaskLine *line) {
    uint32_t column;
    bool opens = opens_block(m, *line, &column);
    for (const Action *a = line->actions; a < line->behind; a++)
        cover(m, line, a, opens ? 'x' : ' ');
    if (!opens) return;
    for (uint32_t i = line->start; i < line->end && i < line->start + column; i++)
        if (m->bytes[i] == 'x') m->bytes[i] = ' ';
}

/* What lies between the first and the last control action of a line is conditional. */
static void join_controls(const MaskLine *line) {
    Action *first = line->actions, *last = line->behind;
    while (first < last && !first->control) first++;
    while (last > first && !last[-1].control) last--;
    for (Action *a = first + 1; a < last; a++) a->joined = true;
}

static void cover_line(const Mask *m, const MaskLine *line) {
    if (is_bare(m, line)) {
        cover_bare(m, line);
        return;
    }
    for (const Action *a = line->actions; a < line->behind; a++)
        cover(m, line, a, a->control ? ' ' : 'x');
    join_controls(line);
}

/* Visits only lines with actions. */
static void cover_all(const Mask *m, Action *a) {
    while (a < m->all_behind) {
        const char *feed = a->span.start ? memrchr(m->text.data, '\n', a->span.start) : NULL;
        MaskLine line = line_from(m, feed ? (uint32_t)(feed - m->text.data) + 1 : 0, a);
        do cover_line(m, &line);
        while (line.behind > line.actions && line.behind[-1].span.end > line.end + 1 &&
               line_next(m, &line));
        a = line.behind;
    }
}

static void list_regions(const ActionVec *actions, MaskRegions *out) {
    for (size_t i = 0; i < actions->len; i++) {
        const Action *a = &actions->items[i];
        if (a->joined)
            vec_last(out)->end = a->span.end;
        else
            vec_push(out, a->span);
    }
}

static bool mask_actions(Arena *arena, Str text, const ActionVec *actions, Str *masked,
                         MaskRegions *regions) {
    *masked = text;
    *regions = (MaskRegions){0};
    if (actions->len > 0) {
        char *bytes = arena_bytes(arena, text.len);
        memcpy(bytes, text.data, text.len);
        Mask mask = {text, bytes, actions->items + actions->len};
        cover_all(&mask, actions->items);
        list_regions(actions, regions);
        *masked = (Str){bytes, text.len};
    }
    return regions->len > 0;
}

bool mask_templates(Arena *arena, Str text, Str *masked, MaskRegions *regions) {
    ActionVec actions = {0};
    template_actions(text, &actions);
    bool any = mask_actions(arena, text, &actions, masked, regions);
    vec_release(&actions);
    return any;
}

/* Both in order; where they overlap, as in `${{ x }}`, the template's action counts. */
static void merge(const ActionVec *templates, const ActionVec *shell, ActionVec *out) {
    size_t s = 0;
    for (size_t t = 0; t <= templates->len; t++) {
        const Action *next = t < templates->len ? &templates->items[t] : NULL;
        for (; s < shell->len && (!next || shell->items[s].span.end <= next->span.start); s++)
            vec_push(out, shell->items[s]);
        if (!next) break;
        while (s < shell->len && shell->items[s].span.start < next->span.end) s++;
        vec_push(out, *next);
    }
}

bool mask_shell(Arena *arena, Str text, Str *masked, MaskRegions *regions) {
    ActionVec templates = {0}, shell = {0}, all = {0};
    template_actions(text, &templates);
    template_shell(text, &shell);
    merge(&templates, &shell, &all);
    bool any = mask_actions(arena, text, &all, masked, regions);
    vec_release(&templates);
    vec_release(&shell);
    vec_release(&all);
    return any;
}
