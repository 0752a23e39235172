/* Real manifests, random changes: change/law_test.h holds for each resource of the files.
 *
 * UNSTALE_ROUNDS sets how many changes each resource gets. Skipped without the files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/trial_test.h"
#include "text/fault.h"

#include <sys/types.h>
#include <sys/stat.h>
#include <fts.h>

enum {
    DEFAULT_ROUNDS = 10,
    LARGEST = 24 * 1024, /* bytes of a document: a large one says nothing new */
};

typedef struct Paths {
    Arena arena;
    VEC(Str) items;
} Paths;

static bool is_manifest(Str name) {
    return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")) ||
           str_ends(name, STR(".json"));
}

static void find_paths(Paths *p) {
    char corpus[] = "../shared/corpus", oracle[] = "../shared/oracle", crds[] = "../shared/crds";
    char *const roots[] = {corpus, oracle, crds, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *e; tree && (e = fts_read(tree)) != NULL;)
        if (e->fts_info == FTS_F && is_manifest(str_from(e->fts_path)))
            vec_push(&p->items, str_copy(&p->arena, str_from(e->fts_path)));
    if (tree) fts_close(tree);
}

static int by_name(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool read_file(Str path, Buf *out) {
    FILE *f = fopen(path.data, "rb");
    if (!f) return false;
    buf_clear(out);
    for (size_t got = 1; got;) {
        buf_reserve(out, 65536);
        got = fread(out->data + out->len, 1, 65536, f);
        out->len += got;
    }
    fclose(f);
    return true;
}

/* ---- one change of one resource ---- */

static const Node *nth_resource(const Document *doc, uint32_t n) {
    const Node *items = node_child(doc->root, STR("items"));
    if (!items || !items->count) return n ? NULL : doc->root;
    return node_item(items, n);
}

/* False when the document has no such resource. */
static bool try_resource(Str text, uint32_t number, uint64_t round, Trials *trials) {
    Round r = {.random = {.state = round * 104729}};
    r.random.newline = "\n";
    bool found = false;
    if (document_parse(&r.arena, text, &r.doc)) {
        const Node *resource = nth_resource(&r.doc, number);
        found = resource && resource->kind == NODE_MAP && resource->count > 0;
        if (found) {
            rewrite_begin(&r.rw, &r.arena, &r.doc, resource);
            r.rw.in_list = resource->parent != NULL;
            trial_run(&r, round, trials);
        }
    } else {
        trials->unreadable++;
    }
    round_end(&r);
    return found;
}

static void try_text(Str text, uint64_t rounds, Trials *trials) {
    PieceVec pieces = {0};
    cut_text(text, 0, 1, 0, &pieces);
    for (size_t i = 0; i < pieces.len; i++) {
        if (pieces.items[i].text.len > LARGEST) continue;
        for (uint64_t round = 0; round < rounds; round++)
            for (uint32_t n = 0; n < 5; n++)
                if (!try_resource(pieces.items[i].text, n, trials->planned + trials->refused,
                                  trials))
                    break;
    }
    vec_release(&pieces);
}

static void laws_hold(void **state) {
    (void)state;
    Paths paths = {0};
    find_paths(&paths);
    if (!paths.items.len) {
        print_message("skipped: no collected manifests\n");
        skip();
    }
    qsort(paths.items.items, paths.items.len, sizeof(Str), by_name);
    Trials trials = {0};
    Buf bytes = {0};
    size_t at;
    for (size_t i = 0; i < paths.items.len; i++)
        if (read_file(paths.items.items[i], &bytes) && !text_fault(buf_str(&bytes), &at))
            try_text(buf_str(&bytes), number_from("UNSTALE_ROUNDS", DEFAULT_ROUNDS), &trials);
    print_message("%zu files: ", paths.items.len);
    trials_print(&trials);
    buf_release(&bytes);
    vec_release(&paths.items);
    arena_release(&paths.arena);
    assert_int_equal(trials.failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(laws_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
