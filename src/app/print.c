/* Resolving findings, one after the other. */
#include "app/print.h"

#include "app/fix_view.h"
#include "app/frames.h"
#include "app/words.h"
#include "model/secrets.h"

enum { FINGERPRINT_VERSION = 1 };

/* One finding at hand. */
typedef struct Resolve {
    Scan *scan;
    Reports *reports;
    Frames frames;
    Fixer *fixer;
    Readiness *readiness; /* may be NULL */
    Arena arena;          /* reset for each */
    const Finding *finding;
    HashMap ordinals; /* how often a fingerprint was seen */
} Resolve;

/* Filled, then masked: whatever came from the input may hold a password in a URL. */
static Str fill(Resolve *r, Str template) {
    Str filled = finding_words(r->scan, &r->arena, r->finding, template);
    Buf safe = {0};
    mask_text(filled, &safe);
    Str text = str_copy(&r->arena, buf_str(&safe));
    buf_release(&safe);
    return text;
}

/* Texts of the input that no rule's message holds: names, reasons, notes. */
static Str safe_text(Resolve *r, uint32_t number) {
    Buf safe = {0};
    mask_text(scan_text(r->scan, number), &safe);
    Str text = str_copy(&r->arena, buf_str(&safe));
    buf_release(&safe);
    return text;
}

static PlaceView view_place(Resolve *r, const PieceRef *ref, const Place *place, Str message,
                            bool *changed) {
    PlaceView view = {.path = scan_path(r->scan, ref->source),
                      .place = *place,
                      .whole_file = !ref->length,
                      .message = message};
    *changed = false;
    if (r->reports->frames && ref->length)
        view.lines = frame_lines(&r->frames, &r->arena, ref, place, &view.line_count, changed);
    return view;
}

/* Remarks with a place are related places, the others notes. */
static void view_remarks(Resolve *r, FindingView *view) {
    size_t count = 0;
    for (uint32_t i = r->finding->remark; i != MAP_NONE; i = r->scan->remarks.items[i].next)
        count++;
    PlaceView *related = arena_array(&r->arena, PlaceView, count);
    Str *notes = arena_array(&r->arena, Str, count);
    for (uint32_t i = r->finding->remark; i != MAP_NONE; i = r->scan->remarks.items[i].next) {
        const Remark *m = &r->scan->remarks.items[i];
        if (m->source == MAP_NONE) {
            notes[view->note_count++] = safe_text(r, m->text);
        } else {
            bool changed;
            PieceRef ref = {m->source,     m->piece,        m->piece_length,
                            m->piece_line, m->piece_column, 0};
            related[view->related_count++] =
                view_place(r, &ref, &m->place, safe_text(r, m->text), &changed);
        }
    }
    view->related = related;
    view->notes = notes;
}

static const ResourceView *view_resource(Resolve *r) {
    const Finding *f = r->finding;
    if (f->kind == MAP_NONE) return NULL;
    ResourceView *view = arena_new(&r->arena, ResourceView);
    *view = (ResourceView){.group = scan_text(r->scan, f->group),
                           .version = scan_text(r->scan, f->version),
                           .kind = scan_text(r->scan, f->kind),
                           .namespace = safe_text(r, f->namespace),
                           .name = safe_text(r, f->name)};
    return view;
}

static Hash128 mix(Hash128 h, Str text) {
    return hash128_seeded(text, h.low ^ (h.high << 7) ^ (h.high >> 57));
}

/* Stays the same while lines move, files are reformatted and the API version changes; equal ones
 * are numbered in output order. */
static Str fingerprint(Resolve *r) {
    const Finding *f = r->finding;
    Hash128 h = {.low = FINGERPRINT_VERSION};
    h = mix(h, r->scan->rules->rules[f->rule].id);
    h = mix(h, r->scan->sources.items[f->source].repository_path);
    h = mix(h, scan_text(r->scan, f->group));
    h = mix(h, scan_text(r->scan, f->kind));
    h = mix(h, scan_text(r->scan, f->namespace));
    h = mix(h, scan_text(r->scan, f->name));
    h = mix(h, scan_text(r->scan, f->value));
    h = mix(h, str_format(&r->arena, "%016llx%016llx", (unsigned long long)f->what.high,
                          (unsigned long long)f->what.low));
    uint32_t seen = hashmap_get(&r->ordinals, h);
    seen = seen == MAP_NONE ? 0 : seen + 1;
    hashmap_set(&r->ordinals, h, seen);
    h = mix(h, str_format(&r->arena, "%u", seen));
    return str_format(&r->arena, "%016llx%016llx", (unsigned long long)h.high,
                      (unsigned long long)h.low);
}

