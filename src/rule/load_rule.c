/* One rule: its keys, and what must hold between them. */
#include "rule/load_rule.h"

#include "base/regex.h"
#include "base/vec.h"
#include "rule/message.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool in_class(char c, const char *class) {
    return c && strchr(class, c);
}

#define DIGITS   "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL    "abcdefghijklmnopqrstuvwxyz"

static size_t span_of(Str text, size_t from, const char *class) {
    size_t end = from;
    while (end < text.len && in_class(text.data[end], class)) end++;
    return end - from;
}

bool is_rule_id(Str text) {
    size_t letters = span_of(text, 0, CAPITALS);
    size_t digits = span_of(text, letters, DIGITS);
    return letters && digits && letters + digits == text.len;
}

bool is_rule_name(Str text) {
    Str rest = text, word;
    bool good = text.len > 0 && !str_ends(text, STR("-"));
    while (good && str_split(&rest, '-', &word)) {
        good = word.len > 0 && span_of(word, 0, SMALL DIGITS) == word.len;
    }
    return good;
}

static bool load_id(Loader *l, const Node *n, Rule *rule) {
    if (!loader_text(l, n, "'id'", &rule->id)) return false;
    if (is_rule_id(rule->id)) return true;
    return loader_fail(l, n, "'id' must be capitals and digits as in KFT001, not '" STR_FMT "'",
                       STR_ARG(rule->id));
}

static bool load_name(Loader *l, const Node *n, Rule *rule) {
    if (!loader_text(l, n, "'name'", &rule->name)) return false;
    if (is_rule_name(rule->name)) return true;
    return loader_fail(l, n, "'name' must be words-with-dashes, not '" STR_FMT "'",
                       STR_ARG(rule->name));
}

static bool load_summary(Loader *l, const Node *n, Rule *rule) {
    if (!loader_text(l, n, "'summary'", &rule->summary)) return false;
    if (str_find_char(rule->summary, '\n') != STR_NONE || str_ends(rule->summary, STR("."))) {
        return loader_fail(l, n, "'summary' must be one sentence on one line, without a full stop");
    }
    return true;
}

static bool load_severity(Loader *l, const Node *n, Rule *rule) {
    static const Str names[] = {[SEVERITY_NOTE] = STR_INIT("note"),
                                [SEVERITY_WARNING] = STR_INIT("warning"),
                                [SEVERITY_ERROR] = STR_INIT("error")};
    size_t index;
    if (!loader_choice(l, n, "severity", names, COUNT(names), &index)) return false;
    rule->severity = (Severity)index;
    return true;
}

/* Nobody waits for a fix of what is never told. */
static bool load_silent(Loader *l, const Node *n, Rule *rule) {
    if (rule->match != MATCH_RESOURCE && rule->match != MATCH_REFERS)
        return loader_fail(l, n, "'silent' has a meaning for resources only");
    if (rule->fix.kind != FIX_NONE) return loader_fail(l, n, "a silent rule has no 'fix'");
    return loader_bool(l, n, "'silent'", &rule->silent);
}

static bool is_target_word(Str word) {
    return word.len > 0 && span_of(word, 0, CAPITALS SMALL DIGITS "._-") == word.len;
}

/* "*", ">=2.0", "<=2.3", "2.1..2.3", "guide" */
static bool read_range(Str text, TargetRange *out) {
    size_t dots = str_find(text, STR(".."));
    if (str_eq(text, STR("*"))) return true;
    if (str_starts(text, STR(">="))) {
        out->low = str_trim(str_from_offset(text, 2));
        return is_target_word(out->low);
    }
    if (str_starts(text, STR("<="))) {
        out->high = str_trim(str_from_offset(text, 2));
        return is_target_word(out->high);
    }
    out->low = str_slice(text, 0, dots);
    out->high = dots == STR_NONE ? text : str_from_offset(text, dots + 2);
    return is_target_word(out->low) && is_target_word(out->high);
}

