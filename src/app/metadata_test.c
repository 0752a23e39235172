/* Attributes and ACLs: what a replacement takes over, and what it must not inherit. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/metadata.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static char place[64];

static int start_place(void **state) {
    (void)state;
    snprintf(place, sizeof place, "/tmp/unstale-metadata-XXXXXX");
    return mkdtemp(place) && chdir(place) == 0 ? 0 : -1;
}

static int end_place(void **state) {
    (void)state;
    remove("from");
    remove("to");
    return chdir("/") == 0 ? remove(place) : -1;
}

static int make(const char *path, mode_t mode) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    assert_int_equal(fchmod(file, mode), 0);
    return file;
}

static void set_or_skip(const char *path, const char *name, const void *value, size_t size) {
    if (setxattr(path, name, value, size, 0) == 0) return;
    assert_int_equal(errno, ENOTSUP);
    print_message("skipped: the file system of /tmp has no such attributes\n");
    skip();
}

static void assert_copied(int to) {
    Error err;
    assert_true(metadata_copy("from", to, &err));
    close(to);
}

static void attributes_are_copied(void **state) {
    (void)state;
    close(make("from", 0640));
    set_or_skip("from", "user.origin", "here", 4);
    set_or_skip("from", "user.empty", "", 0);
    assert_copied(make("to", 0600));
    char value[16];
    assert_int_equal(getxattr("to", "user.origin", value, sizeof value), 4);
    assert_memory_equal(value, "here", 4);
    assert_int_equal(getxattr("to", "user.empty", value, sizeof value), 0);
}

/* user::rw- user:1234:rwx group::r-- mask::rwx other::---, as the kernel keeps it. */
static const unsigned char acl[] = {
    2,  0, 0, 0,                         /* version */
    1,  0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* the owner */
    2,  0, 7, 0, 0xd2, 0x04, 0,    0,    /* user 1234 */
    4,  0, 4, 0, 0xff, 0xff, 0xff, 0xff, /* the group */
    16, 0, 7, 0, 0xff, 0xff, 0xff, 0xff, /* the mask */
    32, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, /* others */
};

static void an_acl_is_copied(void **state) {
    (void)state;
    close(make("from", 0640));
    set_or_skip("from", "system.posix_acl_access", acl, sizeof acl);
    assert_copied(make("to", 0600));
    unsigned char got[64];
    ssize_t size = getxattr("to", "system.posix_acl_access", got, sizeof got);
    assert_int_equal(size, sizeof acl);
    assert_memory_equal(got, acl, sizeof acl);
}

static void an_inherited_acl_is_dropped(void **state) {
    (void)state;
    set_or_skip(".", "system.posix_acl_default", acl, sizeof acl);
    close(make("from", 0640));
    assert_int_equal(removexattr("from", "system.posix_acl_access"), 0);
    int to = make("to", 0600);
    unsigned char got[64];
    assert_true(getxattr("to", "system.posix_acl_access", got, sizeof got) > 0);
    assert_copied(to);
    assert_int_equal(getxattr("to", "system.posix_acl_access", got, sizeof got), -1);
    struct stat info;
    assert_int_equal(stat("to", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
}

static void no_original(void **state) {
    (void)state;
    int to = make("to", 0600);
    Error err;
    assert_false(metadata_copy("from", to, &err));
    assert_string_equal(err.text, "its mode cannot be read: No such file or directory");
    close(to);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, start_place, end_place)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(attributes_are_copied),
        TEST(an_acl_is_copied),
        TEST(an_inherited_acl_is_dropped),
        TEST(no_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
