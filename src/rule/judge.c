/* From a piece's bytes to sightings: what to parse, where resources are, what they embed. */
#include "rule/judge_inside.h"

#include "base/limits.h"
#include "model/embedded.h"
#include "model/here.h"
#include "model/skim.h"
#include "rule/fenced.h"
#include "rule/gate.h"
#include "rule/text.h"
#include "text/fault.h"

#include <string.h>

Judge *judge_new(const RuleSet *rules, Regex *const *regexes) {
    Judge *j = mem_zero(sizeof *j);
    j->rules = rules;
    j->matcher = (Matcher){.regexes = regexes, .scratch = regex_scratch_new()};
    j->seen = mem_zero(LITERAL_WORDS(rules->literals.count + 1) * sizeof *j->seen);
    j->wanted = mem_zero(LITERAL_WORDS(rules->count + 1) * sizeof *j->wanted);
    j->not_text = rule_find(rules, STR("UNS002"));
    j->not_parsed = rule_find(rules, STR("UNS003"));
    j->duplicate_key = rule_find(rules, STR("UNS004"));
    j->undefined_alias = rule_find(rules, STR("UNS005"));
    j->too_large = rule_find(rules, STR("UNS006"));
    j->regex_limit = rule_find(rules, STR("UNS010"));
    j->script_not_read = rule_find(rules, STR("UNS011"));
    return j;
}

void judge_free(Judge *j) {
    if (!j) return;
    regex_scratch_free(j->matcher.scratch);
    arena_release(&j->arena);
    lines_release(&j->lines);
    vec_release(&j->comments);
    vec_release(&j->command_lines);
    free(j->seen);
    free(j->wanted);
    free(j);
}

static bool is_active(const Judge *j, const Rule *rule) {
    size_t i = (size_t)(rule - j->rules->rules);
    return j->task->active[i / 64] >> (i % 64) & 1;
}

bool judge_wants(const Judge *j, size_t rule) {
    return j->wanted[rule / 64] >> (rule % 64) & 1;
}

/* Of what is read for facts only it matters what could not be read. */
void judge_tell(Judge *j, const Rule *rule, Severity severity, Span span, Str value) {
    bool unread = rule == j->not_text || rule == j->not_parsed || rule == j->too_large;
    if (!rule || !is_active(j, rule) || (j->task->facts_only && !unread)) return;
    Sighting s = {.rule = rule,
                  .severity = severity,
                  .place = lines_place(&j->lines, span),
                  .object = UINT32_MAX,
                  .value = value};
    j->sink->sighting(j->sink->context, &s);
}

/* A common word in another file opens the gate for nothing. */
static void leave_other_files(Judge *j) {
    for (size_t i = 0; i < j->rules->count; i++) {
        const Rule *rule = &j->rules->rules[i];
        if (rule->files.len && rule->match == MATCH_RESOURCE && judge_wants(j, i) &&
            !rule_is_about_file(rule, j->task->path))
            j->wanted[i / 64] &= ~((uint64_t)1 << (i % 64));
    }
}

/* Which rules may match in this text (or in `more`, which belongs to it); with no_gate all of them.
 * Returns whether a rule about resources is among them. */
static bool ask_gate(Judge *j, Str text, Str more) {
    size_t words = LITERAL_WORDS(j->rules->count);
    memset(j->wanted, j->task->no_gate ? 0xff : 0, words * sizeof *j->wanted);
    if (!j->task->no_gate) {
        gate_scan(j->rules, text, j->seen, j->wanted);
        if (more.len) gate_scan(j->rules, more, j->seen, j->wanted);
    }
    for (size_t w = 0; w < words; w++) j->wanted[w] &= j->task->active[w];
    leave_other_files(j);
    for (size_t i = 0; i < j->rules->count; i++)
        if (judge_wants(j, i) &&
            (j->rules->rules[i].match == MATCH_RESOURCE || rule_refers(&j->rules->rules[i])))
            return true;
    return false;
}

/* ---- one document ---- */

