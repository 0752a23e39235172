/* Kustomizations: reading one, joining paths, and the namespace that several give a file. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/kustomization.h"

typedef struct PathRow {
    const char *directory, *path, *want;
} PathRow;

static const PathRow path_rows[] = {
    {".", "a.yaml", "a.yaml"},
    {".", ".", "."},
    {"", "", "."},
    {"a/b", "../base", "a/base"},
    {"a/b", "../../..", ".."},
    {"a", "..", "."},
    {"..", "../a", "../../a"},
    {"a", "./b//c/", "a/b/c"},
    {"a", "/b/../c", "/c"},
    {"/a", "../../b", "/b"},
    {"a/b", "../b/../../c", "c"},
};

static void paths_are_joined(void **state) {
    (void)state;
    Arena arena = {0};
    for (size_t i = 0; i < sizeof path_rows / sizeof *path_rows; i++) {
        const PathRow *row = &path_rows[i];
        Str got = path_join(&arena, str_from(row->directory), str_from(row->path));
        if (!str_eq(got, str_from(row->want)))
            fail_msg("%s + %s: got %s", row->directory, row->path, got.data);
    }
    arena_release(&arena);
}

static void names_are_known(void **state) {
    (void)state;
    assert_true(kustomization_is(STR("a/kustomization.yaml")));
    assert_true(kustomization_is(STR("kustomization.yml")));
    assert_true(kustomization_is(STR("a/Kustomization")));
    assert_false(kustomization_is(STR("kustomization/a.yaml")));
    assert_false(kustomization_is(STR("my-kustomization.yaml")));
}

/* What a row's file reads as: "namespace; resource …; [path|text|lines|target|json] …" */
static void write_kustomization(const Kustomization *k, Str text, Buf *out) {
    buf_addf(out, STR_FMT ";", STR_ARG(k->namespace));
    for (size_t i = 0; i < k->resource_count; i++)
        buf_addf(out, " " STR_FMT, STR_ARG(k->resources[i]));
    for (size_t i = 0; i < k->patch_count; i++) {
        const KustomizePatch *p = &k->patches[i];
        Str lines = span_text(text, p->lines);
        buf_addf(out, " [" STR_FMT "|" STR_FMT "|" STR_FMT "|", STR_ARG(p->path), STR_ARG(p->text),
                 STR_ARG(lines));
        buf_addf(out, STR_FMT "/" STR_FMT "/" STR_FMT " " STR_FMT "/" STR_FMT "%s]",
                 STR_ARG(p->group), STR_ARG(p->version), STR_ARG(p->kind), STR_ARG(p->namespace),
                 STR_ARG(p->name), p->json ? "|json" : "");
    }
}

typedef struct ReadRow {
    const char *name, *text, *want;
} ReadRow;

static const ReadRow read_rows[] = {
    {"empty map", "{}", ";"},
    {"all lists",
     "namespace: ml\ncomponents: [c]\nbases: [../b]\nresources:\n- a.yaml\n- https://h/x\n",
     "ml; a.yaml https://h/x ../b c"},
    {"wrong kinds", "namespace: [a]\nresources: {a: b}\nbases: x\npatches: y\n", ";"},
    {"wrong items", "resources: [{a: b}, c, null]\npatches: [x, {}]\n", "; c"},
    {"template", "namespace: {{ .n }}\nresources: [{{ .a }}, b]\n", "; b"},
    {"patch by path", "patches:\n- path: p.yaml\n  target: {kind: Job, name: a}\n",
     "; [p.yaml|||//Job /a]"},
    {"patch with a full target",
     "patches: [{path: p, target: {group: g, version: v, kind: K, name: n, namespace: s}}]",
     "; [p|||g/v/K s/n]"},
    {"inline patch", "patches:\n- patch: |-\n    a: b\n    c: d\n  target: {kind: Job}\n",
     "; [|a: b\nc: d|    a: b\n    c: d\n|//Job /]"},
    {"inline patch in quotes", "patches:\n- patch: 'a: b'\n", "; [|a: b||// /]"},
    {"merge patches", "patchesStrategicMerge:\n- p.yaml\n- |\n  a: b\n",
     "; [p.yaml|||// /] [|a: b\n|  a: b\n|// /]"},
    {"JSON patches", "patchesJson6902:\n- path: p.yaml\n  target: {kind: Job}\n",
     "; [p.yaml|||//Job /|json]"},
};

