#!/bin/sh
kubectl get pytorchjobs -n team
kubectl -n team describe tfjob/train
kubectl --context prod delete "xgboostjob" train --wait=false
if ! kubectl get pods,trainjobs; then exit 1; fi
kubectl wait --for=condition=Succeeded --timeout 10m pytorchjob/train
jobs=$(oc get paddlejob -o name | wc -l)
kubectl get PyTorchJob train
