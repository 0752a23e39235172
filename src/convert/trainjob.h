/* A PyTorchJob as its conversion sees it, and the TrainJob that is being written down.
 *
 * A map of the source is taken apart by a table: for each field that is known, who takes it. Taking
 * a field means that it is kept somewhere, dropped with a reason, or refused.
 *
 *     static const Field fields[] = {{STR_INIT("image"), take_image}, …};
 *     trainjob_fields(job, container, fields, FIELD_COUNT(fields), take_other)     false: refused
 *
 * Empty values are taken by nobody: the ledger drops them. Private to convert/trainjob*.c. */
#ifndef CONVERT_TRAINJOB_H
#define CONVERT_TRAINJOB_H

#include "convert/convert.h"

/* What stands under Master or under Worker. */
typedef struct Replica {
    const Node *node;     /* NULL: there is none; everything below is then empty */
    const Node *replicas; /* NULL: absent, which counts as 1 */
    const Node *template;
    uint64_t count; /* 0 when it cannot be read, since a template stands there */
} Replica;

typedef struct TrainJob {
    const ConvertInput *in;
    Converted *out;
    Rewrite *rw;
    const Node *source; /* the spec of the PyTorchJob */
    Replica master, worker;
    /* The one whose template becomes that of all nodes: the first in the text. */
    const Replica *taken;
    const Node *pod;  /* the spec of its Pods */
    const Node *main; /* the container that trains */
    Target *metadata, *spec, *trainer;
    Target *patch_metadata, *patch_pod; /* runtimePatches: of the Pods */
    Target *patch_container;            /* … and of the main container; NULL: nothing to patch */
} TrainJob;

typedef bool TakeField(TrainJob *job, const Node *field);

typedef struct Field {
    Str key;
    TakeField *take;
} Field;

#define FIELD_COUNT(fields) (sizeof(fields) / sizeof *(fields))

/* trainjob.c: what all parts share. */
bool trainjob_fields(TrainJob *job, const Node *map, const Field *fields, size_t count,
                     TakeField *others);
const Node *trainjob_field(const Node *map, Str key); /* resolved; NULL when absent or empty */
bool trainjob_is_empty(const Node *n);
Str trainjob_path(const TrainJob *job, const Node *n);
/* In the place of a collection that moves with some of its children. In block style its comments
 * come along; brackets are set anew, as the new place has them. */
Target *trainjob_collection(TrainJob *job, const Node *n);
bool trainjob_drop(TrainJob *job, const Node *field, DropKind kind, const char *reason);
bool trainjob_needs_runtime(TrainJob *job, const Node *field); /* refuses */
bool trainjob_on_template(TrainJob *job, const Node *field);   /* refuses */
TakeField trainjob_taken;                                      /* somebody else accounts for it */
TakeField trainjob_unknown; /* what Training Operator v1 does not know either */

/* trainjob_replicas.c: which replicas there are, and that they are alike. */
bool trainjob_read_replicas(TrainJob *job);
bool trainjob_take_replicas(TrainJob *job);
uint64_t trainjob_nodes(const TrainJob *job); /* 0 when it cannot be read */

/* trainjob_compare.c: the first place where two Pod templates say different things. */
typedef struct Difference {
    const Node *master, *worker; /* one of them may be NULL: absent */
    bool endless;                /* too many aliases to tell */
    bool assumed; /* no difference, if equal template expressions give equal values */
} Difference;

/* `text` is the document's. */
bool trainjob_same_templates(Str text, const Node *master, const Node *worker, Difference *out);
bool trainjob_rendezvous_port(const Node *port);

/* trainjob_pod.c, trainjob_processes.c, trainjob_policy.c: where the fields go. */
bool trainjob_find_main(TrainJob *job);
bool trainjob_take_template(TrainJob *job);
bool trainjob_take_processes(TrainJob *job);
TakeField trainjob_take_policy, trainjob_take_flat_policy;

/* trainjob_environment.c: what the program sees of the cluster, in notes; reserved names are
 * refused. */
bool trainjob_check_environment(TrainJob *job);

#endif
