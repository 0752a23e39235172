/* Reads a small YAML file of our own making (a rule, a configuration) with errors that name the
 * place: "rules/trainer/x.yaml:3:11: unknown severity 'eror'; did you mean 'error'?".
 *
 * The functions take what node_child gave, answer false and set the error when the node is not what
 * it should be. `what` names the value in messages: "'summary'", "'where'".
 *
 *     Loader l;
 *     if (loader_open(&l, &arena, file, text, err))
 *         ok = loader_keys(&l, l.document.root, ...) && ...;
 *     loader_close(&l);                                     always, after a failed open too */
#ifndef RULE_LOADER_H
#define RULE_LOADER_H

#include "rule/rule.h"
#include "text/lines.h"
#include "yaml/parse.h"

typedef struct Loader {
    Arena *arena;
    Str file; /* as messages show it */
    Document document;
    Lines lines;
    Error *err;
} Loader;

/* The text must outlive the arena's contents. Duplicate keys and undefined aliases are errors. */
bool loader_open(Loader *l, Arena *arena, Str file, Str text, Error *err);
void loader_close(Loader *l);

/* Both return false. loader_fail_in points at a byte inside the scalar's text. */
bool loader_fail(Loader *l, const Node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool loader_fail_in(Loader *l, const Node *scalar, size_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A map all of whose keys are among the known ones. */
bool loader_keys(Loader *l, const Node *map, const char *what, const Str *known, size_t count);
bool loader_text(Loader *l, const Node *n, const char *what,
                 Str *out); /* a scalar that is not null */
bool loader_list(Loader *l, const Node *n, const char *what,
                 StrList *out); /* a text or a list of them */
bool loader_literals(Loader *l, const Node *n, StrList *out);
bool loader_bool(Loader *l, const Node *n, const char *what, bool *out); /* true or false */
bool loader_number(Loader *l, const Node *n, const char *what, double *out);
bool loader_path(Loader *l, const Node *n, const char *what, Path *out);
/* One of the choices; *out is its index. */
bool loader_choice(Loader *l, const Node *n, const char *what, const Str *choices, size_t count,
                   size_t *out);

#endif
