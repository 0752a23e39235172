/* References of one object to another: which of them name what their rule is about. */
#include "app/joins_index.h"

#include "base/limits.h"
#include "rule/finding.h"

uint32_t joins_namespace(Scan *s, uint32_t source, uint32_t namespace) {
    bool ambiguous;
    Str set = kustomizations_namespace(&s->kustomizations, scan_path(s, source), &ambiguous);
    return set.len || ambiguous ? names_intern(&s->index.names, set) : namespace;
}

Str joins_folder(Scan *s, uint32_t source) {
    Str path = scan_path(s, source);
    size_t slash = str_find_last_char(path, '/');
    return str_slice(path, 0, slash == STR_NONE ? 0 : slash);
}

/* Manifests without a namespace that stand apart may be those of two overlays. */
static bool surely_meet(Scan *s, const Finding *f, const Subject *u) {
    uint32_t here = joins_namespace(s, f->source, f->namespace);
    if (f->object == NO_OBJECT || here != joins_namespace(s, u->source, u->namespace)) return false;
    return scan_text(s, here).len || str_eq(joins_folder(s, f->source), joins_folder(s, u->source));
}

typedef enum { FIT_NOT, FIT_ANYWHERE, FIT_ASSUMED, FIT_SURE } Fit;

/* Same namespace, or nothing known of either: they stand in one scan. Where only one of both tells
 * its namespace, they are the same under an assumption, which the finding names. What names objects
 * of any namespace (a dashboard) may mean each of that name. */
static Fit fits(Scan *s, const Finding *f, const Subject *u) {
    bool itself = u->kind == f->kind && u->name == f->name && u->namespace == f->namespace;
    if (u->rule != f->rule || itself) return FIT_NOT;
    const Refers *refers = &s->rules->rules[f->rule].refers;
    if (refers->certain && !surely_meet(s, f, u)) return FIT_NOT;
    bool anywhere = refers->any_namespace;
    uint32_t here = joins_namespace(s, f->source, f->namespace);
    uint32_t there = joins_namespace(s, u->source, u->namespace);
    if (here == there) return FIT_SURE;
    if (anywhere) return FIT_ANYWHERE;
    return scan_text(s, here).len && scan_text(s, there).len ? FIT_NOT : FIT_ASSUMED;
}

/* The holes that begin with "to." were left empty by the judge. Of several candidates each may be
 * in another namespace: none is told. */
static uint32_t fill_to_holes(Scan *s, const Finding *f, const Subject *u) {
    const Rule *rule = &s->rules->rules[f->rule];
    Str joined = scan_text(s, f->holes), value;
    Str namespace = f->candidates == MAP_NONE ? scan_text(s, u->namespace) : (Str){0};
    Buf filled = {0};
    bool first = true;
    for (size_t i = 0; i < rule->holes.len; i++) {
        Str hole = rule->holes.items[i];
        if (hole_is_own(hole)) continue;
        if (!str_split(&joined, '\0', &value)) value = (Str){0};
        if (str_eq(hole, STR("to.kind"))) value = scan_text(s, u->kind);
        if (str_eq(hole, STR("to.namespace"))) value = namespace;
        if (str_eq(hole, STR("to.name"))) value = scan_text(s, u->name);
        if (!first) buf_add_char(&filled, '\0');
        first = false;
        if (str_eq(hole, STR("to.object")) && namespace.len)
            buf_addf(&filled, STR_FMT "/", STR_ARG(namespace));
        if (str_eq(hole, STR("to.object"))) value = scan_text(s, u->name);
        buf_add(&filled, value);
    }
    uint32_t number = names_intern(&s->index.names, buf_str(&filled));
    buf_release(&filled);
    return number;
}

static void tell_named(Scan *s, Finding *f, const Subject *u, Str text) {
    scan_add_remark(s, f,
                    (Remark){.text = names_intern(&s->index.names, text),
                             .source = u->source,
                             .place = u->place,
                             .piece = u->piece,
                             .piece_length = u->piece_length,
                             .piece_line = u->piece_line,
                             .piece_column = u->piece_column});
}

static void tell_assumption(Scan *s, Finding *f) {
    Str text = f->candidates == MAP_NONE
                   ? STR("assumes that both are in one namespace")
                   : STR("its namespace is not known, and several have that name");
    scan_add_remark(s, f,
                    (Remark){.text = names_intern(&s->index.names, text), .source = MAP_NONE});
}

static void join_to(Scan *s, Finding *f, const Subject *u) {
    f->joined = (uint32_t)(u - s->subjects.items);
    f->holes = fill_to_holes(s, f, u);
    bool by_kind = s->rules->rules[f->rule].command.holds;
    tell_named(s, f, u, by_kind ? STR("one of them") : STR("named here"));
    if (f->assumed == MAP_NONE && f->candidates == MAP_NONE) return;
    for (size_t i = f->candidates; f->candidates != MAP_NONE; i++) {
        uint32_t other = s->candidates.items[i];
        if (other == MAP_NONE) break;
        if (other != f->joined) tell_named(s, f, &s->subjects.items[other], STR("or here"));
    }
    tell_assumption(s, f);
}

