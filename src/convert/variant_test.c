/* Multi-variant to single-variant: each row is a document, and what shall come out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_test.h"

#define SPLIT(old, a, b)                                                                           \
    "one resource becomes 2: '" a "', '" b "'; none of them scales the Deployment '" old           \
    "', which the old one did"

static const Row guide_rows[] = {
    {"the example of the migration guide",
     HEAD "metadata:\n"
          "  name: vllme-deployment\n"
          "  namespace: llm-d-sim\n"
          "  labels:\n"
          "    inference.optimization/acceleratorName: A100\n"
          "spec:\n"
          "  modelID: default/default\n"
          "  sloClassRef: # what we promise\n"
          "    name: premium\n"
          "    key: opt-125m\n"
          "  # measured in May\n"
          "  modelProfile:\n"
          "    accelerators:\n"
          "      - acc: \"A100\" # what we run\n"
          "        accCount: 1\n"
          "        # from the batch test\n"
          "        perfParms:\n"
          "          decodeParms:\n"
          "            alpha: \"20.58\"\n"
          "            beta: \"0.41\"\n"
          "          prefillParms:\n"
          "            gamma: \"5.2\"\n"
          "            delta: \"0.1\"\n"
          "        maxBatchSize: 4\n"
          "      - acc: \"L40S\" # what we may run\n"
          "        accCount: 2 # does not fit on one\n"
          "        perfParms:\n"
          "          decodeParms:\n"
          "            alpha: \"18.42\"\n"
          "            beta: \"0.38\"\n"
          "          prefillParms:\n"
          "            gamma: \"4.8\" # a guess\n"
          "            delta: \"0.09\"\n"
          "        maxBatchSize: 8\n",
     HEAD "metadata:\n"
          "  name: vllme-deployment-a100\n"
          "  namespace: llm-d-sim\n"
          "  labels:\n"
          "    inference.optimization/acceleratorName: A100\n"
          "spec:\n"
          "  scaleTargetRef:\n"
          "    apiVersion: apps/v1\n"
          "    kind: Deployment\n"
          "    name: vllme-deployment-a100\n"
          "  modelID: default/default\n"
          "  variantID: default/default-A100-1\n"
          "  accelerator: \"A100\" # what we run\n"
          "  acceleratorCount: 1\n"
          "  sloClassRef: # what we promise\n"
          "    name: premium\n"
          "    key: opt-125m\n"
          "  # measured in May\n"
          "  variantProfile:\n"
          "    # from the batch test\n"
          "    perfParms:\n"
          "      decodeParms:\n"
          "        alpha: \"20.58\"\n"
          "        beta: \"0.41\"\n"
          "      prefillParms:\n"
          "        gamma: \"5.2\"\n"
          "        delta: \"0.1\"\n"
          "    maxBatchSize: 4\n"
          "---\n" HEAD "metadata:\n"
          "  name: vllme-deployment-l40s\n"
          "  namespace: llm-d-sim\n"
          "  labels:\n"
          "    inference.optimization/acceleratorName: L40S\n"
          "spec:\n"
          "  scaleTargetRef:\n"
          "    apiVersion: apps/v1\n"
          "    kind: Deployment\n"
          "    name: vllme-deployment-l40s\n"
          "  modelID: default/default\n"
          "  variantID: default/default-L40S-2\n"
          "  accelerator: \"L40S\" # what we may run\n"
          "  acceleratorCount: 2 # does not fit on one\n"
          "  sloClassRef: # what we promise\n"
          "    name: premium\n"
          "    key: opt-125m\n"
          "  # measured in May\n"
          "  variantProfile:\n"
          "    perfParms:\n"
          "      decodeParms:\n"
          "        alpha: \"18.42\"\n"
          "        beta: \"0.38\"\n"
          "      prefillParms:\n"
          "        gamma: \"4.8\" # a guess\n"
          "        delta: \"0.09\"\n"
          "    maxBatchSize: 8\n",
     SPLIT("vllme-deployment", "vllme-deployment-a100", "vllme-deployment-l40s") "; " UNSEEN(
         "vllme-deployment-a100") "; " UNSEEN("vllme-deployment-l40s")},
    {"one entry keeps its name, and with its Deployment seen the change is safe", OLD("seen", ONE),
     NEW("seen", "A100", "1", "4"), NULL},
    {"one entry, its Deployment is in doubt", OLD("chat", ONE), NEW("chat", "A100", "1", "4"),
     UNSEEN("chat")},
    {"one entry, its Deployment is gone", OLD("gone", ONE), NEW("gone", "A100", "1", "4"),
     "there is no Deployment 'gone': nothing is scaled until it exists"},
    {"two entries whose Deployments are there", OLD("seen", TWO),
     NEW("seen-a100", "A100", "1", "4") "---\n" NEW("seen-l40s", "L40S", "2", "8"),
     SPLIT("seen", "seen-a100", "seen-l40s")},
    {"two entries, CRLF",
     "apiVersion: llmd.ai/v1alpha1\r\nkind: VariantAutoscaling\r\nmetadata:\r\n  name: seen\r\n"
     "spec:\r\n  modelID: m\r\n  modelProfile:\r\n    accelerators:\r\n"
     "    - acc: A\r\n      accCount: 1\r\n    - acc: B\r\n      accCount: 1\r\n",
     "apiVersion: llmd.ai/v1alpha1\r\nkind: VariantAutoscaling\r\nmetadata:\r\n  name: seen-a\r\n  "
     "labels:\r\n"
     "    inference.optimization/acceleratorName: A\r\nspec:\r\n  scaleTargetRef:\r\n    "
     "apiVersion: apps/v1\r\n"
     "    kind: Deployment\r\n    name: seen-a\r\n  modelID: m\r\n  variantID: m-A-1\r\n  "
     "accelerator: A\r\n"
     "  acceleratorCount: 1\r\n---\r\n"
     "apiVersion: llmd.ai/v1alpha1\r\nkind: VariantAutoscaling\r\nmetadata:\r\n  name: seen-b\r\n  "
     "labels:\r\n"
     "    inference.optimization/acceleratorName: B\r\nspec:\r\n  scaleTargetRef:\r\n    "
     "apiVersion: apps/v1\r\n"
     "    kind: Deployment\r\n    name: seen-b\r\n  modelID: m\r\n  variantID: m-B-1\r\n  "
     "accelerator: B\r\n"
     "  acceleratorCount: 1\r\n",
     SPLIT("seen", "seen-a", "seen-b")},
};

#define HEIR                                                                                       \
    "'alone-a100' goes on with the Deployment 'alone', which is there and cannot be renamed; the " \
    "migration guide names a new one"
/* The new resource with the old Deployment. */
#define ALONE                                                                                      \
    HEAD "metadata:\n  name: alone-a100\n  labels:\n    inference.optimization/acceleratorName: "  \
         "A100\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    "     \
         "name: alone\n  modelID: org/chat\n  variantID: org/chat-A100-1\n  accelerator: A100\n"   \
         "  acceleratorCount: 1\n  variantProfile:\n    maxBatchSize: 4\n"

