/* Work in parallel, results in order.
 *
 * A Line is an assembly line: `produce` makes the next job (called by one thread at a time, in job
 * order), `work` does it (called by many threads at once, in any order), `consume` takes the result
 * (called by one thread at a time, in job order again). So results arrive as if one thread had done
 * everything, whatever the number of threads: that is what makes output byte-identical.
 *
 * A bounded number of jobs is under way at a time, so memory stays flat however long the line is.
 * The jobs live in `slots` that the line allocates once and hands out again and again: `produce`
 * finds its slot as the last `consume` of it left it, so buffers in it can be reused. With one
 * thread everything runs in the caller's thread and no thread is started.
 *
 *     Line line = {.threads = 2, .slot_size = sizeof(Job), .context = &run,
 *                  .produce = next_file, .work = judge_file, .consume = keep_findings};
 *     line_run(&line);
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Line {
    unsigned threads; /* 1 or more; 0 counts as 1 */
    size_t slot_size; /* bytes of one job; slots start zeroed */
    void *context;    /* handed to every call */
    /* False: there are no more jobs. */
    bool (*produce)(void *context, void *slot);
    /* `worker` counts from 0 to threads - 1: an index for what each thread keeps for itself. */
    void (*work)(void *context, void *slot, unsigned worker);
    void (*consume)(void *context, void *slot);
    /* Once per slot at the end; may be NULL. */
    void (*release)(void *context, void *slot);
} Line;

void line_run(const Line *line);

/* The number of processors that this process may use: at least 1, at most LIMIT_THREADS. */
unsigned processors(void);

#endif
