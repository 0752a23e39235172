#!/bin/sh
kubectl get trainjobs.trainer.kubeflow.org my-trainjobs.kubeflow.org trainjobs.kubeflow.org.example.com
kubectl get trainjobs.v1alpha1.trainer.kubeflow.org