static const Row heir_rows[] = {
    {"the one in use goes on with the Deployment that is there", OLD("alone", TWO),
     ALONE "---\n" NEW("alone-l40s", "L40S", "2", "8"),
     "one resource becomes 2: 'alone-a100', 'alone-l40s'; " HEIR "; " UNSEEN("alone-l40s")},
    {"which of two is in use is not known",
     OLD("alone", "    - acc: A100\n      accCount: 1\n      maxBatchSize: 4\n"
                  "    - acc: A100\n      accCount: 2\n      maxBatchSize: 8\n"),
     NEW("alone-a100-1", "A100", "1", "4") "---\n" NEW("alone-a100-2", "A100", "2", "8"),
     SPLIT("alone", "alone-a100-1",
           "alone-a100-2") "; " UNSEEN("alone-a100-1") "; " UNSEEN("alone-a100-2")},
    {"neither is there", OLD("gone", TWO),
     NEW("gone-a100", "A100", "1", "4") "---\n" NEW("gone-l40s", "L40S", "2", "8"),
     "one resource becomes 2: 'gone-a100', 'gone-l40s'; there is no Deployment 'gone-a100': "
     "nothing is "
     "scaled until it exists; there is no Deployment 'gone-l40s': nothing is scaled until it "
     "exists"},
};

