/* Cutting JSON: a stream of values, and Lists into items. */
#include "input/cut.h"

/* What is left is no JSON: the parser is to say so. Or JSON without an end. */
static bool give_rest(Cutter *c, bool truncated) {
    c->truncated = truncated;
    c->json_rest = true;
    c->mode = CUT_REST;
    return true;
}

static void value_done(Cutter *c) {
    if (c->json_place == JSON_VALUE) c->document++;
    if (c->json_place != JSON_TAIL) return;
    c->json_place = JSON_VALUE;
    cut_list_end(c);
}

/* Passes over what need not be held: the rest of a value that is too large, or of a List. */
static bool skip_step(Cutter *c) {
    size_t before = c->at, end = before;
    JsonAnswer answer = json_follow(&c->json_skip, cut_window(c), &end);
    cut_advance(c, end);
    c->skipping = answer == JSON_MORE;
    c->truncated = c->skipping && c->source_end;
    if (!c->skipping) value_done(c);
    return end > before;
}

/* A value in brackets or quotes that starts at c->at. */
static bool take_value(Cutter *c, PieceKind kind, JsonPlace behind) {
    JsonDepth depth = {0};
    size_t end = c->at;
    JsonAnswer answer = json_follow(&depth, cut_window(c), &end);
    if (answer == JSON_MORE && end - c->at <= c->limits.document)
        return c->source_end && give_rest(c, true);
    cut_piece(c, kind, c->at, end, c->line, c->column);
    cut_advance(c, end);
    c->json_place = behind;
    c->skipping = answer == JSON_MORE;
    c->json_skip = depth;
    if (!c->skipping) value_done(c);
    return true;
}

/* A number or a word, or something that is no JSON. */
static bool take_word(Cutter *c) {
    size_t end = c->at;
    JsonAnswer answer = json_value_end(cut_window(c), c->at, &end);
    bool too_large = end - c->at > c->limits.document;
    if (answer == JSON_MORE && !c->source_end && !too_large) return false;
    bool stands_alone = end == cut_window(c).len || json_skip_blanks(cut_window(c), end) > end;
    if (answer == JSON_NONE || too_large || !stands_alone) return give_rest(c, false);
    cut_piece(c, PIECE_DOCUMENT, c->at, end, c->line, c->column);
    cut_advance(c, end);
    value_done(c);
    return true;
}

typedef struct JsonList {
    size_t first; /* the brace of the first item */
    Str api_version, kind;
} JsonList;

/* An array of items at list->first: do they say what they are? Where the first is so large that it
 * does not come to that, all of them together are too large for one piece: then they are cut. */
static JsonAnswer items_suit(Str text, size_t array, size_t limit, JsonList *list) {
    list->first = json_skip_blanks(text, array + 1);
    if (list->first == text.len) return JSON_MORE;
    if (text.data[array] != '[' || text.data[list->first] != '{') return JSON_NONE;
    if (list->kind.len && !str_ends(list->kind, STR("List"))) return JSON_NONE;
    JsonMembers m = {.text = text, .at = list->first};
    JsonAnswer answer;
    while ((answer = json_member(&m)) == JSON_FOUND)
        if (list->kind.len || str_eq(m.key, STR("kind"))) break;
    return answer == JSON_MORE && text.len == limit ? JSON_FOUND : answer;
}

static JsonAnswer string_value(const JsonMembers *m, Str *value) {
    size_t end = m->at;
    JsonAnswer answer = json_value_end(m->text, m->at, &end);
    if (answer == JSON_FOUND && m->text.data[m->at] == '"')
        *value = str_slice(m->text, m->at + 1, end - 1);
    return answer;
}

/* Is the object at the start of the text a List whose items may be cut off? Decided by what stands
 * before the items and by the first of them, as for YAML (input/yaml_list.h). */
