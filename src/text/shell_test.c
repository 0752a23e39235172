/* Shell scripts and the words that are read of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/shell.h"

#include "base/buf.h"
#include "base/limits.h"

#include <string.h>

/* How the rows below write what was read: words with bars between, `?` for what is unknown; lists
 * in parentheses, assignments in front, redirections behind. */
static void write_word(Buf *out, const ShellWord *w) {
    for (size_t i = 0; i < w->value.len; i++)
        buf_add_char(out, w->value.data[i] == SHELL_UNKNOWN ? '?' : w->value.data[i]);
}

static void write_redirect(Buf *out, const Shell *shell, const ShellRedirect *r) {
    buf_addf(out, " " STR_FMT, STR_ARG(span_text(shell->text, r->operator)));
    write_word(out, &r->word);
    if (r->here) buf_addf(out, "{" STR_FMT "}", STR_ARG(span_text(shell->text, r->here->body)));
}

static void write_command(Buf *out, const Shell *shell, const ShellCommand *c) {
    bool list = c->kind == SHELL_LIST;
    buf_add_char(out, list ? '(' : '[');
    if (c->name.len) buf_addf(out, STR_FMT ": ", STR_ARG(c->name));
    for (size_t i = 0; i < c->assignment_count; i++) {
        buf_addf(out, STR_FMT "%s", STR_ARG(c->assignments[i].name),
                 c->assignments[i].plain ? "=" : "~");
        write_word(out, &c->assignments[i].value);
        buf_add_char(out, i + 1 < c->assignment_count || c->word_count ? ' ' : ';');
    }
    for (size_t i = 0; i < c->word_count; i++) {
        if (i) buf_add_char(out, '|');
        write_word(out, &c->words[i]);
    }
    for (size_t i = 0; i < c->redirect_count; i++) write_redirect(out, shell, &c->redirects[i]);
    buf_addf(out, "%s%s", list ? ")" : "]", c->piped ? " | " : "");
}

static void write_shell(Buf *out, const Shell *shell) {
    for (size_t i = 0; i < shell->count; i++) write_command(out, shell, &shell->commands[i]);
    if (shell->fault) buf_addf(out, "!%u: %s", shell->fault_at, shell->fault);
}

typedef struct Row {
    const char *name, *text, *want;
} Row;

static void check_row(const Row *row) {
    Arena arena = {0};
    Buf out = {0};
    Shell shell;
    shell_read(&arena, str_from(row->text), &shell);
    write_shell(&out, &shell);
    if (!str_eq(buf_str(&out), str_from(row->want)))
        fail_msg("%s: got '%s', want '%s'", row->name, buf_cstr(&out), row->want);
    buf_release(&out);
    arena_release(&arena);
}

#define CHECK_ROWS(rows)                                                                           \
    for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) check_row(&(rows)[i])

static const Row words[] = {
    {"nothing", " \n\t\n", ""},
    {"plain words", "kubectl get  pods", "[kubectl|get|pods]"},
    {"single quotes", "echo 'a b'\"c\"d", "[echo|a bcd]"},
    {"an empty word", "x '' \"\"", "[x||]"},
    {"double quotes keep backslashes", "echo \"a\\n\\\"\\$b\"", "[echo|a\\n\"$b]"},
    {"a backslash", "echo a\\ b", "[echo|a b]"},
    {"a backslash at the very end", "echo a\\", "[echo|a\\]"},
    {"dollar quotes", "echo $'a\\tb\\x41\\101\\''", "[echo|a\tbAA']"},
    {"locale quotes", "echo $\"a\"", "[echo|a]"},
    {"continued line", "kubectl get \\\n  pods", "[kubectl|get|pods]"},
    {"continued inside a word", "kube\\\nctl", "[kubectl]"},
    {"continued with CRLF", "kubectl get \\\r\n pods\r\nls\r\n", "[kubectl|get|pods][ls]"},
    {"continued in quotes", "echo \"a\\\nb\"", "[echo|ab]"},
    {"comments", "# a\nb # c\n#d\ne#f", "[b][e#f]"},
    {"globs are letters", "ls *.y?ml [a-z]", "[ls|*.y?ml|[a-z]]"},
    {"braces are letters", "cp a.{b,c}", "[cp|a.{b,c}]"},
    {"not UTF-8", "ls \xff\xfe", "[ls|\xff\xfe]"},
};

