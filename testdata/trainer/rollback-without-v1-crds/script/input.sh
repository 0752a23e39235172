#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl apply -f v1-operator.yaml
kubectl apply -f pytorchjobs.yaml
