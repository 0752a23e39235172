/* `sh` steps of Jenkinsfiles: sh 'a', sh "a ${b}", sh(script: """…"""). */
#include "model/script_text.h"

#include <string.h>

enum { NEAR = 1024 }; /* bytes that are looked through for what begins or ends a line, a variable */

static size_t skip_blanks(Str text, size_t at) {
    while (at < text.len && text.data[at] && strchr(" \t\r\n", text.data[at])) at++;
    return at;
}

static bool is_name_char(char c) {
    return c == '_' || c == '.' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* Where the quotes of the script begin, for a `sh` at `at`; 0: it is none. */
static size_t find_quote(Str text, size_t at) {
    if (at && is_name_char(text.data[at - 1])) return 0;
    at = skip_blanks(text, at + 2);
    if (at < text.len && text.data[at] == '(') at = skip_blanks(text, at + 1);
    if (str_starts(str_from_offset(text, at), STR("script:"))) at = skip_blanks(text, at + 7);
    return at < text.len && (text.data[at] == '\'' || text.data[at] == '"') ? at : 0;
}

/* `${a}` or `$a`, put in by Groovy; how long it is. */
static size_t variable_length(Str rest) {
    size_t length = 1;
    if (str_starts(rest, STR("${"))) return str_find_char(str_slice(rest, 0, NEAR), '}') + 1;
    while (length < rest.len && is_name_char(rest.data[length])) length++;
    return length > 1 ? length : 0;
}

/* Up to the closing quotes; returns where they stand, the text's end when they are missing. */
static size_t take_string(ScriptText *t, const Script *file, size_t at, Str quotes) {
    Str text = file->text;
    while (at < text.len) {
        Str rest = str_from_offset(text, at);
        if (str_starts(rest, quotes)) return at;
        bool variable = quotes.data[0] == '"' && rest.data[0] == '$';
        size_t length = variable ? variable_length(rest) : 0;
        if (length) {
            script_text_unknown(t, script_origin(file, at));
            at += length;
        } else if (rest.data[0] == '\\' && rest.len > 1) {
            if (rest.data[1] != '\n')
                script_text_put(t, rest.data[1] == 'n' ? '\n' : rest.data[1],
                                script_origin(file, at + 1) | SHELL_APART);
            at += 2;
        } else {
            script_text_copy(t, file, at, at + 1);
            at++;
        }
    }
    return at;
}

static size_t read_step(const ScriptSearch *s, const Script *file, size_t quote) {
    Str text = file->text;
    char c = text.data[quote];
    const char three[] = {c, c, c};
    bool triple = str_starts(str_from_offset(text, quote), (Str){three, 3});
    Str quotes = str_slice(text, quote, quote + (triple ? 3 : 1));
    ScriptText t = {0};
    size_t end = take_string(&t, file, quote + quotes.len, quotes);
    Script script = script_text_take(&t, s->arena);
    script_text_release(&t);
    if (end < text.len) s->visit(s->context, &script);
    return end + quotes.len;
}

static bool in_comment(Str text, size_t at) {
    Str near = str_slice(text, at < NEAR ? 0 : at - NEAR, at);
    size_t before = str_find_last_char(near, '\n');
    Str line = str_trim(str_from_offset(near, before == STR_NONE ? 0 : before + 1));
    return str_starts(line, STR("//")) || str_starts(line, STR("*"));
}

void scripts_in_jenkinsfile(const ScriptSearch *s, const Script *file) {
    Str text = file->text;
    for (size_t at = 0; at < text.len;) {
        size_t found = str_find(str_from_offset(text, at), STR("sh"));
        if (found == STR_NONE) return;
        at += found;
        size_t quote = find_quote(text, at);
        at = quote && !in_comment(text, at) ? read_step(s, file, quote) : at + 2;
    }
}
