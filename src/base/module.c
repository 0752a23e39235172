/* Opening shared libraries. */
#include "base/module.h"

#include <dlfcn.h>
#include <string.h>

bool module_open(const char *name, const ModuleSymbol *symbols, size_t count, void *table,
                 Error *err) {
    void *module = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!module) return error_set(err, "the library %s is not installed", name);
    for (size_t i = 0; i < count; i++) {
        void *found = dlsym(module, symbols[i].name);
        if (!found) return error_set(err, "the library %s does not have %s", name, symbols[i].name);
        memcpy((char *)table + symbols[i].offset, &found, sizeof found);
    }
    return true;
}
