/* The skimmer for block style YAML: lines, columns and what a value starts with. */
#include "model/skim.h"

#include <string.h>

typedef struct OwnerText {
    Str api_version, kind, name, uid, controller;
} OwnerText;

typedef struct Skimmer {
    const char *at, *end; /* what is left of the text */
    /* The line at hand. */
    Str line;          /* without its line break and indentation */
    size_t column;     /* of its first key or scalar, dashes skipped */
    bool dashed;       /* it starts an item … */
    size_t dash;       /* … whose dash stands at this column */
    Str key, value;    /* key is empty when the line has none */
    /* Where we are. */
    size_t base;       /* the column of the first level's keys */
    bool based;
    Str section;       /* the first level's key */
    size_t meta;       /* the column of metadata's keys, 0 when not known yet */
    Str meta_section;  /* metadata's key */
    size_t block;      /* lines beyond this column are a block scalar's; NO_BLOCK: none */
    bool unsure;
    OwnerText owner;
    bool owner_done;
    Str api_version, kind;
    Identity *out;
} Skimmer;

#define NO_BLOCK ((size_t)-1)

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

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
        if (s->block != NO_BLOCK && s->column > s->block) continue;
        s->block = NO_BLOCK;
        if (*p == '#') continue;
        s->line = (Str){p, (size_t)(stop - p)};
        return true;
    }
    return false;
}

/* `- - key: value`: the dashes are skipped, the innermost one is remembered. */
static void skip_dashes(Skimmer *s) {
    s->dashed = false;
    while (s->line.len && s->line.data[0] == '-' && (s->line.len == 1 || s->line.data[1] == ' ')) {
        s->dashed = true;
        s->dash = s->column;
        size_t skip = 1;
        while (skip < s->line.len && s->line.data[skip] == ' ') skip++;
        s->line = str_from_offset(s->line, skip);
        s->column += skip;
    }
}

/* A plain or quoted key and what stands behind its colon. Lines without one have an empty key. */
static void split_key(Skimmer *s) {
    s->key = (Str){0};
    s->value = s->line;
    if (!s->line.len) return;
    char quote = s->line.data[0] == '"' || s->line.data[0] == '\'' ? s->line.data[0] : '\0';
    size_t at = 0;
    if (quote) {
        size_t close = str_find_char(str_from_offset(s->line, 1), quote);
        if (close == STR_NONE) return;
        at = close + 2;
        if (at >= s->line.len || s->line.data[at] != ':') return;
    }
    for (;; at++) {
        size_t colon = str_find_char(str_from_offset(s->line, at), ':');
        if (colon == STR_NONE) return;
        at += colon;
        if (at + 1 == s->line.len || is_blank(s->line.data[at + 1])) break;
    }
    s->key = quote ? str_slice(s->line, 1, at - 1) : str_slice(s->line, 0, at);
    s->value = str_trim(str_from_offset(s->line, at + 1));
}

/* Without a comment at its end. */
static Str uncommented(Str value) {
    for (size_t at = 0; at < value.len; at++)
        if (value.data[at] == '#' && (at == 0 || is_blank(value.data[at - 1])))
            return str_trim(str_slice(value, 0, at));
    return value;
}

/* Does a flow collection or a quoted text that starts here end on the line? */
static bool ends_here(Str value) {
    size_t depth = 0;
    char quote = '\0';
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (quote) {
            if (c == '\\' && quote == '"') i++;
            else if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
        if (!quote && !depth) return true;
    }
    return false;
}

/* What a value starts with decides whether the lines that follow can be trusted. */
static void look_at_value(Skimmer *s) {
    if (!s->value.len) return;
    switch (s->value.data[0]) {
    case '|':
    case '>':
        /* An item's bare block scalar ends at the dash's column, a value's at its key's. */
        s->block = s->key.len || !s->dashed ? s->column : s->dash;
        break;
    case '"':
    case '\'':
    case '{':
    case '[':
        if (!ends_here(s->value)) s->unsure = true;
        break;
    case '&':
    case '*':
    case '!':
    case '?':
    case '%':
    case '\t': s->unsure = true; break;
    default: break;
    }
}

