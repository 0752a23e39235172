/* What a build without libarchive says to archives. */
#include "input/archive.h"

bool archive_in_build(void) {
    return false;
}

void archive_unpack(Arena *a, const Walk *walk, const Source *packed, Spool *spool,
                    SourceVec *out) {
    (void)a;
    (void)spool;
    (void)out;
    if (walk->skipped)
        walk->skipped(walk->context, packed->path, SKIP_UNREADABLE,
                      STR("this build reads no archives (-DWITH_ARCHIVE=OFF): unpack it, and name "
                          "what it holds"));
}
