/* The questions of a rule: `where: {path: spec.variants, exists: true}`. */
#include "rule/load_rule.h"

#include "base/regex.h"

enum { COUNT_LIMIT = 1000000 };

static const Str ask_keys[] = {STR_INIT("path"),    STR_INIT("exists"), STR_INIT("equals"),
                               STR_INIT("matches"), STR_INIT("less"),   STR_INIT("greater"),
                               STR_INIT("count"),   STR_INIT("all"),    STR_INIT("any"),
                               STR_INIT("not"),     STR_INIT("key"),    STR_INIT("where"),
                               STR_INIT("type"),    STR_INIT("joins"),  STR_INIT("with")};
enum { ASK_KEYS = sizeof ask_keys / sizeof *ask_keys };

static bool load_exists(Loader *l, const Node *n, Ask *out) {
    bool exists;
    if (!loader_bool(l, n, "'exists'", &exists)) return false;
    out->kind = exists ? ASK_EXISTS : ASK_ABSENT;
    return true;
}

static bool load_equals(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_EQUALS;
    return loader_list(l, n, "'equals'", &out->texts);
}

bool load_expression(Loader *l, const Node *n, const char *what, Str *out) {
    size_t offset = 0;
    Error err;
    if (!loader_text(l, n, what, out)) return false;
    return regex_check(*out, &offset, &err) ||
           loader_fail_in(l, node_resolve(n), offset, "%s is no regular expression: %s", what,
                          err.text);
}

static bool load_matches(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_MATCHES;
    return load_expression(l, n, "'matches'", &out->pattern);
}

static bool load_key(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_KEY;
    return load_expression(l, n, "'key'", &out->pattern);
}

static bool load_type(Loader *l, const Node *n, Ask *out) {
    static const Str types[] = {[PLAIN_STRING] = STR_INIT("text"),
                                [PLAIN_NULL] = STR_INIT("null"),
                                [PLAIN_BOOLEAN] = STR_INIT("boolean"),
                                [PLAIN_NUMBER] = STR_INIT("number")};
    size_t index;
    out->kind = ASK_TYPE;
    if (!loader_choice(l, n, "type", types, sizeof types / sizeof *types, &index)) return false;
    out->type = (PlainKind)index;
    return true;
}

/* The paths of the texts; what stands between them is beside it. */
static bool load_joins(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_JOINED;
    if (!n || n->kind != NODE_SEQ || n->count == 0)
        return loader_fail(l, n, "'joins' must be a list of paths");
    Path *paths = arena_array(l->arena, Path, n->count);
    out->joins = paths;
    out->join_count = n->count;
    NODE_EACH (item, n)
        if (!loader_path(l, item, "'joins'", paths++)) return false;
    const Node *with = node_child(n->parent, STR("with"));
    return !with || loader_text(l, with, "'with'", &out->with);
}

static bool load_less(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_LESS;
    return loader_number(l, n, "'less'", &out->number);
}

static bool load_greater(Loader *l, const Node *n, Ask *out) {
    out->kind = ASK_GREATER;
    return loader_number(l, n, "'greater'", &out->number);
}

/* Only ">=N": fewer can be said with `not`. */
static bool load_count(Loader *l, const Node *n, Ask *out) {
    Str text;
    uint64_t count = 0;
    out->kind = ASK_COUNT_MIN;
    if (!loader_text(l, n, "'count'", &text)) return false;
    if (!str_starts(text, STR(">=")) || !str_to_u64(str_trim(str_from_offset(text, 2)), &count) ||
        count < 1 || count > COUNT_LIMIT) {
        return loader_fail(l, n, "'count' must be \">=N\" with N from 1, not '" STR_FMT "'",
                           STR_ARG(text));
    }
    out->number = (double)count;
    return true;
}

static bool load_parts(Loader *l, const Node *list, AskKind kind, Ask *out) {
    if (list->kind != NODE_SEQ || list->count == 0) {
        return loader_fail(l, list, "'%s' must be a list of questions",
                           kind == ASK_ALL ? "all" : "any");
    }
    Ask *parts = arena_array(l->arena, Ask, list->count);
    *out = (Ask){.kind = kind, .parts = parts, .part_count = list->count};
    NODE_EACH (item, list) {
        if (!load_ask(l, item, parts++)) return false;
    }
    return true;
}

static bool load_all(Loader *l, const Node *n, Ask *out) {
    return load_parts(l, n, ASK_ALL, out);
}

static bool load_any(Loader *l, const Node *n, Ask *out) {
    return load_parts(l, n, ASK_ANY, out);
}

static bool load_part(Loader *l, const Node *n, AskKind kind, Ask *out) {
    Ask *part = arena_new(l->arena, Ask);
    *out = (Ask){.kind = kind, .parts = part, .part_count = 1};
    return load_ask(l, n, part);
}

static bool load_not(Loader *l, const Node *n, Ask *out) {
    return load_part(l, n, ASK_NOT, out);
}

/* Of one node that the path leads to. */
static bool load_where(Loader *l, const Node *n, Ask *out) {
    return load_part(l, n, ASK_NODE, out);
}

typedef struct Question {
    Str key;
    bool (*load)(Loader *l, const Node *n, Ask *out);
    bool needs_path;
} Question;

static const Question questions[] = {
    {STR_INIT("exists"), load_exists, true},   {STR_INIT("equals"), load_equals, true},
    {STR_INIT("matches"), load_matches, true}, {STR_INIT("less"), load_less, true},
    {STR_INIT("greater"), load_greater, true}, {STR_INIT("count"), load_count, true},
    {STR_INIT("all"), load_all, false},        {STR_INIT("any"), load_any, false},
    {STR_INIT("not"), load_not, false},        {STR_INIT("key"), load_key, true},
    {STR_INIT("where"), load_where, true},     {STR_INIT("type"), load_type, true},
    {STR_INIT("joins"), load_joins, true},
};

/* The one question that the mapping asks; NULL when it asks none or several. */
static const Question *find_question(const Node *map) {
    const Question *found = NULL;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (!node_child(map, questions[i].key)) continue;
        if (found) return NULL;
        found = &questions[i];
    }
    return found;
}

bool load_ask(Loader *l, const Node *n, Ask *out) {
    n = node_resolve(n);
    if (n && n->kind == NODE_SEQ) return load_parts(l, n, ASK_ALL, out);
    if (!loader_keys(l, n, "a question", ask_keys, ASK_KEYS)) return false;
    const Question *question = find_question(n);
    if (!question) {
        return loader_fail(l, n,
                           "a question needs exactly one of 'exists', 'equals', 'matches', 'less', "
                           "'greater', 'count', 'type', 'joins', 'key', 'where', 'all', 'any' and "
                           "'not'");
    }
    const Node *path = node_child(n, STR("path")), *with = node_child(n, STR("with"));
    if (with && !node_child(n, STR("joins")))
        return loader_fail(l, with, "'with' has a meaning beside 'joins' only");
    if (question->needs_path != (path != NULL)) {
        return loader_fail(l, n, "'" STR_FMT "' %s", STR_ARG(question->key),
                           path ? "takes no 'path'" : "needs a 'path'");
    }
    if (!question->load(l, node_resolve(node_child(n, question->key)), out)) return false;
    return !path || loader_path(l, path, "'path'", &out->path);
}