static bool load_target(Loader *l, const Node *n, Str pack, TargetRange *out) {
    Str text;
    out->pack = pack;
    if (!loader_text(l, n, "a target", &text)) return false;
    return read_range(text, out) ||
           loader_fail(l, n,
                       "a target must be \"*\", \">=2.0\", \"<=2.3\", \"2.1..2.3\" or a "
                       "word, not '" STR_FMT "'",
                       STR_ARG(text));
}

/* How many ranges there are: one for a pack, or a list of them. */
static size_t count_targets(const Node *n) {
    size_t count = 0;
    NODE_EACH (child, n) count += child->kind == NODE_SEQ ? child->count : 1;
    return count;
}

static bool load_targets(Loader *l, const Node *n, Rule *rule) {
    if (n->kind != NODE_MAP) {
        return loader_fail(l, n, "'targets' must be a mapping as in {trainer: \">=2.0\"}");
    }
    TargetRange *targets = arena_array(l->arena, TargetRange, count_targets(n) + 1);
    bool holds_for_pack = false;
    rule->targets = targets;
    NODE_EACH (child, n) {
        Str pack = child->key->value;
        holds_for_pack = holds_for_pack || str_eq(pack, rule->pack);
        if (child->kind != NODE_SEQ) {
            if (!load_target(l, child, pack, &targets[rule->target_count++])) return false;
            continue;
        }
        NODE_EACH (item, child)
            if (!load_target(l, item, pack, &targets[rule->target_count++])) return false;
    }
    return holds_for_pack || loader_fail(l, n,
                                         "'targets' must name the rule's own pack '" STR_FMT
                                         "' (the folder of its file)",
                                         STR_ARG(rule->pack));
}

static bool load_at(Loader *l, const Node *n, Rule *rule) {
    if (rule->match != MATCH_RESOURCE && rule->match != MATCH_REFERS) {
        return loader_fail(l, n, "'at' has a meaning for resources only");
    }
    if (rule->each) return loader_fail(l, n, "'at' and 'each' both say where to point");
    return loader_path(l, n, "'at'", &rule->at);
}

/* {1} to {9} are groups of the expression that found what is pointed at. */
static bool is_command_hole(const Rule *rule, Str hole) {
    static const Str names[] = {STR_INIT("match"), STR_INIT("word"), STR_INIT("program"),
                                STR_INIT("subcommand")};
    const CommandAsk *pointed = rule_pointed(rule);
    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_eq(hole, names[i])) return true;
    }
    if (rule->command.holds && str_eq(hole, STR("to.kind"))) return true;
    if (rule->command.names && (str_eq(hole, STR("to.kind")) || str_eq(hole, STR("to.object"))))
        return true;
    if (hole.len != 1 || hole.data[0] < '1' || hole.data[0] > '9' || !pointed) return false;
    return (size_t)(hole.data[0] - '0') <= regex_group_count(pointed->pattern);
}

static bool is_known_hole(Loader *l, const Rule *rule, Str hole) {
    static const Str resource[] = {STR_INIT("kind"),      STR_INIT("group"), STR_INIT("version"),
                                   STR_INIT("namespace"), STR_INIT("name"),  STR_INIT("value"),
                                   STR_INIT("path"),      STR_INIT("object")};
    static const Str reference[] = {STR_INIT("to.kind"), STR_INIT("to.namespace"),
                                    STR_INIT("to.name"), STR_INIT("to.object")};
    if (rule->match == MATCH_TEXT) return str_eq(hole, STR("match"));
    if (rule->match == MATCH_COMMAND) return is_command_hole(rule, hole);
    if (rule->match == MATCH_BUILTIN) return str_eq(hole, STR("value"));
    bool has_identity = !rule->resource.documents;
    for (size_t i = 0; i < COUNT(resource); i++) {
        bool of_place = str_eq(resource[i], STR("value")) || str_eq(resource[i], STR("path"));
        if ((has_identity || of_place) && str_eq(hole, resource[i])) return true;
    }
    bool names_one = rule->match == MATCH_REFERS && !rule->refers.none;
    for (size_t i = 0; names_one && i < COUNT(reference); i++) {
        if (str_eq(hole, reference[i])) return true;
    }
    Path path;
    Error err;
    return str_starts(hole, STR("path:")) &&
           path_parse(l->arena, str_from_offset(hole, 5), &path, &err);
}

