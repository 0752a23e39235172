#!/bin/bash
set -e
cat <<'EOF' | kubectl apply -f -
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata:
  name: mnist
spec:
  runtimeRef:
    name: torch-distributed
  trainer:
    numNodes: 2
    image: registry.example.com/mnist:1
    command: [torchrun, train.py] # as ever
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata:
  name: second
spec:
  runtimeRef:
    name: torch-distributed
  trainer:
    numNodes: 2
    image: registry.example.com/mnist:1
    command: [torchrun, train.py] # as ever
EOF
echo done
