#!/bin/sh
kubectl delete crd trainjobs.trainer.kubeflow.org
kubectl delete crd clustertrainingruntimes.trainer.kubeflow.org