static void hand_to_reports(Resolve *r, const FindingView *view) {
    for (size_t i = 0; i < r->reports->items.len; i++) {
        Report *report = r->reports->items.items[i];
        report->format->finding(report, view);
    }
}

/* The lines that a finding speaks of are no longer what they were: said once for each piece. */
static void tell_changed(Resolve *r, const FindingView *of) {
    const Rule *rule = rule_find(r->scan->rules, STR("UNS007"));
    const Config *config = r->scan->sources.items[r->finding->source].config;
    if (!rule || !rules_has(config->active, (size_t)(rule - r->scan->rules->rules))) return;
    FindingView view = {.rule = rule,
                        .severity = rule->severity,
                        .message = rule->message,
                        .primary = {.path = of->primary.path, .place = of->primary.place},
                        .fingerprint = fingerprint(r)};
    r->scan->totals.findings[view.severity]++;
    hand_to_reports(r, &view);
}

/* Suppressed findings are never fixed. */
static void view_fix(Resolve *r, FindingView *view) {
    const FixPlan *fix = view->suppressed ? NULL : fixer_plan(r->fixer, r->finding);
    if (r->readiness) readiness_add(r->readiness, r->finding, fix);
    if (!fix) return;
    view->refused = fix_covered(&r->arena, fix, fix->refused);
    if (!fix_exists(fix)) return;
    /* What follows another finding shows its own part of the change: the rest stands there. */
    bool follows = view->rule->fix.kind == FIX_FOLLOW;
    uint32_t diff_of = !r->reports->frames ? DIFF_NONE : follows ? r->finding->source : DIFF_ALL;
    view->fix = fix_view(&r->arena, r->scan, fix, diff_of);
    if (fix->safety == SAFETY_SAFE)
        r->scan->totals.fixable_safe++;
    else
        r->scan->totals.fixable_review++;
}

static void print_finding(Resolve *r) {
    const Finding *f = r->finding;
    const Rule *rule = &r->scan->rules->rules[f->rule];
    PieceRef ref = {f->source,     f->piece,        f->piece_length,
                    f->piece_line, f->piece_column, f->piece_hash};
    bool changed;
    FindingView view = {.rule = rule,
                        .severity = (Severity)f->severity,
                        .message = fill(r, rule->message),
                        .resource = view_resource(r),
                        .suppressed = (SuppressedBy)f->state,
                        .suppressed_reason = safe_text(r, f->reason),
                        .fingerprint = fingerprint(r)};
    view.primary = view_place(r, &ref, &f->place, fill(r, rule->label), &changed);
    view_remarks(r, &view);
    view_fix(r, &view);
    hand_to_reports(r, &view);
    if (changed) tell_changed(r, &view);
}

void scan_print(Scan *s, Reports *reports, Readiness *readiness) {
    Resolve r = {.scan = s,
                 .reports = reports,
                 .frames = {.scan = s},
                 .fixer = fixer_new(s),
                 .readiness = readiness};
    for (size_t i = 0; i < s->findings.len; i++) {
        arena_reset(&r.arena);
        r.finding = &s->findings.items[i];
        /* Equal fingerprints stand in one file only: the path is part of them. */
        if (i && r.finding->source != s->findings.items[i - 1].source) hashmap_release(&r.ordinals);
        print_finding(&r);
    }
    s->totals.incomplete = s->incomplete;
    for (size_t i = 0; i < reports->items.len; i++) {
        Report *report = reports->items.items[i];
        for (size_t k = 0; k < s->problems.len; k++)
            report->format->problem(report, &s->problems.items[k]);
        for (size_t k = 0; k < s->unheard.len; k++)
            report->format->problem(report, &s->unheard.items[k]);
        report->format->close(report, &s->totals);
    }
    frames_release(&r.frames);
    fixer_free(r.fixer);
    arena_release(&r.arena);
    hashmap_release(&r.ordinals);
}
