/* Planning one fix: the resource, its copies, what follows it. */
#include "app/fix.h"

#include "app/fix_schema.h"
#include "app/fixer.h"
#include "base/limits.h"

bool fixer_refuse(Fixer *x, const char *why) {
    if (!x->fix.refused.len) x->fix.refused = str_from(why);
    return false;
}

bool fixer_open(Fixer *x, const Finding *f, Opened *o) {
    const char *why = opened_read(x->scan, &x->arena, f, o);
    if (why) x->fix.changed = str_eq(str_from(why), STR(OPENED_CHANGED));
    fixer_remember_secrets(x, o);
    return why ? fixer_refuse(x, why) : true;
}

/* Of a script only the document is shown: of the lines around it nobody knows what is secret. */
static FixPart part_of(Fixer *x, const Opened *o) {
    const Finding *f = o->finding;
    FixPart part = {.source = f->source,
                    .resource = f->document.start + f->resource,
                    .piece = o->piece.ref.offset,
                    .piece_line = o->piece.ref.line,
                    .text = o->piece.text};
    if (!family_is_commands(x->scan->sources.items[f->source].family)) return part;
    part.piece += f->document.start;
    part.piece_line = opened_line(o, 0);
    part.resource = f->resource;
    part.text = o->doc.text;
    return part;
}

/* Takes a plan's edits over, or its refusal. */
bool fixer_take(Fixer *x, const Opened *o, Rewrite *rw) {
    Plan plan;
    FixSchema schema;
    fix_schema_begin(&schema, x->scan, o->finding->source);
    rw->schemas = &schema.finder;
    Offset base = o->piece.ref.offset + o->finding->document.start;
    bool ok = plan_rewrite(rw, base, &plan);
    if (ok && !fixer_stands_still(x, o, &plan)) {
        plan_release(&plan);
        return false;
    }
    if (ok) {
        size_t first = x->fix.edits.len;
        for (size_t i = 0; i < plan.edits.len; i++) {
            Edit e = plan.edits.items[i];
            vec_push(&x->fix.edits,
                     (FixEdit){o->finding->source, e, fixer_touches_secret(x, o, base, &e)});
        }
        FixPart part = part_of(x, o);
        part.first = first;
        part.count = x->fix.edits.len - first;
        vec_push(&x->fix.parts, part);
        fixer_drops(x, o, rw, &plan);
        if (plan.copies) fixer_note(x, STR("an alias becomes a copy of what it stands for"));
        if (plan.hidden.data)
            fixer_note(x, str_format(&x->arena,
                                     STR_FMT " comes from a template: whether it fits is not known",
                                     STR_ARG(plan.hidden)));
    } else {
        x->fix.refused = str_format(&x->arena, "%s" STR_FMT, plan.bug ? "a bug of ours: " : "",
                                    STR_ARG(plan.refused));
    }
    plan_release(&plan);
    return ok;
}

/* ---- the kinds of fix ---- */

bool fixer_is_followed(const Fixer *x, const Rule *rule, const Finding *object) {
    for (size_t k = 0; k < rule->fix.follow.len; k++)
        if (str_eq(rule->fix.follow.items[k], x->scan->rules->rules[object->rule].id)) return true;
    return false;
}

const Finding *fixer_followed(Fixer *x, const Finding *f) {
    if (x->scan->rules->rules[f->rule].fix.kind != FIX_FOLLOW) return NULL;
    uint32_t subject = fixer_named(x, f);
    return subject == MAP_NONE ? NULL : fixer_object(x, f, subject);
}

static void clear(Fixer *x) {
    arena_reset(&x->arena);
    fixer_forget_scalers(x);
    x->fix.notes.len = x->fix.dropped.len = x->fix.creates.len = 0;
    x->fix.removes.len = x->fix.remove_sources.len = 0;
    x->fix.edits.len = x->fix.parts.len = x->left_behind.len = 0;
    x->needed.len = x->fix.whys.len = 0;
    x->fix.demand = NULL;
    x->fix.secrets.len = x->fix.create_sources.len = 0;
    x->copy = NULL;
    x->fix.tried = x->fix.changed = false;
    x->fix.safety = SAFETY_SAFE;
    x->fix.title = x->fix.refused = x->fix.why_review = x->fix.finished = (Str){0};
}

