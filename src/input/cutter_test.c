/* Tests the cutter: every row with every size of window, and laws on real files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "input/cut.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WHOLE = 1, JSON_NAME = 2, SINGLE = 4 };

typedef struct Row {
    const char *name;
    const char *input;
    const char *want; /* a line per piece: kind, document, line:column, text (~ LF, ^ CR) */
} Row;

typedef struct SpecialRow {
    Row row;
    int options;  /* of the enum above */
    size_t limit; /* bytes of a piece; 0: the usual */
} SpecialRow;

#define POD  "apiVersion: v1\n  kind: Pod\n"
#define LIST "apiVersion: v1\nitems:\n"

static const Row rows[] = {
    {"empty", "", ""},
    {"only blanks", " \n\n", ""},
    {"only comments and markers", "# a\n---\n# b\n---\n...\n", ""},
    {"one document", "a: 1\n", "document 0 1:1 a: 1~\n"},
    {"no final line break", "a: 1", "document 0 1:1 a: 1\n"},
    {"comments belong to a bare document", "# c\n\na: 1\n", "document 0 1:1 # c~~a: 1~\n"},
    {"a marker starts its document", "a: 1\n---\nb: 2\n",
     "document 0 1:1 a: 1~\ndocument 1 2:1 ---~b: 2~\n"},
    {"what stands before a marker is left out", "# c\n--- # d\nb: 2\n",
     "document 0 2:1 --- # d~b: 2~\n"},
    {"documents without content have no number", "---\n---\na: 1\n---\n# c\n--- \nb: 1\n",
     "document 0 2:1 ---~a: 1~\ndocument 1 6:1 --- ~b: 1~\n"},
    {"content on the marker line", "--- a\n--- {b: 1}\n",
     "document 0 1:1 --- a~\ndocument 1 2:1 --- {b: 1}~\n"},
    {"three dots belong to nothing", "a: 1\n...\nb: 1\n... # end\n",
     "document 0 1:1 a: 1~\ndocument 1 3:1 b: 1~\n"},
    {"text behind three dots is not lost", "a: 1\n... b\n", "document 0 1:1 a: 1~... b~\n"},
    {"no markers without a blank", "---a\n...b\n--- \n", "document 0 1:1 ---a~...b~\n"},
    {"no markers when indented", "a: |\n ---\n ...\n", "document 0 1:1 a: |~ ---~ ...~\n"},
    {"a tab behind a marker", "---\ta\n---\tb\n",
     "document 0 1:1 ---\ta~\ndocument 1 2:1 ---\tb~\n"},
    {"a marker at the end of the text", "a: 1\n---", "document 0 1:1 a: 1~\n"},
    {"directives belong to what follows",
     "# c\n%YAML 1.2\n# d\n---\na: 1\n...\n%TAG ! x\n---\nb: 1\n",
     "document 0 2:1 %YAML 1.2~# d~---~a: 1~\ndocument 1 7:1 %TAG ! x~---~b: 1~\n"},
    {"no directives behind three dashes", "---\na: 1\n---\n%YAML 1.2\n",
     "document 0 1:1 ---~a: 1~\ndocument 1 3:1 ---~%YAML 1.2~\n"},
    {"CRLF", "a: 1\r\n---\r\nb: 1\r\n", "document 0 1:1 a: 1^~\ndocument 1 2:1 ---^~b: 1^~\n"},
    {"lone CR", "a: 1\r---\rb: 1\r", "document 0 1:1 a: 1^\ndocument 1 2:1 ---^b: 1^\n"},
    {"all line ends", "a: 1\r\r\n\n---\rb: 1\r\n---\nc: 1",
     "document 0 1:1 a: 1^^~~\ndocument 1 4:1 ---^b: 1^~\ndocument 2 6:1 ---~c: 1\n"},
    {"a byte order mark",
     "\xef\xbb\xbf"
     "a: 1\n---\nb: 1\n",
     "document 0 1:1 a: 1~\ndocument 1 2:1 ---~b: 1~\n"},
    {"half a byte order mark", "\xef\xbb", "document 0 1:1 \xef\xbb\n"},
    {"a List", LIST "- " POD "- " POD "kind: List\n",
     "head 0 1:1 apiVersion: v1~items:~\n"
     "item 0 3:1 - apiVersion: v1~  kind: Pod~\nitem 0 5:1 - apiVersion: v1~  kind: Pod~\n"
     "tail 0 7:1 kind: List~\n"},
    {"an indented List",
     "\"items\": # c\n\n  - kind: A\n    # d\n\n  -\n    kind: B\n# e\nkind: List\n",
     "head 0 1:1 \"items\": # c~~\nitem 0 3:1   - kind: A~    # d~~\n"
     "item 0 6:1   -~    kind: B~# e~\ntail 0 9:1 kind: List~\n"},
    {"Lists in a stream", "---\nitems:\n- kind: A\n---\nitems:\n- kind: B\n...\nc: 1\n",
     "head 0 1:1 ---~items:~\nitem 0 3:1 - kind: A~\nhead 1 4:1 ---~items:~\n"
     "item 1 6:1 - kind: B~\ndocument 2 8:1 c: 1~\n"},
    {"deeper dashes", "items:\n- kind: A\n  x:\n  - 1\n  - kind: 2\n- kind: B\n",
     "head 0 1:1 items:~\nitem 0 2:1 - kind: A~  x:~  - 1~  - kind: 2~\nitem 0 6:1 - kind: B~\n"},
    {"a dash without a blank", "items:\n- kind: A\n-x: 1\n",
     "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\ntail 0 3:1 -x: 1~\n"},
    {"no dash at the column", "items:\n  - kind: A\n  x: 1\n  - kind: B\n",
     "head 0 1:1 items:~\nitem 0 2:1   - kind: A~\ntail 0 3:1   x: 1~  - kind: B~\n"},
    {"CRLF in a List", "items:\r\n- kind: A\r\n-\r\n  kind: B\r\nkind: List\r\n",
     "head 0 1:1 items:^~\nitem 0 2:1 - kind: A^~\nitem 0 3:1 -^~  kind: B^~\n"
     "tail 0 5:1 kind: List^~\n"},
    {"a typed List", "apiVersion: v1\nkind: PodList # c\nitems:\n- a: 1\n- a: 2\n",
     "head 0 1:1 apiVersion: v1~kind: PodList # c~items:~\nitem 0 4:1 - a: 1~ of v1 PodList\n"
     "item 0 5:1 - a: 2~ of v1 PodList\n"},
    {"typed Lists do not mix",
     "items:\n- kind: A\n---\nkind: PodList\nitems:\n- a: 1\nx: 1\n---\n"
     "apiVersion: v2\nkind: 'SetList'\nitems:\n- a: 1\n...\nitems:\n- kind: B\n",
     "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\n"
     "head 1 3:1 ---~kind: PodList~items:~\nitem 1 6:1 - a: 1~ of  PodList\ntail 1 7:1 x: 1~\n"
     "head 2 8:1 ---~apiVersion: v2~kind: 'SetList'~items:~\n"
     "item 2 12:1 - a: 1~ of v2 SetList\n"
     "head 3 14:1 items:~\nitem 3 15:1 - kind: B~\n"},
    {"a typed List whose kind comes last", "items:\n- a: 1\n- a: 2\nkind: PodList\n",
     "document 0 1:1 items:~- a: 1~- a: 2~kind: PodList~\n"},
    {"a kind that is not at the first level", "items:\n- a:\n    kind: 1\n",
     "document 0 1:1 items:~- a:~    kind: 1~\n"},
    {"no List by its kind", "kind: Menu\nitems:\n- kind: A\n",
     "document 0 1:1 kind: Menu~items:~- kind: A~\n"},
    {"an empty List", "items: []\nkind: List\n", "document 0 1:1 items: []~kind: List~\n"},
    {"items without a sequence", "items:\n  kind: A\n", "document 0 1:1 items:~  kind: A~\n"},
    {"items at the end", "items:\n", "document 0 1:1 items:~\n"},
    {"items before a marker", "items:\n---\nkind: A\n",
     "document 0 1:1 items:~\ndocument 1 2:1 ---~kind: A~\n"},
    {"a directive forbids cutting", "%YAML 1.2\n---\nitems:\n- kind: A\n",
     "document 0 1:1 %YAML 1.2~---~items:~- kind: A~\n"},
    {"text on the marker line forbids cutting", "--- |\nitems:\n- kind: A\n",
     "document 0 1:1 --- |~items:~- kind: A~\n"},
    {"an anchor in the head", "x: &a 1\nitems:\n- kind: A\n",
     "document 0 1:1 x: &a 1~items:~- kind: A~\n"},
    {"an anchor in the first item", "items:\n- kind: A\n  x: !!map &a {}\n- *a\n",
     "document 0 1:1 items:~- kind: A~  x: !!map &a {}~- *a~\n"},
    {"an anchor in a later item", "items:\n- kind: A\n- &b {}\n",
     "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\nitem 0 3:1 - &b {}~\n"},
    {"no anchors", "items:\n- kind: A # &a\n  x: a && b &c\n  y: h?a=1&b=2\n# &a\n",
     "head 0 1:1 items:~\nitem 0 2:1 - kind: A # &a~  x: a && b &c~  y: h?a=1&b=2~# &a~\n"},
    {"a JSON document", " {\"a\": [1, \"}\"]}\n", "json document 0 1:2 {\"a\": [1, \"}\"]}\n"},
    {"a JSON stream", "{\"a\": \"\\\"}\"}{\"é\": 1} [\"x\"]\n \"s\" 12 null\r\n\r{}",
     "json document 0 1:1 {\"a\": \"\\\"}\"}\njson document 1 1:13 {\"é\": 1}\n"
     "json document 2 1:22 [\"x\"]\njson document 3 2:2 \"s\"\njson document 4 2:6 12\n"
     "json document 5 2:9 null\njson document 6 4:1 {}\n"},
    {"a JSON List",
     "{\"kind\": \"List\",\r\n \"items\": [ {\"kind\": \"é\"},\r\n{\"a\":{}} ], \"x\": 1}\n{}\n",
     "json item 0 2:13 {\"kind\": \"é\"}\njson item 0 3:1 {\"a\":{}}\njson document 1 4:1 {}\n"},
    {"a compact JSON List", "{\"items\":[{\"kind\":\"éé\"},{\"x\":\"\\\\\"},{\"y\":2}]}",
     "json item 0 1:11 {\"kind\":\"éé\"}\njson item 0 1:25 {\"x\":\"\\\\\"}\n"
     "json item 0 1:36 {\"y\":2}\n"},
    {"a typed JSON List",
     "{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"metadata\":{},\"items\":[{\"a\":1}]}{\"a\":2}",
     "json item 0 1:60 {\"a\":1} of v1 PodList\njson document 1 1:69 {\"a\":2}\n"},
    {"a typed JSON List whose kind comes last", "{\"items\":[{\"a\":1}],\"kind\":\"PodList\"}",
     "json document 0 1:1 {\"items\":[{\"a\":1}],\"kind\":\"PodList\"}\n"},
    {"no JSON List by its kind", "{\"kind\":\"Menu\",\"items\":[{\"kind\":1}]}",
     "json document 0 1:1 {\"kind\":\"Menu\",\"items\":[{\"kind\":1}]}\n"},
    {"an empty JSON List", "{\"kind\":\"List\",\"items\":[]}",
     "json document 0 1:1 {\"kind\":\"List\",\"items\":[]}\n"},
    {"JSON items that are no objects", "{\"kind\":\"List\",\"items\":[1]}",
     "json document 0 1:1 {\"kind\":\"List\",\"items\":[1]}\n"},
    {"JSON cut off in an item", "{\"items\":[{\"kind\":1},\n{\"kind\":",
     "json item 0 1:11 {\"kind\":1}\njson document 0 2:1 {\"kind\": cut off\ntruncated\n"},
    {"JSON cut off behind a comma", "{\"items\":[{\"kind\":1} ,\n",
     "json item 0 1:11 {\"kind\":1}\njson document 0 1:22 ,~ cut off\ntruncated\n"},
    {"JSON cut off behind an item", "{\"items\":[{\"kind\":1}\n",
     "json item 0 1:11 {\"kind\":1}\ntruncated\n"},
    {"JSON cut off in the tail", "{\"items\":[{\"kind\":1}],",
     "json item 0 1:11 {\"kind\":1}\ntruncated\n"},
    {"JSON cut off in a document", "{\"a\": \"}",
     "json document 0 1:1 {\"a\": \"} cut off\ntruncated\n"},
    {"broken JSON between items", "{\"items\":[{\"kind\":1} {}]}",
     "json item 0 1:11 {\"kind\":1}\njson document 0 1:22 {}]}\n"},
    {"a comma at the end of the items", "{\"items\":[{\"kind\":1},]}\n{}",
     "json item 0 1:11 {\"kind\":1}\njson document 1 2:1 {}\n"},
    {"broken JSON in a stream", "{} }\n{}", "json document 0 1:1 {}\njson document 1 1:4 }~{}\n"},
    {"JSON, then YAML", "{\"a\": 1} # c\n---\nb: 1\n",
     "json document 0 1:1 {\"a\": 1}\ndocument 1 2:1 ---~b: 1~\n"},
    {"JSON and markers", "{\"a\": 1}\n---\n{\"b\": 1}\n",
     "json document 0 1:1 {\"a\": 1}\ndocument 1 2:1 ---~{\"b\": 1}~\n"},
    {"flow YAML is no JSON", "{a: 1}\n---\nb: 1\n",
     "document 0 1:1 {a: 1}~\ndocument 1 2:1 ---~b: 1~\n"},
    {"a template is no JSON", "{{ .Values.a }}\n---\n[{{ b }}]\n",
     "document 0 1:1 {{ .Values.a }}~\ndocument 1 2:1 ---~[{{ b }}]~\n"},
    {"an array of objects", "[{\"a\": 1},\n {\"b\": 1}]\n",
     "json document 0 1:1 [{\"a\": 1},~ {\"b\": 1}]\n"},
};

