/* Finds manifests by their first-level lines. */
#include "model/manifests.h"

#include <string.h>

typedef struct Block {
    Str text;
    uint32_t end;    /* of its lines, with the last line break */
    uint32_t indent; /* of its first line that is not blank */
    ManifestVisit visit;
    void *context;
} Block;

/* Behind the line break of the line that holds `at`. */
static uint32_t next_line(Str text, uint32_t at) {
    const char *feed = at < text.len ? memchr(text.data + at, '\n', text.len - at) : NULL;
    return feed ? (uint32_t)(feed - text.data) + 1 : (uint32_t)text.len;
}

static uint32_t spaces_at(Str text, uint32_t at) {
    uint32_t end = at;
    while (end < text.len && text.data[end] == ' ') end++;
    return end - at;
}

/* The line without indentation and line break; empty when it is not at the block's indentation. */
static Str content_at(const Block *b, uint32_t start, uint32_t end) {
    if (spaces_at(b->text, start) != b->indent) return (Str){0};
    return str_trim(str_slice(b->text, start + b->indent, end));
}

static bool is_separator(Str content) {
    return str_starts(content, STR("---")) &&
           (content.len == 3 || content.data[3] == ' ' || content.data[3] == '\t');
}

/* One document of the block, up to its separator; returns where the next one starts. */
static uint32_t read_manifest(const Block *b, uint32_t start) {
    bool version = false, kind = false;
    uint32_t line = start, next = start;
    for (; line < b->end; line = next) {
        next = next_line(b->text, line);
        Str content = content_at(b, line, next);
        if (is_separator(content)) break;
        if (str_starts(content, STR("apiVersion:"))) version = true;
        if (str_starts(content, STR("kind:"))) kind = true;
    }
    uint32_t end = line < b->end ? line : b->end;
    if (version && kind) b->visit(b->context, (Span){start, end}, b->indent);
    return next;
}

static bool is_blank_line(Str text, uint32_t start) {
    return str_trim(str_slice(text, start, next_line(text, start))).len == 0;
}

void manifests_each(Str masked, Span lines, ManifestVisit visit, void *context) {
    uint32_t start = lines.start;
    while (start < lines.end && is_blank_line(masked, start)) start = next_line(masked, start);
    if (start >= lines.end) return;
    Block block = {.text = masked,
                   .end = next_line(masked, lines.end - 1),
                   .indent = spaces_at(masked, start),
                   .visit = visit,
                   .context = context};
    while (start < block.end) start = read_manifest(&block, start);
}
