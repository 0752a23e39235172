/* Rules about lines, put to a part of a piece. */
#include "rule/judge_inside.h"

#include "rule/text.h"

typedef struct TextRun {
    Judge *judge;
    const Rule *rule;
    Str text;
    uint32_t start; /* of the text in the piece */
    bool asked;     /* whether another text may take the place of what is found */
    Replaceable replace;
} TextRun;

/* A line that is nothing but a comment is prose. */
static bool in_comment(Str text, uint32_t at) {
    size_t before = str_find_last_char(str_slice(text, 0, at), '\n');
    Str line = str_trim(str_slice(text, before == STR_NONE ? 0 : before + 1, at));
    return str_starts(line, STR("#"));
}

/* Asked once, however much is found. */
static Replaceable can_be_replaced(TextRun *run) {
    if (!run->asked && !text_can_be_replaced(run->rule, run->text, &run->judge->matcher))
        run->replace = REPLACE_NOT_MEANT;
    run->asked = true;
    return run->replace;
}

static bool text_sighting(void *context, Span where) {
    TextRun *run = context;
    Judge *j = run->judge;
    if (in_comment(run->text, where.start)) return true;
    Str match = str_copy(&j->arena, span_text(run->text, where));
    Sighting s = {
        .rule = run->rule,
        .severity = run->rule->severity,
        .place = lines_place(&j->lines, (Span){run->start + where.start, run->start + where.end}),
        .object = UINT32_MAX,
        .value = match,
        .holes = run->rule->holes.len ? match : (Str){0},
        .replace = can_be_replaced(run)};
    j->sink->sighting(j->sink->context, &s);
    return true;
}

void judge_text(Judge *j, Str text, uint32_t start) {
    for (size_t i = 0; i < j->rules->count && !j->task->facts_only; i++) {
        const Rule *rule = &j->rules->rules[i];
        if (!judge_wants(j, i) || rule->match != MATCH_TEXT || !text_wants(rule, j->task->path))
            continue;
        if (rule_is_others(j->rules, rule, j->piece->text, j->owners)) continue;
        TextRun run = {.judge = j, .rule = rule, .text = text, .start = start};
        Span limit;
        if (text_each(rule, text, &j->matcher, text_sighting, &run, &limit)) continue;
        limit = (Span){limit.start + start, limit.end + start};
        judge_tell(j, j->regex_limit, j->regex_limit->severity, limit, rule->id);
    }
    j->matcher.limit_hit = false;
}

static bool wants_lines(const Judge *j) {
    for (size_t i = 0; i < j->rules->count; i++) {
        const Rule *rule = &j->rules->rules[i];
        if (judge_wants(j, i) && rule->match == MATCH_TEXT && text_wants(rule, j->task->path))
            return true;
    }
    return false;
}

void judge_notebook(Judge *j) {
    Document doc;
    Str text = j->piece->text;
    if (!wants_lines(j)) return;
    if (!document_parse(&j->arena, text, &doc)) {
        if (judge_wants_commands(j)) return; /* it was told */
        judge_tell(j, j->not_parsed, SEVERITY_NOTE, doc.error.span, doc.error.message);
        return;
    }
    NODE_EACH (cell, node_child(doc.root, STR("cells"))) {
        const Node *source = node_child(cell, STR("source"));
        if (source && node_is(node_child(cell, STR("cell_type")), STR("code")))
            judge_text(j, span_text(text, source->span), source->span.start);
    }
}
