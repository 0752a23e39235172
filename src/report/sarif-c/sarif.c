/* The calls of the SARIF writer: each first checks all it was given, then writes. */
#include "sarif.h"

#include "sarif_check.h"
#include "sarif_json.h"

#include <string.h>

const char *sarif_status_text(SarifStatus status) {
    switch (status) {
    case SARIF_OK: return "written";
    case SARIF_WRITE_FAILED: return "the bytes could not be written";
    case SARIF_BAD_ORDER: return "called at the wrong time";
    case SARIF_BAD_MISSING: return "a required part is missing";
    case SARIF_BAD_VALUE: return "a value is out of range";
    case SARIF_BAD_REGION: return "a region ends before it starts or has no start line";
    case SARIF_BAD_URI: return "not a URI of the kind that is needed";
    case SARIF_BAD_DUPLICATE: return "a name occurs twice";
    case SARIF_BAD_EMPTY_FIX: return "a fix changes nothing";
    }
    return "unknown status";
}

static void write_level(SarifWriter *w, SarifLevel level) {
    static const char *const names[] = {NULL, "none", "note", "warning", "error"};
    sarif_word_key(w, "level", names[level]);
}

static void write_message(SarifWriter *w, const char *key, SarifMessage message) {
    if (!message.text.data) return;
    sarif_open_key(w, key, '{');
    sarif_string_key(w, "text", message.text);
    sarif_string_key(w, "markdown", message.markdown);
    sarif_close(w);
}

static void write_text(SarifWriter *w, const char *key, SarifText text) { /* { "text": … } */
    SarifMessage message = {text, {NULL, 0}};
    write_message(w, key, message);
}

static void write_pairs(SarifWriter *w, const SarifPair *pairs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sarif_key(w, pairs[i].name);
        sarif_string(w, pairs[i].value);
    }
}

static void write_artifact(SarifWriter *w, const SarifArtifact *a) {
    sarif_open_key(w, "artifactLocation", '{');
    if (a->path.data) sarif_path_key(w, "uri", a->path);
    sarif_string_key(w, "uri", a->uri);
    sarif_string_key(w, "uriBaseId", a->base);
    sarif_close(w);
}

static void write_region(SarifWriter *w, const char *key, const SarifRegion *r) {
    if (!sarif_has_region(r)) return;
    sarif_open_key(w, key, '{');
    sarif_count_key(w, "startLine", r->start_line);
    sarif_count_key(w, "startColumn", r->start_column);
    sarif_count_key(w, "endLine", r->end_line);
    sarif_count_key(w, "endColumn", r->end_column);
    if (r->has_bytes) {
        sarif_number_key(w, "byteOffset", r->byte_offset);
        sarif_number_key(w, "byteLength", r->byte_length);
    }
    write_text(w, "snippet", r->snippet);
    sarif_close(w);
}

static void write_place(SarifWriter *w, const SarifArtifact *artifact, const SarifRegion *region) {
    if (!sarif_has_artifact(artifact)) return;
    sarif_open_key(w, "physicalLocation", '{');
    write_artifact(w, artifact);
    write_region(w, "region", region);
    sarif_close(w);
}

static void write_location(SarifWriter *w, const SarifLocation *l, uint64_t id) {
    sarif_open(w, '{');
    sarif_count_key(w, "id", id);
    write_place(w, &l->artifact, &l->region);
    if (l->logical_count) sarif_open_key(w, "logicalLocations", '[');
    for (size_t i = 0; i < l->logical_count; i++) {
        sarif_open(w, '{');
        sarif_string_key(w, "name", l->logical[i].name);
        sarif_string_key(w, "fullyQualifiedName", l->logical[i].fully_qualified_name);
        sarif_string_key(w, "kind", l->logical[i].kind);
        sarif_close(w);
    }
    if (l->logical_count) sarif_close(w);
    write_message(w, "message", l->message);
    sarif_close(w);
}

static void write_change(SarifWriter *w, const SarifChange *change) {
    sarif_open(w, '{');
    write_artifact(w, &change->artifact);
    sarif_open_key(w, "replacements", '[');
    for (size_t i = 0; i < change->replacement_count; i++) {
        const SarifReplacement *replacement = &change->replacements[i];
        sarif_open(w, '{');
        write_region(w, "deletedRegion", &replacement->deleted);
        write_text(w, "insertedContent", replacement->inserted);
        sarif_close(w);
    }
    sarif_close(w);
    sarif_close(w);
}

