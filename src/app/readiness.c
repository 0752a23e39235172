/* Counting objects, reasons and demands, and writing the tables. */
#include "app/readiness.h"

#include "base/utf8.h"
#include "model/secrets.h"

/* A job that has ended stays as it is: nothing has to become of it. */
typedef enum { READY_SAFE, READY_REVIEW, READY_NOT, READY_ENDED } Verdict;
enum { VERDICTS = READY_ENDED + 1 };

typedef struct Row {
    uint32_t kind; /* a name of the scan */
    Str namespace; /* as it is shown, in the arena */
    uint64_t count[VERDICTS];
} Row;

typedef struct Reason {
    Verdict of;
    uint64_t count; /* of objects */
    uint64_t last;  /* the object that was counted last */
} Reason;

typedef struct Amounts {
    Str resource; /* in the arena */
    double before, after;
} Amounts;

enum {
    REASONS = 1000, /* different ones that are counted: hostile names could make endlessly many */
    RESOURCES = 64, /* likewise */
    REASONS_TOLD = 10,
    MERGED = 4096, /* bytes of a reason that are looked at */
};

struct Readiness {
    const Scan *scan;
    Arena arena;
    const Finding *last; /* that was counted: one object may break several rules … */
    uint64_t objects;    /* … and how many were */
    VEC(Row) rows;
    HashMap row_of;
    Names texts;
    VEC(Reason) reasons;    /* by the number of their text, see reason_number */
    uint64_t other_reasons; /* met when there was no more room */
    uint64_t suppressed;
    VEC(Amounts) amounts;
    double nodes_before, nodes_after;
    uint64_t measured, grown, unknown; /* objects that are converted */
};

Readiness *readiness_new(const Scan *scan) {
    Readiness *r = mem_zero(sizeof *r);
    r->scan = scan;
    return r;
}

void readiness_free(Readiness *r) {
    if (!r) return;
    vec_release(&r->rows);
    vec_release(&r->reasons);
    vec_release(&r->amounts);
    hashmap_release(&r->row_of);
    names_release(&r->texts);
    arena_release(&r->arena);
    free(r);
}

/* ---- which findings ---- */

/* An object that must become another one: a conversion does it, or nothing does and the kind as
 * such is gone. What is wrong with a detail of an object is not asked here. */
static bool is_about_kind(const Rule *rule) {
    if (rule->match != MATCH_RESOURCE || rule->each_count || rule->severity != SEVERITY_ERROR)
        return false;
    return rule->fix.kind == FIX_CONVERT ||
           (rule->fix.kind == FIX_NONE && rule->resource.kinds.len && !rule->resource.where);
}

static bool is_same_object(const Finding *a, const Finding *b) {
    return a->source == b->source && a->piece == b->piece && a->resource == b->resource &&
           a->document.start == b->document.start;
}

/* ---- objects ---- */

static Str namespace_text(Readiness *r, const Finding *f) {
    Str text = scan_text(r->scan, f->namespace);
    if (!text.len) return STR("(none)");
    Buf safe = {0};
    mask_text(text, &safe);
    Str copy = str_copy(&r->arena, buf_str(&safe));
    buf_release(&safe);
    return copy;
}

static Row *row_of(Readiness *r, const Finding *f) {
    uint32_t names[] = {f->kind, f->namespace};
    Hash128 key = hash128_bytes(names, sizeof names);
    uint32_t number = hashmap_get(&r->row_of, key);
    if (number == MAP_NONE) {
        number = (uint32_t)r->rows.len;
        hashmap_set(&r->row_of, key, number);
        vec_push(&r->rows, (Row){.kind = f->kind, .namespace = namespace_text(r, f)});
    }
    return &r->rows.items[number];
}

static Verdict verdict_of(const FixPlan *fix) {
    if (!fix_exists(fix)) return fix->finished.len ? READY_ENDED : READY_NOT;
    return fix->safety == SAFETY_SAFE ? READY_SAFE : READY_REVIEW;
}

/* ---- reasons ---- */

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The length of 'a text in quotes' at the start; 0 when it is an apostrophe, or never ends. */
static size_t quoted_length(Str rest) {
    for (size_t i = 1; i < rest.len; i++)
        if (rest.data[i] == rest.data[0] && (i + 1 == rest.len || !is_word(rest.data[i + 1])))
            return i + 1;
    return 0;
}

