#!/bin/sh
kubectl delete -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
kubectl apply -f v1-operator.yaml
kubectl apply -f pytorchjobs.yaml
