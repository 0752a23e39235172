#!/bin/sh
cat <<EOF | kubectl apply -f -
apiVersion: kubeflow.org/v1
# unstale: ignore[KFT001] why: this cluster keeps v1
kind: PyTorchJob
metadata:
  name: mnist
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: 2
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/mnist:1
              command: [torchrun, train.py] # as ever
EOF
