/* The index: who is the same, who owns whom, what counts, what is known to be absent. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "model/index.h"

/* An object as a line: kind, namespace, name, uid, uid of its owner; `-` stands for none. */
typedef struct Thing {
    const char *kind, *namespace, *name, *uid, *owner;
} Thing;

static Str text(const char *s) {
    return *s == '-' ? (Str){0} : str_from(s);
}

static Identity identity(Thing t) {
    return (Identity){.group = STR("g"),
                      .version = STR("v1"),
                      .kind = str_from(t.kind),
                      .namespace = text(t.namespace),
                      .name = text(t.name),
                      .uid = text(t.uid),
                      .owner_kind = *t.owner == '-' ? (Str){0} : STR("Owner"),
                      .owner_name = STR("o"),
                      .owner_uid = text(t.owner)};
}

static uint32_t add(Index *x, Thing t) {
    Identity id = identity(t);
    return index_add(x, &id, 0, x->objects.len * 100, false);
}

static void knows_the_same(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Thing a, b;
        bool same;
    } rows[] = {
        {"uid", {"A", "s", "n", "u", "-"}, {"A", "s", "n", "u", "-"}, true},
        {"uid, other names", {"A", "s", "n", "u", "-"}, {"B", "t", "m", "u", "-"}, true},
        {"other uids", {"A", "s", "n", "u", "-"}, {"A", "s", "n", "v", "-"}, false},
        {"namespace and name", {"A", "s", "n", "-", "-"}, {"A", "s", "n", "-", "-"}, true},
        {"another namespace", {"A", "s", "n", "-", "-"}, {"A", "t", "n", "-", "-"}, false},
        {"another name", {"A", "s", "n", "-", "-"}, {"A", "s", "m", "-", "-"}, false},
        {"another kind", {"A", "s", "n", "-", "-"}, {"B", "s", "n", "-", "-"}, false},
        {"parts that join to the same",
         {"A", "s", "tn", "-", "-"},
         {"A", "st", "n", "-", "-"},
         false},
        {"no namespace", {"A", "-", "n", "-", "-"}, {"A", "-", "n", "-", "-"}, false},
        {"no name", {"A", "s", "-", "-", "-"}, {"A", "s", "-", "-", "-"}, false},
        {"uid on one side", {"A", "s", "n", "u", "-"}, {"A", "s", "n", "-", "-"}, false},
        {"a uid that is a name", {"A", "s", "n", "s", "-"}, {"A", "s", "n", "n", "-"}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Index x = {0};
        uint32_t a = add(&x, rows[i].a), b = add(&x, rows[i].b);
        index_freeze(&x);
        bool same = x.objects.items[a].same == x.objects.items[b].same;
        if (same != rows[i].same) fail_msg("%s: got %d", rows[i].name, same);
        assert_int_equal(x.objects.items[a].same, a); /* the first one stands for all */
        assert_int_equal(index_count(&x), rows[i].same ? 1 : 2);
        index_release(&x);
    }
}

static void climbs_to_the_top(void **state) {
    (void)state;
    Index x = {0};
    uint32_t pod = add(&x, (Thing){"Pod", "s", "p", "3", "2"});
    uint32_t other = add(&x, (Thing){"Pod", "s", "q", "4", "2"});
    uint32_t set = add(&x, (Thing){"ReplicaSet", "s", "r", "2", "1"});
    uint32_t deployment = add(&x, (Thing){"Deployment", "s", "d", "1", "-"});
    uint32_t orphan = add(&x, (Thing){"Pod", "s", "o", "5", "9"});
    uint32_t again = add(&x, (Thing){"Deployment", "s", "d", "1", "-"});
    uint32_t no_uid = add(&x, (Thing){"Pod", "s", "u", "-", "1"});
    index_freeze(&x);
    assert_int_equal(index_top(&x, pod), deployment);
    assert_int_equal(index_top(&x, other), deployment);
    assert_int_equal(index_top(&x, set), deployment);
    assert_int_equal(index_top(&x, deployment), deployment);
    assert_int_equal(index_top(&x, again), deployment);
    assert_int_equal(index_top(&x, orphan), orphan);
    assert_int_equal(index_top(&x, no_uid), deployment);
    assert_int_equal(index_depth(&x, pod), 2);
    assert_int_equal(index_depth(&x, set), 1);
    assert_int_equal(index_depth(&x, deployment), 0);
    assert_int_equal(index_depth(&x, orphan), 0);
    assert_int_equal(index_count(&x), 2);
    index_release(&x);
}

