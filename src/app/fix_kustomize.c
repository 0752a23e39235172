/* Kustomizations that find what a fix reshapes by other means than a patch of its kind. */
#include "app/fixer.h"
#include "base/regex.h"

typedef enum { MEANT_NOT, MEANT_PERHAPS, MEANT_SURELY } Meant;

typedef struct Asked {
    Fixer *fixer;
    const Opened *object;
    const Converted *converted;
    bool renamed, moved, labelled; /* by the kustomizations that were met so far */
} Asked;

static Meant least(Meant a, Meant b) {
    return a < b ? a : b;
}

static bool is_found(Regex *expression, Str text) {
    RegexMatch m;
    RegexScratch *scratch = regex_scratch_new();
    bool found = regex_find(expression, scratch, text, 0, &m) != REGEX_NONE;
    regex_scratch_free(scratch);
    return found;
}

/* kustomize anchors expressions at both ends. One of which only Go knows what it means may be
 * meant. */
static Meant expression_meets(const Asked *q, Str expression, Str text) {
    size_t offset;
    Error err;
    if (!expression.len) return MEANT_SURELY;
    if (fixer_is_plain(expression)) return str_eq(expression, text) ? MEANT_SURELY : MEANT_NOT;
    Str whole = str_format(&q->fixer->arena, "^(?:" STR_FMT ")$", STR_ARG(expression));
    if (!regex_check(whole, &offset, &err)) return MEANT_PERHAPS;
    Regex *compiled = regex_new(whole);
    bool found = is_found(compiled, text);
    regex_free(compiled);
    return found ? MEANT_PERHAPS : MEANT_NOT;
}

/* Above a prefix or a suffix an object has both names. */
static Meant name_meets(const Asked *q, Str expression) {
    Str name = q->object->identity.name;
    Meant meant = expression_meets(q, expression, name);
    bool holds = !fixer_is_plain(expression) || str_find(expression, name) != STR_NONE;
    return meant == MEANT_NOT && q->renamed && holds ? MEANT_PERHAPS : meant;
}

static Meant namespace_meets(const Asked *q, Str expression) {
    Meant meant = expression_meets(q, expression, q->object->identity.namespace);
    return meant == MEANT_NOT && q->moved ? MEANT_PERHAPS : meant;
}

/* One of `a=b`, `a==b`; the other forms may hold. Kustomizations below may set what is asked. */
static Meant term_meets(const Asked *q, const Node *map, Str term) {
    size_t equals = str_find_char(term, '=');
    if (equals == STR_NONE || str_find_char(term, '!') != STR_NONE) return MEANT_PERHAPS;
    Str key = str_trim(str_slice(term, 0, equals));
    Str value = str_from_offset(term, equals + 1);
    if (str_starts(value, STR("="))) value = str_from_offset(value, 1);
    if (node_is(node_child(map, key), str_trim(value))) return MEANT_SURELY;
    return q->labelled ? MEANT_PERHAPS : MEANT_NOT;
}

static Meant selector_meets(const Asked *q, Str selector, Str field) {
    const Node *metadata = node_child(q->object->resource, STR("metadata"));
    Meant meant = MEANT_SURELY;
    Str term;
    if (str_find_char(selector, '(') != STR_NONE) return MEANT_PERHAPS;
    while (str_split(&selector, ',', &term))
        meant = least(meant, term_meets(q, node_child(metadata, field), term));
    return meant;
}

static Meant target_meets(const Asked *q, const KustomizePatch *target) {
    const Identity *id = &q->object->identity;
    Meant meant = name_meets(q, target->name);
    meant = least(meant, namespace_meets(q, target->namespace));
    meant = least(meant, expression_meets(q, target->group, id->group));
    meant = least(meant, expression_meets(q, target->version, id->version));
    meant = least(meant, expression_meets(q, target->kind, id->kind));
    if (target->labels.len) meant = least(meant, selector_meets(q, target->labels, STR("labels")));
    if (target->annotations.len)
        meant = least(meant, selector_meets(q, target->annotations, STR("annotations")));
    return meant;
}

/* It finds the new object as well, and what it touches is there. */
static bool still_fits(const KustomizePatch *target) {
    return target->metadata && !target->kind.len && !target->group.len && !target->version.len;
}

/* Those of its kind are fix_patches.c's, but for a name that it has above a prefix alone. */
static Meant patch_meets(const Asked *q, const KustomizePatch *patch) {
    bool of_kind = patch->kind.len && fixer_is_plain(patch->kind);
    bool by_name = expression_meets(q, patch->name, q->object->identity.name) != MEANT_NOT;
    if (!patch->targeted || (of_kind && by_name) || still_fits(patch)) return MEANT_NOT;
    Meant meant = target_meets(q, patch);
    return patch->path.len ? least(meant, MEANT_PERHAPS) : meant;
}

