#!/bin/sh
# trainjobs.kubeflow.org is what sed left
kubectl wait --for=condition=Established crd/trainjobs.trainer.kubeflow.org
kubectl get trainjobs.trainer.kubeflow.org,clustertrainingruntimes.trainer.kubeflow.org -A