static const Row unknown[] = {
    {"a variable", "kubectl get $KIND/x", "[kubectl|get|?/x]"},
    {"in braces", "a ${B}c", "[a|?c]"},
    {"with a default", "a ${B:-c d}e f", "[a|?e|f]"},
    {"braces in quotes in braces", "a \"${B:-\"}\"}\" c", "[a|?|c]"},
    {"parameters", "a $1 $@ ${2} $? $$", "[a|?|?|?|?|?]"},
    {"a lone dollar", "a $ b$ $\"\" $.", "[a|$|b$||$.]"},
    {"none in single quotes", "a '$B'", "[a|$B]"},
    {"arithmetic", "a $((1 + (2))) b", "[a|?|b]"},
    {"a substitution", "a $(b c) d", "[a|?|d][b|c]"},
    {"in quotes", "a \"x$(b \"c d\")\" e", "[a|x?|e][b|c d]"},
    {"one in the other", "a $(b $(c)) d", "[a|?|d][b|?][c]"},
    {"backticks", "a `b c` d", "[a|?|d][b|c]"},
    {"backticks with escapes are not looked into", "a `b \\`c\\`` d", "[a|?|d]"},
    {"a process", "diff <(a b) >(c)", "[diff|?|?][a|b][c]"},
    {"a default that runs something", "a ${B:-$(c d)}", "[a|?][c|d]"},
};

static const Row grammar[] = {
    {"separators", "a; b & c && d || e", "[a][b][c][d][e]"},
    {"a pipe", "a | b |& c", "[a] | [b] | [c]"},
    {"a group", "{ a; b; }", "[a][b]"},
    {"a subshell", "(a; b) && c", "[a][b][c]"},
    {"a condition", "if a; then b; elif c; then d; else e; fi", "[a][b][c][d][e]"},
    {"negation", "! a", "[a]"},
    {"a reserved word as argument", "echo if then", "[echo|if|then]"},
    {"a quoted reserved word", "'if' a", "[if|a]"},
    {"while", "while read x; do a; done < f", "[read|x][a][ <f]"},
    {"for", "for x in a b; do c; done", "(x: a|b)[c]"},
    {"for on lines", "for x in a \\\n b\ndo\n c\ndone", "(x: a|b)[c]"},
    {"for without a list", "for x; do a; done", "(x: )[a]"},
    {"for with arithmetic", "for ((i=0; i<3; i++)); do a; done", "[a]"},
    {"arithmetic", "((x > 1)) && a", "[a]"},
    {"case", "case $x in a|b) c;; (d) e;; *) f; esac; g", "(?)(a|b)[c](d)[e](*)[f][g]"},
    {"case on lines", "case x in\n # n\n a)\n b\n ;;\nesac\nc", "(x)(a)[b][c]"},
    {"case with in on its own line", "case x\nin a) b\n;; c) d;; esac", "(x)(a)[b](c)[d]"},
    {"a function", "f() { a; }\nfunction g { b; }\nfunction h() { c; }", "[a][b][c]"},
    {"a test", "[[ a < b && ( c =~ ^(d|e)$ ) ]] && f", "[[[|a|b|c|=~|^|d|e|$|]]][f]"},
    {"patterns of bash", "ls !(a|b)", "[ls|!(a|b)]"},
};

static const Row assignments[] = {
    {"alone", "A=b C='d e'", "[A=b C=d e;]"},
    {"in front of a program", "A=b c d=e", "[A=b c|d=e]"},
    {"appended", "A+=b", "[A~b;]"},
    {"indexed", "A[1]=b", "[A~b;]"},
    {"a list", "A=(b 'c d'\n e) f", "[A~ f](A: b|c d|e)"},
    {"a declared list", "local A=(b c) d", "[local|A=|d](A: b|c)"},
    {"no name", "1=a =b", "[1=a|=b]"},
    {"quoted", "'A'=b", "[A=b]"},
};

