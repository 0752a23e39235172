#!/bin/sh
kubectl get pytorchjobs -A -o yaml > a.yaml
kubectl delete crd pytorchjobs.kubeflow.org
kubectl delete crd mpijobs.kubeflow.org
