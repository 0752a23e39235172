/* The table of kinds: Training Operator 1.9.4 (MXJob: 1.8.1) on the left, Trainer 2.0 to 2.3 on the
 * right. */
#include "convert/trainjob_kind.h"

static const JobRole pair[] = {{STR_INIT("Master"), STR_INIT("master"), PLACE_MASTER},
                               {STR_INIT("Worker"), STR_INIT("worker"), PLACE_WORKER}};
static const JobRole workers[] = {{STR_INIT("Worker"), STR_INIT("worker"), PLACE_WORKER}};
static const JobRole tf_roles[] = {{STR_INIT("Chief"), STR_INIT("chief"), PLACE_MASTER},
                                   {STR_INIT("Master"), STR_INIT("master"), PLACE_MASTER},
                                   {STR_INIT("Worker"), STR_INIT("worker"), PLACE_WORKER},
                                   {STR_INIT("PS"), STR_INIT("ps"), PLACE_NONE},
                                   {STR_INIT("Evaluator"), STR_INIT("evaluator"), PLACE_NONE}};

/* ---- variables ---- */

static const JobVariable torch_variables[] = {
    {STR_INIT("MASTER_ADDR"), STR_INIT("PET_MASTER_ADDR")},
    {STR_INIT("MASTER_PORT"), STR_INIT("PET_MASTER_PORT")},
    {STR_INIT("RANK"), STR_INIT("PET_NODE_RANK")},
    {STR_INIT("WORLD_SIZE"), STR_INIT("PET_NNODES")}};

static const JobVariable jax_variables[] = {
    {STR_INIT("COORDINATOR_ADDRESS"), STR_INIT("JAX_COORDINATOR_ADDRESS, with the port")},
    {STR_INIT("COORDINATOR_PORT"), STR_INIT("the port in JAX_COORDINATOR_ADDRESS")},
    {STR_INIT("NUM_PROCESSES"), STR_INIT("JAX_NUM_PROCESSES")},
    {STR_INIT("PROCESS_ID"), STR_INIT("JAX_PROCESS_ID")}};

static const JobVariable xgboost_variables[] = {
    {STR_INIT("MASTER_ADDR"), STR_INIT("DMLC_TRACKER_URI")},
    {STR_INIT("MASTER_PORT"), STR_INIT("DMLC_TRACKER_PORT")},
    {STR_INIT("RANK"), STR_INIT("DMLC_TASK_ID")},
    {STR_INIT("WORLD_SIZE"), STR_INIT("DMLC_NUM_WORKER")},
    {STR_INIT("WORKER_ADDRS"), STR_INIT("")},
    {STR_INIT("WORKER_PORT"), STR_INIT("")}};

static const JobVariable tf_variables[] = {{STR_INIT("TF_CONFIG"), STR_INIT("")}};

static const JobVariable paddle_variables[] = {
    {STR_INIT("PADDLE_MASTER"), STR_INIT("")},      {STR_INIT("PADDLE_NNODES"), STR_INIT("")},
    {STR_INIT("PADDLE_JOB_ID"), STR_INIT("")},      {STR_INIT("PADDLE_SERVER_NUM"), STR_INIT("")},
    {STR_INIT("PADDLE_TRAINER_NUM"), STR_INIT("")}, {STR_INIT("POD_IP_DUMMY"), STR_INIT("")}};

static const Str torch_reserved[] = {STR_INIT("PET_NNODES"), STR_INIT("PET_NPROC_PER_NODE"),
                                     STR_INIT("PET_NODE_RANK"), STR_INIT("PET_MASTER_ADDR"),
                                     STR_INIT("PET_MASTER_PORT")};

/* No webhook refuses these, but Trainer v2 writes over what the job says. */
static const Str jax_reserved[] = {STR_INIT("JAX_COORDINATOR_ADDRESS"),
                                   STR_INIT("JAX_COORDINATOR_PORT"), STR_INIT("JAX_NUM_PROCESSES"),
                                   STR_INIT("JAX_PROCESS_ID"), STR_INIT("JAX_DISTRIBUTED_BACKEND")};

static const Str xgboost_reserved[] = {STR_INIT("DMLC_TRACKER_URI"), STR_INIT("DMLC_TRACKER_PORT"),
                                       STR_INIT("DMLC_TASK_ID"), STR_INIT("DMLC_NUM_WORKER")};

/* ---- what a job uses that is not converted ---- */

#define OWN_JOB "a replicated job of its own in a TrainingRuntime of yours"

static const JobUse tf_uses[] = {
    {USE_ROLE, STR_INIT("Chief"), OWN_JOB},
    {USE_ROLE, STR_INIT("Evaluator"), OWN_JOB},
    {USE_ROLE, STR_INIT("PS"), OWN_JOB "; while it runs, the TrainJob does not end"},
    {USE_FIELD, STR_INIT("successPolicy"), "successPolicy of the JobSet in that runtime"},
    {USE_FIELD, STR_INIT("enableDynamicWorker"), "a TrainJob keeps the nodes that it starts with"},
    {USE_WORD, STR_INIT("TF_CONFIG"),
     "to be made by a wrapper, of the number of nodes and JOB_COMPLETION_INDEX"}};

