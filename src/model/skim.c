/* The skimmer for block style YAML: lines, columns and what a value starts with. */
#include "model/skim.h"

#include "model/skim_mask.h"

#include <string.h>

typedef struct OwnerText {
    Str api_version, kind, name, uid, controller;
} OwnerText;

typedef struct Skimmer {
    const char *at, *end; /* what is left of the text */
    /* The line at hand. */
    Str line;       /* without its line break, indentation and dashes */
    size_t column;  /* of its first key or scalar */
    size_t dashes;  /* how many stand before it … */
    size_t dash;    /* … and the column of the innermost */
    Str key, value; /* key is empty when the line has none */
    bool quoted_key;
    /* Where we are. */
    size_t base; /* the column of the first level's keys */
    bool based;
    Str section; /* the first level's key */
    bool has_metadata;
    size_t meta;       /* the column of metadata's keys, 0 when not known yet */
    Str meta_section;  /* metadata's key */
    size_t owner_dash; /* the column of the dashes under ownerReferences, 0 when not known yet … */
    size_t owner_column; /* … and of the keys behind the last of them */
    size_t block;        /* lines beyond this column are a block scalar's; NO_COLUMN: none */
    size_t held;         /* lines beyond this column would go on with a text that was kept */
    bool unsure;
    OwnerText owner;
    bool owner_done;
    Str api_version, kind;
    Identity *out;
} Skimmer;

#define NO_COLUMN ((size_t)-1)

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_one_of(char c, const char *set) {
    return c && strchr(set, c) != NULL;
}

/* ---- lines ---- */

/* The next line that is neither blank nor a comment nor inside a block scalar. Block scalars are
 * skipped here, since this loop is where the time goes. */
static bool next_line(Skimmer *s) {
    while (s->at < s->end) {
        const char *start = s->at;
        const char *stop = memchr(start, '\n', (size_t)(s->end - start));
        s->at = stop ? stop + 1 : s->end;
        if (!stop) stop = s->end;
        if (stop > start && stop[-1] == '\r') stop--;
        const char *p = start;
        while (p < stop && *p == ' ') p++;
        if (p == stop) continue;
        s->column = (size_t)(p - start);
        if (s->block != NO_COLUMN && s->column > s->block) continue;
        s->block = NO_COLUMN;
        if (*p == '#') continue;
        s->line = (Str){p, (size_t)(stop - p)};
        return true;
    }
    return false;
}

/* `- - key: value`: the dashes are skipped, the innermost one is remembered. */
static void skip_dashes(Skimmer *s) {
    s->dashes = 0;
    while (s->line.len && s->line.data[0] == '-' && (s->line.len == 1 || s->line.data[1] == ' ')) {
        s->dashes++;
        s->dash = s->column;
        size_t skip = 1;
        while (skip < s->line.len && s->line.data[skip] == ' ') skip++;
        s->line = str_from_offset(s->line, skip);
        s->column += skip;
    }
}

/* Without a comment at its end. */
static Str uncommented(Str value) {
    for (size_t at = 0; at < value.len; at++)
        if (value.data[at] == '#' && (at == 0 || is_blank(value.data[at - 1])))
            return str_trim(str_slice(value, 0, at));
    return str_trim(value);
}

/* Behind the quoted text that starts the given one; STR_NONE when it does not end. */
static size_t quoted_end(Str text) {
    char quote = text.data[0];
    for (size_t at = 1; at < text.len; at++) {
        if (quote == '"' && text.data[at] == '\\')
            at++;
        else if (text.data[at] != quote)
            continue;
        else if (quote == '\'' && at + 1 < text.len && text.data[at + 1] == '\'')
            at++;
        else
            return at + 1;
    }
    return STR_NONE;
}

static bool is_colon(Str line, size_t at) {
    return at < line.len && line.data[at] == ':' &&
           (at + 1 == line.len || is_blank(line.data[at + 1]));
}

