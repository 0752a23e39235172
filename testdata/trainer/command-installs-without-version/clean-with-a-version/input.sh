#!/bin/sh
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
VERSION=v2.3.0
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/runtimes?ref=${VERSION}"
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/runtimes?ref=$1"
kubectl delete -k https://github.com/kubeflow/trainer.git/manifests/overlays/manager
kubectl apply -k manifests/overlays/manager
