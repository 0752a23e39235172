#!/bin/sh
kubectl apply --server-side -k "https://github.com/kubeflow/trainer.git/manifests/base/crds?ref=v2.3.0"
kubectl apply --server-side -k "https://github.com/kubeflow/trainer.git/manifests/base/manager?ref=v2.3.0"
kubectl apply --server-side -k "https://github.com/kubeflow/trainer.git/manifests/base/runtimes?ref=v2.3.0"
