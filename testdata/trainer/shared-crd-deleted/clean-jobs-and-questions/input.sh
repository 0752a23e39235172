#!/bin/sh
kubectl delete deployment training-operator -n kubeflow
kubectl delete mpijobs.kubeflow.org bench
kubectl get crd mpijobs.kubeflow.org
kubectl delete crd mpijobs.kubeflow.org --dry-run=client
