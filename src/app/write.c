/* Writes files in steps; each step is taken for every file before the next one begins. */
#include "app/write.h"

#include "app/metadata.h"
#include "base/buf.h"
#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file on its way. */
typedef struct Job {
    const FileWrite *write;
    const char *path;      /* as the user knows it */
    const char *target;    /* the file itself, links followed */
    const char *directory; /* that holds it, with the final '/'; "" is the current one */
    const char *temporary; /* the new text; NULL when there is no such file any more */
    const char *backup;    /* the original, while there is a way back */
    bool aside;            /* the original was moved to the backup, not linked */
    bool placed;           /* the target is what it is to become */
} Job;

typedef struct Writing {
    const WriteCalls *calls;
    Arena arena;
    Job *jobs;
    size_t count, stopped_at;
    HashMap targets;        /* their numbers by the hash of their paths */
    VEC(const char *) made; /* directories, outer ones first */
    Error *err;
} Writing;

/* ---- Stamps ---- */

static FileStamp stamp_of(const struct stat *info) {
    return (FileStamp){
        .size = (uint64_t)info->st_size,
        .inode = info->st_ino,
        .device = info->st_dev,
        .modified = info->st_mtim.tv_sec * INT64_C(1000000000) + info->st_mtim.tv_nsec,
    };
}

static bool same_stamp(FileStamp a, FileStamp b) {
    return a.size == b.size && a.inode == b.inode && a.device == b.device &&
           a.modified == b.modified;
}

bool file_stamp(Str path, FileStamp *out, Error *err) {
    Arena arena = {0};
    struct stat info;
    bool found = stat(str_copy(&arena, path).data, &info) == 0;
    if (found) *out = stamp_of(&info);
    arena_release(&arena);
    return found || error_set(err, "cannot read " STR_FMT ": %s", STR_ARG(path), strerror(errno));
}

bool file_is_as_stamped(Str path, FileStamp stamp) {
    FileStamp now;
    Error absent;
    return file_stamp(path, &now, &absent) && same_stamp(now, stamp);
}

/* ---- Temporary files ---- */

/* With its final '/'; "" for a bare name. */
static const char *directory_of(Writing *w, const char *path) {
    size_t slash = str_find_last_char(str_from(path), '/');
    size_t end = slash == STR_NONE ? 0 : slash + 1;
    return str_copy(&w->arena, str_slice(str_from(path), 0, end)).data;
}

enum { NAME_TRIES = 100 };

static const char *temporary_name(Writing *w, const Job *j) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char random[6];
    if (getrandom(random, sizeof random, 0) != sizeof random) bug("no random numbers");
    char name[sizeof random + 1] = {0};
    for (size_t i = 0; i < sizeof random; i++) name[i] = letters[random[i] % 32];
    return str_format(&w->arena, "%s.unstale-%s.tmp", j->directory, name).data;
}

/* A new, empty file beside the target; -1 and errno when there can be none. */
static int open_temporary(Writing *w, const Job *j, mode_t mode, const char **name) {
    int file = -1;
    for (int i = 0; i < NAME_TRIES; i++) {
        *name = temporary_name(w, j);
        file = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file >= 0 || errno != EEXIST) break;
    }
    return file;
}

