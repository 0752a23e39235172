/* Text rules, line by line. */
#include "rule/text.h"

#include "base/glob.h"
#include "base/limits.h"

bool text_wants(const Rule *rule, Str path) {
    for (size_t i = 0; rule->match == MATCH_TEXT && i < rule->files.len; i++) {
        if (path_glob_match(rule->files.items[i], path)) return true;
    }
    return false;
}

/* Searching for words is many times faster than the expression, and most lines have none. */
static bool has_literal(const Rule *rule, Str line) {
    for (size_t i = 0; i < rule->literals.len; i++) {
        if (str_find(line, rule->literals.items[i]) != STR_NONE) return true;
    }
    return false;
}

static size_t line_length(Str rest) {
    size_t lf = str_find_char(rest, '\n');
    if (lf == STR_NONE) lf = rest.len;
    size_t cr = str_find_char(str_slice(rest, 0, lf), '\r');
    return cr == STR_NONE ? lf : cr;
}

typedef struct Search {
    const Rule *rule;
    Matcher *matcher;
    TextVisit visit;
    void *context;
    bool stopped;
} Search;

static Span match_span(const RegexMatch *found, Str line, size_t offset) {
    size_t start = found->start, end = found->end;
    if (found->groups[1].data) {
        start = (size_t)(found->groups[1].data - line.data);
        end = start + found->groups[1].len;
    }
    return (Span){(uint32_t)(offset + start), (uint32_t)(offset + end)};
}

/* False when the expression ran into its limit. */
static bool search_line(Search *s, Str line, size_t offset) {
    Regex *regex = s->matcher->regexes[s->rule->regex];
    RegexMatch found;
    for (size_t from = 0; from <= line.len && !s->stopped;) {
        switch (regex_find(regex, s->matcher->scratch, line, from, &found)) {
        case REGEX_NONE: return true;
        case REGEX_LIMIT: s->matcher->limit_hit = true; return false;
        case REGEX_FOUND: break;
        }
        s->stopped = !s->visit(s->context, match_span(&found, line, offset));
        from =
            found.end > from ? found.end : from + 1; /* an empty match must not be found forever */
    }
    return true;
}

static Str line_at(Str text, size_t at) {
    Str rest = str_from_offset(text, at);
    return str_slice(rest, 0, line_length(rest));
}

/* Is the answer certain, and as the question wants it? */
static bool holds(const CommandAsk *ask, Str text, Matcher *m) {
    RegexResult result = REGEX_NONE;
    RegexMatch found;
    for (size_t at = 0; at < text.len && result == REGEX_NONE;) {
        Str line = line_at(text, at);
        result = line.len > LIMIT_LINE
                     ? REGEX_LIMIT
                     : regex_find(m->regexes[ask->regex], m->scratch, line, 0, &found);
        at += line.len + 1;
    }
    return result == (ask->absent ? REGEX_NONE : REGEX_FOUND);
}

bool text_can_be_replaced(const Rule *rule, Str text, Matcher *m) {
    bool good = true;
    for (size_t i = 0; i < rule->fix.only_count && good; i++)
        good = holds(&rule->fix.only[i], text, m);
    return good;
}

bool text_each(const Rule *rule, Str text, Matcher *m, TextVisit visit, void *context,
               Span *limit) {
    Search search = {rule, m, visit, context, false};
    bool complete = true;
    for (size_t at = 0; at < text.len && !search.stopped;) {
        Str line = line_at(text, at);
        bool judged =
            !has_literal(rule, line) || (line.len <= LIMIT_LINE && search_line(&search, line, at));
        if (!judged && complete) *limit = (Span){(uint32_t)at, (uint32_t)(at + line.len)};
        complete = complete && judged;
        at += line.len + 1;
    }
    return complete;
}
