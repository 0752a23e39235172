/* For the tests of trainjob*.c: one object's text to the text of its TrainJob, or to why not. The
 * laws of change/law_test.h hold for each: no comment and no field goes without a word. */
#ifndef CONVERT_TRAINJOB_TEST_H
#define CONVERT_TRAINJOB_TEST_H

#include "change/law_test.h"
#include "change/plan.h"
#include "convert/convert.h"
#include "convert/schemas_test.h"
#include "yaml/path.h"

extern const Conversion conversion_trainjob, conversion_trainjob_shape;

typedef struct Outcome {
    Str text;    /* the new text of the document; empty when refused */
    Str refused; /* why */
    Str said;    /* what makes it a review, one per line: notes, losses, lost comments */
    bool bug;    /* refused because of us */
} Outcome;

static inline void say_all(const ConvertInput *in, const Converted *out, const Plan *plan,
                           Buf *said) {
    for (size_t i = 0; i < out->notes.len; i++)
        buf_addf(said, "note " STR_FMT "\n", STR_ARG(out->notes.items[i]));
    for (const Drop *d = out->rewrite.drops; d; d = d->next) {
        if (d->kind != DROP_LOSS) continue;
        buf_add(said, STR("lost "));
        path_write(said, in->resource, d->node);
        buf_addf(said, ": " STR_FMT "\n", STR_ARG(d->reason));
    }
    for (const LostComment *c = plan->lost; c; c = c->next)
        buf_addf(said, "lost " STR_FMT "\n", STR_ARG(span_text(in->doc->text, c->span)));
}

/* Of a template only its place is known: what it says cannot be compared. */
static inline void check_laws(Arena *a, const Rewrite *rw, const Plan *plan, bool planned) {
    Str text, breach = {0};
    if (!rw->doc->has_masks) breach = change_breach(a, rw, plan, planned, &text);
    if (breach.len) fail_msg(STR_FMT, STR_ARG(breach));
}

/* `resource` stands in the document; `facts` may be NULL; everything in the outcome is in the
 * arena. */
static inline Outcome run_conversion(Arena *a, const Document *doc, const Node *resource,
                                     Str target, bool in_list, const ConvertFacts *facts) {
    Identity identity = {0};
    identity_from_tree(resource, &identity);
    ConvertInput in = {.arena = a,
                       .doc = doc,
                       .resource = resource,
                       .identity = &identity,
                       .namespace = identity.namespace,
                       .target = target,
                       .in_list = in_list,
                       .facts = facts};
    Converted out;
    Plan plan = {0};
    Outcome result = {0};
    Buf text = {0}, said = {0};
    BuiltInSchemas schemas;
    convert_begin(&out, &in);
    out.rewrite.schemas = built_in_schemas(&schemas, target);
    bool v2 = str_eq(identity.group, STR("trainer.kubeflow.org"));
    bool written = (v2 ? conversion_trainjob_shape : conversion_trainjob).convert(&in, &out);
    bool planned = written && plan_rewrite(&out.rewrite, 0, &plan);
    if (written) check_laws(a, &out.rewrite, &plan, planned);
    if (planned) {
        edits_apply(doc->text, 0, plan.edits.items, plan.edits.len, &text);
        say_all(&in, &out, &plan, &said);
    }
    result.text = str_copy(a, buf_str(&text));
    result.said = str_copy(a, buf_str(&said));
    result.refused = str_copy(a, out.rewrite.refused);
    result.bug = plan.bug;
    plan_release(&plan);
    convert_release(&out);
    schemas_free(schemas.schemas);
    buf_release(&text);
    buf_release(&said);
    return result;
}

#endif
