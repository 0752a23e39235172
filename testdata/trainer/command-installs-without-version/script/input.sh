#!/bin/sh
kubectl apply --server-side -k https://github.com/kubeflow/trainer.git/manifests/overlays/manager
kubectl apply -k "https://github.com/kubeflow/trainer/manifests/base/runtimes?ref=master"
kustomize build "github.com/opendatahub-io/trainer//manifests/rhoai" | kubectl apply -f -
