#!/bin/sh
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
kubectl delete -k "github.com/kubeflow/training-operator.git/manifests/overlays/standalone?ref=v1.8.1"
kustomize build github.com/kubeflow/training-operator/manifests/overlays/kubeflow | kubectl delete -f -
git clone https://github.com/kubeflow/training-operator
kubectl apply -f https://github.com/kubeflow/training-operator-examples/raw/main/x.yaml
