/* Reading habits off a document, and writing scalars by them. */
#include "change/style.h"

#include "base/json.h"

#include <string.h>

/* The first one tells. */
Str style_newline(const Document *doc) {
    size_t at = str_find_char(doc->text, '\n');
    return at != STR_NONE && at > 0 && doc->text.data[at - 1] == '\r' ? STR("\r\n") : STR("\n");
}

/* The first nested block map and the first block sequence under a key tell the habit. */
static void read_habits(Style *s, const Margins *m, const Node *n, bool *map_seen, bool *seq_seen) {
    NODE_EACH (child, n) {
        if (*map_seen && *seq_seen) return;
        if (child->first && child->style == STYLE_BLOCK && n->kind == NODE_MAP) {
            uint32_t outer = margins_column(m, child->entry);
            uint32_t inner = margins_column(m, child->first->entry);
            if (child->kind == NODE_MAP && !*map_seen && inner > outer) {
                s->step = inner - outer;
                *map_seen = true;
            } else if (child->kind == NODE_SEQ && !*seq_seen && inner >= outer) {
                s->dash_step = inner - outer;
                *seq_seen = true;
            }
        }
        read_habits(s, m, child, map_seen, seq_seen);
    }
}

bool style_is_json(const Document *doc) {
    const Node *root = doc->root;
    if (root && root->kind == NODE_SEQ && root->first && root->style == STYLE_BLOCK) return false;
    if (!root || root->style != STYLE_FLOW) return false;
    NODE_EACH (child, root)
        if (child->key && child->key->style != STYLE_DOUBLE) return false;
    return true;
}

static Str colon_of(const Document *doc, const Node *n) {
    NODE_EACH (child, n) {
        if (child->key) return str_slice(doc->text, child->key->span.end, child->span.start);
        Str inner = colon_of(doc, child);
        if (inner.len) return inner;
    }
    return (Str){0};
}

/* From the first collection that is spread over lines: its children against its closing bracket. */
static uint32_t flow_step_of(const Margins *m, const Node *n) {
    if (n->style == STYLE_FLOW && n->first) {
        uint32_t last = margins_line(m, n->span.end - 1), open = margins_column(m, n->span.end - 1);
        uint32_t child = margins_column(m, n->first->entry);
        if (margins_line(m, n->first->entry) < last && child > open) return child - open;
    }
    uint32_t step = 0;
    for (const Node *child = n->first; child && !step; child = child->next)
        step = flow_step_of(m, child);
    return step;
}

/* The first line that is indented tells. In YAML a tab indents nothing. */
char style_indent(const Document *doc) {
    Str text = doc->text, line;
    if (!style_is_json(doc)) return ' ';
    while (str_split(&text, '\n', &line))
        if (str_starts(line, STR(" ")) || str_starts(line, STR("\t"))) return line.data[0];
    return ' ';
}

Style style_of(const Document *doc, const Margins *m) {
    Style s = {.newline = style_newline(doc), .step = 2, .json = style_is_json(doc)};
    if (doc->root) s.flow_step = flow_step_of(m, doc->root);
    s.indent = style_indent(doc);
    if (!s.flow_step) s.flow_step = s.indent == '\t' ? 1 : 2;
    bool map_seen = false, seq_seen = false;
    if (doc->root) read_habits(&s, m, doc->root, &map_seen, &seq_seen);
    s.colon = s.json ? colon_of(doc, doc->root) : (Str){0};
    if (!s.colon.len || str_find_char(s.colon, '\n') != STR_NONE) s.colon = STR(": ");
    return s;
}

/* ---- scalars ---- */

/* May the text stand as a plain scalar and read as the same string? Narrower than YAML allows: the
 * cost of a wrong no is a pair of quotes. */
static bool plain_is_safe(Str text, bool in_flow) {
    if (!text.len || plain_is_typed(text)) return false;
    if (strchr("-?:,[]{}#&*!|>'\"%@` \t", text.data[0])) {
        bool word_follows =
            text.len > 1 && text.data[0] == '-' && text.data[1] != ' ' && text.data[1] != '-';
        if (!word_follows) return false;
    }
    char last = text.data[text.len - 1];
    if (last == ' ' || last == '\t' || last == ':') return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x20 || c == 0x7f) return false;
        if (in_flow && strchr(",[]{}", c)) return false;
        if (c == ':' && (text.data[i + 1] == ' ' || (in_flow && i + 1 < text.len))) return false;
        if (c == '#' && text.data[i - 1] == ' ') return false;
    }
    return true;
}

static bool fits_single_quotes(Str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f) return false;
    return true;
}

static void write_single(Str text, Buf *out) {
    buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\'') buf_add_char(out, '\'');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '\'');
}

/* A JSON string is a double-quoted YAML scalar. */
static void write_double(Str text, Buf *out) {
    buf_add_char(out, '"');
    json_escape(out, text);
    buf_add_char(out, '"');
}

static void write_string(const Style *s, Str text, NodeStyle quotes, bool in_flow, Buf *out) {
    bool plain = !s->json && quotes == STYLE_PLAIN && plain_is_safe(text, in_flow);
    bool single = !s->json && quotes == STYLE_SINGLE && fits_single_quotes(text);
    if (plain)
        buf_add(out, text);
    else if (single)
        write_single(text, out);
    else
        write_double(text, out);
}

void style_write_scalar(const Style *s, const Target *t, bool in_flow, Buf *out) {
    if (t->type == SCALAR_PLAIN) {
        buf_add(out, t->text);
        return;
    }
    NodeStyle quotes = t->source && t->source->kind == NODE_SCALAR ? t->source->style : STYLE_PLAIN;
    write_string(s, t->text, quotes, in_flow, out);
}

void style_write_key(const Style *s, Str key, NodeStyle quotes, bool in_flow, Buf *out) {
    write_string(s, key, quotes, in_flow, out);
}