static JsonAnswer list_scan_json(Str text, size_t limit, JsonList *list) {
    JsonMembers m = {.text = text};
    JsonAnswer answer;
    while ((answer = json_member(&m)) == JSON_FOUND) {
        if (str_eq(m.key, STR("items"))) return items_suit(text, m.at, limit, list);
        Str ignored, *value = str_eq(m.key, STR("kind"))         ? &list->kind
                              : str_eq(m.key, STR("apiVersion")) ? &list->api_version
                                                                 : &ignored;
        answer = string_value(&m, value);
        if (answer != JSON_FOUND) return answer;
    }
    return answer;
}

/* false: it is no List, or the step must wait (*wait is set). */
static bool list_begins(Cutter *c, bool *wait) {
    size_t limit = c->limits.document;
    Str text = str_slice(cut_window(c), c->at, c->at + limit);
    JsonList list = {0};
    JsonAnswer answer = list_scan_json(text, limit, &list);
    *wait = answer == JSON_MORE && !c->source_end && text.len < limit;
    if (answer != JSON_FOUND) return false;
    if (str_eq(list.kind, STR("List"))) list.kind = (Str){0};
    *wait = !cut_list_begin(c, list.api_version, list.kind);
    if (*wait) return false;
    cut_advance(c, c->at + list.first);
    c->json_place = JSON_ITEM;
    return true;
}

static bool value_step(Cutter *c) {
    Str window = cut_window(c);
    size_t at = json_skip_blanks(window, c->at);
    if (at > c->at) {
        cut_advance(c, at);
        return true;
    }
    if (at == window.len) return false;
    char first = window.data[at];
    if (c->column == 1 && (first == '-' || first == '.')) {
        Line line;
        bool mid_line;
        if (!line_read_limited(&c->lines, at, c->limits.document, &line, &mid_line)) return false;
        if (line_marker(window, line, 0) != MARKER_NONE) first = '#';
    }
    if (first == '#') { /* only YAML has comments and markers */
        c->mode = CUT_YAML;
        c->directives = false;
        return true;
    }
    bool wait = false;
    if (first == '{' && !c->options.whole && list_begins(c, &wait)) return true;
    if (wait) return false;
    bool closes = first == '{' || first == '[' || first == '"';
    return closes ? take_value(c, PIECE_DOCUMENT, JSON_VALUE) : take_word(c);
}

static bool list_tail(Cutter *c, size_t bracket) {
    cut_advance(c, bracket);
    c->json_place = JSON_TAIL;
    c->skipping = true;
    c->json_skip = (JsonDepth){.depth = 2};
    return true;
}

/* Behind an item: a comma and the next one, or the end of the array. The comma is not passed before
 * the brace behind it is seen, so that a source which ends here has a rest to complain about. */
static bool after_item_step(Cutter *c) {
    Str window = cut_window(c);
    size_t at = json_skip_blanks(window, c->at);
    if (at == window.len) {
        bool moved = at > c->at;
        cut_advance(c, at);
        c->truncated = c->source_end;
        return moved;
    }
    if (window.data[at] == ']') return list_tail(c, at);
    size_t next = json_skip_blanks(window, at + 1);
    bool more_to_come = next == window.len && !c->source_end;
    if (more_to_come && next - at <= c->limits.document) return false;
    cut_advance(c, at);
    char found = window.data[at] == ',' && next < window.len ? window.data[next] : '\0';
    if (found == ']') return list_tail(c, next);
    if (found != '{') return give_rest(c, next == window.len);
    cut_advance(c, next);
    c->json_place = JSON_ITEM;
    return true;
}

bool json_step(Cutter *c) {
    if (c->skipping) return skip_step(c);
    switch (c->json_place) {
    case JSON_VALUE: return value_step(c);
    case JSON_ITEM: return take_value(c, PIECE_ITEM, JSON_AFTER_ITEM);
    case JSON_AFTER_ITEM: return after_item_step(c);
    case JSON_TAIL: break;
    }
    return false;
}
