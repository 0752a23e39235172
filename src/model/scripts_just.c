/* Recipes of justfiles: indented lines, each for a shell of its own. */
#include "model/script_text.h"

static bool is_body(Str line) {
    return line.len && (line.data[0] == ' ' || line.data[0] == '\t');
}

enum { LONGEST_EXPRESSION = 1024 };

/* `{{ x }}` is put in by just. */
static void take_line(ScriptText *t, const Script *file, size_t start, size_t end) {
    Str text = file->text;
    while (start < end) {
        size_t stop = end - start < LONGEST_EXPRESSION ? end : start + LONGEST_EXPRESSION;
        Str rest = str_slice(text, start, stop);
        size_t close = str_starts(rest, STR("{{")) ? str_find(rest, STR("}}")) : STR_NONE;
        if (close == STR_NONE)
            script_text_copy(t, file, start, start + 1);
        else
            script_text_unknown(t, script_origin(file, start));
        start += close == STR_NONE ? 1 : close + 2;
    }
}

static void visit(const ScriptSearch *s, ScriptText *t) {
    Script script = script_text_take(t, s->arena);
    bool other = str_starts(script.text, STR("#!")) && !scripts_shebang(script.text);
    if (str_trim(script.text).len && !other) s->visit(s->context, &script);
}

/* With `#!` in front a recipe is one script. */
static size_t read_body(const ScriptSearch *s, const Script *file, size_t at) {
    ScriptText t = {0};
    size_t next;
    bool whole = str_starts(str_trim(script_line(file->text, at, &next)), STR("#!"));
    for (; at < file->text.len; at = next) {
        Str line = script_line(file->text, at, &next);
        Str text = str_trim(line);
        if (text.len && !is_body(line)) break;
        size_t start = text.len ? (size_t)(text.data - file->text.data) : at;
        while (!whole && text.len && (text.data[0] == '@' || text.data[0] == '-'))
            text = str_from_offset(text, 1), start++;
        take_line(&t, file, start, next);
        if (!whole && !str_ends(text, STR("\\"))) visit(s, &t);
    }
    visit(s, &t);
    script_text_release(&t);
    return at;
}

void scripts_in_justfile(const ScriptSearch *s, const Script *file) {
    for (size_t at = 0, next; at < file->text.len; at = next)
        if (is_body(script_line(file->text, at, &next))) next = read_body(s, file, at);
}
