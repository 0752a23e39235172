/* The names of the resources that variants become: `{name}-{accelerator}`, in lower case. */
#include "convert/variant.h"

#include "base/buf.h"
#include "model/index.h"

/* The Deployment of the same name puts its name on labels of its Pods: a label holds 63 bytes. */
enum { LONGEST_NAME = 63 };

static bool is_dns_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* DNS-1123 letters; runs of anything else are one dash. */
static Str dns_label(Arena *a, Str text) {
    Buf label = {0};
    for (size_t i = 0; i < text.len; i++) {
        char c = str_lower_char(text.data[i]);
        if (is_dns_char(c))
            buf_add_char(&label, c);
        else if (label.len && label.data[label.len - 1] != '-')
            buf_add_char(&label, '-');
    }
    Str copy = str_copy(a, buf_str(&label));
    buf_release(&label);
    return copy;
}

static bool is_dns_name(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        bool at_edge = i == 0 || i + 1 == name.len;
        bool joins = (name.data[i] == '-' || name.data[i] == '.') && !at_edge;
        if (!is_dns_char(name.data[i]) && !joins) return false;
    }
    return name.len > 0;
}

static bool shares_name(const Variants *v, size_t i) {
    for (size_t k = 0; k < v->count; k++)
        if (k != i && str_eq(v->items[k].resource, v->items[i].resource)) return true;
    return false;
}

/* The same accelerator in other numbers: all of them say how many they have. */
static void tell_apart(Arena *a, Variants *v) {
    bool *shared = arena_array(a, bool, v->count);
    for (size_t i = 0; i < v->count; i++) shared[i] = shares_name(v, i);
    for (size_t i = 0; i < v->count; i++)
        if (shared[i])
            v->items[i].resource = str_format(a, STR_FMT "-" STR_FMT, STR_ARG(v->items[i].resource),
                                              STR_ARG(v->items[i].count->value));
}

static bool may_be_named(const ConvertInput *in, Converted *out, const Variants *v, size_t i) {
    Str name = v->items[i].resource;
    if (shares_name(v, i))
        return convert_refuse(out, "two entries would get the name '" STR_FMT "'", STR_ARG(name));
    if (!is_dns_name(name))
        return convert_refuse(out, "'" STR_FMT "' cannot be the name of a resource", STR_ARG(name));
    if (name.len > LONGEST_NAME)
        return convert_refuse(out, "the name '" STR_FMT "' is longer than %d bytes", STR_ARG(name),
                              LONGEST_NAME);
    return convert_is_free(in, out, VARIANT_GROUP, VARIANT_KIND, name);
}

static bool name_each(const ConvertInput *in, Converted *out, Variants *v) {
    Str old = v->name->value;
    for (size_t i = 0; i < v->count; i++) {
        Variant *one = &v->items[i];
        one->resource = one->own_name ? one->own_name->value
                                      : str_format(in->arena, STR_FMT "-" STR_FMT, STR_ARG(old),
                                                   STR_ARG(dns_label(in->arena, one->type)));
    }
    tell_apart(in->arena, v);
    for (size_t i = 0; i < v->count; i++)
        if (!may_be_named(in, out, v, i)) return false;
    return true;
}

/* ---- what each is to scale ---- */

static bool is_seen(const ConvertInput *in, Str deployment) {
    return in->facts->presence(in->facts->context, STR("apps"), STR("Deployment"), in->namespace,
                               deployment) == OBJECT_PRESENT;
}

/* The only entry whose accelerator the label names. */
static Variant *in_use(const Variants *v) {
    Variant *found = NULL;
    for (size_t i = 0; i < v->count; i++) {
        if (!node_is(v->label, v->items[i].type)) continue;
        if (found) return NULL;
        found = &v->items[i];
    }
    return found;
}

/* The guide gives each a Deployment of its own name. But a Deployment cannot be renamed: where the
 * old one is at hand and the new one is not, it goes on being scaled. */
static void choose_deployments(const ConvertInput *in, Variants *v) {
    for (size_t i = 0; i < v->count; i++) v->items[i].scale_target = v->items[i].resource;
    Variant *active = v->count > 1 ? in_use(v) : NULL;
    if (active && !is_seen(in, active->resource) && is_seen(in, v->name->value))
        active->scale_target = v->name->value;
}

bool variants_name(const ConvertInput *in, Converted *out, Variants *v) {
    if (v->count == 1)
        v->items[0].resource = v->name->value;
    else if (!name_each(in, out, v))
        return false;
    /* Under another kind its name was its own. */
    bool other_kind = v->era == ERA_OPTIMIZER && v->count == 1 && v->form != FORM_NONE;
    if (other_kind && !convert_is_free(in, out, VARIANT_GROUP, VARIANT_KIND, v->name->value))
        return false;
    choose_deployments(in, v);
    return true;
}
