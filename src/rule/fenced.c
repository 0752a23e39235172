/* Documents of fences. */
#include "rule/fenced.h"

#include "input/cutter.h"
#include "input/line_scan.h"

static bool is_manifest_language(Str language) {
    static const Str names[] = {STR_INIT("yaml"), STR_INIT("yml"), STR_INIT("json")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(language, names[i])) return true;
    return false;
}

/* A fence without a language may hold either: it is a manifest when it looks like one, and not like
 * a here-document around one. */
static bool looks_like_manifest(Str body) {
    size_t version = str_find(body, STR("apiVersion")), here = str_find(body, STR("<<"));
    return version != STR_NONE && str_find(body, STR("kind")) != STR_NONE && here >= version;
}

/* An indented `---` is none for a parser, so the line stays out: how long it is. */
static uint32_t marker_length(Str part, uint32_t indent) {
    LineScan scan = line_scan(part, true);
    Line line;
    if (indent == 0 || !line_read(&scan, 0, &line)) return 0;
    bool marker = line_marker(part, line, indent) == MARKER_START;
    return marker && !line_has_content(part, line, indent + 3) ? (uint32_t)line.next : 0;
}

bool fenced_is_manifest(Str text, const Fence *fence) {
    if (fence->language.len) return is_manifest_language(fence->language);
    return looks_like_manifest(span_text(text, fence->body));
}

void fenced_each(Str text, const Fence *fence, FencedVisit visit, void *context) {
    PieceVec parts = {0};
    cut_text(span_text(text, fence->body), 0, 1, fence->indent, &parts);
    for (size_t i = 0; i < parts.len; i++) {
        const Piece *part = &parts.items[i];
        uint32_t skip = marker_length(part->text, fence->indent);
        visit(context, str_from_offset(part->text, skip),
              fence->body.start + (uint32_t)part->offset + skip);
    }
    vec_release(&parts);
}
