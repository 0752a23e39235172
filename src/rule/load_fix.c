/* The `fix` of a rule: code, steps, a text, or part of another rule's fix. */
#include "rule/load_rule.h"

#include "base/regex.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The value under a key that must be there. */
static const Node *require(Loader *l, const Node *map, const char *what, Str key) {
    const Node *value = node_child(map, key);
    if (!value) loader_fail(l, map, "missing required key '" STR_FMT "' in %s", STR_ARG(key), what);
    return value;
}

static const char *quoted(Loader *l, Str key) {
    return str_format(l->arena, "'" STR_FMT "'", STR_ARG(key)).data;
}

/* ---- Steps ---- */

/* A step changes one place: what leads to several would need an order of its own among them. */
static bool load_place(Loader *l, const Node *map, const char *what, Str key, Path *out) {
    const Node *n = require(l, map, what, key);
    if (!n || !loader_path(l, n, quoted(l, key), out)) return false;
    if (out->count == 0) return loader_fail(l, n, "a step cannot be about the whole resource");
    for (size_t i = 0; i < out->count; i++) {
        StepKind kind = out->steps[i].kind;
        if (kind == STEP_EACH_ITEM || kind == STEP_EACH_VALUE || kind == STEP_ANY_DEPTH) {
            return loader_fail(l, n, "the path of a step leads to one place, without '*'");
        }
    }
    return true;
}

/* A place under a key, for what writes that key. */
static bool load_key_place(Loader *l, const Node *map, const char *what, Str key, Path *out) {
    if (!load_place(l, map, what, key, out)) return false;
    return out->steps[out->count - 1].kind == STEP_KEY ||
           loader_fail(l, node_child(map, key), "this path must end with a key");
}

static bool load_value(Loader *l, const Node *map, const char *what, Str key, const Rule *rule,
                       Str *out) {
    const Node *n = require(l, map, what, key);
    return n && load_template(l, n, quoted(l, key), rule, message_hole_fault, out);
}

static bool load_flag(Loader *l, const Node *map, Str key, bool *out) {
    const Node *n = node_child(map, key);
    return !n || loader_bool(l, n, quoted(l, key), out);
}

static bool has_holes(Str template) {
    return str_find_char(template, '{') != STR_NONE;
}

/* `to: 3` would come out as "3", in quotes: who writes it must say which of the two is meant. */
static bool load_type(Loader *l, const Node *map, ChangeStep *out) {
    static const Str types[] = {STR_INIT("string"), STR_INIT("plain")};
    const Node *type = node_child(map, STR("type")), *to = node_child(map, STR("to"));
    size_t index = 0;
    bool typed = plain_is_typed(out->value);
    if (!type && to->style == STYLE_PLAIN && typed) {
        return loader_fail(l, to, "'" STR_FMT "' needs 'type: plain', or 'type: string' for quotes",
                           STR_ARG(out->value));
    }
    if (type && !loader_choice(l, type, "type", types, COUNT(types), &index)) return false;
    out->plain = index == 1;
    return !out->plain || typed || has_holes(out->value) ||
           loader_fail(l, to, "'" STR_FMT "' is a string, so it cannot be plain",
                       STR_ARG(out->value));
}

static bool load_set(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    return load_place(l, map, "'set'", STR("path"), &out->path) &&
           load_value(l, map, "'set'", STR("to"), rule, &out->value) && load_type(l, map, out);
}

static bool load_rename(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    if (!load_key_place(l, map, "'rename'", STR("path"), &out->path)) return false;
    if (!load_value(l, map, "'rename'", STR("to"), rule, &out->value)) return false;
    return out->value.len || loader_fail(l, node_child(map, STR("to")), "the new key is empty");
}

static bool load_move(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    (void)rule;
    return load_place(l, map, "'move'", STR("path"), &out->path) &&
           load_key_place(l, map, "'move'", STR("to"), &out->to) &&
           load_flag(l, map, STR("prune"), &out->prune);
}

static bool load_drop(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    (void)rule;
    if (!load_place(l, map, "'drop'", STR("path"), &out->path)) return false;
    const Node *because = require(l, map, "'drop'", STR("because"));
    return because && loader_text(l, because, "'because'", &out->value) &&
           load_flag(l, map, STR("harmless"), &out->harmless) &&
           load_flag(l, map, STR("prune"), &out->prune);
}

