/* Any bytes: no crash, and all that is found stands in the text, in order. */
#include "text/shell.h"

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_word(const ShellWord *w, size_t size) {
    Span place;
    bool written = shell_word_place(w, &place);
    if (w->raw.start > w->raw.end || w->raw.end > size) bug("a word ends behind its text");
    if (place.start > place.end || place.end > size) bug("a place is outside of the text");
    if (written && place.end - place.start != w->value.len && w->origin) bug("a place is no copy");
    for (size_t i = 0; w->origin && i < w->value.len; i++)
        if ((w->origin[i] & ~SHELL_APART) >= size) bug("a byte comes from nowhere");
}

static void check_command(const ShellCommand *c, size_t size) {
    for (size_t i = 0; i < c->word_count; i++) check_word(&c->words[i], size);
    for (size_t i = 0; i < c->assignment_count; i++) check_word(&c->assignments[i].value, size);
    for (size_t i = 0; i < c->redirect_count; i++) {
        const ShellRedirect *r = &c->redirects[i];
        check_word(&r->word, size);
        if (r->here && (r->here->body.start > r->here->body.end || r->here->body.end > size))
            bug("a here-document is outside of the text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena arena = {0};
    Shell shell;
    shell_read(&arena, (Str){(const char *)data, size}, &shell);
    for (size_t i = 0; i < shell.count; i++) {
        const ShellCommand *c = &shell.commands[i];
        if (i && c->span.start < c[-1].span.start) bug("commands are out of order");
        if (c->span.start > c->span.end || c->span.end > size) bug("a command is out of its text");
        check_command(c, size);
    }
    if (shell.fault && shell.fault_at > size) bug("a fault is behind the text");
    arena_release(&arena);
    return 0;
}
