/* The rounds of check, for the rules that lead to a conversion. */
#include "app/convert_halfway.h"

static bool has_text(const StrList *list, Str text) {
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->items[i], text)) return true;
    return false;
}

/* "kind" or "apiVersion" of the resource itself. */
static Str text_set(const Rule *rule, const char *key) {
    for (size_t i = 0; rule->fix.kind == FIX_STEPS && i < rule->fix.step_count; i++) {
        const ChangeStep *step = &rule->fix.steps[i];
        if (step->kind == CHANGE_SET && step->path.count == 1 &&
            str_eq(step->path.steps[0].key, str_from(key)))
            return step->value;
    }
    return (Str){0};
}

/* Is what the rule makes of a resource for a conversion to take? */
static bool leads_on(const Scan *s, const Finding *f) {
    const Rule *rule = &s->rules->rules[f->rule];
    Identity becomes = {0};
    identity_set_type(&becomes, text_set(rule, "apiVersion"), text_set(rule, "kind"));
    const Config *config = s->sources.items[f->source].config;
    for (size_t i = 0; becomes.kind.len && i < s->rules->count; i++) {
        const Rule *next = &s->rules->rules[i];
        if (next->fix.kind == FIX_CONVERT && rules_has(config->active, i) &&
            has_text(&next->resource.kinds, becomes.kind) &&
            has_text(&next->resource.groups, becomes.group))
            return true;
    }
    return false;
}

void halfway_run(Halfway *h) {
    Scan *s = h->rounds.scan;
    bool any = false;
    for (size_t i = 0; i < s->findings.len && !any; i++) {
        const Finding *f = &s->findings.items[i];
        any = f->state == FINDING_OPEN && leads_on(s, f);
    }
    if (!any) return;
    h->rounds.wanted = leads_on;
    rounds_run(&h->rounds);
    s->keep_copies = true;
}

void halfway_notes(const Halfway *h, uint32_t source, Str title, StrVec *out) {
    for (size_t i = 0; i < h->rounds.losses.len; i++) {
        const Loss *l = &h->rounds.losses.items[i];
        if (l->source == source && str_eq(l->title, title)) vec_push(out, l->note);
    }
}

void halfway_release(Halfway *h) {
    rounds_release(&h->rounds);
}
