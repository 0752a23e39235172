/* rules/ to C: loads the rules as `--rules` does, and prints them as the static tables of
 * builtin_rules, so that starting the program costs nothing.
 *
 *     rule-compiler rules generated/builtin_rules.c
 *
 * A table's rows are written into a Buf of their own; the tables that they point to are finished
 * meanwhile, so each stands in the output before the first one that needs it. */
#include "base/buf.h"
#include "rule/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Printer {
    Buf out;
    unsigned tables; /* printed so far: the last one's number */
} Printer;

/* A finished table; number 0 is NULL. */
typedef struct Table {
    unsigned number;
    size_t len;
} Table;

static Table finish_table(Printer *p, const char *type, Buf *rows, size_t len) {
    Table table = {0};
    if (len) {
        table = (Table){++p->tables, len};
        buf_addf(&p->out, "static const %s table_%u[] = {\n", type, table.number);
        buf_add(&p->out, buf_str(rows));
        buf_addf(&p->out, "};\n\n");
    }
    buf_release(rows);
    return table;
}

static void add_pointer(Buf *row, Table table) {
    if (table.number)
        buf_addf(row, "table_%u", table.number);
    else
        buf_addf(row, "NULL");
}

/* {table_7, 3}: a StrList, a Path, or any other table with its length. */
static void add_table(Buf *row, Table table) {
    buf_add_char(row, '{');
    add_pointer(row, table);
    buf_addf(row, ", %zu}", table.len);
}

/* Octal escapes end after three digits, so nothing that follows can join them; `?` is escaped
 * against trigraphs. */
static void add_char(Buf *row, unsigned char c) {
    if (c == '\n')
        buf_addf(row, "\\n");
    else if (c == '"' || c == '\\' || c == '?')
        buf_addf(row, "\\%c", c);
    else if (c < 0x20 || c >= 0x7f)
        buf_addf(row, "\\%03o", c);
    else
        buf_add_char(row, (char)c);
}

/* A text of several lines is continued on the next line after each of its line breaks. */
static void add_str(Buf *row, Str s) {
    if (s.len == 0) {
        buf_addf(row, "{NULL, 0}");
        return;
    }
    buf_addf(row, "{\"");
    for (size_t i = 0; i < s.len; i++) {
        add_char(row, (unsigned char)s.data[i]);
        if (s.data[i] == '\n' && i + 1 < s.len) buf_addf(row, "\"\n     \"");
    }
    buf_addf(row, "\", %zu}", s.len);
}

static Table print_strs(Printer *p, const Str *items, size_t len) {
    Buf rows = {0};
    for (size_t i = 0; i < len; i++) {
        buf_addf(&rows, "    ");
        add_str(&rows, items[i]);
        buf_addf(&rows, ",\n");
    }
    return finish_table(p, "Str", &rows, len);
}

static Table print_list(Printer *p, const StrList *list) {
    return print_strs(p, list->items, list->len);
}

static Table print_path(Printer *p, const Path *path) {
    static const char *const kinds[] = {[STEP_KEY] = "STEP_KEY",
                                        [STEP_INDEX] = "STEP_INDEX",
                                        [STEP_EACH_ITEM] = "STEP_EACH_ITEM",
                                        [STEP_EACH_VALUE] = "STEP_EACH_VALUE",
                                        [STEP_ITEM_WHERE] = "STEP_ITEM_WHERE",
                                        [STEP_ANY_DEPTH] = "STEP_ANY_DEPTH"};
    Buf rows = {0};
    for (size_t i = 0; i < path->count; i++) {
        const Step *step = &path->steps[i];
        buf_addf(&rows, "    {%s, %u, ", kinds[step->kind], step->index);
        add_str(&rows, step->key);
        buf_addf(&rows, ", ");
        add_str(&rows, step->text);
        buf_addf(&rows, "},\n");
    }
    return finish_table(p, "Step", &rows, path->count);
}