static void begin_sighting(Room *r) {
    Judge *j = r->judge;
    r->sighter =
        (Sighter){.arena = &j->arena,
                  .doc = &r->doc,
                  .start = r->start,
                  .in_list = !r->outer && (r->is_list || j->piece->kind == PIECE_ITEM),
                  .typed_list = r->typed_list || (!r->outer && j->piece->kind == PIECE_ITEM &&
                                                  j->task->list_kind.len > 4),
                  .lines = &j->lines,
                  .path = j->task->path,
                  .matcher = &j->matcher,
                  .rules = j->rules,
                  .active = j->task->active,
                  .wanted = j->wanted,
                  .facts_only = j->task->facts_only,
                  .example = r->example,
                  .sink = j->sink};
}

static void tell_regex_limit(Room *r) {
    Judge *j = r->judge;
    if (!j->matcher.limit_hit) return;
    j->matcher.limit_hit = false;
    Span all = {r->start, r->start + (uint32_t)r->doc.text.len};
    judge_tell(j, j->regex_limit, j->regex_limit->severity, all, STR("a value"));
}

static void judge_embedded(void *context, const Embedded *e);

/* The objects, then what stands in their texts, then what their annotations say in vain. */
static void ask_rules(Room *r) {
    begin_sighting(r);
    for (size_t i = 0; i < r->resources.len; i++)
        sight_resource(&r->sighter, &r->resources.items[i]);
    judge_command_tree(r->judge, &r->sighter, &r->doc, r->start, r->resources.items,
                       r->resources.len);
    tell_regex_limit(r);
    embedded_each(&r->doc, judge_embedded, r);
    for (size_t i = 0; i < r->resources.len; i++) sight_finish(&r->sighter, &r->resources.items[i]);
    sighter_release(&r->sighter);
}

/* A fault's message names a key or an anchor, which may be a secret. */
static Str shown_fault(const Room *r, const Fault *f, const SpanVec *secrets) {
    bool secret = r->secret;
    for (size_t i = 0; i < secrets->len; i++)
        secret |= secrets->items[i].start < f->span.end && f->span.start < secrets->items[i].end;
    if (!secret) return f->message;
    return str_starts(f->message, STR("dup")) ? STR("duplicate key")
                                              : STR("an alias has no anchor before it");
}

static void tell_faults(Room *r) {
    Judge *j = r->judge;
    SpanVec secrets = {0};
    if (r->doc.faults) secret_spans(&r->doc, &secrets);
    for (const Fault *f = r->doc.faults; f; f = f->next) {
        Span span = {f->span.start + r->start, f->span.end + r->start};
        const Rule *rule =
            str_starts(f->message, STR("dup")) ? j->duplicate_key : j->undefined_alias;
        judge_tell(j, rule, rule->severity, span, shown_fault(r, f, &secrets));
    }
    vec_release(&secrets);
}

/* What is missing at the end is shown at the last thing that is there. */
static Span error_span(const Room *r) {
    Span span = r->doc.error.span;
    Str text = r->doc.text;
    while (text.len && strchr(" \t\r\n", text.data[text.len - 1])) text.len--;
    if (text.len && span.start >= text.len)
        span = (Span){(uint32_t)text.len - 1, (uint32_t)text.len};
    return (Span){span.start + r->start, span.end + r->start};
}

/* A document that some rule wanted counts as an error; one that nobody asked for is worth a note,
 * and a template (no sense until it is rendered) or an example in prose not even that. */
static void tell_unparsed(Room *r, bool wanted) {
    Judge *j = r->judge;
    if (!wanted && !j->task->strict && (r->example || r->doc.has_masks)) return;
    Span span = error_span(r);
    const Rule *rule = r->doc.error.limit ? j->too_large : j->not_parsed;
    bool mild = (r->example || r->outer || !wanted) && !r->doc.error.limit;
    judge_tell(j, rule, mild ? SEVERITY_NOTE : rule->severity, span, r->doc.error.message);
}

/* YAML reads much that JSON is not: comments in front of an object, keys without quotes. In a JSON
 * file that is a mistake, and what the YAML reader makes of it says nothing. */
static bool is_json_if_called_so(Room *r) {
    Judge *j = r->judge;
    if (!j->piece->json || r->outer || j->task->family != FAMILY_JSON) return true;
    const Node *root = r->doc.root, *wrong = NULL;
    if (root && root->kind == NODE_SCALAR && root->style == STYLE_PLAIN) wrong = root;
    NODE_EACH (child, root)
        if (!wrong && child->key && child->key->style == STYLE_PLAIN) wrong = child->key;
    if (!wrong) return true;
    judge_tell(j, j->not_parsed, j->not_parsed->severity, wrong->span,
               STR("it is not JSON from here on"));
    return false;
}

