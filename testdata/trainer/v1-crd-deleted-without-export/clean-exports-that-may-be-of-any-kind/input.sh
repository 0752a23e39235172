#!/bin/sh
for kind in $(cat kinds); do
    kubectl get "$kind" --all-namespaces -o yaml > "$kind.yaml"
done
kubectl delete crd tfjobs.kubeflow.org
