#!/bin/sh
kubectl apply --server-side -k "github.com/kubeflow/training-operator.git/manifests/overlays/standalone?ref=v1.9.3"
kubectl delete crd trainjobs.trainer.kubeflow.org
