/* Planning one fix: the resource, its copies, what follows it. */
#include "app/fix.h"

#include "app/fix_schema.h"
#include "app/fixer.h"
#include "app/words.h"
#include "change/plan.h"
#include "change/steps.h"
#include "base/limits.h"
#include "input/json_scan.h"

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

/* ---- conversions ---- */

/* What a conversion may ask: the scan, and the configuration of the file at hand. */
typedef struct Facts {
    Fixer *fixer;
    const Finding *finding;
    const Opened *opened;
} Facts;

static int presence(void *context, Str group, Str kind, Str namespace, Str name) {
    const Facts *f = context;
    return (int)index_presence(&f->fixer->scan->index, group, kind, namespace, name);
}

static Str taken(void *context, Str group, Str kind, Str namespace, Str name) {
    const Facts *f = context;
    const Identity wanted = {.group = group, .kind = kind, .namespace = namespace, .name = name};
    return fixer_name_taken(f->fixer, f->finding, &f->opened->identity, &wanted);
}

static const Str finished_words[] = {[FINISHED_SKIP] = STR_INIT("skip"),
                                     [FINISHED_SUSPEND] = STR_INIT("suspend"),
                                     [FINISHED_CONVERT] = STR_INIT("convert")};

static Str option(void *context, Str pack, Str key) {
    const Facts *f = context;
    const Settings *s = f->fixer->scan->sources.items[f->finding->source].config->settings;
    if (str_eq(pack, STR("wva")) && str_eq(key, STR("mode")))
        return s->wva_mode == WVA_MODE_ACTIVE ? STR("active") : STR("fan-out");
    if (str_eq(pack, STR("trainer")) && str_eq(key, STR("runtime"))) return s->trainer_runtime.text;
    if (str_eq(pack, STR("trainer")) && str_eq(key, STR("keep-image-pull-policy")))
        return s->trainer_keep_image_pull_policy == ANSWER_TRUE ? STR("true") : (Str){0};
    if (str_eq(pack, STR("trainer")) && str_eq(key, STR("finished")))
        return finished_words[s->trainer_finished];
    return (Str){0};
}

static const Node *read_object(void *context, Str group, Str kind, Str namespace, Str name) {
    const Facts *f = context;
    return reread_object(f->fixer->reread, group, kind, namespace, name);
}

static const Node *scaler(void *context, size_t i) {
    const Facts *f = context;
    return fixer_scaler(f->fixer, f->finding, f->opened, i);
}

static void take_words(Fixer *x, const Finding *f, const Converted *c) {
    if (!x->copy) x->fix.title = c->title;
    for (size_t i = 0; i < c->notes.len; i++) fixer_note(x, c->notes.items[i]);
    for (size_t i = 0; i < c->remarks.len; i++) fixer_remark(x, c->remarks.items[i]);
    for (size_t i = 0; i < c->created.len; i++) {
        const Created *n = &c->created.items[i];
        fixer_review(x, str_format(&x->arena, "it creates " STR_FMT " '" STR_FMT "'",
                                   STR_ARG(n->kind), STR_ARG(n->name)));
        vec_push(&x->fix.creates,
                 (ResourceView){n->group, n->version, n->kind, n->namespace, n->name});
        vec_push(&x->fix.create_sources, f->source);
    }
}

static void take_removal(Fixer *x, const Finding *f, const Opened *o) {
    const Identity *id = &o->identity;
    vec_push(&x->fix.removes,
             (ResourceView){id->group, id->version, id->kind, fixer_namespace(x, f), id->name});
    vec_push(&x->fix.remove_sources, f->source);
}

/* ---- conversions, planned ---- */

/* What convert makes of a JSON object may be several: they are written as items of a List. */
static bool in_list(const Fixer *x, const Finding *f, const Opened *o) {
    bool json_object = !o->resource->parent && json_looks(o->piece.text) == 1;
    return f->in_list || (x->scan->alone && json_object);
}

bool fixer_convert(Fixer *x, const Finding *f, const Opened *o, Converted *out) {
    const Rule *rule = &x->scan->rules->rules[f->rule];
    const Conversion *conversion = conversion_find(rule->fix.conversion);
    if (!conversion) bug("rule " STR_FMT " names an unknown conversion", STR_ARG(rule->id));
    const Config *config = x->scan->sources.items[f->source].config;
    Facts known = {x, f, o};
    ConvertFacts facts = {.context = &known,
                          .presence = presence,
                          .option = option,
                          .taken = taken,
                          .read = read_object,
                          .scaler = scaler};
    ConvertInput in = {.arena = &x->arena,
                       .doc = &o->doc,
                       .resource = o->resource,
                       .identity = &o->identity,
                       .namespace = fixer_namespace(x, f),
                       .target = target_of_pack(config, rule->pack),
                       .in_list = in_list(x, f, o),
                       .alone = fixer_alone(x, f, o),
                       .facts = &facts};
    convert_begin(out, &in);
    return conversion->convert(&in, out);
}

