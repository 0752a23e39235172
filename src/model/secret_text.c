/* Covers secrets in one line of any text, by its words alone. */
#include "model/secrets.h"

#include "model/secret_kind.h"
#include "model/secret_sweep.h"

#include <string.h>

enum { LONGEST_OPEN_VALUE = 32, DESCRIPTION_BYTES = 512 };

/* ---- values ---- */

/* A plain YAML value: up to a comment; in a flow map up to what ends it there. */
static size_t plain_end(const Sweep *s, size_t i) {
    size_t end = i;
    for (; end < s->line.len; end++) {
        char c = s->line.data[end];
        if (c == '#' && sweep_is_blank(s->line.data[end - 1])) break;
        if (s->flow && (c == '}' || (c == ',' && sweep_is_blank(sweep_at(s, end + 1))))) break;
    }
    while (end > i && sweep_is_blank(s->line.data[end - 1])) end--;
    return end;
}

static bool is_last(const Sweep *s, size_t i) {
    i = sweep_skip_blanks(s, i);
    return i == s->line.len || sweep_at(s, i) == '#';
}

/* `|`, `>-`, `{`: the value is on the next lines. */
static bool is_opener(const Sweep *s, size_t i) {
    char c = sweep_at(s, i);
    if (c == '{' || c == '[') return is_last(s, i + 1);
    if (c != '|' && c != '>') return false;
    size_t end = i + 1;
    while (end < i + 3 && sweep_at(s, end) && strchr("+-0123456789", sweep_at(s, end))) end++;
    return is_last(s, end);
}

static bool opens_collection(const Sweep *s, size_t i) {
    return sweep_at(s, i) == '[' || (sweep_at(s, i) == '{' && sweep_at(s, i + 1) != '{');
}

/* Does the collection at i tell about a secret, like `secret: {secretName: x, items: […]}`? Then
 * its parts are judged one by one. */
static bool is_description(const Sweep *s, size_t i) {
    static const Str marks[] = {STR_INIT("Name"),      STR_INIT("name:"), STR_INIT("name\""),
                                STR_INIT("valueFrom"), STR_INIT("Ref"),   STR_INIT("path"),
                                STR_INIT("type:"),     STR_INIT("type\"")};
    Str part = str_slice(s->line, i, i + DESCRIPTION_BYTES);
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (str_find(part, marks[m]) != STR_NONE) return true;
    return false;
}

static size_t cover_collection(Sweep *s, size_t i, SecretName kind, bool everything) {
    bool map = sweep_at(s, i) == '{';
    if (map && kind != SECRET_WHOLE) return i;
    if (!everything && is_description(s, i)) return i;
    size_t close = sweep_closing_bracket(s, i);
    sweep_cover(s, i + 1, close);
    return close;
}

/* What follows a closing quote directly was meant to be inside: `'ab'cd'`. */
static size_t cover_quoted(Sweep *s, size_t i, size_t quote) {
    size_t end = sweep_cover_quoted(s, i, quote);
    char next = sweep_at(s, end);
    bool closed = !next || strchr(" \t,;:}])#\r", next) || sweep_closes_outer(s, end);
    return closed ? end : sweep_cover(s, end, plain_end(s, end));
}

/* The value behind a colon. */
static size_t cover_value(Sweep *s, size_t i, SecretName kind, bool everything) {
    if (opens_collection(s, i)) return cover_collection(s, i, kind, everything);
    size_t quote = sweep_quote(s, i);
    return quote ? cover_quoted(s, i, quote) : sweep_cover(s, i, plain_end(s, i));
}

/* `Bearer x`, up to the quote around the header, or to the end of the line; the scheme stays. */
static size_t cover_header(Sweep *s, size_t i) {
    i += sweep_quote(s, i);
    size_t secret = sweep_skip_blanks(s, sweep_skip_word(s, i)), end = i;
    while (end < s->line.len && !sweep_closes_outer(s, end)) end++;
    bool scheme = secret < end && sweep_is_blank(sweep_at(s, secret - 1));
    return sweep_cover(s, scheme ? secret : i, end);
}

/* Looks at the first word of the value: is it one of a configuration, and all there is? A blank
 * ends the value of an assignment or of a flag. */
