#!/bin/sh
kubectl apply -k "github.com/kubeflow/training-operator/manifests/overlays/standalone?ref=v1.7.0"
kubectl apply --server-side -k "https://github.com/kubeflow/training-operator.git/manifests/overlays/standalone?ref=master"
kubectl apply --kustomize="github.com/kubeflow/trainer.git/manifests/overlays/standalone?ref=v1.9.3"
kustomize build github.com/kubeflow/training-operator/manifests/overlays/kubeflow | kubectl apply -f -
kubectl create -f https://raw.githubusercontent.com/kubeflow/training-operator/v1.8.1/manifests/base/crds/kubeflow.org_pytorchjobs.yaml
