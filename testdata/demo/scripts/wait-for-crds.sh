#!/bin/sh
# Waits until the training operator can take jobs; CI runs it after an upgrade of the cluster.
set -eu

for crd in pytorchjobs.kubeflow.org tfjobs.kubeflow.org; do
    kubectl wait --for=condition=Established "crd/$crd" --timeout=120s
done
kubectl get trainjobs.trainer.kubeflow.org --all-namespaces
