/* Filling holes. */
#include "app/words.h"

#include "rule/message.h"

typedef struct Words {
    const Scan *scan;
    const Finding *finding;
    const RegexMatch *match;
} Words;

static Str value_of_hole(void *context, Str hole) {
    const Words *w = context;
    const Finding *f = w->finding;
    if (str_eq(hole, STR("kind"))) return scan_text(w->scan, f->kind);
    if (str_eq(hole, STR("group"))) return scan_text(w->scan, f->group);
    if (str_eq(hole, STR("version"))) return scan_text(w->scan, f->version);
    if (str_eq(hole, STR("namespace"))) return scan_text(w->scan, f->namespace);
    if (str_eq(hole, STR("name"))) return scan_text(w->scan, f->name);
    if (str_eq(hole, STR("object"))) return scan_text(w->scan, f->title);
    if (str_eq(hole, STR("value"))) return scan_text(w->scan, f->value);
    return hole_value(&w->scan->rules->rules[f->rule], scan_text(w->scan, f->holes), hole);
}

Str finding_words(const Scan *scan, Arena *a, const Finding *f, Str template) {
    Words w = {.scan = scan, .finding = f};
    return message_fill(a, template, value_of_hole, &w);
}

static Str group_of_hole(void *context, Str hole) {
    const Words *w = context;
    if (str_eq(hole, STR("match"))) return w->match->groups[w->match->groups[1].data ? 1 : 0];
    bool digit = hole.len == 1 && hole.data[0] >= '1' && hole.data[0] <= '9';
    return digit ? w->match->groups[hole.data[0] - '0'] : (Str){0};
}

bool match_words(const Scan *scan, Arena *a, const Finding *f, Str piece, Str template, Str *out) {
    size_t at = (size_t)(f->place.start - f->piece);
    size_t before = str_find_last_char(str_slice(piece, 0, at), '\n');
    Str line = str_from_offset(piece, before == STR_NONE ? 0 : before + 1);
    line = str_slice(line, 0, str_find_char(line, '\n'));
    RegexScratch *scratch = regex_scratch_new();
    RegexMatch m;
    bool found = false;
    Regex *regex = scan->regexes[scan->rules->rules[f->rule].regex];
    for (size_t from = 0; !found && from <= line.len;) {
        if (regex_find(regex, scratch, line, from, &m) != REGEX_FOUND) break;
        Str pointed = m.groups[m.groups[1].data ? 1 : 0];
        found = pointed.data == piece.data + at;
        from = m.end > from ? m.end : from + 1;
    }
    Words w = {.scan = scan, .finding = f, .match = &m};
    if (found) *out = message_fill(a, template, group_of_hole, &w);
    regex_scratch_free(scratch);
    return found;
}
