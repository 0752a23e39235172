/* What jobs ask for, before and after their conversion. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/convert.h"
#include "convert/demand.h"
#include "yaml/parse.h"

#define JOB    "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata: {name: a}\nspec:\n"
#define SPECS  "  pytorchReplicaSpecs:\n"
#define MASTER "    Master:\n      template: {spec: {containers: [{name: pytorch, image: i"
#define WORKER                                                                                     \
    "    Worker:\n      replicas: 3\n"                                                             \
    "      template: {spec: {containers: [{name: pytorch, image: i"
#define END "}]}}\n"

static const struct {
    const char *name, *text, *before, *after;
} rows[] = {
    {"a replica without a count is one",
     JOB SPECS MASTER ", resources: {requests: {cpu: 500m}}" END, "1 nodes, 0.5 cpu",
     "1 nodes, 0.5 cpu"},
    {"all nodes get the larger amounts",
     JOB SPECS MASTER ",\n        resources: {requests: {cpu: 1, memory: 4Ki}}" END WORKER END,
     "4 nodes, 1 cpu, 4096 memory", "4 nodes, 4 cpu, 16384 memory"},
    {"a limit is a request, where none is made",
     JOB SPECS WORKER ", resources: {limits: {nvidia.com/gpu: 8, cpu: 4}, requests: {cpu: 2}}" END,
     "3 nodes, 6 cpu, 24 nvidia.com/gpu", "3 nodes, 6 cpu, 24 nvidia.com/gpu"},
    {"side containers stand in the runtime",
     JOB SPECS WORKER ", resources: {requests: {cpu: 2}}}, {name: logs, image: l, resources: "
                      "{requests: {cpu: 1}}" END,
     "3 nodes, 9 cpu", "3 nodes, 9 cpu"},
    {"replicas through an alias",
     JOB SPECS "    Worker:\n      replicas: &n 2\n      template: {spec: {containers: [{name: "
               "pytorch, image: i, resources: {requests: &r {cpu: *n}, limits: *r}" END,
     "2 nodes, 4 cpu", "2 nodes, 4 cpu"},
    {"an amount that a template hides",
     JOB SPECS WORKER ", resources: {requests: {cpu: '{{ .cpu }}', memory: 1}}" END,
     "3 nodes, 3 memory, unknown", "3 nodes, 3 memory, unknown"},
    {"what is no quantity", JOB SPECS WORKER ", resources: {requests: {cpu: many}}" END,
     "3 nodes, unknown", "3 nodes, unknown"},
    {"nothing is asked for", JOB SPECS WORKER END, "3 nodes", "3 nodes"},
    {"a kind of which nothing is known",
     "apiVersion: v1\nkind: Pod\nspec: {containers: [{resources: {requests: {cpu: 1}}}]}\n",
     "0 nodes", "refused"},
};

static Str shown(Arena *a, const Demand *d) {
    Str text = str_format(a, "%g nodes", d->nodes);
    for (size_t i = 0; i < d->count; i++)
        text = str_format(a, STR_FMT ", %g " STR_FMT, STR_ARG(text), d->amounts[i].amount,
                          STR_ARG(d->amounts[i].resource));
    return str_format(a, STR_FMT "%s", STR_ARG(text), d->unknown ? ", unknown" : "");
}

static Str after(Arena *a, const Document *doc) {
    Identity identity = {0};
    identity_from_tree(doc->root, &identity);
    ConvertFacts facts = {0};
    ConvertInput in = {.arena = a,
                       .doc = doc,
                       .resource = doc->root,
                       .identity = &identity,
                       .target = STR("2.3"),
                       .facts = &facts};
    Converted out;
    Demand demand = {0};
    convert_begin(&out, &in);
    bool ok = conversion_find(STR("trainjob"))->convert(&in, &out);
    if (ok) demand_of_rewrite(&demand, &out.rewrite);
    convert_release(&out);
    return ok ? shown(a, &demand) : STR("refused");
}

static void before_and_after(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena a = {0};
        Document doc;
        Demand demand = {0};
        assert_true(document_parse(&a, str_from(rows[i].text), &doc));
        demand_of_resource(&demand, doc.root);
        Str before = shown(&a, &demand), then = after(&a, &doc);
        if (!str_eq(before, str_from(rows[i].before)) || !str_eq(then, str_from(rows[i].after)))
            fail_msg("%s: '" STR_FMT "', then '" STR_FMT "'", rows[i].name, STR_ARG(before),
                     STR_ARG(then));
        arena_release(&a);
    }
}

static void too_many(void **state) {
    (void)state;
    Arena a = {0};
    Document doc;
    Demand demand = {0};
    Str text = STR(JOB SPECS WORKER ", resources: {requests: {");
    for (int i = 0; i <= DEMAND_AMOUNTS; i++)
        text = str_format(&a, STR_FMT "x.io/r%d: 1, ", STR_ARG(text), i);
    text = str_format(&a, STR_FMT "}}" END, STR_ARG(text));
    assert_true(document_parse(&a, text, &doc));
    demand_of_resource(&demand, doc.root);
    assert_true(demand.unknown);
    assert_int_equal(demand.count, DEMAND_AMOUNTS);
    assert_true(demand_amount(&demand, STR("x.io/r3")) == 3);
    assert_true(demand_amount(&demand, STR("y.io/r3")) == 0);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(before_and_after),
                                       cmocka_unit_test(too_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
