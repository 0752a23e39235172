/* Joins, suppressions, merging, order. */
#include "app/settle.h"

#include "app/write.h"
#include "rule/suppress.h"

static Str text_of(const Scan *s, uint32_t number) {
    return names_text(&s->index.names, number);
}

static Str path_of(const Scan *s, uint32_t source) {
    return s->sources.items[source].source.path;
}

/* ---- joins ---- */

/* The namespace that an object ends up in: a kustomization may set it. Where several set different
 * ones nothing is known. */
static uint32_t effective_namespace(Scan *s, uint32_t source, uint32_t namespace) {
    bool ambiguous;
    Str set = kustomizations_namespace(&s->kustomizations, path_of(s, source), &ambiguous);
    return set.len || ambiguous ? names_intern(&s->index.names, set) : namespace;
}

typedef enum { FIT_NOT, FIT_ASSUMED, FIT_SURE } Fit;

/* Same namespace, or nothing known of either: they stand in one scan. Where only one of both tells
 * its namespace, they are the same under an assumption, which the finding names. */
static Fit fits(Scan *s, const Finding *f, const Subject *u) {
    if (u->rule != f->rule || u->name != f->value) return FIT_NOT;
    if (s->rules->rules[f->rule].refers.any_namespace) return FIT_SURE;
    uint32_t here = effective_namespace(s, f->source, f->namespace);
    uint32_t there = effective_namespace(s, u->source, u->namespace);
    if (here == there) return FIT_SURE;
    return text_of(s, here).len && text_of(s, there).len ? FIT_NOT : FIT_ASSUMED;
}

/* The holes that begin with "to." were left empty by the judge. */
static uint32_t fill_to_holes(Scan *s, const Finding *f, const Subject *u) {
    const Rule *rule = &s->rules->rules[f->rule];
    Str joined = text_of(s, f->holes), value;
    Buf filled = {0};
    bool first = true;
    for (size_t i = 0; i < rule->holes.len; i++) {
        Str hole = rule->holes.items[i];
        if (hole_is_own(hole)) continue;
        if (!str_split(&joined, '\0', &value)) value = (Str){0};
        if (str_eq(hole, STR("to.kind"))) value = text_of(s, u->kind);
        if (str_eq(hole, STR("to.namespace"))) value = text_of(s, u->namespace);
        if (str_eq(hole, STR("to.name"))) value = text_of(s, u->name);
        if (!first) buf_add_char(&filled, '\0');
        first = false;
        if (str_eq(hole, STR("to.object")) && text_of(s, u->namespace).len)
            buf_addf(&filled, STR_FMT "/", STR_ARG(text_of(s, u->namespace)));
        if (str_eq(hole, STR("to.object"))) value = text_of(s, u->name);
        buf_add(&filled, value);
    }
    uint32_t number = names_intern(&s->index.names, buf_str(&filled));
    buf_release(&filled);
    return number;
}

static void join_to(Scan *s, Finding *f, const Subject *u, Fit fit) {
    f->holes = fill_to_holes(s, f, u);
    scan_add_remark(s, f,
                    (Remark){.text = names_intern(&s->index.names, STR("named here")),
                             .source = u->source,
                             .place = u->place,
                             .piece = u->piece,
                             .piece_length = u->piece_length,
                             .piece_line = u->piece_line,
                             .piece_column = u->piece_column});
    if (fit == FIT_ASSUMED)
        scan_add_remark(
            s, f,
            (Remark){.text = names_intern(&s->index.names,
                                          STR("assumes that both are in one namespace")),
                     .source = MAP_NONE});
}

static int by_rule_and_name(const void *a, const void *b) {
    const Subject *x = a, *y = b;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (x->name != y->name) return x->name < y->name ? -1 : 1;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    return (x->place.start > y->place.start) - (x->place.start < y->place.start);
}

