#!/bin/sh
count=$(kubectl get trainjobs -A -o name | wc -l)
kubectl get pods --field-selector metadata.name="$count"
kubectl get trainjobs -A -o name | grep old
for name in $(kubectl get trainjobs -A -o name); do echo "$name"; done
kubectl get trainjobs -n team -o name | xargs kubectl delete -n team
kubectl get nodes -A -o name | xargs kubectl describe
