/* The kinds of Training Operator v1 and what Trainer v2 has for each.
 *
 * They differ in names and in what the program is told about its cluster, hardly in shape. So the
 * difference is data:
 *
 *     const JobKind *kind = job_kind_find(STR("JAXJob"));              NULL: no such kind
 *     job_kind_role(kind, STR("worker"))                               its row, in any case
 *
 * Private to convert/trainjob*.c. */
#ifndef CONVERT_TRAINJOB_KIND_H
#define CONVERT_TRAINJOB_KIND_H

#include "convert/trainjob_version.h"

/* Where a role goes. Nodes of a TrainJob are all alike: one that leads and those that work can
 * become such nodes, others cannot. */
typedef enum { PLACE_MASTER, PLACE_WORKER, PLACE_NONE } RolePlace;

typedef struct JobRole {
    Str key;
    Str host; /* in the names of its Pods: JOB-worker-INDEX */
    RolePlace place;
} JobRole;

/* A variable that v1 sets, and the one that v2 sets instead; empty: none does. */
typedef struct JobVariable {
    Str old, new;
} JobVariable;

/* How many processes of the program v2 counts on a node. */
typedef enum { PROCESSES_ONE, PROCESSES_FOR_GPUS, PROCESSES_CHOSEN } JobProcesses;

/* Something that a job may use, and what v2 has for it. */
typedef enum {
    USE_ROLE,  /* a role that is no node like the others */
    USE_FIELD, /* a field of its spec or of its runPolicy */
    USE_WORD,  /* a word in a text of its Pods */
} UseOf;

typedef struct JobUse {
    UseOf of;
    Str name;
    const char *instead;
} JobUse;

typedef struct JobKind {
    Str name;
    const char *one;       /* "a JAXJob" */
    Str replicas;          /* the key of its replicas in spec */
    Str container;         /* the name of the container that trains; empty: nothing is converted */
    Str port_name, port;   /* by which the nodes meet */
    const char *port_note; /* where they meet in v2 */
    bool retries;          /* restartPolicy is OnFailure when nothing is said, else Never */
    JobProcesses processes;
    Str label;                  /* of a runtime: trainer.kubeflow.org/framework */
    Str policy;                 /* of a runtime: mlPolicy.jax */
    Str runtime;                /* the built-in one */
    Release since;              /* the release that brought these two */
    const char *variables_note; /* what a program must know that runs on several nodes; NULL: more
                                   is to be said (trainjob_start.c) */
    const char *alone_note;     /* … and what one that runs on a node without a cluster */
    const char *missing;        /* why there is no conversion to several nodes */
    const JobRole *roles;
    const JobVariable *variables;
    const Str *reserved;
    const JobUse *uses;
    size_t role_count, variable_count, reserved_count, use_count;
} JobKind;

const JobKind *job_kind_find(Str name);
const JobRole *job_kind_role(const JobKind *kind, Str key); /* NULL: it has no such role */
bool job_kind_reserves(const JobKind *kind, Str variable);  /* v2 sets it itself */

#endif
