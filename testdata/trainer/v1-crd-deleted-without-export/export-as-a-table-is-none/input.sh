#!/bin/sh
kubectl get tfjobs -A > tfjobs.txt
kubectl get tfjobs -A -o name > tfjobs.names
kubectl get trainjobs -o yaml > trainjobs.yaml
kubectl delete crd tfjobs.kubeflow.org