static const SpecialRow special_rows[] = {
    {{"whole", "items:\n- kind: A\n", "document 0 1:1 items:~- kind: A~\n"}, WHOLE, 0},
    {{"a whole JSON List", "{\"items\":[{\"kind\":1}]}",
      "json document 0 1:1 {\"items\":[{\"kind\":1}]}\n"},
     WHOLE,
     0},
    {{"no JSON under a JSON name", "a: 1\n---\nb: 1\n", "json document 0 1:1 a: 1~---~b: 1~\n"},
     JSON_NAME,
     0},
    {{"a JSON name", "{a: 1}\n[2]\n", "json document 0 1:1 {a: 1}\njson document 1 2:1 [2]\n"},
     JSON_NAME,
     0},
    {{"a JSON name and a BOM", "\xef\xbb\xbf{}", "json document 0 1:1 {}\n"}, JSON_NAME, 0},
    {{"a negative number is no marker", "-1\n--- \n", "json document 0 1:1 -1\n"}, JSON_NAME, 0},
    {{"single", "# a\n---\nb\n---\n", "document 0 1:1 # a~---~b~---~\n"}, SINGLE, 0},
    {{"single with a BOM", "\xef\xbb\xbf# a\n", "document 0 1:1 # a~\n"}, SINGLE, 0},
    {{"single and too large", "123456789\n123\n", "large 0 1:1 1234\n"}, SINGLE, 4},
    {{"at the limit", "a: 1\n---\nb: 1\n", "document 0 1:1 a: 1~\ndocument 1 2:1 ---~b: 1~\n"},
     0,
     9},
    {{"a document beyond the limit", "a: 123\n\nb: 1\n---\nc: 1\n",
      "large 0 1:1 a: 123~~b\ndocument 1 4:1 ---~c: 1~\n"},
     0,
     9},
    {{"a line beyond the limit", "a: 12345678901234567890\n---\nc: 1\n",
      "large 0 1:1 a: 123456\ndocument 1 2:1 ---~c: 1~\n"},
     0,
     9},
    {{"comments beyond the limit", "# 456789\n# 234\n---\nc: 1\n",
      "large 0 1:1 # 456789~\ndocument 1 3:1 ---~c: 1~\n"},
     0,
     9},
    {{"an item beyond the limit",
      "items:\n- kind: A\n- kind: B\n  x: 1\n  y: 2\n  z: 3\n- kind: C\nx: 1\n",
      "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\nlarge 0 3:1 - kind: B~  x: 1~\n"
      "item 0 7:1 - kind: C~\ntail 0 8:1 x: 1~\n"},
     0,
     17},
    {{"the last item beyond the limit",
      "items:\n- kind: A\n- kind: B\n  x: 1\n  y: 2\n  z: 3\nx: 1\n---\nb: 1\n",
      "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\nlarge 0 3:1 - kind: B~  x: 1~\n"
      "tail 0 7:1 x: 1~\ndocument 1 8:1 ---~b: 1~\n"},
     0,
     17},
    {{"a tail beyond the limit", "items:\n- kind: A\nx: 1\ny: 1\nz: 1\nz: 1\n---\nb: 1\n",
      "head 0 1:1 items:~\nitem 0 2:1 - kind: A~\nlarge 0 3:1 x: 1~y: 1~z: 1~z:\n"
      "document 1 7:1 ---~b: 1~\n"},
     0,
     17},
    {{"a first item beyond the limit",
      "items:\n- kind: A\n  x: 1\n  y: 1\n  z: 1\n- kind: B\n---\nb: 1\n",
      "head 0 1:1 items:~\nlarge 0 2:1 - kind: A~  x: 1~\nitem 0 6:1 - kind: B~\n"
      "document 1 7:1 ---~b: 1~\n"},
     0,
     17},
    {{"a first item that names its kind beyond the limit",
      "items:\n- x: 123456\n  y: 123456\n  kind: A\n- kind: B\n---\nb: 1\n",
      "head 0 1:1 items:~\nlarge 0 2:1 - x: 123456~  y: \nitem 0 5:1 - kind: B~\n"
      "document 1 6:1 ---~b: 1~\n"},
     0,
     17},
    {{"a first JSON item that names its kind beyond the limit",
      "{\"items\":[{\"a\":\"0123456789 0123456789\",\"kind\":1},{\"kind\":2}],\"kind\":\"List\"}",
      "json large 0 1:11 {\"a\":\"0123456789 0123456\njson item 0 1:50 {\"kind\":2}\n"},
     0,
     24},
    {{"JSON beyond the limit", "{\"a\": \"0123456789 }\"}\n{}",
      "json large 0 1:1 {\"a\": \"01\njson document 1 2:1 {}\n"},
     0,
     9},
    {{"a JSON item beyond the limit",
      "{\"items\":[{\"kind\":1,\"a\":2},{\"kind\":1,\"a\":2,\"b\":[3, \"\n]\"]},{\"x\":1}]}{}",
      "json item 0 1:11 {\"kind\":1,\"a\":2}\njson large 0 1:28 {\"kind\":1,\"a\":2,\"b\":[3, \n"
      "json item 0 2:6 {\"x\":1}\njson document 1 2:15 {}\n"},
     0,
     24},
    {{"a JSON word beyond the limit", "123456789012\n{}", "json large 0 1:1 123456789\n"},
     JSON_NAME,
     9},
};

