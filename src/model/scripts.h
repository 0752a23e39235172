/* Which parts of a file are shell, and where each byte of them stands in the file.
 *
 * A Script is what a shell would be given: the lines of a file, of a fence, of a recipe; a string
 * of a tree, decoded. `origin` leads from its bytes back to the file; what is not written there as
 * it is (an escape, a make variable, a template) is SHELL_APART or SHELL_UNKNOWN as in
 * text/shell.h. Programs that are given as a list of words (`["sh", "-c", …]`) come as one command
 * in quotes. Prose is never a script: what only may be commands must look like it.
 *
 *     static void visit(void *context, const Script *script) {
 *         shell_read(arena, script->text, &shell);
 *         … ShellWord word = script_word(arena, script, &shell.commands[0].words[0]);
 *         … shell_word_place(&word, &span)                  bytes of the file
 *     }
 *     scripts_each(&arena, &file, FAMILY_MAKE, visit, &run); */
#ifndef MODEL_SCRIPTS_H
#define MODEL_SCRIPTS_H

#include "model/family.h"
#include "text/shell.h"
#include "yaml/parse.h"

typedef struct Script {
    Str text;
    const uint32_t *origin; /* NULL: the bytes stand one by one from `start` on */
    uint32_t start;
    /* Where it stands, if some of its bytes come from elsewhere (variables of make); else empty. */
    Span home;
    const Node *carrier; /* the scalar or list of a tree that it stands in; NULL elsewhere */
} Script;

typedef void (*ScriptVisit)(void *context, const Script *script);

/* The scripts of a file that is no YAML: a script itself, a Makefile, a Dockerfile, a
 * justfile, a Jenkinsfile, reStructuredText. Of other families there are none. */
void scripts_each(Arena *a, const Script *file, Family family, ScriptVisit visit, void *context);

/* A block of code in prose, whole lines, with the language that it is said to have (lower case,
 * empty: none). `indent` is how many columns a reader cuts off its lines. */
void scripts_in_block(Arena *a, const Script *block, uint32_t indent, Str language,
                      ScriptVisit visit, void *context);

/* The scripts of a tree: jobs of CI, tasks of Ansible, steps of Tekton and Argo, containers,
 * cells of a notebook. The path tells what a tree without a kind is. */
void scripts_in_tree(Arena *a, const Document *doc, Str path, ScriptVisit visit, void *context);

/* Does a text that begins so run in a shell: `#!/bin/sh`, `#! /usr/bin/env bash`? */
bool scripts_shebang(Str text);

/* The text of a scalar of a tree: decoded, templates unknown. */
Script script_from_scalar(Arena *a, const Document *doc, const Node *scalar);

/* Where a byte of a script stands; SHELL_APART of one that is not written as it is. Behind the last
 * byte: where the script ends. */
uint32_t script_origin(const Script *script, size_t at);

/* A part of a script. */
Script script_part(const Script *script, size_t start, size_t end);

/* A word of the script as a word of the file that the script stands in. */
ShellWord script_word(Arena *a, const Script *script, const ShellWord *word);

/* Where bytes [start, end) of the script stand in the file; false: not in one piece, or not as they
 * are. */
bool script_place(const Script *script, size_t start, size_t end, Span *out);

/* What a word of the file holds, as a script: of `sh -c '…'`. */
Script script_of_word(const ShellWord *word);

#endif
