/* The detector of forms: the first row that fits. */
#include "convert/variant_era.h"

static const Str names[ERA_COUNT] = {
    [ERA_UNKNOWN] = STR_INIT("no known form"),
    [ERA_OPTIMIZER] = STR_INIT("kind Optimizer, before v0.0.1"),
    [ERA_VARIANTS] = STR_INIT("a list of variants, which no release had"),
    [ERA_ALPHA_BETA] = STR_INIT("multi-variant with alpha and beta, before v0.0.1"),
    [ERA_FIRST] = STR_INIT("multi-variant, v0.0.1 to v0.0.5"),
    [ERA_COST] = STR_INIT("multi-variant, v0.0.5"),
    [ERA_LAST] = STR_INIT("multi-variant, v0.0.5 to v0.4.2"),
    [ERA_TWO_FORMS] = STR_INIT("multi-variant with scaleTargetRef, between v0.4.2 and v0.5.0"),
    [ERA_DRAFT] = STR_INIT("single-variant without scaleTargetRef, a draft of the guide's form"),
    [ERA_GUIDE] = STR_INIT("single-variant, as the migration guide has it"),
    [ERA_TYPE] = STR_INIT("a draft with acceleratorType, which no release had"),
    [ERA_SCALE_TARGET] = STR_INIT("v0.5.0 or v0.5.1"),
    [ERA_REPLICAS] = STR_INIT("v0.6.0 to v0.8.0"),
    [ERA_MODEL] = STR_INIT("without a profile, v0.0.5 to v0.4.2"),
};

Str era_name(Era era) {
    return names[era];
}

const Node *variant_filled(const Node *map, const char *key) {
    const Node *n = node_child(map, str_from(key));
    if (!n || n->templated || n->first) return n;
    bool empty = n->kind != NODE_SCALAR || node_is_null(n) || !n->value.len;
    return empty ? NULL : n;
}

static bool has(const Node *map, const char *key) {
    return variant_filled(map, key) != NULL;
}

static bool has_alpha_beta(const Node *profile) {
    NODE_EACH (entry, variant_filled(profile, "accelerators"))
        if (has(entry, "alpha") || has(entry, "beta")) return true;
    return false;
}

static Era era_of_profile(const Node *spec) {
    if (has(spec, "scaleTargetRef")) return ERA_TWO_FORMS;
    if (has_alpha_beta(variant_filled(spec, "modelProfile"))) return ERA_ALPHA_BETA;
    if (!has(spec, "sloClassRef")) return ERA_LAST;
    return has(spec, "variantCost") ? ERA_COST : ERA_FIRST;
}

static bool is_single_variant(const Node *spec) {
    static const char *const keys[] = {"variantID", "variantProfile", "accelerator"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (has(spec, keys[i])) return true;
    return false;
}

Era variant_era(const Identity *id, const Node *spec) {
    if (str_eq(id->kind, STR("Optimizer"))) return ERA_OPTIMIZER;
    if (has(spec, "variants")) return ERA_VARIANTS;
    /* That draft still took a modelProfile beside its own fields. */
    if (has(spec, "acceleratorType")) return ERA_TYPE;
    if (has(spec, "modelProfile")) return era_of_profile(spec);
    bool targets = has(spec, "scaleTargetRef");
    if (is_single_variant(spec)) return targets ? ERA_GUIDE : ERA_DRAFT;
    if (targets && (has(spec, "minReplicas") || has(spec, "maxReplicas"))) return ERA_REPLICAS;
    if (targets) return ERA_SCALE_TARGET;
    return has(spec, "modelID") ? ERA_MODEL : ERA_UNKNOWN;
}
