/* P1: the sources are read, cut and judged in parallel, and absorbed in order. */
#include "app/scan.h"

#include "app/settle.h"
#include "app/progress.h"
#include "app/yield.h"
#include "base/limits.h"
#include "base/pool.h"
#include "input/archive.h"
#include "text/fault.h"

/* One job: a small source as a whole, opened by the worker itself, or a batch of a large one. */
typedef struct Job {
    uint32_t source;
    bool whole_source; /* the worker opens and cuts it */
    bool batched;      /* `batch` holds pieces of a large source */
    Batch batch;
    Yield yield;
    uint64_t documents;
    bool binary, unread;
    bool judged; /* what was read of it */
} Job;

/* A List of which a piece did not parse: it is read again as a whole. */
typedef struct BrokenList {
    uint32_t source, document;
} BrokenList;

typedef struct Reading {
    Scan *scan;
    Judge **judges; /* one per worker */
    size_t next;    /* source */
    /* The large source that is being cut. */
    Reader *reader;
    Cutter *cutter;
    bool skip_rest; /* of a binary one */
    const Rule *unreadable, *not_parsed;
    VEC(BrokenList) broken;
    uint32_t documents_of;    /* the source whose documents were counted last … */
    uint64_t documents;       /* … and how many */
    uint32_t counted, unread; /* the sources that were counted last */
    Progress progress;
} Reading;

static CutterOptions cutter_options(const ScanSource *source) {
    return (CutterOptions){.json = source->family == FAMILY_JSON,
                           .single = !family_is_yaml(source->family)};
}

/* Files that are not judged as text at all; looked for in the first bytes. */
static bool pass_over(Reading *r, Job *job, const Batch *first) {
    const ScanSource *source = &r->scan->sources.items[job->source];
    const char *other = text_stands_for_other(buf_str(&first->bytes));
    if (other) {
        job->unread = true;
        yield_tell(&job->yield, r->unreadable, str_from(other));
    } else if (!source->source.named && text_is_binary(buf_str(&first->bytes))) {
        job->binary = true;
    }
    return job->unread || job->binary;
}

static void judge_batch(Reading *r, Job *job, const Batch *batch, unsigned worker) {
    const ScanSource *source = &r->scan->sources.items[job->source];
    Task task = {.path = packed_content(source->source.path),
                 .family = source->family,
                 .active = source->config->active,
                 .strict = r->scan->options->strict,
                 .no_gate = r->scan->options->no_gate,
                 .facts_only = source->facts_only,
                 .list_api_version = batch->list_api_version,
                 .list_kind = batch->list_kind};
    Sink sink = yield_sink(&job->yield);
    job->judged = true;
    for (size_t i = 0; i < batch->pieces.len; i++) {
        const Piece *piece = &batch->pieces.items[i];
        job->yield.piece = piece;
        job->yield.hashed = false;
        if (!piece->cut_off) judge_piece(r->judges[worker], &task, piece, &sink);
    }
    if (batch->pieces.len) {
        uint32_t last = vec_last(&batch->pieces)->document;
        job->documents = last + 1;
    }
    if (!batch->truncated) return;
    job->unread = true; /* not to its end */
    yield_tell(&job->yield, r->not_parsed, STR("it ends in the middle of a JSON value"));
}

static void fail(Reading *r, Job *job, const Error *err) {
    job->unread = true;
    yield_tell(&job->yield, r->unreadable, str_from(err->text));
}

/* A small source, from opening to findings. */
static void read_source(Reading *r, Job *job, unsigned worker) {
    Error err = {0};
    Reader *reader = reader_open(&r->scan->sources.items[job->source].source, &err);
    if (!reader) {
        fail(r, job, &err);
        return;
    }
    Cutter *cutter = cutter_new(reader, cutter_options(&r->scan->sources.items[job->source]));
    while (cutter_batch(cutter, &job->batch, &err)) {
        if (job->batch.first && pass_over(r, job, &job->batch)) break;
        judge_batch(r, job, &job->batch, worker);
    }
    if (err.text[0]) fail(r, job, &err);
    cutter_free(cutter);
    reader_close(reader);
}

static void close_large(Reading *r) {
    cutter_free(r->cutter);
    reader_close(r->reader);
    r->cutter = NULL;
    r->reader = NULL;
    r->next++;
}

/* The next batch of the large source that is open; false when it has no more. */
static bool produce_batch(Reading *r, Job *job) {
    Error err = {0};
    job->source = (uint32_t)r->next;
    job->batched = !r->skip_rest && cutter_batch(r->cutter, &job->batch, &err);
    if (job->batched && job->batch.first) r->skip_rest = pass_over(r, job, &job->batch);
    if (err.text[0]) fail(r, job, &err);
    if (!job->batched || r->skip_rest) close_large(r);
    if (r->skip_rest) job->batched = false;
    return job->batched || job->unread || job->binary;
}

static bool open_large(Reading *r, Job *job) {
    Error err = {0};
    r->skip_rest = false;
    r->reader = reader_open(&r->scan->sources.items[r->next].source, &err);
    if (r->reader) {
        r->cutter = cutter_new(r->reader, cutter_options(&r->scan->sources.items[r->next]));
        return true;
    }
    fail(r, job, &err);
    r->next++;
    return false;
}

