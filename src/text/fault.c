/* The gate: encodings and stand-ins. */
#include "text/fault.h"

#include "base/utf8.h"

enum { BINARY_WINDOW = 8192 };

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

const char *text_stands_for_other(Str head) {
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_from_offset(head, 3);
    if (str_starts(head, STR("version https://git-lfs.github.com/spec/")))
        return "a Git LFS pointer: the content is not here, run `git lfs pull`";
    static const char git_crypt[] = "\0GITCRYPT";
    if (str_starts(head, (Str){git_crypt, sizeof git_crypt - 1}))
        return "encrypted by git-crypt: run `git-crypt unlock`";
    return NULL;
}
