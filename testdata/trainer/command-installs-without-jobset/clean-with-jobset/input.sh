#!/bin/sh
kubectl apply --server-side -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
kustomize build "https://github.com/kubeflow/trainer.git/manifests/base/manager?ref=v2.3.0" | diff - now.yaml
