/* Fixes by conversions: what they may ask of the scan, and what their answer takes along. */
#include "app/fixer.h"
#include "app/fix_schema.h"

#include "input/json_scan.h"

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

static bool convert(Fixer *x, const Finding *f, const Opened *o) {
    Converted out;
    if (fixer_outer_resource(o->resource) != o->resource)
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

void fixer_plan_conversion(Fixer *x, const Finding *f) {
    Opened o;
    if (fixer_open(x, f, &o)) convert(x, f, &o);
    opened_release(&o);
}
