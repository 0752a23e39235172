#!/bin/sh
kubectl delete -k "https://github.com/kubeflow/trainer.git/manifests/base/manager?ref=v2.3.0"
kustomize build "https://github.com/kubeflow/trainer.git/manifests/base/manager?ref=v2.3.0" | kubectl delete -f -