static void split_quoted_key(Skimmer *s) {
    size_t end = quoted_end(s->line);
    if (end == STR_NONE) return; /* a text over several lines */
    Str rest = str_trim(str_from_offset(s->line, end));
    if (is_colon(rest, 0)) {
        s->quoted_key = true;
        s->key = str_slice(s->line, 0, end);
        s->value = str_trim(str_from_offset(rest, 1));
    } else if (uncommented(rest).len) {
        s->unsure = true;
    }
}

/* A key and what stands behind its colon. Lines without one have an empty key. */
static void split_key(Skimmer *s) {
    s->key = (Str){0};
    s->value = s->line;
    s->quoted_key = false;
    if (!s->line.len) return;
    if (is_one_of(s->line.data[0], "\"'")) {
        split_quoted_key(s);
        return;
    }
    for (size_t at = 0;; at++) {
        size_t colon = str_find_char(str_from_offset(s->line, at), ':');
        if (colon == STR_NONE) return;
        at += colon;
        if (!is_colon(s->line, at)) continue;
        Str key = str_trim(str_slice(s->line, 0, at));
        bool hash = str_find_char(key, '#') != STR_NONE;
        if (hash && uncommented(key).len != key.len) return; /* the colon is a comment's */
        s->key = key;
        s->value = str_trim(str_from_offset(s->line, at + 1));
        return;
    }
}

/* Keys that stand for something else than their text, and templates in keys. */
static void look_at_key(Skimmer *s) {
    char first = s->line.len ? s->line.data[0] : '\0';
    bool brace = str_find_char(s->key, '{') != STR_NONE;
    if (brace && str_find(s->key, STR("{{")) != STR_NONE) s->unsure = true;
    if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) return;
    if (is_one_of(first, s->key.len ? "&*!?%@`|>{[\t" : "&*!?%@`\t")) s->unsure = true;
    if (str_starts(s->line, STR("-\t"))) s->unsure = true;
    if (s->quoted_key) {
        Str inside = str_slice(s->key, 1, s->key.len - 1);
        if (str_find_char(inside, '\\') == STR_NONE && str_find_char(inside, '\'') == STR_NONE)
            s->key = inside;
    }
}

/* ---- values ---- */

/* May a quote at `at` of a flow collection open a text, rather than be an apostrophe? */
static bool may_quote(Str flow, size_t at) {
    size_t before = at;
    while (before && is_blank(flow.data[before - 1])) before--;
    if (!before) return false;
    if (flow.data[before - 1] != ':') return is_one_of(flow.data[before - 1], "{[,");
    return before < at || (before > 1 && is_one_of(flow.data[before - 2], "\"'"));
}

/* Does the flow collection that starts here end on the line, with nothing behind? */
static bool flow_ends(Str value) {
    size_t depth = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (c == '#' && is_blank(value.data[i - 1])) return false;
        if (c == '"' || c == '\'') {
            size_t end = may_quote(value, i) ? quoted_end(str_from_offset(value, i)) : STR_NONE;
            if (end == STR_NONE) return false;
            i += end - 1;
        }
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && --depth == 0)
            return !uncommented(str_from_offset(value, i + 1)).len;
    }
    return false;
}

/* Goes on behind a quoted text, which may end many lines below. */
static void skip_quoted(Skimmer *s) {
    Str rest = {s->value.data, (size_t)(s->end - s->value.data)};
    size_t end = quoted_end(rest);
    if (end == STR_NONE) {
        s->unsure = true;
        return;
    }
    rest = str_from_offset(rest, end);
    size_t line = str_find_char(rest, '\n');
    if (uncommented(str_slice(rest, 0, line)).len) s->unsure = true;
    s->at = line == STR_NONE ? s->end : rest.data + line + 1;
}

/* What a value starts with decides whether the lines that follow can be trusted. */
static void look_at_value(Skimmer *s) {
    if (!s->value.len) return;
    switch (s->value.data[0]) {
    case '|':
    case '>':
        /* An item's bare block scalar ends at the dash's column, a value's at its key's. */
        if (!s->key.len && !s->dashes) s->unsure = true;
        s->block = s->key.len ? s->column : s->dash;
        break;
    case '"':
    case '\'': skip_quoted(s); break;
    case '{':
    case '[':
        if (str_starts(s->value, STR("{{")) || !flow_ends(s->value)) s->unsure = true;
        break;
    case '&':
    case '*':
    case '!':
    case '?':
    case '%':
    case ':':
    case '\t': s->unsure = true; break;
    default: break;
    }
}

