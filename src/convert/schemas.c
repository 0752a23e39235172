/* The table of built-in schemas, and what is laid over it. */
#include "convert/schemas.h"

#include "change/crd.h"

typedef struct BuiltIn {
    Str group, version, kind, pack;
    const char *text; /* targets: a schema for each of the pack's versions */
} BuiltIn;

static const BuiltIn table[] = {
    {STR_INIT("trainer.kubeflow.org"), STR_INIT("v1alpha1"), STR_INIT("TrainJob"),
     STR_INIT("trainer"), schema_trainjob},
    {STR_INIT("trainer.kubeflow.org"), STR_INIT("v1alpha1"), STR_INIT("TrainingRuntime"),
     STR_INIT("trainer"), schema_trainingruntime},
    {STR_INIT("trainer.kubeflow.org"), STR_INIT("v1alpha1"), STR_INIT("ClusterTrainingRuntime"),
     STR_INIT("trainer"), schema_trainingruntime},
    {STR_INIT("llmd.ai"), STR_INIT("v1alpha1"), STR_INIT("VariantAutoscaling"), STR_INIT("wva"),
     schema_variantautoscaling},
};

enum { ROWS = sizeof table / sizeof *table };

/* A built-in schema that was asked for; NULL: the target has none. */
typedef struct Made {
    size_t row;
    Str target;
    const Schema *schema;
} Made;

struct Schemas {
    SchemaPool pool;
    const Node *targets[ROWS]; /* parsed when first asked for */
    VEC(Made) made;
    VEC(GivenSchema) given;
};

Schemas *schemas_new(void) {
    return mem_zero(sizeof(Schemas));
}

void schemas_free(Schemas *s) {
    if (!s) return;
    vec_release(&s->made);
    vec_release(&s->given);
    schema_pool_release(&s->pool);
    free(s);
}

bool schemas_named_in(Str text) {
    for (size_t i = 0; i < ROWS; i++)
        if (str_find(text, table[i].kind) != STR_NONE) return true;
    return false;
}

/* ---- given ---- */

static bool is_version(const GivenSchema *g, Str group, Str version, Str kind) {
    return str_eq(g->group, group) && str_eq(g->version, version) && str_eq(g->kind, kind);
}

static const GivenSchema *find_given(const Schemas *s, Str group, Str version, Str kind) {
    for (size_t i = 0; i < s->given.len; i++)
        if (is_version(&s->given.items[i], group, version, kind)) return &s->given.items[i];
    return NULL;
}

typedef struct Giving {
    Schemas *schemas;
    Str text, file;
    Error *err;
} Giving;

/* The same again is welcome, another one is not: which of them does the cluster have? */
static bool check_same(const Giving *g, const GivenSchema *first, Str text) {
    if (str_eq(first->text, text)) return true;
    return error_set(g->err,
                     STR_FMT " and " STR_FMT " define " STR_FMT " of " STR_FMT "/" STR_FMT
                             " differently: name the one that the cluster has",
                     STR_ARG(first->file), STR_ARG(g->file), STR_ARG(first->kind),
                     STR_ARG(first->group), STR_ARG(first->version));
}

static bool is_known(const CrdVersion *v) {
    for (size_t i = 0; i < ROWS; i++)
        if (str_eq(table[i].group, v->group) && str_eq(table[i].kind, v->kind)) return true;
    return false;
}

static bool give_version(void *context, const CrdVersion *v) {
    const Giving *g = context;
    Schemas *s = g->schemas;
    Str text = v->schema ? span_text(g->text, v->schema->span) : (Str){0};
    const GivenSchema *first = find_given(s, v->group, v->version, v->kind);
    if (!is_known(v)) return true;
    if (first) return check_same(g, first, text);
    GivenSchema given = {v->group, v->version, v->kind, g->file, text, NULL};
    if (v->schema) {
        given.schema = schema_read(&s->pool, v->schema, v->keeps_unknown, g->err);
        if (!given.schema)
            return error_prefix(g->err, STR_FMT ": " STR_FMT " of " STR_FMT "/" STR_FMT ": ",
                                STR_ARG(g->file), STR_ARG(v->kind), STR_ARG(v->group),
                                STR_ARG(v->version));
    }
    vec_push(&s->given, given);
    return true;
}

bool schemas_give(Schemas *s, const Document *doc, const Node *crd, Str file, Error *err) {
    Giving g = {s, doc->text, file, err};
    return crd_each(crd, give_version, &g);
}

size_t schemas_given(const Schemas *s, const GivenSchema **out) {
    *out = s->given.items;
    return s->given.len;
}

/* ---- built in ---- */

static const Node *targets_of(Schemas *s, size_t row) {
    if (s->targets[row]) return s->targets[row];
    Document doc;
    bool parsed = document_parse(&s->pool.arena, str_from(table[row].text), &doc);
    if (!parsed || doc.faults)
        bug("the schemas of " STR_FMT ": " STR_FMT, STR_ARG(table[row].kind),
            STR_ARG(parsed ? doc.faults->message : doc.error.message));
    s->targets[row] = node_child(doc.root, STR("targets"));
    return s->targets[row];
}

static const Schema *built_in(Schemas *s, size_t row, Str target) {
    for (size_t i = 0; i < s->made.len; i++)
        if (s->made.items[i].row == row && str_eq(s->made.items[i].target, target))
            return s->made.items[i].schema;
    Error err;
    Made made = {.row = row, .target = str_copy(&s->pool.arena, target)};
    const Node *node = node_child(targets_of(s, row), target);
    if (node && !(made.schema = schema_read(&s->pool, node, false, &err)))
        bug("the schemas of " STR_FMT ": %s", STR_ARG(table[row].kind), err.text);
    vec_push(&s->made, made);
    return made.schema;
}

const Schema *schemas_find(Schemas *s, const Identity *id, SchemaTarget *target, void *context) {
    const GivenSchema *given = find_given(s, id->group, id->version, id->kind);
    if (given) return given->schema;
    for (size_t i = 0; i < ROWS; i++)
        if (str_eq(table[i].group, id->group) && str_eq(table[i].version, id->version) &&
            str_eq(table[i].kind, id->kind))
            return built_in(s, i, target(context, table[i].pack));
    return NULL;
}