static Source memory_source(Str text) {
    int file = memfd_create("cutter_test", MFD_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data ? text.data : "", text.len), text.len);
    return (Source){.kind = SOURCE_SPOOL, .path = STR("test"), .spool = file, .size = text.len};
}

typedef struct Seen {
    Buf printed, bytes;
    VEC(Piece) pieces; /* texts are in the input */
} Seen;

static void print_piece(Buf *out, const Piece *piece, const Batch *batch) {
    static const char *const kinds[] = {
        [PIECE_DOCUMENT] = "document", [PIECE_ITEM] = "item",       [PIECE_HEAD] = "head",
        [PIECE_TAIL] = "tail",         [PIECE_TOO_LARGE] = "large",
    };
    buf_addf(out, "%s%s %u %u:%u ", piece->json ? "json " : "", kinds[piece->kind], piece->document,
             piece->line, piece->column);
    for (size_t i = 0; i < piece->text.len; i++) {
        char c = piece->text.data[i];
        buf_add_char(out, c == '\n' ? '~' : c == '\r' ? '^' : c);
    }
    if (piece->kind == PIECE_ITEM && batch->list_kind.len)
        buf_addf(out, " of " STR_FMT " " STR_FMT, STR_ARG(batch->list_api_version),
                 STR_ARG(batch->list_kind));
    if (piece->cut_off) buf_add(out, STR(" cut off"));
    buf_add_char(out, '\n');
}

