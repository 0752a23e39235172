#!/bin/sh
kubectl patch deployment training-operator -n kubeflow --patch-file schemes.yaml
kubectl delete crd mpijobs.kubeflow.org
kubectl create -f https://raw.githubusercontent.com/kubeflow/mpi-operator/v0.6.0/deploy/v2beta1/mpi-operator.yaml
