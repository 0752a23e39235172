/* libfyaml's events to our events: the one file that knows the library.
 *
 * Its traps, each measured (docs/decisions/libfyaml.md): input is given as one string, since
 * callback input breaks the marks; flow indentation is sloppy, since manifests close brackets at
 * the parent's column; diagnostics are collected, since the library prints them otherwise; and the
 * position of the stream's end must equal the length of the text, since 0.7 ends a stream silently
 * at what it dislikes. */
#include "yaml/parse.h"

#include "base/error.h"
#include "base/limits.h"
#include "yaml/build.h"
#include "yaml/check.h"
#include "yaml/hazard.h"
#include "yaml/line.h"
#include "yaml/mask.h"

#include <libfyaml.h>
#include <string.h>

static Span token_span(struct fy_token *token) {
    if (!token) return (Span){0};
    return (Span){(uint32_t)fy_token_start_mark(token)->input_pos,
                  (uint32_t)fy_token_end_mark(token)->input_pos};
}

static NodeStyle style_of(struct fy_event *e) {
    switch (fy_event_get_node_style(e)) {
    case FYNS_FLOW: return STYLE_FLOW;
    case FYNS_BLOCK: return STYLE_BLOCK;
    case FYNS_SINGLE_QUOTED: return STYLE_SINGLE;
    case FYNS_DOUBLE_QUOTED: return STYLE_DOUBLE;
    case FYNS_LITERAL: return STYLE_LITERAL;
    case FYNS_FOLDED: return STYLE_FOLDED;
    default: return STYLE_PLAIN;
    }
}

static Event scalar_event(struct fy_event *e) {
    Event out = {.kind = EVENT_SCALAR,
                 .style = style_of(e),
                 .anchor = token_span(e->scalar.anchor),
                 .tag = token_span(e->scalar.tag)};
    out.marked = fy_event_start_mark(e) != NULL;
    if (out.marked) out.mark = token_span(e->scalar.value);
    return out;
}

/* Does the collection have brackets of its own? The pair in `[{a: b}: c]` has not. */
static bool is_bracket(Str text, struct fy_token *token, char bracket) {
    Span span = token_span(token);
    return token && span.end == span.start + 1 && text.data[span.start] == bracket;
}

static Event to_event(Str text, struct fy_event *e) {
    switch (e->type) {
    case FYET_SCALAR: return scalar_event(e);
    case FYET_ALIAS:
        return (Event){.kind = EVENT_ALIAS, .marked = true, .mark = token_span(e->alias.anchor)};
    case FYET_MAPPING_START:
        return (Event){.kind = EVENT_MAP,
                       .style = style_of(e),
                       .marked = is_bracket(text, e->mapping_start.mapping_start, '{'),
                       .anchor = token_span(e->mapping_start.anchor),
                       .tag = token_span(e->mapping_start.tag)};
    case FYET_SEQUENCE_START:
        return (Event){.kind = EVENT_SEQ,
                       .style = style_of(e),
                       .marked = is_bracket(text, e->sequence_start.sequence_start, '['),
                       .anchor = token_span(e->sequence_start.anchor),
                       .tag = token_span(e->sequence_start.tag)};
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: return (Event){.kind = EVENT_END};
    default: return (Event){.kind = EVENT_DOCUMENT};
    }
}

static bool is_node_event(const struct fy_event *e) {
    return e->type != FYET_STREAM_START && e->type != FYET_STREAM_END &&
           e->type != FYET_DOCUMENT_END;
}

static uint32_t offset_of(Str text, int line, int column) {
    uint32_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (; line > 1 && at < text.len; line--) at = line_next(text, at);
    for (; column > 1 && at < text.len && !is_break(text.data[at]); column--) {
        at++;
        while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80) at++;
    }
    return at;
}

static void set_error(Document *d, uint32_t offset, Str message) {
    uint32_t len = (uint32_t)d->text.len;
    if (offset > len) offset = len;
    d->error = (Fault){.span = {offset, offset < len ? offset + 1 : len}, .message = message};
}

/* The library's first complaint, in its words. */
static void library_error(Arena *a, Document *d, struct fy_diag *diag) {
    void *previous = NULL;
    struct fy_diag_error *e = fy_diag_errors_iterate(diag, &previous);
    if (!e || !e->msg)
        set_error(d, 0, STR("not valid YAML"));
    else
        set_error(d, offset_of(d->masked, e->line, e->column), str_copy(a, str_from(e->msg)));
}

