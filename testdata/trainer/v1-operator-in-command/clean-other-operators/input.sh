#!/bin/sh
kubectl rollout status deployment/my-training-operator
kubectl rollout status deployment/training-operator-ui
kubectl logs -l app=training-operator
kubectl get namespace training-operator
echo "kubectl logs deployment/training-operator"