/* Forms that came and went, and those that came later. */
static const Row other_form_rows[] = {
    {"a draft with bounds",
     HEAD
     "metadata:\n  name: chat\n  labels:\n    inference.optimization/acceleratorName: A100\n"
     "spec:\n  scaleTargetRef:\n    kind: Deployment\n    name: seen\n  modelID: org/chat # m\n"
     "  variantID: org/chat-A100-1 # id\n  accelerator: A100 # type\n  acceleratorCount: 1 # n\n"
     "  minReplicas: 0\n  maxReplicas: 4\n  variantProfile:\n    maxBatchSize: 4 # big\n",
     HEAD
     "metadata:\n  name: chat\n  labels:\n    inference.optimization/acceleratorName: A100\n"
     "spec:\n  scaleTargetRef:\n    kind: Deployment\n    name: seen\n  modelID: org/chat # m\n"
     "  variantID: org/chat-A100-1 # id\n  accelerator: A100 # type\n  acceleratorCount: 1 # n\n"
     "  variantProfile:\n    maxBatchSize: 4 # big\n",
     NULL},
    {"a draft without a target",
     HEAD "metadata:\n  name: seen\n  labels:\n    inference.optimization/acceleratorName: A100\n"
          "spec:\n  modelID: org/chat\n  variantID: org/chat-A100-1\n  accelerator: A100\n"
          "  acceleratorCount: 1\n  variantProfile:\n    maxBatchSize: 4\n",
     NEW("seen", "A100", "1", "4"), NULL},
    {"the draft with acceleratorType",
     HEAD "metadata:\n  name: seen\nspec:\n  scaleTargetRef: {kind: Deployment, name: seen}\n"
          "  modelID: m\n  acceleratorType: A100 # type\n",
     HEAD "metadata:\n  name: seen\n  labels:\n    inference.optimization/acceleratorName: A100\n"
          "spec:\n  scaleTargetRef: {kind: Deployment, name: seen}\n  modelID: m\n"
          "  variantID: m-A100-1\n  accelerator: A100 # type\n  acceleratorCount: 1\n",
     "acceleratorCount is the default of the form that it had: check it"},
    {"the draft with both a type and a profile",
     HEAD "metadata:\n  name: seen\nspec:\n  scaleTargetRef: {kind: Deployment, name: seen}\n"
          "  modelID: m\n  acceleratorType: A100\n  modelProfile:\n    accelerators:\n" ONE,
     "refused: not accounted for: spec.modelProfile.accelerators[0].acc", NULL},
    {"the kind of the first drafts",
     "apiVersion: llmd.ai/v1alpha1\nkind: Optimizer\nmetadata:\n  name: seen\n  labels:\n"
     "    inference.optimization/acceleratorName: A100\nspec:\n  modelID: org/chat\n"
     "  modelProfile:\n    accelerators:\n" ONE,
     NEW("seen", "A100", "1", "4"),
     "kind Optimizer was renamed before v0.0.1: what stands under the old kind is another object "
     "to the cluster, delete it there"},
    {"a released form tells no number",
     HEAD "metadata:\n  name: chat\n  labels: {inference.optimization/acceleratorName: A100}\n"
          "spec:\n  scaleTargetRef: {kind: Deployment, name: seen}\n  modelID: m\n",
     "refused: nothing tells its acceleratorCount: write it, and the accelerator 'A100' of its "
     "label",
     NULL},
    {"a model alone", HEAD "metadata:\n  name: chat\nspec:\n  modelID: m\n",
     "refused: it names no accelerator and no acceleratorCount: write both", NULL},
};

