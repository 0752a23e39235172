/* Shared libraries that are opened when they are first needed.
 *
 * A library that is linked is loaded in every run, with all that it needs itself. What few runs
 * need is opened by name instead, into a table of the functions that are called, each with the type
 * that the library's header gives it:
 *
 *     #define FUNCTIONS(X) X(archive_read_new) X(archive_read_free)
 *     typedef struct Library { FUNCTIONS(MODULE_FIELD) } Library;
 *     static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};
 *     if (!module_open("libarchive.so.13", symbols, sizeof symbols / sizeof *symbols, &library,
 *                      &err)) ...
 */
#ifndef BASE_MODULE_H
#define BASE_MODULE_H

#include "base/error.h"

#include <stddef.h>

typedef struct ModuleSymbol {
    const char *name;
    size_t offset; /* of its pointer in the table */
} ModuleSymbol;

#define MODULE_FIELD(function)  __typeof__(&(function)) function;
#define MODULE_SYMBOL(function) {#function, offsetof(Library, function)},

/* The library stays open until the process ends. False when it or a function of it is missing. */
bool module_open(const char *name, const ModuleSymbol *symbols, size_t count, void *table,
                 Error *err);

#endif