static int by_rule_and_name(const void *a, const void *b) {
    const Subject *x = a, *y = b;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (x->named != y->named) return x->named < y->named ? -1 : 1;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    return (x->place.start > y->place.start) - (x->place.start < y->place.start);
}

static size_t first_subject(const Scan *s, const Finding *f, uint32_t name) {
    size_t low = 0, high = s->subjects.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Subject *u = &s->subjects.items[middle];
        if (u->rule < f->rule || (u->rule == f->rule && u->named < name))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Manifests of one object, which has a namespace, are one candidate. */
static bool is_candidate(Scan *s, size_t first, const Subject *u) {
    uint32_t namespace = joins_namespace(s, u->source, u->namespace);
    for (size_t i = first; i < s->candidates.len && scan_text(s, namespace).len; i++) {
        const Subject *known = &s->subjects.items[s->candidates.items[i]];
        if (joins_namespace(s, known->source, known->namespace) == namespace) return true;
    }
    return false;
}

/* All that may be meant, where none is sure. */
static void collect_candidates(Scan *s, Finding *f, const Subject *best, Fit fit) {
    size_t first = s->candidates.len;
    for (size_t i = (size_t)(best - s->subjects.items); i < s->subjects.len; i++) {
        const Subject *u = &s->subjects.items[i];
        if (u->rule != f->rule || u->named != f->value) break;
        if (s->candidates.len - first == LIMIT_CANDIDATES) break;
        if (fits(s, f, u) == fit && !is_candidate(s, first, u))
            vec_push(&s->candidates, (uint32_t)i);
    }
    if (s->candidates.len - first > 1) {
        f->candidates = (uint32_t)first;
        vec_push(&s->candidates, MAP_NONE);
    } else {
        s->candidates.len = first;
    }
}

/* A template hides the name of an object in the same folder, as in that of a chart: it may be the
 * one that is named. */
static bool may_be_hidden(Scan *s, const Finding *f) {
    uint32_t nameless = names_intern(&s->index.names, (Str){0});
    for (size_t i = first_subject(s, f, nameless); i < s->subjects.len; i++) {
        const Subject *u = &s->subjects.items[i];
        if (u->rule != f->rule || u->named != nameless) return false;
        if (str_eq(joins_folder(s, u->source), joins_folder(s, f->source))) return true;
    }
    return false;
}

/* Only one of both tells its namespace. */
static void assume(Scan *s, Finding *f, const Subject *best) {
    uint32_t here = joins_namespace(s, f->source, f->namespace);
    f->assumed = scan_text(s, here).len ? here : joins_namespace(s, best->source, best->namespace);
}

/* ---- rules that want none ---- */

static int by_rule_and_instead(const void *a, const void *b, void *subjects) {
    const Subject *all = subjects;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const Subject *x = &all[i], *y = &all[k];
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (x->instead != y->instead) return x->instead < y->instead ? -1 : 1;
    return (i > k) - (i < k);
}

static size_t first_instead(const Scan *s, const Finding *f, uint32_t text) {
    size_t low = 0, high = s->by_instead.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Subject *u = &s->subjects.items[s->by_instead.items[middle]];
        if (u->rule < f->rule || (u->rule == f->rule && u->instead < text))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The only object of that text in the namespace; of several, none. */
static const Subject *find_instead(Scan *s, const Finding *f) {
    const Rule *rule = &s->rules->rules[f->rule];
    Str text = hole_value(rule, scan_text(s, f->holes), rule->refers.instead_hole);
    uint32_t number = names_find(&s->index.names, text);
    const Subject *found = NULL;
    if (!text.len || number == MAP_NONE) return NULL;
    for (size_t i = first_instead(s, f, number); i < s->by_instead.len; i++) {
        const Subject *u = &s->subjects.items[s->by_instead.items[i]];
        if (u->rule != f->rule || u->instead != number) break;
        if (fits(s, f, u) != FIT_SURE) continue;
        if (found && found->name != u->name) return NULL;
        found = u;
    }
    return found;
}

static bool is_seen(const Scan *s, uint16_t rule) {
    Finding any = {.rule = rule};
    size_t i = first_subject(s, &any, 0);
    return i < s->subjects.len && s->subjects.items[i].rule == rule;
}

/* Those whose names begin with the one that is not there: `chat-h100` of `chat`. */
static void tell_similar(Scan *s, Finding *f) {
    enum { LOOKED_AT = 10000 };
    Str name = scan_text(s, f->value);
    Finding any = {.rule = f->rule};
    size_t first = first_subject(s, &any, 0), told = 0;
    for (size_t i = first; i < s->subjects.len && i < first + LOOKED_AT; i++) {
        const Subject *u = &s->subjects.items[i];
        Str other = scan_text(s, u->name);
        if (u->rule != f->rule || told == LIMIT_CANDIDATES) break;
        if (!str_starts(other, name) || !str_starts(str_from_offset(other, name.len), STR("-")))
            continue;
        if (fits(s, f, u) == FIT_NOT) continue;
        tell_named(s, f, u,
                   str_format(&s->arena, "perhaps '" STR_FMT "' is meant", STR_ARG(other)));
        told++;
    }
}

static void tell_unseen(Scan *s, Finding *f) {
    const Refers *refers = &s->rules->rules[f->rule].refers;
    if (refers->unseen == UNSEEN_NOTHING) {
        f->state = FINDING_DROPPED;
        return;
    }
    Str kind = refers->to.kinds.len ? refers->to.kinds.items[0] : STR("such object");
    Str text =
        str_format(&s->arena, "no " STR_FMT " was seen at all: --inventory names more manifests",
                   STR_ARG(kind));
    f->severity = SEVERITY_NOTE;
    scan_add_remark(s, f,
                    (Remark){.text = names_intern(&s->index.names, text), .source = MAP_NONE});
}

static void tell_none(Scan *s, Finding *f) {
    const Refers *refers = &s->rules->rules[f->rule].refers;
    const Subject *instead = refers->instead.count ? find_instead(s, f) : NULL;
    if (instead) {
        f->joined = (uint32_t)(instead - s->subjects.items);
        f->holes = fill_to_holes(s, f, instead);
        tell_named(s, f, instead, STR("meant instead"));
    } else if (refers->unseen && !is_seen(s, f->rule)) {
        tell_unseen(s, f);
    } else if (refers->instead.count) {
        tell_similar(s, f);
    }
}

/* `$(NAME)` is filled in later, by whatever tool: nothing is known of it. */
static bool may_be_name(Str text) {
    return str_find_char(text, '$') == STR_NONE && str_find_char(text, '{') == STR_NONE &&
           str_find_char(text, '<') == STR_NONE && !str_eq(text, STR("***"));
}

/* Where no namespace is told, each of two overlays means its own. */
static bool is_nearer(Scan *s, const Finding *f, const Subject *u, const Subject *than) {
    Str folder = joins_folder(s, f->source);
    return !scan_text(s, joins_namespace(s, f->source, f->namespace)).len &&
           str_eq(joins_folder(s, u->source), folder) &&
           !str_eq(joins_folder(s, than->source), folder);
}

/* A sure partner wins over an assumed one, then one in the same folder, then an earlier over a
 * later. For a rule that wants none, an assumed one is one too. */
static void join(Scan *s, Finding *f) {
    const Subject *best = NULL;
    Fit best_fit = FIT_NOT;
    bool wants_none = s->rules->rules[f->rule].refers.none;
    for (size_t i = first_subject(s, f, f->value); i < s->subjects.len; i++) {
        const Subject *u = &s->subjects.items[i];
        if (u->rule != f->rule || u->named != f->value) break;
        Fit fit = fits(s, f, u);
        bool nearer = fit == FIT_SURE && fit == best_fit && is_nearer(s, f, u, best);
        if (fit > best_fit || nearer) best = u, best_fit = fit;
        if (fit == FIT_SURE && wants_none) break;
    }
    if (wants_none && !may_be_name(scan_text(s, f->value))) {
        f->state = FINDING_DROPPED;
        return;
    }
    if (best_fit == FIT_ASSUMED && !wants_none) assume(s, f, best);
    if (best && best_fit != FIT_SURE && !wants_none) collect_candidates(s, f, best, best_fit);
    if (wants_none ? best || may_be_hidden(s, f) : !best)
        f->state = FINDING_DROPPED;
    else if (wants_none)
        tell_none(s, f);
    else if (best)
        join_to(s, f, best);
}

/* What an example names, its reader has. */
static void join_by_index(Scan *s, Finding *f, IndexJoins *joins) {
    bool asks = f->object != NO_OBJECT && may_be_name(scan_text(s, f->value));
    if (!asks || index_joins_has(joins, s, f))
        f->state = FINDING_DROPPED;
    else if (s->rules->rules[f->rule].refers.unseen && !index_joins_seen(joins, s, f))
        tell_unseen(s, f);
}

void settle_joins(Scan *s) {
    if (s->subjects.len)
        qsort(s->subjects.items, s->subjects.len, sizeof(Subject), by_rule_and_name);
    s->by_instead.len = 0;
    for (uint32_t i = 0; i < s->subjects.len; i++) vec_push(&s->by_instead, i);
    if (s->by_instead.len)
        qsort_r(s->by_instead.items, s->by_instead.len, sizeof(uint32_t), by_rule_and_instead,
                s->subjects.items);
    IndexJoins joins = {0};
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding *f = &s->findings.items[i];
        if (!f->refers || f->state == FINDING_DROPPED) continue;
        if (s->rules->rules[f->rule].refers.unread)
            join_by_index(s, f, &joins);
        else
            join(s, f);
    }
    index_joins_release(&joins);
}
