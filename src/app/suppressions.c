/* Who asked for silence, and whether it was heard. */
#include "app/settle.h"

#include "app/write.h"
#include "rule/comments.h"
#include "rule/suppress.h"

static bool was_used(const Scan *s, const Suppress *entry) {
    for (size_t i = 0; i < s->used_entries.len; i++)
        if (s->used_entries.items[i] == entry) return true;
    return false;
}

static void note_used(Scan *s, const Suppress *entry) {
    if (!was_used(s, entry)) vec_push(&s->used_entries, entry);
}

static void suppress_by_config(Scan *s, Finding *f) {
    const Config *config = s->sources.items[f->source].config;
    SuppressQuestion q = {.rule = f->rule,
                          .path = scan_path(s, f->source),
                          .kind = scan_text(s, f->kind),
                          .namespace = scan_text(s, f->namespace),
                          .name = scan_text(s, f->name)};
    for (size_t i = 0; i < config->suppression_count && f->state == FINDING_OPEN; i++) {
        const Suppression *entry = &config->suppressions[i];
        if (!suppression_covers(s->configs, entry, &q)) continue;
        bool expired = entry->entry->until && entry->entry->until < s->today;
        if (expired && s->sources.items[f->source].facts_only) continue; /* nobody is told */
        note_used(s, entry->entry);
        if (expired) continue;
        f->state = FINDING_CONFIG;
        f->reason = names_intern(&s->index.names, entry->entry->place.text);
    }
}

static void tell_about(Scan *s, const char *rule, const SuppressComment *c, Str value) {
    if (s->sources.items[c->source].facts_only) return;
    Finding *f = scan_add_own(s, rule, c->source, c->place, value);
    if (!f) return;
    f->piece = c->piece;
    f->piece_length = c->piece_length;
    f->piece_line = c->piece_line;
    f->piece_column = c->piece_column;
    f->piece_hash = c->piece_hash;
}