static void files_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof read_rows / sizeof *read_rows; i++) {
        Arena tree = {0}, arena = {0};
        Document doc;
        Kustomization k;
        Buf got = {0};
        assert_true(document_parse(&tree, str_from(read_rows[i].text), &doc));
        assert_true(kustomization_read(&arena, STR("a/./kustomization.yaml"), &doc, &k));
        arena_release(&tree); /* nothing may point into it */
        assert_true(str_eq(k.directory, STR("a")));
        write_kustomization(&k, str_from(read_rows[i].text), &got);
        if (!str_eq(buf_str(&got), str_from(read_rows[i].want)))
            fail_msg("%s: got %s", read_rows[i].name, buf_cstr(&got));
        buf_release(&got);
        arena_release(&arena);
    }
}

/* "[target labels annotations path|metadata] … images; …" of what changes objects otherwise */
static void write_transformers(const Kustomization *k, Buf *out) {
    for (size_t i = 0; i < k->pick_count; i++) {
        const KustomizePatch *p = &k->picks[i];
        buf_addf(out, "[%s" STR_FMT " " STR_FMT STR_FMT STR_FMT STR_FMT "%s] ",
                 p->targeted ? "" : "-", STR_ARG(p->kind), STR_ARG(p->name), STR_ARG(p->labels),
                 STR_ARG(p->annotations), STR_ARG(p->path), p->metadata ? "|metadata" : "");
    }
    for (size_t i = 0; i < k->patch_count; i++)
        buf_addf(out, "%s ", k->patches[i].metadata ? "metadata" : "anything");
    for (size_t i = 0; i < k->image_count; i++) buf_addf(out, STR_FMT " ", STR_ARG(k->images[i]));
    buf_addf(out, "%s%s", k->renames ? "renames" : "", k->labels ? "labels" : "");
}

static const ReadRow transformer_rows[] = {
    {"replacement",
     "replacements: [{source: {kind: A, name: a}, targets: [{select: {name: b}, fieldPaths: "
     "[metadata.labels.x]}, {select: {labelSelector: c=d}, fieldPaths: [metadata.a, spec.b]}]}]",
     "[A a|metadata] [ b|metadata] [ c=d] "},
    {"source of a field", "replacements: [{source: {kind: A, fieldPath: spec.x}}]", "[A ] "},
    {"file of replacements", "replacements: [{path: r.yaml}]", "[- r.yaml|metadata] "},
    {"variables", "vars: [{objref: {kind: A, name: a}}, {fieldref: {fieldPath: spec.b}}, c]",
     "[A a|metadata] [- ] [- |metadata] "},
    {"wrong kinds", "replacements: {a: b}\nvars: x\nimages: {name: y}\nnamePrefix: [z]", ""},
    {"images", "images: [{name: r/t, newTag: '2'}, {newName: x}, y]", "r/t "},
    {"other names", "namePrefix: a-", "renames"},
    {"other names behind", "nameSuffix: -a", "renames"},
    {"labels", "commonLabels: {a: b}", "labels"},
    {"patches of metadata",
     "patches: [{target: {name: a}, patch: '[{op: add, path: /metadata/labels/x, value: y}]'}, "
     "{target: {name: a}, patch: 'metadata: {labels: {x: y}}'}]",
     "metadata metadata "},
    {"patches of anything",
     "patches: [{target: {name: a}, patch: '[{path: /metadata/x}, {path: /spec}]'}, {target: {}, "
     "patch: 'spec: x'}, {target: {}, patch: '['}, {target: {}, path: a}, {patch: 'metadata: x'}]",
     "anything anything anything anything anything "},
};

