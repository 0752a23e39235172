/* Any bytes: no crash, and pieces are parts of the text, in order, without overlap. */
#include "input/cutter.h"

#include "base/error.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pieces are handed out in source order; blanks, markers and commas may lie between them. */
static void check_batch(const Batch *b, const uint8_t *data, size_t size, Offset *end) {
    if (b->offset + b->bytes.len > size) bug("a batch ends behind its source");
    for (size_t i = 0; i < b->pieces.len; i++) {
        const Piece *p = &b->pieces.items[i];
        if (p->offset < *end) bug("pieces overlap");
        if (p->offset + p->text.len > size) bug("a piece ends behind its source");
        if (p->text.len && memcmp(p->text.data, data + p->offset, p->text.len) != 0)
            bug("a piece is not what stands at its place");
        *end = p->offset + p->text.len;
    }
}

static void cut(const uint8_t *data, size_t size, const Source *source, CutterOptions options) {
    Error err = {""};
    Reader *reader = reader_open(source, &err);
    if (!reader) bug("%s", err.text);
    Cutter *cutter = cutter_new(reader, options);
    Batch batch = {0};
    Offset end = 0;
    while (cutter_batch(cutter, &batch, &err)) check_batch(&batch, data, size, &end);
    if (err.text[0]) bug("%s", err.text);
    cutter_free(cutter);
    reader_close(reader);
    batch_release(&batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Source source = {.kind = SOURCE_SPOOL, .spool = memfd_create("cutter_fuzz", MFD_CLOEXEC)};
    source.size = size;
    if (source.spool < 0 || write(source.spool, data, size) != (ssize_t)size)
        bug("no room for a spool");
    cut(data, size, &source, (CutterOptions){0});
    cut(data, size, &source, (CutterOptions){.whole = true});
    cut(data, size, &source, (CutterOptions){.json = true});
    close(source.spool);
    return 0;
}