/* The first finding of a source at or behind a line; findings are sorted. */
static size_t first_at(const Scan *s, uint32_t source, uint32_t line) {
    size_t low = 0, high = s->sorted;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Finding *f = &s->findings.items[middle];
        int c = f->source == source ? 0 : str_cmp(scan_path(s, f->source), scan_path(s, source));
        if (!c && f->source != source) c = f->source < source ? -1 : 1;
        if (c < 0 || (!c && f->place.line < line))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void apply_comment(Scan *s, SuppressComment *c, const FileSuppression *what) {
    uint32_t line = c->place.line + c->own_line;
    for (size_t i = first_at(s, c->source, line); i < s->sorted; i++) {
        Finding *f = &s->findings.items[i];
        if (f->source != c->source || f->place.line != line) break;
        const Rule *rule = &s->rules->rules[f->rule];
        if (!suppress_means(what, rule)) continue;
        bool reads_text = rule->match == MATCH_TEXT || rule->match == MATCH_COMMAND;
        if (c->standing == COMMENT_SCRIPT && !reads_text) continue;
        c->used = true;
        if (what->until && what->until < s->today) continue;
        if (f->state != FINDING_OPEN) continue;
        f->state = FINDING_INLINE;
        f->reason = names_intern(&s->index.names, what->reason);
    }
}

static void settle_comment(Scan *s, SuppressComment *c) {
    FileSuppression what;
    Error err;
    if (!suppress_parse(scan_text(s, c->text), &what, &err) ||
        !suppress_known(&what, s->rules, &err)) {
        tell_about(s, "UNS009", c, str_from(err.text));
        return;
    }
    apply_comment(s, c, &what);
    if (c->used && what.until && what.until < s->today) {
        tell_about(s, "UNS009", c, STR("its date has passed"));
    } else if (!c->used && c->standing == COMMENT_REAL &&
               suppress_active(&what, s->rules, s->sources.items[c->source].config->active)) {
        tell_about(s, "UNS008", c, what.selectors);
    }
}

/* Configurations are no sources of the scan; one with something to tell becomes one. */
static uint32_t source_for(Scan *s, Str path, const Config *config) {
    for (uint32_t i = 0; i < s->sources.len; i++)
        if (str_eq(s->sources.items[i].source.path, path)) return i;
    Source source = {.path = path, .open_as = str_copy(&s->arena, path)};
    FileStamp stamp;
    Error err;
    if (file_stamp(path, &stamp, &err)) source.size = stamp.size;
    vec_push(&s->sources,
             (ScanSource){.source = source, .repository_path = path, .config = config});
    return (uint32_t)s->sources.len - 1;
}

/* Was everything scanned that the configuration speaks of? A run on one file or one folder knows
 * nothing of an entry for another. */
static bool covers_all(Scan *s, Str config_file) {
    Str directory = str_directory(config_file);
    for (size_t i = 0; i < s->options->arguments.len; i++) {
        Str path = path_shown(&s->arena, s->options->arguments.items[i]);
        bool below = str_starts(directory, path) && directory.len > path.len &&
                     directory.data[path.len] == '/';
        if (below || str_eq(path, directory)) return true;
    }
    return false;
}

/* Its directory may hold nothing that was read: then the configurations do not know it yet. */
static bool may_speak_of(const Scan *s, const Suppression *entry, Str path) {
    Error err;
    return !config_for(s->configs, path, &err) || suppression_may_cover(s->configs, entry, path);
}

/* Archives that were not opened, files that could not be read: who knows what it is for? */
static bool may_speak_of_unread(const Scan *s, const Suppression *entry) {
    for (size_t i = 0; i < s->archives.len; i++)
        if (may_speak_of(s, entry, s->archives.items[i])) return true;
    for (size_t i = 0; i < s->problems.len; i++) {
        Str path = s->problems.items[i].path;
        if (path.len && may_speak_of(s, entry, path)) return true;
    }
    return false;
}

/* Once, however many directories and layers share the entry. */
static bool was_told(const Scan *s, const Suppress *entry) {
    for (size_t i = 0; i < s->told_entries.len; i++) {
        const Written *told = &s->told_entries.items[i]->place, *at = &entry->place;
        if (told->line == at->line && told->column == at->column && str_eq(told->file, at->file))
            return true;
    }
    return false;
}

static void settle_entry(Scan *s, const Config *config, const Suppression *entry) {
    const Written *at = &entry->entry->place;
    bool expired = entry->entry->until && entry->entry->until < s->today,
         used = was_used(s, entry->entry);
    bool wanted = false;
    for (size_t i = 0; i < s->rules->count; i++)
        wanted |= rules_has(entry->rules, i) && rules_has(config->active, i);
    bool known = used ? expired : covers_all(s, at->file) && !may_speak_of_unread(s, entry);
    if (!wanted || was_told(s, entry->entry) || !known) return;
    Place place = {
        .line = at->line, .column = at->column, .end_line = at->line, .end_column = at->column};
    Str value = used                          ? STR("its date has passed")
                : entry->entry->rule.text.len ? entry->entry->rule.text
                                              : STR("every rule");
    uint32_t source = source_for(s, at->file, config);
    Finding *f = scan_add_own(s, used ? "UNS009" : "UNS008", source, place, value);
    if (f) f->piece_length = (uint32_t)s->sources.items[source].source.size;
    if (f) f->piece_line = f->piece_column = 1;
    vec_push(&s->told_entries, entry->entry);
}

static void settle_entries(Scan *s) {
    size_t scanned = s->sources.len;
    const Config *last = NULL;
    for (size_t i = 0; i < scanned; i++) {
        const Config *config = s->sources.items[i].config;
        if (config == last) continue;
        last = config;
        for (size_t k = 0; k < config->suppression_count; k++)
            settle_entry(s, config, &config->suppressions[k]);
    }
}

void settle_suppressions(Scan *s) {
    s->sorted = s->findings.len;
    for (size_t i = 0; i < s->comments.len; i++)
        if (s->comments.items[i].source != MAP_NONE) settle_comment(s, &s->comments.items[i]);
    for (size_t i = 0; i < s->findings.len; i++)
        if (s->findings.items[i].state == FINDING_OPEN)
            suppress_by_config(s, &s->findings.items[i]);
    settle_entries(s);
}
