#!/bin/sh
kubectl wait --for=condition=Established crd/pytorchjobs.kubeflow.org --timeout=60s
kubectl get tfjobs.v1.kubeflow.org,xgboostjobs.kubeflow.org -A
