/* A job of Training Operator v1 as its conversion sees it, and the TrainJob that is being written
 * down.
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
#include "convert/trainjob_kind.h"

/* What stands under Master (or a role like it) or under Worker. */
typedef struct Replica {
    const Node *node;     /* NULL: there is none; everything below is then empty */
    const Node *replicas; /* NULL: absent, which counts as 1 */
    const Node *template;
    uint64_t count; /* 0 when it cannot be read, since a template stands there */
} Replica;

/* A field of the templates in which Master and Worker may differ. */
typedef enum {
    UNLIKE_RESOURCES, /* of the main container: the larger amounts are taken */
    UNLIKE_PLACEMENT, /* of the Pods: that of the Workers is taken */
    UNLIKE_UNITED,    /* volumes and the like: both are taken */
} UnlikeKind;

typedef struct Unlike {
    UnlikeKind kind;
    const Node *master, *worker; /* one of them may be NULL: absent */
    struct Unlike *next;
} Unlike;

/* Something that only a TrainingRuntime can say: "envFrom", "container 'log'". */
typedef struct Need {
    Str what;
    struct Need *next;
} Need;

typedef enum { RESTART_ON_FAILURE, RESTART_BY_EXIT_CODE, RESTART_NEVER } Restart;

/* What goes into the TrainingRuntime beside the Pod template; NULL: nothing is said of it. */
typedef struct RuntimeParts {
    Str name;             /* empty: a template stands in the job's name, which is taken as it is */
    Target *root;         /* its document; NULL: none is written */
    const Node *ttl;      /* runPolicy.ttlSecondsAfterFinished */
    const Node *limit;    /* runPolicy.backoffLimit */
    const Node *end;      /* runPolicy.activeDeadlineSeconds, where a TrainJob has none */
    const Node *gather;   /* runPolicy.schedulingPolicy.scheduleTimeoutSeconds */
    Restart restart;      /* the strictest of the replicas … */
    const Node *restarts; /* … and where it stands; NULL: nowhere, it is the default of v1 */
} RuntimeParts;

typedef struct TrainJob {
    const ConvertInput *in;
    Converted *out;
    Rewrite *rw;
    const TrainerVersion *version;
    const JobKind *kind;
    const Node *source; /* the spec of the job */
    /* One node, without a cluster: its release has no runtime for the kind, so that a plain one is
     * written. */
    bool alone;
    Replica master, worker;
    /* The one whose template becomes that of all nodes: the first in the text, or the Workers',
     * where they differ in what may differ. */
    const Replica *taken;
    const Node *pod;      /* the spec of its Pods */
    const Node *main;     /* the container that trains */
    const Unlike *unlike; /* where the replicas differ, and may: notes say so */
    /* The resources of the other main container, where they differ from those of this one. */
    const Node *unlike_resources;
    Need *needs; /* NULL: the TrainJob can say everything, and no runtime is written */
    RuntimeParts runtime;
    Target *metadata, *spec, *trainer;
    /* Of the Pods, in an override of the TrainJob or in the runtime. */
    Target *pod_metadata, *pod_spec;
    Target *container; /* … and of the main container; NULL: nothing is said of it there */
} TrainJob;

#define TRAINER_GROUP          STR("trainer.kubeflow.org")
#define TRAINJOB_PATCH_MANAGER STR("unstale.dev/convert")
#define TRAINER_API_VERSION    STR("trainer.kubeflow.org/v1alpha1")

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
void trainjob_add_type(TrainJob *job, Target *root, Str version, Str kind, bool in_front);
Str trainjob_option(const TrainJob *job, Str key, Str otherwise);
Str trainjob_own_runtime(const TrainJob *job);            /* that of the configuration; or empty */
Str trainjob_text_of(const TrainJob *job, const Node *n); /* of a template its own letters */
bool trainjob_has_word(Str text, Str word);               /* RANK is no word of LOCAL_RANK */
bool trainjob_on_template(TrainJob *job, const Node *field); /* refuses */
bool trainjob_no_alias(TrainJob *job, const Node *n);        /* refuses an alias */
TakeField trainjob_taken;                                    /* somebody else accounts for it */
TakeField trainjob_unknown; /* what Training Operator v1 does not know either */

