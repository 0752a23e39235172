#!/bin/sh
for c in paddlejobs tfjobs; do
    kubectl get $c -A -o yaml > $c.yaml
    kubectl delete crd $c.kubeflow.org
done
