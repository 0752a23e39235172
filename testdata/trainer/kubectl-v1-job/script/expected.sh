#!/bin/sh
kubectl get trainjobs -n team
kubectl -n team describe trainjob/train
kubectl --context prod delete "trainjob" train --wait=false
if ! kubectl get pods,trainjobs; then exit 1; fi
kubectl wait --for=condition=Succeeded --timeout 10m pytorchjob/train
jobs=$(oc get paddlejob -o name | wc -l)
kubectl get trainjob train