static const Row redirections[] = {
    {"files", "a < b >c 2>> d 2>&1 &> e", "[a <b >c 2>>d 2>&1 &>e]"},
    {"in front", ">a b", "[b >a]"},
    {"a number that is a word", "a 2 >b", "[a|2 >b]"},
    {"a here-document", "a <<E b\nx $y\nE\nc", "[a|b <<E{x $y\n}][c]"},
    {"two of them", "a <<E <<F\nx\nE\ny\nF\nb", "[a <<E{x\n} <<F{y\n}][b]"},
    {"quoted, tabs cut", "a <<-'E F'\n\tx\n\tE F\nb", "[a <<-E F{\tx\n}][b]"},
    {"piped", "a <<E | b\nx\nE\n", "[a <<E{x\n}] | [b]"},
    {"without an end", "a <<E\nx\n", "[a <<E{x\n}]"},
    {"CRLF", "a <<E\r\nx\r\nE\r\nb", "[a <<E{x\r\n}][b]"},
    {"in a substitution", "a $(b <<E\nx\nE\n) c", "[a|?|c][b <<E{x\n}]"},
    {"from a process", "a < <(b c)", "[a <?][b|c]"},
    {"a here-string", "a <<< 'b c'", "[a <<<b c]"},
};

static const Row faults[] = {
    {"open quote", "a b\nc 'd\ne", "[a|b]!6: a quote is not closed"},
    {"open double quote", "a; b \"c", "[a]!5: a quote is not closed"},
    {"open substitution", "a; b $(c d", "[a][c|d]!5: a '$(' is not closed"},
    {"open braces", "a ${b", "!2: a '${' is not closed"},
    {"open backtick", "a `b", "!2: a '`' is not closed"},
    {"open list", "A=(b", "!2: a '(' is not closed"},
    {"parenthesis in a sentence", "a\nkubectl (or oc)", "[a]!10: this '(' is out of place"},
    {"closing", "a)", "[a]!1: this ')' is out of place"},
    {"no file", "a >\nb", "!2: nothing stands behind a redirection"},
};

static const Row variables[] = {
    {"known", "A=b\nc $A ${A}d \"$A\"", "[A=b;][c|b|bd|b]"},
    {"not yet", "c $A\nA=b", "[c|?][A=b;]"},
    {"assigned twice", "A=b\nA=c\nd $A", "[A=b;][A=c;][d|?]"},
    {"appended later", "A=b\nd $A\nA+=c", "[A=b;][d|?][A~c;]"},
    {"for the program only", "A=b c\nd $A", "[A=b c][d|?]"},
    {"exported", "export A=b\nd $A", "[export|A=b][d|b]"},
    {"read", "A=b\nread A\nd $A", "[A=b;][read|A][d|?]"},
    {"of a loop", "A=b\nfor A in c; do d $A; done", "[A=b;](A: c)[d|?]"},
    {"in a subshell", "(A=b)\nd $A", "[A=b;][d|?]"},
    {"in a substitution", "x $(A=b)\nd $A", "[x|?][A=b;][d|?]"},
    {"of unknown value", "A=$1\nd $A", "[A=?;][d|?]"},
    {"one from the other", "A=b\nB=$A/c\nd $B", "[A=b;][B=b/c;][d|b/c]"},
    {"of itself", "A=$A\nd $A", "[A=?;][d|?]"},
    {"with a default", "A=b\nd ${A:-c}", "[A=b;][d|?]"},
    {"several words", "A='b c'\nd $A \"$A\" x$A", "[A=b c;][d|b|c|b c|x?]"},
    {"nothing", "A=\nd $A \"$A\" e", "[A=;][d||e]"},
    {"as the program", "K=kubectl\n$K get pods", "[K=kubectl;][kubectl|get|pods]"},
    {"another file may change it", "A=b\n. ./env\nd $A", "[A=b;][.|./env][d|?]"},
    {"a list", "A=(b c)\nd $A", "[A~;](A: b|c)[d|?]"},
};

static void reads(void **state) {
    (void)state;
    CHECK_ROWS(words);
    CHECK_ROWS(unknown);
    CHECK_ROWS(grammar);
    CHECK_ROWS(assignments);
    CHECK_ROWS(redirections);
    CHECK_ROWS(faults);
    CHECK_ROWS(variables);
}

