/* Finds the lines that two texts have in common, and the bytes that differ between them.
 *
 * The search walks a grid: x lines of the old text and y lines of the new one are used up, a step
 * to the right removes a line, a step down adds one, and common lines are free diagonal steps (a
 * "snake"). For each number of steps it knows the furthest point on every diagonal k = x - y. */
#include "text/difference.h"

#include "base/hash.h"

/* After so many removed and added lines the search settles for the furthest point and starts again
 * there: time stays below this times the number of lines, and memory below half its square. */
enum { MOST_STEPS = 256 };

typedef struct Line {
    Str text; /* with its line break */
    uint64_t hash;
    bool kept; /* it is in both texts */
} Line;

typedef VEC(Line) LineVec;

/* What is left to compare. */
typedef struct Sides {
    Line *old, *new;
    ptrdiff_t old_count, new_count;
} Sides;

/* ---- Lines ---- */

static size_t line_length(Str rest) {
    for (size_t i = 0; i < rest.len; i++) {
        if (rest.data[i] == '\n') return i + 1;
        bool crlf = rest.data[i] == '\r' && i + 1 < rest.len && rest.data[i + 1] == '\n';
        if (rest.data[i] == '\r' && !crlf) return i + 1;
    }
    return rest.len;
}

static void split_lines(Str text, LineVec *out) {
    while (text.len) {
        Str line = str_slice(text, 0, line_length(text));
        vec_push(out, (Line){.text = line, .hash = hash64(line)});
        text = str_from_offset(text, line.len);
    }
}

static bool same_line(const Line *a, const Line *b) {
    return a->hash == b->hash && str_eq(a->text, b->text);
}

static void keep_lines(const Sides *s, ptrdiff_t x, ptrdiff_t y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) s->old[x + i].kept = s->new[y + i].kept = true;
}

static Sides without_start(const Sides *s, ptrdiff_t x, ptrdiff_t y) {
    return (Sides){s->old + x, s->new + y, s->old_count - x, s->new_count - y};
}

/* ---- The search ---- */

/* reach[] holds one row for each number of steps: the x of the diagonals -steps, -steps + 2 … */
static ptrdiff_t *reach_at(ptrdiff_t *reach, ptrdiff_t steps, ptrdiff_t k) {
    return &reach[steps * (steps + 1) / 2 + (k + steps) / 2];
}

/* The diagonal from which the last step to diagonal k came: the one that gets further. */
static ptrdiff_t diagonal_before(ptrdiff_t *reach, ptrdiff_t steps, ptrdiff_t k) {
    if (k == -steps) return k + 1;
    if (k == steps) return k - 1;
    bool down = *reach_at(reach, steps - 1, k - 1) < *reach_at(reach, steps - 1, k + 1);
    return down ? k + 1 : k - 1;
}

/* The x on diagonal k right behind the last step, where its snake begins. */
static ptrdiff_t snake_start(ptrdiff_t *reach, ptrdiff_t steps, ptrdiff_t k) {
    if (steps == 0) return 0;
    ptrdiff_t from = diagonal_before(reach, steps, k);
    return *reach_at(reach, steps - 1, from) + (from < k);
}

static ptrdiff_t snake_end(const Sides *s, ptrdiff_t x, ptrdiff_t k) {
    while (x < s->old_count && x - k < s->new_count && same_line(&s->old[x], &s->new[x - k])) x++;
    return x;
}

/* Fills the row of `steps` and gives the diagonal that got furthest. Points beyond an edge of the
 * grid may be reached, but lead nowhere. */
static ptrdiff_t take_steps(const Sides *s, ptrdiff_t *reach, ptrdiff_t steps) {
    ptrdiff_t best = 0, furthest = -1;
    for (ptrdiff_t k = -steps; k <= steps; k += 2) {
        ptrdiff_t x = snake_end(s, snake_start(reach, steps, k), k), y = x - k;
        *reach_at(reach, steps, k) = x;
        if (x > s->old_count || y > s->new_count || x + y <= furthest) continue;
        furthest = x + y;
        best = k;
    }
    return best;
}