static size_t first_subject(const Scan *s, const Finding *f) {
    size_t low = 0, high = s->subjects.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Subject *u = &s->subjects.items[middle];
        if (u->rule < f->rule || (u->rule == f->rule && u->name < f->value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A sure partner wins over an assumed one, an earlier over a later. */
static void join(Scan *s, Finding *f) {
    const Subject *best = NULL;
    Fit best_fit = FIT_NOT;
    for (size_t i = first_subject(s, f); i < s->subjects.len; i++) {
        const Subject *u = &s->subjects.items[i];
        if (u->rule != f->rule || u->name != f->value) break;
        Fit fit = fits(s, f, u);
        if (fit > best_fit) best = u, best_fit = fit;
    }
    if (best)
        join_to(s, f, best, best_fit);
    else
        f->state = FINDING_DROPPED;
}

static void settle_joins(Scan *s) {
    if (s->subjects.len)
        qsort(s->subjects.items, s->subjects.len, sizeof(Subject), by_rule_and_name);
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding *f = &s->findings.items[i];
        if (f->refers && f->state != FINDING_DROPPED) join(s, f);
    }
}

/* ---- order ---- */

static int by_output_order(const void *a, const void *b, void *scan) {
    const Finding *x = a, *y = b;
    const Scan *s = scan;
    if (x->source != y->source) {
        int c = str_cmp(path_of(s, x->source), path_of(s, y->source));
        if (c) return c;
        return x->source < y->source ? -1 : 1;
    }
    if (x->place.start != y->place.start) return x->place.start < y->place.start ? -1 : 1;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return hash128_cmp(x->what, y->what);
}

static void sort(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->findings.len; i++)
        if (s->findings.items[i].state < FINDING_MERGED)
            s->findings.items[kept++] = s->findings.items[i];
    s->findings.len = kept;
    if (kept) qsort_r(s->findings.items, kept, sizeof(Finding), by_output_order, s);
}

/* ---- the same object, here and elsewhere ---- */

/* Findings of one rule at one value of one family of objects: an object's copies, and what it owns. */
typedef struct Kin {
    uint32_t finding, top, depth;
} Kin;

static int by_family(const void *a, const void *b, void *scan) {
    const Kin *x = a, *y = b;
    const Finding *fx = &((const Scan *)scan)->findings.items[x->finding];
    const Finding *fy = &((const Scan *)scan)->findings.items[y->finding];
    if (fx->rule != fy->rule) return fx->rule < fy->rule ? -1 : 1;
    if (x->top != y->top) return x->top < y->top ? -1 : 1;
    if (fx->value != fy->value) return fx->value < fy->value ? -1 : 1;
    if (x->depth != y->depth) return x->depth < y->depth ? -1 : 1;
    int c = hash128_cmp(fx->what, fy->what);
    if (c) return c;
    return (x->finding > y->finding) - (x->finding < y->finding);
}

static bool same_family(const Scan *s, const Kin *a, const Kin *b) {
    const Finding *x = &s->findings.items[a->finding], *y = &s->findings.items[b->finding];
    return x->rule == y->rule && a->top == b->top && x->value == y->value;
}

static void merge(Scan *s, Finding *into, Finding *f, bool copy) {
    f->state = FINDING_MERGED;
    Str text =
        copy ? STR("the same object stands here too") : STR("an object that it owns stands here");
    scan_add_remark(s, into,
                    (Remark){.text = names_intern(&s->index.names, text),
                             .source = f->source,
                             .place = f->place,
                             .piece = f->piece,
                             .piece_length = f->piece_length,
                             .piece_line = f->piece_line,
                             .piece_column = f->piece_column});
}

/* Of a family, findings of the topmost object stay, one for each place in it; copies of those and
 * whatever lies below become related places. */
static void merge_family(Scan *s, const Kin *kin, size_t count) {
    Finding *top = &s->findings.items[kin[0].finding], *last = top;
    for (size_t i = 1; i < count; i++) {
        Finding *f = &s->findings.items[kin[i].finding];
        if (kin[i].depth > kin[0].depth)
            merge(s, top, f, false);
        else if (hash128_eq(f->what, last->what))
            merge(s, last, f, true);
        else
            last = f;
    }
}

static void settle_copies(Scan *s) {
    VEC(Kin) kin = {0};
    for (uint32_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->object == NO_OBJECT || f->state != FINDING_OPEN) continue;
        vec_push(&kin,
                 (Kin){i, index_top(&s->index, f->object), index_depth(&s->index, f->object)});
    }
    if (kin.len) qsort_r(kin.items, kin.len, sizeof(Kin), by_family, s);
    for (size_t i = 0, end; i < kin.len; i = end) {
        for (end = i + 1; end < kin.len && same_family(s, &kin.items[i], &kin.items[end]);) end++;
        if (end - i > 1) merge_family(s, &kin.items[i], end - i);
    }
    vec_release(&kin);
}