static void judge_room(Room *r, Str text, bool wanted) {
    Judge *j = r->judge;
    if (!document_parse_as(&j->arena, text, r->form, &r->doc)) {
        if (j->piece->kind == PIECE_ITEM && !r->outer)
            j->sink->list_broken(j->sink->context, j->piece->document);
        tell_unparsed(r, wanted);
        return;
    }
    if (wanted && !is_json_if_called_so(r)) return;
    if (wanted || j->task->strict) tell_faults(r);
    judge_collect(r);
    judge_collect_inner(r);
    if (wanted || judge_wants_commands(j)) ask_rules(r);
    if (j->task->family == FAMILY_KUSTOMIZATION && !r->outer)
        j->sink->kustomization(j->sink->context, &r->doc);
}

static void judge_embedded(void *context, const Embedded *e) {
    Room *outer = context;
    Judge *j = outer->judge;
    Room inner = {.judge = j,
                  .outer = outer,
                  .carrier = e->carrier,
                  .start = outer->start + e->lines.start,
                  .secret = outer->secret || sight_is_secret(&outer->sighter, e->carrier->span),
                  .example = outer->example,
                  .form = e->form,
                  .depth = outer->depth + 1};
    if (inner.depth > LIMIT_EMBEDDED_DEPTH) {
        Span span = {inner.start, outer->start + e->lines.end};
        judge_tell(j, j->too_large, SEVERITY_NOTE, span,
                   STR("manifests stand in texts of manifests too deep"));
        return;
    }
    judge_room(&inner, span_text(outer->doc.text, e->lines), true);
    vec_release(&inner.resources);
}

/* ---- pieces ---- */

static void judge_yaml(Judge *j, bool wanted) {
    const Piece *p = j->piece;
    if (p->kind == PIECE_HEAD || p->kind == PIECE_TAIL) {
        Document d;
        if (document_parse(&j->arena, p->text, &d)) return;
        j->sink->list_broken(j->sink->context, p->document);
        judge_tell(j, j->not_parsed, SEVERITY_NOTE, d.error.span, d.error.message);
        return;
    }
    Identity id;
    Skim skim = p->json ? skim_json(p->text, &id) : skim_yaml(p->text, p->kind == PIECE_ITEM, &id);
    bool typed_item = p->kind == PIECE_ITEM && j->task->list_kind.len && skim == SKIM_OTHER;
    bool is_list = skim == SKIM_RESOURCE && str_ends(id.kind, STR("List"));
    if (wanted || judge_wants_commands(j) || j->task->strict || skim == SKIM_UNSURE || typed_item ||
        is_list || j->task->family == FAMILY_KUSTOMIZATION) {
        Room r = {.judge = j};
        judge_room(&r, p->text, wanted);
        vec_release(&r.resources);
    } else if (skim == SKIM_RESOURCE) {
        j->sink->object(j->sink->context, &id, p->offset, p->kind == PIECE_ITEM);
    }
}

static void judge_part(void *context, Str part, uint32_t start) {
    Judge *j = context;
    Room r = {.judge = j, .example = true, .start = start};
    judge_room(&r, part, ask_gate(j, part, (Str){0}));
    vec_release(&r.resources);
}

/* Those of scripts; what stands in a tree is embedded there. */
static void judge_here(void *context, const Here *here) {
    Judge *j = context;
    Str text = span_text(j->piece->text, here->lines);
    Room r = {.judge = j, .example = true, .start = here->lines.start, .form = here->form};
    judge_room(&r, text, ask_gate(j, text, (Str){0}));
    vec_release(&r.resources);
}

static void judge_script(void *context, const Script *script) {
    Judge *j = context;
    here_each(script, j->piece->text, judge_here, j);
}

