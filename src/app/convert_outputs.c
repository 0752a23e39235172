/* Choosing, checking and writing the output of a conversion run. */
#include "app/convert_outputs.h"

#include "app/write.h"
#include "base/utf8.h"
#include "input/archive.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* ---- which one ---- */

static const char *c_path(Outputs *o, Str path) {
    return str_copy(&o->arena, path).data;
}

static bool is_directory(Outputs *o, Str path) {
    struct stat info;
    return stat(c_path(o, path), &info) == 0 && S_ISDIR(info.st_mode);
}

/* A PATH argument, as what is read from it is called. */
static Str argument(const Outputs *o, size_t number) {
    const Options *options = o->scan->options;
    Str path = options->arguments.items[number];
    return str_eq(path, STR("-")) ? options->stdin_filename : path;
}

static bool reads_directory(Outputs *o) {
    for (size_t i = 0; i < o->scan->options->arguments.len; i++)
        if (is_directory(o, argument(o, i)) || packed_as(argument(o, i)) == PACKED_ARCHIVE)
            return true;
    return false;
}

static Into into_what(Outputs *o, Str path) {
    bool file_name = family_of(path) == FAMILY_YAML || family_of(path) == FAMILY_JSON;
    if (!path.len || str_eq(path, STR("-"))) return INTO_STDOUT;
    if (str_ends(path, STR("/")) || is_directory(o, path)) return INTO_DIRECTORY;
    return !file_name && reads_directory(o) ? INTO_DIRECTORY : INTO_FILE;
}

/* ---- what must not be read, what must not be overwritten ---- */

static Str join(Outputs *o, Str directory, Str path) {
    Str slash = !directory.len || str_ends(directory, STR("/")) ? STR("") : STR("/");
    return str_format(&o->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(directory), STR_ARG(slash),
                      STR_ARG(path));
}

static Str below(Str path, Str directory) {
    bool is_below = str_starts(path, directory) && path.len > directory.len &&
                    (str_ends(directory, STR("/")) || path.data[directory.len] == '/');
    Str rest = is_below ? str_from_offset(path, directory.len) : (Str){0};
    return str_starts(rest, STR("/")) ? str_from_offset(rest, 1) : rest;
}

static Str real_path(Outputs *o, Str path) {
    char *found = realpath(c_path(o, path), NULL);
    Str copy = found ? str_copy(&o->arena, str_from(found)) : (Str){0};
    free(found);
    return copy;
}

/* The output directory as the walk of one PATH would name it; empty when it lies elsewhere. */
static Str seen_from(Outputs *o, Str argument) {
    Str output = real_path(o, o->path), walked = real_path(o, argument);
    if (!output.len || !walked.len) return (Str){0};
    Str rest = below(output, walked), shown = path_shown(&o->arena, argument);
    if (!rest.len) return (Str){0};
    return str_eq(shown, STR(".")) ? rest : join(o, shown, rest);
}

static void drop_below(Scan *s, Str directory) {
    size_t kept = 0;
    for (size_t i = 0; i < s->sources.len; i++) {
        const ScanSource *source = &s->sources.items[i];
        if (source->source.named || !below(source->source.path, directory).len)
            s->sources.items[kept++] = *source;
    }
    s->listed = s->sources.len = kept;
}

/* Of what a commit or the index has, the file in the work tree counts. */
static bool is_source(const Source *s, const FileStamp *stamp) {
    FileStamp own;
    Error err;
    return s->open_as.len && file_stamp(s->open_as, &own, &err) && own.inode == stamp->inode &&
           own.device == stamp->device;
}

static bool would_overwrite(Str path, Str source, Error *err) {
    return error_set(err,
                     "option '--output': '" STR_FMT "' would overwrite '" STR_FMT
                     "', which is read: choose another place",
                     STR_ARG(path), STR_ARG(source));
}

/* An older output that a walk has met is not read; one that is named would be lost. */
static bool spare_file(Outputs *o, Scan *s, Error *err) {
    FileStamp stamp;
    Error absent;
    if (!file_stamp(o->path, &stamp, &absent)) return true;
    size_t kept = 0;
    for (size_t i = 0; i < s->sources.len; i++) {
        const ScanSource *source = &s->sources.items[i];
        bool same = is_source(&source->source, &stamp);
        if (same && (source->source.named || source->facts_only))
            return would_overwrite(o->path, source->source.path, err);
        if (!same) s->sources.items[kept++] = *source;
    }
    s->listed = s->sources.len = kept;
    return true;
}

/* ---- a directory ---- */

/* The path of a source below the PATH that it was found in; of a file that is named, its name. */
static Str path_below(Outputs *o, const Source *source) {
    for (size_t i = 0; i < o->scan->options->arguments.len; i++) {
        Str shown = path_shown(&o->arena, argument(o, i));
        if (!source->named && str_eq(shown, STR("."))) return source->path;
        Str rest = below(source->path, shown);
        if (!source->named && rest.len) return rest;
    }
    size_t slash = str_find_last_char(source->path, '/');
    return slash == STR_NONE ? source->path : str_from_offset(source->path, slash + 1);
}

