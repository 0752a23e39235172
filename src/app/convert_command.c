/* The command that writes what takes the place of outdated objects; the files stay as they are.
 *
 *     scan as check does ──> what leads to conversions ──> which fixes are made
 *         ──> read again, write ──> counts */
#include "app/commands.h"

#include "app/convert_outputs.h"
#include "app/convert_pieces.h"
#include "app/reports.h"
#include "app/run.h"
#include "app/settle.h"
#include "app/words.h"
#include "report/problems.h"

/* ---- which sources ---- */

/* Objects stand in YAML and JSON; a kustomization is none, whatever its kind. */
static bool holds_objects(const ScanSource *source) {
    return source->family == FAMILY_YAML || source->family == FAMILY_JSON;
}

static void keep_manifests(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->sources.len; i++) {
        const ScanSource *source = &s->sources.items[i];
        bool facts = source->facts_only || source->family == FAMILY_KUSTOMIZATION;
        if (holds_objects(source) || facts) s->sources.items[kept++] = *source;
    }
    s->listed = s->sources.len = kept;
}

/* ---- writing ---- */

static void write_source(Converting *c, uint32_t number) {
    const ScanSource *source = &c->scan->sources.items[number];
    if (!source->facts_only && holds_objects(source)) convert_source(c, number);
}

static void write_sources(Converting *c, uint32_t from, uint32_t to) {
    Phase last = c->carry == CARRY_AS_IS ? PHASE_REST : PHASE_ONLY;
    c->phase = c->carry == CARRY_AS_IS ? PHASE_FIRST : PHASE_ONLY;
    for (;; c->phase++) {
        for (uint32_t i = from; i < to; i++) write_source(c, i);
        if (c->phase == last) return;
    }
}

static bool write_group(Converting *c, Outputs *o, uint32_t from, uint32_t to, uint64_t *objects,
                        Error *err) {
    if (!outputs_begin(o, err)) return false;
    c->stream = &o->stream;
    write_sources(c, from, to);
    *objects += o->stream.count;
    return outputs_finish(o, from, err);
}

static bool write_all(Converting *c, Outputs *o, uint64_t *objects, Error *err) {
    uint32_t count = (uint32_t)c->scan->listed;
    if (o->into != INTO_DIRECTORY) return write_group(c, o, 0, count, objects, err);
    for (uint32_t i = 0; i < count; i++)
        if (!write_group(c, o, i, i + 1, objects, err)) return false;
    return true;
}

/* ---- what is said ---- */

static void tell_finding(const Converting *c, const Finding *f, const char *what, Str why) {
    const Names *names = &c->scan->index.names;
    convert_tell(c, f->source, f->place.line, STR_FMT " '" STR_FMT "' %s: " STR_FMT,
                 STR_ARG(names_text(names, f->kind)), STR_ARG(names_text(names, f->title)), what,
                 STR_ARG(why));
}

/* What has led to a conversion that is not made is told as well: it is called otherwise now. */
static void tell_halfway(const Converting *c, const Finding *f) {
    StrVec notes = {0};
    halfway_notes(c->halfway, f->source, scan_text(c->scan, f->title), &notes);
    convert_tell_notes(c, f, &notes);
    vec_release(&notes);
}

static uint64_t tell_left(const Converting *c) {
    uint64_t left = 0;
    HashMap told = {0};
    for (size_t i = 0; i < c->scan->findings.len; i++) {
        const Finding *f = &c->scan->findings.items[i];
        if (!verdicts_left(c->verdicts, c->scan, f)) continue;
        tell_finding(c, f, "is left unconverted", c->verdicts->items[i].why);
        tell_halfway(c, f);
        left += hashmap_get(&told, finding_object(f)) == MAP_NONE;
        hashmap_set(&told, finding_object(f), 0);
    }
    hashmap_release(&told);
    return left;
}

static uint64_t tell_finished(const Converting *c) {
    uint64_t finished = 0;
    for (size_t i = 0; i < c->scan->findings.len; i++) {
        const Finding *f = &c->scan->findings.items[i];
        Str state = c->verdicts->items[i].finished;
        if (!state.len) continue;
        finished++;
        if (c->scan->options->quiet) continue;
        convert_tell(c, f->source, f->place.line,
                     "note: finished: " STR_FMT " '" STR_FMT "' (" STR_FMT ") is not written",
                     STR_ARG(scan_text(c->scan, f->kind)), STR_ARG(scan_text(c->scan, f->title)),
                     STR_ARG(state));
    }
    return finished;
}

/* What could not be read is as good as left out: the answer is incomplete. Where everything is
 * carried along, the second reading tells what it cannot parse. */
static bool tell_unread(const Converting *c) {
    Scan *s = c->scan;
    Arena arena = {0};
    bool any = false;
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        const Rule *rule = &s->rules->rules[f->rule];
        bool unread = f->kind == MAP_NONE && rule->match == MATCH_BUILTIN &&
                      (c->carry == CARRY_NOTHING || str_eq(rule->id, STR("UNS001")));
        if (!unread || f->severity != SEVERITY_ERROR || f->state != FINDING_OPEN) continue;
        convert_tell(c, f->source, f->place.line, STR_FMT,
                     STR_ARG(finding_words(s, &arena, f, rule->message)));
        any = true;
    }
    problems_print(stderr, s->problems.items, s->problems.len);
    problems_print(stderr, s->unheard.items, s->unheard.len);
    arena_release(&arena);
    return any || s->problems.len || s->unheard.len;
}

