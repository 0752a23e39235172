/* Random documents, random changes: the laws of change/law_test.h hold for each of them.
 *
 * UNSTALE_ROUNDS sets how many; UNSTALE_ROUND runs one round alone and shows it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/trial_test.h"

enum { DEFAULT_ROUNDS = 5000 };

static const Node *pick_resource(Round *r) {
    const Node *root = r->doc.root, *list = root;
    if (root->kind == NODE_MAP) list = node_child(root, STR("items"));
    if (!list || !list->count) return root;
    const Node *item = node_item(list, random_below(&r->random, list->count));
    return item->kind == NODE_MAP ? item : NULL;
}

static bool begin_round(Round *r, uint64_t round) {
    r->random = (Random){.state = round * 7919};
    RandomShape shape = random_below(&r->random, RANDOM_SHAPES + 4);
    if (shape >= RANDOM_SHAPES) shape = RANDOM_DOCUMENT;
    Buf text = {0};
    random_document(&r->random, shape, &text);
    Str copy = str_copy(&r->arena, buf_str(&text));
    buf_release(&text);
    if (!document_parse(&r->arena, copy, &r->doc) || !r->doc.root || r->doc.faults) return false;
    const Node *resource = pick_resource(r);
    if (!resource) return false;
    rewrite_begin(&r->rw, &r->arena, &r->doc, resource);
    r->rw.in_list = resource->parent || shape == RANDOM_JSON_ITEM;
    return true;
}

static void run_round(uint64_t round, Trials *trials) {
    Round r = {0};
    if (begin_round(&r, round))
        trial_run(&r, round, trials);
    else
        trials->unreadable++;
    round_end(&r);
}

static void laws_hold(void **state) {
    (void)state;
    Trials trials = {.show = getenv("UNSTALE_ROUND") != NULL};
    uint64_t first = number_from("UNSTALE_ROUND", 0);
    uint64_t rounds = number_from("UNSTALE_ROUNDS", DEFAULT_ROUNDS);
    if (trials.show) rounds = first + 1;
    for (uint64_t i = first; i < rounds; i++) run_round(i, &trials);
    print_message("%llu rounds: ", (unsigned long long)(rounds - first));
    trials_print(&trials);
    assert_int_equal(trials.failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(laws_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