/* What a template will put in is unknown, in single quotes too. */
static void takes_unknown_bytes(void **state) {
    (void)state;
    Arena arena = {0};
    Shell shell;
    shell_read(&arena, STR("a '\0'b c\0"), &shell);
    assert_int_equal(shell.commands[0].word_count, 3);
    assert_true(str_eq(shell.commands[0].words[1].value, STR("\0b")));
    assert_true(shell.commands[0].words[1].unknown && shell.commands[0].words[2].unknown);
    arena_release(&arena);
}

/* Part `part` of the last word of the last command, and where that stands. */
typedef struct PlaceRow {
    const char *name, *text, *part, *want;
    bool written;
} PlaceRow;

static const PlaceRow places[] = {
    {"plain", "a bcd", "bcd", "bcd", true},
    {"a part", "a bcd", "c", "c", true},
    {"in quotes", "a 'bcd'", "bcd", "bcd", true},
    {"over a quote", "a b'c'd", "bcd", "b'c'd", false},
    {"behind a quote", "a b'c'd", "d", "d", true},
    {"beside an escape", "a b\\ cd", "cd", "cd", true},
    {"an escape", "a b\\ cd", "b c", "b\\ c", false},
    {"beside something unknown", "a $X/cd", "/cd", "/cd", true},
    {"from an assignment", "C=1.6/stable\na --b=$C", "1.6", "1.6", true},
    {"from quotes in an assignment", "C='x y'\na \"$C\"", "y", "y", true},
    {"half from an assignment", "C=1\na b$C", "b1", "b$C", false},
    {"through two assignments", "C=xy\nD=$C/z\na $D", "xy", "xy", true},
    {"a word of several in a variable", "C='x yy'\na $C", "yy", "yy", true},
};

static void check_place(const PlaceRow *row) {
    Arena arena = {0};
    Shell shell;
    Span place;
    shell_read(&arena, str_from(row->text), &shell);
    const ShellCommand *c = &shell.commands[shell.count - 1];
    const ShellWord *word = &c->words[c->word_count - 1];
    size_t at = str_find(word->value, str_from(row->part));
    assert_int_not_equal(at, STR_NONE);
    ShellWord part = shell_word_part(word, at, at + strlen(row->part));
    bool written = shell_word_place(&part, &place);
    Str got = span_text(shell.text, place);
    if (written != row->written || !str_eq(got, str_from(row->want)))
        fail_msg("%s: got '" STR_FMT "'%s", row->name, STR_ARG(got), written ? "" : ", apart");
    arena_release(&arena);
}

static void places_words(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) check_place(&places[i]);
}

static void nests_to_a_limit(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Shell shell;
    for (int i = 0; i < LIMIT_SHELL_DEPTH + 1; i++) buf_addf(&text, "a $(");
    shell_read(&arena, buf_str(&text), &shell);
    assert_string_equal(shell.fault, "it is nested too deeply");
    buf_release(&text);
    arena_release(&arena);
}

static void reads_no_larger_script(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Shell shell;
    buf_add_repeat(&text, 'a', LIMIT_SCRIPT);
    shell_read(&arena, buf_str(&text), &shell);
    assert_null(shell.fault);
    buf_add_char(&text, 'a');
    shell_read(&arena, buf_str(&text), &shell);
    assert_non_null(shell.fault);
    assert_int_equal(shell.count, 0);
    buf_release(&text);
    arena_release(&arena);
}

/* Each variable is twice the one before: what does not fit stays unknown. */
static void puts_in_no_more_than_a_script(void **state) {
    (void)state;
    Arena arena = {0};
    Buf text = {0};
    Shell shell;
    size_t longest = 0;
    buf_addf(&text, "A0=0123456789\n");
    for (int i = 0; i < 60; i++) buf_addf(&text, "A%d=$A%d$A%d\n", i + 1, i, i);
    shell_read(&arena, buf_str(&text), &shell);
    for (size_t i = 0; i < shell.count; i++)
        if (shell.commands[i].assignments[0].value.value.len > longest)
            longest = shell.commands[i].assignments[0].value.value.len;
    assert_in_range(longest, 10000, LIMIT_SCRIPT);
    buf_release(&text);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(takes_unknown_bytes),
        cmocka_unit_test(places_words),
        cmocka_unit_test(nests_to_a_limit),
        cmocka_unit_test(reads_no_larger_script),
        cmocka_unit_test(puts_in_no_more_than_a_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
