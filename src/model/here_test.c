/* Manifests in here-documents: a script, and what is found; every find parses, and its spans obey
 * the law. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "model/embedded.h"
#include "model/here.h"
#include "yaml/law_test.h"

typedef struct Row {
    const char *name, *text, *want; /* want: "form indent[lines]" per manifest */
} Row;

#define POD "apiVersion: v1\nkind: Pod\n"

static const Row rows[] = {
    {"none", "kubectl apply -f pod.yaml\n", ""},
    {"quoted", "kubectl apply -f - <<'EOF'\n" POD "EOF\n", "4 0[" POD "]"},
    {"a quoted letter", "cat <<\\EOF\n" POD "EOF\n", "4 0[" POD "]"},
    {"unquoted", "cat <<EOF >pod.yaml\n" POD "EOF\n", "5 0[" POD "]"},
    {"comments first", "cat <<EOF\n# a: b\n\n" POD "EOF\n", "5 0[# a: b\n\n" POD "]"},
    {"two documents", "cat <<'EOF'\n---\n" POD "---\n" POD "EOF\n", "4 0[" POD "]4 0[" POD "]"},
    {"two bodies", "cat <<'A' <<'B'\n" POD "A\n" POD "B\n", "4 0[" POD "]4 0[" POD "]"},
    {"indented", "cat <<'EOF'\n  apiVersion: v1\n  kind: Pod\nEOF\n",
     "4 2[  apiVersion: v1\n  kind: Pod\n]"},
    {"tabs", "if x; then\n\tcat <<-EOF\n\tapiVersion: v1\n\tkind: Pod\n\tEOF\nfi\n",
     "7 1[\tapiVersion: v1\n\tkind: Pod\n]"},
    {"tabs that differ", "cat <<-EOF\n\tapiVersion: v1\n\t\tkind: Pod\n\tEOF\n", ""},
    {"tabs that could be", "cat <<-'EOF'\n" POD "EOF\n", "4 0[" POD "]"},
    {"in a substitution", "x=$(cat <<'EOF'\n" POD "EOF\n)\n", "4 0[" POD "]"},
    {"of a shell", "bash <<'OUT'\ncat <<'IN'\n" POD "IN\nOUT\n", "4 0[" POD "]"},
    {"of a shell that is filled in", "ssh host <<OUT\ncat <<'IN'\n" POD "IN\nOUT\n",
     "5 0[" POD "]"},
    {"in a manifest",
     "cat <<'OUT'\n" POD "a: |\n  cat <<'IN'\n  apiVersion: v1\n  kind: A\n  IN\nOUT\n",
     "4 0[" POD "a: |\n  cat <<'IN'\n  apiVersion: v1\n  kind: A\n  IN\n]"},
    {"filled in", "cat <<EOF\napiVersion: v1\nkind: $KIND\nEOF\n",
     "5 0[apiVersion: v1\nkind: $KIND\n]"},
    {"of Python", "python3 <<EOF\nx = '''\n" POD "'''\nEOF\n", ""},
    {"of Python, on one line", "python3 <<EOF\nimport x\n" POD "EOF\n", ""},
    {"no end", "cat <<EOF\n" POD, ""},
    {"in a comment", "# cat <<EOF\n" POD "EOF\n", ""},
    {"in a text", "echo 'cat <<EOF\n" POD "EOF\n'\n", ""},
    {"a number", "echo $((1<<2))\n" POD, ""},
    {"a here-string", "cat <<<EOF\n" POD "EOF\n", ""},
    {"no kind", "cat <<EOF\napiVersion: v1\nEOF\n", ""},
};

static void write_document(Buf *out, Str file, Span lines, uint32_t indent, uint8_t form) {
    Arena arena = {0};
    Document doc;
    Str text = span_text(file, lines);
    if (!document_parse_as(&arena, text, form, &doc))
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(text), STR_ARG(doc.error.message));
    assert_non_null(node_child(doc.root, STR("kind")));
    Law law = {.doc = &doc};
    if (!law_holds(&law)) fail_msg("byte %u: %s", law.at, law.why);
    buf_addf(out, "%u %u[" STR_FMT "]", form, indent, STR_ARG(text));
    arena_release(&arena);
}

typedef struct Got {
    Str file;
    Buf text;
} Got;

static void write_here(void *context, const Here *here) {
    Got *got = context;
    write_document(&got->text, got->file, here->lines, here->indent, here->form);
}

static void finds_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Script script = {.text = str_from(rows[i].text)};
        Got got = {.file = script.text};
        bool found = here_each(&script, script.text, write_here, &got);
        if (!str_eq(buf_str(&got.text), str_from(rows[i].want)))
            fail_msg("%s: got %s", rows[i].name, buf_cstr(&got.text));
        assert_int_equal(found, got.text.len > 0);
        buf_release(&got.text);
    }
}

/* ---- in block scalars ---- */

static const Row blocks[] = {
    {"a script", "run: |\n  x\n  cat <<EOF\n  apiVersion: v1\n  kind: Pod\n  EOF\n  y\n",
     "5 2[  apiVersion: v1\n  kind: Pod\n]"},
    {"after an empty line", "run: |\n\n  cat <<'EOF'\n\n  apiVersion: v1\n\n  kind: Pod\n  EOF\n",
     "4 2[  apiVersion: v1\n\n  kind: Pod\n]"},
    {"a manifest that speaks of one", "a: |\n  apiVersion: v1\n  kind: Pod\n  x: cat <<EOF\n",
     "0 2[  apiVersion: v1\n  kind: Pod\n  x: cat <<EOF\n]"},
    {"deeper",
     "run: |\n  if x; then\n    cat <<'EOF'\n  apiVersion: v1\n  kind: Pod\n  EOF\n  fi\n",
     "4 2[  apiVersion: v1\n  kind: Pod\n]"},
    {"with a template",
     "run: |\n  x ${{ y }}\n  cat <<EOF\n  apiVersion: v1\n  kind: ${{ z }}\n  EOF\n",
     "5 2[  apiVersion: v1\n  kind: ${{ z }}\n]"},
};

static void write_embedded(void *context, const Embedded *e) {
    Got *got = context;
    write_document(&got->text, got->file, e->lines, e->indent, e->form);
}

static void finds_blocks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        Arena arena = {0};
        Document doc;
        assert_true(document_parse(&arena, str_from(blocks[i].text), &doc));
        Got got = {.file = doc.text};
        embedded_each(&doc, write_embedded, &got);
        if (!str_eq(buf_str(&got.text), str_from(blocks[i].want)))
            fail_msg("%s: got %s", blocks[i].name, buf_cstr(&got.text));
        buf_release(&got.text);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_rows),
        cmocka_unit_test(finds_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
