/* The inside of model/scripts.h: a script on its way, put together from parts of a file. */
#ifndef MODEL_SCRIPT_TEXT_H
#define MODEL_SCRIPT_TEXT_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/scripts.h"

typedef struct ScriptText {
    Buf text;
    VEC(uint32_t) origin;
} ScriptText;

/* Bytes [start, end) of another script. */
void script_text_copy(ScriptText *t, const Script *from, size_t start, size_t end);
/* A byte that stands for what is at `origin`. */
void script_text_put(ScriptText *t, char c, uint32_t origin);
/* What is not known; several in a row are one. */
void script_text_unknown(ScriptText *t, uint32_t origin);
/* A word in single quotes. */
void script_text_quote(ScriptText *t, const Script *word);

/* Into the arena; the text is empty again. */
Script script_text_take(ScriptText *t, Arena *a);
void script_text_release(ScriptText *t);

/* The line at `at`, without its line break; *next is where the next one begins. */
Str script_line(Str text, size_t at, size_t *next);

/* ["a", "b"] as one command in quotes; false when the text is no such list. */
bool script_from_json(Arena *a, const Script *list, Script *out);

/* The families of scripts_each, each in its file. */
typedef struct ScriptSearch {
    Arena *arena;
    ScriptVisit visit;
    void *context;
} ScriptSearch;

void scripts_in_makefile(const ScriptSearch *s, const Script *file);
void scripts_in_dockerfile(const ScriptSearch *s, const Script *file);
void scripts_in_justfile(const ScriptSearch *s, const Script *file);
void scripts_in_jenkinsfile(const ScriptSearch *s, const Script *file);
void scripts_in_rst(const ScriptSearch *s, const Script *file);
void scripts_in_notebook(const ScriptSearch *s, const Document *doc);

#endif
