/* Keeps problems, or prints one. */
#include "report/problems.h"

#include "base/utf8.h"

void problems_add(Problems *problems, const Problem *p) {
    Problem copy = {str_copy(&problems->arena, p->path), p->line,
                    str_copy(&problems->arena, p->message)};
    vec_push(&problems->list, copy);
}

void problems_release(Problems *problems) {
    vec_release(&problems->list);
    arena_release(&problems->arena);
}

void problem_add_line(Buf *out, const Problem *p) {
    buf_add(out, STR("notice: "));
    utf8_add_printable(out, p->path);
    if (p->path.len && p->line) buf_addf(out, ":%u", (unsigned)p->line);
    if (p->path.len) buf_add(out, STR(": "));
    utf8_add_printable(out, p->message);
    buf_add_char(out, '\n');
}

void problems_print(FILE *out, const Problem *items, size_t count) {
    Buf lines = {0};
    for (size_t i = 0; i < count; i++) problem_add_line(&lines, &items[i]);
    if (lines.len) fwrite(lines.data, 1, lines.len, out);
    buf_release(&lines);
}
