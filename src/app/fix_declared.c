/* Fixes that rules write down: steps, a text, the name that is meant. */
#include "app/fixer.h"

#include "app/words.h"
#include "change/steps.h"

const Node *fixer_outer_resource(const Node *resource) {
    Identity id;
    if (!resource->parent || resource->parent->kind != NODE_MAP) return resource;
    for (const Node *n = resource->parent; n; n = n->parent)
        if (n->kind == NODE_MAP && identity_from_tree(n, &id)) return n;
    return resource;
}

static void take_declared(Fixer *x, const Finding *f, const Rule *rule) {
    if (rule->fix.safety == FIX_REVIEW)
        fixer_note(x, str_format(&x->arena, "assumes that " STR_FMT, STR_ARG(rule->fix.assumes)));
    if (!x->copy) x->fix.title = finding_words(x->scan, &x->arena, f, rule->fix.title);
}

static bool run_steps(Fixer *x, const Finding *f, const Rule *rule, const Opened *o) {
    Rewrite rw;
    rewrite_begin(&rw, &x->arena, &o->doc, fixer_outer_resource(o->resource));
    rw.in_list = f->in_list;
    rw.mends = true;
    Target *root = steps_at(&rw, steps_begin(&rw), o->resource);
    if (!root) return fixer_refuse(x, "the resource is not where it was");
    for (size_t i = 0; i < rule->fix.step_count; i++) {
        ChangeStep step = rule->fix.steps[i];
        if (step.kind != CHANGE_DROP) step.value = finding_words(x->scan, &x->arena, f, step.value);
        if (str_find(step.value, STR("***")) != STR_NONE)
            return fixer_refuse(x, "what it would write is a secret that is not kept");
        if (!steps_apply(&rw, root, &step)) break;
    }
    return fixer_take(x, o, &rw);
}

void fixer_plan_steps(Fixer *x, const Finding *f, const Rule *rule) {
    Opened o;
    take_declared(x, f, rule);
    if (fixer_open(x, f, &o)) run_steps(x, f, rule, &o);
    opened_release(&o);
}

/* Of a command, the words that the holes stand for were kept; of a line, they are found again. */
static bool replacement_words(Fixer *x, const Finding *f, const Rule *rule, Str piece, Str *out) {
    if (rule->match != MATCH_COMMAND)
        return match_words(x->scan, &x->arena, f, piece, rule->fix.replacement, out);
    *out = finding_words(x->scan, &x->arena, f, rule->fix.replacement);
    return true;
}

/* Is it the same in any quotes, of shells, YAML, JSON and make? */
static bool is_inert(Str text) {
    static const Str marks = STR_INIT("-_./:=,@%+");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && str_find_char(marks, c) == STR_NONE) return false;
    }
    return text.len > 0;
}

/* `chat-h100` of `chat`. */
static bool is_made_of(Str name, Str old) {
    return str_starts(name, old) && str_starts(str_from_offset(name, old.len), STR("-"));
}

static bool may_be_renamed(Fixer *x, const Opened *o) {
    bool alone;
    if (!fixer_is_only_name(x, o, &alone)) return false;
    if (!alone) return fixer_refuse(x, "other names stand beside it: what is meant is not known");
    if (!o->identity.owner_kind.len) return true;
    x->fix.refused = str_format(&x->arena, "managed by " STR_FMT " '" STR_FMT "': change that one",
                                STR_ARG(o->identity.owner_kind), STR_ARG(o->identity.owner_name));
    return false;
}

/* Only one object can be meant: the join has seen to that. */
void fixer_plan_instead(Fixer *x, const Finding *f) {
    Opened o;
    if (f->joined == MAP_NONE) { /* another manifest of the object scales something else */
        fixer_refuse(x, "there it scales nothing that an object of the scan scales");
        return;
    }
    const Subject *meant = &x->scan->subjects.items[f->joined];
    Str name = str_copy(&x->arena, scan_text(x->scan, meant->name));
    x->fix.title = str_format(&x->arena, "name '" STR_FMT "'", STR_ARG(name));
    if (!is_made_of(name, scan_text(x->scan, f->value)))
        fixer_note(x, STR("assumes that the only one of the same workload is meant"));
    if (fixer_open(x, f, &o) && may_be_renamed(x, &o)) fixer_set_text(x, &o, name);
    opened_release(&o);
}

bool fixer_has_loaded(const Fixer *x, const PieceRef *ref) {
    const PieceRef *last = &x->piece.ref;
    return x->piece.text.data && last->source == ref->source && last->offset == ref->offset &&
           last->length == ref->length && last->hash == ref->hash;
}

/* Findings of one piece come one after the other: it is read once. */
static bool load_piece(Fixer *x, const PieceRef *ref) {
    if (fixer_has_loaded(x, ref)) return true;
    arena_reset(&x->piece_arena);
    x->piece.text = (Str){0};
    return piece_load(x->scan, &x->piece_arena, ref, &x->piece);
}

/* Of several changes in one piece all parts share its text. */
static Str text_of_part(Fixer *x, const Finding *f) {
    const FixPart *last = x->fix.parts.len ? vec_last(&x->fix.parts) : NULL;
    if (last && last->source == f->source && last->piece == f->piece) return last->text;
    return str_copy(&x->arena, x->piece.text);
}

/* In a resource: the scalar there, or the part of it. */
void fixer_plan_place(Fixer *x, const Finding *f, const Rule *rule) {
    Opened o;
    take_declared(x, f, rule);
    Str text = finding_words(x->scan, &x->arena, f, rule->fix.replacement);
    if (str_find(text, STR("***")) != STR_NONE)
        fixer_refuse(x, "what it would write is a secret that is not kept");
    else if (fixer_open(x, f, &o))
        fixer_set_text(x, &o, text), opened_release(&o);
}

void fixer_plan_replacement(Fixer *x, const Finding *f, const Rule *rule) {
    PieceRef ref = piece_of(f);
    Str text;
    take_declared(x, f, rule);
    const char *why = why_not_written(x->scan, f->source);
    if (why) {
        fixer_refuse(x, why);
    } else if (file_is_generated(x->scan, f->source)) {
        fixer_refuse(x, "the file says that it is generated: change what generates it");
    } else if (!load_piece(x, &ref)) {
        x->fix.changed = true;
        fixer_refuse(x, OPENED_CHANGED);
    } else if (f->replace == REPLACE_APART) {
        fixer_refuse(x, "it is not written here in one piece, or other commands use it too");
    } else if (!replacement_words(x, f, rule, x->piece.text, &text)) {
        fixer_refuse(x, "the text is not where it was");
    } else if (rule->match == MATCH_COMMAND && !is_inert(text)) {
        fixer_refuse(x, "what it would write needs quotes");
    } else {
        Edit e = {f->place.start, f->place.start + f->place.length, text};
        Str piece = text_of_part(x, f);
        vec_push(&x->fix.parts, (FixPart){.source = f->source,
                                          .resource = (uint32_t)(f->place.start - f->piece),
                                          .piece = f->piece,
                                          .piece_line = f->piece_line,
                                          .text = piece,
                                          .first = x->fix.edits.len,
                                          .count = 1});
        vec_push(&x->fix.edits, (FixEdit){f->source, e, false});
    }
}
