/* Renaming by the set of what is written. */
#include "app/convert_isolated.h"

#include "app/convert_shared.h"
#include "change/steps.h"
#include "model/kinds.h"
#include "model/references.h"

Str isolate_namespace(const Converting *c, const Identity *id) {
    bool ambiguous;
    if (!kind_is_namespaced(id->group, id->kind)) return (Str){0};
    Str path = scan_path(c->scan, c->source);
    Str set = kustomizations_namespace(&c->scan->kustomizations, path, &ambiguous);
    return set.len ? set : id->namespace;
}

/* What has no name is no object of a cluster, whatever its kind. */
static const Node *metadata_of(const Node *resource, const char *key) {
    return node_child(node_child(resource, STR("metadata")), str_from(key));
}

/* ---- names and references ---- */

typedef struct Renaming {
    Converting *c;
    Rewrite *rw;
    Target *root;
    const Identity *id;
    bool any;
} Renaming;

static void set(Renaming *r, Path path, Str value) {
    ChangeStep step = {.kind = CHANGE_SET, .path = path, .value = value};
    steps_apply(r->rw, r->root, &step);
    r->any = true;
}

static void set_metadata(Renaming *r, const char *key, Str value) {
    Step *steps = arena_array(&r->c->arena, Step, 2);
    steps[0] = (Step){.kind = STEP_KEY, .key = STR("metadata")};
    steps[1] = (Step){.kind = STEP_KEY, .key = str_from(key)};
    set(r, (Path){steps, 2}, value);
}

static void rename_at(Renaming *r, const char *key) {
    const Node *at = metadata_of(r->rw->resource, key);
    Str old = node_text(at), group = r->id->group, kind = r->id->kind;
    Str new = isolation_name(r->c->isolation, &r->c->arena, group, kind, old);
    /* What a template fills has no text, and is refused where it is set. */
    if (at && !node_is_null(at) && !str_eq(old, new)) set_metadata(r, key, new);
}

static void rename_object(Renaming *r) {
    const Isolation *x = r->c->isolation;
    const Node *at = metadata_of(r->rw->resource, "namespace");
    rename_at(r, "name");
    rename_at(r, "generateName");
    Str namespace = isolation_namespace(x, r->id->group, r->id->kind, (Str){0});
    if (namespace.len && !node_is(at, namespace)) set_metadata(r, "namespace", namespace);
}

static void rename_reference(void *context, const Reference *ref) {
    Renaming *r = context;
    const Isolation *x = r->c->isolation;
    Str namespace = ref->namespace.len ? ref->namespace : r->id->namespace;
    if (!ref->name.len || !isolation_has(x, ref->group, ref->kind, namespace, ref->name)) return;
    Str name = isolation_name(x, &r->c->arena, ref->group, ref->kind, ref->name);
    Str moved = isolation_namespace(x, ref->group, ref->kind, namespace);
    bool moves = ref->namespace_at.count && !str_eq(moved, ref->namespace) && moved.len;
    if (!moves && str_eq(name, ref->name)) return;
    if (ref->shared_text)
        rewrite_refuse(r->rw, STR("what it names stands behind an alias or a merge key"));
    if (!str_eq(name, ref->name)) set(r, ref->name_at, name);
    if (moves) set(r, ref->namespace_at, moved);
}

static const char *why_not_renamed(const Node *resource, const Identity *id) {
    const Node *metadata = node_child(resource, STR("metadata"));
    if (node_child(resource, STR("sops"))) return "SOPS signs it: with other names it is broken";
    if (str_eq(id->kind, STR("SealedSecret")))
        return "a SealedSecret can be opened under its own name only";
    if (metadata && metadata->parent != resource)
        return "its metadata stand behind an alias or a merge key";
    return NULL;
}

/* An object that cannot have a copy stays what it is for all: it must not name the copies. */
static bool stays(const Node *resource, const Identity *id) {
    bool namespace = !id->group.len && str_eq(id->kind, STR("Namespace"));
    bool named = metadata_of(resource, "name") || metadata_of(resource, "generateName");
    return !named || (kind_has_fixed_name(id->group, id->kind) && !namespace);
}

bool isolate_target(Converting *c, Rewrite *rw, Target *root, const Identity *id) {
    Renaming r = {.c = c, .rw = rw, .root = root, .id = id};
    if (stays(rw->resource, id)) return false;
    const char *why = why_not_renamed(rw->resource, id);
    if (why) rewrite_refuse(rw, str_from(why));
    if (why) return true;
    rename_object(&r);
    if (!c->surveying && !references_each(&c->arena, rw->resource, id, rename_reference, &r))
        rewrite_refuse(rw, STR("its aliases stand for too much to find all that it names"));
    return r.any;
}

/* ---- the survey ---- */

static void check_generated(Converting *c, const Node *resource, const Identity *id,
                            ObjectPlace at) {
    Str start = node_text(metadata_of(resource, "generateName"));
    Str becomes = isolation_name(c->isolation, &c->arena, id->group, id->kind, start);
    Error err;
    if (start.len && becomes.len != start.len &&
        !kind_generated_name_check(id->group, id->kind, becomes, &err))
        isolation_refuse(c->isolation, at, str_from(err.text));
}

typedef struct Surveying {
    Converting *c;
    const Node *resource;
    const Identity *id;
    ObjectPlace at;
} Surveying;

