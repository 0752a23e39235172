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
        successCondition: status.jobsStatus.0.succeeded == 1 # all
        failureCondition: status.jobsStatus.0.failed > 0
        manifest: |
          apiVersion: trainer.kubeflow.org/v1alpha1
          kind: TrainJob
          metadata:
            generateName: mnist-
          spec:
            runtimeRef:
              name: torch-distributed
            trainer:
              numNodes: 3
              image: registry.example.com/mnist:1
              command: [torchrun, train.py]
EOF
