/* Redirections, and the lines that here-documents give to commands. */
#include "text/shell_reader.h"

#include <string.h>

/* Where the body ends; the cursor goes behind the line with the delimiter. */
static void read_body(ShellReader *r, ShellHere *here) {
    here->body.start = r->at;
    while (!shell_over(r)) {
        uint32_t start = r->at, end = shell_line_end(r, start);
        r->at = end < r->end ? end + 1 : end;
        Str line = str_slice(r->text, start, end);
        if (str_ends(line, STR("\r"))) line.len--;
        while (here->tabs && str_starts(line, STR("\t"))) line = str_from_offset(line, 1);
        here->body.end = start;
        if (str_eq(line, here->delimiter)) return;
    }
    here->body.end = r->end; /* a shell warns and takes what there is */
}

void shell_read_newline(ShellReader *r) {
    r->at++;
    for (size_t i = 0; i < r->pending.len; i++) read_body(r, r->pending.items[i]);
    r->pending.len = 0;
}

/* ---- redirections ---- */

static const Str operators[] = {
    STR_INIT("<<<"), STR_INIT("<<-"), STR_INIT("<<"),  STR_INIT("<&"),
    STR_INIT("<>"),  STR_INIT("<"),   STR_INIT(">>"),  STR_INIT(">&"),
    STR_INIT(">|"),  STR_INIT(">"),   STR_INIT("&>>"), STR_INIT("&>"),
};

uint32_t shell_redirect_length(const ShellReader *r) {
    uint32_t digits = 0;
    while (shell_peek(r, digits) >= '0' && shell_peek(r, digits) <= '9') digits++;
    Str rest = str_slice(r->text, r->at + digits, r->end);
    if (str_starts(rest, STR("<(")) || str_starts(rest, STR(">("))) return 0;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_starts(rest, operators[i]) && (!digits || operators[i].data[0] != '&'))
            return digits + (uint32_t)operators[i].len;
    return 0;
}

static ShellHere *expect_body(ShellReader *r, const ShellWord *delimiter, bool tabs) {
    ShellHere *here = arena_new(r->arena, ShellHere);
    *here = (ShellHere){.delimiter = delimiter->value, .quoted = delimiter->quoted, .tabs = tabs};
    here->body = (Span){r->end, r->end};
    vec_push(&r->pending, here);
    return here;
}

bool shell_read_redirect(ShellReader *r, ShellDraft *d, uint32_t length) {
    ShellRedirect redirect = {.operator= {r->at, r->at + length} };
    Str operator= span_text(r->text, redirect.operator);
    r->at += length;
    shell_skip_blanks(r);
    char c = shell_peek(r, 0);
    bool process = (c == '<' || c == '>') && shell_peek(r, 1) == '(';
    if (shell_over(r) || (shell_ends_word(c) && !process))
        return shell_fail(r, redirect.operator.start, "nothing stands behind a redirection");
    if (!shell_read_word(r, &redirect.word)) return false;
    bool tabs = str_ends(operator, STR("<<-"));
    bool body = tabs || (str_ends(operator, STR("<<")) && !str_ends(operator, STR("<<<")));
    if (body) redirect.here = expect_body(r, &redirect.word, tabs);
    vec_push(&d->redirects, redirect);
    d->command.span.end = r->at;
    return true;
}
