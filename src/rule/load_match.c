/* The `match` of a rule: which resources, which lines; commands are load_command.c's. */
#include "rule/load_rule.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What base/glob.h would take literally, not as meant: an open class, a lone final backslash. */
static const char *glob_fault(Str glob) {
    if (glob.len == 0) return "it is empty";
    for (size_t i = 0; i < glob.len; i++) {
        if (glob.data[i] == '\\' && ++i == glob.len) return "it ends with a backslash";
        if (glob.data[i] != '[') continue;
        /* A bracket that comes first in the class stands for itself. */
        size_t from = i + 1;
        if (from < glob.len && (glob.data[from] == '!' || glob.data[from] == '^')) from++;
        size_t close = str_find_char(str_from_offset(glob, from + 1), ']');
        if (close == STR_NONE) return "a '[' is not closed";
        i = from + 1 + close;
    }
    return NULL;
}

static bool load_globs(Loader *l, const Node *n, const char *what, StrList *out) {
    if (!loader_list(l, n, what, out)) return false;
    for (size_t i = 0; i < out->len; i++) {
        const char *fault = glob_fault(out->items[i]);
        if (!fault) continue;
        return loader_fail(l, n->kind == NODE_SEQ ? node_item(n, (uint32_t)i) : n,
                           "'" STR_FMT "' is no glob: %s", STR_ARG(out->items[i]), fault);
    }
    return true;
}

bool load_resource(Loader *l, const Node *n, const char *what, ResourceMatch *out) {
    static const Str keys[] = {STR_INIT("group"), STR_INIT("version"), STR_INIT("kind"),
                               STR_INIT("name"), STR_INIT("where")};
    if (!loader_keys(l, n, what, keys, COUNT(keys))) return false;
    const Node *group = node_child(n, STR("group")), *version = node_child(n, STR("version"));
    const Node *kind = node_child(n, STR("kind")), *name = node_child(n, STR("name"));
    const Node *where = node_child(n, STR("where"));
    if (group && !loader_list(l, group, "'group'", &out->groups)) return false;
    if (version && !loader_list(l, version, "'version'", &out->versions)) return false;
    if (kind && !loader_list(l, kind, "'kind'", &out->kinds)) return false;
    if (name && !load_globs(l, name, "'name'", &out->names)) return false;
    if (!where) return true;
    Ask *ask = arena_new(l->arena, Ask);
    out->where = ask;
    return load_ask(l, where, ask);
}

static bool load_each(Loader *l, const Node *n, const Each **out, size_t *count);

/* The metrics whose selectors are looked for in a text, and the label that is pointed at. */
static bool load_promql(Loader *l, const Node *n, Each *out) {
    static const Str keys[] = {STR_INIT("metrics"), STR_INIT("label")};
    if (!loader_keys(l, n, "'promql'", keys, COUNT(keys))) return false;
    const Node *metrics = node_child(n, STR("metrics")), *label = node_child(n, STR("label"));
    if (out->parts) return loader_fail(l, n, "'each' leads on, 'promql' does not");
    if (!metrics) return loader_fail(l, n, "missing required key 'metrics' in 'promql'");
    if (out->find.len && !label) return loader_fail(l, n, "'find' asks for the names of a 'label'");
    return loader_list(l, metrics, "'metrics'", &out->metrics) &&
           (!label || loader_text(l, label, "'label'", &out->label));
}

/* A path, or a mapping of one with what is asked and where it goes on from there. */
static bool load_one_each(Loader *l, const Node *n, Each *out) {
    static const Str keys[] = {STR_INIT("path"), STR_INIT("where"), STR_INIT("each"),
                               STR_INIT("find"), STR_INIT("promql")};
    n = node_resolve(n);
    if (!n || n->kind != NODE_MAP) return loader_path(l, n, "'each'", &out->path);
    if (!loader_keys(l, n, "'each'", keys, COUNT(keys))) return false;
    const Node *path = node_child(n, STR("path")), *where = node_child(n, STR("where"));
    const Node *each = node_child(n, STR("each")), *find = node_child(n, STR("find"));
    if (!path) return loader_fail(l, n, "missing required key 'path' in 'each'");
    if (!loader_path(l, path, "'path'", &out->path)) return false;
    if (where) {
        Ask *ask = arena_new(l->arena, Ask);
        out->where = ask;
        if (!load_ask(l, where, ask)) return false;
    }
    if (find && each) return loader_fail(l, find, "'find' has no meaning beside 'each'");
    if (find && !load_expression(l, find, "'find'", &out->find)) return false;
    const Node *promql = node_child(n, STR("promql"));
    return (!each || load_each(l, each, &out->parts, &out->part_count)) &&
           (!promql || load_promql(l, promql, out));
}