/* Which holes a message may have depends on what the rule finds. */
const char *message_hole_fault(Loader *l, const Rule *rule, Str hole) {
    return is_known_hole(l, rule, hole) ? NULL : " for this kind of rule";
}

bool load_template(Loader *l, const Node *n, const char *what, const Rule *rule, HoleFault *fault,
                   Str *out) {
    if (!loader_text(l, n, what, out)) return false;
    n = node_resolve(n);
    Str template = *out;
    size_t offset = 0;
    if (!message_check(template, &offset)) {
        return loader_fail_in(l, n, offset, "a '{' is not closed; write '{{' for a brace");
    }
    Str rest = template;
    MessagePart part;
    while (message_next(&rest, &part)) {
        const char *wrong = part.is_hole ? fault(l, rule, part.text) : NULL;
        if (!wrong) continue;
        return loader_fail_in(l, n, (size_t)(part.text.data - template.data) - 1,
                              "unknown hole {" STR_FMT "}%s", STR_ARG(part.text), wrong);
    }
    return true;
}

static bool load_message(Loader *l, const Node *n, Rule *rule) {
    return load_template(l, n, "'message'", rule, message_hole_fault, &rule->message);
}

static bool load_label(Loader *l, const Node *n, Rule *rule) {
    return load_template(l, n, "'label'", rule, message_hole_fault, &rule->label);
}

static bool load_literals(Loader *l, const Node *n, Rule *rule) {
    if (rule->match == MATCH_BUILTIN) return loader_fail(l, n, "a built-in rule has no 'literals'");
    return loader_literals(l, n, &rule->literals);
}

static bool load_why(Loader *l, const Node *n, Rule *rule) {
    return loader_text(l, n, "'why'", &rule->why);
}

static bool load_before(Loader *l, const Node *n, Rule *rule) {
    return loader_text(l, n, "'before'", &rule->before);
}

static bool load_after(Loader *l, const Node *n, Rule *rule) {
    return loader_text(l, n, "'after'", &rule->after);
}

static bool load_loses(Loader *l, const Node *n, Rule *rule) {
    return loader_text(l, n, "'loses'", &rule->loses);
}

static bool load_instead_of(Loader *l, const Node *n, Rule *rule) {
    if (!loader_list(l, n, "'instead-of'", &rule->instead_of)) return false;
    for (size_t i = 0; i < rule->instead_of.len; i++) {
        Str id = rule->instead_of.items[i];
        if (is_rule_id(id) && !str_eq(id, rule->id)) continue;
        return loader_fail(l, n, "'instead-of' takes ids of other rules");
    }
    return true;
}

static bool load_references(Loader *l, const Node *n, Rule *rule) {
    return loader_list(l, n, "'references'", &rule->references);
}

typedef struct Field {
    Str key;
    bool required;
    bool (*load)(Loader *l, const Node *n, Rule *rule);
} Field;

/* Read in this order, whatever the file's: what stands below `match` depends on it. */
static const Field fields[] = {
    {STR_INIT("id"), true, load_id},
    {STR_INIT("name"), true, load_name},
    {STR_INIT("summary"), true, load_summary},
    {STR_INIT("severity"), true, load_severity},
    {STR_INIT("targets"), true, load_targets},
    {STR_INIT("match"), true, load_match},
    {STR_INIT("at"), false, load_at},
    {STR_INIT("message"), true, load_message},
    {STR_INIT("label"), false, load_label},
    {STR_INIT("literals"), false, load_literals},
    {STR_INIT("why"), true, load_why},
    {STR_INIT("before"), false, load_before},
    {STR_INIT("after"), false, load_after},
    {STR_INIT("loses"), false, load_loses},
    {STR_INIT("fix"), false, load_fix},
    {STR_INIT("references"), false, load_references},
    {STR_INIT("instead-of"), false, load_instead_of},
    {STR_INIT("silent"), false, load_silent},
};