static bool load_replace(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    if (!load_place(l, map, "'replace'", STR("path"), &out->path)) return false;
    const Node *find = require(l, map, "'replace'", STR("find"));
    if (!find || !loader_text(l, find, "'find'", &out->find)) return false;
    if (out->find.len == 0) return loader_fail(l, find, "there is nothing to find");
    return load_value(l, map, "'replace'", STR("by"), rule, &out->value);
}

static bool load_add(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    return load_place(l, map, "'add'", STR("path"), &out->path) &&
           load_value(l, map, "'add'", STR("to"), rule, &out->value);
}

static bool load_quote(Loader *l, const Node *map, const Rule *rule, ChangeStep *out) {
    (void)rule;
    return load_place(l, map, "'quote'", STR("path"), &out->path);
}

typedef struct StepForm {
    const char *what;
    bool (*load)(Loader *l, const Node *map, const Rule *rule, ChangeStep *out);
    Str keys[4];
} StepForm;

enum { STEP_FORMS = 7 };

static const Str step_names[STEP_FORMS] = {
    [CHANGE_SET] = STR_INIT("set"),         [CHANGE_RENAME] = STR_INIT("rename"),
    [CHANGE_MOVE] = STR_INIT("move"),       [CHANGE_DROP] = STR_INIT("drop"),
    [CHANGE_REPLACE] = STR_INIT("replace"), [CHANGE_ADD] = STR_INIT("add"),
    [CHANGE_QUOTE] = STR_INIT("quote"),
};

static const StepForm step_forms[STEP_FORMS] = {
    [CHANGE_SET] = {"'set'", load_set, {STR_INIT("path"), STR_INIT("to"), STR_INIT("type")}},
    [CHANGE_RENAME] = {"'rename'", load_rename, {STR_INIT("path"), STR_INIT("to")}},
    [CHANGE_MOVE] = {"'move'", load_move, {STR_INIT("path"), STR_INIT("to"), STR_INIT("prune")}},
    [CHANGE_DROP] = {"'drop'",
                     load_drop,
                     {STR_INIT("path"), STR_INIT("because"), STR_INIT("harmless"),
                      STR_INIT("prune")}},
    [CHANGE_REPLACE] = {"'replace'",
                        load_replace,
                        {STR_INIT("path"), STR_INIT("find"), STR_INIT("by")}},
    [CHANGE_ADD] = {"'add'", load_add, {STR_INIT("path"), STR_INIT("to")}},
    [CHANGE_QUOTE] = {"'quote'", load_quote, {STR_INIT("path")}},
};

static bool load_step(Loader *l, const Node *n, const Rule *rule, ChangeStep *out) {
    n = node_resolve(n);
    if (!loader_keys(l, n, "a step", step_names, STEP_FORMS)) return false;
    if (n->count != 1) {
        return loader_fail(l, n,
                           "a step is exactly one of 'set', 'rename', 'move', 'drop', 'replace', "
                           "'add' and 'quote'");
    }
    size_t kind = 0, keys = 0;
    while (!str_eq(step_names[kind], n->first->key->value)) kind++;
    const StepForm *form = &step_forms[kind];
    const Node *map = node_child(n, step_names[kind]);
    while (keys < COUNT(form->keys) && form->keys[keys].len) keys++;
    *out = (ChangeStep){.kind = (ChangeStepKind)kind};
    return loader_keys(l, map, form->what, form->keys, keys) && form->load(l, map, rule, out);
}

static bool load_steps(Loader *l, const Node *n, Rule *rule) {
    if (n->kind != NODE_SEQ || n->count == 0) {
        return loader_fail(l, n, "'steps' must be a list of steps");
    }
    ChangeStep *steps = arena_array(l->arena, ChangeStep, n->count);
    rule->fix.steps = steps;
    rule->fix.step_count = n->count;
    NODE_EACH (item, n) {
        if (!load_step(l, item, rule, steps)) return false;
        if (rule->fix.safety == FIX_SAFE && steps->kind == CHANGE_DROP && !steps->harmless) {
            return loader_fail(l, item, "a safe fix drops only what is 'harmless: true'");
        }
        steps++;
    }
    return true;
}

