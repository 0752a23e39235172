#!/bin/sh
# Who runs this makes both.
kubectl apply -f - <<'END'
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: b
  namespace: ml
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: 2
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/train:3
              command: [torchrun, train.py]
---
apiVersion: kubeflow.org/v1
kind: TFJob
metadata:
  name: b
  namespace: ml
spec:
  tfReplicaSpecs:
    Worker:
      replicas: 1
      restartPolicy: OnFailure
      template:
        spec:
          containers:
            - name: tensorflow
              image: registry.example.com/train:3
              command: [python, train.py]
END
