/* Planning one fix: the resource, what follows it, and what is said about both. */
#include "app/fix.h"

#include "app/opened.h"
#include "app/words.h"
#include "change/plan.h"
#include "change/steps.h"
#include "convert/convert.h"
#include "convert/variant_reference.h"

struct Fixer {
    Scan *scan;
    Arena arena; /* of the fix at hand */
    FixPlan fix;
};

static bool refuse(Fixer *x, const char *why) {
    if (!x->fix.refused.len) x->fix.refused = str_from(why);
    return false;
}

static bool open_resource(Fixer *x, const Finding *f, Opened *o) {
    const char *why = opened_read(x->scan, &x->arena, f, o);
    return why ? refuse(x, why) : true;
}

/* ---- what is said about a plan ---- */

static Str path_of(Fixer *x, const Node *resource, const Node *n) {
    Buf path = {0};
    path_write(&path, resource, n);
    Str copy = str_copy(&x->arena, buf_str(&path));
    buf_release(&path);
    return copy;
}

static void add_to_list(Arena *a, const Str **items, size_t *count, Str text) {
    Str *longer = arena_array(a, Str, *count + 1);
    for (size_t i = 0; i < *count; i++) longer[i] = (*items)[i];
    longer[(*count)++] = text;
    *items = longer;
}

/* Drops for one reason are one entry with all their paths. */
static DroppedView *entry_for(Fixer *x, Str path, uint32_t line, Str reason) {
    for (size_t i = 0; i < x->fix.dropped.len; i++) {
        DroppedView *d = &x->fix.dropped.items[i];
        if (!str_eq(d->reason, reason)) continue;
        if (path.len && !str_eq(path, d->path))
            add_to_list(&x->arena, &d->also, &d->also_count, path);
        return d;
    }
    vec_push(&x->fix.dropped, (DroppedView){.path = path, .line = line, .reason = reason});
    return vec_last(&x->fix.dropped);
}

static void tell_drops(Fixer *x, const Opened *o, const Rewrite *rw, const Plan *plan) {
    for (const Drop *d = rw->drops; d; d = d->next) {
        if (d->kind == DROP_LOSS) x->fix.safety = SAFETY_REVIEW;
        entry_for(x, path_of(x, rw->resource, d->node), opened_line(o, d->node->entry), d->reason);
    }
    for (const LostComment *c = plan->lost; c; c = c->next) {
        x->fix.safety = SAFETY_REVIEW;
        DroppedView *entry =
            c->drop ? entry_for(x, path_of(x, rw->resource, c->drop->node), 0, c->drop->reason)
                    : entry_for(x, (Str){0}, opened_line(o, c->span.start), STR("comment"));
        add_to_list(&x->arena, &entry->comments, &entry->comment_count,
                    span_text(o->doc.text, c->span));
    }
}

static bool touches_secret(const Opened *o, Offset base, const Edit *e) {
    for (size_t i = 0; i < o->secrets.len; i++) {
        Offset start = base + o->secrets.items[i].start, end = base + o->secrets.items[i].end;
        if (start < e->end && e->start < end) return true;
    }
    Buf masked = {0};
    Str rest = e->text, line;
    bool secret = false;
    while (!secret && str_split(&rest, '\n', &line)) {
        buf_clear(&masked);
        mask_text(line, &masked);
        secret = !str_eq(buf_str(&masked), line);
    }
    buf_release(&masked);
    return secret;
}

static void note(Fixer *x, Str text) {
    x->fix.safety = SAFETY_REVIEW;
    vec_push(&x->fix.notes, text);
}

