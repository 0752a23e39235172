/* Which files are archives or compressed, by their names. */
#include "input/archive.h"

static const struct {
    Str suffix;
    Packed as;
} suffixes[] = {
    {STR_INIT(".tar"), PACKED_ARCHIVE},  {STR_INIT(".tar.gz"), PACKED_ARCHIVE},
    {STR_INIT(".tgz"), PACKED_ARCHIVE},  {STR_INIT(".tar.zst"), PACKED_ARCHIVE},
    {STR_INIT(".tzst"), PACKED_ARCHIVE}, {STR_INIT(".tar.xz"), PACKED_ARCHIVE},
    {STR_INIT(".txz"), PACKED_ARCHIVE},  {STR_INIT(".tar.bz2"), PACKED_ARCHIVE},
    {STR_INIT(".tbz2"), PACKED_ARCHIVE}, {STR_INIT(".zip"), PACKED_ARCHIVE},
    {STR_INIT(".gz"), PACKED_FILE},      {STR_INIT(".zst"), PACKED_FILE},
    {STR_INIT(".xz"), PACKED_FILE},      {STR_INIT(".bz2"), PACKED_FILE},
};

static bool ends_with(Str path, Str suffix) {
    return path.len > suffix.len &&
           str_eq_nocase(str_from_offset(path, path.len - suffix.len), suffix);
}

Packed packed_as(Str path) {
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_with(path, suffixes[i].suffix)) return suffixes[i].as;
    return PACKED_NOT;
}

Str packed_content(Str path) {
    if (packed_as(path) != PACKED_FILE) return path;
    return str_slice(path, 0, str_find_last_char(path, '.'));
}