static void apply_configuration(Fixer *x, const Finding *f) {
    const Config *config = x->scan->sources.items[f->source].config;
    if (rules_has(config->safe, f->rule)) x->fix.safety = SAFETY_SAFE;
    if (rules_has(config->unsafe, f->rule))
        fixer_review(x, STR("the configuration says so (extend-unsafe-fixes)"));
}

/* Every plan reads its piece whole; thousands of them in one large document would take for ever. */
static bool has_work_left(Fixer *x, const Finding *f) {
    if (x->work_source != f->source || x->work_piece != f->piece) x->work = 0;
    x->work_source = f->source;
    x->work_piece = f->piece;
    x->work += f->piece_length;
    return x->work <= LIMIT_PLAN_WORK ||
           fixer_refuse(
               x, "the document holds too many to plan them all: fix these first, then run again");
}

static void plan_manifest(Fixer *x, const Finding *f) {
    const Rule *rule = &x->scan->rules->rules[f->rule];
    PieceRef ref = piece_of(f);
    bool read = rule->fix.kind == FIX_REPLACE && fixer_has_loaded(x, &ref);
    if (!read && !has_work_left(x, f)) return;
    if (rule->fix.kind == FIX_CONVERT)
        fixer_plan_conversion(x, f);
    else if (rule->fix.kind == FIX_STEPS)
        fixer_plan_steps(x, f, rule);
    else if (rule->fix.kind == FIX_REPLACE && rule->match == MATCH_RESOURCE)
        fixer_plan_place(x, f, rule);
    else if (rule->fix.kind == FIX_REPLACE)
        fixer_plan_replacement(x, f, rule);
    else if (rule->fix.kind == FIX_INSTEAD)
        fixer_plan_instead(x, f);
    apply_configuration(x, f);
}

static void plan_copy(Fixer *x, const Finding *copy) {
    Safety before = x->fix.safety;
    x->copy = copy;
    x->fix.safety = SAFETY_SAFE;
    bool together = copies_together(x->scan, copy);
    Str place = fixer_place(x, copy);
    if (copy->state == FINDING_OPEN)
        plan_manifest(x, copy);
    else if (together)
        fixer_note(
            x, str_format(&x->arena, STR_FMT " is suppressed and stays as it is", STR_ARG(place)));
    else
        fixer_note(x, STR("the object stands here too, is suppressed and stays as it is"));
    if (x->fix.safety < before) x->fix.safety = before;
    if (x->fix.refused.len && together)
        x->fix.refused =
            str_format(&x->arena, "all places change together, and not " STR_FMT ": " STR_FMT,
                       STR_ARG(place), STR_ARG(x->fix.refused));
    else if (x->fix.refused.len)
        x->fix.refused = str_format(&x->arena, "the object stands in " STR_FMT " too: " STR_FMT,
                                    STR_ARG(place), STR_ARG(x->fix.refused));
}

/* Half of them changed would be two objects of one name, for ever. */
static void plan_copies(Fixer *x, const Finding *f) {
    bool several = false;
    for (size_t i = copies_first(x, f); copies_is(x, i, f) && !x->fix.refused.len; i++) {
        const Finding *copy = x->copies.items[i].finding;
        if (copy == f) continue;
        plan_copy(x, copy);
        several |= copy->state == FINDING_OPEN;
    }
    x->copy = NULL;
    if (!several || x->fix.refused.len || copies_together(x->scan, f)) return;
    if (!copies_are_apart(x))
        fixer_refuse(x, "the object stands twice in one place of the file: leave one of them");
    fixer_remark(x, STR("all manifests of the object are changed, or none"));
}

/* The finding's own fix, planned once for all that share it. */
static void plan_own(Fixer *x, const Finding *f) {
    if (x->planned == f) return;
    clear(x);
    x->planned = f;
    FixKind kind = x->scan->rules->rules[f->rule].fix.kind;
    bool meant = kind != FIX_INSTEAD || f->joined != MAP_NONE;
    x->fix.tried = kind != FIX_NONE && f->replace != REPLACE_NOT_MEANT && meant;
    if (x->fix.tried) {
        plan_manifest(x, f);
        plan_copies(x, f);
    }
    if (x->fix.refused.len) x->fix.edits.len = x->fix.parts.len = 0;
    x->own_refusal = x->fix.refused.len != 0;
}