static bool load_each(Loader *l, const Node *n, const Each **out, size_t *count) {
    const Node *list = node_resolve(n);
    bool is_list = list && list->kind == NODE_SEQ;
    *count = is_list ? list->count : 1;
    if (*count == 0) return loader_fail(l, list, "'each' must not be an empty list");
    Each *each = arena_array(l->arena, Each, *count);
    memset(each, 0, *count * sizeof *each);
    *out = each;
    if (!is_list) return load_one_each(l, n, each);
    NODE_EACH (item, list) {
        if (!load_one_each(l, item, each++)) return false;
    }
    return true;
}

/* One path, or several of which the first that leads to a text counts. */
static bool load_by(Loader *l, const Node *n, Refers *out) {
    n = node_resolve(n);
    bool is_list = n && n->kind == NODE_SEQ && n->count;
    Path *paths = arena_array(l->arena, Path, is_list ? n->count : 1);
    out->by = paths;
    out->by_count = is_list ? n->count : 1;
    if (!is_list) return loader_path(l, n, "'by'", paths);
    NODE_EACH (item, n)
        if (!loader_path(l, item, "'by'", paths++)) return false;
    return true;
}

static bool load_instead(Loader *l, const Node *n, Refers *out) {
    if (!out->none) return loader_fail(l, n, "'instead' has a meaning beside 'none: true' only");
    Str text;
    if (!loader_text(l, n, "'instead'", &text)) return false;
    out->instead_hole = str_format(l->arena, "path:" STR_FMT, STR_ARG(text));
    return loader_path(l, n, "'instead'", &out->instead);
}

static bool load_unseen(Loader *l, const Node *n, Refers *out) {
    if (!out->none) return loader_fail(l, n, "'unseen' has a meaning beside 'none: true' only");
    static const Str words[] = {STR_INIT("note"), STR_INIT("nothing")};
    size_t index;
    if (!loader_choice(l, n, "unseen", words, COUNT(words), &index)) return false;
    out->unseen = index ? UNSEEN_NOTHING : UNSEEN_NOTE;
    return true;
}

/* The index knows no more than who an object is. */
static bool check_unread(Loader *l, const Node *n, const Refers *refers) {
    const ResourceMatch *to = &refers->to;
    if (!refers->unread) return true;
    if (!refers->none) return loader_fail(l, n, "'unread' has a meaning beside 'none: true' only");
    bool bare = to->groups.len && to->kinds.len && !to->versions.len && !to->names.len &&
                !to->where && !refers->by_count && !refers->instead.count;
    return bare || loader_fail(l, n, "'unread' takes 'group' and 'kind' in 'to', and nothing else");
}

/* An object without such a word would not be seen, and nobody could say that it is not there. */
static bool load_refers_literals(Loader *l, const Node *n, Refers *out) {
    if (out->none) return loader_fail(l, n, "'literals' has no meaning beside 'none: true'");
    return loader_literals(l, n, &out->literals);
}

static bool load_refers(Loader *l, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("to"),      STR_INIT("by"),     STR_INIT("any-namespace"),
                               STR_INIT("none"),    STR_INIT("unseen"), STR_INIT("instead"),
                               STR_INIT("certain"), STR_INIT("unread"), STR_INIT("literals")};
    rule->match = MATCH_REFERS;
    if (!loader_keys(l, n, "'refers'", keys, COUNT(keys))) return false;
    const Node *to = node_child(n, STR("to")), *any = node_child(n, STR("any-namespace"));
    const Node *none = node_child(n, STR("none"));
    if (!to) return loader_fail(l, n, "missing required key 'to' in 'refers'");
    if (!rule->each) return loader_fail(l, n, "'refers' needs 'each': the paths of the names");
    if (any && !loader_bool(l, any, "'any-namespace'", &rule->refers.any_namespace)) return false;
    if (none && !loader_bool(l, none, "'none'", &rule->refers.none)) return false;
    const Node *by = node_child(n, STR("by")), *instead = node_child(n, STR("instead"));
    if (by && !load_by(l, by, &rule->refers)) return false;
    const Node *unseen = node_child(n, STR("unseen")), *literals = node_child(n, STR("literals"));
    if (instead && !load_instead(l, instead, &rule->refers)) return false;
    if (unseen && !load_unseen(l, unseen, &rule->refers)) return false;
    const Node *certain = node_child(n, STR("certain")), *unread = node_child(n, STR("unread"));
    if (certain && !loader_bool(l, certain, "'certain'", &rule->refers.certain)) return false;
    if (certain && rule->refers.none)
        return loader_fail(l, certain, "'certain' has no meaning beside 'none: true'");
    if (unread && !loader_bool(l, unread, "'unread'", &rule->refers.unread)) return false;
    if (literals && !load_refers_literals(l, literals, &rule->refers)) return false;
    return load_resource(l, to, "'to'", &rule->refers.to) && check_unread(l, unread, &rule->refers);
}

