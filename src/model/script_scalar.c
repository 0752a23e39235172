/* Scalars of a tree, decoded once more: this time each byte keeps its place. */
#include "model/script_text.h"

#include "yaml/line.h"
#include "yaml/scalar.h"
#include "yaml/template.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* ---- plain and quoted scalars ---- */

static bool is_high_surrogate(Str raw, size_t at) {
    return at + 12 <= raw.len && (raw.data[at + 2] | 0x20) == 'd' && raw.data[at + 3] &&
           str_find_char(STR("89abAB"), raw.data[at + 3]) != STR_NONE &&
           str_starts(str_from_offset(raw, at + 6), STR("\\u"));
}

static size_t escape_length(Str raw, size_t at) {
    char c = at + 1 < raw.len ? raw.data[at + 1] : '\0';
    size_t length = c == 'x' ? 4 : c == 'U' ? 10 : c == 'u' ? 6 : 2;
    if (c == 'u' && is_high_surrogate(raw, at)) length = 12;
    return length < raw.len - at ? length : raw.len - at;
}

/* Behind a backslash at the end of a line, blanks and empty lines are gone. */
static size_t skip_joined(Str raw, size_t at) {
    while (at < raw.len && (is_break(raw.data[at]) || is_blank(raw.data[at]))) at++;
    return at;
}

static size_t put_escape(ScriptText *t, Arena *a, const Script *in, size_t at) {
    Str raw = in->text;
    if (at + 1 < raw.len && is_break(raw.data[at + 1])) return skip_joined(raw, at + 1);
    size_t length = escape_length(raw, at);
    Str decoded = scalar_decode_double(a, str_slice(raw, at, at + length));
    uint32_t origin = script_origin(in, at) | SHELL_APART;
    for (size_t i = 0; i < decoded.len; i++) script_text_put(t, decoded.data[i], origin);
    return at + length;
}

/* Blanks; with line breaks among them they are one space, or as many breaks as there are more. */
static size_t put_blanks(ScriptText *t, const Script *in, size_t at) {
    Str raw = in->text;
    size_t end = at, breaks = 0;
    for (; end < raw.len && (is_blank(raw.data[end]) || is_break(raw.data[end])); end++)
        breaks += is_break(raw.data[end]) &&
                  !(raw.data[end] == '\n' && end > at && raw.data[end - 1] == '\r');
    if (breaks == 0) script_text_copy(t, in, at, end);
    uint32_t origin = script_origin(in, at) | SHELL_APART;
    if (breaks == 1) script_text_put(t, ' ', origin);
    for (; breaks > 1; breaks--) script_text_put(t, '\n', origin);
    return end;
}

static void put_flow(ScriptText *t, Arena *a, const Script *in, NodeStyle style) {
    Str raw = in->text;
    for (size_t at = 0; at < raw.len;) {
        if (style == STYLE_DOUBLE && raw.data[at] == '\\') {
            at = put_escape(t, a, in, at);
        } else if (is_blank(raw.data[at]) || is_break(raw.data[at])) {
            at = put_blanks(t, in, at);
        } else {
            bool quote = style == STYLE_SINGLE && raw.data[at] == '\'';
            script_text_put(t, raw.data[at], script_origin(in, at) | (quote ? SHELL_APART : 0));
            at += quote ? 2 : 1;
        }
    }
}

/* ---- block scalars ---- */

/* Decoding moves and drops white space only, so everything else is found again in order. */
static void put_block(ScriptText *t, const Script *lines, Str value) {
    Str raw = lines->text;
    size_t at = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        bool white = is_blank(c) || is_break(c);
        while (!white && at < raw.len && raw.data[at] != c) at++;
        bool written = at < raw.len && raw.data[at] == c;
        script_text_put(t, c, script_origin(lines, at) | (written ? 0 : SHELL_APART));
        if (written) at++;
    }
}

/* ---- templates ---- */

/* What covers a template in the masked text is unknown; spaces stay, they are conditions. An `x`
 * right behind one may be the template's own. */
static void hide_masked(ScriptText *t, const Document *doc) {
    size_t to = 0;
    bool inside = false;
    for (size_t i = 0; i < t->text.len; i++) {
        uint32_t origin = t->origin.items[i] & ~SHELL_APART;
        bool masked = origin < doc->text.len && doc->masked.data[origin] != doc->text.data[origin];
        inside = t->text.data[i] == 'x' && (masked || inside);
        if (inside && to && t->text.data[to - 1] == SHELL_UNKNOWN) continue;
        t->text.data[to] = inside ? SHELL_UNKNOWN : t->text.data[i];
        t->origin.items[to++] = t->origin.items[i] | (inside || masked ? SHELL_APART : 0);
    }
    t->text.len = t->origin.len = to;
}

/* `{{ x }}` in a text that parses as it is; `${{ x }}` of GitHub with its dollar. */
static void hide_actions(ScriptText *t) {
    if (str_find(buf_str(&t->text), STR("{{")) == STR_NONE) return;
    ActionVec actions = {0};
    template_actions(buf_str(&t->text), &actions);
    size_t to = 0, next = 0;
    for (size_t i = 0; i < t->text.len; i++) {
        while (next < actions.len && actions.items[next].span.end <= i) next++;
        const Action *action = next < actions.len ? &actions.items[next] : NULL;
        uint32_t origin = t->origin.items[i];
        if (action && i > action->span.start) continue;
        char c = t->text.data[i];
        if (action && i == action->span.start) {
            if (to && t->text.data[to - 1] == '$') to--;
            c = action->control ? ' ' : SHELL_UNKNOWN;
            origin |= SHELL_APART;
        }
        t->text.data[to] = c;
        t->origin.items[to++] = origin;
    }
    t->text.len = t->origin.len = to;
    vec_release(&actions);
}

/* ---- the whole ---- */

static Script raw_of(const Document *doc, Span span) {
    return (Script){.text = span_text(doc->masked, span), .start = span.start};
}

Script script_from_scalar(Arena *a, const Document *doc, const Node *n) {
    ScriptText t = {0};
    Span span = n->span;
    if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) {
        span.start = line_next(doc->text, span.start);
        if (span.start > span.end) span.start = span.end;
        Script lines = raw_of(doc, span);
        put_block(&t, &lines, n->value);
    } else {
        bool quoted = n->style != STYLE_PLAIN;
        Script raw = raw_of(doc, (Span){span.start + quoted, span.end - quoted});
        put_flow(&t, a, &raw, n->style);
    }
    if (doc->has_masks) hide_masked(&t, doc);
    hide_actions(&t);
    Script out = script_text_take(&t, a);
    out.carrier = n;
    script_text_release(&t);
    return out;
}
