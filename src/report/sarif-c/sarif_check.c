/* All checks of what is passed to the writer; nothing here writes. */
#include "sarif_check.h"

#include "sarif_json.h"

#include <string.h>

SarifStatus sarif_check_stage(const SarifWriter *w, const void *argument, SarifStage first,
                              SarifStage last) {
    if (!w) return SARIF_BAD_MISSING;
    if (w->failed) return SARIF_WRITE_FAILED;
    if (!w->write || w->stage < (int)first || w->stage > (int)last) return SARIF_BAD_ORDER;
    return argument ? SARIF_OK : SARIF_BAD_MISSING;
}

static SarifStatus check_array(const void *items, size_t count) {
    return items || count == 0 ? SARIF_OK : SARIF_BAD_MISSING;
}

static SarifStatus check_choice(int value, int first, int last) {
    return value >= first && value <= last ? SARIF_OK : SARIF_BAD_VALUE;
}

static SarifStatus check_absolute(SarifText uri) {
    return !uri.data || (sarif_is_uri(uri) && sarif_has_scheme(uri)) ? SARIF_OK : SARIF_BAD_URI;
}

static SarifStatus check_message(SarifMessage message, bool required) {
    bool missing = !message.text.data && (required || message.markdown.data);
    return missing ? SARIF_BAD_MISSING : SARIF_OK;
}

bool sarif_has_artifact(const SarifArtifact *a) {
    return a->path.data || a->uri.data;
}

static SarifStatus check_artifact(const SarifArtifact *a) {
    if (!sarif_has_artifact(a)) return a->base.data ? SARIF_BAD_MISSING : SARIF_OK;
    if (a->path.data && a->uri.data) return SARIF_BAD_VALUE;
    if (a->uri.data && !sarif_is_uri(a->uri)) return SARIF_BAD_URI;
    if (a->path.data && a->path.length == 0) return SARIF_BAD_URI;
    SarifText place = a->path.data ? a->path : a->uri;
    bool absolute = place.data[0] == '/' || (a->uri.data && sarif_has_scheme(a->uri));
    return absolute && a->base.data ? SARIF_BAD_URI : SARIF_OK;
}

bool sarif_has_region(const SarifRegion *r) {
    return r->start_line || r->has_bytes;
}

static SarifStatus check_region(const SarifRegion *r) {
    uint64_t end_line = r->end_line ? r->end_line : r->start_line;
    uint64_t start_column = r->start_column ? r->start_column : 1;
    if (!r->start_line && (r->start_column || r->end_line || r->end_column))
        return SARIF_BAD_REGION;
    if (end_line < r->start_line) return SARIF_BAD_REGION;
    if (end_line == r->start_line && r->end_column && r->end_column < start_column) {
        return SARIF_BAD_REGION;
    }
    if (!r->has_bytes && (r->byte_offset || r->byte_length)) return SARIF_BAD_REGION;
    return r->snippet.data && !sarif_has_region(r) ? SARIF_BAD_REGION : SARIF_OK;
}

static SarifStatus check_place(const SarifArtifact *artifact, const SarifRegion *region) {
    TRY(check_artifact(artifact));
    TRY(check_region(region));
    return sarif_has_region(region) && !sarif_has_artifact(artifact) ? SARIF_BAD_MISSING : SARIF_OK;
}

static SarifStatus check_locations(const SarifLocation *locations, size_t count) {
    TRY(check_array(locations, count));
    for (size_t i = 0; i < count; i++) {
        const SarifLocation *l = &locations[i];
        TRY(check_place(&l->artifact, &l->region));
        TRY(check_message(l->message, false));
        TRY(check_array(l->logical, l->logical_count));
    }
    return SARIF_OK;
}

