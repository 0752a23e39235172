#!/bin/sh
kubectl apply -f - <<'END'
apiVersion: v1
kind: Secret
metadata: {name: mnist}
stringData:
  a: opensesame
---
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: mnist
spec:
  pytorchReplicaSpecs:
    Worker:
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/mnist:1
              command: [torchrun, train.py]
END