static void add_count(Buf *out, uint64_t count, const char *what) {
    if (count) buf_addf(out, ", %llu %s", (unsigned long long)count, what);
}

/* Objects that are told of one by one. */
typedef struct Told {
    uint64_t left, finished;
} Told;

static void tell_counts(const Converting *c, const Outputs *o, uint64_t objects, Told told) {
    Buf text = {0};
    buf_addf(&text, "%llu object%s written", (unsigned long long)objects, objects == 1 ? "" : "s");
    if (o->into == INTO_DIRECTORY)
        buf_addf(&text, " to %llu file%s", (unsigned long long)o->files, o->files == 1 ? "" : "s");
    if (c->carry != CARRY_AS_IS)
        buf_addf(&text, ", %llu converted", (unsigned long long)c->counts.converted);
    add_count(&text, c->counts.edited, "edited to follow them");
    add_count(&text, c->carry == CARRY_ALL ? c->counts.carried : 0, "carried along");
    add_count(&text, c->counts.left_out, "left out: events, and what its owner makes again");
    add_count(&text, told.finished, "left out: finished");
    add_count(&text, told.left, "left unconverted");
    add_count(&text, c->counts.failed, "not written");
    fprintf(stderr, STR_FMT ".\n", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

/* ---- all together ---- */

static Carry carry_of(const Options *o) {
    if (o->as_is) return CARRY_AS_IS;
    return o->all ? CARRY_ALL : CARRY_NOTHING;
}

static int write_and_tell(Converting *c, Outputs *o, Error *err) {
    uint64_t objects = 0;
    bool unread = tell_unread(c);
    Told told = {0};
    if (c->carry != CARRY_AS_IS) told = (Told){tell_left(c), tell_finished(c)};
    bool ok = write_all(c, o, &objects, err);
    if (ok && !c->scan->options->quiet) tell_counts(c, o, objects, told);
    if (!ok || unread || c->counts.failed || c->scan->incomplete) return EXIT_INCOMPLETE;
    return told.left ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* ---- isolated copies ---- */

/* Reads everything once without writing: who will be there decides about every name. */
static bool survey(const Converting *c, Isolation *x, Error *err) {
    Converting reading = *c;
    reading.surveying = true;
    reading.phase = PHASE_ONLY;
    reading.fixer = fixer_new(c->scan);
    for (uint32_t i = 0; i < c->scan->listed; i++) write_source(&reading, i);
    converting_release(&reading);
    fixer_free(reading.fixer);
    isolation_surveyed(x);
    for (size_t i = 0; i < x->refusals.len; i++) {
        const Refusal *r = &x->refusals.items[i];
        convert_tell(c, r->at.source, r->at.line, STR_FMT, STR_ARG(r->text));
    }
    return !x->refused ||
           error_set(err,
                     "nothing is written: %llu name%s cannot be used; choose another "
                     "--name-prefix or --namespace, or convert less at once",
                     (unsigned long long)x->refused, x->refused == 1 ? "" : "s");
}

static bool is_isolated(const Options *o) {
    return o->namespace.len || o->name_prefix.len;
}

static int convert_scan(Scan *s, Outputs *o, Error *err) {
    const Options *options = s->options;
    bool review = options->review || options->fix == FIXING_REVIEW;
    Safety level = review ? SAFETY_REVIEW : SAFETY_SAFE;
    Halfway halfway = {.rounds = {.scan = s, .level = level}};
    if (!options->as_is) halfway_run(&halfway);
    Verdicts verdicts = {0};
    Isolation isolation = {.namespace = options->namespace, .prefix = options->name_prefix};
    Fixer *fixer = fixer_new(s);
    Converting c = {.scan = s,
                    .verdicts = &verdicts,
                    .halfway = &halfway,
                    .fixer = fixer,
                    .firsts = findings_of_sources(s),
                    .carry = carry_of(options),
                    .suspend = options->suspend,
                    .annotate = options->annotate,
                    .isolation = is_isolated(options) ? &isolation : NULL};
    if (c.carry != CARRY_AS_IS) verdicts_decide(&verdicts, s, fixer, level);
    bool ok = !c.isolation || survey(&c, &isolation, err);
    int code = ok ? write_and_tell(&c, o, err) : EXIT_INCOMPLETE;
    isolation_release(&isolation);
    converting_release(&c);
    verdicts_release(&verdicts);
    fixer_free(fixer);
    halfway_release(&halfway);
    return code;
}

static bool print_reports(Scan *s, Error *err) {
    Reports reports = {0};
    if (!s->options->outputs.len) return true;
    bool ok = reports_open(s, stderr, false, &reports, err);
    if (ok) scan_print(s, &reports, NULL);
    return reports_close(&reports, err) && ok;
}

static int convert(Scan *s, Error *err) {
    Outputs o = {0};
    int code = EXIT_INCOMPLETE;
    s->keep_copies = true;
    s->alone = true;
    if (scan_list(s, err)) {
        keep_manifests(s);
        if (outputs_open(&o, s, err)) {
            scan_read(s);
            scan_settle(s);
            if (print_reports(s, err)) code = convert_scan(s, &o, err);
        }
    }
    outputs_release(&o);
    return code;
}

int command_convert(const Options *o, Error *err) {
    return run_scan(o, convert, err);
}