static bool covers_value(const Sweep *s, size_t i, SecretName kind, bool one_word) {
    if (kind == SECRET_WHOLE) return true;
    i += sweep_quote(s, i);
    size_t end = i;
    while (end < i + LONGEST_OPEN_VALUE && sweep_at(s, end) && !sweep_quote(s, end) &&
           !strchr(" \t,}])", sweep_at(s, end)))
        end++;
    bool alone = one_word || !sweep_is_blank(sweep_at(s, end)) || is_last(s, end);
    Str word = str_slice(s->line, i, end);
    return !(alone || kind == SECRET_UNLESS_NUMBER) || secret_covers(kind, word);
}

/* ---- names ---- */

static SweepName read_name(const Sweep *s, size_t start, size_t end) {
    SweepName name = {.start = start, .end = end, .text = str_slice(s->line, start, end)};
    name.flag = str_starts(name.text, STR("-"));
    while (name.text.len && (!sweep_is_word(name.text.data[0]) || name.text.data[0] == '-' ||
                             name.text.data[0] == '.'))
        name.text = str_from_offset(name.text, 1);
    size_t quote = sweep_quote(s, end);
    name.quoted = quote && start > 0 && s->line.data[start - 1] == sweep_at(s, end + quote - 1);
    if (name.quoted) name.end += quote;
    return name;
}

/* Behind `:` and blanks; 0 when no value follows: `a/token:v1` is none, `${TOKEN:-x}` is one. */
static size_t behind_colon(const Sweep *s, const SweepName *name) {
    size_t i = name->quoted ? sweep_skip_blanks(s, name->end) : name->end;
    if (sweep_at(s, i) != ':') return 0;
    char next = sweep_at(s, i + 1);
    if (next == '-') return i + 2;
    if (!name->quoted && !sweep_is_blank(next) && !sweep_quote(s, i + 1)) return 0;
    return sweep_skip_blanks(s, i + 1);
}

/* Could a value stand behind the name? Most words of a line are told apart by this alone. */
static bool may_have_value(const Sweep *s, const SweepName *name) {
    if (name->flag) return true;
    size_t i = name->end + (name->quoted ? 0 : sweep_quote(s, name->end));
    char next = sweep_at(s, sweep_skip_blanks(s, i));
    return next == ':' || next == '=';
}

static bool is_header(Str name) {
    static const Str headers[] = {STR_INIT("authorization"), STR_INIT("cookie")};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        Str word = headers[i];
        if (name.len >= word.len && str_eq_nocase(str_from_offset(name, name.len - word.len), word))
            return true;
    }
    return false;
}

static size_t cover_named(Sweep *s, const SweepName *name, SecretName kind) {
    size_t word = sweep_behind_equals(s, name), colon = word ? 0 : behind_colon(s, name);
    size_t flag = word || colon ? 0 : sweep_behind_flag(s, name), value = word + colon + flag;
    bool header = !flag && is_header(name->text);
    if (!value) return name->end;
    if (!flag && is_opener(s, value)) return value;
    if (!covers_value(s, value, kind, !colon && !header)) return value;
    if (header) return cover_header(s, value);
    if (!colon && !opens_collection(s, value)) return sweep_cover_word(s, value);
    bool everything = str_eq(name->text, STR("stringData")) || str_eq(name->text, STR("data"));
    return cover_value(s, value, kind, everything);
}

/* `name: DB_PASSWORD` makes the next `value` on the line a secret. */
static SecretName named_by(const Sweep *s, const SweepName *name) {
    bool names = str_eq(name->text, STR("name")) || str_eq(name->text, STR("key"));
    size_t value = names ? behind_colon(s, name) : 0;
    if (!value) return SECRET_NO;
    value += sweep_quote(s, value);
    return secret_name(str_slice(s->line, value, sweep_skip_word(s, value)));
}

/* A bare `key` is one as a flag, and in `export key=x`: elsewhere it is often a label's. */
static bool is_bare_key(const Sweep *s, const SweepName *name) {
    if (!secret_bare_key(name->text)) return false;
    if (name->flag) return true;
    Str before = str_trim(str_slice(s->line, 0, name->start));
    return sweep_at(s, name->end) == '=' && sweep_at(s, name->end + 1) != '=' &&
           (!before.len || str_ends(before, STR("export")));
}