static bool load_resource_match(Loader *l, const Node *match, const Node *resource, Rule *rule) {
    rule->match = MATCH_RESOURCE;
    const Node *each = node_child(match, STR("each")), *refers = node_child(match, STR("refers"));
    if (!load_resource(l, resource, "'resource'", &rule->resource)) return false;
    if (each && !load_each(l, each, &rule->each, &rule->each_count)) return false;
    const Node *files = node_child(match, STR("files"));
    if (files && refers) return loader_fail(l, files, "'files' has no meaning beside 'refers'");
    if (files && !load_globs(l, files, "'files'", &rule->files)) return false;
    return !refers || load_refers(l, refers, rule);
}

/* Trees that are no resources: dashboards, values of charts, rules of Prometheus. */
static bool load_document_match(Loader *l, const Node *match, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("files"), STR_INIT("where")};
    rule->match = MATCH_RESOURCE;
    rule->resource.documents = true;
    if (!loader_keys(l, n, "'document'", keys, COUNT(keys))) return false;
    const Node *files = node_child(n, STR("files")), *where = node_child(n, STR("where"));
    const Node *each = node_child(match, STR("each")), *refers = node_child(match, STR("refers"));
    if (!files) return loader_fail(l, n, "missing required key 'files' in 'document'");
    if (!each) return loader_fail(l, match, "missing required key 'each' beside 'document'");
    if (!load_globs(l, files, "'files'", &rule->files)) return false;
    if (where) {
        Ask *ask = arena_new(l->arena, Ask);
        rule->resource.where = ask;
        if (!load_ask(l, where, ask)) return false;
    }
    return load_each(l, each, &rule->each, &rule->each_count) &&
           (!refers || load_refers(l, refers, rule));
}

static bool load_text_match(Loader *l, const Node *match, const Node *text, Rule *rule) {
    rule->match = MATCH_TEXT;
    if (!load_expression(l, text, "'text'", &rule->pattern)) return false;
    const Node *files = node_child(match, STR("files"));
    if (!files) return loader_fail(l, match, "missing required key 'files' beside 'text'");
    const Node *unless = node_child(match, STR("unless"));
    if (unless && !loader_list(l, unless, "'unless'", &rule->unless)) return false;
    return load_globs(l, files, "'files'", &rule->files);
}

static bool load_builtin_match(Loader *l, const Node *match, const Node *builtin, Rule *rule) {
    (void)match;
    rule->match = MATCH_BUILTIN;
    if (node_is(builtin, STR("true"))) return true;
    return loader_fail(l, builtin, "'builtin' can only be true");
}

typedef struct MatchForm {
    Str key;
    bool (*load)(Loader *l, const Node *match, const Node *value, Rule *rule);
    Str companions[7]; /* the keys that may stand beside it */
} MatchForm;

static const MatchForm forms[] = {
    {STR_INIT("resource"),
     load_resource_match,
     {STR_INIT("each"), STR_INIT("refers"), STR_INIT("files")}},
    {STR_INIT("document"), load_document_match, {STR_INIT("each"), STR_INIT("refers")}},
    {STR_INIT("text"), load_text_match, {STR_INIT("files"), STR_INIT("unless")}},
    {STR_INIT("command"),
     load_command_match,
     {STR_INIT("except"), STR_INIT("subcommand"), STR_INIT("where"), STR_INIT("at"),
      STR_INIT("unless"), STR_INIT("holds"), STR_INIT("names")}},
    {STR_INIT("builtin"), load_builtin_match, {{NULL, 0}}},
};

static const MatchForm *find_form(const Node *match) {
    const MatchForm *found = NULL;
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (!node_child(match, forms[i].key)) continue;
        if (found) return NULL;
        found = &forms[i];
    }
    return found;
}

static bool is_companion(const MatchForm *form, Str key) {
    bool found = str_eq(key, form->key);
    for (size_t i = 0; i < COUNT(form->companions); i++) found |= str_eq(key, form->companions[i]);
    return found;
}

static bool check_companions(Loader *l, const Node *match, const MatchForm *form) {
    NODE_EACH (child, match) {
        Str key = child->key->value;
        if (is_companion(form, key)) continue;
        return loader_fail(l, child->key, "'" STR_FMT "' has no meaning beside '" STR_FMT "'",
                           STR_ARG(key), STR_ARG(form->key));
    }
    return true;
}

bool load_match(Loader *l, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("document"), STR_INIT("resource"),   STR_INIT("each"),
                               STR_INIT("refers"),   STR_INIT("text"),       STR_INIT("files"),
                               STR_INIT("command"),  STR_INIT("subcommand"), STR_INIT("except"),
                               STR_INIT("where"),    STR_INIT("at"),         STR_INIT("unless"),
                               STR_INIT("builtin"),  STR_INIT("holds"),      STR_INIT("names")};
    if (!loader_keys(l, n, "'match'", keys, COUNT(keys))) return false;
    const MatchForm *form = find_form(n);
    if (!form) {
        return loader_fail(
            l, n,
            "'match' needs exactly one of 'resource', 'document', 'text', 'command' and "
            "'builtin'");
    }
    return check_companions(l, n, form) && form->load(l, n, node_child(n, form->key), rule);
}
