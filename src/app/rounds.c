/* Rounds of fixes. */
#include "app/rounds.h"

#include "app/fix_view.h"
#include "app/settle.h"
#include "base/limits.h"
#include "base/map.h"
#include "text/difference.h"
#include "text/unified.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct Round {
    Rounds *rounds;
    Fixer *fixer;
    EditVec *sources;  /* the edits of each source of the scan, kept apart from each other */
    HashMap resources; /* that some change of this round has taken */
    uint64_t taken;
} Round;

static void tell_note(Rounds *r, Str path, Str message) {
    vec_push(&r->scan->problems, (Problem){.path = path, .message = message});
}

static void tell_problem(Rounds *r, Str path, Str message) {
    Scan *s = r->scan;
    r->failed = true;
    vec_push(&s->problems, (Problem){.path = path, .message = str_copy(&s->arena, message)});
}

/* ---- the files that change ---- */

static ChangedFile *file_of(Rounds *r, uint32_t source) {
    uint32_t file = r->file_of[source];
    return file == MAP_NONE ? NULL : &r->files.items[file];
}

/* The whole file, read once more before it is first changed: its stamp is what writing checks. */
static ChangedFile *open_file(Rounds *r, uint32_t source) {
    ChangedFile *known = file_of(r, source);
    if (known) return known;
    const Source *s = &r->scan->sources.items[source].source;
    ChangedFile file = {.path = s->path,
                        .open_as = s->open_as,
                        .source = source,
                        .was = *s,
                        .group = (uint32_t)r->files.len};
    Buf bytes = {0};
    Error err = {0};
    bool spooled = s->kind == SOURCE_SPOOL;
    bool ok = spooled || file_stamp(s->open_as, &file.stamp, &err);
    ok = ok && source_read_at(s, 0, (size_t)(spooled ? s->size : file.stamp.size), &bytes, &err);
    if (ok) file.before = file.after = str_copy(&r->arena, buf_str(&bytes));
    buf_release(&bytes);
    if (!ok) {
        tell_problem(r, s->path, str_from(err.text));
        return NULL;
    }
    r->file_of[source] = (uint32_t)r->files.len;
    vec_push(&r->files, file);
    return vec_last(&r->files);
}

/* The file that stands for the group; the way to it is made shorter for the next who asks. */
static uint32_t group_of(Rounds *r, uint32_t file) {
    ChangedFile *files = r->files.items;
    while (files[file].group != file) {
        files[file].group = files[files[file].group].group;
        file = files[file].group;
    }
    return file;
}

static void join_groups(Rounds *r, uint32_t a, uint32_t b) {
    r->files.items[group_of(r, b)].group = group_of(r, a);
}

/* The fix was planned on this content: between planning and now it may have been written to. */
static bool is_current(const ChangedFile *file, const FixPart *part) {
    Str now = str_slice(file->after, part->piece, part->piece + part->text.len);
    return str_eq(now, part->text);
}

/* All files of a change, or none. */
static bool open_files(Rounds *r, const FixPlan *fix) {
    for (size_t i = 0; i < fix->parts.len; i++) {
        const FixPart *part = &fix->parts.items[i];
        const ChangedFile *file = open_file(r, part->source);
        if (!file) return false;
        if (is_current(file, part)) continue;
        tell_problem(r, file->path, STR("changed since it was read: left alone"));
        return false;
    }
    for (size_t i = 1; i < fix->parts.len; i++)
        join_groups(r, r->file_of[fix->parts.items[0].source],
                    r->file_of[fix->parts.items[i].source]);
    return true;
}

/* ---- one round ---- */

static Hash128 resource_key(const FixPart *part) {
    uint64_t place[] = {part->source, part->piece, part->resource};
    return hash128_bytes(place, sizeof place);
}

static void add_edits(Round *round, const FixPlan *fix) {
    for (size_t i = 0; i < fix->parts.len; i++)
        hashmap_set(&round->resources, resource_key(&fix->parts.items[i]), 0);
    for (size_t i = 0; i < fix->edits.len; i++) {
        Edit e = fix->edits.items[i].edit;
        e.text = str_copy(&round->rounds->arena, e.text);
        edits_insert(&round->sources[fix->edits.items[i].source], e);
    }
}