static void write_fixes(SarifWriter *w, const SarifFix *fixes, size_t count) {
    if (count == 0) return;
    sarif_open_key(w, "fixes", '[');
    for (size_t i = 0; i < count; i++) {
        sarif_open(w, '{');
        write_message(w, "description", fixes[i].description);
        sarif_open_key(w, "artifactChanges", '[');
        for (size_t k = 0; k < fixes[i].change_count; k++) write_change(w, &fixes[i].changes[k]);
        sarif_close(w);
        sarif_close(w);
    }
    sarif_close(w);
}

static void write_suppressions(SarifWriter *w, const SarifSuppression *suppressions, size_t count) {
    static const char *const statuses[] = {NULL, "accepted", "underReview", "rejected"};
    if (!suppressions) return;
    sarif_open_key(w, "suppressions", '[');
    for (size_t i = 0; i < count; i++) {
        sarif_open(w, '{');
        sarif_word_key(w, "kind",
                       suppressions[i].kind == SARIF_IN_SOURCE ? "inSource" : "external");
        sarif_word_key(w, "status", statuses[suppressions[i].status]);
        sarif_string_key(w, "justification", suppressions[i].justification);
        sarif_close(w);
    }
    sarif_close(w);
}

void sarif_init(SarifWriter *w, SarifWrite write, void *context, int indent) {
    if (!w) return;
    memset(w, 0, sizeof *w);
    w->write = write;
    w->context = context;
    w->indent = indent < 0 ? 0 : indent > 8 ? 8 : indent;
}

static SarifStatus written(const SarifWriter *w) {
    return w->failed ? SARIF_WRITE_FAILED : SARIF_OK;
}

