#!/bin/sh
kubectl get trainjobs --all-namespaces | grep -v Running | grep -v Succeeded
until kubectl get trainjob train -o jsonpath='{.status.conditions[-1].type}' | grep -q Succeeded; do
    sleep 10
done
state=$(kubectl get trainjob train --no-headers | awk '{print $2}')
if [ "$state" = "Running" ]; then echo yes; fi
[[ $(kubectl get trainjob train) == *Succeeded* ]] || exit 1
kubectl get trainjob train -o json | jq '.status.conditions[] | select(.type == "Succeeded")'
kubectl get trainjob train | grep -i succeeded

kubectl get trainjob train | grep -q Created