static void transformers_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof transformer_rows / sizeof *transformer_rows; i++) {
        Arena tree = {0}, arena = {0};
        Document doc;
        Kustomization k;
        Buf got = {0};
        assert_true(document_parse(&tree, str_from(transformer_rows[i].text), &doc));
        assert_true(kustomization_read(&arena, STR("kustomization.yaml"), &doc, &k));
        arena_release(&tree); /* nothing may point into it */
        write_transformers(&k, &got);
        if (!str_eq(buf_str(&got), str_from(transformer_rows[i].want)))
            fail_msg("%s: got %s", transformer_rows[i].name, buf_cstr(&got));
        buf_release(&got);
        arena_release(&arena);
    }
}

static void what_is_no_map_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {"", "- a\n", "a", "a: [", "a: &a\n- *a\n- [\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Arena arena = {0};
        Document doc;
        Kustomization k;
        document_parse(&arena, str_from(texts[i]), &doc);
        assert_false(kustomization_read(&arena, STR("kustomization.yaml"), &doc, &k));
        arena_release(&arena);
    }
}

typedef struct LinkRow {
    const char *name;
    const char *files[4][2]; /* directory, text */
    const char *ask, *want;  /* want "?": ambiguous */
} LinkRow;

static const LinkRow link_rows[] = {
    {"none", {{0}}, "a.yaml", ""},
    {"direct", {{".", "namespace: x\nresources: [a.yaml]"}}, "./a.yaml", "x"},
    {"not listed", {{".", "namespace: x\nresources: [a.yaml]"}}, "b.yaml", ""},
    {"listed, no namespace", {{".", "resources: [a.yaml]"}}, "a.yaml", ""},
    {"a patch", {{"o", "namespace: x\npatches: [{path: p.yaml}]"}}, "o/p.yaml", "x"},
    {"by an overlay",
     {{"b", "resources: [a.yaml]"}, {"o", "namespace: x\nresources: [../b]"}},
     "b/a.yaml",
     "x"},
    {"the outermost wins",
     {{"b", "namespace: y\nresources: [a.yaml]"}, {"o", "namespace: x\nbases: [../b/]"}},
     "b/a.yaml",
     "x"},
    {"an overlay without a namespace",
     {{"b", "namespace: y\nresources: [a.yaml]"}, {"o", "resources: [../b]"}},
     "b/a.yaml",
     "y"},
    {"through three",
     {{"b", "resources: [a.yaml]"},
      {"m", "resources: [../b]"},
      {"o", "namespace: x\nresources: [../m]"}},
     "b/a.yaml",
     "x"},
    {"overlays that agree",
     {{"b", "resources: [a.yaml]"},
      {"o", "namespace: x\nresources: [../b]"},
      {"p", "namespace: x\nresources: [../b]"}},
     "b/a.yaml",
     "x"},
    {"overlays that differ",
     {{"b", "resources: [a.yaml]"},
      {"o", "namespace: x\nresources: [../b]"},
      {"p", "namespace: y\nresources: [../b]"}},
     "b/a.yaml",
     "?"},
    {"one overlay says nothing",
     {{"b", "resources: [a.yaml]"},
      {"o", "namespace: x\nresources: [../b]"},
      {"p", "resources: [../b]"}},
     "b/a.yaml",
     "?"},
    {"differ further out",
     {{"b", "resources: [a.yaml]"},
      {"m", "resources: [../b]"},
      {"o", "namespace: x\nresources: [../m]"},
      {"p", "namespace: y\nresources: [../m]"}},
     "b/a.yaml",
     "?"},
    {"the overlay is at the root",
     {{".", "namespace: x\nresources: [b]"}, {"b", "resources: [a.yaml]"}},
     "b/a.yaml",
     "x"},
    {"the base is at the root",
     {{".", "resources: [a.yaml]"}, {"o", "namespace: x\nresources: [..]"}},
     "a.yaml",
     "x"},
    {"cycle",
     {{"a", "namespace: x\nresources: [../b, f.yaml]"}, {"b", "resources: [../a]"}},
     "a/f.yaml",
     "x"},
    {"lists itself", {{"a", "namespace: x\nresources: [., f.yaml]"}}, "a/f.yaml", "x"},
    {"remote",
     {{"a", "namespace: x\nresources: ['https://h/f.yaml', 'git@h:b']"}},
     "a/https:/h/f.yaml",
     ""},
};