static bool write_all(int file, Str bytes) {
    while (bytes.len) {
        ssize_t written = write(file, bytes.data, bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = str_from_offset(bytes, (size_t)written);
    }
    return true;
}

/* ---- The steps: each tells whether the next one may follow ---- */

static WriteOutcome failed(Writing *w, const char *verb, const Job *j) {
    error_set(w->err, "cannot %s %s: %s", verb, j->path, strerror(errno));
    return WRITE_FAILED;
}

static WriteOutcome refused(Writing *w, const Job *j, const char *why) {
    error_set(w->err, "%s %s", j->path, why);
    return WRITE_REFUSED;
}

static WriteOutcome one_file(Writing *w, const Job *a, const Job *b) {
    error_set(w->err, "%s and %s are one file, to be written twice", a->path, b->path);
    return WRITE_REFUSED;
}

static WriteOutcome left_alone(Writing *w, const Job *j, const Error *why) {
    error_set(w->err, "%s is left alone: %s", j->path, why->text);
    return WRITE_REFUSED;
}

static WriteOutcome changed(Writing *w, const Job *j) {
    error_set(w->err, "%s was changed since it was read", j->path);
    return WRITE_CHANGED;
}

static WriteOutcome follow_links(Writing *w, Job *j) {
    struct stat info;
    if (j->write->kind == WRITE_DELETE && lstat(j->path, &info) == 0 && S_ISLNK(info.st_mode))
        return refused(w, j, "is a symbolic link and is not deleted");
    char *real = realpath(j->path, NULL);
    if (!real) return errno == ENOENT ? changed(w, j) : failed(w, "find", j);
    j->target = str_copy(&w->arena, str_from(real)).data;
    free(real);
    return WRITE_DONE;
}

static WriteOutcome find_target(Writing *w, Job *j) {
    j->target = j->path = str_copy(&w->arena, j->write->path).data;
    if (j->write->kind != WRITE_CREATE) {
        WriteOutcome outcome = follow_links(w, j);
        if (outcome != WRITE_DONE) return outcome;
    }
    j->directory = directory_of(w, j->target);
    Hash128 hash = hash128(str_from(j->target));
    uint32_t other = hashmap_get(&w->targets, hash);
    if (other != MAP_NONE) return one_file(w, &w->jobs[other], j);
    hashmap_set(&w->targets, hash, (uint32_t)(j - w->jobs));
    return WRITE_DONE;
}

static WriteOutcome check_original(Writing *w, Job *j) {
    struct stat info;
    if (j->write->kind == WRITE_CREATE) {
        bool taken = lstat(j->target, &info) == 0;
        return taken ? refused(w, j, "exists already") : WRITE_DONE;
    }
    if (stat(j->target, &info) != 0) return changed(w, j);
    if (!same_stamp(stamp_of(&info), j->write->stamp)) return changed(w, j);
    if (!S_ISREG(info.st_mode)) return refused(w, j, "is not a regular file");
    if (info.st_nlink > 1) return refused(w, j, "has several hard links and is left alone");
    return WRITE_DONE;
}

static bool make_directories(Writing *w, const Job *j) {
    for (const char *slash = j->target; (slash = strchr(slash + 1, '/'));) {
        Str path = {j->target, (size_t)(slash - j->target)};
        const char *directory = str_copy(&w->arena, path).data;
        if (mkdir(directory, 0777) == 0) {
            vec_push(&w->made, directory);
        } else if (errno != EEXIST) {
            return false;
        }
    }
    return true;
}

static WriteOutcome fill_temporary(Writing *w, Job *j, int file) {
    if (!write_all(file, j->write->bytes)) return failed(w, "write", j);
    if (j->write->kind == WRITE_REPLACE) {
        Error why;
        bool copied = metadata_copy(j->target, file, &why);
        WriteOutcome outcome = check_original(w, j); /* has it gone meanwhile? */
        if (outcome != WRITE_DONE) return outcome;
        if (!copied) return left_alone(w, j, &why);
    }
    return w->calls->sync(file) == 0 ? WRITE_DONE : failed(w, "write", j);
}

static WriteOutcome write_temporary(Writing *w, Job *j) {
    if (j->write->kind == WRITE_DELETE) return WRITE_DONE;
    bool creates = j->write->kind == WRITE_CREATE;
    if (creates && !make_directories(w, j)) return failed(w, "make the directory of", j);
    const char *name;
    /* A new file gets what the user's umask says; a replacement is private until it has the mode of
     * its original. */
    int file = open_temporary(w, j, creates ? 0666 : 0600, &name);
    if (file < 0) return failed(w, "make a temporary file beside", j);
    j->temporary = name;
    WriteOutcome outcome = fill_temporary(w, j, file);
    if (close(file) != 0 && outcome == WRITE_DONE) return failed(w, "write", j);
    return outcome;
}

/* By a hard link, so that the target is there at every moment; where the file system has none, or
 * the kernel allows none, by moving the original aside. */
static bool keep_original(Writing *w, Job *j) {
    const char *name;
    for (int i = 0; i < NAME_TRIES; i++) {
        name = temporary_name(w, j);
        if (w->calls->link(j->target, name) == 0) {
            j->backup = name;
            return true;
        }
        if (errno != EEXIST) break;
    }
    int file = open_temporary(w, j, 0600, &name);
    if (file < 0) return false;
    close(file);
    bool moved = w->calls->rename(j->target, name) == 0;
    int why = errno;
    if (moved) j->backup = name;
    if (!moved) unlink(name);
    j->aside = moved;
    errno = why;
    return moved;
}

static bool place_temporary(Writing *w, Job *j) {
    if (w->calls->rename(j->temporary, j->target) != 0) return false;
    j->temporary = NULL;
    return true;
}

/* A link refuses a path that is taken, which a rename does not. */
static bool place_new(Writing *w, Job *j) {
    if (w->calls->link(j->temporary, j->target) == 0) return true;
    if (errno == EEXIST) return false;
    struct stat info;
    if (lstat(j->target, &info) == 0) {
        errno = EEXIST;
        return false;
    }
    return place_temporary(w, j);
}

static WriteOutcome put_in_place(Writing *w, Job *j) {
    if (j->write->kind == WRITE_DELETE) return WRITE_DONE;
    if (j->write->kind == WRITE_CREATE) {
        if (!place_new(w, j))
            return errno == EEXIST ? refused(w, j, "exists already") : failed(w, "create", j);
    } else if (!keep_original(w, j) || !place_temporary(w, j)) {
        return failed(w, "replace", j);
    }
    j->placed = true;
    return WRITE_DONE;
}

static WriteOutcome delete_target(Writing *w, Job *j) {
    if (j->write->kind != WRITE_DELETE) return WRITE_DONE;
    if (!keep_original(w, j)) return failed(w, "delete", j);
    if (unlink(j->target) != 0 && errno != ENOENT) return failed(w, "delete", j);
    j->placed = true;
    return WRITE_DONE;
}

/* ---- The end, one way or the other ---- */

/* Not every file system lets directories be synced, and the files are in place: no failure. */
static void sync_directory(Writing *w, const char *path) {
    int file = open(*path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return;
    w->calls->sync(file);
    close(file);
}

static void sync_directories(Writing *w) {
    const char *last = NULL;
    for (size_t i = 0; i < w->count; i++) {
        const char *directory = w->jobs[i].directory;
        if (!last || strcmp(last, directory) != 0) sync_directory(w, directory);
        last = directory;
    }
    for (size_t i = 0; i < w->made.len; i++) sync_directory(w, directory_of(w, w->made.items[i]));
}

static void finish(Writing *w) {
    sync_directories(w);
    for (size_t i = 0; i < w->count; i++) {
        if (w->jobs[i].temporary) unlink(w->jobs[i].temporary);
        if (w->jobs[i].backup) unlink(w->jobs[i].backup);
    }
}

static bool put_back(Writing *w, const Job *j) {
    if (!j->backup) return unlink(j->target) == 0;
    if (!j->placed && !j->aside) return unlink(j->backup) == 0;
    return w->calls->rename(j->backup, j->target) == 0;
}

static void add_state(Buf *states, const Job *j, bool back) {
    static const char *const done[] = {"holds its new text", "was created", "was deleted"};
    if (back) {
        buf_addf(states, "\n%s was put back", j->path);
        return;
    }
    buf_addf(states, "\n%s %s and could not be put back: %s", j->path,
             j->placed ? done[j->write->kind] : "was moved", strerror(errno));
    if (j->backup) buf_addf(states, "; its old text is in %s", j->backup);
}

/* What could not be put back is told first: a message may be cut at its end. */
static bool undo(Writing *w) {
    Buf lost = {0}, back = {0};
    for (size_t i = w->count; i-- > 0;) {
        Job *j = &w->jobs[i];
        if (j->placed || j->backup) {
            bool undone = put_back(w, j);
            bool moved = j->placed || j->aside;
            if (moved) add_state(undone ? &back : &lost, j, undone);
        }
        if (j->temporary) unlink(j->temporary);
    }
    for (size_t i = w->made.len; i-- > 0;) rmdir(w->made.items[i]);
    bool undone = lost.len == 0;
    buf_add(&lost, buf_str(&back));
    Error why = *w->err;
    if (lost.len) error_set(w->err, "%s%s", why.text, buf_cstr(&lost));
    buf_release(&lost);
    buf_release(&back);
    return undone;
}

typedef WriteOutcome (*Step)(Writing *w, Job *j);

static WriteOutcome take_step(Writing *w, Step step) {
    for (size_t i = 0; i < w->count; i++) {
        WriteOutcome outcome = step(w, &w->jobs[i]);
        w->stopped_at = i;
        if (outcome != WRITE_DONE) return outcome;
    }
    return WRITE_DONE;
}

WriteResult write_files_by(const WriteCalls *calls, const FileWrite *writes, size_t count,
                           Error *err) {
    static const Step steps[] = {
        find_target, check_original, write_temporary, check_original, put_in_place, delete_target,
    };
    Writing w = {.calls = calls, .count = count, .err = err};
    w.jobs = arena_array(&w.arena, Job, count);
    for (size_t i = 0; i < count; i++) w.jobs[i].write = &writes[i];

    WriteOutcome outcome = WRITE_DONE;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && outcome == WRITE_DONE; i++)
        outcome = take_step(&w, steps[i]);
    if (outcome == WRITE_DONE) {
        finish(&w);
    } else if (!undo(&w)) {
        outcome = WRITE_FAILED;
    }

    hashmap_release(&w.targets);
    vec_release(&w.made);
    arena_release(&w.arena);
    return (WriteResult){outcome, w.stopped_at};
}

WriteResult write_files(const FileWrite *writes, size_t count, Error *err) {
    static const WriteCalls real = {.sync = fsync, .link = link, .rename = rename};
    return write_files_by(&real, writes, count, err);
}