/* A file of replacements is not read. */
static Meant pick_meets(const Asked *q, const KustomizePatch *pick) {
    if (pick->path.len) return MEANT_PERHAPS;
    if (!pick->targeted || still_fits(pick)) return MEANT_NOT;
    return target_meets(q, pick);
}

typedef Meant Meets(const Asked *q, const KustomizePatch *target);

static Meant most(const Asked *q, const KustomizePatch *targets, size_t count, Meets *meets) {
    Meant most = MEANT_NOT;
    for (size_t i = 0; i < count; i++) {
        Meant meant = meets(q, &targets[i]);
        if (meant > most) most = meant;
    }
    return most;
}

/* ---- what is said ---- */

static bool refuse(const Asked *q, const Kustomization *k, const char *does) {
    q->fixer->fix.refused = str_format(
        &q->fixer->arena,
        STR_FMT " %s it, which would not fit any more: write what they say into the manifest, or "
                "convert both by hand",
        STR_ARG(k->path), does);
    return true;
}

/* Where copies are written the original stays. */
static bool judge(const Asked *q, const Kustomization *k, Meant meant, const char *does) {
    Fixer *x = q->fixer;
    if (meant == MEANT_SURELY && !x->scan->alone) return refuse(q, k, does);
    if (meant != MEANT_NOT)
        fixer_note(x,
                   str_format(&x->arena, STR_FMT " %s %sit: look whether they fit what it becomes",
                              STR_ARG(k->path), does, meant == MEANT_SURELY ? "" : "what may be "));
    return false;
}

/* "r/t", of "r/t:1" and "r/t@sha256:…"; a port is followed by a path. */
static bool image_has_name(Str image, Str name) {
    Str rest = str_from_offset(image, name.len);
    if (!name.len || !str_starts(image, name)) return false;
    return !rest.len || rest.data[0] == '@' ||
           (rest.data[0] == ':' && str_find_char(rest, '/') == STR_NONE);
}

static bool runs_image(const Node *n, Str name) {
    bool containers = n->kind == NODE_SEQ && node_is(n->key, STR("containers"));
    NODE_EACH (child, n) {
        if (containers && image_has_name(node_text(node_child(child, STR("image"))), name))
            return true;
        if (runs_image(child, name)) return true;
    }
    return false;
}

static void note_images(const Asked *q, const Kustomization *k) {
    Fixer *x = q->fixer;
    for (size_t i = 0; i < k->image_count; i++)
        if (runs_image(q->object->resource, k->images[i]))
            fixer_note(x, str_format(&x->arena,
                                     STR_FMT " sets the image '" STR_FMT
                                             "' of containers, and a TrainJob has it in "
                                             "trainer.image: name that place in its configurations",
                                     STR_ARG(k->path), STR_ARG(k->images[i])));
}

static bool makes_runtime(const Converted *c) {
    for (size_t i = 0; i < c->created.len; i++)
        if (str_eq(c->created.items[i].kind, STR("TrainingRuntime"))) return true;
    return false;
}

static void note_prefix(const Asked *q, const Kustomization *k) {
    Fixer *x = q->fixer;
    if (!k->renames || !makes_runtime(q->converted)) return;
    fixer_note(x,
               str_format(&x->arena,
                          STR_FMT " gives objects other names and does not know runtimeRef.name: "
                                  "name that place in its configurations (nameReference)",
                          STR_ARG(k->path)));
}

static void note_apart(const Asked *q, const Kustomization *k) {
    Fixer *x = q->fixer;
    if (!k->apart || x->scan->alone) return;
    fixer_note(x, str_format(&x->arena,
                             STR_FMT " builds on it, and what builds on that may be outside of the "
                                     "PATHs: check the whole tree at once",
                             STR_ARG(k->path)));
}

static bool visit(void *context, const Kustomization *k) {
    Asked *q = context;
    Meant patched = most(q, k->patches, k->patch_count, patch_meets);
    Meant picked = most(q, k->picks, k->pick_count, pick_meets);
    if (judge(q, k, patched, "has patches for") || judge(q, k, picked, "has replacements for"))
        return true;
    note_images(q, k);
    note_prefix(q, k);
    note_apart(q, k);
    q->renamed |= k->renames;
    q->moved |= k->namespace.len != 0;
    q->labelled |= k->labels;
    return false;
}

bool fixer_check_kustomizations(Fixer *x, const Opened *o, const Converted *c) {
    Asked asked = {.fixer = x, .object = o, .converted = c};
    Str path = scan_path(x->scan, o->finding->source);
    return !kustomizations_above(&x->scan->kustomizations, path, visit, &asked);
}
