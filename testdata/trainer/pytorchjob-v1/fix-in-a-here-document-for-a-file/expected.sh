#!/bin/sh
if true; then
  cat > job.yaml <<EOF
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
EOF
fi