static void check_batch(const Batch *batch, Str input, Seen *seen) {
    assert_int_equal(batch->offset, seen->bytes.len);
    assert_int_equal(batch->first, batch->offset == 0);
    buf_add(&seen->bytes, buf_str(&batch->bytes));
    for (size_t i = 0; i < batch->pieces.len; i++) {
        Piece piece = batch->pieces.items[i];
        Str there = str_slice(input, piece.offset, piece.offset + piece.text.len);
        assert_true(str_eq(piece.text, there));
        print_piece(&seen->printed, &piece, batch);
        piece.text = there;
        vec_push(&seen->pieces, piece);
    }
    if (batch->truncated) buf_add(&seen->printed, STR("truncated\n"));
}

static void cut_all(Str input, const Source *source, CutterOptions options, CutterLimits limits,
                    Seen *seen) {
    Error err;
    Reader *reader = reader_open(source, &err);
    assert_non_null(reader);
    Cutter *c = cutter_new_limited(reader, options, limits);
    Batch batch = {0};
    bool last = false;
    while (cutter_batch(c, &batch, &err)) {
        assert_false(last);
        check_batch(&batch, input, seen);
        last = batch.last;
    }
    assert_string_equal(err.text, "");
    assert_true(last);
    assert_true(str_eq(buf_str(&seen->bytes), input));
    batch_release(&batch);
    cutter_free(c);
    reader_close(reader);
}

