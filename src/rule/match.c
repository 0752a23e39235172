/* Rules' questions put to a resource. */
#include "rule/match.h"

#include "base/glob.h"
#include "base/memory.h"

#include <stdlib.h>

Regex **rule_regexes_new(const RuleSet *set) {
    Regex **regexes = mem_zero((set->pattern_count + 1) * sizeof *regexes);
    for (size_t i = 0; i < set->pattern_count; i++) regexes[i] = regex_new(set->patterns[i]);
    return regexes;
}

void rule_regexes_free(const RuleSet *set, Regex **regexes) {
    for (size_t i = 0; regexes && i < set->pattern_count; i++) regex_free(regexes[i]);
    free(regexes);
}

static bool list_has(const StrList *list, Str text) {
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->items[i], text)) return true;
    }
    return false;
}

static bool globs_match(const StrList *globs, Str text) {
    for (size_t i = 0; i < globs->len; i++) {
        if (glob_match(globs->items[i], text)) return true;
    }
    return false;
}

bool identity_matches(const ResourceMatch *match, const Identity *identity) {
    return (match->kinds.len == 0 || list_has(&match->kinds, identity->kind)) &&
           (match->groups.len == 0 || list_has(&match->groups, identity->group)) &&
           (match->versions.len == 0 || list_has(&match->versions, identity->version)) &&
           (match->names.len == 0 || globs_match(&match->names, identity->name));
}

static Kleene kleene_not(Kleene k) {
    return k == UNKNOWN ? UNKNOWN : k == YES ? NO : YES;
}

static Kleene kleene_or(Kleene a, Kleene b) {
    if (a == YES || b == YES) return YES;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO;
}

static Kleene kleene_and(Kleene a, Kleene b) {
    if (a == NO || b == NO) return NO;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
}

static Kleene kleene(bool yes) {
    return yes ? YES : NO;
}

static Kleene judge_exists(const Node *n) {
    if (n->kind != NODE_SCALAR) return YES;
    /* What a template prints may be empty, and an empty value is null. */
    if (n->templated) return UNKNOWN;
    return kleene(!node_is_null(n));
}

static Kleene judge_pattern(const Ask *ask, Str text, Matcher *m) {
    RegexMatch found;
    switch (regex_find(m->regexes[ask->regex], m->scratch, text, 0, &found)) {
    case REGEX_FOUND: return YES;
    case REGEX_NONE: return NO;
    case REGEX_LIMIT: break;
    }
    m->limit_hit = true;
    return UNKNOWN;
}

static Kleene judge_number(const Ask *ask, const Node *n) {
    double number;
    if (!node_number(n, &number)) return NO;
    return kleene(ask->kind == ASK_LESS ? number < ask->number : number > ask->number);
}

static Kleene judge_type(const Ask *ask, const Node *n) {
    bool plain = n->style == STYLE_PLAIN && !n->tag.len;
    return kleene((plain ? plain_value(n->value).kind : PLAIN_STRING) == ask->type);
}

/* A path has followed aliases, and an anchored node may be met under the key of another. */
static Kleene judge_key(const Ask *ask, const Node *n, Matcher *m) {
    if (!n->key) return NO;
    if (n->anchor.len || n->key->templated) return UNKNOWN;
    return judge_pattern(ask, n->key->value, m);
}

/* One node that the path led to. */
static Kleene judge_node(const Ask *ask, const Node *found, Matcher *m) {
    const Node *n = node_resolve(found);
    if (!n) return UNKNOWN; /* an alias that stands for nothing */
    if (ask->kind == ASK_EXISTS || ask->kind == ASK_ABSENT) return judge_exists(n);
    if (ask->kind == ASK_KEY) return judge_key(ask, n, m);
    if (ask->kind == ASK_NODE) return ask_judge(&ask->parts[0], n, m);
    if (n->kind != NODE_SCALAR) return NO;
    if (n->templated) return UNKNOWN;
    if (ask->kind == ASK_EQUALS) return kleene(list_has(&ask->texts, n->value));
    if (ask->kind == ASK_MATCHES) return judge_pattern(ask, n->value, m);
    if (ask->kind == ASK_TYPE) return judge_type(ask, n);
    return judge_number(ask, n);
}

