/* Texts as comments, one line each. */
#include "app/convert_notes.h"

#include "base/utf8.h"
#include "model/secrets.h"

/* Two characters that are harmless on a screen end a comment where YAML 1.1 is read. */
static void add_without_breaks(Buf *out, Str text) {
    for (size_t at = 0, length; at < text.len; at += length) {
        uint32_t c = 0;
        length = utf8_decode(text, at, &c);
        if (!length) length = 1;
        if (c == 0x2028 || c == 0x2029)
            buf_addf(out, "\\u{%x}", (unsigned)c);
        else
            buf_add(out, str_slice(text, at, at + length));
    }
}

Str note_comment(Arena *a, Str note) {
    Buf masked = {0}, printable = {0}, line = {0};
    mask_text(note, &masked);
    utf8_add_printable(&printable, buf_str(&masked));
    buf_add(&line, STR("# unstale: note: "));
    add_without_breaks(&line, buf_str(&printable));
    buf_add_char(&line, '\n');
    Str copy = str_copy(a, buf_str(&line));
    buf_release(&masked);
    buf_release(&printable);
    buf_release(&line);
    return copy;
}