static SecretName kind_of(Sweep *s, const SweepName *name) {
    if (s->named && str_eq(name->text, STR("value"))) {
        SecretName kind = s->named;
        s->named = SECRET_NO;
        return kind;
    }
    if (is_bare_key(s, name) || (s->object && str_eq(name->text, STR("data")))) return SECRET_WHOLE;
    return secret_name(name->text);
}

/* ---- words that are secrets themselves ---- */

enum { SHORTEST_TOKEN = 20, SHORTEST_BEARER = 16 };

typedef struct Mark {
    Str prefix;
    size_t shortest; /* of the whole word */
} Mark;

static const Mark marks[] = {
    {STR_INIT("AKIA"), 20},   {STR_INIT("ASIA"), 20},        {STR_INIT("ghp_"), 20},
    {STR_INIT("gho_"), 20},   {STR_INIT("ghs_"), 20},        {STR_INIT("ghu_"), 20},
    {STR_INIT("ghr_"), 20},   {STR_INIT("github_pat_"), 20}, {STR_INIT("glpat-"), 20},
    {STR_INIT("xoxb-"), 20},  {STR_INIT("xoxp-"), 20},       {STR_INIT("hf_"), 20},
    {STR_INIT("sk-"), 24},    {STR_INIT("AIza"), 35},        {STR_INIT("eyJ"), 40},
    {STR_INIT("nvapi-"), 20}, {STR_INIT("dckr_pat_"), 20},
};

static bool is_token(Str word) {
    if (word.len < SHORTEST_TOKEN) return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (word.len >= marks[i].shortest && str_starts(word, marks[i].prefix)) return true;
    return false;
}

static bool follows_bearer(const Sweep *s, size_t start, size_t end) {
    static const Str bearer = STR_INIT("bearer ");
    if (start < bearer.len || end - start < SHORTEST_BEARER) return false;
    return str_eq_nocase(str_slice(s->line, start - bearer.len, start), bearer);
}

/* A private key on one line, its breaks written as `\n`. */
static bool ends_key_header(const Sweep *s, size_t start, size_t end) {
    static const Str before = STR_INIT("PRIVATE "), word = STR_INIT("KEY-----");
    return start >= before.len && str_eq(str_slice(s->line, start, end), word) &&
           str_eq(str_slice(s->line, start - before.len, start), before);
}

/* ---- the line ---- */

static size_t read_word(Sweep *s, size_t start) {
    size_t end = sweep_skip_word(s, start);
    Str word = str_slice(s->line, start, end);
    if (ends_key_header(s, start, end)) return sweep_cover(s, end, s->line.len);
    if (is_token(word) || follows_bearer(s, start, end)) return sweep_cover(s, start, end);
    size_t address = url_behind_scheme(s, end);
    if (address) return url_cover_user(s, address);
    SweepName name = read_name(s, start, end);
    command_note(s, word);
    size_t behind = command_cover(s, &name);
    if (behind) return behind;
    if (!may_have_value(s, &name)) return end;
    SecretName kind = kind_of(s, &name);
    if (kind) return cover_named(s, &name, kind);
    SecretName named = named_by(s, &name);
    if (named) s->named = named;
    return end;
}

static void note_flow(Sweep *s, size_t i) {
    char c = s->line.data[i];
    if (c == '}') s->flow = false;
    if (c == '{') s->flow = sweep_at(s, i + 1) != '{' && (i == 0 || s->line.data[i - 1] != '{');
}

/* Passes a byte that is in no word. */
static size_t read_sign(Sweep *s, size_t i) {
    char c = s->line.data[i];
    if (sweep_is_blank(c) || c == '"' || c == '\'' || c == '`') {
        s->word = i + 1;
        s->colon = 0;
    }
    if (c == ':' && !s->colon) s->colon = i;
    if (c == '/' || c == '\\') return url_cover_plain(s, i);
    if (c == '@') return url_cover_data_source(s, i);
    return c == '<' ? command_cover_here_string(s, i) : i + 1;
}

void mask_text(Str line, Buf *out) {
    Sweep s = {.line = line, .out = out};
    while (str_ends(s.line, STR("\n")) || str_ends(s.line, STR("\r"))) s.line.len--;
    s.object = secret_kind_in(s.line);
    command_prepare(&s);
    for (size_t i = 0; i < s.line.len;) {
        note_flow(&s, i);
        i = sweep_is_word(line.data[i]) ? read_word(&s, i) : read_sign(&s, i);
    }
    buf_add(out, str_from_offset(line, s.done));
}