/* ---- The other forms ---- */

/* Which conversions there are is asked when all rules are there: fix_test.c, app/rules.c. */
static bool load_convert(Loader *l, const Node *n, Rule *rule) {
    if (!loader_text(l, n, "'convert'", &rule->fix.conversion)) return false;
    return is_rule_name(rule->fix.conversion) ||
           loader_fail(l, n, "'convert' must be words-with-dashes, not '" STR_FMT "'",
                       STR_ARG(rule->fix.conversion));
}

static const char *replacement_hole_fault(Loader *l, const Rule *rule, Str hole) {
    if (rule->match != MATCH_TEXT) return message_hole_fault(l, rule, hole);
    if (str_eq(hole, STR("match"))) return NULL;
    if (hole.len != 1 || hole.data[0] < '1' || hole.data[0] > '9') {
        return ": a replacement has {match} and {1} to {9}";
    }
    size_t group = (size_t)(hole.data[0] - '0');
    return group <= regex_group_count(rule->pattern) ? NULL : ": there is no such group in 'text'";
}

static bool load_replacement(Loader *l, const Node *n, Rule *rule) {
    if (rule->match == MATCH_RESOURCE && (!rule->each || rule->resource.documents))
        return loader_fail(l, n, "'replace' in resources needs 'each': what is pointed at");
    return load_template(l, n, "'replace'", rule, replacement_hole_fault, &rule->fix.replacement);
}

static bool load_follow(Loader *l, const Node *n, Rule *rule) {
    StrList *ids = &rule->fix.follow;
    if (rule->refers.none)
        return loader_fail(l, n, "there is nothing to follow: 'refers' says none");
    if (!loader_list(l, n, "'follow'", ids)) return false;
    for (size_t i = 0; i < ids->len; i++) {
        const Node *at = n->kind == NODE_SEQ ? node_item(n, (uint32_t)i) : n;
        if (!is_rule_id(ids->items[i])) {
            return loader_fail(l, at, "'follow' must name rules by their ids, not '" STR_FMT "'",
                               STR_ARG(ids->items[i]));
        }
        if (str_eq(ids->items[i], rule->id))
            return loader_fail(l, at, "a rule cannot follow itself");
    }
    return true;
}

static bool load_fix_instead(Loader *l, const Node *n, Rule *rule) {
    if (!node_is(n, STR("true"))) return loader_fail(l, n, "'instead' can only be true");
    return rule->refers.instead.count ||
           loader_fail(l, n, "'refers' does not say what is meant instead");
}

/* ---- Safety, title and assumption ---- */

static bool is_sentence(Str text) {
    return text.len && str_find_char(text, '\n') == STR_NONE && !str_ends(text, STR("."));
}

static bool load_title(Loader *l, const Node *fix, Rule *rule) {
    const Node *n = require(l, fix, "'fix'", STR("title"));
    Str *title = &rule->fix.title;
    if (!n || !load_template(l, n, "'title'", rule, message_hole_fault, title)) return false;
    return is_sentence(*title) ||
           loader_fail(l, n, "'title' must be one line, without a full stop");
}

/* Without holes: an assumption holds for every finding of the rule. */
static bool load_assumes(Loader *l, const Node *n, Rule *rule) {
    Str *assumes = &rule->fix.assumes;
    if (!loader_text(l, n, "'assumes'", assumes)) return false;
    return (is_sentence(*assumes) && !has_holes(*assumes)) ||
           loader_fail(l, n, "'assumes' must be one line, without holes and without a full stop");
}

static bool load_safety(Loader *l, const Node *fix, Rule *rule) {
    static const Str levels[] = {[FIX_SAFE] = STR_INIT("safe"), [FIX_REVIEW] = STR_INIT("review")};
    size_t index = 0;
    const Node *n = require(l, fix, "'fix'", STR("safety"));
    if (!n || !loader_choice(l, n, "safety", levels, COUNT(levels), &index)) return false;
    rule->fix.safety = (FixSafety)index;
    return true;
}

