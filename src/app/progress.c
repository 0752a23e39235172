/* Drawing progress on a terminal. */
#include "app/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 500, PAUSE = 100 /* milliseconds */, WIDTH = 20, MEGABYTE = 1024 * 1024 };

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

static bool somebody_looks(void) {
    const char *terminal = getenv("TERM");
    bool dumb = !terminal || strcmp(terminal, "dumb") == 0;
    return !dumb && isatty(STDERR_FILENO) && isatty(STDOUT_FILENO) && !is_set("CI") &&
           !is_set("PRE_COMMIT");
}

Progress progress_begin(const Options *o, Offset total) {
    Progress p = {.total = total};
    p.wanted = !o->no_progress && !o->quiet && somebody_looks();
    if (p.wanted) p.next = now() + PATIENCE;
    return p;
}

void progress_text(Buf *out, Offset done, Offset total) {
    if (done > total) done = total; /* a file that grows while it is read */
    unsigned filled = total ? (unsigned)(done * WIDTH / total) : WIDTH;
    buf_add_char(out, '[');
    buf_add_repeat(out, '#', filled);
    buf_add_repeat(out, ' ', WIDTH - filled);
    buf_addf(out, "] %3u %%  %llu of %llu MB", total ? (unsigned)(done * 100 / total) : 100,
             (unsigned long long)(done / MEGABYTE), (unsigned long long)(total / MEGABYTE));
}

static void draw(Progress *p) {
    Buf line = {0};
    progress_text(&line, p->done, p->total);
    fprintf(stderr, "\r" STR_FMT, STR_ARG(buf_str(&line))); /* no line becomes shorter */
    fflush(stderr);
    buf_release(&line);
    p->shown = true;
}

void progress_add(Progress *p, Offset bytes) {
    p->done += bytes;
    if (!p->wanted) return;
    uint64_t time = now();
    if (time < p->next) return;
    draw(p);
    p->next = time + PAUSE;
}

void progress_end(Progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}
