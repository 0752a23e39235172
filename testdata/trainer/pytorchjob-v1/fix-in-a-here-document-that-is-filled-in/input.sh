#!/bin/sh
NAME=mnist
kubectl apply -f - <<EOF
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: $NAME
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: ${WORKERS:-2}
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/mnist:$(git describe)
              command: [torchrun, train.py] # as ever
EOF
