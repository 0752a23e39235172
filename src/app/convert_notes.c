/* The words of a fix, one line each. */
#include "app/convert_notes.h"

#include "app/fix_view.h"
#include "base/utf8.h"
#include "model/secrets.h"
#include "report/fix_words.h"

/* What goes without a loss is not worth a line: the server's fields, defaults. */
static bool is_loss(const DroppedView *d) {
    return d->loss || d->comment_count;
}

/* What is created stands below the notes: only notes and losses are left. */
static void keep_losses(Arena *a, FixView *view) {
    DroppedView *losses = arena_array(a, DroppedView, view->dropped_count);
    size_t count = 0;
    for (size_t i = 0; i < view->dropped_count; i++)
        if (is_loss(&view->dropped[i])) losses[count++] = view->dropped[i];
    view->dropped = losses;
    view->dropped_count = count;
    view->create_count = view->remove_count = view->edit_count = 0;
}

void notes_of_fix(Arena *a, const Scan *scan, const FixPlan *fix, StrVec *out) {
    FixView *view = fix_view(a, scan, fix, DIFF_NONE);
    Buf text = {0};
    keep_losses(a, view);
    for (size_t i = 0; i < fix_note_count(view); i++) {
        buf_clear(&text);
        fix_add_note(&text, view, i);
        vec_push(out, str_copy(a, buf_str(&text)));
    }
    buf_release(&text);
}

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