static const Row shape_rows[] = {
    {"every line of the list has a comment",
     HEAD
     "metadata:\n  name: seen # its name\n  labels: # all\n"
     "    inference.optimization/acceleratorName: A100 # in use\n"
     "# about spec\nspec: # head\n  # about the model\n  modelID: m # model\n"
     "  # about the profile\n  modelProfile: # profile\n    accelerators:\n"
     "    - acc: A100 # type\n      accCount: 1 # number\n      # above\n      perfParms: # parms\n"
     "        decodeParms: # decode\n          alpha: \"1\" # alpha\n"
     "        prefillParms: # prefill\n          gamma: \"2\" # gamma\n"
     "      maxBatchSize: 4 # batch\n",
     HEAD
     "metadata:\n  name: seen # its name\n  labels: # all\n"
     "    inference.optimization/acceleratorName: A100 # in use\n"
     "# about spec\nspec: # head\n  scaleTargetRef:\n    apiVersion: apps/v1\n"
     "    kind: Deployment\n    name: seen\n  # about the model\n  modelID: m # model\n"
     "  variantID: m-A100-1\n  accelerator: A100 # type\n  acceleratorCount: 1 # number\n"
     "  # about the profile\n  variantProfile: # profile\n    # above\n    perfParms: # parms\n"
     "      decodeParms: # decode\n        alpha: \"1\" # alpha\n"
     "      prefillParms: # prefill\n        gamma: \"2\" # gamma\n"
     "    maxBatchSize: 4 # batch\n",
     NULL},
    {"comments above and behind the dashes stay with their entry",
     OLD("seen", "    # the big one\n" ONE "    # the small one\n    - # inside\n      acc: L40S\n "
                 "     accCount: 2\n      maxBatchSize: 8\n"),
     HEAD
     "metadata:\n  name: seen-a100\n  labels:\n    inference.optimization/acceleratorName: A100\n"
     "spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: "
     "seen-a100\n"
     "  modelID: org/chat\n  variantID: org/chat-A100-1\n  # the big one\n  accelerator: A100\n"
     "  acceleratorCount: 1\n  variantProfile:\n    maxBatchSize: 4\n---\n" HEAD
     "metadata:\n  name: seen-l40s\n  labels:\n    inference.optimization/acceleratorName: L40S\n"
     "spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: "
     "seen-l40s\n"
     "  modelID: org/chat\n  variantID: org/chat-L40S-2\n  # the small one\n  # inside\n"
     "  accelerator: L40S\n  acceleratorCount: 2\n  variantProfile:\n    maxBatchSize: 8\n",
     SPLIT("seen", "seen-a100", "seen-l40s")},
    {"an indentless list, and no final newline",
     HEAD "metadata:\n  name: seen\nspec:\n  modelID: m\n  modelProfile:\n    accelerators:\n"
          "    - acc: A100\n      accCount: 1\n      maxBatchSize: 4",
     HEAD
     "metadata:\n  name: seen\n  labels:\n    inference.optimization/acceleratorName: A100\n"
     "spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: seen\n"
     "  modelID: m\n  variantID: m-A100-1\n  accelerator: A100\n  acceleratorCount: 1\n"
     "  variantProfile:\n    maxBatchSize: 4",
     NULL},
    {"the item of a dump, with what the server wrote",
     "apiVersion: v1\nitems:\n- apiVersion: llmd.ai/v1alpha1\n  kind: VariantAutoscaling\n  "
     "metadata:\n"
     "    annotations:\n      kubectl.kubernetes.io/last-applied-configuration: '{}'\n      team: "
     "a\n"
     "    creationTimestamp: \"2025-11-01T00:00:00Z\"\n    generation: 2\n    labels:\n"
     "      app: chat\n      inference.optimization/acceleratorName: A\n"
     "    managedFields:\n    - manager: kubectl\n    name: seen\n    namespace: ns\n"
     "    ownerReferences:\n    - apiVersion: apps/v1\n      controller: true\n      kind: "
     "Deployment\n"
     "      name: seen\n      uid: u\n    resourceVersion: \"7\"\n    uid: v\n  spec:\n    "
     "modelID: m\n"
     "    modelProfile:\n      accelerators:\n      - acc: A\n        accCount: 1\n        "
     "maxBatchSize: 4\n"
     "      - acc: B\n        accCount: 1\n        maxBatchSize: 5\n    sloClassRef:\n      key: "
     "k\n"
     "      name: s\n  status:\n    actuation:\n      applied: true\n    allocations:\n    - "
     "accelerator: A\n"
     "kind: List\n",
     "apiVersion: v1\nitems:\n- apiVersion: llmd.ai/v1alpha1\n  kind: VariantAutoscaling\n  "
     "metadata:\n"
     "    annotations:\n      team: a\n    labels:\n      app: chat\n"
     "      inference.optimization/acceleratorName: A\n    name: seen-a\n    namespace: ns\n"
     "  spec:\n    scaleTargetRef:\n      apiVersion: apps/v1\n      kind: Deployment\n      name: "
     "seen-a\n"
     "    modelID: m\n    variantID: m-A-1\n    accelerator: A\n    acceleratorCount: 1\n"
     "    sloClassRef:\n      key: k\n      name: s\n    variantProfile:\n      maxBatchSize: 4\n"
     "- apiVersion: llmd.ai/v1alpha1\n  kind: VariantAutoscaling\n  metadata:\n"
     "    annotations:\n      team: a\n    labels:\n      app: chat\n"
     "      inference.optimization/acceleratorName: B\n    name: seen-b\n    namespace: ns\n"
     "  spec:\n    scaleTargetRef:\n      apiVersion: apps/v1\n      kind: Deployment\n      name: "
     "seen-b\n"
     "    modelID: m\n    variantID: m-B-1\n    accelerator: B\n    acceleratorCount: 1\n"
     "    sloClassRef:\n      key: k\n      name: s\n    variantProfile:\n      maxBatchSize: 5\n"
     "kind: List\n",
     SPLIT("seen", "seen-a", "seen-b")},
    {"JSON",
     "{\"apiVersion\": \"llmd.ai/v1alpha1\", \"kind\": \"VariantAutoscaling\", \"metadata\": "
     "{\"name\": \"seen\"}, "
     "\"spec\": {\"modelID\": \"m\", \"modelProfile\": {\"accelerators\": [{\"acc\": \"A\", "
     "\"accCount\": 1, "
     "\"maxBatchSize\": 4}]}}}\n",
     "{\"apiVersion\": \"llmd.ai/v1alpha1\", \"kind\": \"VariantAutoscaling\", \"metadata\": "
     "{\"name\": \"seen\", "
     "\"labels\": {\"inference.optimization/acceleratorName\": \"A\"}}, "
     "\"spec\": {\"scaleTargetRef\": {\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", "
     "\"name\": \"seen\"}, "
     "\"modelID\": \"m\", \"variantID\": \"m-A-1\", \"accelerator\": \"A\", \"acceleratorCount\": "
     "1, "
     "\"variantProfile\": {\"maxBatchSize\": 4}}}\n",
     NULL},
    {"JSON holds one object",
     "{\"apiVersion\": \"llmd.ai/v1alpha1\", \"kind\": \"VariantAutoscaling\", \"metadata\": "
     "{\"name\": \"seen\"}, "
     "\"spec\": {\"modelID\": \"m\", \"modelProfile\": {\"accelerators\": [{\"acc\": \"A\", "
     "\"accCount\": 1}, "
     "{\"acc\": \"B\", \"accCount\": 1}]}}}\n",
     "refused: a JSON file holds one object: make it a List first, or use convert",
     SPLIT("seen", "seen-a", "seen-b")},
    {"the entries in flow style",
     OLD("seen", "    - {acc: A100, accCount: 1, maxBatchSize: 4} # one line\n"),
     NEW("seen", "A100", "1", "4"), NULL},
    {"the oldest form loses what says only half",
     OLD("seen", "    - acc: A100\n      accCount: 1\n      alpha: \"1.0\"\n      beta: \"2.0\"\n"
                 "      maxBatchSize: 4\n      atTokens: 128\n"),
     NEW("seen", "A100", "1", "4"), NULL},
    {"a label is put right",
     OLD("seen", "    - acc: L40S\n      accCount: 2\n      maxBatchSize: 8\n"),
     NEW("seen", "L40S", "2", "8"), "the label says 'A100', which is no entry of the list"},
    {"numbers where strings are wanted get quotes",
     HEAD "metadata:\n  name: seen\n  labels: {inference.optimization/acceleratorName: A}\nspec:\n"
          "  modelID: 7\n  variantCost: 10.0 # each\n  modelProfile:\n    accelerators:\n"
          "    - acc: A\n      accCount: 1\n      perfParms:\n        decodeParms:\n          "
          "alpha: 1.5 # a\n"
          "        prefillParms: {gamma: 2, delta: \"3\"}\n",
     HEAD "metadata:\n  name: seen\n  labels: {inference.optimization/acceleratorName: A}\nspec:\n"
          "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: seen\n"
          "  modelID: \"7\"\n  variantID: \"7-A-1\"\n  accelerator: A\n  acceleratorCount: 1\n"
          "  variantCost: \"10.0\" # each\n  variantProfile:\n    perfParms:\n"
          "      decodeParms:\n        alpha: \"1.5\" # a\n"
          "      prefillParms: {gamma: \"2\", delta: \"3\"}\n",
     NULL},
    {"an existing scaleTargetRef stays",
     HEAD "metadata:\n  name: chat\nspec:\n  modelID: m\n  scaleTargetRef:\n    kind: Deployment # "
          "ours\n"
          "    name: seen\n  modelProfile:\n    accelerators:\n    - acc: A\n      accCount: 1\n",
     HEAD
     "metadata:\n  name: chat\n  labels:\n    inference.optimization/acceleratorName: A\nspec:\n"
     "  scaleTargetRef:\n    kind: Deployment # ours\n    name: seen\n  modelID: m\n"
     "  variantID: m-A-1\n  accelerator: A\n  acceleratorCount: 1\n",
     NULL},
    {"the list that only descriptions know",
     HEAD "metadata:\n  name: seen\nspec:\n  modelID: m\n  variants:\n  - accelerator: A\n"
          "    acceleratorCount: 1\n    name: seen-big\n    cost: \"40\"\n"
          "  - acceleratorType: B\n    accCount: 1\n    maxBatchSize: 2\n",
     HEAD
     "metadata:\n  name: seen-big\n  labels:\n    inference.optimization/acceleratorName: "
     "A\nspec:\n"
     "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: seen-big\n"
     "  modelID: m\n  variantID: m-A-1\n  accelerator: A\n  acceleratorCount: 1\n"
     "  variantCost: \"40\"\n---\n" HEAD
     "metadata:\n  name: seen-b\n  labels:\n    inference.optimization/acceleratorName: B\nspec:\n"
     "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: seen-b\n"
     "  modelID: m\n  variantID: m-B-1\n  accelerator: B\n  acceleratorCount: 1\n"
     "  variantProfile:\n    maxBatchSize: 2\n",
     "no CRD ever had spec.variants: it is read as the list of accelerators; " SPLIT(
         "seen", "seen-big", "seen-b")},
    {"other indentation",
     HEAD
     "metadata:\n    name: seen\nspec:\n    modelID: m\n    modelProfile:\n        accelerators:\n"
     "            - acc: A\n              accCount: 1\n              perfParms:\n"
     "                  decodeParms:\n                      alpha: \"1\"\n"
     "                  prefillParms:\n                      gamma: \"1\"\n",
     HEAD "metadata:\n    name: seen\n    labels:\n        inference.optimization/acceleratorName: "
          "A\nspec:\n"
          "    scaleTargetRef:\n        apiVersion: apps/v1\n        kind: Deployment\n        "
          "name: seen\n"
          "    modelID: m\n    variantID: m-A-1\n    accelerator: A\n    acceleratorCount: 1\n"
          "    variantProfile:\n        perfParms:\n            decodeParms:\n                "
          "alpha: \"1\"\n"
          "            prefillParms:\n                gamma: \"1\"\n",
     NULL},
};

