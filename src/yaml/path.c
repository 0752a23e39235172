/* Parsing, following and writing of paths. */
#include "yaml/path.h"

#include "base/json.h"
#include "base/vec.h"
#include "yaml/scalar.h"

typedef struct Parse {
    Arena *arena;
    Str text;
    size_t at;
    VEC(Step) steps;
    Error *err;
} Parse;

static bool fail(Parse *p, const char *why) {
    return error_set(p->err, "column %zu of path '" STR_FMT "': %s", p->at + 1, STR_ARG(p->text),
                     why);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_key_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static size_t key_length(Str s) {
    size_t len = 0;
    if (!s.len || !is_letter(s.data[0])) return 0;
    while (len < s.len && is_key_char(s.data[len])) len++;
    return len;
}

static char peek(const Parse *p) {
    return p->at < p->text.len ? p->text.data[p->at] : '\0';
}

static bool parse_word(Parse *p) {
    if (peek(p) == '*') {
        bool deep = str_starts(str_from_offset(p->text, p->at), STR("**"));
        p->at += deep ? 2 : 1;
        vec_push(&p->steps, (Step){.kind = deep ? STEP_ANY_DEPTH : STEP_EACH_VALUE});
        return true;
    }
    size_t len = key_length(str_from_offset(p->text, p->at));
    if (!len) return fail(p, "a key or '*' was expected; other keys stand as [\"a.b/c\"]");
    Str key = str_copy(p->arena, str_slice(p->text, p->at, p->at + len));
    vec_push(&p->steps, (Step){.kind = STEP_KEY, .key = key});
    p->at += len;
    return true;
}

static bool parse_quoted(Parse *p) {
    size_t start = ++p->at;
    while (peek(p) && peek(p) != '"') p->at += peek(p) == '\\' ? 2 : 1;
    if (p->at > p->text.len) p->at = p->text.len; /* it ends with a backslash */
    if (!peek(p)) return fail(p, "the closing quote is missing");
    Str key = scalar_decode_double(p->arena, str_slice(p->text, start, p->at++));
    vec_push(&p->steps, (Step){.kind = STEP_KEY, .key = str_copy(p->arena, key)});
    return true;
}

static bool parse_where(Parse *p, Str inside, size_t equals) {
    Str key = str_slice(inside, 0, equals);
    if (!equals || key_length(key) != key.len) return fail(p, "a key was expected before '='");
    vec_push(&p->steps, (Step){.kind = STEP_ITEM_WHERE,
                               .key = str_copy(p->arena, key),
                               .text = str_copy(p->arena, str_from_offset(inside, equals + 1))});
    return true;
}

static bool parse_element(Parse *p) {
    Str rest = str_from_offset(p->text, p->at);
    size_t len = str_find_char(rest, ']');
    if (len == STR_NONE) return fail(p, "the closing ']' is missing");
    Str inside = str_slice(rest, 0, len);
    size_t equals = str_find_char(inside, '=');
    uint64_t index;
    if (str_eq(inside, STR("*"))) {
        vec_push(&p->steps, (Step){.kind = STEP_EACH_ITEM});
    } else if (str_to_u64(inside, &index) && index < UINT32_MAX) {
        vec_push(&p->steps, (Step){.kind = STEP_INDEX, .index = (uint32_t)index});
    } else if (equals == STR_NONE) {
        return fail(p, "[*], [0], [key=text] or [\"key\"] was expected");
    } else if (!parse_where(p, inside, equals)) {
        return false;
    }
    p->at += len;
    return true;
}

static bool parse_bracket(Parse *p) {
    p->at++;
    if (!(peek(p) == '"' ? parse_quoted(p) : parse_element(p))) return false;
    if (peek(p) != ']') return fail(p, "']' was expected");
    p->at++;
    return true;
}

static bool parse_steps(Parse *p) {
    while (p->at < p->text.len) {
        if (peek(p) == '[') {
            if (!parse_bracket(p)) return false;
            continue;
        }
        if (p->at > 0) {
            if (peek(p) != '.') return fail(p, "'.' or '[' was expected");
            p->at++;
        }
        if (!parse_word(p)) return false;
    }
    return true;
}

bool path_parse(Arena *a, Str text, Path *out, Error *err) {
    Parse p = {.arena = a, .text = text, .err = err};
    bool ok = parse_steps(&p);
    Step *steps = arena_array(a, Step, p.steps.len);
    for (size_t i = 0; i < p.steps.len; i++) steps[i] = p.steps.items[i];
    *out = (Path){steps, p.steps.len};
    vec_release(&p.steps);
    return ok;
}

typedef struct Walk {
    const Path *path;
    PathVisit visit;
    void *context;
    bool unknown;
} Walk;

static bool follow(Walk *w, size_t step, const Node *n);

static bool follow_key(Walk *w, size_t step, const Node *n) {
    const Node *child = node_child(n, w->path->steps[step].key);
    if (!child && n->templated) w->unknown = true;
    return !child || follow(w, step + 1, child);
}

/* Is this item one of those that [key=text] means? A hidden text makes the answer unknown. */
static bool item_matches(Walk *w, const Step *s, const Node *item) {
    const Node *value = node_child(item, s->key);
    if (value ? value->templated : item && item->templated) w->unknown = true;
    return node_is(value, s->text);
}

static bool follow_items(Walk *w, size_t step, const Node *n) {
    const Step *s = &w->path->steps[step];
    uint32_t i = 0;
    if (n->templated) w->unknown = true;
    NODE_EACH (child, n) {
        const Node *item = node_resolve(child);
        bool wanted = s->kind == STEP_INDEX        ? i == s->index
                      : s->kind == STEP_ITEM_WHERE ? item_matches(w, s, item)
                                                   : true;
        if (wanted && item && !follow(w, step + 1, item)) return false;
        i++;
    }
    return true;
}

/* Recursion is bounded by LIMIT_DEPTH. */
static bool follow_deep(Walk *w, size_t step, const Node *n) {
    if (!follow(w, step + 1, n)) return false;
    NODE_EACH (child, n)
        if (child->kind != NODE_ALIAS && !follow_deep(w, step, child)) return false;
    return true;
}

static bool follow(Walk *w, size_t step, const Node *n) {
    if (step == w->path->count) return w->visit(w->context, n);
    StepKind kind = w->path->steps[step].kind;
    if (kind == STEP_ANY_DEPTH) return follow_deep(w, step, n);
    NodeKind wants = kind == STEP_KEY || kind == STEP_EACH_VALUE ? NODE_MAP : NODE_SEQ;
    if (n->kind != wants) {
        if (n->templated) w->unknown = true;
        return true;
    }
    return kind == STEP_KEY ? follow_key(w, step, n) : follow_items(w, step, n);
}

bool path_each(const Path *p, const Node *root, PathVisit visit, void *context, bool *unknown) {
    Walk w = {.path = p, .visit = visit, .context = context};
    root = node_resolve(root);
    bool all = !root || follow(&w, 0, root);
    if (unknown && w.unknown) *unknown = true;
    return all;
}

static bool keep_first(void *context, const Node *found) {
    *(const Node **)context = found;
    return false;
}

const Node *path_first(const Path *p, const Node *root) {
    const Node *found = NULL;
    path_each(p, root, keep_first, &found, NULL);
    return found;
}

void path_write_key(Buf *out, Str key) {
    if (key.len && key_length(key) == key.len) {
        if (out->len) buf_add_char(out, '.');
        buf_add(out, key);
        return;
    }
    buf_add(out, STR("[\""));
    json_escape(out, key);
    buf_add(out, STR("\"]"));
}

static uint32_t index_of(const Node *n) {
    uint32_t i = 0;
    NODE_EACH (child, n->parent) {
        if (child == n) break;
        i++;
    }
    return i;
}

/* From the root down; recursion is bounded by LIMIT_DEPTH. */
static void write_steps(Buf *out, const Node *root, const Node *n) {
    if (!n || n == root || !n->parent) return;
    write_steps(out, root, n->parent);
    if (n->key)
        path_write_key(out, n->key->value);
    else if (n->parent->kind == NODE_SEQ)
        buf_addf(out, "[%u]", index_of(n));
}

void path_write(Buf *out, const Node *root, const Node *n) {
    Buf path = {0};
    write_steps(&path, root, n);
    buf_add(out, buf_str(&path));
    buf_release(&path);
}
