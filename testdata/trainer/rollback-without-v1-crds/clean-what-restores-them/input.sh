#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl apply -f v1-crds.yaml
kubectl apply -f v1-operator.yaml