static bool read_events(Arena *a, Document *d, struct fy_parser *parser, struct fy_diag *diag) {
    Builder b = {.arena = a, .text = d->masked};
    bool ended = false;
    struct fy_event *e;
    while (!b.problem && (e = fy_parser_parse(parser)) != NULL) {
        if (e->type == FYET_STREAM_END) ended = fy_event_start_mark(e)->input_pos == d->masked.len;
        if (is_node_event(e)) {
            Event event = to_event(d->masked, e);
            builder_add(&b, &event);
        }
        fy_parser_event_free(parser, e);
    }
    if (ended && b.root && !b.problem) builder_finish(&b);
    if (b.problem)
        set_error(d, b.cursor, str_from(b.problem)), d->error.limit = b.at_limit;
    else if (!ended)
        library_error(a, d, diag);
    else
        d->root = b.root;
    d->nodes = b.nodes;
    builder_release(&b);
    return ended && !d->error.message.len;
}

static bool parse_masked(Arena *a, Document *d) {
    struct fy_diag_cfg diag_cfg;
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL; /* otherwise complaints that have no token go to standard error */
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg cfg = {.diag = diag,
                               .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                        FYPCF_DEFAULT_VERSION_AUTO | FYPCF_SLOPPY_FLOW_INDENTATION |
                                        FYPCF_DISABLE_DEPTH_LIMIT};
    struct fy_parser *parser = fy_parser_create(&cfg);
    if (!diag || !parser) bug("libfyaml gave no parser");
    bool ok = fy_parser_set_string(parser, d->masked.data, d->masked.len) == 0 &&
              read_events(a, d, parser, diag);
    if (!ok && !d->error.message.len) set_error(d, 0, STR("not valid YAML"));
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return ok;
}

/* A byte order mark in front of a later line (files put together by `cat`) would become part of a
 * key and hide it. Covered by spaces the line is either read as meant, or does not parse and is
 * told. */
static void cover_byte_order_marks(Arena *a, Document *d) {
    static const Str mark = STR_INIT("\n\xEF\xBB\xBF");
    size_t at = str_find(d->masked, mark);
    if (at == STR_NONE) return;
    char *covered = (char *)str_copy(a, d->masked).data;
    for (size_t from = 0; at != STR_NONE; at = str_find(str_from_offset(d->masked, from), mark)) {
        memset(covered + from + at + 1, ' ', 3);
        from += at + mark.len;
    }
    d->masked.data = covered;
}

/* The bytes of a line that a shell cuts off count as blanks: there are as many on each. */
static void cover_tabs(Arena *a, Document *d) {
    char *covered = (char *)str_copy(a, d->masked).data;
    for (uint32_t line = 0; line < d->masked.len; line = line_next(d->masked, line))
        for (uint32_t i = line; i < d->masked.len && covered[i] == '\t'; i++) covered[i] = ' ';
    d->masked.data = covered;
}

static void mask(Arena *a, Document *d, MaskRegions *masks) {
    bool shell = d->form & FORM_EXPANDED;
    if (d->text.len > LIMIT_DOCUMENT) return;
    d->has_masks = shell ? mask_shell(a, d->text, &d->masked, masks)
                         : mask_templates(a, d->text, &d->masked, masks);
    if (d->form & FORM_TABBED) cover_tabs(a, d);
}

Str document_masked(Arena *a, Str text, uint8_t form) {
    Document d = {.text = text, .masked = text, .form = form};
    MaskRegions masks = {0};
    mask(a, &d, &masks);
    vec_release(&masks);
    return d.masked;
}

bool document_parse(Arena *a, Str text, Document *out) {
    return document_parse_as(a, text, FORM_PLAIN, out);
}

bool document_parse_as(Arena *a, Str text, uint8_t form, Document *out) {
    *out = (Document){.text = text, .masked = text, .form = form};
    MaskRegions masks = {0};
    mask(a, out, &masks);
    cover_byte_order_marks(a, out);
    Hazard hazard = yaml_hazard(out->masked);
    if (hazard.why) {
        set_error(out, (uint32_t)hazard.offset, str_from(hazard.why));
        out->error.limit = hazard.limit;
    } else {
        out->parsed = !str_trim(text).len || parse_masked(a, out);
    }
    if (!out->parsed)
        out->root = NULL;
    else
        document_check(a, out, &masks);
    vec_release(&masks);
    return out->parsed;
}