/* ---- suppressions ---- */

static bool was_used(const Scan *s, const Suppress *entry) {
    for (size_t i = 0; i < s->used_entries.len; i++)
        if (s->used_entries.items[i] == entry) return true;
    return false;
}

static void note_used(Scan *s, const Suppress *entry) {
    if (!was_used(s, entry)) vec_push(&s->used_entries, entry);
}

static void suppress_by_config(Scan *s, Finding *f) {
    const Config *config = s->sources.items[f->source].config;
    SuppressQuestion q = {.rule = f->rule,
                          .path = path_of(s, f->source),
                          .kind = text_of(s, f->kind),
                          .namespace = text_of(s, f->namespace),
                          .name = text_of(s, f->name)};
    for (size_t i = 0; i < config->suppression_count && f->state == FINDING_OPEN; i++) {
        const Suppression *entry = &config->suppressions[i];
        if (!suppression_covers(s->configs, entry, &q)) continue;
        note_used(s, entry->entry);
        if (entry->entry->until && entry->entry->until < s->today) continue;
        f->state = FINDING_CONFIG;
        f->reason = names_intern(&s->index.names, entry->entry->place.text);
    }
}

static void tell_about(Scan *s, const char *rule, const Comment *c, Str value) {
    Finding *f = scan_add_own(s, rule, c->source, c->place, value);
    if (!f) return;
    f->piece = c->piece;
    f->piece_length = c->piece_length;
    f->piece_line = c->piece_line;
    f->piece_column = c->piece_column;
    f->piece_hash = c->piece_hash;
}