static void clear_job(Job *job) {
    yield_clear(&job->yield);
    job->whole_source = job->batched = false;
    job->binary = job->unread = job->judged = false;
    job->documents = 0;
}

static bool produce(void *context, void *slot) {
    Reading *r = context;
    Job *job = slot;
    clear_job(job);
    for (;;) {
        if (r->cutter && produce_batch(r, job)) return true;
        if (r->next >= r->scan->sources.len) return false;
        job->source = (uint32_t)r->next;
        job->yield.path = r->scan->sources.items[r->next].source.path;
        if (r->scan->sources.items[r->next].source.size <= LIMIT_BATCH) {
            job->whole_source = true;
            r->next++;
            return true;
        }
        if (!open_large(r, job)) return true;
    }
}

static void work(void *context, void *slot, unsigned worker) {
    Reading *r = context;
    Job *job = slot;
    job->yield.path = r->scan->sources.items[job->source].source.path;
    if (job->whole_source)
        read_source(r, job, worker);
    else if (job->batched)
        judge_batch(r, job, &job->batch, worker);
}

/* Read at least in part; not read, or not to its end: each once for a file. */
static void count_file(Reading *r, const Job *job, const Source *source) {
    Totals *t = &r->scan->totals;
    bool told = source->broken || r->unread == job->source;
    if (job->judged && r->counted != job->source) t->files++;
    if (job->judged) r->counted = job->source;
    if (job->unread && !told) t->unread++;
    if (job->unread) r->unread = job->source;
}

static void count(Reading *r, const Job *job) {
    Totals *t = &r->scan->totals;
    const ScanSource *source = &r->scan->sources.items[job->source];
    if (source->facts_only) return;
    count_file(r, job, &source->source);
    t->binary += job->binary;
    if (job->documents && !job->whole_source && r->documents_of == job->source)
        t->documents -= r->documents; /* a later batch of the same source knows better */
    r->documents_of = job->source;
    r->documents = job->documents;
    t->documents += job->documents;
}

static void consume(void *context, void *slot) {
    Reading *r = context;
    Job *job = slot;
    count(r, job);
    const Source *source = &r->scan->sources.items[job->source].source;
    progress_add(&r->progress, job->whole_source ? source->size : job->batch.bytes.len);
    /* A PATH, or standard input, that could not be read to its end: the answer is incomplete. */
    if (job->unread && source->named) r->scan->incomplete = true;
    for (size_t i = 0; i < job->yield.broken_lists.len; i++)
        vec_push(&r->broken, (BrokenList){job->source, job->yield.broken_lists.items[i]});
    yield_absorb(&job->yield, r->scan, job->source);
}

static void release(void *context, void *slot) {
    (void)context;
    Job *job = slot;
    batch_release(&job->batch);
    yield_release(&job->yield);
}

/* ---- Lists that were cut wrongly ---- */

/* What the pieces of this document yielded is taken back. */
static void forget(Scan *s, uint32_t source, Offset start, Offset end) {
    index_forget(&s->index, source, start, end);
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding *f = &s->findings.items[i];
        if (f->source == source && f->piece >= start && f->piece < end) f->state = FINDING_DROPPED;
    }
    for (size_t i = 0; i < s->subjects.len; i++) {
        Subject *u = &s->subjects.items[i];
        if (u->source == source && u->piece >= start && u->piece < end) u->rule = UINT16_MAX;
    }
    for (size_t i = 0; i < s->comments.len; i++) {
        SuppressComment *c = &s->comments.items[i];
        if (c->source == source && c->piece >= start && c->piece < end) c->source = MAP_NONE;
    }
}

/* The document as one piece: if it parses, cutting was wrong, else the items were judged as well as
 * can be. */
static void judge_whole(Reading *r, Job *job, const Piece *piece) {
    Arena arena = {0};
    Document d;
    if (document_parse(&arena, piece->text, &d)) {
        Piece whole = *piece;
        Batch only = {.pieces = {.items = &whole, .len = 1, .cap = 1}};
        r->scan->sources.items[job->source].uncut = true;
        forget(r->scan, job->source, piece->offset, piece->offset + piece->text.len);
        yield_clear(&job->yield);
        judge_batch(r, job, &only, 0);
        yield_absorb(&job->yield, r->scan, job->source);
    }
    arena_release(&arena);
}

/* Goes through one source once, for all of its broken Lists: [first, end) of r->broken. */
static void read_again(Reading *r, Job *job, size_t first, size_t end) {
    const ScanSource *source = &r->scan->sources.items[r->broken.items[first].source];
    CutterOptions options = cutter_options(source);
    options.whole = true;
    Error err = {0};
    Reader *reader = reader_open(&source->source, &err);
    if (!reader) return; /* it could be read a moment ago: the second reading of a finding tells */
    Cutter *cutter = cutter_new(reader, options);
    job->source = r->broken.items[first].source;
    while (first < end && cutter_batch(cutter, &job->batch, &err)) {
        for (size_t i = 0; i < job->batch.pieces.len; i++) {
            const Piece piece = job->batch.pieces.items[i];
            while (first < end && r->broken.items[first].document < piece.document) first++;
            if (first < end && r->broken.items[first].document == piece.document &&
                piece.kind == PIECE_DOCUMENT)
                judge_whole(r, job, &piece);
        }
    }
    cutter_free(cutter);
    reader_close(reader);
}