static const Row name_rows[] = {
    {"accelerators become DNS names",
     OLD("seen", "    - acc: H100_SXM-80GB\n      accCount: 1\n      maxBatchSize: 4\n"
                 "    - acc: h200\n      accCount: 1\n      maxBatchSize: 8\n"),
     NEW("seen-h100-sxm-80gb", "H100_SXM-80GB", "1", "4") "---\n" NEW("seen-h200", "h200", "1",
                                                                      "8"),
     SPLIT("seen", "seen-h100-sxm-80gb",
           "seen-h200") "; the label says 'A100', which is no entry of the list"},
    {"the same accelerator in two numbers",
     OLD("seen", "    - acc: A100\n      accCount: 1\n      maxBatchSize: 4\n"
                 "    - acc: A100\n      accCount: 2\n      maxBatchSize: 8\n"),
     NEW("seen-a100-1", "A100", "1", "4") "---\n" NEW("seen-a100-2", "A100", "2", "8"),
     SPLIT("seen", "seen-a100-1", "seen-a100-2")},
    {"the same twice", OLD("chat", ONE ONE),
     "refused: two entries would get the name 'chat-a100-1'", NULL},
    {"a name that is taken", OLD("taken", TWO),
     "refused: there is a VariantAutoscaling 'taken-a100' already, in b.yaml:3: if it was made of "
     "this object, delete what is left of this one, else rename one of the two",
     NULL},
    {"a name that is too long",
     OLD("a-name-that-has-just-as-many-letters-as-one-may-have-but-no-more", TWO),
     "refused: the name 'a-name-that-has-just-as-many-letters-as-one-may-have-but-no-more-a100' is "
     "longer than 63 bytes",
     NULL},
    {"an accelerator that fits nowhere", OLD("chat", "    - acc: A100 80GB\n      accCount: 1\n"),
     "refused: spec.modelProfile.accelerators[0].acc cannot be part of a variantID and a label's "
     "value",
     NULL},
};