static const JobUse paddle_uses[] = {
    {USE_FIELD, STR_INIT("elasticPolicy"), "a TrainJob keeps the nodes that it starts with"},
    {USE_WORD, STR_INIT("PADDLE_MASTER"), "to be set in the env of a TrainingRuntime of yours"},
    {USE_WORD, STR_INIT("PADDLE_NNODES"), "to be set in the env of a TrainingRuntime of yours"},
    {USE_WORD, STR_INIT("PADDLE_TRAINER_NUM"),
     "to be set in the env of a TrainingRuntime of yours"}};

static const JobUse mpi_uses[] = {
    {USE_ROLE, STR_INIT("Launcher"),
     "the replicated job 'launcher', to which the TrainJob's image and command apply"},
    {USE_ROLE, STR_INIT("Worker"),
     "the replicated job 'node': numNodes of the TrainJob, its image in the runtime, with sshd"},
    {USE_FIELD, STR_INIT("slotsPerWorker"), "numProcPerNode of mlPolicy.mpi"},
    {USE_FIELD, STR_INIT("mainContainer"), "the container is called 'node'"},
    {USE_FIELD, STR_INIT("cleanPodPolicy"),
     "successPolicy of the JobSet names the launcher: the nodes go when that has ended"},
    {USE_WORD, STR_INIT("kubexec.sh"), "ssh in its place"},
    {USE_WORD, STR_INIT("kubectl-delivery"), "not needed by ssh"},
    {USE_WORD, STR_INIT("OMPI_MCA_plm_rsh_agent"), "ssh in its place"},
    {USE_WORD, STR_INIT("OMPI_MCA_orte_default_hostfile"), "Trainer v2 sets it itself"},
    {USE_WORD, STR_INIT("horovodrun"), "its launcher must reach the nodes by ssh"}};

static const JobUse mx_uses[] = {
    {USE_ROLE, STR_INIT("Scheduler"), OWN_JOB},
    {USE_ROLE, STR_INIT("Server"), OWN_JOB "; while it runs, the TrainJob does not end"},
    {USE_ROLE, STR_INIT("Tuner"), OWN_JOB},
    {USE_ROLE, STR_INIT("TunerServer"), OWN_JOB},
    {USE_ROLE, STR_INIT("TunerTracker"), OWN_JOB},
    {USE_FIELD, STR_INIT("jobMode"), "to be told to the program by its own env"},
    {USE_FIELD, STR_INIT("successPolicy"), "successPolicy of the JobSet in that runtime"},
    {USE_WORD, STR_INIT("MX_CONFIG"), "to be made by a wrapper"},
    {USE_WORD, STR_INIT("DMLC_ROLE"), "to be set in the env of that runtime"},
    {USE_WORD, STR_INIT("DMLC_PS_ROOT_URI"), "to be set in the env of that runtime"}};

/* ---- the kinds ---- */

#define COUNT(items)     (sizeof(items) / sizeof *(items))
#define ROLES(items)     .roles = (items), .role_count = COUNT(items)
#define VARIABLES(items) .variables = (items), .variable_count = COUNT(items)
#define RESERVED(items)  .reserved = (items), .reserved_count = COUNT(items)
#define USES(items)      .uses = (items), .use_count = COUNT(items)

