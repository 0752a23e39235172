/* Blocks of code in reStructuredText: directives, and literal blocks behind `::`. */
#include "model/script_text.h"

static size_t column_of(Str line) {
    size_t column = 0;
    while (column < line.len && (line.data[column] == ' ' || line.data[column] == '\t')) column++;
    return column;
}

/* `.. code-block:: bash`: the language; false when the line is no such directive. */
static bool read_directive(Str line, Str *language) {
    static const Str names[] = {STR_INIT("code-block::"),     STR_INIT("code::"),
                                STR_INIT("sourcecode::"),     STR_INIT("prompt::"),
                                STR_INIT("parsed-literal::"), STR_INIT("terminal::")};
    Str text = str_trim(line);
    if (!str_starts(text, STR(".. "))) return false;
    text = str_trim(str_from_offset(text, 3));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts(text, names[i])) continue;
        Str rest = str_trim(str_from_offset(text, names[i].len));
        *language = str_slice(rest, 0, str_find_char(rest, ' '));
        if (str_eq(names[i], STR("terminal::"))) *language = STR("shell");
        return true;
    }
    return false;
}

static bool opens_literal(Str line) {
    Str text = str_trim(line);
    return str_ends(text, STR("::")) && !str_starts(text, STR(".. "));
}

static bool is_option(Str line) {
    Str text = str_trim(line);
    return str_starts(text, STR(":")) && str_find_char(str_from_offset(text, 1), ':') != STR_NONE;
}

/* Lines that are indented more than the one that opens the block; returns where it is over. */
static size_t read_block(const ScriptSearch *s, const Script *file, size_t at, size_t outer,
                         Str language) {
    size_t start = STR_NONE, end = at, indent = 0;
    for (size_t next; at < file->text.len; at = next) {
        Str line = script_line(file->text, at, &next);
        size_t column = column_of(line);
        if (column == line.len) continue;
        if (column <= outer) break;
        if (start == STR_NONE && is_option(line)) continue;
        if (start == STR_NONE) {
            start = at;
            indent = column;
        }
        end = next;
    }
    if (start == STR_NONE) return at;
    Script block = script_part(file, start, end);
    scripts_in_block(s->arena, &block, (uint32_t)indent, language, s->visit, s->context);
    return at;
}

void scripts_in_rst(const ScriptSearch *s, const Script *file) {
    for (size_t at = 0, next; at < file->text.len; at = next) {
        Str line = script_line(file->text, at, &next), language = {0};
        if (read_directive(line, &language) || opens_literal(line))
            next = read_block(s, file, next, column_of(line), language);
    }
}
