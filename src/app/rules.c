/* The commands that tell what the program knows: rules, explain and schema. */
#include "app/commands.h"

#include "app/schema.h"
#include "base/json.h"
#include "convert/convert.h"
#include "rule/load.h"
#include "rule/select.h"
#include "rule/set.h"
#include "report/report.h"

/* Of the built-in rules a test knows this; a rule of the user's may have a slip. */
static bool check_conversions(const RuleSet *set, Error *err) {
    for (size_t i = 0; i < set->count; i++) {
        const Rule *rule = &set->rules[i];
        if (rule->fix.kind != FIX_CONVERT || conversion_find(rule->fix.conversion)) continue;
        return error_set(err, STR_FMT ": there is no conversion '" STR_FMT "'", STR_ARG(rule->file),
                         STR_ARG(rule->fix.conversion));
    }
    return true;
}

bool load_rules(Arena *a, const StrVec *directories, RuleSet *out, Error *err) {
    *out = builtin_rules;
    for (size_t i = 0; i < directories->len; i++) {
        RuleSet more, both;
        if (!rule_load(a, directories->items[i], &more, err)) return false;
        if (!rule_set_merge(a, out, &more, &both, err)) return false;
        *out = both;
    }
    return directories->len == 0 || check_conversions(out, err);
}

static bool is_selected(const Options *o, const Rule *rule) {
    for (size_t i = 0; i < o->select.len; i++)
        if (selector_names(o->select.items[i], rule)) return true;
    return o->select.len == 0;
}

static void list_text(const Rule *rule) {
    printf("%-7.*s %-8.*s %-28.*s " STR_FMT "\n", STR_ARG(rule->id),
           STR_ARG(severity_names[rule->severity]), STR_ARG(rule->name), STR_ARG(rule->summary));
}

static void list_markdown(const Rule *rule) {
    printf("| " STR_FMT " | " STR_FMT " | " STR_FMT " | " STR_FMT " | " STR_FMT " |\n",
           STR_ARG(rule->id), STR_ARG(rule->name), STR_ARG(rule->pack),
           STR_ARG(severity_names[rule->severity]), STR_ARG(rule->summary));
}

static void list_json(Json *j, const Rule *rule) {
    json_open(j, '{');
    json_key(j, "id"), json_str(j, rule->id);
    json_key(j, "name"), json_str(j, rule->name);
    json_key(j, "pack"), json_str(j, rule->pack);
    json_key(j, "severity"), json_str(j, severity_names[rule->severity]);
    json_key(j, "summary"), json_str(j, rule->summary);
    json_close(j);
}

static void list_all(const Options *o, const RuleSet *set) {
    Json j = json_to(stdout, 2);
    if (o->listing == LISTING_JSON) json_open(&j, '[');
    if (o->listing == LISTING_MARKDOWN)
        puts("| id | name | pack | severity | summary |\n|---|---|---|---|---|");
    for (size_t i = 0; i < set->count; i++) {
        const Rule *rule = &set->rules[i];
        if (!is_selected(o, rule)) continue;
        if (o->listing == LISTING_JSON)
            list_json(&j, rule);
        else if (o->listing == LISTING_MARKDOWN)
            list_markdown(rule);
        else
            list_text(rule);
    }
    if (o->listing == LISTING_JSON) json_close(&j), putchar('\n');
}

int command_rules(const Options *o, Error *err) {
    Arena arena = {0};
    RuleSet set;
    bool ok = load_rules(&arena, &o->rules, &set, err);
    for (size_t i = 0; ok && i < o->select.len; i++)
        ok = selector_check(&set, o->select.items[i], err);
    if (ok) list_all(o, &set);
    arena_release(&arena);
    return ok ? EXIT_CLEAN : EXIT_INCOMPLETE;
}

/* ---- explain ---- */

static void print_block(const char *heading, Str text) {
    if (!text.len) return;
    printf("\n%s\n", heading);
    Str rest = text, line;
    while (str_split(&rest, '\n', &line))
        if (line.len || rest.data) printf("%s" STR_FMT "\n", line.len ? "  " : "", STR_ARG(line));
}