/* Touching or overlapping what another change of this round does, or changing the same resource
 * (two halves would make a whole that nobody has read back): it waits for the next round. */
static bool is_free(const Round *round, const FixPlan *fix) {
    for (size_t i = 0; i < fix->parts.len; i++)
        if (hashmap_get(&round->resources, resource_key(&fix->parts.items[i])) != MAP_NONE)
            return false;
    for (size_t i = 0; i < fix->edits.len; i++) {
        const FixEdit *e = &fix->edits.items[i];
        if (edits_meet(&round->sources[e->source], &e->edit)) return false;
    }
    return true;
}

/* What a reader would have wanted to know before: assumptions, fields and comments that went. */
static void tell_losses(Rounds *r, const Finding *f, const FixPlan *fix) {
    StrVec notes = {0};
    notes_of_fix(&r->arena, r->scan, fix, &notes);
    Str title = str_copy(&r->arena, scan_text(r->scan, f->title));
    for (size_t i = 0; i < notes.len; i++) {
        Str note = notes.items[i];
        Str text = str_format(&r->arena, STR_FMT ":%u: " STR_FMT,
                              STR_ARG(scan_path(r->scan, f->source)), f->place.line, STR_ARG(note));
        vec_push(&r->losses, (Loss){f->source, title, note, text});
    }
    vec_release(&notes);
}

static void try_finding(Round *round, const Finding *f, Safety safety) {
    const Rule *rule = &round->rounds->scan->rules->rules[f->rule];
    if (f->state != FINDING_OPEN || rule->fix.kind == FIX_NONE || rule->fix.kind == FIX_FOLLOW)
        return;
    const Rounds *r = round->rounds;
    if (r->wanted && !r->wanted(r->scan, f)) return;
    if (!fixer_leads(round->fixer, f)) return;
    const FixPlan *fix = fixer_plan(round->fixer, f);
    if (fix->changed)
        tell_problem(round->rounds, scan_path(round->rounds->scan, f->source), fix->refused);
    if (!fix_exists(fix) || fix->safety != safety || !is_free(round, fix)) return;
    if (!open_files(round->rounds, fix)) return;
    add_edits(round, fix);
    tell_losses(round->rounds, f, fix);
    round->taken++;
}

/* Standing edits become the sources' new content. */
static void apply(Round *round) {
    Rounds *r = round->rounds;
    for (uint32_t i = 0; i < r->scan->sources.len; i++) {
        EditVec *edits = &round->sources[i];
        if (!edits->len) continue;
        ChangedFile *file = file_of(r, i);
        Buf after = {0};
        edits_apply(file->after, 0, edits->items, edits->len, &after);
        file->after = str_copy(&r->arena, buf_str(&after));
        buf_release(&after);
        Source *source = &r->scan->sources.items[i].source;
        source->kind = SOURCE_MEMORY;
        source->bytes = file->after;
        source->size = file->after.len;
    }
}

static uint64_t run_round(Rounds *r) {
    Round round = {.rounds = r,
                   .fixer = fixer_new(r->scan),
                   .sources = mem_zero(r->scan->sources.len * sizeof(EditVec))};
    for (Safety safety = SAFETY_SAFE; safety <= r->level; safety++)
        for (size_t i = 0; i < r->scan->findings.len; i++)
            try_finding(&round, &r->scan->findings.items[i], safety);
    fixer_free(round.fixer);
    apply(&round);
    for (size_t i = 0; i < r->scan->sources.len; i++) vec_release(&round.sources[i]);
    free(round.sources);
    hashmap_release(&round.resources);
    return round.taken;
}

/* Rounds that leave fewer findings than before may go on: what waits for others, copies of an
 * object. Rules that undo each other make none fewer, and the cap ends them. */
static void run_rounds(Rounds *r) {
    for (int idle = 0; idle < LIMIT_ROUNDS; idle++) {
        size_t before = r->scan->findings.len;
        uint64_t taken = run_round(r);
        if (!taken) return;
        r->fixed += taken;
        scan_again(r->scan);
        if (r->scan->findings.len < before) idle = -1;
    }
    r->unsettled = true;
    r->losses.len = 0;
    tell_problem(
        r, (Str){0},
        STR("fixes do not come to rest: nothing was written; please report it with the files"));
}