static void seen_release(Seen *seen) {
    buf_release(&seen->printed);
    buf_release(&seen->bytes);
    vec_release(&seen->pieces);
}

typedef struct Position {
    size_t at;
    uint32_t line, column;
} Position;

/* As slow and simple as it can be. */
static void move_to(Position *p, Str text, size_t to) {
    for (; p->at < to; p->at++) {
        unsigned char c = (unsigned char)text.data[p->at];
        bool half = c == '\r' && p->at + 1 < text.len && text.data[p->at + 1] == '\n';
        bool mark = p->at < 3 && str_starts(text, STR("\xef\xbb\xbf"));
        if ((c == '\n' || c == '\r') && !half) {
            p->line++;
            p->column = 1;
        } else if ((c & 0xc0) != 0x80 && !half && !mark) {
            p->column++;
        }
    }
}

/* What no YAML piece holds may only be blank lines, comments, directives and markers. */
static void check_gap(Str gap) {
    LineScan s = line_scan(gap, true);
    Line line;
    for (size_t at = 0; line_read(&s, at, &line); at = line.next) {
        if (line_marker(gap, line, 0) != MARKER_NONE) line.start += 3;
        if (line_has_content(gap, line, line.start) && gap.data[line.start] != '%')
            fail_msg("left out: " STR_FMT, STR_ARG(str_slice(gap, line.start, line.end)));
    }
}

