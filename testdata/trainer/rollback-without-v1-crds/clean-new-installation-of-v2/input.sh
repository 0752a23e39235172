#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl apply -f trainer.yaml
kubectl apply -f trainjob-v1alpha1.yaml
