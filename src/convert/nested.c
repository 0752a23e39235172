/* A conversion in a field of another resource. */
#include "convert/nested.h"

#include "change/steps.h"

Target *nested_begin(Converted *out) {
    return steps_begin(&out->rewrite);
}

static bool has_key(const Target *t, Str key) {
    if (t->has_key) return str_eq(t->key, key);
    return t->source && t->source->key && str_eq(t->source->key->value, key);
}

Target *nested_open(Converted *out, Target *map, Str key) {
    for (Target *t = map ? map->first : NULL; t; t = t->next) {
        if (!has_key(t, key)) continue;
        if (t->source && t->source->kind == NODE_ALIAS) return NULL;
        target_open(&out->rewrite, t);
        return t;
    }
    return NULL;
}

/* What the inner conversion has said and dropped is said and dropped by the outer one. */
static void take_words(Converted *out, const Converted *inner) {
    for (size_t i = 0; i < inner->notes.len; i++) vec_push(&out->notes, inner->notes.items[i]);
    for (size_t i = 0; i < inner->remarks.len; i++)
        vec_push(&out->remarks, inner->remarks.items[i]);
    for (const Drop *d = inner->rewrite.drops; d; d = d->next)
        rewrite_drop(&out->rewrite, d->node, d->kind, d->reason);
}

static Target *take(Converted *out, const Converted *inner, bool ok) {
    Target *root = inner->rewrite.first_root;
    if (ok && root && !root->next) {
        take_words(out, inner);
        return root;
    }
    Str why = inner->rewrite.refused;
    rewrite_refuse(&out->rewrite, why.len ? why : STR("it does not become one resource"));
    return NULL;
}

Target *nested_convert(const ConvertInput *in, Converted *out, Str conversion, const Node *resource,
                       Str alone) {
    Identity id;
    if (!identity_from_tree(resource, &id)) {
        convert_refuse(out, "it does not say what it is");
        return NULL;
    }
    ConvertInput part = *in;
    part.resource = resource;
    part.identity = &id;
    part.in_list = false;
    part.alone = alone;
    if (id.namespace.len) part.namespace = id.namespace;
    Converted inner;
    convert_begin(&inner, &part);
    Target *root = take(out, &inner, conversion_find(conversion)->convert(&part, &inner));
    convert_release(&inner);
    return root;
}
