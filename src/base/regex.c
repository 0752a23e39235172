/* PCRE2 behind a door: bytes mode, JIT when the machine allows it, bounded steps. */
#include "base/regex.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Matching is on bytes. NEVER_UTF also stops a pattern from asking for UTF with (*UTF): a subject
 * that is not valid UTF-8 would then be an error. */
static const uint32_t OPTIONS = PCRE2_NEVER_UTF;

enum { JIT_STACK_FIRST = 32 * 1024, JIT_STACK_MOST = 1024 * 1024, HEAP_KILOBYTES = 64 * 1024 };

struct Regex {
    _Atomic(pcre2_code *) code; /* NULL until the first use */
    size_t length;
    char pattern[];
};

struct RegexScratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* NULL without JIT */
};

static void *checked(void *got, const char *what) {
    if (!got) bug("out of memory for a regular expression's %s", what);
    return got;
}

/* NULL when the pattern is not valid. */
static pcre2_code *compile(Str pattern, int *error, size_t *offset) {
    PCRE2_SPTR text = (PCRE2_SPTR)(pattern.data ? pattern.data : "");
    return pcre2_compile(text, pattern.len, OPTIONS, error, offset, NULL);
}

bool regex_check(Str pattern, size_t *offset, Error *err) {
    int error;
    pcre2_code *code = compile(pattern, &error, offset);
    if (!code) {
        char reason[256] = "";
        pcre2_get_error_message(error, (PCRE2_UCHAR *)reason, sizeof reason);
        return error_set(err, "%s", reason);
    }
    pcre2_code_free(code);
    return true;
}

size_t regex_group_count(Str pattern) {
    int error;
    size_t offset;
    uint32_t count = 0;
    pcre2_code *code = compile(pattern, &error, &offset);
    if (!code) bug("invalid regular expression: " STR_FMT, STR_ARG(pattern));
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
    pcre2_code_free(code);
    return count;
}

Regex *regex_new(Str pattern) {
    Regex *re = mem_alloc(sizeof *re + pattern.len);
    atomic_init(&re->code, NULL);
    re->length = pattern.len;
    if (pattern.len) memcpy(re->pattern, pattern.data, pattern.len);
    return re;
}

void regex_free(Regex *re) {
    if (!re) return;
    pcre2_code_free(atomic_load(&re->code));
    free(re);
}

/* Threads that meet here at the same time all compile; the first to publish wins and the others
 * throw theirs away. That happens at most once per thread and pattern, and needs no lock. */
static const pcre2_code *compiled(Regex *re) {
    pcre2_code *code = atomic_load_explicit(&re->code, memory_order_acquire);
    if (code) return code;
    int error;
    size_t offset;
    Str pattern = {re->pattern, re->length};
    pcre2_code *own = compile(pattern, &error, &offset);
    if (!own) bug("invalid regular expression: " STR_FMT, STR_ARG(pattern));
    /* Where memory may not be executable this fails and pcre2_match interprets instead. */
    (void)pcre2_jit_compile(own, PCRE2_JIT_COMPLETE);
    if (atomic_compare_exchange_strong_explicit(&re->code, &code, own, memory_order_acq_rel,
                                                memory_order_acquire))
        return own;
    pcre2_code_free(own);
    return code;
}

RegexScratch *regex_scratch_new(void) {
    RegexScratch *s = mem_zero(sizeof *s);
    s->data = checked(pcre2_match_data_create(REGEX_GROUPS, NULL), "groups");
    s->context = checked(pcre2_match_context_create(NULL), "context");
    s->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL);
    if (s->stack) pcre2_jit_stack_assign(s->context, NULL, s->stack);
    pcre2_set_match_limit(s->context, LIMIT_REGEX_STEPS);
    pcre2_set_heap_limit(s->context, HEAP_KILOBYTES);
    return s;
}

void regex_scratch_free(RegexScratch *scratch) {
    if (!scratch) return;
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->context);
    pcre2_jit_stack_free(scratch->stack);
    free(scratch);
}

/* A result of 0: the pattern has more groups than REGEX_GROUPS, and the first ones are there. */
static void fill(RegexMatch *m, Str subject, pcre2_match_data *data, int result) {
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
    size_t set = result > 0 ? (size_t)result : REGEX_GROUPS;
    *m = (RegexMatch){.start = at[0], .end = at[1]};
    for (size_t i = 0; i < set; i++) {
        if (at[2 * i] == PCRE2_UNSET) continue;
        m->groups[i] = (Str){subject.data + at[2 * i], at[2 * i + 1] - at[2 * i]};
    }
}

RegexResult regex_find(Regex *re, RegexScratch *scratch, Str subject, size_t from, RegexMatch *m) {
    if (from > subject.len) return REGEX_NONE;
    if (!subject.data) subject.data = "";
    int result = pcre2_match(compiled(re), (PCRE2_SPTR)subject.data, subject.len, from, 0,
                             scratch->data, scratch->context);
    if (result == PCRE2_ERROR_NOMATCH) return REGEX_NONE;
    /* Whatever else stops a match early (steps, heap, the JIT's stack) is a limit to the caller. */
    if (result < 0) return REGEX_LIMIT;
    fill(m, subject, scratch->data, result);
    return REGEX_FOUND;
}
