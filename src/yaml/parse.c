/* libfyaml's events to our events: the one file that knows the library.
 *
 * Its traps, each measured (docs/decisions/libfyaml.md): input is given as one string, since callback
 * input breaks the marks; flow indentation is sloppy, since manifests close brackets at the parent's
 * column; diagnostics are collected, since the library prints them otherwise; and the position of the
 * stream's end must equal the length of the text, since 0.7 ends a stream silently at what it dislikes. */
#include "yaml/parse.h"

#include "base/error.h"
#include "base/limits.h"
#include "yaml/build.h"
#include "yaml/check.h"
#include "yaml/mask.h"

#include <libfyaml.h>

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

/* The library adds a line break to a block scalar that ends with the text, without one of its own. */
static Str block_text(Arena *a, Str text, struct fy_token *token) {
    size_t len = 0;
    const char *data = fy_token_get_text(token, &len);
    Str value = {data, data ? len : 0};
    bool at_end = fy_token_end_mark(token)->input_pos >= text.len;
    bool open_end = !str_ends(text, STR("\n")) && !str_ends(text, STR("\r"));
    if (at_end && open_end && str_ends(value, STR("\n"))) value.len--;
    return str_copy(a, value);
}

static Event scalar_event(Arena *a, Str text, struct fy_event *e) {
    Event out = {.kind = EVENT_SCALAR,
                 .style = style_of(e),
                 .anchor = token_span(e->scalar.anchor),
                 .tag = token_span(e->scalar.tag)};
    out.marked = fy_event_start_mark(e) != NULL;
    if (out.marked) out.mark = token_span(e->scalar.value);
    if (out.style == STYLE_LITERAL || out.style == STYLE_FOLDED)
        out.block_text = block_text(a, text, e->scalar.value);
    return out;
}

static Event to_event(Arena *a, Str text, struct fy_event *e) {
    switch (e->type) {
    case FYET_SCALAR: return scalar_event(a, text, e);
    case FYET_ALIAS:
        return (Event){.kind = EVENT_ALIAS, .marked = true, .mark = token_span(e->alias.anchor)};
    case FYET_MAPPING_START:
        return (Event){.kind = EVENT_MAP,
                       .style = style_of(e),
                       .anchor = token_span(e->mapping_start.anchor),
                       .tag = token_span(e->mapping_start.tag)};
    case FYET_SEQUENCE_START:
        return (Event){.kind = EVENT_SEQ,
                       .style = style_of(e),
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
    uint32_t at = 0;
    for (; line > 1 && at < text.len; line--) {
        size_t next = str_find_char(str_from_offset(text, at), '\n');
        if (next == STR_NONE) break;
        at += (uint32_t)next + 1;
    }
    for (; column > 1 && at < text.len && text.data[at] != '\n'; column--) {
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
    if (!e || !e->msg) set_error(d, 0, STR("not valid YAML"));
    else set_error(d, offset_of(d->masked, e->line, e->column), str_copy(a, str_from(e->msg)));
}

static bool read_events(Arena *a, Document *d, struct fy_parser *parser, struct fy_diag *diag) {
    Builder b = {.arena = a, .text = d->masked};
    bool ended = false;
    struct fy_event *e;
    while (!b.problem && (e = fy_parser_parse(parser)) != NULL) {
        if (e->type == FYET_STREAM_END)
            ended = fy_event_start_mark(e)->input_pos == d->masked.len;
        if (is_node_event(e)) {
            Event event = to_event(a, d->masked, e);
            builder_add(&b, &event);
        }
        fy_parser_event_free(parser, e);
    }
    if (b.problem) set_error(d, b.cursor, str_from(b.problem)), d->error.limit = b.at_limit;
    else if (!ended) library_error(a, d, diag);
    else d->root = b.root;
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

/* Long runs of blank lines and very many lines cost libfyaml 0.7 quadratic time: refused beforehand. */
static const char *too_slow(Str text, size_t *offset) {
    size_t lines = 0, blank = 0;
    for (size_t at = 0; at < text.len; lines++) {
        size_t end = at;
        while (end < text.len && (text.data[end] == ' ' || text.data[end] == '\r')) end++;
        *offset = at;
        if (end < text.len && text.data[end] == '\n') {
            if (++blank > LIMIT_BLANK_LINES) return "too many blank lines in a row";
            at = end + 1;
            continue;
        }
        blank = 0;
        size_t next = str_find_char(str_from_offset(text, end), '\n');
        at = next == STR_NONE ? text.len : end + next + 1;
    }
    return lines > LIMIT_LINES ? "too many lines in one document" : NULL;
}

bool document_parse(Arena *a, Str text, Document *out) {
    *out = (Document){.text = text, .masked = text};
    size_t offset = 0;
    const char *slow = text.len > LIMIT_DOCUMENT ? "too large" : too_slow(text, &offset);
    if (slow) {
        set_error(out, (uint32_t)offset, str_from(slow));
        out->error.limit = true;
        return false;
    }
    if (!str_trim(text).len) return out->parsed = true;
    MaskRegions masks = {0};
    out->has_masks = mask_templates(a, text, &out->masked, &masks);
    out->parsed = parse_masked(a, out);
    if (!out->parsed) out->root = NULL;
    else document_check(a, out, &masks);
    vec_release(&masks);
    return out->parsed;
}
