/* Scripts put together from parts, byte by byte with their places. */
#include "model/script_text.h"

#include <string.h>

uint32_t script_origin(const Script *script, size_t at) {
    if (!script->origin) return script->start + (uint32_t)at;
    if (at < script->text.len) return script->origin[at];
    return at ? (script->origin[at - 1] & ~SHELL_APART) + 1 : script->start;
}

Script script_part(const Script *script, size_t start, size_t end) {
    Script part = *script;
    part.text = str_slice(script->text, start, end);
    part.start = script_origin(script, start) & ~SHELL_APART;
    if (script->origin) part.origin = script->origin + start;
    return part;
}

static bool is_home(const Script *script, uint32_t at) {
    return span_empty(script->home) || (at >= script->home.start && at < script->home.end);
}

/* From the first byte on, as far as they are from one place: of `$(A)b`, what A holds. */
static Span outer_raw(const Script *script, Span raw) {
    uint32_t start = script_origin(script, raw.start) & ~SHELL_APART, end = start;
    bool home = true;
    for (uint32_t i = raw.start; i < raw.end; i++)
        home = home && is_home(script, script_origin(script, i) & ~SHELL_APART);
    for (uint32_t i = raw.start; i < raw.end; i++) {
        uint32_t at = script_origin(script, i) & ~SHELL_APART;
        if (!home && at != end) break;
        end = at >= start ? at + 1 : end;
    }
    return (Span){start, end};
}

ShellWord script_word(Arena *a, const Script *script, const ShellWord *word) {
    ShellWord out = *word;
    uint32_t *origin = arena_array(a, uint32_t, word->value.len + 1);
    for (size_t i = 0; i < word->value.len; i++) {
        uint32_t at = shell_word_origin(word, i);
        origin[i] = script_origin(script, at & ~SHELL_APART) | (at & SHELL_APART);
    }
    out.origin = origin;
    out.raw = outer_raw(script, word->raw);
    out.references = NULL; /* of the script */
    out.reference_count = 0;
    return out;
}

bool script_place(const Script *script, size_t start, size_t end, Span *out) {
    uint32_t first = script_origin(script, start);
    for (size_t i = start; i < end; i++)
        if (script_origin(script, i) != first + (i - start)) return false;
    *out = (Span){first, first + (uint32_t)(end - start)};
    return start < end && !(first & SHELL_APART);
}

Script script_of_word(const ShellWord *word) {
    return (Script){.text = word->value, .origin = word->origin, .start = word->raw.start};
}

/* ---- building ---- */

void script_text_put(ScriptText *t, char c, uint32_t origin) {
    buf_add_char(&t->text, c);
    vec_push(&t->origin, origin);
}

void script_text_copy(ScriptText *t, const Script *from, size_t start, size_t end) {
    for (size_t i = start; i < end && i < from->text.len; i++)
        script_text_put(t, from->text.data[i], script_origin(from, i));
}

void script_text_unknown(ScriptText *t, uint32_t origin) {
    if (t->text.len && t->text.data[t->text.len - 1] == SHELL_UNKNOWN) return;
    script_text_put(t, SHELL_UNKNOWN, origin | SHELL_APART);
}

void script_text_quote(ScriptText *t, const Script *word) {
    uint32_t start = script_origin(word, 0) | SHELL_APART;
    script_text_put(t, '\'', start);
    for (size_t i = 0; i < word->text.len; i++) {
        uint32_t origin = script_origin(word, i);
        if (word->text.data[i] == '\'') { /* '\'' */
            script_text_put(t, '\'', origin | SHELL_APART);
            script_text_put(t, '\\', origin | SHELL_APART);
            script_text_put(t, '\'', origin);
            script_text_put(t, '\'', origin | SHELL_APART);
        } else {
            script_text_put(t, word->text.data[i], origin);
        }
    }
    script_text_put(t, '\'', (script_origin(word, word->text.len) & ~SHELL_APART) | SHELL_APART);
}

Script script_text_take(ScriptText *t, Arena *a) {
    size_t count = t->origin.len;
    uint32_t *origin = arena_array(a, uint32_t, count + 1);
    if (count) memcpy(origin, t->origin.items, count * sizeof *origin);
    Script out = {.text = str_copy(a, buf_str(&t->text)), .origin = origin};
    out.start = count ? origin[0] & ~SHELL_APART : 0;
    t->text.len = t->origin.len = 0;
    return out;
}

void script_text_release(ScriptText *t) {
    buf_release(&t->text);
    vec_release(&t->origin);
}

Str script_line(Str text, size_t at, size_t *next) {
    size_t feed = str_find_char(str_from_offset(text, at), '\n');
    *next = feed == STR_NONE ? text.len : at + feed + 1;
    Str line = str_slice(text, at, feed == STR_NONE ? text.len : at + feed);
    if (str_ends(line, STR("\r"))) line.len--;
    return line;
}

/* ---- lists of words in JSON ---- */

/* The string whose opening quote is at `at`; returns where it is behind, 0 when it is not closed.
 * What an escape stands for is known where it is the character itself. */
static size_t read_string(ScriptText *t, const Script *in, size_t at) {
    static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
    for (size_t i = at + 1; i < in->text.len; i++) {
        char c = in->text.data[i];
        if (c == '"') return i + 1;
        uint32_t origin = script_origin(in, i);
        if (c != '\\') {
            script_text_put(t, c, origin);
            continue;
        }
        if (++i == in->text.len) return 0;
        c = in->text.data[i];
        const char *name = c ? strchr(names, c) : NULL;
        if (c == 'u')
            script_text_unknown(t, origin), i += 4;
        else
            script_text_put(t, name ? values[name - names] : c, origin | SHELL_APART);
    }
    return 0;
}

static size_t skip_blanks(Str text, size_t at) {
    while (at < text.len && text.data[at] && strchr(" \t\r\n\\", text.data[at])) at++;
    return at;
}

bool script_from_json(Arena *a, const Script *list, Script *out) {
    ScriptText all = {0}, one = {0};
    Str text = list->text;
    size_t at = skip_blanks(text, 0);
    bool good = at < text.len && text.data[at] == '[';
    for (at++; good;) {
        at = skip_blanks(text, at);
        good = at < text.len && text.data[at] == '"';
        if (!good) break;
        at = read_string(&one, list, at);
        good = at > 0;
        if (!good) break;
        Script word = script_text_take(&one, a);
        if (all.text.len) script_text_put(&all, ' ', word.start | SHELL_APART);
        script_text_quote(&all, &word);
        at = skip_blanks(text, at);
        if (at < text.len && text.data[at] == ']') break;
        good = at < text.len && text.data[at++] == ',';
    }
    *out = script_text_take(&all, a);
    script_text_release(&all);
    script_text_release(&one);
    return good;
}
