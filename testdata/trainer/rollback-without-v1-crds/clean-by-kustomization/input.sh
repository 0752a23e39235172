#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl apply -k manifests/v1
kubectl apply -f pytorchjobs.yaml
kubectl delete -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