static void start_log(SarifWriter *w) {
    if (w->stage != STAGE_START) return;
    sarif_open(w, '{');
    sarif_word_key(w, "$schema",
                   "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                   "sarif-schema-2.1.0.json");
    sarif_word_key(w, "version", "2.1.0");
    sarif_open_key(w, "runs", '[');
}

static void write_bases(SarifWriter *w, const SarifBase *bases, size_t count) {
    if (count == 0) return;
    sarif_open_key(w, "originalUriBaseIds", '{');
    for (size_t i = 0; i < count; i++) {
        sarif_key(w, bases[i].id);
        sarif_open(w, '{');
        sarif_string_key(w, "uri", bases[i].uri);
        write_text(w, "description", bases[i].description);
        sarif_close(w);
    }
    sarif_close(w);
}

/* The tool comes last, so that its rules can be added one by one. */
SarifStatus sarif_run(SarifWriter *w, const SarifRun *run) {
    static const char *const column_kinds[] = {NULL, "utf16CodeUnits", "unicodeCodePoints"};
    TRY(sarif_check_stage(w, run, STAGE_START, STAGE_BETWEEN_RUNS));
    TRY(sarif_check_run(run));
    start_log(w);
    sarif_open(w, '{');
    if (run->automation_id.data) {
        sarif_open_key(w, "automationDetails", '{');
        sarif_string_key(w, "id", run->automation_id);
        sarif_close(w);
    }
    write_bases(w, run->bases, run->base_count);
    sarif_word_key(w, "columnKind", column_kinds[run->column_kind]);
    sarif_open_key(w, "tool", '{');
    sarif_open_key(w, "driver", '{');
    sarif_string_key(w, "name", run->tool_name);
    sarif_string_key(w, "version", run->version);
    sarif_string_key(w, "semanticVersion", run->semantic_version);
    sarif_string_key(w, "informationUri", run->information_uri);
    sarif_open_key(w, "rules", '[');
    w->rules = 0;
    w->stage = STAGE_RULES;
    return written(w);
}

SarifStatus sarif_rule(SarifWriter *w, const SarifRule *rule) {
    TRY(sarif_check_stage(w, rule, STAGE_RULES, STAGE_RULES));
    TRY(sarif_check_rule(rule));
    sarif_open(w, '{');
    sarif_string_key(w, "id", rule->id);
    sarif_string_key(w, "name", rule->name);
    write_text(w, "shortDescription", rule->short_description);
    write_text(w, "fullDescription", rule->full_description);
    write_message(w, "help", rule->help);
    sarif_string_key(w, "helpUri", rule->help_uri);
    if (rule->level != SARIF_LEVEL_ABSENT) {
        sarif_open_key(w, "defaultConfiguration", '{');
        write_level(w, rule->level);
        sarif_close(w);
    }
    if (rule->tag_count || rule->property_count) {
        sarif_open_key(w, "properties", '{');
        write_pairs(w, rule->properties, rule->property_count);
        if (rule->tag_count) sarif_open_key(w, "tags", '[');
        for (size_t i = 0; i < rule->tag_count; i++) sarif_string(w, rule->tags[i]);
        if (rule->tag_count) sarif_close(w);
        sarif_close(w);
    }
    sarif_close(w);
    w->rules++;
    return written(w);
}

static void start_results(SarifWriter *w) {
    if (w->stage != STAGE_RULES) return;
    sarif_close(w); /* rules */
    sarif_close(w); /* driver */
    sarif_close(w); /* tool */
    sarif_open_key(w, "results", '[');
    w->stage = STAGE_RESULTS;
}

static void write_locations(SarifWriter *w, const SarifResult *r) {
    if (r->location_count) sarif_open_key(w, "locations", '[');
    for (size_t i = 0; i < r->location_count; i++) write_location(w, &r->locations[i], 0);
    if (r->location_count) sarif_close(w);
    if (r->related_count) sarif_open_key(w, "relatedLocations", '[');
    for (size_t i = 0; i < r->related_count; i++) write_location(w, &r->related[i], i + 1);
    if (r->related_count) sarif_close(w);
}

SarifStatus sarif_result(SarifWriter *w, const SarifResult *r) {
    TRY(sarif_check_stage(w, r, STAGE_RULES, STAGE_RESULTS));
    TRY(sarif_check_result(r, w->rules));
    start_results(w);
    sarif_open(w, '{');
    sarif_string_key(w, "ruleId", r->rule_id);
    if (r->rule_number) sarif_number_key(w, "ruleIndex", r->rule_number - 1);
    write_level(w, r->level);
    write_message(w, "message", r->message);
    write_locations(w, r);
    write_suppressions(w, r->suppressions, r->suppression_count);
    write_fixes(w, r->fixes, r->fix_count);
    if (r->fingerprint_count) {
        sarif_open_key(w, "partialFingerprints", '{');
        write_pairs(w, r->fingerprints, r->fingerprint_count);
        sarif_close(w);
    }
    if (r->property_count) {
        sarif_open_key(w, "properties", '{');
        write_pairs(w, r->properties, r->property_count);
        sarif_close(w);
    }
    sarif_close(w);
    return written(w);
}

static void start_invocation(SarifWriter *w) {
    start_results(w);
    sarif_close(w); /* results */
    sarif_open_key(w, "invocations", '[');
    sarif_open(w, '{');
}

SarifStatus sarif_notification(SarifWriter *w, const SarifNotification *n) {
    TRY(sarif_check_stage(w, n, STAGE_RULES, STAGE_NOTIFICATIONS));
    TRY(sarif_check_notification(n));
    if (w->stage != STAGE_NOTIFICATIONS) {
        start_invocation(w);
        sarif_open_key(w, "toolExecutionNotifications", '[');
        w->stage = STAGE_NOTIFICATIONS;
    }
    sarif_open(w, '{');
    write_level(w, n->level);
    write_message(w, "message", n->message);
    if (sarif_has_artifact(&n->artifact)) {
        sarif_open_key(w, "locations", '[');
        sarif_open(w, '{');
        write_place(w, &n->artifact, &n->region);
        sarif_close(w);
        sarif_close(w);
    }
    sarif_close(w);
    return written(w);
}

SarifStatus sarif_run_end(SarifWriter *w, bool successful) {
    TRY(sarif_check_stage(w, w, STAGE_RULES, STAGE_NOTIFICATIONS));
    if (w->stage == STAGE_NOTIFICATIONS) {
        sarif_close(w); /* toolExecutionNotifications */
    } else {
        start_invocation(w);
    }
    sarif_bool_key(w, "executionSuccessful", successful);
    sarif_close(w); /* invocation */
    sarif_close(w); /* invocations */
    sarif_close(w); /* run */
    w->stage = STAGE_BETWEEN_RUNS;
    return written(w);
}

SarifStatus sarif_end(SarifWriter *w) {
    TRY(sarif_check_stage(w, w, STAGE_START, STAGE_BETWEEN_RUNS));
    start_log(w);
    sarif_close(w); /* runs */
    sarif_close(w); /* log */
    sarif_finish(w);
    w->stage = STAGE_ENDED;
    return written(w);
}