static void print_targets(const Rule *rule) {
    for (size_t i = 0; i < rule->target_count; i++) {
        const TargetRange *t = &rule->targets[i];
        printf("%s" STR_FMT, i ? ", " : "", STR_ARG(t->pack));
        if (str_eq(t->low, t->high))
            printf("%s" STR_FMT, t->low.len ? " " : "", STR_ARG(t->low));
        else if (!t->high.len)
            printf(" from " STR_FMT " on", STR_ARG(t->low));
        else if (!t->low.len)
            printf(" up to " STR_FMT, STR_ARG(t->high));
        else
            printf(" " STR_FMT " to " STR_FMT, STR_ARG(t->low), STR_ARG(t->high));
    }
}

static void print_followed(const StrList *ids) {
    fputs("  done with the fix of ", stdout);
    for (size_t i = 0; i < ids->len; i++)
        printf("%s" STR_FMT, i ? " or " : "", STR_ARG(ids->items[i]));
    puts(" on the object that is named, never alone");
}

static void print_fix(const Rule *rule) {
    const Fix *fix = &rule->fix;
    if (rule->match == MATCH_BUILTIN) return;
    puts("\nFix");
    if (rule->silent)
        puts("  none: it is never told, the fixes of other rules ask for it");
    else if (fix->kind == FIX_NONE)
        puts("  none: it takes a person");
    else if (fix->kind == FIX_CONVERT)
        printf("  the conversion '" STR_FMT
               "'; each change says how safe it is and what it rests on\n",
               STR_ARG(fix->conversion));
    else if (fix->kind == FIX_FOLLOW)
        print_followed(&fix->follow);
    else
        printf("  %s: " STR_FMT "\n", fix->safety == FIX_SAFE ? "safe" : "review",
               STR_ARG(fix->title));
    if (fix->assumes.len) printf("  assumes that " STR_FMT "\n", STR_ARG(fix->assumes));
}

static void print_rule(const Rule *rule) {
    printf(STR_FMT " " STR_FMT " (" STR_FMT ")\n" STR_FMT ".\n\nHolds for  ", STR_ARG(rule->id),
           STR_ARG(rule->name), STR_ARG(severity_names[rule->severity]), STR_ARG(rule->summary));
    print_targets(rule);
    putchar('\n');
    print_block("Why", rule->why);
    print_block("Before", rule->before);
    print_block("After", rule->after);
    print_fix(rule);
    print_block("What is lost", rule->loses);
    if (rule->references.len) puts("\nReferences");
    for (size_t i = 0; i < rule->references.len; i++)
        printf("  " STR_FMT "\n", STR_ARG(rule->references.items[i]));
    printf("\nTo leave one finding alone, on the line before it or at its end:\n"
           "  # unstale: ignore[" STR_FMT "] until=YYYY-MM-DD why: REASON\n",
           STR_ARG(rule->id));
}

int command_explain(const Options *o, Error *err) {
    Arena arena = {0};
    RuleSet set;
    bool ok = load_rules(&arena, &o->rules, &set, err);
    const Rule *rule = ok ? rule_find(&set, o->arguments.items[0]) : NULL;
    if (rule)
        print_rule(rule);
    else if (ok && selector_check(&set, o->arguments.items[0], err))
        error_set(err, "'" STR_FMT "' names several rules; `unstale rules` lists them",
                  STR_ARG(o->arguments.items[0]));
    arena_release(&arena);
    return rule ? EXIT_CLEAN : EXIT_INCOMPLETE;
}

/* ---- schema ---- */

int command_schema(const Options *o, Error *err) {
    Str name = o->arguments.items[0], text = schema_find(name);
    if (!text.len)
        return error_set(err, "there is no schema '" STR_FMT "'; there are config, rule and report",
                         STR_ARG(name)),
               EXIT_INCOMPLETE;
    fwrite(text.data, 1, text.len, stdout);
    return EXIT_CLEAN;
}