static void check_pieces(Str input, const Seen *seen) {
    Position p = {0, 1, 1};
    size_t end = str_starts(input, STR("\xef\xbb\xbf")) ? 3 : 0;
    bool json = false;
    for (size_t i = 0; i < seen->pieces.len; i++) {
        const Piece *piece = &seen->pieces.items[i];
        assert_true(piece->offset >= end);
        move_to(&p, input, piece->offset);
        if (piece->line != p.line || piece->column != p.column)
            fail_msg("at %zu: %u:%u should be %u:%u", p.at, piece->line, piece->column, p.line,
                     p.column);
        json = json || piece->json || piece->kind == PIECE_TOO_LARGE;
        if (!json) check_gap(str_slice(input, end, piece->offset));
        end = piece->offset + piece->text.len;
    }
    if (!json) check_gap(str_slice(input, end, input.len));
}

static void check_row(const Row *row, CutterOptions options, size_t limit) {
    Str input = str_from(row->input);
    Source source = memory_source(input);
    for (size_t window = 1; window <= input.len + 2; window++) {
        Seen seen = {0};
        cut_all(input, &source, options, (CutterLimits){window, limit}, &seen);
        check_pieces(input, &seen);
        if (strcmp(buf_cstr(&seen.printed), row->want) != 0)
            fail_msg("%s, windows of %zu bytes:\n%swant:\n%s", row->name, window, seen.printed.data,
                     row->want);
        seen_release(&seen);
    }
    close(source.spool);
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i], (CutterOptions){0}, LIMIT_DOCUMENT);
}

static void test_special_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof special_rows / sizeof *special_rows; i++) {
        const SpecialRow *r = &special_rows[i];
        CutterOptions options = {.json = r->options & JSON_NAME,
                                 .whole = r->options & WHOLE,
                                 .single = r->options & SINGLE};
        check_row(&r->row, options, r->limit ? r->limit : LIMIT_DOCUMENT);
    }
}

typedef struct TextRow {
    const char *name, *input;
    uint32_t indent;
    const char *want;
} TextRow;