void rounds_run(Rounds *r) {
    r->file_of = arena_array(&r->arena, uint32_t, r->scan->listed);
    for (size_t i = 0; i < r->scan->listed; i++) r->file_of[i] = MAP_NONE;
    /* What an object owns is mended as well, though its owner's finding tells of it. */
    if (!r->scan->keep_copies) {
        r->scan->keep_copies = true;
        scan_again(r->scan);
    }
    run_rounds(r);
    r->scan->keep_copies = false;
}

/* ---- out ---- */

static bool has_changed(const ChangedFile *f) {
    return !str_eq(f->before, f->after);
}

static int by_path(const void *a, const void *b) {
    return str_cmp(((const ChangedFile *)a)->path, ((const ChangedFile *)b)->path);
}

/* From the repository's root on, as `git diff` has it: `git apply` reads it so wherever it is
 * started. Without a repository from where the user stands, or from the root directory. */
static Str diff_path(Rounds *r, const ChangedFile *f) {
    Str path = r->scan->sources.items[f->source].repository_path;
    if (!str_starts(path, STR("/"))) return path;
    Str here = path_real(&r->arena, STR("."));
    Str rest = str_starts(path, here) ? str_from_offset(path, here.len) : (Str){0};
    return str_from_offset(str_starts(rest, STR("/")) ? rest : path, 1);
}

static bool is_packed(const ChangedFile *f) {
    return f->was.origin == ORIGIN_ARCHIVE;
}

/* One part that `git apply` refuses makes it refuse all: what stands in a compressed file or an
 * archive is shown only where nothing else is. */
static void leave_out_packed(Rounds *r) {
    size_t kept = 0;
    bool others = false;
    for (size_t i = 0; i < r->files.len; i++) others |= !is_packed(&r->files.items[i]);
    for (size_t i = 0; i < r->files.len; i++) {
        const ChangedFile *f = &r->files.items[i];
        if (others && is_packed(f))
            tell_note(r, f->path, STR("not in the diff: nothing can be written into it"));
        else
            r->files.items[kept++] = *f;
    }
    r->files.len = kept;
}