static void ends_circles(void **state) {
    (void)state;
    Index x = {0};
    uint32_t self = add(&x, (Thing){"A", "s", "a", "1", "1"});
    uint32_t left = add(&x, (Thing){"A", "s", "b", "2", "3"});
    uint32_t right = add(&x, (Thing){"A", "s", "c", "3", "2"});
    uint32_t into = add(&x, (Thing){"A", "s", "d", "4", "2"});
    index_freeze(&x);
    assert_int_equal(index_top(&x, self), self);
    assert_int_equal(index_top(&x, left), left);
    assert_int_equal(index_top(&x, right), right);
    assert_int_equal(index_top(&x, into), into);
    assert_int_equal(index_depth(&x, into), 0);
    assert_int_equal(index_count(&x), 4);
    index_release(&x);
}

/* A chain as long as the limit is climbed, a longer one is not. */
static void climbs_so_far(void **state) {
    (void)state;
    Arena arena = {0};
    Index x = {0};
    for (int i = 0; i < LIMIT_OWNERS + 2; i++)
        add(&x,
            (Thing){"A", "s", str_format(&arena, "n%d", i).data, str_format(&arena, "u%d", i).data,
                    i ? str_format(&arena, "u%d", i - 1).data : "-"});
    index_freeze(&x);
    assert_int_equal(index_top(&x, LIMIT_OWNERS - 1), 0);
    assert_int_equal(index_depth(&x, LIMIT_OWNERS - 1), LIMIT_OWNERS - 1);
    assert_int_equal(index_top(&x, LIMIT_OWNERS + 1), LIMIT_OWNERS + 1);
    index_release(&x);
    arena_release(&arena);
}

static void add_item(Index *x, uint32_t list, Thing t) {
    Identity id = identity(t);
    index_add(x, &id, 0, x->objects.len * 100, false);
    index_add_item(x, 0, list, &id);
}

static Presence presence(const Index *x, const char *kind, const char *namespace,
                         const char *name) {
    return index_presence(x, STR("g"), str_from(kind), text(namespace), str_from(name));
}

static void knows_what_is_absent(void **state) {
    (void)state;
    Index x = {0};
    add(&x, (Thing){"Alone", "s", "n", "-", "-"});
    add_item(&x, 1, (Thing){"One", "s", "n", "-", "-"});
    add_item(&x, 1, (Thing){"One", "s", "m", "-", "-"});
    add_item(&x, 1, (Thing){"Mixed", "s", "n", "-", "-"});
    add_item(&x, 2, (Thing){"All", "s", "n", "-", "-"});
    add_item(&x, 2, (Thing){"All", "t", "n", "-", "-"});
    add_item(&x, 3, (Thing){"Parts", "s", "n", "-", "-"});
    add_item(&x, 4, (Thing){"Parts", "t", "n", "-", "-"});
    add_item(&x, 5, (Thing){"Cluster", "-", "n", "-", "-"});
    index_freeze(&x);
    assert_int_equal(presence(&x, "Alone", "s", "n"), OBJECT_PRESENT);
    assert_int_equal(presence(&x, "Alone", "s", "m"), OBJECT_UNKNOWN);
    assert_int_equal(presence(&x, "One", "s", "m"), OBJECT_PRESENT);
    assert_int_equal(presence(&x, "One", "s", "o"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "One", "t", "n"), OBJECT_UNKNOWN);
    assert_int_equal(presence(&x, "Mixed", "s", "o"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "All", "t", "o"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "All", "u", "n"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "Parts", "s", "o"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "Parts", "u", "n"), OBJECT_UNKNOWN);
    assert_int_equal(presence(&x, "Cluster", "-", "n"), OBJECT_PRESENT);
    assert_int_equal(presence(&x, "Cluster", "-", "o"), OBJECT_ABSENT);
    assert_int_equal(presence(&x, "Never", "s", "n"), OBJECT_UNKNOWN);
    assert_int_equal(index_presence(&x, STR("h"), STR("One"), STR("s"), STR("n")), OBJECT_UNKNOWN);
    index_release(&x);
}