static bool same_text(SarifText a, SarifText b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* A JSON object with one key twice is read differently by every reader. */
static SarifStatus check_pairs(const SarifPair *pairs, size_t count, SarifText reserved) {
    TRY(check_array(pairs, count));
    for (size_t i = 0; i < count; i++) {
        if (!pairs[i].name.data || !pairs[i].value.data) return SARIF_BAD_MISSING;
        if (reserved.data && same_text(pairs[i].name, reserved)) return SARIF_BAD_DUPLICATE;
        for (size_t k = 0; k < i; k++) {
            if (same_text(pairs[i].name, pairs[k].name)) return SARIF_BAD_DUPLICATE;
        }
    }
    return SARIF_OK;
}

static SarifStatus check_tags(const SarifText *tags, size_t count) {
    TRY(check_array(tags, count));
    for (size_t i = 0; i < count; i++) {
        if (!tags[i].data) return SARIF_BAD_MISSING;
        for (size_t k = 0; k < i; k++) {
            if (same_text(tags[i], tags[k])) return SARIF_BAD_DUPLICATE;
        }
    }
    return SARIF_OK;
}

SarifStatus sarif_check_run(const SarifRun *run) {
    if (!run->tool_name.data) return SARIF_BAD_MISSING;
    TRY(check_absolute(run->information_uri));
    TRY(check_choice((int)run->column_kind, SARIF_COLUMN_KIND_ABSENT, SARIF_UNICODE_CODE_POINTS));
    TRY(check_array(run->bases, run->base_count));
    for (size_t i = 0; i < run->base_count; i++) {
        const SarifBase *base = &run->bases[i];
        if (!base->id.data) return SARIF_BAD_MISSING;
        TRY(check_absolute(base->uri));
        if (base->uri.data && base->uri.data[base->uri.length - 1] != '/') return SARIF_BAD_URI;
        for (size_t k = 0; k < i; k++) {
            if (same_text(base->id, run->bases[k].id)) return SARIF_BAD_DUPLICATE;
        }
    }
    return SARIF_OK;
}

SarifStatus sarif_check_rule(const SarifRule *rule) {
    if (!rule->id.data) return SARIF_BAD_MISSING;
    TRY(check_message(rule->help, false));
    TRY(check_absolute(rule->help_uri));
    TRY(check_choice((int)rule->level, SARIF_LEVEL_ABSENT, SARIF_ERROR));
    TRY(check_tags(rule->tags, rule->tag_count));
    return check_pairs(rule->properties, rule->property_count, sarif_text("tags"));
}

static SarifStatus check_change(const SarifChange *change) {
    if (change->replacement_count == 0) return SARIF_BAD_EMPTY_FIX;
    if (!sarif_has_artifact(&change->artifact)) return SARIF_BAD_MISSING;
    TRY(check_artifact(&change->artifact));
    TRY(check_array(change->replacements, change->replacement_count));
    for (size_t i = 0; i < change->replacement_count; i++) {
        const SarifRegion *deleted = &change->replacements[i].deleted;
        if (!sarif_has_region(deleted)) return SARIF_BAD_REGION;
        TRY(check_region(deleted));
    }
    return SARIF_OK;
}

static SarifStatus check_fixes(const SarifFix *fixes, size_t count) {
    TRY(check_array(fixes, count));
    for (size_t i = 0; i < count; i++) {
        const SarifFix *fix = &fixes[i];
        if (fix->change_count == 0) return SARIF_BAD_EMPTY_FIX;
        TRY(check_message(fix->description, false));
        TRY(check_array(fix->changes, fix->change_count));
        for (size_t k = 0; k < fix->change_count; k++) TRY(check_change(&fix->changes[k]));
    }
    return SARIF_OK;
}

static SarifStatus check_suppressions(const SarifSuppression *suppressions, size_t count) {
    TRY(check_array(suppressions, count));
    for (size_t i = 0; i < count; i++) {
        TRY(check_choice((int)suppressions[i].kind, SARIF_IN_SOURCE, SARIF_EXTERNAL));
        TRY(check_choice((int)suppressions[i].status, SARIF_STATUS_ABSENT, SARIF_REJECTED));
    }
    return SARIF_OK;
}

SarifStatus sarif_check_result(const SarifResult *r, uint64_t rules) {
    TRY(check_message(r->message, true));
    TRY(check_choice((int)r->level, SARIF_LEVEL_ABSENT, SARIF_ERROR));
    if (r->rule_number > rules) return SARIF_BAD_VALUE;
    TRY(check_locations(r->locations, r->location_count));
    TRY(check_locations(r->related, r->related_count));
    TRY(check_suppressions(r->suppressions, r->suppression_count));
    TRY(check_fixes(r->fixes, r->fix_count));
    TRY(check_pairs(r->fingerprints, r->fingerprint_count, (SarifText){NULL, 0}));
    return check_pairs(r->properties, r->property_count, sarif_text("tags"));
}

SarifStatus sarif_check_notification(const SarifNotification *n) {
    TRY(check_message(n->message, true));
    TRY(check_choice((int)n->level, SARIF_LEVEL_ABSENT, SARIF_ERROR));
    return check_place(&n->artifact, &n->region);
}
