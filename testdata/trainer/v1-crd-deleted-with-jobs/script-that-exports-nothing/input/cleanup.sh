#!/bin/sh
kubectl delete crd tfjobs.kubeflow.org
kubectl delete crd pytorchjobs.kubeflow.org
