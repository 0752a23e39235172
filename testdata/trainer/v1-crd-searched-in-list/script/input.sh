#!/bin/sh
kubectl get crd | grep pytorchjobs.kubeflow.org
if ! kubectl get crds 2>/dev/null | grep -q 'tfjobs\.kubeflow\.org'; then exit 1; fi
kubectl get crd -o name | grep -E 'pytorchjobs|tfjobs' | xargs kubectl describe
kubectl api-resources | awk '/pytorchjobs/ {print $1}'
[ -n "$(kubectl get crd | grep paddlejob)" ]
