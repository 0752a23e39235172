/* Changes in here-documents: the script around them has a say. */
#include "app/fixer.h"

#include "yaml/template.h"

/* What is filled in may move: it is filled in there all the same. */
static bool is_known(const Opened *o, const Edit *e) {
    ActionVec actions = {0};
    template_shell(e->text, &actions);
    bool known = true;
    for (size_t i = 0; known && i < actions.len; i++)
        known = str_find(o->doc.text, span_text(e->text, actions.items[i].span)) != STR_NONE;
    vec_release(&actions);
    return known;
}

bool fixer_stands_still(Fixer *x, const Opened *o, const Plan *plan) {
    if (!(o->doc.form & FORM_EXPANDED)) return true;
    for (size_t i = 0; i < plan->edits.len; i++)
        if (!is_known(o, &plan->edits.items[i]))
            return fixer_refuse(x, "a shell would fill in what it writes: quote the delimiter of "
                                   "the here-document, or change it by hand");
    return true;
}

void fixer_note_commands(Fixer *x, const Opened *o) {
    const Finding *f = o->finding;
    Str text = o->piece.text;
    Str word = str_lower(&x->arena, o->identity.kind); /* kubectl wait pytorchjob/mnist */
    if (!(o->doc.form & FORM_HERE)) return;
    if (str_find(str_slice(text, 0, f->document.start), word) != STR_NONE ||
        str_find(str_from_offset(text, f->document.end), word) != STR_NONE)
        fixer_note(x, str_format(&x->arena,
                                 "the script names " STR_FMT " as well: what it asks and waits for "
                                 "must change with the object",
                                 STR_ARG(word)));
}
