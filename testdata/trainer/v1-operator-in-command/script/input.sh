#!/bin/sh
kubectl rollout status deployment/training-operator -n kubeflow
kubectl wait --for=condition=Available deploy training-operator -n kubeflow
kubectl logs -n kubeflow -l control-plane=kubeflow-training-operator
kubectl get svc -n kubeflow training-operator
kubectl logs deployment/kubeflow-training-operator