static const JobKind kinds[] = {
    {.name = STR_INIT("PyTorchJob"),
     .one = "a PyTorchJob",
     .replicas = STR_INIT("pytorchReplicaSpecs"),
     .container = STR_INIT("pytorch"),
     .port_name = STR_INIT("pytorchjob-port"),
     .port = STR_INIT("23456"),
     .port_note = "Trainer v2 meets at port 29500",
     .retries = true,
     .processes = PROCESSES_CHOSEN,
     .label = STR_INIT("torch"),
     .policy = STR_INIT("torch"),
     .runtime = STR_INIT("torch-distributed"),
     .since = RELEASE_2_0,
     ROLES(pair),
     VARIABLES(torch_variables),
     RESERVED(torch_reserved)},
    {.name = STR_INIT("JAXJob"),
     .one = "a JAXJob",
     .replicas = STR_INIT("jaxReplicaSpecs"),
     .container = STR_INIT("jax"),
     .port_name = STR_INIT("jaxjob-port"),
     .port = STR_INIT("6666"),
     .port_note = "Trainer v2 says the port in JAX_COORDINATOR_ADDRESS",
     .label = STR_INIT("jax"),
     .policy = STR_INIT("jax"),
     .runtime = STR_INIT("jax-distributed"),
     .since = RELEASE_2_2,
     .variables_note = "Trainer v2 sets JAX_COORDINATOR_ADDRESS (with the port), JAX_NUM_PROCESSES "
                       "and JAX_PROCESS_ID, not COORDINATOR_ADDRESS, COORDINATOR_PORT, "
                       "NUM_PROCESSES and PROCESS_ID: a program that reads these must be changed, "
                       "one that calls jax.distributed.initialize() without arguments need not",
     .alone_note = "COORDINATOR_ADDRESS, COORDINATOR_PORT, NUM_PROCESSES and PROCESS_ID are not "
                   "set any more: a program that reads them, though it runs alone, must be changed",
     .missing = "it has no runtime for JAX, Trainer 2.2 and later have jax-distributed",
     ROLES(workers),
     VARIABLES(jax_variables),
     RESERVED(jax_reserved)},
    {.name = STR_INIT("XGBoostJob"),
     .one = "an XGBoostJob",
     .replicas = STR_INIT("xgbReplicaSpecs"),
     .container = STR_INIT("xgboost"),
     .port_name = STR_INIT("xgboostjob-port"),
     .port = STR_INIT("9999"),
     .port_note = "Trainer v2 says the port in DMLC_TRACKER_PORT, 29500",
     .processes = PROCESSES_FOR_GPUS,
     .label = STR_INIT("xgboost"),
     .policy = STR_INIT("xgboost"),
     .runtime = STR_INIT("xgboost-distributed"),
     .since = RELEASE_2_2,
     .variables_note = "Trainer v2 sets DMLC_TRACKER_URI, DMLC_TRACKER_PORT, DMLC_TASK_ID and "
                       "DMLC_NUM_WORKER, not MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, "
                       "WORKER_ADDRS and WORKER_PORT: a program that reads these must be changed, "
                       "and its node 0 starts the tracker",
     .alone_note = "MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, WORKER_ADDRS and WORKER_PORT are "
                   "not set any more: a program that reads them, though it runs alone, must be "
                   "changed",
     .missing = "it has no runtime for XGBoost, Trainer 2.2 and later have xgboost-distributed",
     ROLES(pair),
     VARIABLES(xgboost_variables),
     RESERVED(xgboost_reserved)},
    {.name = STR_INIT("TFJob"),
     .one = "a TFJob",
     .replicas = STR_INIT("tfReplicaSpecs"),
     .container = STR_INIT("tensorflow"),
     .port_name = STR_INIT("tfjob-port"),
     .port = STR_INIT("2222"),
     .label = STR_INIT("tensorflow"),
     .since = RELEASE_NONE,
     .alone_note = "TF_CONFIG is not set: Training Operator v1 did not set it for a job of one "
                   "replica either",
     .missing = "no release of it has a runtime for TensorFlow or sets TF_CONFIG",
     ROLES(tf_roles),
     VARIABLES(tf_variables),
     USES(tf_uses)},
    {.name = STR_INIT("PaddleJob"),
     .one = "a PaddleJob",
     .replicas = STR_INIT("paddleReplicaSpecs"),
     .container = STR_INIT("paddle"),
     .port_name = STR_INIT("master"),
     .port = STR_INIT("36543"),
     .retries = true,
     .label = STR_INIT("paddle"),
     .since = RELEASE_NONE,
     .alone_note = "the variables PADDLE_… are not set any more (PADDLE_MASTER, PADDLE_NNODES, "
                   "PADDLE_JOB_ID, …): a program that reads them, though it runs alone, must be "
                   "changed",
     .missing = "no release of it has a runtime for Paddle or sets the variables PADDLE_…",
     ROLES(pair),
     VARIABLES(paddle_variables),
     USES(paddle_uses)},
    {.name = STR_INIT("MPIJob"),
     .one = "an MPIJob",
     .replicas = STR_INIT("mpiReplicaSpecs"),
     .since = RELEASE_NONE,
     .missing = "it reaches the nodes by ssh, which their image must serve, where Training "
                "Operator v1 ran kubectl exec; write a TrainingRuntime with mlPolicy.mpi "
                "as mpi-distributed of Trainer 2.0 is",
     USES(mpi_uses)},
    {.name = STR_INIT("MXJob"),
     .one = "an MXJob",
     .replicas = STR_INIT("mxReplicaSpecs"),
     .since = RELEASE_NONE,
     .missing = "it has no successor for MXJob, which Training Operator 1.8 was the last to serve; "
                "move the program to another framework",
     USES(mx_uses)},
};

const JobKind *job_kind_find(Str name) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(kinds[i].name, name)) return &kinds[i];
    return NULL;
}

const JobRole *job_kind_role(const JobKind *kind, Str key) {
    for (size_t i = 0; i < kind->role_count; i++)
        if (str_eq_nocase(kind->roles[i].key, key)) return &kind->roles[i];
    return NULL;
}

bool job_kind_reserves(const JobKind *kind, Str variable) {
    for (size_t i = 0; i < kind->reserved_count; i++)
        if (str_eq(kind->reserved[i], variable)) return true;
    return false;
}
