/* The line gives the same results in the same order with any number of threads. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/pool.h"

#include <stdlib.h>

/* The counters are plain on purpose: the thread sanitizer sees at once when two threads produce or
 * consume at the same time. */
typedef struct Run {
    uint64_t jobs, produced, consumed;
    uint64_t digest; /* of the results in the order in which they were consumed */
    bool in_order;
    unsigned threads, slots, released;
    uint64_t worked[64]; /* per worker */
} Run;

typedef struct Job {
    uint64_t number, result;
    unsigned uses; /* how often the slot was used: it comes back as it was left */
    Buf text;
} Job;

static bool produce(void *context, void *slot) {
    Run *run = context;
    Job *job = slot;
    if (run->produced == run->jobs) return false;
    job->number = run->produced++;
    if (job->uses++ == 0) run->slots++;
    buf_clear(&job->text);
    buf_addf(&job->text, "job %llu", (unsigned long long)job->number);
    return true;
}

/* Jobs of very different length, so that they overtake each other. */
static void work(void *context, void *slot, unsigned worker) {
    Run *run = context;
    Job *job = slot;
    assert_true(worker < run->threads);
    run->worked[worker]++;
    uint64_t h = job->number;
    for (uint64_t i = 0; i < job->number * 7919 % 1999; i++) h = h * 6364136223846793005u + 1;
    job->result = h + job->text.len;
}

static void consume(void *context, void *slot) {
    Run *run = context;
    const Job *job = slot;
    run->in_order = run->in_order && job->number == run->consumed;
    run->consumed++;
    run->digest = run->digest * 31 + job->result;
}

static void release(void *context, void *slot) {
    Run *run = context;
    Job *job = slot;
    run->released++;
    buf_release(&job->text);
}

static Run run_jobs(uint64_t jobs, unsigned threads) {
    Run run = {.jobs = jobs, .in_order = true, .threads = threads ? threads : 1};
    Line line = {.threads = threads,
                 .slot_size = sizeof(Job),
                 .context = &run,
                 .produce = produce,
                 .work = work,
                 .consume = consume,
                 .release = release};
    line_run(&line);
    return run;
}

static void same_results_in_order(void **state) {
    (void)state;
    static const struct {
        const char *name;
        uint64_t jobs;
        unsigned threads, most_slots;
    } rows[] = {
        {"no job, one thread", 0, 1, 1},
        {"no job, many threads", 0, 8, 18},
        {"one job, many threads", 1, 8, 18},
        {"fewer jobs than slots", 7, 8, 18},
        {"0 threads count as 1", 300, 0, 1},
        {"one thread, one slot", 5000, 1, 1},
        {"two threads", 5000, 2, 6},
        {"eight threads", 5000, 8, 18},
        {"more threads than processors", 2000, 40, 82},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Run want = run_jobs(rows[i].jobs, 1), run = run_jobs(rows[i].jobs, rows[i].threads);
        print_message("  %s\n", rows[i].name);
        assert_int_equal(run.consumed, rows[i].jobs);
        assert_true(run.in_order);
        assert_int_equal(run.digest, want.digest);
        assert_true(run.slots <= rows[i].most_slots);
        assert_int_equal(run.released, rows[i].most_slots);
        uint64_t worked = 0;
        for (unsigned w = 0; w < 64; w++) worked += run.worked[w];
        assert_int_equal(worked, rows[i].jobs);
    }
}

static void many_short_lines(void **state) {
    (void)state;
    for (uint64_t jobs = 0; jobs < 200; jobs++) {
        Run run = run_jobs(jobs, 3);
        assert_int_equal(run.consumed, jobs);
        assert_true(run.in_order);
    }
}

static void release_may_be_absent(void **state) {
    (void)state;
    Run run = {.in_order = true, .threads = 2};
    Line line = {
        .threads = 2, .context = &run, .produce = produce, .work = work, .consume = consume};
    line.slot_size = sizeof(Job);
    line_run(&line);
    assert_int_equal(run.consumed, 0);
}

static void processors_in_bounds(void **state) {
    (void)state;
    assert_in_range(processors(), 1, LIMIT_THREADS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_results_in_order),
        cmocka_unit_test(many_short_lines),
        cmocka_unit_test(release_may_be_absent),
        cmocka_unit_test(processors_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
