/* What a replica costs, where the resource does not tell: up to v0.5.0 a ConfigMap of the
 * controller said what one unit of an accelerator costs. */
#include "convert/variant.h"

#include "yaml/parse.h"

#include <inttypes.h>

enum {
    MOST_DIGITS = 15,   /* of a cost without its point: times a count it fits 64 bits */
    LONGEST_UNIT = 4096 /* bytes of the JSON: it is read again for each entry of each resource */
};

/* Where the controller's own objects were installed; the empty one is left to a kustomization. */
static const Str namespaces[] = {STR_INIT("workload-variant-autoscaler-system"),
                                 STR_INIT("inferno-autoscaler-system"), STR_INIT("default"),
                                 STR_INIT("")};
/* The second one stands in its documentation. */
static const Str names[] = {STR_INIT("accelerator-unit-costs"), STR_INIT("accelerator-unitcost")};

typedef struct Price {
    Str unit; /* "40.00"; empty where none was found */
    Str namespace, name;
    bool disputed; /* two ConfigMaps say different costs */
} Price;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Digits, and perhaps a point with digits behind it: what the CRD takes. */
static bool is_cost(Str text) {
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool point = text.data[i] == '.' && i > 0 && i + 1 < text.len;
        if (!point && !is_digit(text.data[i])) return false;
        points += point;
        digits += !point;
    }
    return digits > 0 && digits <= MOST_DIGITS && points <= 1;
}

/* data[TYPE] is JSON: {"device": "NVIDIA-A100", "cost": "40.00"}. */
static Str unit_cost(Arena *a, const Node *config_map, Str type) {
    Document doc;
    Str text = node_text(node_child(node_child(config_map, STR("data")), type));
    if (!text.len || text.len > LONGEST_UNIT || !document_parse(a, text, &doc)) return (Str){0};
    Str cost = node_text(node_child(doc.root, STR("cost")));
    return is_cost(cost) ? cost : (Str){0};
}

static void ask(const ConvertInput *in, Str namespace, Str name, Str type, Price *p) {
    const ConvertFacts *facts = in->facts;
    const Node *found = facts->read(facts->context, (Str){0}, STR("ConfigMap"), namespace, name);
    Str unit = unit_cost(in->arena, found, type);
    if (!unit.len) return;
    if (!p->unit.len)
        *p = (Price){.unit = unit, .namespace = namespace, .name = name};
    else if (!str_eq(p->unit, unit))
        p->disputed = true;
}

static void find_price(const ConvertInput *in, Str type, Price *p) {
    *p = (Price){0};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        ask(in, in->namespace, names[n], type, p);
        for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
            if (!str_eq(namespaces[i], in->namespace)) ask(in, namespaces[i], names[n], type, p);
    }
}

/* In decimal digits: a binary fraction would show its noise. */
static Str times(Arena *a, Str unit, uint64_t count) {
    uint64_t digits = 0;
    size_t point = str_find_char(unit, '.');
    for (size_t i = 0; i < unit.len; i++)
        if (is_digit(unit.data[i])) digits = digits * 10 + (uint64_t)(unit.data[i] - '0');
    Str all = str_format(a, "%" PRIu64, digits * count);
    if (point == STR_NONE) return all;
    size_t places = unit.len - point - 1;
    while (all.len <= places) all = str_format(a, "0" STR_FMT, STR_ARG(all));
    return str_format(a, STR_FMT "." STR_FMT, STR_ARG(str_slice(all, 0, all.len - places)),
                      STR_ARG(str_from_offset(all, all.len - places)));
}

static void note_price(Converted *out, const Variant *one, const Price *p) {
    convert_note(out,
                 "variantCost " STR_FMT " for '" STR_FMT "' is " STR_FMT " x " STR_FMT
                 " of the ConfigMap '%.*s%s" STR_FMT "': check that a replica costs that",
                 STR_ARG(one->found_cost), STR_ARG(one->type), STR_ARG(one->count->value),
                 STR_ARG(p->unit), STR_ARG(p->namespace), p->namespace.len ? "/" : "",
                 STR_ARG(p->name));
}

static bool price(const ConvertInput *in, Converted *out, Variant *one) {
    enum { MOST_UNITS = 1000 };
    uint64_t count;
    Price p;
    if (!in->facts->read || !one->count || !str_to_u64(node_text(one->count), &count)) return false;
    find_price(in, one->type, &p);
    if (p.disputed)
        convert_remark(out,
                       "the ConfigMaps of unit costs disagree about '" STR_FMT
                       "': variantCost is not taken from them",
                       STR_ARG(one->type));
    if (!p.unit.len || p.disputed || count > MOST_UNITS) return false;
    one->found_cost = times(in->arena, p.unit, count);
    note_price(out, one, &p);
    return true;
}

static bool lacks_cost(const Variants *v, const Variant *one) {
    return !one->cost && !v->cost && one->type.len;
}

void variants_price(const ConvertInput *in, Converted *out, Variants *v) {
    size_t lacking = 0, priced = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (!lacks_cost(v, &v->items[i])) continue;
        lacking++;
        priced += price(in, out, &v->items[i]);
    }
    const char *field = v->form == FORM_NONE ? "llm-d.ai/variant-cost" : "variantCost";
    const char *whose = v->form == FORM_NONE ? "controller" : "CRD";
    if (lacking && !priced)
        convert_remark(out, "the input holds no cost: %s is left to the %s's default", field,
                       whose);
    for (size_t i = 0; i < v->count && priced && priced < lacking; i++) {
        const Variant *one = &v->items[i];
        if (lacks_cost(v, one) && !one->found_cost.len)
            convert_remark(out,
                           "the input holds no cost of '" STR_FMT
                           "': variantCost is left to the CRD's default",
                           STR_ARG(one->type));
    }
}
