#!/bin/sh
kubectl get pytorchjobs,tfjobs --all-namespaces -o yaml > jobs.yaml
kubectl delete crd pytorchjobs.kubeflow.org tfjobs.kubeflow.org
oc delete customresourcedefinition/pytorchjobs.kubeflow.org
