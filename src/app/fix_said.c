/* What is said about a fix: places, assumptions, each once, with secrets covered. */
#include "app/fixer.h"

Str fixer_path(Fixer *x, const Node *resource, const Node *n) {
    Buf path = {0};
    path_write(&path, resource, n);
    Str copy = str_copy(&x->arena, buf_str(&path));
    buf_release(&path);
    return copy;
}

enum { SHORTEST_SECRET = 4 /* bytes: shorter ones stand in every other word */ };

void fixer_remember_secrets(Fixer *x, const Opened *o) {
    for (size_t i = 0; i < o->secrets.len; i++) {
        Str rest = span_text(o->doc.text, o->secrets.items[i]), line;
        while (str_split(&rest, '\n', &line)) {
            line = str_trim(line);
            bool quoted = line.len > 2 && (line.data[0] == '"' || line.data[0] == '\'');
            if (quoted) line = str_slice(line, 1, line.len - 1);
            if (line.len >= SHORTEST_SECRET) vec_push(&x->fix.secrets, line);
        }
    }
}

static size_t first_secret(const FixPlan *fix, Str text, Str *found) {
    size_t first = STR_NONE;
    for (size_t i = 0; i < fix->secrets.len; i++) {
        size_t at = str_find(text, fix->secrets.items[i]);
        if (at >= first) continue; /* STR_NONE is the largest */
        first = at;
        *found = fix->secrets.items[i];
    }
    return first;
}

Str fix_covered(Arena *a, const FixPlan *fix, Str text) {
    Buf covered = {0}, safe = {0};
    Str secret;
    for (size_t at; (at = first_secret(fix, text, &secret)) != STR_NONE;) {
        buf_add(&covered, str_slice(text, 0, at));
        buf_add(&covered, STR("***"));
        text = str_from_offset(text, at + secret.len);
    }
    buf_add(&covered, text);
    mask_text(buf_str(&covered), &safe);
    Str copy = str_copy(a, buf_str(&safe));
    buf_release(&covered);
    buf_release(&safe);
    return copy;
}

bool fixer_touches_secret(Fixer *x, const Opened *o, Offset base, const Edit *e) {
    for (size_t i = 0; i < o->secrets.len; i++) {
        Offset start = base + o->secrets.items[i].start, end = base + o->secrets.items[i].end;
        if (start < e->end && e->start < end) return true;
    }
    Str rest = e->text, line;
    while (str_split(&rest, '\n', &line))
        if (!str_eq(fix_covered(&x->arena, &x->fix, line), line)) return true;
    return false;
}

Str fixer_place(Fixer *x, const Finding *f) {
    return str_format(&x->arena, STR_FMT ":%u", STR_ARG(scan_path(x->scan, f->source)),
                      f->place.line);
}

bool fixer_has_text(const Str *texts, size_t count, Str text) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(texts[i], text)) return true;
    return false;
}

void fixer_review(Fixer *x, Str why) {
    if (x->fix.safety != SAFETY_REVIEW) x->fix.why_review = why;
    if (!x->copy) vec_push(&x->fix.whys, why);
    x->fix.safety = SAFETY_REVIEW;
}

void fixer_remark(Fixer *x, Str text) {
    if (fixer_has_text(x->fix.notes.items, x->fix.notes.len, text)) return;
    if (x->copy)
        text = str_format(&x->arena, STR_FMT ": " STR_FMT, STR_ARG(fixer_place(x, x->copy)),
                          STR_ARG(text));
    vec_push(&x->fix.notes, text);
}

void fixer_note(Fixer *x, Str text) {
    fixer_review(x, text);
    fixer_remark(x, text);
}
