#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl apply -k manifests/v1
kubectl apply -f pytorchjobs.yaml
