/* The gate: encodings and stand-ins. */
#include "text/fault.h"

#include "base/utf8.h"

enum {
    BINARY_WINDOW = 8192,
    TAR_MARK = 257, /* where a tar says what it is */
};

static bool is_utf16(Str text) {
    return str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"));
}

const char *text_fault(Str text, size_t *offset) {
    *offset = 0;
    if (is_utf16(text)) return "it is UTF-16, not UTF-8";
    size_t nul = str_find_char(text, '\0'), invalid = utf8_invalid(text);
    if (nul < invalid) { /* STR_NONE is the largest number */
        *offset = nul;
        return "it holds a NUL byte";
    }
    *offset = invalid;
    return invalid == STR_NONE ? NULL : "it is not UTF-8";
}

bool text_is_binary(Str head) {
    if (is_utf16(head)) return false;
    return str_find_char(str_slice(head, 0, BINARY_WINDOW), '\0') != STR_NONE;
}

#define UNPACK  ": unpack it, for example with "
#define OR_NAME ", or give it a name that says so"
#define PACKED(bytes, with, tool)                                                                  \
    { STR_INIT(bytes), STR_INIT(with), "compressed with " with UNPACK "`" tool "`" OR_NAME }

/* The last ones are not read under any name. */
static const struct {
    Str magic, with;
    const char *told;
} packed[] = {
    PACKED("\x1F\x8B", "gzip", "gzip -dc"),
    PACKED("\x28\xB5\x2F\xFD", "zstd", "zstd -dc"),
    PACKED("\xFD\x37zXZ", "xz", "xz -dc"),
    PACKED("BZh", "bzip2", "bzip2 -dc"),
    PACKED("PK\x03\x04", "zip", "unzip"),
    PACKED("PK\x05\x06", "zip", "unzip"),
    {STR_INIT("\x04\x22\x4D\x18"), STR_INIT("lz4"),
     "compressed with lz4, which is not read here: unpack it with `lz4 -dc`"},
    {STR_INIT("\x1F\x9D"), STR_INIT("compress"),
     "compressed with compress, which is not read here: unpack it with `gzip -dc`"},
};

Str text_packed_with(Str head) {
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (str_starts(head, packed[i].magic)) return packed[i].with;
    return (Str){0};
}

/* Text can begin like this, too; but then all of it is text. */
static const char *packed_told(Str head) {
    size_t at;
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (str_starts(head, packed[i].magic)) return text_fault(head, &at) ? packed[i].told : NULL;
    bool tar = str_starts(str_from_offset(head, TAR_MARK), STR("ustar"));
    return tar && text_fault(head, &at) ? "a tar archive" UNPACK "`tar -x`" OR_NAME : NULL;
}

const char *text_stands_for_other(Str head) {
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_from_offset(head, 3);
    if (str_starts(head, STR("version https://git-lfs.github.com/spec/")))
        return "a Git LFS pointer: the content is not here, run `git lfs pull`";
    static const char git_crypt[] = "\0GITCRYPT";
    if (str_starts(head, (Str){git_crypt, sizeof git_crypt - 1}))
        return "encrypted by git-crypt: run `git-crypt unlock`";
    return packed_told(head);
}