/* Broken Lists are few, or the file was made to be slow: of very many only the first are read
 * again. The others' items are judged, and told where they do not parse. */
static void mend_lists(Reading *r) {
    Job job = {0};
    for (size_t i = 0, end; i < r->broken.len; i = end) {
        for (end = i + 1; end < r->broken.len;) {
            if (r->broken.items[end].source != r->broken.items[i].source) break;
            end++;
        }
        read_again(r, &job, i, end - i > LIMIT_BROKEN_LISTS ? i + LIMIT_BROKEN_LISTS : end);
    }
    release(NULL, &job);
}

static Offset bytes_listed(const Scan *s) {
    Offset total = 0;
    for (size_t i = 0; i < s->sources.len; i++) total += s->sources.items[i].source.size;
    return total;
}

void scan_read(Scan *s) {
    names_intern(&s->index.names,
                 (Str){0}); /* number 0 is the empty text: what a zeroed finding says */
    unsigned threads = s->options->threads ? s->options->threads : processors();
    if (threads > s->sources.len && s->sources.len) {
        bool large = false;
        for (size_t i = 0; i < s->sources.len; i++)
            large |= s->sources.items[i].source.size > LIMIT_BATCH;
        if (!large) threads = (unsigned)s->sources.len;
    }
    Reading r = {.scan = s,
                 .judges = mem_zero(threads * sizeof *r.judges),
                 .progress = progress_begin(s->options, bytes_listed(s)),
                 .unreadable = rule_find(s->rules, STR("UNS001")),
                 .not_parsed = rule_find(s->rules, STR("UNS003")),
                 .counted = MAP_NONE,
                 .unread = MAP_NONE,
                 .documents_of = MAP_NONE};
    for (unsigned i = 0; i < threads; i++) r.judges[i] = judge_new(s->rules, s->regexes);
    Line line = {.threads = threads,
                 .slot_size = sizeof(Job),
                 .context = &r,
                 .produce = produce,
                 .work = work,
                 .consume = consume,
                 .release = release};
    line_run(&line);
    progress_end(&r.progress);
    mend_lists(&r);
    index_freeze(&s->index);
    kustomizations_link(&s->kustomizations);
    for (unsigned i = 0; i < threads; i++) judge_free(r.judges[i]);
    free(r.judges);
    vec_release(&r.broken);
}

static void forget_all(Scan *s) {
    vec_release(&s->findings);
    vec_release(&s->outside);
    vec_release(&s->copies);
    vec_release(&s->remarks);
    vec_release(&s->subjects);
    vec_release(&s->by_instead);
    vec_release(&s->candidates);
    vec_release(&s->comments);
    vec_release(&s->used_entries);
    vec_release(&s->told_entries);
    vec_release(&s->unheard);
    hashmap_release(&s->claimed);
    vec_release(&s->claimants);
    index_release(&s->index);
    kustomizations_release(&s->kustomizations);
    for (size_t i = 0; i < s->kept.len; i++) arena_release(&s->kept.items[i]);
    vec_release(&s->kept);
}

void scan_again(Scan *s) {
    forget_all(s);
    s->totals = (Totals){.unread = s->unlisted};
    s->sources.len = s->listed;
    scan_read(s);
    scan_settle(s);
}

void scan_release(Scan *s) {
    forget_all(s);
    vec_release(&s->sources);
    vec_release(&s->problems);
    vec_release(&s->archives);
    arena_release(&s->arena);
}

uint32_t scan_add_remark(Scan *s, Finding *f, Remark remark) {
    uint32_t number = (uint32_t)s->remarks.len;
    remark.next = MAP_NONE;
    vec_push(&s->remarks, remark);
    if (f->remark == MAP_NONE)
        f->remark = number;
    else
        s->remarks.items[f->last_remark].next = number;
    f->last_remark = number;
    return number;
}

Finding *scan_add_own(Scan *s, const char *id, uint32_t source, Place place, Str value) {
    const Rule *rule = rule_find(s->rules, str_from(id));
    if (!rule) return NULL;
    uint16_t number = (uint16_t)(rule - s->rules->rules);
    if (!rules_has(s->sources.items[source].config->active, number)) return NULL;
    vec_push(&s->findings, (Finding){.place = place,
                                     .source = source,
                                     .object = NO_OBJECT,
                                     .kind = MAP_NONE,
                                     .value = names_intern(&s->index.names, value),
                                     .holes = names_intern(&s->index.names, (Str){0}),
                                     .joined = MAP_NONE,
                                     .assumed = MAP_NONE,
                                     .candidates = MAP_NONE,
                                     .remark = MAP_NONE,
                                     .rule = number,
                                     .severity = (uint8_t)rule->severity});
    return vec_last(&s->findings);
}
