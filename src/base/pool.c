/* The assembly line: a ring of slots under one lock, and threads that take whatever is due next. */
#include "base/pool.h"

#include "base/limits.h"
#include "base/memory.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Recursion in a job must have the same room with every C library (musl gives threads 128 KB). */
enum { THREAD_STACK = 8 * 1024 * 1024 };

/* Job n lies in slot n % slot_count, and always
 *     consumed <= taken <= produced <= consumed + slot_count. */
typedef struct Ring {
    const Line *line;
    char *slots;
    bool *done; /* per slot: worked on, not yet consumed */
    size_t stride, slot_count;
    uint64_t produced, taken, consumed;
    bool producing, consuming; /* some thread is at it right now */
    bool exhausted;            /* produce has said that there are no more jobs */
    pthread_mutex_t lock;      /* guards everything above but the slots' contents */
    pthread_cond_t changed;
} Ring;

typedef struct Worker {
    Ring *ring;
    unsigned number;
    pthread_t thread;
} Worker;

typedef enum { TASK_NONE, TASK_CONSUME, TASK_WORK, TASK_PRODUCE, TASK_LEAVE } Task;

static void *slot_of(const Ring *r, uint64_t job) {
    return r->slots + (size_t)(job % r->slot_count) * r->stride;
}

/* Consuming comes first because it frees a slot, work before producing because a thread that has
 * just produced a job still has it in its cache. */
static Task due(const Ring *r) {
    if (!r->consuming && r->done[r->consumed % r->slot_count]) return TASK_CONSUME;
    if (r->taken < r->produced) return TASK_WORK;
    if (!r->exhausted && !r->producing && r->produced - r->consumed < r->slot_count)
        return TASK_PRODUCE;
    if (r->exhausted && r->consumed == r->produced) return TASK_LEAVE;
    return TASK_NONE;
}

/* Marks the task as taken, so that no other thread takes it too. Returns the number of its job. */
static uint64_t begin(Ring *r, Task task) {
    if (task == TASK_WORK) return r->taken++;
    if (task == TASK_CONSUME) {
        r->consuming = true;
        return r->consumed;
    }
    r->producing = true;
    return r->produced;
}

/* Runs without the lock. False when a producer has nothing more. */
static bool run(const Line *line, Task task, void *slot, unsigned worker) {
    if (task == TASK_PRODUCE) return line->produce(line->context, slot);
    if (task == TASK_WORK) {
        line->work(line->context, slot, worker);
    } else {
        line->consume(line->context, slot);
    }
    return true;
}

static void finish(Ring *r, Task task, uint64_t job, bool more) {
    if (task == TASK_WORK) {
        r->done[job % r->slot_count] = true;
    } else if (task == TASK_CONSUME) {
        r->done[job % r->slot_count] = false;
        r->consumed++;
        r->consuming = false;
    } else {
        if (more) r->produced++;
        r->exhausted = !more;
        r->producing = false;
    }
}

/* Only the end of a task makes new tasks due, and the thread that ended it looks for its next one
 * at once. So no wake-up is lost when each thread that begins a task wakes one sleeper if it leaves
 * another task behind: sleepers are called one by one, and only when there is work for them. */
static void *serve(void *argument) {
    const Worker *w = argument;
    Ring *r = w->ring;
    pthread_mutex_lock(&r->lock);
    for (Task task; (task = due(r)) != TASK_LEAVE;) {
        if (task == TASK_NONE) {
            pthread_cond_wait(&r->changed, &r->lock);
            continue;
        }
        uint64_t job = begin(r, task);
        if (due(r) != TASK_NONE) pthread_cond_signal(&r->changed);
        pthread_mutex_unlock(&r->lock);
        bool more = run(r->line, task, slot_of(r, job), w->number);
        pthread_mutex_lock(&r->lock);
        finish(r, task, job, more);
    }
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* The caller is worker 0. A thread that cannot be started is no error: the others do its share. */
static void run_threads(Ring *r, unsigned threads) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    Worker *workers = mem_zero(threads * sizeof *workers);
    unsigned started = 0;
    workers[0] = (Worker){.ring = r};
    for (unsigned i = 1; i < threads; i++) {
        workers[i] = (Worker){.ring = r, .number = i};
        if (pthread_create(&workers[i].thread, &attributes, serve, &workers[i]) != 0) break;
        started = i;
    }
    serve(&workers[0]);
    for (unsigned i = 1; i <= started; i++) pthread_join(workers[i].thread, NULL);
    pthread_attr_destroy(&attributes);
    free(workers);
}

static void run_alone(Ring *r) {
    const Line *line = r->line;
    while (line->produce(line->context, r->slots)) {
        line->work(line->context, r->slots, 0);
        line->consume(line->context, r->slots);
    }
}

void line_run(const Line *line) {
    unsigned threads = line->threads ? line->threads : 1;
    size_t align = _Alignof(max_align_t);
    Ring r = {
        .line = line,
        .stride = (line->slot_size + align - 1) / align * align,
        .slot_count = threads == 1 ? 1 : 2 * (size_t)threads + 2,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .changed = PTHREAD_COND_INITIALIZER,
    };
    r.slots = mem_zero(r.slot_count * r.stride);
    r.done = mem_zero(r.slot_count * sizeof *r.done);
    if (threads == 1) {
        run_alone(&r);
    } else {
        run_threads(&r, threads);
    }
    for (size_t i = 0; line->release && i < r.slot_count; i++)
        line->release(line->context, slot_of(&r, i));
    free(r.done);
    free(r.slots);
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
}

unsigned processors(void) {
    cpu_set_t usable;
    CPU_ZERO(&usable);
    /* The set holds 1,024 processors; on a larger machine the call fails and the limit holds
     * anyway. */
    long count = sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable)
                                                                   : sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1) return 1;
    return count < LIMIT_THREADS ? (unsigned)count : LIMIT_THREADS;
}
