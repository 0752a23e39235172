/* Finds manifests in literal block scalars. */
#include "model/embedded.h"

#include "model/here.h"
#include "model/manifests.h"
#include "model/script_text.h"

#include <string.h>

typedef struct Search {
    const Document *doc;
    const Node *carrier; /* the block at hand */
    EmbeddedVisit visit;
    void *context;
} Search;

static void take(const Search *s, Span lines, uint32_t indent, uint8_t form) {
    Embedded found = {
        .carrier = s->carrier, .lines = lines, .indent = indent, .form = form | s->doc->form};
    s->visit(s->context, &found);
}

static void take_manifest(void *context, Span lines, uint32_t indent) {
    take(context, lines, indent, FORM_PLAIN);
}

static void take_here(void *context, const Here *here) {
    take(context, here->lines, here->indent, here->form);
}

/* A script: what it gives to its commands. */
static bool search_script(Search *s, Str lines) {
    if (str_find(lines, STR("<<")) == STR_NONE || str_find(lines, STR("apiVersion:")) == STR_NONE)
        return false;
    Arena arena = {0};
    Script script = script_from_scalar(&arena, s->doc, s->carrier);
    bool found = here_each(&script, s->doc->text, take_here, s);
    arena_release(&arena);
    return found;
}

static void search_block(Search *s, const Node *n) {
    Str text = s->doc->masked, line;
    Str rest = str_from_offset(text, n->span.start);
    str_split(&rest, '\n', &line); /* the line with `|` */
    Span lines = {(uint32_t)(text.len - rest.len), n->span.end};
    s->carrier = n;
    if (lines.start >= lines.end || search_script(s, span_text(text, lines))) return;
    manifests_each(text, lines, take_manifest, s);
}

/* Recursion is bounded by LIMIT_DEPTH. */
static void search_node(Search *s, const Node *n) {
    if (n->kind == NODE_SCALAR && n->style == STYLE_LITERAL) search_block(s, n);
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ)
        NODE_EACH (child, n) search_node(s, child);
}

void embedded_each(const Document *doc, EmbeddedVisit visit, void *context) {
    Search search = {.doc = doc, .visit = visit, .context = context};
    if (doc->root) search_node(&search, doc->root);
}