static bool load_words(Loader *l, const Node *fix, Rule *rule) {
    if (!load_safety(l, fix, rule) || !load_title(l, fix, rule)) return false;
    const Node *assumes = node_child(fix, STR("assumes"));
    if (rule->fix.safety == FIX_SAFE && assumes) {
        return loader_fail(l, assumes, "a safe fix assumes nothing: make it a review");
    }
    if (rule->fix.safety == FIX_REVIEW && !assumes) {
        return loader_fail(l, fix, "a review needs 'assumes': what somebody must check");
    }
    return !assumes || load_assumes(l, assumes, rule);
}

/* ---- The whole ---- */

typedef struct FixForm {
    Str key;
    FixKind kind;
    bool (*load)(Loader *l, const Node *n, Rule *rule);
    bool has_words;           /* safety, title and assumes stand beside it */
    MatchKind matches[3];     /* of the rules that can have it */
    const char *can_be_fixed; /* what those find */
} FixForm;

static const FixForm forms[] = {
    {STR_INIT("convert"),
     FIX_CONVERT,
     load_convert,
     false,
     {MATCH_RESOURCE, MATCH_REFERS, MATCH_REFERS},
     "resources"},
    {STR_INIT("steps"),
     FIX_STEPS,
     load_steps,
     true,
     {MATCH_RESOURCE, MATCH_REFERS, MATCH_REFERS},
     "resources"},
    {STR_INIT("replace"),
     FIX_REPLACE,
     load_replacement,
     true,
     {MATCH_TEXT, MATCH_COMMAND, MATCH_RESOURCE},
     "lines, commands and resources"},
    {STR_INIT("follow"),
     FIX_FOLLOW,
     load_follow,
     false,
     {MATCH_REFERS, MATCH_REFERS, MATCH_REFERS},
     "what 'refers'"},
    {STR_INIT("instead"),
     FIX_INSTEAD,
     load_fix_instead,
     false,
     {MATCH_REFERS, MATCH_REFERS, MATCH_REFERS},
     "what 'refers'"},
};

static const FixForm *find_form(const Node *fix) {
    const FixForm *found = NULL;
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (!node_child(fix, forms[i].key)) continue;
        if (found) return NULL;
        found = &forms[i];
    }
    return found;
}

/* The words beside it are for those forms that do not find them out themselves. */
static bool check_words(Loader *l, const Node *fix, const FixForm *form) {
    NODE_EACH (child, fix) {
        if (form->has_words || str_eq(child->key->value, form->key)) continue;
        return loader_fail(l, child->key, "'" STR_FMT "' has no meaning beside '" STR_FMT "'",
                           STR_ARG(child->key->value), STR_ARG(form->key));
    }
    return true;
}

bool load_fix(Loader *l, const Node *n, Rule *rule) {
    static const Str keys[] = {STR_INIT("convert"), STR_INIT("steps"),  STR_INIT("replace"),
                               STR_INIT("follow"),  STR_INIT("safety"), STR_INIT("title"),
                               STR_INIT("assumes"), STR_INIT("only"),   STR_INIT("together"),
                               STR_INIT("instead")};
    if (!loader_keys(l, n, "'fix'", keys, COUNT(keys))) return false;
    const FixForm *form = find_form(n);
    if (!form) {
        return loader_fail(l, n,
                           "'fix' needs exactly one of 'convert', 'steps', 'replace', 'follow' and "
                           "'instead'");
    }
    const Node *value = node_child(n, form->key);
    bool fits = false;
    for (size_t i = 0; i < COUNT(form->matches); i++) fits |= rule->match == form->matches[i];
    if (!fits) {
        return loader_fail(l, value, "'" STR_FMT "' has a meaning for %s only", STR_ARG(form->key),
                           form->can_be_fixed);
    }
    rule->fix.kind = form->kind;
    const Node *only = node_child(n, STR("only")), *together = node_child(n, STR("together"));
    if (together && form->kind != FIX_REPLACE)
        return loader_fail(l, together, "'together' has a meaning beside 'replace' only");
    if (together && !loader_bool(l, together, "'together'", &rule->fix.together)) return false;
    if (only && form->kind != FIX_REPLACE)
        return loader_fail(l, only, "'only' has a meaning beside 'replace' only");
    if (only && !load_fix_only(l, only, rule)) return false;
    return check_words(l, n, form) && (!form->has_words || load_words(l, n, rule)) &&
           form->load(l, value, rule);
}
