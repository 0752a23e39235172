/* Prints edits as a unified diff: edits become blocks of whole lines, near blocks become a hunk. */
#include "text/unified.h"

enum { CONTEXT = 3 };

/* Whole lines of the old text, and the whole lines that take their place. Between two blocks both
 * texts are equal. */
typedef struct Block {
    size_t old_start, old_end, new_start, new_end;
} Block;

typedef VEC(Block) BlockVec;

/* A hunk while it is put together. */
typedef struct Hunk {
    Buf lines;
    size_t old_count, new_count;
} Hunk;

typedef struct Printer {
    Buf *out;
    Str before, after;
    /* Where the last hunk ended in the old text, and how many lines both texts have up to there. */
    size_t done, old_lines, new_lines;
} Printer;

/* ---- Lines ---- */

static size_t line_start(Str text, size_t at) {
    size_t newline = str_find_last_char(str_slice(text, 0, at), '\n');
    return newline == STR_NONE ? 0 : newline + 1;
}

/* The end of the line that holds the byte at `at`, its newline included. */
static size_t line_end(Str text, size_t at) {
    size_t newline = str_find_char(str_from_offset(text, at), '\n');
    return newline == STR_NONE ? text.len : at + newline + 1;
}

static size_t count_lines(Str text, size_t start, size_t end) {
    size_t count = 0;
    for (; start < end; start = line_end(text, start)) count++;
    return count;
}

static size_t lines_back(Str text, size_t at, size_t floor) {
    for (int i = 0; i < CONTEXT && at > floor; i++) at = line_start(text, at - 1);
    return at;
}

static size_t lines_on(Str text, size_t at, size_t ceiling) {
    for (int i = 0; i < CONTEXT && at < ceiling; i++) at = line_end(text, at);
    return at;
}

/* ---- From edits to blocks ---- */

static BlockVec blocks_of(Str before, const Edit *edits, size_t count) {
    BlockVec blocks = {0};
    size_t grown = 0; /* how much longer the new text is up to here; wraps around when shorter */
    for (size_t i = 0; i < count; i++) {
        const Edit *e = &edits[i];
        size_t start = line_start(before, (size_t)e->start);
        size_t end = line_end(before, (size_t)e->end);
        if (!blocks.len || start >= vec_last(&blocks)->old_end)
            vec_push(&blocks, (Block){.old_start = start, .new_start = start + grown});
        grown += e->text.len - (size_t)(e->end - e->start);
        vec_last(&blocks)->old_end = end;
        vec_last(&blocks)->new_end = end + grown;
    }
    return blocks;
}

/* An edit that ends where a line starts has drawn that line into its block, and an edit may write
 * what was there before: lines that stay the same are context, not a change. */
static Block without_equal_lines(Block b, Str before, Str after) {
    while (b.old_start < b.old_end && b.new_start < b.new_end) {
        size_t old_next = line_end(before, b.old_start), new_next = line_end(after, b.new_start);
        if (!str_eq(str_slice(before, b.old_start, old_next),
                    str_slice(after, b.new_start, new_next)))
            break;
        b.old_start = old_next, b.new_start = new_next;
    }
    while (b.old_start < b.old_end && b.new_start < b.new_end) {
        size_t old_last = line_start(before, b.old_end - 1);
        size_t new_last = line_start(after, b.new_end - 1);
        if (!str_eq(str_slice(before, old_last, b.old_end), str_slice(after, new_last, b.new_end)))
            break;
        b.old_end = old_last, b.new_end = new_last;
    }
    return b;
}

static void trim_blocks(BlockVec *blocks, Str before, Str after) {
    size_t kept = 0;
    for (size_t i = 0; i < blocks->len; i++) {
        Block b = without_equal_lines(blocks->items[i], before, after);
        if (b.old_start == b.old_end && b.new_start == b.new_end) continue;
        Block *last = kept ? &blocks->items[kept - 1] : NULL;
        if (last && last->old_end == b.old_start) {
            last->old_end = b.old_end, last->new_end = b.new_end;
        } else {
            blocks->items[kept++] = b;
        }
    }
    blocks->len = kept;
}

/* ---- Hunks ---- */

static size_t add_lines(Buf *out, char mark, Str text, size_t start, size_t end) {
    size_t count = 0;
    for (size_t next; start < end; start = next, count++) {
        next = line_end(text, start);
        buf_add_char(out, mark);
        buf_add(out, str_slice(text, start, next));
        if (text.data[next - 1] != '\n') buf_add(out, STR("\n\\ No newline at end of file\n"));
    }
    return count;
}

static void add_context(Hunk *h, Str before, size_t start, size_t end) {
    size_t count = add_lines(&h->lines, ' ', before, start, end);
    h->old_count += count, h->new_count += count;
}

static void add_block(Hunk *h, Str before, Str after, const Block *b) {
    h->old_count += add_lines(&h->lines, '-', before, b->old_start, b->old_end);
    h->new_count += add_lines(&h->lines, '+', after, b->new_start, b->new_end);
}