/* What an object is called is checked there; a label may have less room than the name. */
static void check_label(void *context, const Reference *ref) {
    const Surveying *s = context;
    Isolation *x = s->c->isolation;
    Arena *a = &s->c->arena;
    Str namespace = ref->namespace.len ? ref->namespace : s->id->namespace;
    Str becomes = isolation_name(x, a, ref->group, ref->kind, ref->name);
    if (!ref->in_label || str_eq(becomes, ref->name) || name_is_label_value(becomes)) return;
    Buf path = {0};
    path_write(&path, s->resource, ref->node);
    Str why = str_format(a,
                         STR_FMT " of " STR_FMT " '" STR_FMT "' would be '" STR_FMT
                                 "', and the value of a label has at most 63 characters",
                         STR_ARG(buf_str(&path)), STR_ARG(s->id->kind),
                         STR_ARG(object_title(a, s->id)), STR_ARG(becomes));
    isolation_add_unfit(x, s->at, ref->group, ref->kind, namespace, ref->name, why);
    buf_release(&path);
}

void isolate_survey(Converting *c, const Node *resource, const Identity *id, ObjectPlace at) {
    Error err;
    Surveying s = {c, resource, id, at};
    check_generated(c, resource, id, at);
    if (!stays(resource, id)) references_each(&c->arena, resource, id, check_label, &s);
    if (!id->name.len) return;
    Str becomes = isolation_name(c->isolation, &c->arena, id->group, id->kind, id->name);
    if (!str_eq(becomes, id->name) && !kind_name_check(id->group, id->kind, becomes, &err))
        isolation_refuse(c->isolation, at, str_from(err.text));
    isolation_add(c->isolation, c->scan, id, at);
}

/* ---- what is said ---- */

typedef struct Telling {
    Converting *c;
    PieceText *w;
    const Identity *id;
} Telling;

/* Every namespace has these, made by the cluster. */
static bool is_everywhere(const Reference *r) {
    bool account = str_eq(r->kind, STR("ServiceAccount")) && str_eq(r->name, STR("default"));
    bool roots =
        str_eq(r->kind, STR("ConfigMap")) && (str_eq(r->name, STR("kube-root-ca.crt")) ||
                                              str_eq(r->name, STR("openshift-service-ca.crt")));
    return !r->group.len && (account || roots);
}

/* Of what is in no namespace only a volume is somebody's own: it serves one claim. */
static bool is_worth_telling(const Reference *r) {
    bool volume = !r->group.len && str_eq(r->kind, STR("PersistentVolume"));
    return (kind_is_namespaced(r->group, r->kind) || volume) && !is_everywhere(r);
}

/* Does the copy look for it where it is not? */
static bool is_missing(const Isolation *x, const Reference *r, Str namespace) {
    return kind_is_namespaced(r->group, r->kind) && !r->namespace.len && x->namespace.len &&
           !str_eq(x->namespace, namespace);
}

static void tell_reference(void *context, const Reference *r) {
    const Telling *t = context;
    Isolation *x = t->c->isolation;
    const Identity *id = t->id;
    uint32_t line = piece_text_line(t->w, r->node);
    Str namespace = r->namespace.len ? r->namespace : id->namespace;
    if (!kind_is_namespaced(r->group, r->kind)) namespace = (Str){0};
    if (!r->name.len) {
        convert_tell(t->c, t->c->source, line,
                     "note: " STR_FMT " '" STR_FMT "' names a " STR_FMT
                     " with a template: it is kept",
                     STR_ARG(id->kind), STR_ARG(object_title(&t->c->arena, id)), STR_ARG(r->kind));
        return;
    }
    if (!is_worth_telling(r) || isolation_has(x, r->group, r->kind, namespace, r->name) ||
        !isolation_tell_once(x, r->group, r->kind, namespace, r->name))
        return;
    Str object = str_format(&t->c->arena, STR_FMT " '" STR_FMT "%s" STR_FMT "'", STR_ARG(r->kind),
                            STR_ARG(namespace), namespace.len ? "/" : "", STR_ARG(r->name));
    if (is_missing(x, r, namespace))
        convert_tell(t->c, t->c->source, line,
                     "note: " STR_FMT
                     " is not written, and the copies need one in namespace '" STR_FMT "'",
                     STR_ARG(object), STR_ARG(x->namespace));
    else
        convert_tell(t->c, t->c->source, line,
                     "note: " STR_FMT " is not written: the copies share it with the originals",
                     STR_ARG(object));
}

/* The names are those of nobody's objects: each is told once. */
static void tell_shared(void *context, const Node *at, Str kind, Str name) {
    const Telling *t = context;
    if (!isolation_tell_once(t->c->isolation, (Str){0}, kind, (Str){0}, name)) return;
    convert_tell(t->c, t->c->source, piece_text_line(t->w, at),
                 "note: the copies share " STR_FMT " '" STR_FMT "' with the originals",
                 STR_ARG(kind), STR_ARG(name));
}

static void tell_original(Converting *c, PieceText *w, const Node *resource, const Identity *id) {
    const Isolation *x = c->isolation;
    Str namespace = isolation_namespace(x, id->group, id->kind, id->namespace);
    Str name = isolation_name(x, &c->arena, id->group, id->kind, id->name);
    if (!id->name.len || !str_eq(namespace, id->namespace) || !str_eq(name, id->name)) return;
    convert_tell(c, c->source, piece_text_line(w, resource),
                 "note: " STR_FMT " '" STR_FMT
                 "' keeps its name, so applying it changes the original",
                 STR_ARG(id->kind), STR_ARG(object_title(&c->arena, id)));
}

void isolate_tell(Converting *c, PieceText *w, const Node *resource, const Identity *id) {
    Telling t = {c, w, id};
    tell_original(c, w, resource, id);
    if (!stays(resource, id)) references_each(&c->arena, resource, id, tell_reference, &t);
    shared_each(&c->arena, resource, tell_shared, &t);
}
