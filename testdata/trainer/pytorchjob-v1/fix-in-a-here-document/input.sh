#!/bin/bash
set -e
cat <<'EOF' | kubectl apply -f -
apiVersion: kubeflow.org/v1
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
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: second
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
echo done