static Table print_paths(Printer *p, const Path *paths, size_t count) {
    Buf rows = {0};
    for (size_t i = 0; i < count; i++) {
        Table steps = print_path(p, &paths[i]);
        buf_addf(&rows, "    ");
        add_table(&rows, steps);
        buf_addf(&rows, ",\n");
    }
    return finish_table(p, "Path", &rows, count);
}

static Table print_asks(Printer *p, const Ask *asks, size_t count);

static void print_ask(Printer *p, Buf *row, const Ask *ask) {
    static const char *const kinds[] = {[ASK_EXISTS] = "ASK_EXISTS",
                                        [ASK_ABSENT] = "ASK_ABSENT",
                                        [ASK_EQUALS] = "ASK_EQUALS",
                                        [ASK_MATCHES] = "ASK_MATCHES",
                                        [ASK_LESS] = "ASK_LESS",
                                        [ASK_GREATER] = "ASK_GREATER",
                                        [ASK_COUNT_MIN] = "ASK_COUNT_MIN",
                                        [ASK_TYPE] = "ASK_TYPE",
                                        [ASK_JOINED] = "ASK_JOINED",
                                        [ASK_KEY] = "ASK_KEY",
                                        [ASK_NODE] = "ASK_NODE",
                                        [ASK_ALL] = "ASK_ALL",
                                        [ASK_ANY] = "ASK_ANY",
                                        [ASK_NOT] = "ASK_NOT"};
    Table path = print_path(p, &ask->path);
    Table texts = print_list(p, &ask->texts);
    Table parts = print_asks(p, ask->parts, ask->part_count);
    Table joins = print_paths(p, ask->joins, ask->join_count);
    buf_addf(row, "    {.kind = %s, .path = ", kinds[ask->kind]);
    add_table(row, path);
    buf_addf(row, ", .texts = ");
    add_table(row, texts);
    buf_addf(row, ", .pattern = ");
    add_str(row, ask->pattern);
    buf_addf(row, ",\n     .regex = %u, .number = %.17g, .parts = ", ask->regex, ask->number);
    add_pointer(row, parts);
    buf_addf(row, ", .part_count = %zu,\n     .type = %d, .joins = ", parts.len, (int)ask->type);
    add_pointer(row, joins);
    buf_addf(row, ", .join_count = %zu, .with = ", joins.len);
    add_str(row, ask->with);
    buf_addf(row, "},\n");
}

static Table print_asks(Printer *p, const Ask *asks, size_t count) {
    Buf rows = {0};
    for (size_t i = 0; i < count; i++) print_ask(p, &rows, &asks[i]);
    return finish_table(p, "Ask", &rows, count);
}

static Table print_each(Printer *p, const Each *each, size_t count) {
    Buf rows = {0};
    for (size_t i = 0; i < count; i++) {
        Table steps = print_path(p, &each[i].path);
        Table where = print_asks(p, each[i].where, each[i].where ? 1 : 0);
        Table parts = print_each(p, each[i].parts, each[i].part_count);
        Table metrics = print_list(p, &each[i].metrics);
        buf_addf(&rows, "    {.path = ");
        add_table(&rows, steps);
        buf_addf(&rows, ", .where = ");
        add_pointer(&rows, where);
        buf_addf(&rows, ", .find = ");
        add_str(&rows, each[i].find);
        buf_addf(&rows, ", .regex = %u, .parts = ", each[i].regex);
        add_pointer(&rows, parts);
        buf_addf(&rows, ", .part_count = %zu, .metrics = ", parts.len);
        add_table(&rows, metrics);
        buf_addf(&rows, ", .label = ");
        add_str(&rows, each[i].label);
        buf_addf(&rows, "},\n");
    }
    return finish_table(p, "Each", &rows, count);
}

