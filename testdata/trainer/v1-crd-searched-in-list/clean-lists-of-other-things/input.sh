#!/bin/sh
kubectl get crd | grep trainjobs.trainer.kubeflow.org
kubectl get crd | grep -E '(pytorchjobs|trainjobs)'
kubectl get crd | grep mpijobs.kubeflow.org
kubectl get pods | grep pytorchjob
kubectl get crd | grep pytorchjobs.kubeflow.org.example.com
grep pytorchjobs.kubeflow.org crds.txt
kubectl get crd | grep my-pytorchjobs
