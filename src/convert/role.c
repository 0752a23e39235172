/* Roles that allow jobs of Training Operator v1: the same rights on TrainJobs are added.
 *
 * Nothing is taken away, since jobs of v1 need their rights until the last one is gone. Only rules
 * about nothing else are answered: what a mixed rule means for its other resources, and whether its
 * mpijobs are those of the MPI Operator, is for people to say. */
#include "change/steps.h"
#include "convert/convert.h"

#define V1_GROUP STR("kubeflow.org")
#define V2_GROUP STR("trainer.kubeflow.org")

/* The part of a resource behind its plural, "/status" or nothing. */
static bool is_v1_job(const Node *resource, Str *rest) {
    static const Str plurals[] = {
        STR_INIT("pytorchjobs"), STR_INIT("tfjobs"),  STR_INIT("mpijobs"), STR_INIT("xgboostjobs"),
        STR_INIT("paddlejobs"),  STR_INIT("jaxjobs"), STR_INIT("mxjobs")};
    Str text = node_text(resource);
    size_t slash = str_find_char(text, '/');
    *rest = slash == STR_NONE ? (Str){0} : str_from_offset(text, slash);
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++)
        if (str_eq(str_slice(text, 0, slash), plurals[i])) return true;
    return false;
}

static bool has_text(const Node *list, Str text) {
    NODE_EACH (item, list)
        if (node_is(item, text)) return true;
    return false;
}

typedef struct RoleRule {
    bool jobs, status, finalizers; /* which resources of v1 it names */
    bool others, mpi_only;
} RoleRule;

static RoleRule read_resources(const Node *resources) {
    RoleRule r = {.mpi_only = true};
    NODE_EACH (item, resources) {
        Str rest;
        if (!is_v1_job(item, &rest)) {
            r.others = true;
            continue;
        }
        r.jobs |= rest.len == 0;
        r.status |= str_eq(rest, STR("/status"));
        r.finalizers |= str_eq(rest, STR("/finalizers"));
        r.mpi_only &= str_starts(node_text(item), STR("mpijobs"));
    }
    return r;
}

static bool are_texts(const Node *list) {
    NODE_EACH (item, list)
        if (!node_text(item).len) return false;
    return list && list->kind == NODE_SEQ && list->count && !list->templated;
}

/* Why the rule cannot be answered; NULL: it can. */
static const char *why_not(const Node *rule, const RoleRule *r) {
    const Node *groups = node_child(rule, STR("apiGroups"));
    if (r->others || groups->count != 1)
        return "a rule names other resources as well: add a rule for trainjobs by hand";
    if (node_child(rule, STR("resourceNames")))
        return "a rule names single jobs: add a rule for trainjobs by hand";
    if (rule->templated || !are_texts(groups) || !are_texts(node_child(rule, STR("verbs"))))
        return "a rule depends on a template, or has no verbs";
    return NULL;
}

static void add_text(Rewrite *rw, Target *seq, const char *text) {
    target_add(seq, target_string(rw, str_from(text)));
}

static Target *add_rule(Rewrite *rw, Target *rules, Target **resources) {
    Target *rule = target_add(rules, target_map(rw));
    Target *groups = target_add_key(rule, STR("apiGroups"), target_seq(rw));
    target_add(groups, target_string(rw, V2_GROUP));
    *resources = target_add_key(rule, STR("resources"), target_seq(rw));
    return rule;
}

static void answer_rule(Rewrite *rw, Target *rules, const Node *rule, const RoleRule *r) {
    Target *resources, *answer = add_rule(rw, rules, &resources);
    if (r->jobs) add_text(rw, resources, "trainjobs");
    if (r->status) add_text(rw, resources, "trainjobs/status");
    if (r->finalizers) add_text(rw, resources, "trainjobs/finalizers");
    Target *verbs = target_add_key(answer, STR("verbs"), target_seq(rw));
    NODE_EACH (verb, node_child(rule, STR("verbs")))
        target_add(verbs, target_string(rw, node_text(verb)));
}

/* Who writes a TrainJob looks for its runtime. A Role cannot reach what is in no namespace. */
static void allow_runtimes(Rewrite *rw, Target *rules, Str kind) {
    Target *resources, *answer = add_rule(rw, rules, &resources);
    add_text(rw, resources, "trainingruntimes");
    if (str_eq(kind, STR("ClusterRole"))) add_text(rw, resources, "clustertrainingruntimes");
    Target *verbs = target_add_key(answer, STR("verbs"), target_seq(rw));
    add_text(rw, verbs, "get");
    add_text(rw, verbs, "list");
    add_text(rw, verbs, "watch");
}

static Target *rules_of(Rewrite *rw, const Node *rules) {
    Target *root = steps_begin(rw);
    for (Target *child = root->first; child; child = child->next) {
        if (child->source != rules) continue;
        target_open(rw, child);
        return child;
    }
    return NULL;
}

static bool convert(const ConvertInput *in, Converted *out) {
    Rewrite *rw = &out->rewrite;
    const Node *rules = node_child(in->resource, STR("rules"));
    Target *answers = rules ? rules_of(rw, rules) : NULL;
    bool jobs = false;
    if (!answers || rules->kind != NODE_SEQ || rules->templated)
        return convert_refuse(out, "its rules are not written here, or depend on a template");
    NODE_EACH (item, rules) {
        const Node *rule = node_resolve(item), *resources = node_child(rule, STR("resources"));
        const Node *groups = node_child(rule, STR("apiGroups"));
        if (!has_text(groups, V1_GROUP) && !has_text(groups, STR("*"))) continue;
        RoleRule r = read_resources(resources);
        if (r.mpi_only || !(r.jobs || r.status || r.finalizers)) continue;
        const char *why = why_not(rule, &r);
        if (why) return convert_refuse(out, "%s", why);
        answer_rule(rw, answers, rule, &r);
        jobs |= r.jobs;
    }
    if (jobs) {
        allow_runtimes(rw, answers, in->identity->kind);
        convert_note(out, "grants get, list and watch on training runtimes as well: who writes a "
                          "TrainJob looks for its runtime");
    }
    out->title = STR("allow TrainJobs as well");
    return true;
}

const Conversion conversion_trainjob_role = {.name = STR_INIT("trainjob-role"), .convert = convert};
