#!/bin/sh
{
    kubectl get pytorchjobs -A -o yaml
    kubectl get tfjobs -A -o yaml
} > all.yaml
kubectl delete crd pytorchjobs.kubeflow.org tfjobs.kubeflow.org