static Str relative(Outputs *o, const Source *source) {
    Str path = path_below(o, source);
    return source->origin == ORIGIN_ARCHIVE ? packed_content(path) : path;
}

static Str output_path(Outputs *o, uint32_t source) {
    return join(o, o->path, relative(o, &o->scan->sources.items[source].source));
}

/* A member of an archive may be called anything; a file like that would trick who lists it. */
static bool has_control_character(Str path) {
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.data[i] < ' ' || path.data[i] == 0x7F) return true;
    return false;
}

static bool refuse_name(Str path, Error *err) {
    Buf shown = {0};
    utf8_add_printable(&shown, path);
    error_set(err,
              "option '--output': no file is made with a control character in its name: '" STR_FMT
              "' (write to one file, or --exclude it)",
              STR_ARG(buf_str(&shown)));
    buf_release(&shown);
    return false;
}

static bool check_path(Outputs *o, HashMap *seen, uint32_t source, Error *err) {
    const Source *s = &o->scan->sources.items[source].source;
    FileStamp stamp;
    Error absent;
    if (s->origin == ORIGIN_STREAM)
        return error_set(err,
                         "option '--output': standard input goes to a file, not to the "
                         "directory '" STR_FMT "'",
                         STR_ARG(o->path));
    Str path = output_path(o, source);
    if (has_control_character(relative(o, s))) return refuse_name(path, err);
    uint32_t other = hashmap_get(seen, hash128(path));
    if (other != MAP_NONE)
        return error_set(err,
                         "option '--output': '" STR_FMT "' and '" STR_FMT
                         "' would both be written to '" STR_FMT "'",
                         STR_ARG(o->scan->sources.items[other].source.path), STR_ARG(s->path),
                         STR_ARG(path));
    hashmap_set(seen, hash128(path), source);
    bool own = file_stamp(path, &stamp, &absent) && is_source(s, &stamp);
    return !own || would_overwrite(path, s->path, err);
}

static bool spare_directory(Outputs *o, Scan *s, Error *err) {
    const StrVec *paths = &o->scan->options->arguments;
    for (size_t i = 0; i < paths->len; i++) {
        Str shown = seen_from(o, paths->items[i]);
        if (shown.len) drop_below(s, shown);
    }
    HashMap seen = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < s->sources.len; i++)
        if (!s->sources.items[i].facts_only) ok = check_path(o, &seen, i, err);
    hashmap_release(&seen);
    return ok;
}

bool outputs_open(Outputs *o, Scan *s, Error *err) {
    o->scan = s;
    o->path = s->options->into;
    o->into = into_what(o, o->path);
    if (o->into == INTO_FILE) return spare_file(o, s, err);
    return o->into == INTO_STDOUT || spare_directory(o, s, err);
}

/* ---- writing ---- */

bool outputs_begin(Outputs *o, Error *err) {
    o->stream = (Stream){.out = o->into == INTO_STDOUT ? stdout : tmpfile()};
    return o->stream.out || error_set(err, "cannot make a temporary file: %s", strerror(errno));
}

static bool write_text(Outputs *o, Str path, Str text, Error *err) {
    Error absent;
    FileWrite w = {.path = path, .bytes = text, .kind = WRITE_CREATE};
    if (file_stamp(path, &w.stamp, &absent)) w.kind = WRITE_REPLACE;
    bool done = write_files(&w, 1, err).outcome == WRITE_DONE;
    o->files += done;
    return done;
}

/* The text is mapped, not read: the system pages it in and out as it is copied. */
static bool write_file(Outputs *o, Str path, Error *err) {
    long size = ftell(o->stream.out);
    int file = fileno(o->stream.out);
    if (size <= 0) return error_set(err, "cannot write a temporary file: %s", strerror(errno));
    char *text = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, file, 0);
    if (text == MAP_FAILED) return error_set(err, "cannot map a file: %s", strerror(errno));
    bool ok = write_text(o, path, (Str){text, (size_t)size}, err);
    munmap(text, (size_t)size);
    return ok;
}

bool outputs_finish(Outputs *o, uint32_t source, Error *err) {
    FILE *out = o->stream.out;
    stream_end(&o->stream);
    bool ok = fflush(out) == 0 && !ferror(out);
    if (!ok)
        error_set(err, "cannot write %s: %s",
                  o->into == INTO_STDOUT ? "standard output" : "a temporary file", strerror(errno));
    if (o->into == INTO_STDOUT) return ok;
    if (ok && o->stream.count)
        ok = write_file(o, o->into == INTO_FILE ? o->path : output_path(o, source), err);
    fclose(out);
    o->stream.out = NULL;
    return ok;
}

void outputs_release(Outputs *o) {
    arena_release(&o->arena);
}
