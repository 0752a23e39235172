#!/bin/sh
velero backup create all --wait
kubectl delete crd tfjobs.kubeflow.org
kubectl delete crd tfjobs.kubeflow.org.example.com
