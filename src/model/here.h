/* Manifests in here-documents: `kubectl apply -f - <<EOF`, `cat >job.yaml <<'EOF'`.
 *
 * What a body is, its look decides, not the command that reads it: lines `apiVersion:` and `kind:`
 * at one indentation. The lines are parsed as they stand in the file, so spans stay exact; what a
 * shell does to them on the way is the document's form (yaml/parse.h).
 *
 *     static void visit(void *context, const Here *here) {
 *         document_parse_as(arena, span_text(file, here->lines), here->form, &doc);
 *     }
 *     here_each(&script, file, visit, &run);
 *
 * Bodies whose bytes do not stand line by line in the file are left out, as are those that never
 * end, and bodies of `<<-` with different numbers of tabs in front of their lines. */
#ifndef MODEL_HERE_H
#define MODEL_HERE_H

#include "model/scripts.h"

typedef struct Here {
    Span lines; /* whole lines of one manifest in the file, without `---` lines */
    uint32_t indent;
    uint8_t form; /* bits of DocumentForm */
} Here;

typedef void (*HereVisit)(void *context, const Here *found);

/* Once per manifest, in the order of the script. False: there was none. */
bool here_each(const Script *script, Str file, HereVisit visit, void *context);

#endif