static const Row refused_rows[] = {
    {"already single-variant", NEW("chat", "A100", "1", "4"), "refused: it has that form already",
     NULL},
    {"an empty list", OLD("chat", "    []\n"), "refused: it lists no accelerators", NULL},
    {"both lists", OLD("chat", ONE) "  variants:\n  - acc: A\n",
     "refused: it has both spec.modelProfile.accelerators and spec.variants", NULL},
    {"no name",
     HEAD "metadata:\n  generateName: x\nspec:\n  modelID: m\n  modelProfile:\n"
          "    accelerators:\n" ONE,
     "refused: it has no name", NULL},
    {"no number", OLD("chat", "    - acc: A\n"),
     "refused: spec.modelProfile.accelerators[0] has no accCount", NULL},
    {"a number in quotes", OLD("chat", "    - acc: A\n      accCount: \"1\"\n"),
     "refused: spec.modelProfile.accelerators[0].accCount is no whole number above 0", NULL},
    {"a parameter without a value",
     OLD("chat", "    - acc: A\n      accCount: 1\n      perfParms:\n"
                 "        decodeParms: {a: }\n        prefillParms: {b: \"1\"}\n"),
     "refused: spec.modelProfile.accelerators[0].perfParms.decodeParms.a has no value", NULL},
    {"a parameter that is no number",
     OLD("chat", "    - acc: A\n      accCount: 1\n      perfParms:\n"
                 "        decodeParms: {a: yes}\n        prefillParms: {b: \"1\"}\n"),
     "refused: spec.modelProfile.accelerators[0].perfParms.decodeParms.a is no number", NULL},
    {"a parameter that is not finite",
     OLD("chat", "    - acc: A\n      accCount: 1\n      perfParms:\n"
                 "        decodeParms: {a: .nan}\n        prefillParms: {b: \"1\"}\n"),
     "refused: spec.modelProfile.accelerators[0].perfParms.decodeParms.a is no number", NULL},
    {"half of the parameters",
     OLD("chat", "    - acc: A\n      accCount: 1\n      perfParms:\n        decodeParms:\n        "
                 "  a: \"1\"\n"),
     "refused: spec.modelProfile.accelerators[0].perfParms needs both decodeParms and prefillParms",
     NULL},
    {"a template in the name", OLD("{{ .Values.name }}", ONE),
     "refused: depends on a template: metadata.name", NULL},
    {"a template in the list", OLD("chat", "    - acc: {{ .Values.acc }}\n      accCount: 1\n"),
     "refused: depends on a template: spec.modelProfile.accelerators[0].acc", NULL},
    {"a field that no mapping knows", OLD("seen", ONE) "  enableScaleToZero: true\n",
     "refused: not accounted for: spec.enableScaleToZero", NULL},
    {"a field of an entry that no mapping knows", OLD("seen", ONE "      speed: fast\n"),
     "refused: not accounted for: spec.modelProfile.accelerators[0].speed", NULL},
    {"both forms at once", OLD("seen", ONE) "  accelerator: A100\n",
     "refused: not accounted for: spec.accelerator", NULL},
    {"aliases", OLD("chat", "    - &x\n      acc: A\n      accCount: 1\n    - *x\n"),
     "refused: it has aliases: write them out first", NULL},
    {"several for one scaleTargetRef",
     OLD("chat", TWO) "  scaleTargetRef:\n    kind: Deployment\n    name: chat\n",
     "refused: several accelerators for one scaleTargetRef: choose the one in use", NULL},
    {"a scaleTargetRef to something else",
     OLD("chat", ONE) "  scaleTargetRef:\n    kind: LeaderWorkerSet\n    name: chat\n",
     "refused: spec.scaleTargetRef names no Deployment", NULL},
    {"managed by another controller",
     HEAD
     "metadata:\n  name: chat\n  ownerReferences:\n  - apiVersion: serving.kserve.io/v1alpha1\n"
     "    kind: LLMInferenceService\n    name: chat\n    uid: u\n    controller: true\nspec: {}\n",
     "refused: managed by LLMInferenceService 'chat'", NULL},
};

