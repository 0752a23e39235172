#!/bin/sh
argo submit - <<'EOF'
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: train-
spec:
  templates:
    - name: train
      resource:
        action: create
        successCondition: status.replicaStatuses.Worker.succeeded == 2 # all
        failureCondition: status.replicaStatuses.Worker.failed > 0
        manifest: |
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata:
            generateName: mnist-
          spec:
            pytorchReplicaSpecs:
              Master:
                replicas: 1
                template:
                  spec:
                    containers:
                      - name: pytorch
                        image: registry.example.com/mnist:1
                        command: [torchrun, train.py]
              Worker:
                replicas: 2
                template:
                  spec:
                    containers:
                      - name: pytorch
                        image: registry.example.com/mnist:1
                        command: [torchrun, train.py]
EOF