/* Takes a plan's edits over, or its refusal. */
static bool take_plan(Fixer *x, const Opened *o, Rewrite *rw) {
    Plan plan;
    Offset base = o->piece.ref.offset + o->finding->document.start;
    bool ok = plan_rewrite(rw, base, &plan);
    if (ok) {
        size_t first = x->fix.edits.len;
        for (size_t i = 0; i < plan.edits.len; i++) {
            Edit e = plan.edits.items[i];
            vec_push(&x->fix.edits, (FixEdit){o->finding->source, e, touches_secret(o, base, &e)});
        }
        vec_push(&x->fix.parts, (FixPart){.source = o->finding->source,
                                          .piece = o->piece.ref.offset,
                                          .piece_line = o->piece.ref.line,
                                          .text = o->piece.text,
                                          .first = first,
                                          .count = x->fix.edits.len - first});
        tell_drops(x, o, rw, &plan);
        if (plan.copies) note(x, STR("an alias becomes a copy of what it stands for"));
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
    const Scan *scan;
    const Settings *settings;
} Facts;

static int presence(void *context, Str group, Str kind, Str namespace, Str name) {
    const Facts *f = context;
    return (int)index_presence(&f->scan->index, group, kind, namespace, name);
}

static Str option(void *context, Str pack, Str key) {
    const Facts *f = context;
    const Settings *s = f->settings;
    if (str_eq(pack, STR("wva")) && str_eq(key, STR("mode")))
        return s->wva_mode == WVA_MODE_ACTIVE ? STR("active") : STR("fan-out");
    if (str_eq(pack, STR("trainer")) && str_eq(key, STR("runtime"))) return s->trainer_runtime.text;
    if (str_eq(pack, STR("trainer")) && str_eq(key, STR("keep-image-pull-policy")))
        return s->trainer_keep_image_pull_policy == ANSWER_TRUE ? STR("true") : (Str){0};
    return (Str){0};
}

static Str namespace_of(const Scan *s, const Finding *f, const Identity *id) {
    bool ambiguous;
    Str set = kustomizations_namespace(&s->kustomizations, scan_path(s, f->source), &ambiguous);
    return set.len ? set : id->namespace;
}

static Str target_of(const Scan *s, const Finding *f, const Rule *rule) {
    for (size_t p = 0; p < PACK_COUNT; p++)
        if (str_eq(pack_names[p], rule->pack))
            return s->sources.items[f->source].config->targets[p];
    return (Str){0};
}

static void take_words(Fixer *x, const Converted *c) {
    if (c->notes.len || c->created.len) x->fix.safety = SAFETY_REVIEW;
    x->fix.title = c->title;
    for (size_t i = 0; i < c->notes.len; i++) vec_push(&x->fix.notes, c->notes.items[i]);
    for (size_t i = 0; i < c->remarks.len; i++) vec_push(&x->fix.notes, c->remarks.items[i]);
    for (size_t i = 0; i < c->created.len; i++) {
        const Created *n = &c->created.items[i];
        vec_push(&x->fix.creates,
                 (ResourceView){n->group, n->version, n->kind, n->namespace, n->name});
    }
}

/* ---- what refers to a renamed object ---- */

static bool set_value(Fixer *x, const Opened *o, const Node *at, Str value) {
    Rewrite rw;
    Error err;
    rewrite_begin(&rw, &x->arena, &o->doc, o->resource);
    rw.in_list = o->finding->in_list;
    ChangeStep step = {.kind = CHANGE_SET, .value = value};
    if (!path_parse(&x->arena, path_of(x, o->resource, at), &step.path, &err))
        return refuse(x, "the place cannot be named");
    Target *root = steps_begin(&rw);
    steps_apply(&rw, root, &step);
    return take_plan(x, o, &rw);
}

static bool follow_one(Fixer *x, const Finding *f, const Converted *c) {
    Opened o;
    Str place =
        str_format(&x->arena, "%.*s:%u", STR_ARG(scan_path(x->scan, f->source)), f->place.line);
    if (!open_resource(x, f, &o)) return false;
    const Node *at = opened_node(&o, f->place);
    Str value, why;
    bool ok = true;
    if (o.identity.owner_kind.len) {
        note(x, str_format(&x->arena, "%.*s is managed by %.*s '%.*s': change that one",
                           STR_ARG(place), STR_ARG(o.identity.owner_kind),
                           STR_ARG(o.identity.owner_name)));
    } else if (!at) {
        ok = refuse(x, "what refers to it is not where it was");
    } else if (variant_follow(&x->arena, o.resource, node_text(at), c->renamed.items,
                              c->renamed.len, &value, &why)) {
        ok = set_value(x, &o, at, str_copy(&x->arena, value));
    } else {
        note(x,
             str_format(&x->arena, "%.*s keeps the old name: %.*s", STR_ARG(place), STR_ARG(why)));
    }
    opened_release(&o);
    return ok;
}

static bool refers_to(const Scan *s, const Finding *f, const Finding *object) {
    if (f->joined == MAP_NONE || f->state >= FINDING_MERGED) return false;
    const Subject *u = &s->subjects.items[f->joined];
    return u->source == object->source && u->piece == object->piece && u->name == object->name &&
           u->resource == object->resource;
}

static bool follow_all(Fixer *x, const Finding *object, const Converted *c) {
    if (!c->renamed.len) return true;
    for (size_t i = 0; i < x->scan->findings.len; i++) {
        const Finding *f = &x->scan->findings.items[i];
        if (refers_to(x->scan, f, object) && !follow_one(x, f, c)) return false;
    }
    return true;
}

static bool convert(Fixer *x, const Finding *f, const Rule *rule, const Opened *o) {
    const Conversion *conversion = conversion_find(rule->fix.conversion);
    if (!conversion) bug("rule %.*s names an unknown conversion", STR_ARG(rule->id));
    Facts known = {x->scan, x->scan->sources.items[f->source].config->settings};
    ConvertFacts facts = {.context = &known, .presence = presence, .option = option};
    ConvertInput in = {.arena = &x->arena,
                       .doc = &o->doc,
                       .resource = o->resource,
                       .identity = &o->identity,
                       .namespace = namespace_of(x->scan, f, &o->identity),
                       .target = target_of(x->scan, f, rule),
                       .in_list = f->in_list,
                       .facts = &facts};
    Converted out;
    convert_begin(&out, &in);
    bool ok = conversion->convert(&in, &out);
    if (!ok) x->fix.refused = out.rewrite.refused;
    take_words(x, &out);
    ok = ok && take_plan(x, o, &out.rewrite) && follow_all(x, f, &out);
    convert_release(&out);
    return ok;
}

/* ---- declared fixes ---- */

static void take_declared(Fixer *x, const Finding *f, const Rule *rule) {
    if (rule->fix.safety == FIX_REVIEW) {
        x->fix.safety = SAFETY_REVIEW;
        vec_push(&x->fix.notes,
                 str_format(&x->arena, "assumes that %.*s", STR_ARG(rule->fix.assumes)));
    }
    x->fix.title = finding_words(x->scan, &x->arena, f, rule->fix.title);
}

static bool run_steps(Fixer *x, const Finding *f, const Rule *rule, const Opened *o) {
    Rewrite rw;
    rewrite_begin(&rw, &x->arena, &o->doc, o->resource);
    rw.in_list = f->in_list;
    Target *root = steps_begin(&rw);
    for (size_t i = 0; i < rule->fix.step_count; i++) {
        ChangeStep step = rule->fix.steps[i];
        if (step.kind != CHANGE_DROP) step.value = finding_words(x->scan, &x->arena, f, step.value);
        if (str_find(step.value, STR("***")) != STR_NONE)
            return refuse(x, "what it would write is a secret that is not kept");
        if (!steps_apply(&rw, root, &step)) break;
    }
    return take_plan(x, o, &rw);
}

static void plan_steps(Fixer *x, const Finding *f, const Rule *rule) {
    Opened o;
    take_declared(x, f, rule);
    if (open_resource(x, f, &o)) run_steps(x, f, rule, &o);
    opened_release(&o);
}

static void plan_replacement(Fixer *x, const Finding *f, const Rule *rule) {
    LoadedPiece piece;
    PieceRef ref = piece_of(f);
    Str text;
    take_declared(x, f, rule);
    if (!piece_load(x->scan, &x->arena, &ref, &piece)) {
        refuse(x, "the file has changed");
    } else if (!match_words(x->scan, &x->arena, f, piece.text, rule->fix.replacement, &text)) {
        refuse(x, "the text is not where it was");
    } else {
        Edit e = {f->place.start, f->place.start + f->place.length, text};
        vec_push(&x->fix.parts, (FixPart){f->source, f->piece, f->piece_line, piece.text, 0, 1});
        vec_push(&x->fix.edits, (FixEdit){f->source, e, false});
    }
}

/* ---- the kinds of fix ---- */

static void plan_resource(Fixer *x, const Finding *f, const Rule *rule) {
    Opened o;
    if (open_resource(x, f, &o)) convert(x, f, rule, &o);
    opened_release(&o);
}

const Finding *fix_followed(const Scan *s, const Finding *f) {
    const Rule *rule = &s->rules->rules[f->rule];
    for (size_t i = 0; i < s->findings.len && rule->fix.kind == FIX_FOLLOW; i++) {
        const Finding *object = &s->findings.items[i];
        if (object->state != FINDING_OPEN || !refers_to(s, f, object)) continue;
        for (size_t k = 0; k < rule->fix.follow.len; k++)
            if (str_eq(rule->fix.follow.items[k], s->rules->rules[object->rule].id)) return object;
    }
    return NULL;
}

static void clear(Fixer *x) {
    arena_reset(&x->arena);
    x->fix.notes.len = x->fix.dropped.len = x->fix.creates.len = 0;
    x->fix.edits.len = x->fix.parts.len = 0;
    x->fix.tried = false;
    x->fix.safety = SAFETY_SAFE;
    x->fix.title = x->fix.refused = (Str){0};
}

static void apply_configuration(Fixer *x, const Finding *f) {
    const Config *config = x->scan->sources.items[f->source].config;
    if (rules_has(config->safe, f->rule)) x->fix.safety = SAFETY_SAFE;
    if (rules_has(config->unsafe, f->rule)) x->fix.safety = SAFETY_REVIEW;
}

const FixPlan *fixer_plan(Fixer *x, const Finding *f) {
    const Rule *rule = &x->scan->rules->rules[f->rule];
    clear(x);
    x->fix.tried = rule->fix.kind != FIX_NONE;
    if (rule->fix.kind == FIX_FOLLOW) {
        const Finding *object = fix_followed(x->scan, f);
        if (!object)
            refuse(x, "the object that it names is not converted");
        else
            plan_resource(x, object, &x->scan->rules->rules[object->rule]);
    } else if (rule->fix.kind == FIX_CONVERT) {
        plan_resource(x, f, rule);
    } else if (rule->fix.kind == FIX_STEPS) {
        plan_steps(x, f, rule);
    } else if (rule->fix.kind == FIX_REPLACE) {
        plan_replacement(x, f, rule);
    }
    if (x->fix.refused.len) x->fix.edits.len = x->fix.parts.len = 0;
    apply_configuration(x, f);
    return &x->fix;
}

Fixer *fixer_new(Scan *scan) {
    Fixer *x = mem_zero(sizeof *x);
    x->scan = scan;
    return x;
}

void fixer_free(Fixer *x) {
    if (!x) return;
    vec_release(&x->fix.notes);
    vec_release(&x->fix.dropped);
    vec_release(&x->fix.creates);
    vec_release(&x->fix.edits);
    vec_release(&x->fix.parts);
    arena_release(&x->arena);
    free(x);
}