static void measure(Fixer *x, const Opened *o, const Converted *c) {
    if (!x->scan->options->statistics || x->copy) return;
    DemandChange *change = arena_new(&x->arena, DemandChange);
    demand_of_resource(&change->before, o->resource);
    demand_of_rewrite(&change->after, &c->rewrite);
    x->fix.demand = change;
}

/* An object in an object is changed as a part of that. */
static const Node *outer_resource(const Node *resource) {
    Identity id;
    if (!resource->parent || resource->parent->kind != NODE_MAP) return resource;
    for (const Node *n = resource->parent; n; n = n->parent)
        if (n->kind == NODE_MAP && identity_from_tree(n, &id)) return n;
    return resource;
}

static bool convert(Fixer *x, const Finding *f, const Opened *o) {
    Converted out;
    if (outer_resource(o->resource) != o->resource)
        return fixer_refuse(x, "it stands in another object, which may have to change with it");
    bool ok = fixer_convert(x, f, o, &out);
    /* Nothing is left of a piece that is written on its own, in a JSON List or not. */
    if (out.removed && x->scan->alone) out.rewrite.in_list = false;
    if (!ok) x->fix.refused = out.rewrite.refused;
    x->fix.finished = out.finished;
    take_words(x, f, &out);
    if (ok && out.removed) ok = fixer_is_unpatched(x, f, &o->identity);
    if (ok && out.reshapes && !out.removed)
        ok = fixer_stands_alone(x, f, o) && fixer_check_patches(x, f, &o->identity);
    if (ok && out.reshapes) ok = fixer_check_kustomizations(x, o, &out);
    if (ok) measure(x, o, &out);
    if (ok && out.reshapes) fixer_note_commands(x, o);
    ok = ok && fixer_is_alone(x, f);
    ok = ok && fixer_take(x, o, &out.rewrite) && fixer_take_step(x, f, o) &&
         fixer_gain(x, f, o, &out) && (!out.removed || fixer_unlist(x, f)) &&
         fixer_follow(x, f, &out);
    if (ok && out.removed) take_removal(x, f, o);
    if (ok) fixer_claim(x, f, &o->identity, &out);
    convert_release(&out);
    return ok;
}

/* ---- declared fixes ---- */

static void take_declared(Fixer *x, const Finding *f, const Rule *rule) {
    if (rule->fix.safety == FIX_REVIEW)
        fixer_note(x, str_format(&x->arena, "assumes that " STR_FMT, STR_ARG(rule->fix.assumes)));
    if (!x->copy) x->fix.title = finding_words(x->scan, &x->arena, f, rule->fix.title);
}

static bool run_steps(Fixer *x, const Finding *f, const Rule *rule, const Opened *o) {
    Rewrite rw;
    rewrite_begin(&rw, &x->arena, &o->doc, outer_resource(o->resource));
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

static void plan_steps(Fixer *x, const Finding *f, const Rule *rule) {
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
static void plan_instead(Fixer *x, const Finding *f) {
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

static bool is_loaded(const Fixer *x, const PieceRef *ref) {
    const PieceRef *last = &x->piece.ref;
    return x->piece.text.data && last->source == ref->source && last->offset == ref->offset &&
           last->length == ref->length && last->hash == ref->hash;
}

/* Findings of one piece come one after the other: it is read once. */
static bool load_piece(Fixer *x, const PieceRef *ref) {
    if (is_loaded(x, ref)) return true;
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
static void plan_place(Fixer *x, const Finding *f, const Rule *rule) {
    Opened o;
    take_declared(x, f, rule);
    Str text = finding_words(x->scan, &x->arena, f, rule->fix.replacement);
    if (str_find(text, STR("***")) != STR_NONE)
        fixer_refuse(x, "what it would write is a secret that is not kept");
    else if (fixer_open(x, f, &o))
        fixer_set_text(x, &o, text), opened_release(&o);
}

static void plan_replacement(Fixer *x, const Finding *f, const Rule *rule) {
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

/* ---- the kinds of fix ---- */

static void plan_resource(Fixer *x, const Finding *f) {
    Opened o;
    if (fixer_open(x, f, &o)) convert(x, f, &o);
    opened_release(&o);
}

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
    bool read = rule->fix.kind == FIX_REPLACE && is_loaded(x, &ref);
    if (!read && !has_work_left(x, f)) return;
    if (rule->fix.kind == FIX_CONVERT)
        plan_resource(x, f);
    else if (rule->fix.kind == FIX_STEPS)
        plan_steps(x, f, rule);
    else if (rule->fix.kind == FIX_REPLACE && rule->match == MATCH_RESOURCE)
        plan_place(x, f, rule);
    else if (rule->fix.kind == FIX_REPLACE)
        plan_replacement(x, f, rule);
    else if (rule->fix.kind == FIX_INSTEAD)
        plan_instead(x, f);
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