static bool has_template(Str text) {
    return str_find(text, STR("{{")) != STR_NONE || str_find(text, STR("${")) != STR_NONE;
}

/* A scalar that needs no decoding; anything else makes the answer unsure. */
static Str simple_scalar(Skimmer *s) {
    Str v = s->value;
    if (v.len && (v.data[0] == '"' || v.data[0] == '\'')) {
        size_t end = quoted_end(v);
        v = end == STR_NONE ? v : str_slice(v, 1, end - 1);
        if (end == STR_NONE || str_find_char(v, '\\') != STR_NONE ||
            str_find_char(v, '\'') != STR_NONE)
            s->unsure = true;
    } else {
        v = uncommented(v);
        if (v.len && is_one_of(v.data[0], "|>{[&*!?%@`")) s->unsure = true;
        if (plain_is_null(v)) v = STR("");
    }
    if (has_template(v)) s->unsure = true;
    return v;
}

/* A key given twice is a fault that the tree must judge; so is a text that goes on below. */
static void set_once(Skimmer *s, Str *field) {
    if (field->data) s->unsure = true;
    *field = simple_scalar(s);
    s->held = s->column;
}

/* ---- owners ---- */

static void finish_owner(Skimmer *s) {
    OwnerText o = s->owner;
    s->owner = (OwnerText){0};
    if (s->owner_done || !str_eq(o.controller, STR("true"))) return;
    s->owner_done = true;
    s->out->owner_kind = o.kind; /* judged at the end, when the kind is known */
    s->out->owner_name = o.name;
    s->out->owner_uid = o.uid;
    s->owner.api_version = o.api_version;
}

static void owner_field(Skimmer *s) {
    if (!s->key.len || str_eq(s->key, STR("<<")) || s->key.data[0] == '"' || s->key.data[0] == '\'')
        s->unsure = true;
    if (str_eq(s->key, STR("apiVersion")))
        set_once(s, &s->owner.api_version);
    else if (str_eq(s->key, STR("kind")))
        set_once(s, &s->owner.kind);
    else if (str_eq(s->key, STR("name")))
        set_once(s, &s->owner.name);
    else if (str_eq(s->key, STR("uid")))
        set_once(s, &s->owner.uid);
    else if (str_eq(s->key, STR("controller")))
        set_once(s, &s->owner.controller);
}

/* Each dash at the first dash's column starts an owner; what is deeper than its keys is nested. */
static void in_owner(Skimmer *s) {
    if (s->owner_done) return;
    if (!s->owner_dash) s->owner_dash = s->dashes ? s->dash : NO_COLUMN;
    bool starts = s->dashes && s->dash == s->owner_dash;
    if (starts) finish_owner(s);
    if (s->owner_done) return;
    if (starts) s->owner_column = s->column;
    if (s->owner_dash == NO_COLUMN || s->dashes > 1 || s->column < s->owner_column ||
        (s->dashes && !starts && s->dash < s->owner_column))
        s->unsure = true;
    else if (starts || (!s->dashes && s->column == s->owner_column))
        owner_field(s);
}

static void leave_owners(Skimmer *s) {
    if (str_eq(s->meta_section, STR("ownerReferences"))) finish_owner(s);
    s->meta_section = (Str){0};
}

/* ---- levels ---- */

/* A key that says by its letters which one it is. */
static bool is_readable_key(const Skimmer *s) {
    return s->key.len && !str_eq(s->key, STR("<<")) && s->key.data[0] != '"' &&
           s->key.data[0] != '\'' && !str_starts(s->key, STR("--- ")) &&
           !str_starts(s->key, STR("\xEF\xBB\xBF"));
}