typedef struct Walk {
    const Ask *ask;
    Matcher *matcher;
    Kleene any;
    size_t count;
} Walk;

static bool visit_node(void *context, const Node *found) {
    Walk *walk = context;
    walk->any = kleene_or(walk->any, judge_node(walk->ask, found, walk->matcher));
    return walk->any != YES;
}

static bool visit_count(void *context, const Node *found) {
    (void)found;
    Walk *walk = context;
    walk->count++;
    return (double)walk->count < walk->ask->number;
}

static Kleene judge_path(const Ask *ask, const Node *resource, Matcher *m) {
    Walk walk = {.ask = ask, .matcher = m, .any = NO};
    bool hidden = false;
    path_each(&ask->path, resource, visit_node, &walk, &hidden);
    Kleene any = kleene_or(walk.any, hidden ? UNKNOWN : NO);
    return ask->kind == ASK_ABSENT ? kleene_not(any) : any;
}

/* Takes what the path leads to, one scalar, off the front of the text. */
static Kleene take_joined(const Path *path, const Node *resource, Str *rest) {
    const Node *n = node_resolve(path_first(path, resource));
    if (!n || n->kind != NODE_SCALAR || n->templated || !n->value.len) return UNKNOWN;
    if (!str_starts(*rest, n->value)) return NO;
    *rest = str_from_offset(*rest, n->value.len);
    return YES;
}

/* What is missing or hidden leaves it unknown, whatever the rest says. */
static Kleene judge_joined(const Ask *ask, const Node *resource) {
    const Node *n = node_resolve(path_first(&ask->path, resource));
    if (!n || n->kind != NODE_SCALAR || n->templated) return n ? UNKNOWN : NO;
    Str rest = n->value;
    Kleene same = YES;
    for (size_t i = 0; i < ask->join_count; i++) {
        if (i && same == YES && !str_starts(rest, ask->with)) same = NO;
        if (i && same == YES) rest = str_from_offset(rest, ask->with.len);
        Kleene taken = take_joined(&ask->joins[i], resource, &rest);
        if (taken == UNKNOWN) return UNKNOWN;
        same = kleene_and(same, taken);
    }
    return same == YES ? kleene(!rest.len) : same;
}

static Kleene judge_count(const Ask *ask, const Node *resource) {
    Walk walk = {.ask = ask};
    bool hidden = false;
    path_each(&ask->path, resource, visit_count, &walk, &hidden);
    if ((double)walk.count >= ask->number) return YES;
    return hidden ? UNKNOWN : NO;
}

static Kleene judge_all(const Ask *ask, const Node *resource, Matcher *m) {
    Kleene all = YES;
    for (size_t i = 0; i < ask->part_count && all != NO; i++) {
        all = kleene_and(all, ask_judge(&ask->parts[i], resource, m));
    }
    return all;
}

static Kleene judge_any(const Ask *ask, const Node *resource, Matcher *m) {
    Kleene any = NO;
    for (size_t i = 0; i < ask->part_count && any != YES; i++) {
        any = kleene_or(any, ask_judge(&ask->parts[i], resource, m));
    }
    return any;
}

Kleene ask_judge(const Ask *ask, const Node *resource, Matcher *m) {
    switch (ask->kind) {
    case ASK_ALL: return judge_all(ask, resource, m);
    case ASK_ANY: return judge_any(ask, resource, m);
    case ASK_NOT: return kleene_not(ask_judge(&ask->parts[0], resource, m));
    case ASK_COUNT_MIN: return judge_count(ask, resource);
    case ASK_JOINED: return judge_joined(ask, resource);
    default: return judge_path(ask, resource, m);
    }
}

Kleene resource_matches(const ResourceMatch *match, const Identity *identity, const Node *resource,
                        Matcher *m) {
    if (!identity_matches(match, identity)) return NO;
    return match->where ? ask_judge(match->where, resource, m) : YES;
}
