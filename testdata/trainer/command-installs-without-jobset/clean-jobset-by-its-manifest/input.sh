#!/bin/sh
kubectl apply --server-side -f https://github.com/kubernetes-sigs/jobset/releases/download/v0.10.1/manifests.yaml
kubectl apply --server-side -k "https://github.com/kubeflow/trainer.git/manifests/base/manager?ref=v2.3.0"
