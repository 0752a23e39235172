/* Finds the selectors of metrics, and reads their matchers. */
#include "model/promql.h"

/* Bytes of a selector that are looked at; without it, texts of nothing but open braces would take
 * for ever. */
enum { LONGEST_SELECTOR = 8192 };

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_escape(Str text, size_t at) {
    return text.data[at] == '\\' && at + 1 < text.len &&
           str_find_char(STR("ntr"), text.data[at + 1]) != STR_NONE;
}

/* Blanks, and those that an outer text escapes. */
static size_t skip_blanks(Str text, size_t at) {
    while (at < text.len && (is_blank(text.data[at]) || is_escape(text, at)))
        at += is_blank(text.data[at]) ? 1 : 2;
    return at;
}

/* ---- metrics ---- */

/* The next word at or behind *at, which ends up behind it. */
static bool next_word(Str text, size_t *at, Span *out) {
    size_t start = *at;
    while (start < text.len && !is_word(text.data[start])) start += is_escape(text, start) ? 2 : 1;
    if (start >= text.len) return false;
    size_t end = start;
    while (end < text.len && is_word(text.data[end])) end++;
    *out = (Span){(uint32_t)start, (uint32_t)end};
    *at = end;
    return true;
}

static bool is_one_of(Str word, const Str *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, texts[i])) return true;
    return false;
}

/* {…, __name__="metric": the brace before it, 0 when there is none. */
static size_t brace_before(Str text, size_t metric) {
    size_t at = metric, least = metric > LONGEST_SELECTOR ? metric - LONGEST_SELECTOR : 0;
    bool named = false;
    while (at > least && text.data[at - 1] != '{' && text.data[at - 1] != '}') at--;
    if (at > least && text.data[at - 1] == '{')
        named = str_find(str_slice(text, at, metric), STR("__name__")) != STR_NONE;
    return named ? at : 0;
}

static size_t first_matcher(Str text, Span metric) {
    size_t at = skip_blanks(text, metric.end);
    bool quoted = at < text.len && (text.data[at] == '"' || text.data[at] == '\'' ||
                                    text.data[at] == '`' || text.data[at] == '\\');
    if (at < text.len && text.data[at] == '{') return at + 1;
    return quoted ? brace_before(text, metric.start) : 0;
}

bool promql_find(Str text, const Str *metrics, size_t count, size_t from, PromSelector *out) {
    size_t at = from;
    while (next_word(text, &at, &out->metric)) {
        if (!is_one_of(span_text(text, out->metric), metrics, count)) continue;
        out->at = first_matcher(text, out->metric);
        return true;
    }
    return false;
}

/* ---- matchers ---- */

static bool read_operator(Str text, size_t *at, PromOperator *out) {
    static const struct {
        Str text;
        PromOperator op;
    } operators[] = {{STR_INIT("!="), PROM_NOT_EQUAL},
                     {STR_INIT("!~"), PROM_NOT_MATCH},
                     {STR_INIT("=~"), PROM_MATCH},
                     {STR_INIT("="), PROM_EQUAL}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!str_starts(str_from_offset(text, *at), operators[i].text)) continue;
        *at += operators[i].text.len;
        *out = operators[i].op;
        return true;
    }
    return false;
}

static bool is_plain(Str value) {
    return str_find(value, STR("[[")) == STR_NONE && str_find(value, STR("{{")) == STR_NONE &&
           str_find(value, STR("<<")) == STR_NONE && str_find_char(value, '$') == STR_NONE &&
           str_find_char(value, '\\') == STR_NONE && str_find_char(value, '\0') == STR_NONE;
}

/* A quote with the backslashes before it: `"`, `\"`, `\\\"`. The same ends the value. */
static bool read_value(Str text, size_t *at, PromMatcher *out) {
    size_t open = *at;
    while (open < text.len && text.data[open] == '\\') open++;
    bool quote = open < text.len && str_find_char(STR("\"'`"), text.data[open]) != STR_NONE;
    if (!quote) return false;
    Str mark = str_slice(text, *at, open + 1);
    size_t length = str_find(str_from_offset(text, open + 1), mark);
    if (length == STR_NONE) return false;
    out->value = (Span){(uint32_t)open + 1, (uint32_t)(open + 1 + length)};
    out->known = is_plain(span_text(text, out->value));
    *at = out->value.end + mark.len;
    return true;
}

bool promql_next(Str all, PromSelector *s, PromMatcher *out) {
    size_t at = s->at;
    Str text = str_slice(all, 0, s->metric.end + LONGEST_SELECTOR);
    while (at && at < text.len && text.data[at] != '}' && text.data[at] != '{') {
        at = skip_blanks(text, at);
        size_t start = at;
        while (at < text.len && is_word(text.data[at])) at++;
        out->label = (Span){(uint32_t)start, (uint32_t)at};
        size_t op = skip_blanks(text, at);
        bool matcher = at > start && read_operator(text, &op, &out->op);
        size_t value = skip_blanks(text, op);
        if (matcher && read_value(text, &value, out)) {
            s->at = value;
            return true;
        }
        if (at == start) at++;
    }
    s->at = 0;
    return false;
}

bool promql_at(Str text, const Str *metrics, size_t count, size_t value, PromMatcher *out) {
    PromSelector s;
    size_t brace = 0;
    for (size_t from = 0; promql_find(text, metrics, count, from, &s); from = s.metric.end) {
        if (s.at && s.at == brace) continue;
        brace = s.at;
        while (promql_next(text, &s, out))
            if (out->value.start <= value && value < out->value.end) return true;
    }
    return false;
}

/* ---- names ---- */

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static bool lists_names(Str value) {
    for (size_t i = 0; i < value.len; i++)
        if (!is_name(value.data[i]) && value.data[i] != '|') return false;
    return true;
}

bool promql_name(Str text, const PromMatcher *m, size_t *at, Span *out) {
    bool several = m->op == PROM_MATCH || m->op == PROM_NOT_MATCH;
    if (!m->known || *at >= m->value.end) return false;
    if (several && !lists_names(span_text(text, m->value))) return false;
    size_t end = m->value.end;
    if (several) {
        size_t bar = str_find_char(str_slice(text, *at, end), '|');
        if (bar != STR_NONE) end = *at + bar;
    }
    *out = (Span){(uint32_t)*at, (uint32_t)end};
    *at = end + 1;
    return true;
}