static void forgets(void **state) {
    (void)state;
    Index x = {0};
    uint32_t kept = add(&x, (Thing){"A", "s", "a", "1", "-"});   /* at 0 */
    uint32_t first = add(&x, (Thing){"A", "s", "b", "2", "-"});  /* at 100 */
    uint32_t second = add(&x, (Thing){"A", "s", "c", "3", "2"}); /* at 200 */
    uint32_t behind = add(&x, (Thing){"A", "s", "d", "4", "2"}); /* at 300 */
    Identity elsewhere = identity((Thing){"A", "s", "e", "5", "-"});
    index_add(&x, &elsewhere, 1, 100, false);
    index_forget(&x, 0, 100, 300);
    uint32_t again = add(&x, (Thing){"A", "s", "c", "3", "-"});
    index_freeze(&x);
    assert_int_equal(index_count(&x), 4); /* a, d, e, c again */
    assert_int_equal(presence(&x, "A", "s", "b"), OBJECT_UNKNOWN);
    assert_int_equal(presence(&x, "A", "s", "c"), OBJECT_PRESENT);
    assert_int_equal(index_top(&x, kept), kept);
    assert_int_equal(index_top(&x, behind), behind);
    assert_int_equal(x.objects.items[again].same, again);
    assert_int_equal(x.objects.items[first].type, MAP_NONE);
    assert_int_equal(x.objects.items[second].type, MAP_NONE);
    index_release(&x);
}

static void answers_when_empty(void **state) {
    (void)state;
    Index x = {0};
    index_freeze(&x);
    assert_int_equal(index_count(&x), 0);
    assert_int_equal(presence(&x, "A", "s", "a"), OBJECT_UNKNOWN);
    index_release(&x);
}

/* Many objects: order, ties, and the first of each. */
static void keeps_the_first_of_many(void **state) {
    (void)state;
    Arena arena = {0};
    Index x = {0};
    enum { MANY = 3000, DIFFERENT = 700 };
    for (int i = 0; i < MANY; i++)
        add(&x, (Thing){"A", "s", str_format(&arena, "n%d", i % DIFFERENT).data, "-", "-"});
    index_freeze(&x);
    for (uint32_t i = 0; i < MANY; i++) assert_int_equal(x.objects.items[i].same, i % DIFFERENT);
    assert_int_equal(index_count(&x), DIFFERENT);
    assert_true(index_memory(&x) > MANY * sizeof(ObjectFact));
    index_release(&x);
    arena_release(&arena);
}

/* Objects of one name that are nothing known to be the same, one after the other. */
static void finds_all_of_a_name(void **state) {
    (void)state;
    Index x = {0};
    static const Thing things[] = {{"A", "-", "n", "-", "-"}, {"A", "-", "other", "-", "-"},
                                   {"A", "-", "n", "-", "u"}, {"B", "-", "n", "-", "-"},
                                   {"A", "-", "n", "-", "-"}, {"A", "ml", "n", "-", "-"}};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) add(&x, things[i]);
    index_freeze(&x);
    static const struct {
        const char *kind, *namespace, *name;
        uint32_t want[4];
    } rows[] = {
        {"A", "", "n", {0, 2, 4, NO_OBJECT}},
        {"A", "ml", "n", {5, NO_OBJECT, NO_OBJECT}},
        {"B", "", "n", {3, NO_OBJECT}},
        {"A", "", "nowhere", {NO_OBJECT, NO_OBJECT}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        NamedObjects named = index_named(&x, STR("g"), str_from(rows[i].kind),
                                         str_from(rows[i].namespace), str_from(rows[i].name));
        for (size_t k = 0; k == 0 || rows[i].want[k - 1] != NO_OBJECT; k++)
            assert_int_equal(index_next(&x, &named), rows[i].want[k]);
    }
    assert_true(str_eq(index_owner_kind(&x, 2), STR("Owner")));
    assert_int_equal(index_owner_kind(&x, 0).len, 0);
    index_release(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_same),       cmocka_unit_test(climbs_to_the_top),
        cmocka_unit_test(ends_circles),         cmocka_unit_test(climbs_so_far),
        cmocka_unit_test(knows_what_is_absent), cmocka_unit_test(forgets),
        cmocka_unit_test(answers_when_empty),   cmocka_unit_test(keeps_the_first_of_many),
        cmocka_unit_test(finds_all_of_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
