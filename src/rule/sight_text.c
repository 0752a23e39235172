/* Places inside of a scalar's text: what an expression finds, and names in selectors of PromQL. */
#include "rule/sight_inside.h"

#include "base/buf.h"
#include "model/promql.h"

/* ---- an expression ---- */

/* What names of objects are made of; nothing that ends a quotation in an expression. */
static bool is_name_byte(char c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* "{name}" in an expression is the object's name, taken literally. NULL: it has none, or one that
 * no object may have. */
static Regex *regex_with_name(const Sight *t, Str pattern) {
    Str name = t->resource->identity.name, hole = STR("{name}");
    Buf filled = {0};
    for (size_t i = 0; i < name.len; i++)
        if (!is_name_byte(name.data[i])) return NULL;
    for (size_t at; name.len && (at = str_find(pattern, hole)) != STR_NONE;) {
        buf_add(&filled, str_slice(pattern, 0, at));
        buf_addf(&filled, "\\Q" STR_FMT "\\E", STR_ARG(name));
        pattern = str_from_offset(pattern, at + hole.len);
    }
    buf_add(&filled, pattern);
    Regex *regex = name.len ? regex_new(str_copy(t->s->arena, buf_str(&filled))) : NULL;
    buf_release(&filled);
    return regex;
}

static void find_all(SightText *t, Regex *regex) {
    Matcher *matcher = t->sight->s->matcher;
    Str text = t->text.text;
    RegexMatch found;
    for (size_t from = 0; from <= text.len;) {
        RegexResult result = regex_find(regex, matcher->scratch, text, from, &found);
        if (result == REGEX_LIMIT) matcher->limit_hit = true;
        if (result != REGEX_FOUND) return;
        Str match = found.groups[1].data ? found.groups[1] : found.groups[0];
        uint32_t start = (uint32_t)(match.data - text.data);
        if (match.len) sight_part(t, (Span){start, start + (uint32_t)match.len});
        from = found.end > from ? found.end : from + 1;
    }
}

/* ---- PromQL ---- */

static bool is_found(SightText *t, Regex *regex, Str name) {
    Matcher *matcher = t->sight->s->matcher;
    RegexMatch found;
    RegexResult result = regex_find(regex, matcher->scratch, name, 0, &found);
    if (result == REGEX_LIMIT) matcher->limit_hit = true;
    return result == REGEX_FOUND;
}

/* `regex` may be NULL: any name will do. */
static void point_label(SightText *t, const Each *each, Regex *regex, PromSelector *selector) {
    Str text = t->text.text;
    PromMatcher m;
    Span name;
    while (promql_next(text, selector, &m)) {
        bool left_out = m.op == PROM_NOT_EQUAL || m.op == PROM_NOT_MATCH;
        if (!str_eq(span_text(text, m.label), each->label)) continue;
        /* That it is not there, or another one, is meant. */
        if (left_out && (t->sight->rule->refers.none || regex)) continue;
        for (size_t at = m.value.start; promql_name(text, &m, &at, &name);)
            if (!span_empty(name) && (!regex || is_found(t, regex, span_text(text, name))))
                sight_part(t, name);
    }
}

/* Several metrics may stand in the braces of one selector, which is read once. */
static void point_promql(SightText *t, const Each *each, Regex *regex) {
    PromSelector s;
    size_t brace = 0;
    for (size_t from = 0;
         promql_find(t->text.text, each->metrics.items, each->metrics.len, from, &s);
         from = s.metric.end) {
        if (!each->label.len) {
            sight_part(t, s.metric);
        } else if (s.at && s.at != brace) {
            brace = s.at;
            point_label(t, each, regex, &s);
        }
    }
}

/* Where it is written it is met too, or another alias has led there. */
static bool is_new(Sight *sight, const Node *found, const Node *node) {
    Hash128 key = hash128((Str){(const char *)&node, sizeof node});
    if (found == node && !node->anchor.len) return true;
    if (hashmap_get(&sight->looked_into, key) != MAP_NONE) return false;
    hashmap_set(&sight->looked_into, key, 0);
    return true;
}

void sight_text(Sight *sight, const Each *each, const Node *found) {
    const Node *node = node_resolve(found);
    if (!node || node->kind != NODE_SCALAR || !is_new(sight, found, node)) return;
    SightText t = {sight, script_from_scalar(sight->s->arena, sight->s->doc, node), 0};
    bool named = str_find(each->find, STR("{name}")) != STR_NONE;
    Regex *own = named ? regex_with_name(sight, each->find) : NULL;
    Regex *shared = sight->s->matcher->regexes[each->regex];
    Regex *regex = named ? own : each->find.len ? shared : NULL;
    bool nameless = each->find.len && !regex; /* about a name that the object does not have */
    if (!nameless && each->metrics.len)
        point_promql(&t, each, regex);
    else if (!nameless)
        find_all(&t, regex);
    regex_free(own);
}