static const Verdict *verdict_of(Fixer *x, const Finding *f) {
    for (size_t i = 0; i < x->verdicts.len; i++)
        if (x->verdicts.items[i].rule == f->rule) return &x->verdicts.items[i];
    const Finding *leader = copies_leader(x, f);
    Verdict verdict = {.rule = f->rule};
    plan_own(x, leader);
    verdict.refused = str_copy(&x->scan->arena, x->fix.refused);
    for (size_t i = copies_first(x, f); copies_is(x, i, f); i++)
        verdict.places += x->copies.items[i].finding->state == FINDING_OPEN;
    vec_push(&x->verdicts, verdict);
    return vec_last(&x->verdicts);
}

/* The whole change is the leader's; the others show what becomes of their own place. */
static void plan_together(Fixer *x, const Finding *f) {
    Verdict verdict = *verdict_of(x, f);
    if (copies_leader(x, f) == f) {
        plan_own(x, f);
    } else {
        clear(x);
        x->planned = NULL;
        x->fix.tried = true;
        plan_manifest(x, f);
        if (verdict.refused.len) x->fix.refused = verdict.refused;
        if (x->fix.refused.len) x->fix.edits.len = x->fix.parts.len = 0;
    }
    if (verdict.places > 1 && !x->fix.refused.len)
        fixer_remark(x,
                     str_format(&x->arena, "all %zu places are changed, or none", verdict.places));
}

/* A finding that follows another shares its fix, unless the change leaves it behind. */
static void plan_following(Fixer *x, const Finding *f) {
    const Finding *object = fixer_followed(x, f);
    if (!object) {
        clear(x);
        x->planned = NULL;
        x->fix.tried = true;
        x->fix.refused = f->candidates == MAP_NONE
                             ? STR("the object that it names is not converted")
                             : fixer_why_none(x, f);
        return;
    }
    plan_own(x, object);
    if (x->own_refusal) return;
    x->fix.refused = (Str){0};
    for (size_t i = 0; i < x->left_behind.len; i++)
        if (x->left_behind.items[i].finding == f) x->fix.refused = x->left_behind.items[i].why;
}

const FixPlan *fixer_plan(Fixer *x, const Finding *f) {
    if (x->scan->rules->rules[f->rule].fix.kind == FIX_FOLLOW) {
        plan_following(x, f);
    } else if (copies_together(x->scan, f)) {
        plan_together(x, f);
    } else {
        plan_own(x, f);
        if (!x->own_refusal) x->fix.refused = (Str){0};
    }
    return &x->fix;
}

Fixer *fixer_new(Scan *scan) {
    Fixer *x = mem_zero(sizeof *x);
    x->scan = scan;
    x->work_source = MAP_NONE;
    x->reread = reread_new(scan);
    located_references(scan, &x->references);
    located_findings(scan, &x->objects);
    copies_find(x);
    fixer_find_speakers(x);
    x->follow_limit = LIMIT_PLAN_WORK;
    for (size_t i = 0; i < scan->sources.len; i++)
        x->follow_limit += 16 * scan->sources.items[i].source.size;
    return x;
}

void fixer_free(Fixer *x) {
    if (!x) return;
    fixer_forget_scalers(x);
    vec_release(&x->scalings);
    vec_release(&x->gone);
    reread_free(x->reread);
    vec_release(&x->fix.notes);
    vec_release(&x->fix.whys);
    vec_release(&x->fix.dropped);
    vec_release(&x->fix.creates);
    vec_release(&x->fix.create_sources);
    vec_release(&x->fix.removes);
    vec_release(&x->fix.remove_sources);
    vec_release(&x->fix.edits);
    vec_release(&x->fix.parts);
    vec_release(&x->left_behind);
    vec_release(&x->needed);
    vec_release(&x->fix.secrets);
    vec_release(&x->references);
    vec_release(&x->speakers);
    vec_release(&x->objects);
    vec_release(&x->copies);
    vec_release(&x->rivals);
    vec_release(&x->verdicts);
    line_marks_release(&x->marks);
    hashmap_release(&x->named);
    hashmap_release(&x->kinds);
    arena_release(&x->arena);
    arena_release(&x->piece_arena);
    free(x);
}
