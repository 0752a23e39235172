#!/bin/sh
kubectl apply -f - <<'END'
apiVersion: v1
kind: Secret
metadata: {name: mnist}
stringData:
  a: opensesame
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata:
  name: mnist
spec:
  runtimeRef:
    name: torch-distributed
  trainer:
    numNodes: 1
    image: registry.example.com/mnist:1
    command: [torchrun, train.py]
END
