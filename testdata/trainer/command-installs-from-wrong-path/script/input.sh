#!/bin/sh
kubectl apply -k "https://github.com/kubeflow/trainer/manifests/rhoai?ref=v2.3.0"
kustomize build "github.com/kubeflow/trainer.git//manifests/overlays/standalone?ref=v2.1.0"
