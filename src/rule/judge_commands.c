/* Rules about commands, put to the scripts of a piece. */
#include "rule/judge_inside.h"

#include "rule/command.h"

bool judge_wants_commands(const Judge *j) {
    for (size_t i = 0; i < j->rules->count && !j->task->facts_only; i++)
        if (j->rules->rules[i].match == MATCH_COMMAND && judge_wants(j, i)) return true;
    return false;
}

static void search_visit(void *context, const Script *script) {
    command_search(context, script);
}

static CommandSearch begin(Judge *j) {
    return (CommandSearch){.arena = &j->arena,
                           .rules = j->rules,
                           .wanted = j->wanted,
                           .matcher = &j->matcher,
                           .file = j->piece->text,
                           .file_lines = &j->command_lines,
                           .owners = j->owners};
}

/* Rules may ask about commands that stand further down: then all of them are read first. */
static bool begin_noting(Judge *j, CommandSearch *search) {
    if (!judge_wants_commands(j)) return false;
    *search = begin(j);
    search->noting = command_asks_file(search);
    return search->noting;
}

/* Prose shows fragments; in a file that somebody runs, what is not read must be known. */
static void tell_faults(Judge *j, const CommandSearch *search, uint32_t start) {
    for (size_t i = 0; i < search->faults.len; i++) {
        const CommandFault *fault = &search->faults.items[i];
        Span span = {fault->place.start + start, fault->place.end + start};
        judge_tell(j, j->script_not_read, SEVERITY_NOTE, span, str_from(fault->reason));
    }
}

static void tell_limit(Judge *j, const CommandSearch *search, uint32_t start) {
    if (!search->limited) return;
    Span span = {search->limit.start + start, search->limit.end + start};
    judge_tell(j, j->regex_limit, j->regex_limit->severity, span, STR("a command"));
}

static void tell_hit(Judge *j, const CommandHit *hit, uint32_t start) {
    Span place = {hit->place.start + start, hit->place.end + start};
    Sighting s = {.rule = hit->rule,
                  .severity = hit->rule->severity,
                  .place = lines_place(&j->lines, place),
                  .object = UINT32_MAX,
                  .value = hit->match,
                  .holes = hit->holes,
                  .replace = hit->replace,
                  .refers = rule_refers(hit->rule)};
    j->sink->sighting(j->sink->context, &s);
}

static void tell_hits(Judge *j, const CommandSearch *search, uint32_t start) {
    for (size_t i = 0; i < search->hits.len; i++) tell_hit(j, &search->hits.items[i], start);
    tell_limit(j, search, start);
}

/* A notebook is JSON; one that is broken says nothing. */
static void search_notebook(Judge *j, CommandSearch *search) {
    Document doc;
    if (document_parse(&j->arena, j->piece->text, &doc))
        scripts_in_tree(&j->arena, &doc, j->task->path, search_visit, search);
    else if (!search->noting)
        judge_tell(j, j->not_parsed, SEVERITY_NOTE, doc.error.span, doc.error.message);
}

static void search_file(Judge *j, Family family, CommandSearch *search) {
    Script file = {.text = j->piece->text};
    if (family == FAMILY_NOTEBOOK)
        search_notebook(j, search);
    else
        scripts_each(&j->arena, &file, family, search_visit, search);
}

void judge_command_file(Judge *j, Family family) {
    CommandSearch search;
    if (!judge_wants_commands(j)) return;
    if (begin_noting(j, &search)) {
        search_file(j, family, &search);
        command_release(&search);
    }
    search = begin(j);
    search_file(j, family, &search);
    tell_hits(j, &search, 0);
    bool run = family != FAMILY_NOTEBOOK && family != FAMILY_RST;
    if (run) tell_faults(j, &search, 0);
    command_release(&search);
}

void judge_note_block(Judge *j, Span block, uint32_t indent, Str language) {
    CommandSearch search;
    if (!begin_noting(j, &search)) return;
    Script script = {.text = span_text(j->piece->text, block), .start = block.start};
    scripts_in_block(&j->arena, &script, indent, language, search_visit, &search);
    command_release(&search);
}

void judge_command_block(Judge *j, Span block, uint32_t indent, Str language) {
    if (!judge_wants_commands(j)) return;
    CommandSearch search = begin(j);
    Script script = {.text = span_text(j->piece->text, block), .start = block.start};
    scripts_in_block(&j->arena, &script, indent, language, search_visit, &search);
    tell_hits(j, &search, 0);
    command_release(&search);
}

void judge_command_tree(Judge *j, Sighter *sighter, const Document *doc, uint32_t start,
                        SightResource *resources, size_t count) {
    CommandSearch search;
    if (!judge_wants_commands(j)) return;
    if (begin_noting(j, &search)) {
        scripts_in_tree(&j->arena, doc, j->task->path, search_visit, &search);
        command_release(&search);
    }
    search = begin(j);
    scripts_in_tree(&j->arena, doc, j->task->path, search_visit, &search);
    for (size_t i = 0; i < search.hits.len; i++) {
        const CommandHit *hit = &search.hits.items[i];
        SightResource *r = hit->carrier ? sight_carrier(resources, count, hit->carrier) : NULL;
        if (r)
            sight_command(sighter, r, hit);
        else
            tell_hit(j, hit, start);
    }
    tell_limit(j, &search, start);
    tell_faults(j, &search, start);
    command_release(&search);
}
