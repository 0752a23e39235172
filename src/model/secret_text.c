/* Covers secrets in one line of any text, by its words alone. */
#include "model/secret_name.h"
#include "model/secrets.h"

#include <string.h>

/* A password in a URL is shorter; nothing behind is looked at, to stay linear in hostile lines. */
enum { USER_INFORMATION_BYTES = 4096, ESCAPES_OF_A_QUOTE = 7 };

typedef struct Scan {
    Str line;    /* without its line break */
    size_t done; /* up to here the line is copied */
    bool named;  /* `name: DB_PASSWORD` was there: the next `value` is a secret */
    bool flow;   /* in a flow map that opened on this line */
    Buf *out;
} Scan;

static char at(const Scan *s, size_t i) {
    return i < s->line.len ? s->line.data[i] : '\0';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

static size_t skip_blanks(const Scan *s, size_t i) {
    while (is_blank(at(s, i))) i++;
    return i;
}

static size_t skip_word(const Scan *s, size_t i) {
    while (is_word(at(s, i))) i++;
    return i;
}

static size_t cover(Scan *s, size_t start, size_t end) {
    if (start < s->done) start = s->done;
    if (start >= end) return start;
    buf_add(s->out, str_slice(s->line, s->done, start));
    buf_add(s->out, STR("***"));
    return s->done = end;
}

/* ---- how far a value reaches ---- */

/* An opening quote, with the backslashes that it has inside another string. */
static size_t quote_length(const Scan *s, size_t i) {
    size_t length = 0;
    while (at(s, i + length) == '\\' && length < ESCAPES_OF_A_QUOTE) length++;
    return is_quote(at(s, i + length)) ? length + 1 : 0;
}

/* The closing quote that equals the opening one; the end of the line when there is none. */
static size_t closing_quote(const Scan *s, size_t i, size_t open, size_t length) {
    char quote = s->line.data[open + length - 1];
    for (; i < s->line.len; i++) {
        size_t slashes = 0;
        while (quote != '\'' && at(s, i + slashes) == '\\') slashes++;
        if (at(s, i + slashes) != quote) {
            i += slashes;
        } else if (slashes + 1 <= length) {
            /* a doubled apostrophe is YAML's escape, and in a shell two strings in one word */
            if (quote != '\'' || at(s, i + 1) != '\'') return i;
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

/* Is this the end of a quote that opened left of the value? `"-e TOKEN=x" …` */
static bool closes_outer(const Scan *s, size_t i) {
    size_t quote = quote_length(s, i);
    return quote && ends_quoted(at(s, i + quote));
}

/* Behind the string that opens at i. */
static size_t skip_quoted(const Scan *s, size_t i, size_t quote) {
    size_t close = closing_quote(s, i + quote, i, quote);
    return close + quote < s->line.len ? close + quote : s->line.len;
}

/* A word as a shell sees it: up to a blank, with quoted parts and $(commands) inside. */
static size_t shell_word_end(const Scan *s, size_t i) {
    while (i < s->line.len && !is_blank(s->line.data[i]) && !closes_outer(s, i)) {
        size_t quote = quote_length(s, i);
        if (quote) {
            i = skip_quoted(s, i, quote);
        } else if (at(s, i) == '$' && at(s, i + 1) == '(') {
            size_t close = str_find_char(str_from_offset(s->line, i), ')');
            i = close == STR_NONE ? s->line.len : i + close + 1;
        } else {
            i += at(s, i) == '\\' ? 2 : 1;
        }
    }
    return i < s->line.len ? i : s->line.len;
}

/* A plain YAML value: up to a comment; in a flow map up to what ends it there. */
static size_t plain_end(const Scan *s, size_t i) {
    size_t list = at(s, i) == '[' ? str_find_char(str_from_offset(s->line, i), ']') : 0;
    size_t end = list == STR_NONE ? s->line.len : i + list;
    for (; end < s->line.len; end++) {
        char c = s->line.data[end];
        if (c == '#' && is_blank(s->line.data[end - 1])) break;
        if (s->flow && (c == '}' || (c == ',' && is_blank(at(s, end + 1))))) break;
    }
    while (end > i && is_blank(s->line.data[end - 1])) end--;
    return end;
}

/* ---- values ---- */

/* Covers what stands between quotes; returns where to go on. */
static size_t cover_quoted(Scan *s, size_t i, size_t quote) {
    cover(s, i + quote, closing_quote(s, i + quote, i, quote));
    return skip_quoted(s, i, quote);
}

/* The value of an assignment or of a flag. One quoted string keeps its quotes. */
static size_t cover_word(Scan *s, size_t i) {
    size_t quote = quote_length(s, i);
    if (!quote) return cover(s, i, shell_word_end(s, i));
    size_t behind = skip_quoted(s, i, quote);
    if (ends_quoted(at(s, behind)) || closes_outer(s, behind)) return cover_quoted(s, i, quote);
    return cover(s, i, shell_word_end(s, behind));
}

static bool is_last(const Scan *s, size_t i) {
    i = skip_blanks(s, i);
    return i == s->line.len || at(s, i) == '#';
}

/* `|`, `>-`: the value is on the next lines; `{` and `[`: its parts are judged one by one. */
static bool is_opener(const Scan *s, size_t i) {
    if (at(s, i) == '{') return at(s, i + 1) != '{';
    if (at(s, i) == '[') return is_last(s, i + 1);
    if (at(s, i) != '|' && at(s, i) != '>') return false;
    size_t end = i + 1;
    while (end < i + 3 && at(s, end) && strchr("+-0123456789", at(s, end))) end++;
    return is_last(s, end);
}

/* The value behind a colon. */
static size_t cover_value(Scan *s, size_t i) {
    if (is_opener(s, i)) return i;
    size_t quote = quote_length(s, i);
    return quote ? cover_quoted(s, i, quote) : cover(s, i, plain_end(s, i));
}

/* `Bearer x`, up to the quote around the header, or to the end of the line; the scheme stays. */
static size_t cover_authorization(Scan *s, size_t i) {
    i += quote_length(s, i);
    size_t secret = skip_blanks(s, skip_word(s, i)), end = i;
    while (end < s->line.len && !closes_outer(s, end)) end++;
    bool scheme = secret < end && is_blank(at(s, secret - 1));
    return cover(s, scheme ? secret : i, end);
}

/* ---- names ---- */

typedef struct Name {
    size_t start, end;
    Str text;  /* without dashes in front */
    bool flag; /* has them */
    bool quoted;
} Name;

static Name read_name(const Scan *s, size_t start, size_t end) {
    Name name = {.start = start, .end = end, .text = str_slice(s->line, start, end)};
    name.flag = str_starts(name.text, STR("-"));
    while (name.text.len &&
           !(is_word(name.text.data[0]) && name.text.data[0] != '-' && name.text.data[0] != '.'))
        name.text = str_from_offset(name.text, 1);
    size_t quote = quote_length(s, end);
    name.quoted = quote && start > 0 && s->line.data[start - 1] == at(s, end + quote - 1);
    if (name.quoted) name.end += quote;
    return name;
}

/* Behind `=`, `:=`, `==`, `=>` and blanks; 0 when no assignment follows. */
static size_t behind_equals(const Scan *s, const Name *name) {
    size_t quote = name->quoted ? 0 : quote_length(s, name->end); /* "$TOKEN" == "x" */
    size_t i = skip_blanks(s, name->end + quote), signs = i;
    while (signs - i < 3 && at(s, signs) && strchr("=:>", at(s, signs))) signs++;
    Str sign = str_slice(s->line, i, signs);
    if (str_find_char(sign, '=') == STR_NONE) return 0;
    return skip_blanks(s, signs);
}

/* Behind `:` and blanks; 0 when no value follows: `a/token:v1` is none, `${TOKEN:-x}` is one. */
static size_t behind_colon(const Scan *s, const Name *name) {
    size_t i = name->quoted ? skip_blanks(s, name->end) : name->end;
    if (at(s, i) != ':') return 0;
    char next = at(s, i + 1);
    if (next == '-') return i + 2;
    if (!name->quoted && !is_blank(next) && !quote_length(s, i + 1)) return 0;
    return skip_blanks(s, i + 1);
}

/* The word behind a flag: `--token x`, or "--token", "x"; 0 when there is none. */
static size_t behind_flag(const Scan *s, const Name *name) {
    size_t i = name->end;
    /* `--token` in backticks is talk about the flag */
    if (!name->flag || (name->quoted && at(s, i - 1) == '`')) return 0;
    if (name->quoted && at(s, i) == ',') i++;
    size_t next = skip_blanks(s, i);
    size_t word = next + quote_length(s, next), end = skip_word(s, word);
    /* neither another flag nor a name of its own: `--token password: x` */
    bool named = at(s, end) == ':' && is_blank(at(s, end + 1));
    bool value = at(s, word) && at(s, word) != '-' && !named;
    return next > name->end && value ? next : 0;
}

static bool is_authorization(Str name) {
    Str word = STR("authorization");
    return name.len >= word.len && str_eq_nocase(str_from_offset(name, name.len - word.len), word);
}

static size_t cover_named(Scan *s, const Name *name) {
    size_t word = behind_equals(s, name), value = word ? word : behind_colon(s, name);
    if (value && is_authorization(name->text)) return cover_authorization(s, value);
    if (value) return word ? cover_word(s, word) : cover_value(s, value);
    value = behind_flag(s, name);
    return value ? cover_word(s, value) : name->end;
}

/* `name: DB_PASSWORD` makes the next `value` on the line a secret. */
static bool names_a_secret(const Scan *s, const Name *name) {
    bool names = str_eq(name->text, STR("name")) || str_eq(name->text, STR("key"));
    size_t value = names ? behind_colon(s, name) : 0;
    if (!value) return false;
    value += quote_length(s, value);
    return secret_name(str_slice(s->line, value, skip_word(s, value)));
}

/* curl -u user:password */
static size_t user_option(const Scan *s, const Name *name) {
    bool user = name->flag && (str_eq(name->text, STR("u")) || str_eq(name->text, STR("user")));
    size_t value = user ? behind_equals(s, name) : 0;
    if (user && !value) value = behind_flag(s, name);
    if (!value) return 0;
    Str word = str_slice(s->line, value, shell_word_end(s, value));
    return str_find_char(word, ':') == STR_NONE ? 0 : value;
}

/* ---- words that are secrets themselves ---- */

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
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (word.len >= marks[i].shortest && str_starts(word, marks[i].prefix)) return true;
    return false;
}

/* A bearer's word is its secret, wherever it stands; "bearer tokens are" is prose. */
static bool follows_bearer(const Scan *s, size_t start, size_t end) {
    static const Str bearer = STR_INIT("bearer ");
    if (start < bearer.len || end - start < 16) return false;
    return str_eq_nocase(str_slice(s->line, start - bearer.len, start), bearer);
}

/* ---- URLs ---- */

static bool is_number(Str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.data[i] < '0' || s.data[i] > '9') return false;
    return true;
}

/* `user:pass@` behind `://` at i. A slash ends it by the book, but in `://user:pa/ss@host` people
 * let it be part of the password: no port looks like `pa`. */
static size_t cover_user_information(Scan *s, size_t i) {
    size_t limit = i + USER_INFORMATION_BYTES;
    if (limit > s->line.len) limit = s->line.len;
    size_t end = i, authority = 0, last = 0;
    for (; end < limit && !strchr(" \t\"'`<>", s->line.data[end]); end++) {
        if (str_starts(str_from_offset(s->line, end), STR("://"))) break; /* the next URL */
        if (!authority && strchr("/?#", s->line.data[end])) {
            size_t colon = str_find_char(str_slice(s->line, i, end), ':');
            if (last || colon == STR_NONE || is_number(str_slice(s->line, i + colon + 1, end)))
                break;
            authority = end;
        }
        if (s->line.data[end] == '@') last = end;
    }
    return last ? cover(s, i, last) : i;
}

/* ---- the line ---- */

/* A private key on one line, its breaks written as `\n`. */
static bool ends_key_header(const Scan *s, size_t start, size_t end) {
    static const Str before = STR_INIT("PRIVATE "), word = STR_INIT("KEY-----");
    return start >= before.len && str_eq(str_slice(s->line, start, end), word) &&
           str_eq(str_slice(s->line, start - before.len, start), before);
}

static size_t read_word(Scan *s, size_t start) {
    size_t end = skip_word(s, start);
    if (ends_key_header(s, start, end)) return cover(s, end, s->line.len);
    if (is_token(str_slice(s->line, start, end)) || follows_bearer(s, start, end))
        return cover(s, start, end);
    if (str_starts(str_from_offset(s->line, end), STR("://")))
        return cover_user_information(s, end + 3);
    Name name = read_name(s, start, end);
    size_t user = user_option(s, &name);
    if (user) return cover_word(s, user);
    bool value = s->named && str_eq(name.text, STR("value"));
    if (value) s->named = false;
    if (value || secret_name(name.text)) return cover_named(s, &name);
    if (names_a_secret(s, &name)) s->named = true;
    return end;
}

void mask_text(Str line, Buf *out) {
    Scan scan = {.line = line, .out = out};
    while (str_ends(scan.line, STR("\n")) || str_ends(scan.line, STR("\r"))) scan.line.len--;
    for (size_t i = 0; i < scan.line.len;) {
        char c = line.data[i];
        if (c == '{') scan.flow = at(&scan, i + 1) != '{' && (i == 0 || line.data[i - 1] != '{');
        if (c == '}') scan.flow = false;
        i = is_word(c) ? read_word(&scan, i) : i + 1;
    }
    buf_add(out, str_from_offset(line, scan.done));
}