/* The length of a number at the start that is no part of a word, a version or a path. */
static size_t number_length(Str rest) {
    size_t end = 0;
    while (end < rest.len && is_digit(rest.data[end])) end++;
    bool goes_on = end < rest.len && (is_word(rest.data[end]) || rest.data[end] == ']');
    bool decimal = end + 1 < rest.len && rest.data[end] == '.' && is_word(rest.data[end + 1]);
    return goes_on || decimal ? 0 : end;
}

/* The length of a manifest's path at the start. */
static size_t file_length(Str rest) {
    static const Str ends[] = {STR_INIT(".yaml"), STR_INIT(".yml"), STR_INIT(".json")};
    Str word = str_slice(rest, 0, str_find_char(rest, ' '));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = str_find(word, ends[i]);
        if (at != STR_NONE) return at + ends[i].len;
    }
    return 0;
}

/* `trainer: {finished: suspend}` or `convert`: what to write into the configuration is nobody's
 * name. */
static bool is_setting(Str rest) {
    size_t i = 1;
    while (i < rest.len && rest.data[i] >= 'a' && rest.data[i] <= 'z') i++;
    Str behind = str_from_offset(rest, i);
    return i > 1 && (str_starts(behind, STR(": {")) || str_starts(behind, STR("`")));
}

static size_t name_length(Str rest) {
    char c = rest.data[0];
    if (c == '`' && is_setting(rest)) return 0;
    if (c == '\'' || c == '"' || c == '`') return quoted_length(rest);
    size_t number = number_length(rest);
    return number ? number : file_length(rest);
}

/* Without names, files and numbers, so that reasons of the same kind count together. */
static void add_without_names(Buf *out, Str text) {
    for (size_t i = 0; i < text.len;) {
        char c = text.data[i], before = i ? text.data[i - 1] : ' ';
        bool starts = before == ' ' || before == '(';
        size_t length = starts ? name_length(str_from_offset(text, i)) : 0;
        buf_add(out, !length     ? str_slice(text, i, i + 1)
                     : c == '\'' ? STR("'…'")
                     : c == '"'  ? STR("\"…\"")
                     : c == '`'  ? STR("`…`")
                                 : STR("…"));
        i += length ? length : 1;
    }
}

/* MAP_NONE: there is no more room. */
static uint32_t reason_number(Readiness *r, Verdict of, Str text) {
    Buf words = {0};
    buf_add_char(&words, (char)('0' + of)); /* the same words may refuse and warn */
    add_without_names(&words, str_slice(text, 0, MERGED));
    uint32_t number = names_find(&r->texts, buf_str(&words));
    if (number == MAP_NONE && r->reasons.len < REASONS) {
        number = names_intern(&r->texts, buf_str(&words));
        vec_push(&r->reasons, (Reason){.of = of});
    }
    buf_release(&words);
    return number;
}

static void add_reason(Readiness *r, Verdict of, Str text) {
    uint32_t number = reason_number(r, of, text);
    Reason *reason = number == MAP_NONE ? NULL : &r->reasons.items[number];
    if (!reason)
        r->other_reasons++;
    else if (reason->last != r->objects)
        reason->count++, reason->last = r->objects;
}

static void add_reasons(Readiness *r, const Finding *f, const FixPlan *fix, Verdict verdict) {
    Arena covered = {0};
    const Rule *rule = &r->scan->rules->rules[f->rule];
    if (verdict == READY_NOT && !fix->tried)
        add_reason(r, verdict,
                   str_format(&covered,
                              "there is no conversion: unstale explain " STR_FMT " tells more",
                              STR_ARG(rule->id)));
    else if (verdict == READY_NOT || verdict == READY_ENDED)
        add_reason(r, verdict,
                   fix->refused.len ? fix_covered(&covered, fix, fix->refused)
                                    : STR("there is nothing to change"));
    for (size_t i = 0; verdict == READY_REVIEW && i < fix->whys.len; i++)
        add_reason(r, verdict, fix_covered(&covered, fix, fix->whys.items[i]));
    arena_release(&covered);
}

/* ---- demands ---- */

static Amounts *amounts_of(Readiness *r, Str resource) {
    for (size_t i = 0; i < r->amounts.len; i++)
        if (str_eq(r->amounts.items[i].resource, resource)) return &r->amounts.items[i];
    if (r->amounts.len == RESOURCES) return NULL;
    vec_push(&r->amounts, (Amounts){.resource = str_copy(&r->arena, resource)});
    return vec_last(&r->amounts);
}

