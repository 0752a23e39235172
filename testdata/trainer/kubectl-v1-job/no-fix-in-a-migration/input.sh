#!/bin/sh
kubectl get pytorchjobs -A
if ! kubectl get xgboostjobs -A; then
    kubectl delete crd xgboostjobs.kubeflow.org
fi