/* Line numbers count from 1; an empty range names the line in front of it. */
static void add_range(Buf *out, char mark, size_t lines_before, size_t count) {
    buf_addf(out, "%c%zu", mark, lines_before + (count > 0));
    if (count != 1) buf_addf(out, ",%zu", count);
}

/* How many of the blocks are so near that their contexts meet. */
static size_t near_blocks(const Block *blocks, size_t count, Str before) {
    size_t near = 1;
    while (near < count) {
        size_t gap = blocks[near - 1].old_end, gap_end = blocks[near].old_start;
        size_t context_end = lines_on(before, lines_on(before, gap, gap_end), gap_end);
        if (context_end < gap_end) break;
        near++;
    }
    return near;
}

static void print_hunk(Printer *p, const Block *blocks, size_t count) {
    Hunk h = {0};
    size_t start = lines_back(p->before, blocks[0].old_start, p->done), at = start;
    for (size_t i = 0; i < count; i++) {
        add_context(&h, p->before, at, blocks[i].old_start);
        add_block(&h, p->before, p->after, &blocks[i]);
        at = blocks[i].old_end;
    }
    size_t end = lines_on(p->before, at, p->before.len);
    add_context(&h, p->before, at, end);

    size_t skipped = count_lines(p->before, p->done, start);
    buf_add(p->out, STR("@@ "));
    add_range(p->out, '-', p->old_lines + skipped, h.old_count);
    buf_add_char(p->out, ' ');
    add_range(p->out, '+', p->new_lines + skipped, h.new_count);
    buf_add(p->out, STR(" @@\n"));
    buf_add(p->out, buf_str(&h.lines));
    buf_release(&h.lines);
    p->done = end;
    p->old_lines += skipped + h.old_count;
    p->new_lines += skipped + h.new_count;
}

/* ---- The header ---- */

/* git quotes like C; bytes beyond ASCII too, so that no path commands a terminal. */
static bool needs_quotes(Str path) {
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) return true;
    }
    return false;
}

static void add_quoted(Buf *out, Str path) {
    static const char named[] = "\aa\bb\tt\nn\vv\ff\rr\"\"\\\\"; /* the byte, its letter */
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        size_t at = 0;
        while (named[at] && (unsigned char)named[at] != c) at += 2;
        if (named[at]) {
            buf_addf(out, "\\%c", named[at + 1]);
        } else if (c < ' ' || c >= 0x7f) {
            buf_addf(out, "\\%03o", c);
        } else {
            buf_add_char(out, (char)c);
        }
    }
}

static void add_path(Buf *out, const char *side, Str path) {
    bool quotes = needs_quotes(path);
    if (quotes) buf_add_char(out, '"');
    buf_add(out, str_from(side));
    if (quotes) {
        add_quoted(out, path);
        buf_add_char(out, '"');
    } else {
        buf_add(out, path);
    }
}

/* A path with blanks ends with a tab, as git has it: without it the blank may end the path. */
static void add_side(Buf *out, const char *mark, const char *side, Str path, bool exists) {
    buf_add(out, str_from(mark));
    if (exists) {
        add_path(out, side, path);
        if (str_find_char(path, ' ') != STR_NONE) buf_add_char(out, '\t');
    } else {
        buf_add(out, STR("/dev/null"));
    }
    buf_add_char(out, '\n');
}

static void add_header(Buf *out, const FileDifference *d, bool has_hunks) {
    buf_add(out, STR("diff --git "));
    add_path(out, "a/", d->path);
    buf_add_char(out, ' ');
    add_path(out, "b/", d->path);
    buf_add_char(out, '\n');
    if (d->kind == DIFFERENCE_CREATE) buf_add(out, STR("new file mode 100644\n"));
    if (d->kind == DIFFERENCE_DELETE) buf_add(out, STR("deleted file mode 100644\n"));
    if (!has_hunks) return;
    add_side(out, "--- ", "a/", d->path, d->kind != DIFFERENCE_CREATE);
    add_side(out, "+++ ", "b/", d->path, d->kind != DIFFERENCE_DELETE);
}

void unified_diff(Buf *out, const FileDifference *d) {
    Edit everything = {0, d->before.len, {0}};
    bool deletes = d->kind == DIFFERENCE_DELETE;
    const Edit *edits = deletes ? &everything : d->edits;
    size_t count = deletes ? 1 : d->count;

    Buf after = {0};
    edits_apply(d->before, 0, edits, count, &after);
    BlockVec blocks = blocks_of(d->before, edits, count);
    trim_blocks(&blocks, d->before, buf_str(&after));
    if (blocks.len || d->kind != DIFFERENCE_CHANGE) add_header(out, d, blocks.len > 0);
    Printer p = {.out = out, .before = d->before, .after = buf_str(&after)};
    for (size_t i = 0, near; i < blocks.len; i += near) {
        near = near_blocks(&blocks.items[i], blocks.len - i, d->before);
        print_hunk(&p, &blocks.items[i], near);
    }
    vec_release(&blocks);
    buf_release(&after);
}
