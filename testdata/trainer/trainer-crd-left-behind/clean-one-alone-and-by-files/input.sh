#!/bin/sh
kubectl delete clustertrainingruntimes.trainer.kubeflow.org torch-distributed
kubectl delete crd clustertrainingruntimes.trainer.kubeflow.org