static void add_file(Arena *arena, Kustomizations *all, const char *const file[2]) {
    Document doc;
    Kustomization k;
    Str path = path_join(arena, str_from(file[0]), STR("kustomization.yaml"));
    assert_true(document_parse(arena, str_from(file[1]), &doc));
    assert_true(kustomization_read(arena, path, &doc, &k));
    kustomizations_add(all, &k);
}

static void namespaces_are_followed(void **state) {
    (void)state;
    for (size_t i = 0; i < 2 * sizeof link_rows / sizeof *link_rows; i++) {
        const LinkRow *row = &link_rows[i / 2];
        Arena arena = {0};
        Kustomizations all = {0};
        for (size_t f = 0; f < 4; f++) { /* in one order and in the other */
            const char *const *file = row->files[i % 2 ? 3 - f : f];
            if (file[0]) add_file(&arena, &all, file);
        }
        kustomizations_link(&all);
        bool ambiguous;
        Str got = kustomizations_namespace(&all, str_from(row->ask), &ambiguous);
        if (ambiguous) got = STR("?");
        if (!str_eq(got, str_from(row->want)))
            fail_msg("%s: got " STR_FMT, row->name, STR_ARG(got));
        kustomizations_release(&all);
        arena_release(&arena);
    }
}

static bool write_path(void *context, const Kustomization *k) {
    buf_addf(context, STR_FMT " ", STR_ARG(k->path));
    return str_eq(k->path, STR("last/kustomization.yaml"));
}

/* Near ones before far ones, each once, though all list each other in the end. */
static void those_above_are_visited_once(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"far", "resources: [../a, ../b]"}, {"a", "resources: [../base, ../far]"},
        {"b", "resources: [../base]"},      {"base", "resources: [x.yaml, ../far]"},
        {"last", "resources: [../far]"},    {"other", "resources: [y.yaml]"},
    };
    Arena arena = {0};
    Kustomizations all = {0};
    Buf got = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) add_file(&arena, &all, files[i]);
    kustomizations_link(&all);
    const Kustomization *last = kustomizations_above(&all, STR("./base/x.yaml"), write_path, &got);
    assert_string_equal(buf_cstr(&got),
                        "base/kustomization.yaml a/kustomization.yaml b/kustomization.yaml "
                        "far/kustomization.yaml last/kustomization.yaml ");
    assert_non_null(last);
    assert_null(kustomizations_above(&all, STR("base/z.yaml"), write_path, &got));
    kustomizations_release(&all);
    buf_release(&got);
    arena_release(&arena);
}

/* A chain that is longer than any stack should follow. */
static void a_long_chain_ends(void **state) {
    (void)state;
    Arena arena = {0};
    Kustomizations all = {0};
    for (int i = 0; i < 20000; i++) {
        Str *next = arena_new(&arena, Str);
        *next = str_format(&arena, "../d%d", i + 1);
        Str directory = str_format(&arena, "d%d", i);
        Kustomization k = {.directory = directory, .resources = next, .resource_count = 1};
        kustomizations_add(&all, &k);
    }
    kustomizations_link(&all);
    bool ambiguous;
    kustomizations_namespace(&all, STR("d20000"), &ambiguous);
    kustomizations_release(&all);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_joined),        cmocka_unit_test(names_are_known),
        cmocka_unit_test(files_are_read),          cmocka_unit_test(what_is_no_map_is_none),
        cmocka_unit_test(namespaces_are_followed), cmocka_unit_test(a_long_chain_ends),
        cmocka_unit_test(transformers_are_read),   cmocka_unit_test(those_above_are_visited_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