static void print_match(Printer *p, Buf *row, const ResourceMatch *match) {
    const StrList *lists[] = {&match->groups, &match->versions, &match->kinds, &match->names};
    static const char *const names[] = {"groups", "versions", "kinds", "names"};
    buf_add_char(row, '{');
    for (size_t i = 0; i < COUNT(lists); i++) {
        Table table = print_list(p, lists[i]);
        buf_addf(row, ".%s = ", names[i]);
        add_table(row, table);
        buf_addf(row, ", ");
    }
    Table where = print_asks(p, match->where, match->where ? 1 : 0);
    buf_addf(row, ".where = ");
    add_pointer(row, where);
    buf_addf(row, ", .documents = %d}", match->documents);
}

static void print_refers(Printer *p, Buf *row, const Refers *refers) {
    Table by = print_paths(p, refers->by, refers->by_count);
    Table instead = print_path(p, &refers->instead);
    buf_addf(row, "{.to = ");
    print_match(p, row, &refers->to);
    buf_addf(row, ", .by = ");
    add_pointer(row, by);
    buf_addf(row, ", .by_count = %zu, .any_namespace = %d, .none = %d, .unseen = %d", by.len,
             refers->any_namespace, refers->none, (int)refers->unseen);
    buf_addf(row, ", .certain = %d, .unread = %d", refers->certain, refers->unread);
    buf_addf(row, ", .instead = ");
    add_table(row, instead);
    buf_addf(row, ", .instead_hole = ");
    add_str(row, refers->instead_hole);
    buf_add_char(row, '}');
}

static Table print_targets(Printer *p, const Rule *rule) {
    Buf rows = {0};
    for (size_t i = 0; i < rule->target_count; i++) {
        const Str texts[] = {rule->targets[i].pack, rule->targets[i].low, rule->targets[i].high};
        buf_addf(&rows, "    {");
        for (size_t k = 0; k < COUNT(texts); k++) {
            if (k) buf_addf(&rows, ", ");
            add_str(&rows, texts[k]);
        }
        buf_addf(&rows, "},\n");
    }
    return finish_table(p, "TargetRange", &rows, rule->target_count);
}

static Table print_steps(Printer *p, const Fix *fix) {
    static const char *const kinds[] = {
        [CHANGE_SET] = "CHANGE_SET",         [CHANGE_RENAME] = "CHANGE_RENAME",
        [CHANGE_MOVE] = "CHANGE_MOVE",       [CHANGE_DROP] = "CHANGE_DROP",
        [CHANGE_REPLACE] = "CHANGE_REPLACE", [CHANGE_ADD] = "CHANGE_ADD",
        [CHANGE_QUOTE] = "CHANGE_QUOTE"};
    Buf rows = {0};
    for (size_t i = 0; i < fix->step_count; i++) {
        const ChangeStep *step = &fix->steps[i];
        Table path = print_path(p, &step->path), to = print_path(p, &step->to);
        buf_addf(&rows, "    {%s, ", kinds[step->kind]);
        add_table(&rows, path);
        buf_addf(&rows, ", ");
        add_table(&rows, to);
        buf_addf(&rows, ",\n     .find = ");
        add_str(&rows, step->find);
        buf_addf(&rows, ", .value = ");
        add_str(&rows, step->value);
        buf_addf(&rows, ",\n     .plain = %d, .harmless = %d, .prune = %d},\n", step->plain,
                 step->harmless, step->prune);
    }
    return finish_table(p, "ChangeStep", &rows, fix->step_count);
}