void rounds_diff(Rounds *r, Buf *out) {
    Arena arena = {0};
    leave_out_packed(r);
    if (r->files.len) qsort(r->files.items, r->files.len, sizeof(ChangedFile), by_path);
    for (size_t i = 0; i < r->files.len; i++) {
        const ChangedFile *f = &r->files.items[i];
        EditVec edits = {0};
        edits_between(&arena, f->before, f->after, 0, &edits);
        unified_diff(out, &(FileDifference){DIFFERENCE_CHANGE, diff_path(r, f), f->before,
                                            edits.items, edits.len});
        vec_release(&edits);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

/* What could not be written is as it was: it is reported as such. */
static void restore(Rounds *r, ChangedFile *f) {
    r->scan->sources.items[f->source].source = f->was;
    f->stays = true;
}

static bool is_stream(const ChangedFile *f) {
    return f->was.origin == ORIGIN_STREAM;
}

static bool print(Rounds *r, Str text) {
    if (fwrite(text.data, 1, text.len, stdout) == text.len && fflush(stdout) == 0) return true;
    Str why = str_format(&r->arena, "cannot write standard output: %s", strerror(errno));
    tell_problem(r, STR("<stdout>"), why);
    return false;
}

/* Whoever reads that one file could not be written must not take the others for changed. */
static void tell_others(Rounds *r, const FileWrite *writes, size_t count, size_t failed) {
    for (size_t i = 0; i < count; i++) {
        if (i == failed) continue;
        const char *state = file_is_as_stamped(writes[i].path, writes[i].stamp)
                                ? "left as it was, too"
                                : "not what was read any more: compare it";
        tell_problem(r, writes[i].path,
                     str_format(&r->arena, "%s; it changes together with " STR_FMT, state,
                                STR_ARG(writes[failed].path)));
    }
}

static bool write_on_disk(Rounds *r, const uint32_t *group, size_t count) {
    VEC(FileWrite) writes = {0};
    Error err = {0};
    WriteResult result = {.outcome = WRITE_DONE};
    for (size_t i = 0; i < count; i++) {
        const ChangedFile *f = &r->files.items[group[i]];
        if (has_changed(f) && !is_stream(f))
            vec_push(&writes, (FileWrite){f->open_as, f->after, WRITE_REPLACE, f->stamp});
    }
    if (writes.len) result = write_files(writes.items, writes.len, &err);
    bool done = result.outcome == WRITE_DONE;
    if (!done) {
        tell_problem(r, writes.items[result.file].path, str_from(err.text));
        tell_others(r, writes.items, writes.len, result.file);
    }
    vec_release(&writes);
    return done;
}

/* The change did not reach standard output: on disk it is undone. */
static void take_back(Rounds *r, const uint32_t *group, size_t count) {
    VEC(FileWrite) writes = {0};
    Error err = {0};
    for (size_t i = 0; i < count; i++) {
        const ChangedFile *f = &r->files.items[group[i]];
        FileWrite w = {f->open_as, f->before, WRITE_REPLACE, {0}};
        if (has_changed(f) && !is_stream(f) && file_stamp(f->open_as, &w.stamp, &err))
            vec_push(&writes, w);
    }
    bool done = !writes.len || write_files(writes.items, writes.len, &err).outcome == WRITE_DONE;
    for (size_t i = 0; i < writes.len; i++)
        tell_problem(r, writes.items[i].path,
                     done ? STR("put back as it was: its change did not reach standard output")
                          : str_from(err.text));
    vec_release(&writes);
}

/* Files that one change touches are written together. Standard output comes last: it cannot be
 * taken back, and has what was read when the others could not be written. */
static void write_group(Rounds *r, const uint32_t *group, size_t count) {
    bool on_disk = write_on_disk(r, group, count), done = on_disk;
    for (size_t i = 0; i < count; i++) {
        const ChangedFile *f = &r->files.items[group[i]];
        if (is_stream(f)) done = print(r, on_disk ? f->after : f->before) && done;
    }
    if (on_disk && !done) take_back(r, group, count);
    for (size_t i = 0; i < count; i++) {
        ChangedFile *f = &r->files.items[group[i]];
        f->written = done && has_changed(f);
        r->written += f->written;
        if (!done) restore(r, f);
    }
}

/* A pipe must not lose what needed no fix. */
static void echo_stdin(Rounds *r) {
    for (uint32_t i = 0; i < r->scan->sources.len; i++) {
        const Source *s = &r->scan->sources.items[i].source;
        bool facts = r->scan->sources.items[i].facts_only;
        if (s->origin != ORIGIN_STREAM || facts || file_of(r, i)) continue;
        ChangedFile *file = open_file(r, i);
        if (file) print(r, file->before);
    }
}

static int by_group(const void *a, const void *b, void *rounds) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint32_t of_x = group_of(rounds, x), of_y = group_of(rounds, y);
    return of_x != of_y ? (of_x > of_y) - (of_x < of_y) : (x > y) - (x < y);
}

static void write_groups(Rounds *r) {
    size_t count = r->files.len;
    uint32_t *files = arena_array(&r->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) files[i] = i;
    if (count) qsort_r(files, count, sizeof *files, by_group, r);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && group_of(r, files[end]) == group_of(r, files[i]);) end++;
        write_group(r, files + i, end - i);
    }
}

static void give_up(Rounds *r) {
    for (size_t i = 0; i < r->files.len; i++) {
        ChangedFile *f = &r->files.items[i];
        if (is_stream(f)) print(r, f->before);
        restore(r, f);
    }
}

/* What was not written has lost nothing. */
static void forget_losses(Rounds *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->losses.len; i++)
        if (!file_of(r, r->losses.items[i].source)->stays)
            r->losses.items[kept++] = r->losses.items[i];
    r->losses.len = kept;
}

void rounds_write(Rounds *r) {
    signal(SIGPIPE, SIG_IGN); /* whoever reads standard output may go: then the change is undone */
    if (r->unsettled)
        give_up(r);
    else
        write_groups(r);
    forget_losses(r);
    echo_stdin(r);
    scan_again(r->scan);
}

void rounds_release(Rounds *r) {
    vec_release(&r->files);
    vec_release(&r->losses);
    arena_release(&r->arena);
}
