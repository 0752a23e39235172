/* Copies owner, group, attributes and mode from one file to another. */
#include "app/metadata.h"

#include "base/memory.h"
#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static bool copy_owner(const struct stat *from, const struct stat *have, int to, Error *err) {
    uid_t owner = from->st_uid != have->st_uid ? from->st_uid : (uid_t)-1;
    gid_t group = from->st_gid != have->st_gid ? from->st_gid : (gid_t)-1;
    if (owner == (uid_t)-1 && group == (gid_t)-1) return true;
    if (fchown(to, owner, group) == 0) return true;
    const char *what = owner == (uid_t)-1 ? "group" : "owner";
    return error_set(err, "its %s cannot be kept: %s", what, strerror(errno));
}

/* Labels of the kernel's security modules are the system's to give, as it does for every new file;
 * an ACL that got lost would change who may read the file. */
static bool may_be_lost(const char *attribute) {
    if (errno == ENOTSUP) return true;
    Str name = str_from(attribute);
    return str_starts(name, STR("security.")) || str_starts(name, STR("trusted."));
}

static bool copy_attribute(const char *from, const char *name, int to) {
    ssize_t size = getxattr(from, name, NULL, 0);
    if (size < 0) return false;
    char *value = mem_alloc((size_t)size + 1);
    size = getxattr(from, name, value, (size_t)size);
    bool copied = size >= 0 && fsetxattr(to, name, value, (size_t)size, 0) == 0;
    int why = errno;
    free(value);
    errno = why;
    return copied;
}

static bool copy_attributes(const char *from, int to, Error *err) {
    /* A new file may have inherited an ACL from its directory that the original does not have. */
    fremovexattr(to, "system.posix_acl_access");
    ssize_t size = listxattr(from, NULL, 0);
    if (size <= 0) return true; /* it has none, or its file system has none */
    char *names = mem_alloc((size_t)size);
    size = listxattr(from, names, (size_t)size);
    bool kept = size >= 0 || error_set(err, "its attributes changed meanwhile");
    for (ssize_t at = 0; kept && at < size; at += (ssize_t)strlen(&names[at]) + 1) {
        if (copy_attribute(from, &names[at], to) || may_be_lost(&names[at])) continue;
        kept = error_set(err, "its attribute %s cannot be kept: %s", &names[at], strerror(errno));
    }
    free(names);
    return kept;
}

bool metadata_copy(const char *from, int to, Error *err) {
    struct stat old, new;
    if (stat(from, &old) != 0 || fstat(to, &new) != 0)
        return error_set(err, "its mode cannot be read: %s", strerror(errno));
    if (!copy_owner(&old, &new, to, err) || !copy_attributes(from, to, err)) return false;
    /* Last: a change of owner clears bits of the mode. */
    if (fchmod(to, old.st_mode & 07777) == 0) return true;
    return error_set(err, "its mode cannot be kept: %s", strerror(errno));
}
