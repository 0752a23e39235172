/* Differences: small ones by hand, many by chance, large ones within their cost. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/difference.h"

enum { MOST_EDITS = 3 };

static void assert_leads_to(Str before, Str after, Offset base, const EditVec *edits) {
    Buf out = {0};
    edits_apply(before, base, edits->items, edits->len, &out);
    assert_true(str_eq(buf_str(&out), after));
    buf_release(&out);
}

static void by_hand(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str before, after;
        size_t count;
        Edit want[MOST_EDITS];
    } rows[] = {
        {"equal", STR_INIT("a\nb\n"), STR_INIT("a\nb\n"), 0, {{0}}},
        {"both empty", {0}, {0}, 0, {{0}}},
        {"filled", {0}, STR_INIT("a\nb"), 1, {{0, 0, STR_INIT("a\nb")}}},
        {"emptied", STR_INIT("a\nb"), {0}, 1, {{0, 3, {0}}}},
        {"a value", STR_INIT("a: 1\nb: 2\n"), STR_INIT("a: 1\nb: 3\n"), 1, {{8, 9, STR_INIT("3")}}},
        {"a line goes", STR_INIT("a\nb\nc\n"), STR_INIT("a\nc\n"), 1, {{2, 4, {0}}}},
        {"a line comes", STR_INIT("a\nc\n"), STR_INIT("a\nb\nc\n"), 1, {{2, 2, STR_INIT("b\n")}}},
        {"two places",
         STR_INIT("a\nb\nc\nd\n"),
         STR_INIT("x\nb\nc\ny\n"),
         2,
         {{0, 1, STR_INIT("x")}, {6, 7, STR_INIT("y")}}},
        {"a moved line",
         STR_INIT("a\nb\nc\n"),
         STR_INIT("b\nc\na\n"),
         2,
         {{0, 2, {0}}, {6, 6, STR_INIT("a\n")}}},
        {"two lines in one edit",
         STR_INIT("x1\nx2\nb\n"),
         STR_INIT("x3\nx4\nb\n"),
         1,
         {{1, 5, STR_INIT("3\nx4")}}},
        {"a final break comes", STR_INIT("a\nb"), STR_INIT("a\nb\n"), 1, {{3, 3, STR_INIT("\n")}}},
        {"a final break goes", STR_INIT("a\nb\n"), STR_INIT("a\nb"), 1, {{3, 4, {0}}}},
        {"a line behind no final break",
         STR_INIT("a\nb"),
         STR_INIT("a\nb\nc"),
         1,
         {{3, 3, STR_INIT("\nc")}}},
        {"CRLF stays whole at the end",
         STR_INIT("a\r\n"),
         STR_INIT("a\n"),
         1,
         {{1, 3, STR_INIT("\n")}}},
        {"CRLF stays whole at the start",
         STR_INIT("a\n"),
         STR_INIT("a\r\n"),
         1,
         {{1, 2, STR_INIT("\r\n")}}},
        {"CR and CRLF", STR_INIT("a\r"), STR_INIT("a\r\n"), 1, {{1, 2, STR_INIT("\r\n")}}},
        {"within CRLF lines",
         STR_INIT("a: 1\r\nb: 2\r\n"),
         STR_INIT("a: 1\r\nb: 3\r\n"),
         1,
         {{9, 10, STR_INIT("3")}}},
        {"lone CRs end lines", STR_INIT("a\rb\rc"), STR_INIT("a\rc"), 1, {{2, 4, {0}}}},
        {"characters with one first byte",
         STR_INIT("\xc3\xa9\n"),
         STR_INIT("\xc3\xa8\n"),
         1,
         {{0, 2, STR_INIT("\xc3\xa8")}}},
        {"characters with one last byte",
         STR_INIT("x\xc3\xa9\n"),
         STR_INIT("x\xc2\xa9\n"),
         1,
         {{1, 3, STR_INIT("\xc2\xa9")}}},
        {"a character in front of its like",
         STR_INIT("\xe4\xb8\xad"),
         STR_INIT("\xe4\xb8\xad\xe4\xb8\xad"),
         1,
         {{3, 3, STR_INIT("\xe4\xb8\xad")}}},
        {"a repeated part", STR_INIT("aa\n"), STR_INIT("aaa\n"), 1, {{2, 2, STR_INIT("a")}}},
        {"invalid UTF-8",
         STR_INIT("\x80\x80\n"),
         STR_INIT("\x80\x81\n"),
         1,
         {{0, 2, STR_INIT("\x80\x81")}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Arena arena = {0};
        EditVec got = {0};
        edits_between(&arena, rows[i].before, rows[i].after, 100, &got);
        assert_int_equal(got.len, rows[i].count);
        for (size_t e = 0; e < got.len; e++) {
            assert_int_equal(got.items[e].start, rows[i].want[e].start + 100);
            assert_int_equal(got.items[e].end, rows[i].want[e].end + 100);
            assert_true(str_eq(got.items[e].text, rows[i].want[e].text));
        }
        assert_leads_to(rows[i].before, rows[i].after, 100, &got);
        vec_release(&got);
        arena_release(&arena);
    }
}

/* Numbers that look random and are the same in every run. */
static uint32_t chance(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

/* Lines of one letter each: then the lines that an edit touches are plain to see. */
static void random_letters(uint32_t *seed, uint32_t most, uint32_t letters, Buf *out) {
    buf_clear(out);
    for (uint32_t i = chance(seed, most + 1); i > 0; i--) {
        buf_add_char(out, (char)('a' + chance(seed, letters)));
        buf_add_char(out, '\n');
    }
}

enum { MOST_LINES = 24 };

/* By the textbook's table. */
static size_t common_lines(Str a, Str b) {
    size_t best[MOST_LINES + 1][MOST_LINES + 1] = {{0}};
    for (size_t i = 1; i <= a.len / 2; i++) {
        for (size_t j = 1; j <= b.len / 2; j++) {
            size_t without = best[i - 1][j] > best[i][j - 1] ? best[i - 1][j] : best[i][j - 1];
            bool same = a.data[2 * i - 2] == b.data[2 * j - 2];
            best[i][j] = same ? best[i - 1][j - 1] + 1 : without;
        }
    }
    return best[a.len / 2][b.len / 2];
}

static size_t lines_touched(Str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.data[i] == '\n';
    return count + (text.len && text.data[text.len - 1] != '\n');
}

static void touches_the_fewest_lines(void **state) {
    (void)state;
    uint32_t seed = 1;
    Buf before = {0}, after = {0};
    for (uint32_t round = 0; round < 3000; round++) {
        random_letters(&seed, MOST_LINES, 2 + round % 6, &before);
        random_letters(&seed, MOST_LINES, 2 + round % 6, &after);
        Arena arena = {0};
        EditVec edits = {0};
        edits_between(&arena, buf_str(&before), buf_str(&after), 0, &edits);
        assert_leads_to(buf_str(&before), buf_str(&after), 0, &edits);
        size_t touched = 0;
        for (size_t i = 0; i < edits.len; i++)
            touched += lines_touched(
                str_slice(buf_str(&before), edits.items[i].start, edits.items[i].end));
        size_t common = common_lines(buf_str(&before), buf_str(&after));
        assert_int_equal(touched, before.len / 2 - common);
        vec_release(&edits);
        arena_release(&arena);
    }
    buf_release(&before);
    buf_release(&after);
}

static void assert_cut_well(Str s, size_t at) {
    if (at >= s.len) return;
    assert_false(((unsigned char)s.data[at] & 0xC0) == 0x80);
    assert_false(at > 0 && s.data[at - 1] == '\r' && s.data[at] == '\n');
}

/* Small pieces of everything that has borders inside it. */
static void random_pieces(uint32_t *seed, Buf *out) {
    static const char *const pieces[] = {"\n",
                                         "\r\n",
                                         "\r",
                                         "\xc3\xa9",
                                         "\xc3\xa8",
                                         "\xc2\xa9",
                                         "\xf0\x9f\x98\x80",
                                         "\xf0\x9f\x98\x81",
                                         "a",
                                         "b"};
    buf_clear(out);
    for (uint32_t i = chance(seed, 16); i > 0; i--)
        buf_add(out, str_from(pieces[chance(seed, 10)]));
}

static void never_splits_a_character_or_a_crlf(void **state) {
    (void)state;
    uint32_t seed = 2;
    Buf before = {0}, after = {0};
    for (uint32_t round = 0; round < 20000; round++) {
        random_pieces(&seed, &before);
        random_pieces(&seed, &after);
        Arena arena = {0};
        EditVec edits = {0};
        edits_between(&arena, buf_str(&before), buf_str(&after), 0, &edits);
        assert_leads_to(buf_str(&before), buf_str(&after), 0, &edits);
        size_t moved = 0; /* may wrap around: after = before + moved */
        for (size_t i = 0; i < edits.len; i++) {
            const Edit *e = &edits.items[i];
            assert_cut_well(buf_str(&before), e->start);
            assert_cut_well(buf_str(&before), e->end);
            assert_cut_well(buf_str(&after), e->start + moved);
            moved += e->text.len - (e->end - e->start);
            assert_cut_well(buf_str(&after), e->end + moved);
        }
        vec_release(&edits);
        arena_release(&arena);
    }
    buf_release(&before);
    buf_release(&after);
}

static void large_texts(void **state) {
    (void)state;
    static const struct {
        const char *name;
        uint32_t change_one_in, letters; /* letters: how many different lines there are */
        size_t least, most;              /* edits */
    } rows[] = {
        {"few changes", 1000, 1000000, 30, 70},
        {"many changes", 5, 1000000, 5000, 11000},
        {"few different lines", 5, 3, 1000, 20000},
        {"all lines differ", 1, 1000000, 1, 400},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        uint32_t seed = 3;
        Buf before = {0}, after = {0};
        for (uint32_t line = 0; line < 50000; line++) {
            uint32_t number = chance(&seed, rows[i].letters);
            buf_addf(&before, "- name: %08u\n", number);
            bool change = chance(&seed, rows[i].change_one_in) == 0;
            if (!change) buf_addf(&after, "- name: %08u\n", number);
            if (change) buf_addf(&after, "- other: %08u\n", chance(&seed, rows[i].letters));
        }
        Arena arena = {0};
        EditVec edits = {0};
        edits_between(&arena, buf_str(&before), buf_str(&after), 0, &edits);
        assert_leads_to(buf_str(&before), buf_str(&after), 0, &edits);
        print_message("    %zu edits\n", edits.len);
        assert_in_range(edits.len, rows[i].least, rows[i].most);
        vec_release(&edits);
        arena_release(&arena);
        buf_release(&before);
        buf_release(&after);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(touches_the_fewest_lines),
        cmocka_unit_test(never_splits_a_character_or_a_crlf),
        cmocka_unit_test(large_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
