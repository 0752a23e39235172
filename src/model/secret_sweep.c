/* How far quotes, words and values reach in a line. */
#include "model/secret_sweep.h"

#include <string.h>

enum { ESCAPES_OF_A_QUOTE = 7 };

static bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}

size_t sweep_skip_blanks(const Sweep *s, size_t i) {
    while (sweep_is_blank(sweep_at(s, i))) i++;
    return i;
}

size_t sweep_skip_word(const Sweep *s, size_t i) {
    while (sweep_is_word(sweep_at(s, i))) i++;
    return i;
}

size_t sweep_cover(Sweep *s, size_t start, size_t end) {
    if (start < s->done) start = s->done;
    if (start >= end) return start;
    buf_add(s->out, str_slice(s->line, s->done, start));
    buf_add(s->out, STR("***"));
    return s->done = end;
}

/* ---- quotes ---- */

size_t sweep_quote(const Sweep *s, size_t i) {
    size_t length = 0;
    while (sweep_at(s, i + length) == '\\' && length < ESCAPES_OF_A_QUOTE) length++;
    return is_quote(sweep_at(s, i + length)) ? length + 1 : 0;
}

size_t sweep_closing_quote(const Sweep *s, size_t open, size_t length) {
    char quote = s->line.data[open + length - 1];
    for (size_t i = open + length; i < s->line.len; i++) {
        size_t slashes = 0;
        while (quote != '\'' && sweep_at(s, i + slashes) == '\\') slashes++;
        if (sweep_at(s, i + slashes) != quote) {
            i += slashes;
        } else if (slashes + 1 <= length) {
            /* a doubled apostrophe is YAML's escape, and in a shell two strings in one word */
            if (quote != '\'' || sweep_at(s, i + 1) != '\'') return i;
            i++;
        } else {
            i += slashes;
        }
    }
    return s->line.len;
}

static bool ends_quoted(char c) {
    return !c || strchr(" \t,;:)]}", c);
}

bool sweep_closes_outer(const Sweep *s, size_t i) {
    size_t quote = sweep_quote(s, i);
    return quote && ends_quoted(sweep_at(s, i + quote));
}

/* Behind the string that opens at i. */
static size_t skip_quoted(const Sweep *s, size_t i, size_t quote) {
    size_t close = sweep_closing_quote(s, i, quote);
    return close + quote < s->line.len ? close + quote : s->line.len;
}

size_t sweep_cover_quoted(Sweep *s, size_t i, size_t quote) {
    sweep_cover(s, i + quote, sweep_closing_quote(s, i, quote));
    return skip_quoted(s, i, quote);
}

/* ---- words ---- */

/* Behind what opens at i: `$(a command)`, `{{ an action }}`; 0 when nothing does. */
static size_t skip_nested(const Sweep *s, size_t i) {
    Str rest = str_from_offset(s->line, i);
    bool command = str_starts(rest, STR("$("));
    if (!command && !str_starts(rest, STR("{{"))) return 0;
    size_t close = str_find(rest, command ? STR(")") : STR("}}"));
    return close == STR_NONE ? s->line.len : i + close + (command ? 1 : 2);
}

/* Up to a blank, with quoted parts, commands and actions inside. */
size_t sweep_word_end(const Sweep *s, size_t i) {
    while (i < s->line.len && !sweep_is_blank(s->line.data[i]) && !sweep_closes_outer(s, i)) {
        size_t quote = sweep_quote(s, i), nested = skip_nested(s, i);
        if (quote)
            i = skip_quoted(s, i, quote);
        else
            i = nested ? nested : i + (sweep_at(s, i) == '\\' ? 2 : 1);
    }
    return i < s->line.len ? i : s->line.len;
}

size_t sweep_cover_word(Sweep *s, size_t i) {
    size_t quote = sweep_quote(s, i);
    if (!quote) return sweep_cover(s, i, sweep_word_end(s, i));
    size_t behind = skip_quoted(s, i, quote);
    if (ends_quoted(sweep_at(s, behind)) || sweep_closes_outer(s, behind))
        return sweep_cover_quoted(s, i, quote);
    return sweep_cover(s, i, sweep_word_end(s, behind));
}

size_t sweep_closing_bracket(const Sweep *s, size_t i) {
    size_t depth = 0;
    while (i < s->line.len) {
        char c = s->line.data[i];
        size_t quote = sweep_quote(s, i);
        if (quote) {
            i = skip_quoted(s, i, quote);
            continue;
        }
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && --depth == 0) return i;
        i++;
    }
    return s->line.len;
}

/* ---- from a name to its value ---- */

size_t sweep_behind_equals(const Sweep *s, const SweepName *name) {
    size_t quote = name->quoted ? 0 : sweep_quote(s, name->end); /* "$TOKEN" == "x" */
    size_t i = sweep_skip_blanks(s, name->end + quote), signs = i;
    while (signs - i < 3 && sweep_at(s, signs) && strchr("=:>", sweep_at(s, signs))) signs++;
    Str sign = str_slice(s->line, i, signs);
    if (str_find_char(sign, '=') == STR_NONE) return 0;
    return sweep_skip_blanks(s, signs);
}

/* The word behind a flag: `--token x`, or "--token", "x". */
size_t sweep_behind_flag(const Sweep *s, const SweepName *name) {
    size_t i = name->end;
    /* `--token` in backticks is talk about the flag */
    if (!name->flag || (name->quoted && sweep_at(s, i - 1) == '`')) return 0;
    if (name->quoted && sweep_at(s, i) == ',') i++;
    size_t next = sweep_skip_blanks(s, i);
    size_t word = next + sweep_quote(s, next), end = sweep_skip_word(s, word);
    /* neither another flag nor a name of its own: `--token password: x` */
    bool named = sweep_at(s, end) == ':' && sweep_is_blank(sweep_at(s, end + 1));
    bool value = sweep_at(s, word) && sweep_at(s, word) != '-' && !named;
    return next > name->end && value ? next : 0;
}