static const TextRow text_rows[] = {
    {"nothing", "", 0, ""},
    {"two documents", "a: 1\n---\nb: 1\n", 0, "document 0 7:1 a: 1~\ndocument 1 8:1 ---~b: 1~\n"},
    {"indented", "  a: 1\n  ---\n  b: |\n    ---\n---\n  ...\n  # c\n  --- # d\n  c: 1", 2,
     "document 0 7:1   a: 1~\ndocument 1 8:1   ---~  b: |~    ---~---~\n"
     "document 2 14:1   --- # d~  c: 1\n"},
    {"a directive", "  %YAML 1.2\n  ---\n  a: 1\n", 2,
     "document 0 7:1   %YAML 1.2~  ---~  a: 1~\n"},
    {"a List is not cut", "items:\n- kind: A\n", 0, "document 0 7:1 items:~- kind: A~\n"},
    {"JSON", "\n  {\"a\": 1}\n", 2, "json document 0 7:1 ~  {\"a\": 1}~\n"},
};

static void test_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof text_rows / sizeof *text_rows; i++) {
        const TextRow *row = &text_rows[i];
        Str input = str_from(row->input);
        PieceVec pieces = {0};
        Buf printed = {0};
        Batch none = {0};
        cut_text(input, 100, 7, row->indent, &pieces);
        for (size_t p = 0; p < pieces.len; p++) {
            print_piece(&printed, &pieces.items[p], &none);
            assert_ptr_equal(pieces.items[p].text.data, input.data + pieces.items[p].offset - 100);
        }
        if (strcmp(buf_cstr(&printed), row->want) != 0)
            fail_msg("%s:\n%swant:\n%s", row->name, printed.data, row->want);
        buf_release(&printed);
        vec_release(&pieces);
    }
}

/* A document and lines that are larger than any window: passed over in parts, in flat memory. */
static void test_flat_memory(void **state) {
    (void)state;
    Buf input = {0};
    buf_add(&input, STR("a: "));
    buf_add_repeat(&input, 'x', 3 * LIMIT_LINE);
    buf_add(&input, STR("\n---\nb: 1\n"));
    Source source = memory_source(buf_str(&input));
    Error err;
    Reader *reader = reader_open(&source, &err);
    Cutter *c = cutter_new_limited(reader, (CutterOptions){0}, (CutterLimits){1000, 1000});
    Batch batch = {0};
    Buf printed = {0};
    while (cutter_batch(c, &batch, &err)) {
        assert_true(batch.bytes.cap < 3 * LIMIT_LINE);
        for (size_t i = 0; i < batch.pieces.len; i++)
            if (batch.offset) print_piece(&printed, &batch.pieces.items[i], &batch);
    }
    assert_string_equal(buf_cstr(&printed), "document 1 2:1 ---~b: 1~\n");
    buf_release(&printed);
    buf_release(&input);
    batch_release(&batch);
    cutter_free(c);
    reader_close(reader);
    close(source.spool);
}

static size_t corpus_files;

/* One cut with usual windows, and one with small ones, must agree and obey the laws. */
static int check_file(const char *path, const struct stat *status, int type, struct FTW *where) {
    (void)where;
    Str name = str_from(path);
    bool json = str_ends(name, STR(".json"));
    if (type != FTW_F || !(json || str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))))
        return 0;
    Error err;
    Buf bytes = {0};
    Source source = {.path = name, .open_as = name};
    if (!source_read_at(&source, 0, (size_t)status->st_size, &bytes, &err))
        fail_msg("%s", err.text);
    Seen usual = {0}, small = {0};
    CutterOptions options = {.json = json};
    cut_all(buf_str(&bytes), &source, options, (CutterLimits){LIMIT_BATCH, LIMIT_DOCUMENT}, &usual);
    cut_all(buf_str(&bytes), &source, options, (CutterLimits){61, LIMIT_DOCUMENT}, &small);
    check_pieces(buf_str(&bytes), &usual);
    assert_true(str_eq(buf_str(&usual.printed), buf_str(&small.printed)));
    seen_release(&usual);
    seen_release(&small);
    buf_release(&bytes);
    corpus_files++;
    return 0;
}

static void test_corpus(void **state) {
    (void)state;
    nftw("../shared/corpus", check_file, 16, FTW_PHYS);
    nftw("../shared/cases", check_file, 16, FTW_PHYS);
    if (!corpus_files) {
        print_message("skipped: there are no files in ../shared\n");
        skip();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_special_rows),
        cmocka_unit_test(test_text),   cmocka_unit_test(test_flat_memory),
        cmocka_unit_test(test_corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
