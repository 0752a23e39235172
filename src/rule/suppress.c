/* Reading suppressions. */
#include "rule/suppress.h"

#include "base/names.h"
#include "rule/select.h"

static bool starts_comment(Str line, size_t hash) {
    return hash == 0 || line.data[hash - 1] == ' ' || line.data[hash - 1] == '\t';
}

/* An odd number of quotes before it: the text is a value that speaks of comments. */
static bool in_quotes(Str line, size_t at) {
    size_t quotes = 0;
    for (size_t i = 0; i < at; i++) quotes += line.data[i] == '"';
    return quotes % 2 == 1;
}

/* Where the comment that holds offset `at` of the line starts; STR_NONE when it is no comment. */
static size_t comment_start(Str line, size_t at) {
    Str before = str_trim(str_slice(line, 0, at));
    size_t end = before.len ? (size_t)(before.data - line.data) + before.len : 0;
    if (str_ends(before, STR("<!--"))) return end - 4;
    if (!str_ends(before, STR("#"))) return STR_NONE;
    return starts_comment(line, end - 1) && !in_quotes(line, end - 1) ? end - 1 : STR_NONE;
}

static Str comment_text(Str line, size_t from) {
    Str text = str_trim(str_from_offset(line, from));
    if (str_ends(text, STR("-->"))) text = str_trim(str_slice(text, 0, text.len - 3));
    return text;
}

static Str line_around(Str text, size_t at, size_t *start) {
    size_t before = str_find_last_char(str_slice(text, 0, at), '\n');
    *start = before == STR_NONE ? 0 : before + 1;
    size_t len = str_find_char(str_from_offset(text, *start), '\n');
    return str_slice(text, *start, len == STR_NONE ? text.len : *start + len);
}

/* What convert --annotate writes asks for nothing, whatever it quotes. */
static bool is_note(Str text) {
    return str_starts(text, STR("note: "));
}

void suppress_each(Str text, SuppressVisit visit, void *context) {
    static const Str mark = STR_INIT("unstale:");
    for (size_t at = 0;;) {
        size_t found = str_find(str_from_offset(text, at), mark);
        if (found == STR_NONE) return;
        at += found;
        size_t start;
        Str line = line_around(text, at, &start);
        size_t comment = comment_start(line, at - start);
        Str said = comment_text(line, at - start + mark.len);
        if (comment != STR_NONE && is_note(said)) {
            at = start + line.len;
            continue;
        }
        if (comment != STR_NONE) {
            bool own_line = str_trim(str_slice(line, 0, comment)).len == 0;
            Span span = {(uint32_t)(start + comment), (uint32_t)(start + line.len)};
            visit(context, span, said, own_line);
        }
        at += mark.len;
    }
}

static bool read_until(Str *rest, FileSuppression *out, Error *err) {
    if (!str_starts(*rest, STR("until="))) return true;
    Str date = str_from_offset(*rest, 6);
    size_t blank = str_find_char(date, ' ');
    *rest = blank == STR_NONE ? (Str){0} : str_trim(str_from_offset(date, blank));
    date = str_slice(date, 0, blank);
    if (date_parse(date, &out->until)) return true;
    return error_set(err, "'" STR_FMT "' is no date; write until=YYYY-MM-DD", STR_ARG(date));
}

/* A date in the reason would be read by people alone: silence for ever where an end was meant. */
static bool has_late_date(Str reason) {
    Str word;
    while (str_split(&reason, ' ', &word))
        if (str_starts(str_trim(word), STR("until="))) return true;
    return false;
}

bool suppress_parse(Str text, FileSuppression *out, Error *err) {
    *out = (FileSuppression){0};
    if (!str_starts(text, STR("ignore["))) return error_set(err, "write ignore[RULE] why: REASON");
    size_t close = str_find_char(text, ']');
    if (close == STR_NONE) return error_set(err, "the closing ']' is missing");
    out->selectors = str_trim(str_slice(text, 7, close));
    Str rest = str_trim(str_from_offset(text, close + 1));
    if (!out->selectors.len) return error_set(err, "it names no rule");
    if (!read_until(&rest, out, err)) return false;
    if (str_starts(rest, STR("why:"))) out->reason = str_trim(str_from_offset(rest, 4));
    if (!out->reason.len) return error_set(err, "it gives no reason; end it with why: REASON");
    if (has_late_date(out->reason)) return error_set(err, "until=YYYY-MM-DD goes before why:");
    return true;
}

bool suppress_parse_annotation(Str value, FileSuppression *out, Error *err) {
    *out = (FileSuppression){0};
    size_t colon = str_find_char(value, ':');
    out->selectors = str_trim(str_slice(value, 0, colon));
    if (colon != STR_NONE) out->reason = str_trim(str_from_offset(value, colon + 1));
    if (!out->selectors.len) return error_set(err, "it names no rule; write \"RULE: REASON\"");
    if (!out->reason.len) return error_set(err, "it gives no reason; write \"RULE: REASON\"");
    if (has_late_date(out->reason))
        return error_set(err, "an annotation has no until=; write a comment, or suppress: in the "
                              "configuration");
    return true;
}

bool suppress_means(const FileSuppression *s, const Rule *rule) {
    Str rest = s->selectors, selector;
    while (str_split(&rest, ',', &selector))
        if (selector_names(str_trim(selector), rule)) return true;
    return false;
}

bool suppress_known(const FileSuppression *s, const RuleSet *rules, Error *err) {
    Str rest = s->selectors, selector;
    while (str_split(&rest, ',', &selector))
        if (!selector_check(rules, str_trim(selector), err)) return false;
    return true;
}

bool suppress_active(const FileSuppression *s, const RuleSet *rules, const uint64_t *active) {
    for (size_t i = 0; i < rules->count; i++)
        if ((active[i / 64] >> (i % 64) & 1) && suppress_means(s, &rules->rules[i])) return true;
    return false;
}