static bool load_fields(Loader *l, const Node *root, Rule *rule) {
    Str keys[COUNT(fields)];
    for (size_t i = 0; i < COUNT(fields); i++) keys[i] = fields[i].key;
    if (!loader_keys(l, root, "a rule", keys, COUNT(fields))) return false;
    for (size_t i = 0; i < COUNT(fields); i++) {
        const Node *value = node_child(root, fields[i].key);
        if (!value && fields[i].required) {
            return loader_fail(l, root, "missing required key '" STR_FMT "'",
                               STR_ARG(fields[i].key));
        }
        if (value && !fields[i].load(l, value, rule)) return false;
    }
    return true;
}

typedef VEC(Str) Texts;

static void add_once(Texts *texts, Str text) {
    for (size_t i = 0; i < texts->len; i++) {
        if (str_eq(texts->items[i], text)) return;
    }
    vec_push(texts, text);
}

static void add_all(Texts *texts, const StrList *list) {
    for (size_t i = 0; i < list->len; i++) add_once(texts, list->items[i]);
}

static StrList to_list(Arena *a, const Texts *texts) {
    if (texts->len == 0) return (StrList){0};
    Str *items = arena_array(a, Str, texts->len);
    memcpy(items, texts->items, texts->len * sizeof *items);
    return (StrList){items, texts->len};
}

static void add_holes(Texts *holes, Str template) {
    MessagePart part;
    while (message_next(&template, &part)) {
        if (part.is_hole) add_once(holes, part.text);
    }
}

static void collect_holes(Arena *a, Rule *rule) {
    Texts holes = {0};
    add_holes(&holes, rule->message);
    add_holes(&holes, rule->label);
    add_holes(&holes, rule->fix.title);
    if (rule->match != MATCH_TEXT) add_holes(&holes, rule->fix.replacement);
    for (size_t i = 0; i < rule->fix.step_count; i++) {
        const ChangeStep *step = &rule->fix.steps[i];
        if (step->kind != CHANGE_DROP) add_holes(&holes, step->value);
    }
    if (rule->refers.instead.count) add_once(&holes, rule->refers.instead_hole);
    rule->holes = to_list(a, &holes);
    vec_release(&holes);
}

/* The words without which no text holds such a resource: its kinds, or else its groups. */
static bool add_resource_words(Texts *texts, const ResourceMatch *match) {
    const StrList *words = match->kinds.len ? &match->kinds : &match->groups;
    for (size_t i = 0; i < words->len; i++) {
        if (words->items[i].len == 0) return false; /* the core group is never spelled out */
    }
    add_all(texts, words);
    return words->len > 0;
}

/* What the rule refers to must be read as well, or nobody would know that it is there. */
static bool collect_literals(Arena *a, Rule *rule) {
    Texts texts = {0};
    add_all(&texts, &rule->literals);
    bool complete = texts.len > 0 || rule->match == MATCH_BUILTIN;
    if (!complete && rule->match != MATCH_TEXT && rule->match != MATCH_COMMAND) {
        complete = add_resource_words(&texts, &rule->resource);
    }
    if (rule_refers(rule) && rule->refers.literals.len) {
        add_all(&texts, &rule->refers.literals);
    } else if (rule_refers(rule) && !rule->refers.unread) {
        complete = add_resource_words(&texts, &rule->refers.to) && complete;
    }
    rule->literals = to_list(a, &texts);
    vec_release(&texts);
    return complete;
}

bool load_rule(Loader *l, const Node *root, Rule *rule) {
    if (!load_fields(l, root, rule)) return false;
    const Node *match = node_child(root, STR("match"));
    if (!collect_literals(l->arena, rule)) {
        return loader_fail(l, match,
                           rule->match == MATCH_TEXT
                               ? "a text rule needs 'literals': one of them stands in "
                                 "every line that it can match"
                           : rule->match == MATCH_COMMAND
                               ? "a rule about commands needs 'literals': one of them stands in "
                                 "every command that it can match"
                               : "a resource without 'kind' or 'group' needs 'literals'");
    }
    bool points_at_kind = rule->match == MATCH_RESOURCE && !rule->each && rule->at.count == 0;
    if (points_at_kind && !node_child(root, STR("at"))) {
        Error err;
        path_parse(l->arena, STR("kind"), &rule->at, &err);
    }
    collect_holes(l->arena, rule);
    return true;
}
