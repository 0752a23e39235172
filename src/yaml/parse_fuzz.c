/* Any bytes that pass the gate: no crash, no leak, and the span law holds on what parses. */
#include "text/fault.h"
#include "yaml/law_test.h"

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str text = {(const char *)data, size};
    size_t offset;
    if (text_fault(text, &offset)) return 0;
    Arena arena = {0};
    Document d;
    bool parsed = document_parse(&arena, text, &d);
    Law law = {.doc = &d};
    if (parsed && !law_holds(&law)) bug("byte %u: %s", law.at, law.why);
    if (!parsed && !d.error.message.len) bug("not parsed, and no reason");
    arena_release(&arena);
    return 0;
}