static Table print_questions(Printer *p, const CommandAsk *asks, size_t count) {
    static const char *const kinds[] = {
        [COMMAND_WORD] = "COMMAND_WORD",     [COMMAND_RESOURCE] = "COMMAND_RESOURCE",
        [COMMAND_FLAG] = "COMMAND_FLAG",     [COMMAND_ANY] = "COMMAND_ANY",
        [COMMAND_LINE] = "COMMAND_LINE",     [COMMAND_INTO] = "COMMAND_INTO",
        [COMMAND_SCRIPT] = "COMMAND_SCRIPT", [COMMAND_FILE] = "COMMAND_FILE"};
    Buf rows = {0};
    for (size_t i = 0; i < count; i++) {
        const CommandAsk *ask = &asks[i];
        Table flags = print_list(p, &ask->flags);
        buf_addf(&rows, "    {.kind = %s, .regex = %u, .absent = %d, .same = %u, .flags = ",
                 kinds[ask->kind], ask->regex, ask->absent, ask->same);
        add_table(&rows, flags);
        buf_addf(&rows, ",\n     .pattern = ");
        add_str(&rows, ask->pattern);
        buf_addf(&rows, "},\n");
    }
    return finish_table(p, "CommandAsk", &rows, count);
}

static void print_command(Printer *p, Buf *row, const CommandMatch *match) {
    static const char *const places[] = {[COMMAND_AT_ASK] = "COMMAND_AT_ASK",
                                         [COMMAND_AT_SUBCOMMAND] = "COMMAND_AT_SUBCOMMAND",
                                         [COMMAND_AT_PROGRAM] = "COMMAND_AT_PROGRAM"};
    const struct {
        const char *field;
        Table table;
    } lists[] = {
        {"programs", print_list(p, &match->programs)},
        {"except", print_list(p, &match->except)},
        {"subcommands", print_list(p, &match->subcommands)},
    };
    Table asks = print_questions(p, match->asks, match->ask_count);
    buf_addf(row, "{.at = %s, .holds = %d, .names = %d, .asks = ", places[match->at], match->holds,
             match->names);
    add_pointer(row, asks);
    buf_addf(row, ", .ask_count = %zu", asks.len);
    for (size_t i = 0; i < COUNT(lists); i++) {
        buf_addf(row, ", .%s = ", lists[i].field);
        add_table(row, lists[i].table);
    }
    buf_add_char(row, '}');
}

static void print_fix(Printer *p, Buf *row, const Fix *fix) {
    static const char *const kinds[] = {[FIX_NONE] = "FIX_NONE",     [FIX_CONVERT] = "FIX_CONVERT",
                                        [FIX_STEPS] = "FIX_STEPS",   [FIX_REPLACE] = "FIX_REPLACE",
                                        [FIX_FOLLOW] = "FIX_FOLLOW", [FIX_INSTEAD] = "FIX_INSTEAD"};
    static const char *const levels[] = {[FIX_SAFE] = "FIX_SAFE", [FIX_REVIEW] = "FIX_REVIEW"};
    if (fix->kind == FIX_NONE) {
        buf_addf(row, "{.kind = FIX_NONE}");
        return;
    }
    const struct {
        const char *field;
        Str text;
    } texts[] = {{"title", fix->title},
                 {"assumes", fix->assumes},
                 {"conversion", fix->conversion},
                 {"replacement", fix->replacement}};
    Table follow = print_list(p, &fix->follow), steps = print_steps(p, fix);
    Table only = print_questions(p, fix->only, fix->only_count);
    Table phrases = print_list(p, &fix->only_subcommands);
    buf_addf(row, "{.kind = %s, .safety = %s", kinds[fix->kind], levels[fix->safety]);
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_addf(row, ",\n             .%s = ", texts[i].field);
        add_str(row, texts[i].text);
    }
    buf_addf(row, ",\n             .only = ");
    add_pointer(row, only);
    buf_addf(row, ", .only_count = %zu, .only_subcommands = ", only.len);
    add_table(row, phrases);
    buf_addf(row, ",\n             .follow = ");
    add_table(row, follow);
    buf_addf(row, ", .steps = ");
    add_pointer(row, steps);
    buf_addf(row, ", .step_count = %zu, .together = %d}", steps.len, fix->together);
}

