/* A directory of its own for each test that writes files, and system calls that fail on demand. */
#ifndef APP_PLACE_TEST_H
#define APP_PLACE_TEST_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/write.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- A place to work in ---- */

static char place[64];

static inline int start_place(void **state) {
    (void)state;
    umask(022);
    snprintf(place, sizeof place, "/tmp/unstale-write-XXXXXX");
    return mkdtemp(place) && chdir(place) == 0 ? 0 : -1;
}

static inline int remove_one(const char *path, const struct stat *info, int kind,
                             struct FTW *walk) {
    (void)info, (void)kind, (void)walk;
    return remove(path);
}

static inline int end_place(void **state) {
    (void)state;
    return chdir("/") == 0 ? nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS) : -1;
}

static inline void put(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline const char *text_of(const char *path) {
    static char text[64];
    FILE *f = fopen(path, "r");
    if (!f) return NULL;
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static inline bool holds(const char *path, const char *want) {
    const char *text = text_of(path);
    return text && strcmp(text, want) == 0;
}

static inline bool is_there(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0;
}

static unsigned leftovers;

static inline int count_one(const char *path, const struct stat *info, int kind, struct FTW *walk) {
    (void)info, (void)kind;
    leftovers += strncmp(path + walk->base, ".unstale-", 9) == 0;
    return 0;
}

static inline unsigned count_leftovers(void) {
    leftovers = 0;
    assert_int_equal(nftw(".", count_one, 8, FTW_PHYS), 0);
    return leftovers;
}

static inline FileWrite planned(WriteKind kind, const char *path, const char *text) {
    FileWrite w = {.path = str_from(path), .bytes = str_from(text), .kind = kind};
    Error err;
    if (kind != WRITE_CREATE) assert_true(file_stamp(w.path, &w.stamp, &err));
    return w;
}

static inline WriteOutcome write_one(const FileWrite *w, Error *err) {
    return write_files(w, 1, err).outcome;
}

/* ---- System calls that go wrong ---- */

typedef enum { CALL_NONE, CALL_SYNC, CALL_LINK, CALL_RENAME } Call;

static struct {
    Call call;           /* which one */
    int calls_left;      /* that go well before it; below 0: it is over */
    void (*event)(void); /* what happens just before the call; NULL: the call fails */
    bool from_then_on;   /* all later calls fail too */
    bool without_links;  /* the file system has no hard links */
} plan;

static inline bool fails_now(Call call) {
    if (plan.call != call || plan.calls_left < 0 || plan.calls_left-- > 0) return false;
    if (plan.event) {
        plan.event();
        return false;
    }
    if (plan.from_then_on) plan.calls_left = 0;
    errno = EIO;
    return true;
}

static inline int test_sync(int file) {
    return fails_now(CALL_SYNC) ? -1 : fsync(file);
}

static inline int test_link(const char *from, const char *to) {
    if (fails_now(CALL_LINK)) return -1;
    if (!plan.without_links) return link(from, to);
    errno = EPERM;
    return -1;
}

static inline int test_rename(const char *from, const char *to) {
    return fails_now(CALL_RENAME) ? -1 : rename(from, to);
}

static const WriteCalls test_calls = {test_sync, test_link, test_rename};

#define TEST(test) cmocka_unit_test_setup_teardown(test, start_place, end_place)

#endif