/* A scalar that needs no decoding; anything else makes the answer unsure. */
static Str simple_scalar(Skimmer *s) {
    Str v = s->value;
    if (!v.len) return v;
    char quote = v.data[0];
    if (quote == '"' || quote == '\'') {
        size_t close = str_find_char(str_from_offset(v, 1), quote);
        Str inside = close == STR_NONE ? v : str_slice(v, 1, close + 1);
        Str rest = close == STR_NONE ? v : uncommented(str_from_offset(v, close + 2));
        if (rest.len || str_find_char(inside, '\\') != STR_NONE) s->unsure = true;
        v = inside;
    } else {
        v = uncommented(v);
        if (v.len && strchr("|>{[&*!?%@`", v.data[0])) s->unsure = true;
    }
    if (str_find(v, STR("{{")) != STR_NONE || str_find(v, STR("${")) != STR_NONE ||
        str_find(v, STR("{%")) != STR_NONE)
        s->unsure = true;
    return v;
}

/* A key given twice is a fault that the tree must judge. */
static void set_once(Skimmer *s, Str *field) {
    if (field->data) s->unsure = true;
    *field = simple_scalar(s);
    if (!field->data) field->data = "";
}

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

static void in_owner(Skimmer *s) {
    if (s->owner_done) return;
    if (s->dashed) finish_owner(s);
    if (s->owner_done) return;
    if (str_eq(s->key, STR("apiVersion"))) set_once(s, &s->owner.api_version);
    else if (str_eq(s->key, STR("kind"))) set_once(s, &s->owner.kind);
    else if (str_eq(s->key, STR("name"))) set_once(s, &s->owner.name);
    else if (str_eq(s->key, STR("uid"))) set_once(s, &s->owner.uid);
    else if (str_eq(s->key, STR("controller"))) set_once(s, &s->owner.controller);
}

static void leave_owners(Skimmer *s) {
    if (str_eq(s->meta_section, STR("ownerReferences"))) finish_owner(s);
    s->meta_section = (Str){0};
}

static void in_metadata(Skimmer *s) {
    if (!s->meta) s->meta = s->column;
    if (s->column == s->meta && !s->dashed) {
        leave_owners(s);
        if (!s->key.len) s->unsure = true;
        s->meta_section = s->key;
        if (str_eq(s->key, STR("name"))) set_once(s, &s->out->name);
        else if (str_eq(s->key, STR("namespace"))) set_once(s, &s->out->namespace);
        else if (str_eq(s->key, STR("uid"))) set_once(s, &s->out->uid);
        else if (str_eq(s->key, STR("ownerReferences")) && s->value.len &&
                 !str_eq(s->value, STR("[]")))
            s->unsure = true;
        else if (str_eq(s->key, STR("<<"))) s->unsure = true;
    } else if (s->column < s->meta) {
        s->unsure = true;
    } else if (str_eq(s->meta_section, STR("ownerReferences"))) {
        in_owner(s);
    }
}

static void at_first_level(Skimmer *s) {
    leave_owners(s);
    if (!s->key.len || str_eq(s->key, STR("<<"))) s->unsure = true;
    s->section = s->key;
    if (str_eq(s->key, STR("apiVersion"))) set_once(s, &s->api_version);
    else if (str_eq(s->key, STR("kind"))) set_once(s, &s->kind);
    else if (str_eq(s->key, STR("metadata"))) {
        if (s->meta || uncommented(s->value).len) s->unsure = true;
    }
}

/* An indentless sequence's dashes stand at the column of the first level's keys. */
static void take_line(Skimmer *s) {
    if (s->column == s->base && !s->dashed) at_first_level(s);
    else if (s->dashed ? s->dash < s->base : s->column < s->base) s->unsure = true;
    else if (str_eq(s->section, STR("metadata"))) in_metadata(s);
    look_at_value(s);
}

/* `---` with nothing but a comment behind it; directives are the tree's business. */
static bool is_marker(Str line) {
    return str_starts(line, STR("---")) && !uncommented(str_trim(str_from_offset(line, 3))).len;
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

Skim skim_yaml(Str text, bool is_item, Identity *out) {
    *out = (Identity){0};
    Skimmer s = {.at = text.data, .end = text.data + text.len, .block = NO_BLOCK, .out = out};
    while (!s.unsure && next_line(&s)) {
        if (!s.based && !is_item && s.column == 0 && is_marker(s.line)) continue;
        skip_dashes(&s);
        if (!s.based) {
            if (s.dashed != is_item) return is_item ? SKIM_UNSURE : SKIM_OTHER;
            s.based = true;
            s.dashed = false; /* the item's own dash */
            s.base = s.column;
        }
        split_key(&s);
        if (s.line.len && strchr("{[%?\"'&*!\t", s.line.data[0]) && !s.key.len) look_at_value(&s);
        take_line(&s);
    }
    return answer(&s);
}
