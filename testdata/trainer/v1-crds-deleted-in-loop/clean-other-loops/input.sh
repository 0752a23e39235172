#!/bin/sh
for c in paddlejobs tfjobs; do
    kubectl annotate crd $c.kubeflow.org team=ml
    kubectl delete crd $c.kubeflow.org --dry-run=server
done
kubectl delete crd $OTHER.example.com
kubectl delete crd "$1" --dry-run=client
