/* Recipes of Makefiles. Each line runs in a shell of its own, after make has put in its variables:
 * those with one plain value in the file are known, all others are not. */
#include "model/script_text.h"

#include "base/map.h"

#include <string.h>

typedef struct Variable {
    Script value;
    uint32_t assignments;
} Variable;

typedef struct Make {
    const ScriptSearch *search;
    const Script *file;
    Names names;
    VEC(Variable) variables; /* by the numbers of names */
} Make;

/* Bytes [start, end) and the lines that a backslash joins to them; *next is behind. */
static size_t logical_line(Str text, size_t at, size_t *next) {
    Str line = script_line(text, at, next);
    while (str_ends(line, STR("\\")) && *next < text.len) line = script_line(text, *next, next);
    return (size_t)(line.data + line.len - text.data);
}

/* ---- variables ---- */

static bool is_name_char(char c) {
    return c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static Variable *variable(Make *m, Str name) {
    uint32_t number = names_intern(&m->names, name);
    while (m->variables.len <= number) vec_push(&m->variables, (Variable){0});
    return &m->variables.items[number];
}

/* NAME = value, with `:=`, `?=` and the rest; `export` may stand in front. */
static void read_assignment(Make *m, size_t start, size_t end) {
    Str text = m->file->text;
    Str line = str_slice(text, start, end);
    if (str_starts(line, STR("export "))) start += 7;
    while (start < end && text.data[start] == ' ') start++;
    size_t name = start;
    while (name < end && is_name_char(text.data[name])) name++;
    size_t at = name;
    while (at < end && text.data[at] == ' ') at++;
    bool adds = at < end && text.data[at] == '+';
    while (at < end && text.data[at] && strchr(":?+!", text.data[at])) at++;
    if (name == start || at == end || text.data[at] != '=') return;
    for (at++; at < end && text.data[at] == ' ';) at++;
    size_t comment = str_find(str_slice(text, at, end), STR(" #"));
    if (comment != STR_NONE) end = at + comment;
    while (end > at && (text.data[end - 1] == ' ' || text.data[end - 1] == '\t')) end--;
    Variable *v = variable(m, str_slice(text, start, name));
    v->assignments += adds ? 2 : 1;
    v->value = script_part(m->file, at, end);
}

static const Script *known(Make *m, Str name) {
    uint32_t number = names_find(&m->names, name);
    if (number == MAP_NONE) return NULL;
    const Variable *v = &m->variables.items[number];
    bool plain = v->assignments == 1 && str_find_char(v->value.text, '$') == STR_NONE &&
                 str_find_char(v->value.text, '\\') == STR_NONE;
    return plain ? &v->value : NULL;
}

/* ---- recipes ---- */

/* `$(NAME)`, `${NAME}`, `$X`; returns how long it is. */
static size_t expand(Make *m, ScriptText *t, size_t at, size_t end) {
    Str text = m->file->text;
    uint32_t origin = script_origin(m->file, at);
    char open = at + 1 < end ? text.data[at + 1] : '\0';
    size_t close = at + 2;
    if (open != '(' && open != '{') {
        script_text_unknown(t, origin);
        return 2;
    }
    unsigned depth = 1;
    for (char shut = open == '(' ? ')' : '}'; close < end; close++) {
        depth += text.data[close] == open;
        depth -= text.data[close] == shut;
        if (depth == 0) break;
    }
    const Script *value = known(m, str_slice(text, at + 2, close));
    if (value)
        script_text_copy(t, value, 0, value->text.len);
    else
        script_text_unknown(t, origin);
    return close + 1 - at;
}

static void read_recipe(Make *m, size_t start, size_t end) {
    Str text = m->file->text;
    ScriptText t = {0};
    while (start < end && text.data[start] && strchr("\t @+-", text.data[start])) start++;
    for (size_t at = start; at < end;) {
        bool dollars = text.data[at] == '$' && at + 1 < end && text.data[at + 1] == '$';
        if (text.data[at] == '$' && !dollars) {
            at += expand(m, &t, at, end);
            continue;
        }
        at += dollars;
        script_text_copy(&t, m->file, at, at + 1);
        at++;
    }
    Script script = script_text_take(&t, m->search->arena);
    script.home = (Span){(uint32_t)start, (uint32_t)end};
    script_text_release(&t);
    m->search->visit(m->search->context, &script);
}

/* Variables first: a recipe runs when all of the file has been read. */
void scripts_in_makefile(const ScriptSearch *s, const Script *file) {
    Make make = {.search = s, .file = file};
    Str text = file->text;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t at = 0, next; at < text.len; at = next) {
            size_t end = logical_line(text, at, &next);
            bool recipe = text.data[at] == '\t';
            if (pass == 0 && !recipe) read_assignment(&make, at, end);
            if (pass == 1 && recipe) read_recipe(&make, at, end);
        }
    }
    names_release(&make.names);
    vec_release(&make.variables);
}
