/* What the Pods of Master and Worker may both have: volumes and where they are mounted, secrets for
 * pulling, a service account. Where one has more than the other and nothing clashes, all nodes get
 * both. */
#include "convert/trainjob.h"

typedef struct United {
    Str key;
    PodPart part;
    Str id; /* by which items of the list are told apart; empty: no list */
} United;

static const United fields[] = {
    {STR_INIT("imagePullSecrets"), PART_POD, STR_INIT("name")},
    {STR_INIT("serviceAccountName"), PART_POD, STR_INIT("")},
    {STR_INIT("volumeMounts"), PART_CONTAINER, STR_INIT("mountPath")},
    {STR_INIT("volumes"), PART_POD, STR_INIT("name")},
};

static const United *find(PodPart part, Str key) {
    for (size_t i = 0; i < FIELD_COUNT(fields); i++)
        if (fields[i].part == part && str_eq(fields[i].key, key)) return &fields[i];
    return NULL;
}

Str trainjob_united_id(PodPart part, Str key) {
    const United *united = find(part, key);
    return united ? united->id : (Str){0};
}

bool trainjob_is_united(PodPart part, Str key) {
    return find(part, key) != NULL;
}

const Node *trainjob_namesake(const Node *list, const Node *item, Str id) {
    Str name = node_text(node_child(item, id));
    NODE_EACH (other, list)
        if (name.len && node_is(node_child(other, id), name)) return other;
    return NULL;
}

/* ---- writing ---- */

static const Unlike *unlike(const TrainJob *job, Str key) {
    for (const Unlike *u = job->unlike; u; u = u->next) {
        const Node *field = u->master ? u->master : u->worker;
        if (u->kind == UNLIKE_UNITED && str_eq(field->key->value, key)) return u;
    }
    return NULL;
}

/* The Workers' list comes first, with what the Master has beside it. */
bool trainjob_add_united(TrainJob *job, Target *parent, PodPart part, const Node *field) {
    Str key = field->key->value, id = trainjob_united_id(part, key);
    const Unlike *u = find(part, key) ? unlike(job, key) : NULL;
    if (!u || trainjob_is_empty(u->master)) {
        target_add(parent, target_keep(job->rw, field));
        return true;
    }
    if (!trainjob_no_alias(job, field)) return false;
    Target *all = target_add_key(parent, key, trainjob_collection(job, field));
    NODE_EACH (item, field) target_add(all, target_keep(job->rw, item));
    NODE_EACH (item, node_resolve(u->master))
        if (!trainjob_namesake(field, item, id)) target_add(all, target_keep(job->rw, item));
    return true;
}

static bool is_masters_alone(const Unlike *u, PodPart part) {
    return u->kind == UNLIKE_UNITED && !trainjob_is_empty(u->master) &&
           trainjob_is_empty(u->worker) && find(part, u->master->key->value);
}

bool trainjob_has_masters(const TrainJob *job, PodPart part) {
    for (const Unlike *u = job->unlike; u; u = u->next)
        if (is_masters_alone(u, part)) return true;
    return false;
}

void trainjob_add_masters(TrainJob *job, Target *parent, PodPart part) {
    for (const Unlike *u = job->unlike; u; u = u->next)
        if (is_masters_alone(u, part))
            target_add_key(parent, u->master->key->value, target_keep(job->rw, u->master));
}

/* ---- what a TrainJob cannot say of it ---- */

static bool mounts_again(const Unlike *u) {
    const Node *mounts = u->worker ? node_resolve(u->worker) : NULL;
    NODE_EACH (mount, node_resolve(u->master))
        if (trainjob_namesake(mounts, mount, STR("name")) &&
            !trainjob_namesake(mounts, mount, STR("mountPath")))
            return true;
    return false;
}

bool trainjob_union_fits(const TrainJob *job, const Unlike *u) {
    if (u->kind != UNLIKE_UNITED || trainjob_is_empty(u->master)) return true;
    Str key = u->master->key->value;
    bool mounts = str_eq(key, STR("volumeMounts"));
    PodPart part = mounts ? PART_CONTAINER : PART_POD;
    return trainer_version_holder(job->version, part, key) == HOLDER_JOB &&
           trainer_version_fits(job->version, part, u->master) && !(mounts && mounts_again(u));
}