static void print_texts(Buf *row, const Rule *rule) {
    const struct {
        const char *field;
        Str text;
    } texts[] = {
        {"id", rule->id},           {"name", rule->name},   {"pack", rule->pack},
        {"file", rule->file},       {"label", rule->label}, {"summary", rule->summary},
        {"message", rule->message}, {"why", rule->why},     {"before", rule->before},
        {"after", rule->after},     {"loses", rule->loses}, {"pattern", rule->pattern},
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_addf(row, "     .%s = ", texts[i].field);
        add_str(row, texts[i].text);
        buf_addf(row, ",\n");
    }
}

static void print_lists(Printer *p, Buf *row, const Rule *rule) {
    const struct {
        const char *field;
        Table table;
    } lists[] = {
        {"references", print_list(p, &rule->references)},
        {"instead_of", print_list(p, &rule->instead_of)},
        {"files", print_list(p, &rule->files)},
        {"unless", print_list(p, &rule->unless)},
        {"literals", print_list(p, &rule->literals)},
        {"holes", print_list(p, &rule->holes)},
        {"at", print_path(p, &rule->at)},
    };
    for (size_t i = 0; i < COUNT(lists); i++) {
        buf_addf(row, "     .%s = ", lists[i].field);
        add_table(row, lists[i].table);
        buf_addf(row, ",\n");
    }
}

static void print_rule(Printer *p, Buf *row, const Rule *rule) {
    static const char *const severities[] = {[SEVERITY_NOTE] = "SEVERITY_NOTE",
                                             [SEVERITY_WARNING] = "SEVERITY_WARNING",
                                             [SEVERITY_ERROR] = "SEVERITY_ERROR"};
    static const char *const matches[] = {[MATCH_RESOURCE] = "MATCH_RESOURCE",
                                          [MATCH_REFERS] = "MATCH_REFERS",
                                          [MATCH_TEXT] = "MATCH_TEXT",
                                          [MATCH_COMMAND] = "MATCH_COMMAND",
                                          [MATCH_BUILTIN] = "MATCH_BUILTIN"};
    Table targets = print_targets(p, rule);
    Table each = print_each(p, rule->each, rule->each_count);
    buf_addf(row,
             "    {.severity = %s,\n     .silent = %d,\n     .match = %s,\n     .regex = %u,\n",
             severities[rule->severity], rule->silent, matches[rule->match], rule->regex);
    print_texts(row, rule);
    print_lists(p, row, rule);
    buf_addf(row, "     .targets = ");
    add_pointer(row, targets);
    buf_addf(row, ", .target_count = %zu,\n     .each = ", targets.len);
    add_pointer(row, each);
    buf_addf(row, ", .each_count = %zu,\n     .resource = ", each.len);
    print_match(p, row, &rule->resource);
    buf_addf(row, ",\n     .command = ");
    print_command(p, row, &rule->command);
    buf_addf(row, ",\n     .refers = ");
    print_refers(p, row, &rule->refers);
    buf_addf(row, ",\n     .fix = ");
    print_fix(p, row, &rule->fix);
    buf_addf(row, "},\n");
}

static Table print_rules(Printer *p, const RuleSet *set) {
    Buf rows = {0};
    for (size_t i = 0; i < set->count; i++) print_rule(p, &rows, &set->rules[i]);
    return finish_table(p, "Rule", &rows, set->count);
}

enum { NUMBERS_PER_LINE = 16 };

/* An array of unsigned numbers of any width. */
#define PRINT_NUMBERS(p, type, items, len) print_numbers((p), type, sizeof *(items), (items), (len))

static unsigned long long number_at(const void *items, size_t width, size_t i) {
    switch (width) {
    case 1: return ((const uint8_t *)items)[i];
    case 2: return ((const uint16_t *)items)[i];
    case 4: return ((const uint32_t *)items)[i];
    default: return ((const uint64_t *)items)[i];
    }
}