/* The first finding of a source at or behind a line; findings are sorted. */
static size_t first_at(const Scan *s, uint32_t source, uint32_t line) {
    size_t low = 0, high = s->sorted;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Finding *f = &s->findings.items[middle];
        int c = f->source == source ? 0 : str_cmp(path_of(s, f->source), path_of(s, source));
        if (!c && f->source != source) c = f->source < source ? -1 : 1;
        if (c < 0 || (!c && f->place.line < line))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void apply_comment(Scan *s, Comment *c, const FileSuppression *what) {
    uint32_t line = c->place.line + c->own_line;
    for (size_t i = first_at(s, c->source, line); i < s->sorted; i++) {
        Finding *f = &s->findings.items[i];
        if (f->source != c->source || f->place.line != line) break;
        if (!suppress_means(what, &s->rules->rules[f->rule])) continue;
        c->used = true;
        if (what->until && what->until < s->today) continue;
        if (f->state != FINDING_OPEN) continue;
        f->state = FINDING_INLINE;
        f->reason = names_intern(&s->index.names, what->reason);
    }
}

static void settle_comment(Scan *s, Comment *c) {
    FileSuppression what;
    Error err;
    if (!suppress_parse(text_of(s, c->text), &what, &err) ||
        !suppress_known(&what, s->rules, &err)) {
        tell_about(s, "UNS009", c, str_from(err.text));
        return;
    }
    apply_comment(s, c, &what);
    if (c->used && what.until && what.until < s->today) {
        tell_about(s, "UNS009", c, STR("its date has passed"));
    } else if (!c->used &&
               suppress_active(&what, s->rules, s->sources.items[c->source].config->active)) {
        tell_about(s, "UNS008", c, what.selectors);
    }
}

/* Configurations are no sources of the scan; one that has something to be told about becomes one. */
static uint32_t source_for(Scan *s, Str path, const Config *config) {
    for (uint32_t i = 0; i < s->sources.len; i++)
        if (str_eq(s->sources.items[i].source.path, path)) return i;
    Source source = {.path = path, .open_as = str_copy(&s->arena, path)};
    FileStamp stamp;
    Error err;
    if (file_stamp(path, &stamp, &err)) source.size = stamp.size;
    vec_push(&s->sources,
             (ScanSource){.source = source, .repository_path = path, .config = config});
    return (uint32_t)s->sources.len - 1;
}

/* Was everything scanned that the configuration speaks of? A run on one file or one folder knows nothing
 * of an entry for another. */
static bool covers_all(Scan *s, Str config_file) {
    size_t slash = str_find_last_char(config_file, '/');
    Str directory = slash == STR_NONE ? STR(".") : str_slice(config_file, 0, slash);
    for (size_t i = 0; i < s->options->arguments.len; i++) {
        Str path = path_shown(&s->arena, s->options->arguments.items[i]);
        bool below = str_starts(directory, path) && directory.len > path.len &&
                     directory.data[path.len] == '/';
        if (below || str_eq(path, directory)) return true;
    }
    return false;
}

static void settle_entry(Scan *s, const Config *config, const Suppression *entry) {
    const Written *at = &entry->entry->place;
    bool expired = entry->entry->until && entry->entry->until < s->today,
         used = was_used(s, entry->entry);
    bool wanted = false;
    for (size_t i = 0; i < s->rules->count; i++)
        wanted |= rules_has(entry->rules, i) && rules_has(config->active, i);
    if (!wanted || (used ? !expired : !covers_all(s, at->file))) return;
    Place place = {
        .line = at->line, .column = at->column, .end_line = at->line, .end_column = at->column};
    Str value = used                          ? STR("its date has passed")
                : entry->entry->rule.text.len ? entry->entry->rule.text
                                              : STR("every rule");
    uint32_t source = source_for(s, at->file, config);
    Finding *f = scan_add_own(s, used ? "UNS009" : "UNS008", source, place, value);
    if (f) f->piece_length = (uint32_t)s->sources.items[source].source.size;
    if (f) f->piece_line = f->piece_column = 1;
    note_used(s, entry->entry); /* told once, however many files share it */
}

static void settle_entries(Scan *s) {
    size_t scanned = s->sources.len;
    const Config *last = NULL;
    for (size_t i = 0; i < scanned; i++) {
        const Config *config = s->sources.items[i].config;
        if (config == last) continue;
        last = config;
        for (size_t k = 0; k < config->suppression_count; k++)
            settle_entry(s, config, &config->suppressions[k]);
    }
}

static void settle_suppressions(Scan *s) {
    s->sorted = s->findings.len;
    for (size_t i = 0; i < s->comments.len; i++)
        if (s->comments.items[i].source != MAP_NONE) settle_comment(s, &s->comments.items[i]);
    for (size_t i = 0; i < s->findings.len; i++)
        if (s->findings.items[i].state == FINDING_OPEN)
            suppress_by_config(s, &s->findings.items[i]);
    settle_entries(s);
}

/* ---- all together ---- */

static void count(Scan *s) {
    s->totals.objects = index_count(&s->index);
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->state == FINDING_OPEN)
            s->totals.findings[f->severity]++;
        else
            s->totals.suppressed++;
    }
}

void scan_settle(Scan *s) {
    s->sighted = s->findings.len;
    settle_joins(s);
    sort(s);
    settle_suppressions(s);
    settle_copies(s);
    sort(s);
    count(s);
}
