#!/bin/sh
kubectl get pytorchjobs -A -o yaml
kubectl get pytorchjob x -o yaml | less
kubectl get tfjobs -n ml -o yaml > tfjobs.yaml
kubectl get jaxjobs -o yaml > jaxjobs.yaml
kubectl get xgboostjobs -A -o yaml > /dev/null
kubectl delete crd pytorchjobs.kubeflow.org tfjobs.kubeflow.org
kubectl delete crd jaxjobs.kubeflow.org xgboostjobs.kubeflow.org
