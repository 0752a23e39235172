#!/bin/sh
kubectl delete deployment training-operator -n kubeflow
oc delete crd/mpijobs.kubeflow.org