static Table print_numbers(Printer *p, const char *type, size_t width, const void *items,
                           size_t len) {
    Buf rows = {0};
    for (size_t i = 0; i < len; i++) {
        buf_addf(&rows, "%s%llu%s,", i % NUMBERS_PER_LINE ? " " : "    ",
                 number_at(items, width, i), width == 8 ? "u" : "");
        if (i % NUMBERS_PER_LINE == NUMBERS_PER_LINE - 1 || i + 1 == len) {
            buf_add_char(&rows, '\n');
        }
    }
    return finish_table(p, type, &rows, len);
}

static void print_literals(Printer *p, Buf *row, const Literals *l) {
    Table class_of = PRINT_NUMBERS(p, "uint8_t", l->class_of, 256);
    Table next = PRINT_NUMBERS(p, "uint16_t", l->next, (size_t)l->states * l->classes);
    Table starts = PRINT_NUMBERS(p, "uint32_t", l->end_start, (size_t)l->states + 1);
    Table ends = PRINT_NUMBERS(p, "uint32_t", l->ends, l->end_start[l->states]);
    buf_addf(row, "    .literals = {.count = %u, .states = %u, .classes = %u, .first_end = %u",
             l->count, l->states, l->classes, l->first_end);
    const struct {
        const char *field;
        Table table;
    } tables[] = {{"class_of", class_of}, {"next", next}, {"end_start", starts}, {"ends", ends}};
    for (size_t i = 0; i < COUNT(tables); i++) {
        buf_addf(row, ",\n                 .%s = ", tables[i].field);
        add_pointer(row, tables[i].table);
    }
    buf_addf(row, "},\n");
}

static void print_set(Printer *p, const RuleSet *set) {
    Buf row = {0};
    Table rules = print_rules(p, set);
    Table patterns = print_strs(p, set->patterns, set->pattern_count);
    Table wanted = PRINT_NUMBERS(p, "uint64_t", set->literal_rules,
                                 set->escape_first * LITERAL_WORDS(set->count));
    print_literals(p, &row, &set->literals);
    buf_addf(&row, "    .rules = ");
    add_pointer(&row, rules);
    buf_addf(&row, ", .count = %zu,\n    .patterns = ", rules.len);
    add_pointer(&row, patterns);
    buf_addf(&row, ", .pattern_count = %zu,\n    .literal_rules = ", patterns.len);
    add_pointer(&row, wanted);
    buf_addf(&p->out, "const RuleSet builtin_rules = {\n");
    buf_add(&p->out, buf_str(&row));
    buf_addf(&p->out, ", .escape_first = %u,\n};\n", set->escape_first);
    buf_release(&row);
}

static bool write_file(const char *path, Str text, Error *err) {
    FILE *file = fopen(path, "wb");
    if (!file) return error_set(err, "cannot write %s: %s", path, strerror(errno));
    bool written = fwrite(text.data, 1, text.len, file) == text.len;
    written = fclose(file) == 0 && written;
    return written || error_set(err, "cannot write %s: %s", path, strerror(errno));
}

int main(int count, char **arguments) {
    if (count != 3) {
        fputs("usage: rule-compiler DIRECTORY OUTPUT\n", stderr);
        return 2;
    }
    Arena arena = {0};
    Printer printer = {0};
    RuleSet set;
    Error err;
    buf_addf(&printer.out,
             "/* The rules in %s/ as tables. Generated: change those files instead. */\n"
             "#include \"rule/rule.h\"\n\n",
             arguments[1]);
    bool good = rule_load(&arena, str_from(arguments[1]), &set, &err);
    if (good) {
        print_set(&printer, &set);
        good = write_file(arguments[2], buf_str(&printer.out), &err);
    }
    if (!good) fprintf(stderr, "%s\n", err.text);
    buf_release(&printer.out);
    arena_release(&arena);
    return good ? 0 : 1;
}
