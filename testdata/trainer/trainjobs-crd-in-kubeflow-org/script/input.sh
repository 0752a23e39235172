#!/bin/sh
# trainjobs.kubeflow.org is what sed left
kubectl wait --for=condition=Established crd/trainjobs.kubeflow.org
kubectl get trainjobs.v1.kubeflow.org,clustertrainingruntimes.kubeflow.org -A