static void at_metadata(Skimmer *s) {
    leave_owners(s);
    if (!is_readable_key(s)) s->unsure = true;
    s->meta_section = s->key;
    if (str_eq(s->key, STR("name")))
        set_once(s, &s->out->name);
    else if (str_eq(s->key, STR("namespace")))
        set_once(s, &s->out->namespace);
    else if (str_eq(s->key, STR("uid")))
        set_once(s, &s->out->uid);
    else if (str_eq(s->key, STR("ownerReferences"))) {
        Str value = uncommented(s->value);
        if (s->owner_dash || (value.len && !str_eq(value, STR("[]")))) s->unsure = true;
    }
}

static void in_metadata(Skimmer *s) {
    if (!s->meta) {
        s->meta = s->column;
        if (s->dashes) s->unsure = true;
    }
    if (s->column == s->meta && !s->dashes)
        at_metadata(s);
    else if (s->dashes ? s->dash < s->meta : s->column < s->meta)
        s->unsure = true;
    else if (str_eq(s->meta_section, STR("ownerReferences")))
        in_owner(s);
}

static void at_first_level(Skimmer *s) {
    leave_owners(s);
    if (!is_readable_key(s)) s->unsure = true;
    s->section = s->key;
    if (str_eq(s->key, STR("apiVersion")))
        set_once(s, &s->api_version);
    else if (str_eq(s->key, STR("kind")))
        set_once(s, &s->kind);
    else if (str_eq(s->key, STR("metadata"))) {
        if (s->has_metadata || uncommented(s->value).len) s->unsure = true;
        s->has_metadata = true;
    }
}

/* An indentless sequence's dashes stand at the column of the first level's keys. */
static void take_line(Skimmer *s) {
    if (s->column == s->base && !s->dashes)
        at_first_level(s);
    else if (s->dashes ? s->dash < s->base : s->column < s->base)
        s->unsure = true;
    else if (str_eq(s->section, STR("metadata")))
        in_metadata(s);
    look_at_value(s);
}

/* `---` with nothing but a comment behind it; directives are the tree's business. */
static bool is_marker(Str line) {
    return str_starts(line, STR("---")) && (line.len == 3 || is_blank(line.data[3])) &&
           !uncommented(str_from_offset(line, 3)).len;
}

static Skim answer(Skimmer *s) {
    leave_owners(s);
    Identity *out = s->out;
    if (s->unsure) return SKIM_UNSURE;
    if (!s->api_version.len || !s->kind.len) return SKIM_OTHER;
    identity_set_type(out, s->api_version, s->kind);
    Identity owner = *out;
    out->owner_kind = out->owner_name = out->owner_uid = (Str){0};
    if (s->owner_done)
        identity_set_owner(out, s->owner.api_version, owner.owner_kind, owner.owner_name,
                           owner.owner_uid);
    return SKIM_RESOURCE;
}

/* The first line tells where the first level is; an item's own dash belongs to its List. */
static void find_base(Skimmer *s, bool is_item) {
    if (s->dashes != (is_item ? 1 : 0)) s->unsure = true;
    s->based = true;
    s->dashes = 0;
    s->base = s->column;
}

/* A sequence without a List around it may hold resources; most hold none. */
static Skim bare_list(Str text) {
    return str_find(text, STR("apiVersion")) == STR_NONE ? SKIM_OTHER : SKIM_UNSURE;
}

Skim skim_yaml(Str text, bool is_item, Identity *out) {
    *out = (Identity){0};
    if (!skim_readable(text)) return SKIM_UNSURE;
    Skimmer s = {.at = text.data,
                 .end = text.data + text.len,
                 .block = NO_COLUMN,
                 .held = NO_COLUMN,
                 .out = out};
    while (!s.unsure && next_line(&s)) {
        if (!s.based && !is_item && s.column == 0 && is_marker(s.line)) continue;
        if (s.held != NO_COLUMN && s.column > s.held) return SKIM_UNSURE;
        s.held = NO_COLUMN;
        skip_dashes(&s);
        if (!s.based && s.dashes && !is_item) return bare_list(text);
        if (!s.based) find_base(&s, is_item);
        split_key(&s);
        look_at_key(&s);
        take_line(&s);
    }
    return answer(&s);
}