static void judge_fence(void *context, const Fence *fence) {
    Judge *j = context;
    Str text = j->piece->text, body = span_text(text, fence->body);
    bool wanted = ask_gate(j, body, (Str){0});
    judge_text(j, body, fence->body.start);
    if (fenced_is_manifest(text, fence)) {
        if (wanted) fenced_each(text, fence, judge_part, j);
        return;
    }
    judge_command_block(j, fence->body, fence->indent, fence->language);
    Script block = {.text = body, .start = fence->body.start};
    scripts_in_block(&j->arena, &block, fence->indent, fence->language, judge_script, j);
}

static void note_fence(void *context, const Fence *fence) {
    Judge *j = context;
    if (!fenced_is_manifest(j->piece->text, fence))
        judge_note_block(j, fence->body, fence->indent, fence->language);
}

static void judge_markdown(Judge *j) {
    ask_gate(j, j->piece->text, (Str){0});
    if (judge_wants_commands(j)) fences_each(j->piece->text, note_fence, j);
    fences_each(j->piece->text, judge_fence, j);
}

/* May a block scalar of the file be a script that a rule reads? */
static bool is_script(const Judge *j) {
    for (size_t i = 0; i < j->rules->count; i++) {
        const Rule *rule = &j->rules->rules[i];
        bool reads = rule->match == MATCH_COMMAND || text_wants(rule, j->task->path);
        if (reads && is_active(j, rule)) return true;
    }
    return false;
}

static void hand_comments(Judge *j) {
    for (size_t i = 0; i < j->comments.len; i++) {
        const FoundComment *c = &j->comments.items[i];
        if (c->standing == COMMENT_TEXT || (c->standing == COMMENT_SCRIPT && !is_script(j)))
            continue;
        j->sink->suppression(j->sink->context, c, lines_place(&j->lines, c->span));
    }
}

static void place_part(void *context, Str part, uint32_t start) {
    Judge *j = context;
    comments_place(&j->arena, part, start, &j->comments);
}

static void place_in_fence(void *context, const Fence *fence) {
    Judge *j = context;
    if (fenced_is_manifest(j->piece->text, fence))
        fenced_each(j->piece->text, fence, place_part, j);
}

/* Few pieces hold such a comment; those are read by their tree whatever the gate will say. */
static void find_comments(Judge *j) {
    j->comments.len = 0;
    comments_find(j->piece->text, &j->comments);
    if (!j->comments.len) return;
    if (j->task->family == FAMILY_MARKDOWN) fences_each(j->piece->text, place_in_fence, j);
    if (family_is_yaml(j->task->family)) comments_place(&j->arena, j->piece->text, 0, &j->comments);
    hand_comments(j);
}

static void begin(Judge *j, const Task *task, const Piece *piece, const Sink *sink) {
    arena_reset(&j->arena);
    lines_release(&j->lines);
    j->lines = (Lines){
        .text = piece->text, .offset = piece->offset, .line = piece->line, .column = piece->column};
    j->task = task;
    j->piece = piece;
    j->owners = arena_array(&j->arena, uint8_t, j->rules->count);
    j->command_lines.len = 0;
    j->sink = sink;
}

void judge_piece(Judge *j, const Task *task, const Piece *piece, const Sink *sink) {
    begin(j, task, piece, sink);
    if (piece->kind == PIECE_TOO_LARGE) {
        judge_tell(j, j->too_large, j->too_large->severity, (Span){0},
                   STR("it is larger than 64 MB"));
        return;
    }
    size_t offset;
    const char *fault = text_fault(piece->text, &offset);
    if (fault) {
        Span span = {(uint32_t)offset, (uint32_t)offset + (offset < piece->text.len)};
        judge_tell(j, j->not_text, j->not_text->severity, span, str_from(fault));
        return;
    }
    find_comments(j);
    if (task->family == FAMILY_MARKDOWN) {
        judge_markdown(j);
        return;
    }
    /* Items of a typed List need not say what they are. */
    bool wanted = ask_gate(j, piece->text, piece->kind == PIECE_ITEM ? task->list_kind : (Str){0});
    if (family_is_yaml(task->family)) judge_yaml(j, wanted);
    if (family_is_commands(task->family)) judge_command_file(j, task->family);
    if (task->family == FAMILY_NOTEBOOK)
        judge_notebook(j);
    else
        judge_text(j, piece->text, 0);
    if (family_is_commands(task->family)) {
        Script file = {.text = piece->text};
        scripts_each(&j->arena, &file, task->family, judge_script, j);
    }
}
