/* Finds manifests in here-documents. */
#include "model/here.h"

#include "model/manifests.h"
#include "model/script_text.h"

#include <string.h>

enum { DEPTH = 4 /* here-documents in scripts in here-documents */ };

typedef struct Search {
    Str file;
    HereVisit visit;
    void *context;
    bool found;
} Search;

/* A body at hand. */
typedef struct Body {
    Search *search;
    Str text;       /* templates masked */
    uint32_t start; /* in the file */
    uint8_t form;
    bool found;
} Body;

static size_t count_lines(Str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.data[i] == '\n';
    return count;
}

static uint32_t line_start(Str text, uint32_t at) {
    if (at > text.len) at = (uint32_t)text.len;
    const char *feed = at ? memrchr(text.data, '\n', at) : NULL;
    return feed ? (uint32_t)(feed - text.data) + 1 : 0;
}

static uint32_t origin_line(const Search *s, const Script *script, uint32_t at) {
    return line_start(s->file, script_origin(script, at) & ~SHELL_APART);
}

/* The body's lines in the file; false: they are not the same ones there. */
static bool find_lines(const Search *s, const Script *script, Span body, Span *out) {
    if (body.end >= script->text.len || span_empty(body)) return false;
    *out = (Span){origin_line(s, script, body.start), origin_line(s, script, body.end)};
    return out->start < out->end &&
           count_lines(span_text(s->file, *out)) == count_lines(span_text(script->text, body));
}

static size_t count_tabs(Str line) {
    size_t count = 0;
    while (count < line.len && line.data[count] == '\t') count++;
    return count;
}

/* Else what is left of a line behind its tabs begins at another column than it seems to. */
static bool has_even_tabs(Str text) {
    size_t tabs = SIZE_MAX;
    Str line;
    while (str_split(&text, '\n', &line)) {
        if (!str_trim(line).len) continue;
        if (tabs == SIZE_MAX) tabs = count_tabs(line);
        if (count_tabs(line) != tabs) return false;
    }
    return true;
}

/* A program in another language may hold such lines as well: its first line is no key. */
static bool begins_with_key(Str lines) {
    Str line;
    while (str_split(&lines, '\n', &line)) {
        line = str_trim(line);
        if (!line.len || line.data[0] == '#') continue;
        size_t end = 0;
        while (end < line.len && (line.data[end] | 32) >= 'a' && (line.data[end] | 32) <= 'z')
            end++;
        return end && str_starts(str_from_offset(line, end), STR(":"));
    }
    return false;
}

static void take_manifest(void *context, Span lines, uint32_t indent) {
    Body *b = context;
    if (!begins_with_key(span_text(b->text, lines))) return;
    Here here = {
        .lines = {b->start + lines.start, b->start + lines.end}, .indent = indent, .form = b->form};
    b->found = b->search->found = true;
    b->search->visit(b->search->context, &here);
}

static void search_script(Search *s, const Script *script, uint8_t form, unsigned depth);

static void search_body(Search *s, const Script *script, const ShellHere *here, uint8_t outer,
                        unsigned depth) {
    Span lines;
    bool expanded = !here->quoted || (outer & FORM_EXPANDED);
    uint8_t form = FORM_HERE | (expanded ? FORM_EXPANDED : FORM_PLAIN);
    if (!find_lines(s, script, here->body, &lines)) return;
    Str text = span_text(s->file, lines);
    if (here->tabs && memchr(text.data, '\t', text.len)) {
        if (!has_even_tabs(text)) return;
        form |= FORM_TABBED;
    }
    Arena arena = {0};
    Body body = {.search = s, .start = lines.start, .form = form};
    body.text = document_masked(&arena, text, form);
    manifests_each(body.text, (Span){0, (uint32_t)text.len}, take_manifest, &body);
    arena_release(&arena);
    if (body.found) return;
    Script inner = script_part(script, here->body.start, here->body.end);
    search_script(s, &inner, form, depth + 1);
}

static void search_script(Search *s, const Script *script, uint8_t form, unsigned depth) {
    Str text = script->text;
    if (depth == DEPTH || str_find(text, STR("<<")) == STR_NONE ||
        str_find(text, STR("apiVersion:")) == STR_NONE)
        return;
    Arena arena = {0};
    Shell shell;
    shell_read(&arena, text, &shell);
    for (size_t i = 0; i < shell.count; i++)
        for (size_t k = 0; k < shell.commands[i].redirect_count; k++)
            if (shell.commands[i].redirects[k].here)
                search_body(s, script, shell.commands[i].redirects[k].here, form, depth);
    arena_release(&arena);
}

bool here_each(const Script *script, Str file, HereVisit visit, void *context) {
    Search search = {.file = file, .visit = visit, .context = context};
    search_script(&search, script, FORM_PLAIN, 0);
    return search.found;
}