/* trainjob_alone.c: a kind that the release has no runtime for. */
bool trainjob_check_runtime(TrainJob *job);

/* trainjob_replicas.c: which replicas there are, and that they are alike. */
bool trainjob_read_replicas(TrainJob *job);
bool trainjob_take_replicas(TrainJob *job);
uint64_t trainjob_nodes(const TrainJob *job); /* 0 when it cannot be read */

/* trainjob_compare.c: where two Pod templates say different things. */
typedef struct Difference {
    const Node *master, *worker; /* the first that nodes which are all alike cannot have */
    bool endless;                /* too many aliases to tell */
    bool assumed;   /* no difference, if equal template expressions give equal values */
    Unlike *unlike; /* what may differ, since something can be taken for all */
} Difference;

bool trainjob_same_templates(const TrainJob *job, Difference *out);
bool trainjob_rendezvous_port(const TrainJob *job, const Node *port);

/* trainjob_union.c: what all nodes get of both. */
bool trainjob_is_united(PodPart part, Str key);
Str trainjob_united_id(PodPart part, Str key); /* empty: it is no list */
const Node *trainjob_namesake(const Node *list, const Node *item, Str id);
bool trainjob_add_united(TrainJob *job, Target *parent, PodPart part, const Node *field);
/* What the Master alone has. */
bool trainjob_has_masters(const TrainJob *job, PodPart part);
void trainjob_add_masters(TrainJob *job, Target *parent, PodPart part);
bool trainjob_union_fits(const TrainJob *job, const Unlike *u); /* … into a TrainJob */

/* trainjob_needs.c: is there anything that the TrainJob cannot say? */
void trainjob_find_needs(TrainJob *job);
bool trainjob_is_usual(const TrainJob *job, const Node *field); /* what Kubernetes does anyway */

/* trainjob_override.c: what a TrainJob says of the Pods of its runtime. */
void trainjob_begin_override(TrainJob *job);
void trainjob_add_override(TrainJob *job);

/* trainjob_status.c: one that is over is refused or suspended, as the configuration says; that one
 * runs is a note. */
bool trainjob_check_status(TrainJob *job);
void trainjob_suspend_finished(TrainJob *job, Target *root);

/* trainjob_runtime.c: the TrainingRuntime. */
bool trainjob_begin_runtime(TrainJob *job);
void trainjob_add_reference(TrainJob *job);
void trainjob_write_runtime(TrainJob *job);

/* trainjob_pod.c, trainjob_resources.c, trainjob_processes.c, trainjob_policy.c,
 * trainjob_elastic.c: where the fields
 * go. */
bool trainjob_find_main(TrainJob *job);
bool trainjob_take_template(TrainJob *job);
bool trainjob_take_processes(TrainJob *job);
bool trainjob_take_resources(TrainJob *job); /* the larger of each */
TakeField trainjob_take_policy, trainjob_take_flat_policy, trainjob_take_elastic;
/* A gang that Volcano starts: the Pods name it as their scheduler. */
bool trainjob_is_volcano_gang(const TrainJob *job);
/* elasticPolicy.maxRestarts becomes a variable of torchrun. */
bool trainjob_add_restarts(TrainJob *job);

/* trainjob_processes.c: a resource with "gpu" in its name, as Trainer v2 counts. */
bool trainjob_says_gpu(Str name);

/* trainjob_rename.c: the name of the main container. */
bool trainjob_check_names(TrainJob *job);

/* trainjob_launch.c: what starts the program? */
typedef enum {
    LAUNCH_ALONE,       /* it is started as it is, for all that can be seen */
    LAUNCH_HIDDEN,      /* a file or an unknown word tells */
    LAUNCH_BY_TORCHRUN, /* … or its like, or the shell sets what the program asks for */
} Launch;
Launch trainjob_launch(const TrainJob *job);

/* trainjob_start.c: what a person must do where torchrun does not start the program. */
void trainjob_check_start(TrainJob *job);

/* trainjob_environment.c: what the program sees of the cluster, in notes; reserved names are
 * refused. */
bool trainjob_check_environment(TrainJob *job);

#endif