/* Walks the way to diagonal k back to its start and keeps the lines of its snakes. */
static void keep_way(const Sides *s, ptrdiff_t *reach, ptrdiff_t steps, ptrdiff_t k) {
    for (;; steps--) {
        ptrdiff_t start = snake_start(reach, steps, k);
        keep_lines(s, start, start - k, *reach_at(reach, steps, k) - start);
        if (steps == 0) return;
        k = diagonal_before(reach, steps, k);
    }
}

/* Keeps common lines at the start of both sides; gives the rest. */
static Sides search_start(const Sides *s, ptrdiff_t *reach) {
    for (ptrdiff_t steps = 0;; steps++) {
        ptrdiff_t k = take_steps(s, reach, steps), x = *reach_at(reach, steps, k);
        bool at_end = x == s->old_count && x - k == s->new_count;
        if (!at_end && steps < MOST_STEPS) continue;
        keep_way(s, reach, steps, k);
        return without_start(s, x, x - k);
    }
}

static Sides keep_common_ends(Sides s) {
    ptrdiff_t start = snake_end(&s, 0, 0);
    keep_lines(&s, 0, 0, start);
    s = without_start(&s, start, start);
    while (s.old_count && s.new_count &&
           same_line(&s.old[s.old_count - 1], &s.new[s.new_count - 1])) {
        s.old_count--, s.new_count--;
        keep_lines(&s, s.old_count, s.new_count, 1);
    }
    return s;
}

static void keep_common_lines(LineVec *old, LineVec *new) {
    Sides s = {old->items, new->items, (ptrdiff_t)old->len, (ptrdiff_t) new->len};
    s = keep_common_ends(s);
    if (!s.old_count || !s.new_count) return;
    ptrdiff_t *reach = mem_alloc(sizeof *reach * (MOST_STEPS + 1) * (MOST_STEPS + 2) / 2);
    while (s.old_count && s.new_count) s = search_start(&s, reach);
    free(reach);
}

/* ---- From lines to bytes ---- */

static bool inside_character(Str s, size_t at) {
    return at < s.len && ((unsigned char)s.data[at] & 0xC0) == 0x80;
}

static bool inside_crlf(Str s, size_t at) {
    return at > 0 && at < s.len && s.data[at - 1] == '\r' && s.data[at] == '\n';
}

static bool may_cut(Str s, size_t at) {
    return !inside_character(s, at) && !inside_crlf(s, at);
}

static Edit least_edit(Str old, Str new) {
    size_t shorter = old.len < new.len ? old.len : new.len, start = 0, end = 0;
    while (start < shorter && old.data[start] == new.data[start]) start++;
    while (start > 0 && !(may_cut(old, start) && may_cut(new, start))) start--;
    while (end < shorter - start && old.data[old.len - end - 1] == new.data[new.len - end - 1])
        end++;
    while (end > 0 && !(may_cut(old, old.len - end) && may_cut(new, new.len - end))) end--;
    return (Edit){start, old.len - end, str_slice(new, start, new.len - end)};
}

/* The text from line `from` to line `to`, and its place in the whole text. */
static Str lines_text(Str whole, const LineVec *lines, size_t from, size_t to, size_t *place) {
    *place = from < lines->len ? (size_t)(lines->items[from].text.data - whole.data) : whole.len;
    size_t end = to < lines->len ? (size_t)(lines->items[to].text.data - whole.data) : whole.len;
    return str_slice(whole, *place, end);
}

static size_t next_kept(const LineVec *lines, size_t at) {
    while (at < lines->len && !lines->items[at].kept) at++;
    return at;
}

void edits_between(Arena *a, Str before, Str after, Offset base, EditVec *out) {
    LineVec old = {0}, new = {0};
    split_lines(before, &old);
    split_lines(after, &new);
    keep_common_lines(&old, &new);
    /* Kept lines come in pairs: both sides always stand at the same one. */
    for (size_t i = 0, j = 0; i < old.len || j < new.len; i++, j++) {
        size_t old_end = next_kept(&old, i), new_end = next_kept(&new, j), place, ignored;
        if (old_end > i || new_end > j) {
            Str removed = lines_text(before, &old, i, old_end, &place);
            Edit e = least_edit(removed, lines_text(after, &new, j, new_end, &ignored));
            Str text = e.text.len ? str_copy(a, e.text) : (Str){0};
            vec_push(out, (Edit){base + place + e.start, base + place + e.end, text});
        }
        i = old_end, j = new_end;
    }
    vec_release(&old);
    vec_release(&new);
}
