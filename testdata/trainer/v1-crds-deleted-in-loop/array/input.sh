#!/bin/bash
kubectl get jaxjobs -A -o yaml > jaxjobs.yaml
crds=(xgboostjobs.kubeflow.org jaxjobs.kubeflow.org)
for crd in "${crds[@]}"; do
    kubectl delete crd "$crd" --ignore-not-found
done
