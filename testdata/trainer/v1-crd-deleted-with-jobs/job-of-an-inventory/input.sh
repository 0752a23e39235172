#!/bin/sh
kubectl get pytorchjobs -A -o yaml > jobs.yaml
kubectl delete crd pytorchjobs.kubeflow.org
