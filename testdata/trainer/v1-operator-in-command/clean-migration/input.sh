#!/bin/sh
kubectl get deployment training-operator -n kubeflow -o yaml > operator.yaml
kubectl scale deployment/training-operator --replicas=0 -n kubeflow
kubectl get deployment training-operator -n kubeflow
kubectl delete validatingwebhookconfiguration validator.training-operator.kubeflow.org
