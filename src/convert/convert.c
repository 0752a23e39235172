/* The table of conversions, and what they share. */
#include "convert/convert.h"

#include <stdarg.h>
#include <stdio.h>

extern const Conversion conversion_trainjob, conversion_trainjob_role, conversion_single_variant,
    conversion_katib_trial, conversion_trainjob_shape;

static const Conversion *const conversions[] = {&conversion_trainjob, &conversion_trainjob_role,
                                                &conversion_single_variant, &conversion_katib_trial,
                                                &conversion_trainjob_shape};

const Conversion *conversion_find(Str name) {
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++)
        if (str_eq(conversions[i]->name, name)) return conversions[i];
    return NULL;
}

void convert_begin(Converted *out, const ConvertInput *in) {
    *out = (Converted){0};
    rewrite_begin(&out->rewrite, in->arena, in->doc, in->resource);
    out->rewrite.in_list = in->in_list;
}

void convert_release(Converted *out) {
    vec_release(&out->notes);
    vec_release(&out->remarks);
    vec_release(&out->created);
    vec_release(&out->renamed);
    vec_release(&out->gains);
}

static Str vformat(Arena *a, const char *format, va_list args) {
    char text[512];
    vsnprintf(text, sizeof text, format, args);
    return str_copy(a, str_from(text));
}

void convert_note(Converted *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vec_push(&out->notes, vformat(out->rewrite.arena, format, args));
    va_end(args);
}

void convert_remark(Converted *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vec_push(&out->remarks, vformat(out->rewrite.arena, format, args));
    va_end(args);
}

bool convert_refuse(Converted *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    rewrite_refuse(&out->rewrite, vformat(out->rewrite.arena, format, args));
    va_end(args);
    return false;
}

Str convert_taken(const ConvertInput *in, Str group, Str kind, Str name) {
    const ConvertFacts *facts = in->facts;
    if (!facts || !facts->taken || !name.len) return (Str){0};
    return facts->taken(facts->context, group, kind, in->namespace, name);
}

Str convert_title(const ConvertInput *in, Str name) {
    return str_format(in->arena, STR_FMT "%s" STR_FMT, STR_ARG(in->namespace),
                      in->namespace.len ? "/" : "", STR_ARG(name));
}

bool convert_is_free(const ConvertInput *in, Converted *out, Str group, Str kind, Str name) {
    Str place = convert_taken(in, group, kind, name);
    if (!place.len) return true;
    /* A path may be longer than convert_refuse takes. */
    rewrite_refuse(&out->rewrite,
                   str_format(in->arena,
                              "there is a " STR_FMT " '" STR_FMT "' already, in " STR_FMT
                              ": if it was made of this object, delete what is left of this one, "
                              "else rename one of the two",
                              STR_ARG(kind), STR_ARG(convert_title(in, name)), STR_ARG(place)));
    return false;
}

static bool server_wrote(Str key) {
    static const Str keys[] = {STR_INIT("uid"),
                               STR_INIT("resourceVersion"),
                               STR_INIT("generation"),
                               STR_INIT("creationTimestamp"),
                               STR_INIT("deletionTimestamp"),
                               STR_INIT("deletionGracePeriodSeconds"),
                               STR_INIT("managedFields"),
                               STR_INIT("selfLink"),
                               STR_INIT("ownerReferences")};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_eq(key, keys[i])) return true;
    return false;
}

#define LAST_APPLIED STR("kubectl.kubernetes.io/last-applied-configuration")

static void add_annotations(Rewrite *rw, Target *metadata, const Node *annotations) {
    const Node *applied = node_child(annotations, LAST_APPLIED);
    if (!applied || applied->parent != annotations) {
        target_add(metadata, target_keep(rw, annotations));
        return;
    }
    if (annotations->count == 1) {
        rewrite_drop(rw, annotations, DROP_HARMLESS, STR("written by kubectl apply"));
        return;
    }
    rewrite_drop(rw, applied, DROP_HARMLESS, STR("written by kubectl apply"));
    Target *kept = target_add(metadata, target_within(rw, annotations));
    NODE_EACH (child, annotations)
        if (child != applied) target_add(kept, target_keep(rw, child));
}

Target *convert_metadata(Converted *out, const Node *resource) {
    Rewrite *rw = &out->rewrite;
    const Str written = STR("written by the server");
    rewrite_drop(rw, node_child(resource, STR("status")), DROP_HARMLESS, written);
    const Node *metadata = node_child(resource, STR("metadata"));
    if (!metadata || metadata->kind != NODE_MAP) return NULL;
    Target *kept = target_within(rw, metadata);
    NODE_EACH (child, metadata) {
        if (child->key && server_wrote(child->key->value))
            rewrite_drop(rw, child, DROP_HARMLESS, written);
        else if (child->key && str_eq(child->key->value, STR("annotations")) &&
                 child->kind == NODE_MAP)
            add_annotations(rw, kept, child);
        else
            target_add(kept, target_keep(rw, child));
    }
    return kept;
}
