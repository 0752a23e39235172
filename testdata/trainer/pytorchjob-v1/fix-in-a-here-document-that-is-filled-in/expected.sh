#!/bin/sh
NAME=mnist
kubectl apply -f - <<EOF
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata:
  name: $NAME
spec:
  runtimeRef:
    name: torch-distributed
  trainer:
    numNodes: ${WORKERS:-2}
    image: registry.example.com/mnist:$(git describe)
    command: [torchrun, train.py] # as ever
EOF
