/* Writes names, descriptions and messages for the SARIF report. */
#include "report/sarif_text.h"

#include "report/fix_words.h"

#include <ctype.h>
#include <string.h>

enum { DESCRIPTION_BYTES = 1024 };

void sarif_add_name(Buf *out, Str kebab) {
    Str part;
    while (str_split(&kebab, '-', &part)) {
        if (part.len) buf_add_char(out, (char)toupper((unsigned char)part.data[0]));
        buf_add(out, str_from_offset(part, 1));
    }
}

static void add_sentence(Buf *out, Str text) {
    text = str_trim(text);
    buf_add(out, text);
    if (text.len && !strchr(".!?:", text.data[text.len - 1])) buf_add_char(out, '.');
}

void sarif_add_description(Buf *out, Str text) {
    size_t start = out->len, end;
    add_sentence(out, text);
    if (out->len - start <= DESCRIPTION_BYTES) return;
    end = start + DESCRIPTION_BYTES - (sizeof "..." - 1);
    while (end > start && ((unsigned char)out->data[end] & 0xC0) == 0x80)
        end--; /* whole characters */
    out->len = end;
    buf_add(out, STR("..."));
}

/* ---- Help ---- */

static void add_heading(Buf *out, bool markdown, const char *heading) {
    buf_addf(out, markdown ? "## %s\n\n" : "%s:\n", heading);
}

static void add_section(Buf *out, bool markdown, const char *heading, Str text, bool yaml) {
    text = str_trim(text);
    if (!text.len) return;
    if (out->len) buf_add(out, STR("\n\n"));
    add_heading(out, markdown, heading);
    if (markdown && yaml) buf_add(out, STR("```yaml\n"));
    buf_add(out, text);
    if (markdown && yaml) buf_add(out, STR("\n```"));
}

static void add_references(Buf *out, const Rule *rule, bool markdown) {
    if (!rule->references.len) return;
    if (out->len) buf_add(out, STR("\n\n"));
    add_heading(out, markdown, "References");
    for (size_t i = 0; i < rule->references.len; i++) {
        Str reference = rule->references.items[i];
        bool link = markdown && str_starts(reference, STR("http"));
        if (i) buf_add_char(out, '\n');
        buf_addf(out, link ? "- <" STR_FMT ">" : "- " STR_FMT, STR_ARG(reference));
    }
}

void sarif_add_help(Buf *out, const Rule *rule, bool markdown) {
    add_section(out, markdown, "Why", rule->why.len ? rule->why : rule->summary, false);
    add_section(out, markdown, "Before", rule->before, true);
    add_section(out, markdown, "After", rule->after, true);
    add_section(out, markdown, "What is lost", rule->loses, false);
    add_references(out, rule, markdown);
}

/* ---- Messages ---- */

/* Text from a manifest that looks like a link, "[a](https://…)", must not become one. */
static void add_plain(Buf *out, Str text) {
    bool harmless = str_find(text, STR("](")) == STR_NONE;
    for (size_t i = 0; i < text.len; i++) {
        if (!harmless && text.data[i] == '[') buf_add_char(out, '\\');
        buf_add_char(out, text.data[i]);
    }
}

static void add_link(Buf *out, const PlaceView *place, size_t id) {
    Buf words = {0};
    buf_add(&words, place->message.len ? place->message : place->path);
    buf_add_char(out, '[');
    for (size_t i = 0; i < words.len; i++) {
        if (strchr("[]\\", words.data[i]) && words.data[i]) buf_add_char(out, '\\');
        buf_add_char(out, words.data[i]);
    }
    buf_addf(out, "](%zu)", id);
    buf_release(&words);
}

static void add_plain_sentence(Buf *out, Str text) {
    Buf sentence = {0};
    add_sentence(&sentence, text);
    add_plain(out, buf_str(&sentence));
    buf_release(&sentence);
}

static void add_fix_line(Buf *out, const FindingView *f) {
    bool safe = f->fix && f->fix->safety == SAFETY_SAFE;
    if (f->fix) {
        buf_add(out, safe ? STR("\nFix with --fix: ") : STR("\nFix with --fix=review: "));
        add_plain_sentence(out, f->fix->title);
    }
    if (f->refused.len) {
        buf_add(out, STR("\nNo fix: "));
        add_plain_sentence(out, f->refused);
    }
}

void sarif_add_message(Buf *out, const FindingView *f) {
    add_plain_sentence(out, f->message);
    for (size_t i = 0; i < f->note_count; i++) {
        buf_add(out, STR("\nNote: "));
        add_plain(out, f->notes[i]);
    }
    add_fix_line(out, f);
    size_t related = f->related_count < SARIF_RELATED ? f->related_count : SARIF_RELATED;
    for (size_t i = 0; i < related; i++) {
        buf_add(out, i ? STR(", ") : STR("\nSee "));
        add_link(out, &f->related[i], i + 1);
    }
    if (related) buf_add_char(out, '.');
}

void sarif_add_fix(Buf *out, const FixView *fix) {
    size_t count = fix_note_count(fix);
    Buf note = {0};
    buf_addf(&note, STR_FMT " (" STR_FMT ")", STR_ARG(fix->title),
             STR_ARG(safety_names[fix->safety]));
    add_plain_sentence(out, buf_str(&note));
    for (size_t i = 0; i < count; i++) {
        buf_clear(&note);
        fix_add_note(&note, fix, i, FIX_LISTED);
        buf_add(out, STR("\nNote: "));
        add_plain_sentence(out, buf_str(&note));
    }
    buf_release(&note);
}

void sarif_add_resource(Buf *out, const ResourceView *resource) {
    if (resource->namespace.len) {
        buf_add(out, resource->namespace);
        buf_add_char(out, '/');
    }
    buf_add(out, resource->kind);
    if (!resource->name.len) return;
    buf_add_char(out, '/');
    buf_add(out, resource->name);
}