static const Row active_rows[] = {
    {"the active one keeps its name", OLD("seen", TWO), NEW("seen", "A100", "1", "4"), NULL},
    {"nothing is active",
     HEAD "metadata:\n  name: chat\nspec:\n  modelID: m\n  modelProfile:\n    accelerators:\n" TWO,
     "refused: no label says which accelerator is in use", NULL},
    {"the active one is not there",
     OLD("chat", "    - acc: A\n      accCount: 1\n    - acc: B\n      accCount: 1\n"),
     "refused: no entry has the accelerator 'A100' of the label", NULL},
    {"two are active",
     OLD("chat", "    - acc: A100\n      accCount: 1\n    - acc: A100\n      accCount: 2\n"),
     "refused: several entries have the accelerator 'A100'", NULL},
};

static void the_form_of_the_guide(void **state) {
    (void)state;
    CHECK(guide_rows, "guide", "");
}

static void the_deployment_that_is_there(void **state) {
    (void)state;
    CHECK(heir_rows, "guide", "");
}

static void other_forms(void **state) {
    (void)state;
    CHECK(other_form_rows, "guide", "");
}

static void shapes_and_styles(void **state) {
    (void)state;
    CHECK(shape_rows, "guide", "");
}

static void names(void **state) {
    (void)state;
    CHECK(name_rows, "guide", "");
}