static void add_amounts(Readiness *r, const Demand *d, bool after) {
    for (size_t i = 0; i < d->count; i++) {
        Amounts *sum = amounts_of(r, d->amounts[i].resource);
        if (sum) *(after ? &sum->after : &sum->before) += d->amounts[i].amount;
    }
}

static bool has_grown(const DemandChange *d) {
    for (size_t i = 0; i < d->after.count; i++) {
        const DemandAmount *a = &d->after.amounts[i];
        if (a->amount > demand_amount(&d->before, a->resource)) return true;
    }
    return false;
}

static void add_demand(Readiness *r, const DemandChange *d) {
    if (!d || !d->before.nodes) return;
    if (d->before.unknown || d->after.unknown) {
        r->unknown++;
        return;
    }
    r->measured++;
    r->grown += has_grown(d);
    r->nodes_before += d->before.nodes;
    r->nodes_after += d->after.nodes;
    add_amounts(r, &d->before, false);
    add_amounts(r, &d->after, true);
}

void readiness_add(Readiness *r, const Finding *f, const FixPlan *fix) {
    if (f->kind == MAP_NONE || !is_about_kind(&r->scan->rules->rules[f->rule])) return;
    if (r->last && is_same_object(r->last, f)) return;
    r->last = f;
    if (!fix) {
        r->suppressed++;
        return;
    }
    Verdict verdict = verdict_of(fix);
    r->objects++;
    row_of(r, f)->count[verdict]++;
    add_reasons(r, f, fix, verdict);
    if (verdict == READY_SAFE || verdict == READY_REVIEW) add_demand(r, fix->demand);
}

/* ---- writing ---- */

typedef unsigned long long Number; /* for printf */

static int by_kind(const void *a, const void *b, void *readiness) {
    const Readiness *r = readiness;
    const Row *x = a, *y = b;
    int c = str_cmp(scan_text(r->scan, x->kind), scan_text(r->scan, y->kind));
    return c ? c : str_cmp(x->namespace, y->namespace);
}

static void add_cell(Buf *out, Str text, size_t width) {
    size_t start = out->len;
    utf8_add_printable(out, text);
    Str shown = str_from_offset(buf_str(out), start);
    size_t length = utf8_count(shown);
    buf_add_repeat(out, ' ', (length < width ? width - length : 0) + 2);
}

static void write_row(const Readiness *r, const Row *row, const size_t *widths, Buf *out) {
    Number safe = row->count[READY_SAFE], review = row->count[READY_REVIEW],
           none = row->count[READY_NOT], ended = row->count[READY_ENDED];
    buf_add(out, STR("  "));
    add_cell(out, scan_text(r->scan, row->kind), widths[0]);
    add_cell(out, row->namespace, widths[1]);
    buf_addf(out, "%7llu  %7llu  %7llu  %10llu  %8llu\n", safe + review + none + ended, safe,
             review, none, ended);
}

static void write_objects(const Readiness *r, Buf *out) {
    Row *rows = mem_alloc(r->rows.len * sizeof *rows);
    size_t widths[2] = {sizeof "kind" - 1, sizeof "namespace" - 1};
    memcpy(rows, r->rows.items, r->rows.len * sizeof *rows);
    qsort_r(rows, r->rows.len, sizeof *rows, by_kind, (void *)r);
    for (size_t i = 0; i < r->rows.len; i++) {
        size_t kind = scan_text(r->scan, rows[i].kind).len, name = rows[i].namespace.len;
        if (kind > widths[0]) widths[0] = kind;
        if (name > widths[1]) widths[1] = name;
    }
    buf_add(out, STR("\n  "));
    add_cell(out, STR("kind"), widths[0]);
    add_cell(out, STR("namespace"), widths[1]);
    buf_add(out, STR("objects     safe   review  impossible  finished\n"));
    for (size_t i = 0; i < r->rows.len; i++) write_row(r, &rows[i], widths, out);
    free(rows);
}

static void write_sums(const Readiness *r, Buf *out) {
    Number sums[VERDICTS] = {0};
    for (size_t i = 0; i < r->rows.len; i++)
        for (int v = 0; v < VERDICTS; v++) sums[v] += r->rows.items[i].count[v];
    Number must = (Number)r->objects - sums[READY_ENDED];
    buf_addf(out,
             "readiness: %llu object%s whose kind must change: %llu safe, %llu to review, %llu "
             "impossible",
             must, must == 1 ? "" : "s", sums[READY_SAFE], sums[READY_REVIEW], sums[READY_NOT]);
    if (sums[READY_ENDED]) buf_addf(out, "; %llu finished", sums[READY_ENDED]);
    if (r->suppressed) buf_addf(out, "; %llu suppressed", (Number)r->suppressed);
    buf_add_char(out, '\n');
}

