/* Cells of notebooks: `!command`, `%pip`, `%%bash`, and blocks of code in cells of Markdown. */
#include "model/script_text.h"

#include "model/fences.h"

typedef struct Cell {
    const ScriptSearch *search;
    const Script *text;
} Cell;

enum { LONGEST_EXPRESSION = 1024 };

/* `{name}` is put in by Python; `{{` is a brace. */
static void take_line(ScriptText *t, const Script *cell, size_t start, size_t end) {
    Str text = cell->text;
    for (size_t at = start; at < end;) {
        size_t close = STR_NONE,
               stop = at + LONGEST_EXPRESSION < end ? at + LONGEST_EXPRESSION : end;
        bool open = text.data[at] == '{' && !(at > start && text.data[at - 1] == '$');
        if (open) close = str_find_char(str_slice(text, at, stop), '}');
        bool name = close != STR_NONE && close > 1;
        if (name)
            script_text_unknown(t, script_origin(cell, at));
        else
            script_text_copy(t, cell, at, at + 1);
        at += name ? close + 1 : 1;
    }
}

/* `%pip install …` is `!pip install …` in the environment of the kernel. */
static bool is_package_magic(Str text) {
    static const Str magics[] = {STR_INIT("%pip "), STR_INIT("%conda "), STR_INIT("%mamba "),
                                 STR_INIT("%uv ")};
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(text, magics[i])) return true;
    return false;
}

/* Lines with `!` in front, and those that a backslash joins to them. */
static void visit_code(const ScriptSearch *s, const Script *cell) {
    ScriptText t = {0};
    bool continued = false;
    for (size_t at = 0, next; at < cell->text.len; at = next) {
        Str line = script_line(cell->text, at, &next), text = str_trim(line);
        bool bang = str_starts(text, STR("!")) || is_package_magic(text);
        size_t skip = bang ? (size_t)(text.data - line.data) + 1 : 0;
        if (bang || continued) take_line(&t, cell, at + skip, next);
        continued = (bang || continued) && str_ends(text, STR("\\"));
    }
    Script script = script_text_take(&t, s->arena);
    script_text_release(&t);
    if (script.text.len) s->visit(s->context, &script);
}

static bool is_shell_cell(Str first_line) {
    static const Str magics[] = {STR_INIT("%%bash"), STR_INIT("%%sh"), STR_INIT("%%script bash"),
                                 STR_INIT("%%script sh")};
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(first_line, magics[i])) return true;
    return false;
}

static void visit_fence(void *context, const Fence *fence) {
    const Cell *cell = context;
    Script block = script_part(cell->text, fence->body.start, fence->body.end);
    scripts_in_block(cell->search->arena, &block, fence->indent, fence->language,
                     cell->search->visit, cell->search->context);
}

static void visit_cell(const ScriptSearch *s, const Node *cell, const Script *text) {
    size_t next;
    Cell in = {s, text};
    Str line = script_line(text->text, 0, &next);
    if (node_is(node_child(cell, STR("cell_type")), STR("markdown"))) {
        fences_each(text->text, visit_fence, &in);
    } else if (is_shell_cell(line)) {
        Script rest = script_part(text, next, text->text.len);
        s->visit(s->context, &rest);
    } else {
        visit_code(s, text);
    }
}

/* The text of a cell is a string, or a list of lines with their breaks. */
void scripts_in_notebook(const ScriptSearch *s, const Document *doc) {
    NODE_EACH (cell, node_child(doc->root, STR("cells"))) {
        const Node *source = node_child(cell, STR("source"));
        if (!source || node_is(node_child(cell, STR("cell_type")), STR("raw"))) continue;
        ScriptText t = {0};
        if (source->kind == NODE_SCALAR) {
            Script line = script_from_scalar(s->arena, doc, source);
            script_text_copy(&t, &line, 0, line.text.len);
        }
        NODE_EACH (item, source) {
            Script line =
                item->kind == NODE_SCALAR ? script_from_scalar(s->arena, doc, item) : (Script){0};
            script_text_copy(&t, &line, 0, line.text.len);
        }
        Script text = script_text_take(&t, s->arena);
        script_text_release(&t);
        visit_cell(s, cell, &text);
    }
}