static void refusals(void **state) {
    (void)state;
    CHECK(refused_rows, "guide", "");
}

static void only_the_accelerator_in_use(void **state) {
    (void)state;
    CHECK(active_rows, "guide", "active");
}

static void other_targets_are_refused(void **state) {
    (void)state;
    Arena a = {0};
    Converted c;
    Str got = run(&a, &guide_rows[1], STR("0.9"), "", NULL, &c);
    assert_true(str_eq(got, STR("refused: nothing is written for the target '0.9'")));
    convert_release(&c);
    arena_release(&a);
}

/* What refers to the old name can follow, and the new resources are announced. */
static void new_names_are_listed(void **state) {
    (void)state;
    Arena a = {0};
    Converted c;
    run(&a, &guide_rows[0], STR("guide"), "", NULL, &c);
    assert_int_equal(c.renamed.len, 2);
    assert_true(str_eq(c.renamed.items[0].to, STR("vllme-deployment-a100")));
    assert_true(str_eq(c.renamed.items[1].scale_target, STR("vllme-deployment-l40s")));
    assert_int_equal(c.created.len, 1);
    assert_true(str_eq(c.created.items[0].name, STR("vllme-deployment-l40s")));
    assert_true(str_eq(c.created.items[0].namespace, STR("llm-d-sim")));
    assert_int_equal(c.remarks.len, 1);
    convert_release(&c);
    run(&a, &guide_rows[1], STR("guide"), "", NULL, &c);
    assert_int_equal(c.renamed.len + c.created.len, 0);
    convert_release(&c);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_of_the_guide),
        cmocka_unit_test(the_deployment_that_is_there),
        cmocka_unit_test(other_forms),
        cmocka_unit_test(shapes_and_styles),
        cmocka_unit_test(names),
        cmocka_unit_test(refusals),
        cmocka_unit_test(only_the_accelerator_in_use),
        cmocka_unit_test(other_targets_are_refused),
        cmocka_unit_test(new_names_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