typedef struct Told {
    const Reason *reason;
    Str text;
} Told;

/* The most frequent first; equal ones as they were met. */
static int by_count(const void *a, const void *b) {
    const Told *x = a, *y = b;
    if (x->reason->count != y->reason->count) return x->reason->count < y->reason->count ? 1 : -1;
    return (x->reason > y->reason) - (x->reason < y->reason);
}

static void write_reasons(const Readiness *r, Buf *out) {
    static const char *const words[] = {
        [READY_REVIEW] = "review", [READY_NOT] = "impossible", [READY_ENDED] = "finished"};
    size_t count = r->reasons.len;
    if (!count) return;
    Told *told = mem_alloc(count * sizeof *told);
    for (size_t i = 0; i < count; i++)
        told[i] =
            (Told){&r->reasons.items[i], str_from_offset(names_text(&r->texts, (uint32_t)i), 1)};
    qsort(told, count, sizeof *told, by_count);
    buf_add(out, STR("\n  objects  why\n"));
    for (size_t i = 0; i < count && i < REASONS_TOLD; i++) {
        buf_addf(out, "  %7llu  %s: ", (Number)told[i].reason->count, words[told[i].reason->of]);
        utf8_add_printable(out, told[i].text);
        buf_add_char(out, '\n');
    }
    if (count > REASONS_TOLD)
        buf_addf(out, "           and %zu%s more\n", count - REASONS_TOLD,
                 r->other_reasons ? " or" : "");
    free(told);
}

static bool counts_bytes(Str resource) {
    return str_eq(resource, STR("memory")) || str_eq(resource, STR("ephemeral-storage")) ||
           str_starts(resource, STR("hugepages-"));
}

/* "12", "1.5", "640Gi" */
static Str amount_text(Arena *a, Str resource, double amount) {
    static const char *const units[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    size_t unit = 0;
    for (; counts_bytes(resource) && amount >= 1024 && unit < 6; unit++) amount /= 1024;
    char digits[64];
    snprintf(digits, sizeof digits, amount < 1000000 ? "%.2f" : "%.0f", amount);
    Str text = str_from(digits);
    while (str_find_char(text, '.') != STR_NONE &&
           (str_ends(text, STR("0")) || str_ends(text, STR("."))))
        text.len--;
    return str_format(a, STR_FMT "%s", STR_ARG(text), units[unit]);
}

static int by_resource(const void *a, const void *b) {
    return str_cmp(((const Amounts *)a)->resource, ((const Amounts *)b)->resource);
}

static void write_amount(const Readiness *r, Str resource, double before, double after, Buf *out) {
    Arena a = {0};
    bool nodes = !resource.len;
    buf_add(out, STR("  "));
    add_cell(out, nodes ? STR("nodes") : resource, 20);
    Str texts[] = {amount_text(&a, resource, before), amount_text(&a, resource, after),
                   amount_text(&a, resource, r->nodes_before ? before / r->nodes_before : 0),
                   amount_text(&a, resource, r->nodes_after ? after / r->nodes_after : 0)};
    for (size_t i = 0; i < (nodes ? 2 : 4); i++)
        buf_addf(out, "%12.*s", (int)texts[i].len, texts[i].data);
    buf_add_char(out, '\n');
    arena_release(&a);
}

static void write_demands(Readiness *r, Buf *out) {
    if (r->measured) {
        if (r->amounts.len) qsort(r->amounts.items, r->amounts.len, sizeof(Amounts), by_resource);
        buf_add(out,
                STR("\n  requested                 before       after      a node   after it\n"));
        write_amount(r, (Str){0}, r->nodes_before, r->nodes_after, out);
        for (size_t i = 0; i < r->amounts.len; i++)
            write_amount(r, r->amounts.items[i].resource, r->amounts.items[i].before,
                         r->amounts.items[i].after, out);
        buf_addf(out, "  by what is converted: %llu, of which %llu request more than before\n",
                 (Number)r->measured, (Number)r->grown);
    }
    if (r->unknown)
        buf_addf(out, "  not counted: %llu whose amounts come from a template, or are none\n",
                 (Number)r->unknown);
}

void readiness_write(Readiness *r, Buf *out) {
    if (!r->objects && !r->suppressed) return;
    write_sums(r, out);
    if (r->objects) write_objects(r, out);
    write_reasons(r, out);
    write_demands(r, out);
}
