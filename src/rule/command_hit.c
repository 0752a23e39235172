/* What a rule points at in a command: where it stands, and the words of its message. */
#include "rule/command_trial.h"

#include "base/buf.h"
#include "rule/finding.h"

enum { COUNTED_VARIABLES = 256 };

static bool is_inside(Span place, Span raw) {
    return raw.start <= place.start && place.end <= raw.end;
}

/* How many words of the script take this byte from an assignment. */
static uint32_t count_uses(const Shell *shell, uint32_t at) {
    uint32_t uses = 0;
    for (size_t c = 0; c < shell->count; c++)
        for (size_t w = 0; w < shell->commands[c].word_count; w++) {
            const ShellWord *word = &shell->commands[c].words[w];
            if (!word->origin || is_inside((Span){at, at + 1}, word->raw)) continue;
            for (size_t i = 0; i < word->value.len; i++) uses += word->origin[i] == at;
        }
    return uses;
}

/* As a message shows it: on one line, what is unknown as an ellipsis. */
static void add_shown(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == SHELL_UNKNOWN)
            buf_addf(out, "…");
        else
            buf_add_char(out, text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i]);
    }
}

static Str hole_text(const Trial *t, const Answer *a, Str pointed, Str hole) {
    if (str_eq(hole, STR("match"))) return pointed;
    if (str_eq(hole, STR("word"))) return a->word->value;
    if (str_eq(hole, STR("program"))) return t->call ? t->call->program : (Str){0};
    if (str_eq(hole, STR("subcommand"))) return t->subcommand.value;
    bool digit = hole.len == 1 && hole.data[0] >= '1' && hole.data[0] <= '9';
    return digit && a->matched ? a->match.groups[hole.data[0] - '0'] : (Str){0};
}

static Str join_holes(const Trial *t, const Answer *a, Str pointed) {
    Buf joined = {0};
    bool first = true;
    for (size_t i = 0; i < t->rule->holes.len; i++) {
        Str hole = t->rule->holes.items[i];
        if (hole_is_own(hole)) continue;
        if (!first) buf_add_char(&joined, '\0');
        first = false;
        add_shown(&joined, hole_text(t, a, pointed, hole));
    }
    Str copy = str_copy(t->run->search->arena, buf_str(&joined));
    buf_release(&joined);
    return copy;
}

static Str shown(Arena *a, Str text) {
    Buf out = {0};
    add_shown(&out, text);
    Str copy = str_copy(a, buf_str(&out));
    buf_release(&out);
    return copy;
}

static bool has_unknown_group(const Answer *a) {
    for (size_t i = 1; a->matched && i < REGEX_GROUPS; i++)
        if (str_find_char(a->match.groups[i], SHELL_UNKNOWN) != STR_NONE) return true;
    return false;
}

/* A place is told once, however many commands use the variable that is assigned there. */
static CommandHit *find_hit(CommandSearch *s, const Rule *rule, Span place) {
    const uint64_t key[] = {(uint64_t)(rule - s->rules->rules), place.start, place.end};
    Hash128 hash = hash128_bytes(key, sizeof key);
    uint32_t known = hashmap_get(&s->known, hash);
    if (known != MAP_NONE) return &s->hits.items[known];
    hashmap_set(&s->known, hash, (uint32_t)s->hits.len);
    vec_push(&s->hits, (CommandHit){.rule = rule, .place = place});
    return vec_last(&s->hits);
}

/* Counting is for what people write; a script with more variables than this gets no fixes. */
static void count_variable(const Run *run, CommandHit *hit, uint32_t at) {
    if (run->search->counted++ < COUNTED_VARIABLES)
        hit->uses = count_uses(run->shell, at);
    else
        hit->replace = REPLACE_APART;
}

void trial_hit(const Trial *t, const Answer *a) {
    const Run *run = t->run;
    Arena *arena = run->search->arena;
    ShellWord part = *a->word;
    if (a->matched) {
        Str pointed = a->match.groups[a->match.groups[1].data ? 1 : 0];
        size_t start = (size_t)(pointed.data - a->word->value.data);
        part = shell_word_part(a->word, start, start + pointed.len);
    }
    Span inner;
    shell_word_place(&part, &inner);
    ShellWord outer = script_word(arena, run->script, &part);
    Span place;
    bool apart = !shell_word_place(&outer, &place) || has_unknown_group(a);
    Span home = run->script->home;
    apart |= !span_empty(home) && !is_inside(place, home);
    CommandHit *hit = find_hit(run->search, t->rule, place);
    Replaceable replace = apart ? REPLACE_APART : t->replace;
    if (replace > hit->replace) hit->replace = replace;
    if (hit->hits++) return;
    if (!is_inside(inner, a->word->raw)) count_variable(run, hit, inner.start);
    hit->carrier = run->script->carrier;
    hit->match = shown(arena, part.value);
    hit->holes = join_holes(t, a, part.value);
}
