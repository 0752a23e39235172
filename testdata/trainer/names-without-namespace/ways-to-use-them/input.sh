#!/bin/sh
for job in $(kubectl get trainjobs --all-namespaces --no-headers | awk '{print $2}'); do
    kubectl describe trainjob "$job"
done
kubectl get trainjobs -A -o name | xargs kubectl delete
kubectl get trainjobs -A -o name | grep old | while read -r job; do
    kubectl patch "$job" --type=merge -p '{"spec":{"suspend":true}}'
done
names=$(kubectl get trainjobs -A -o jsonpath='{.items[*].metadata.name}')
for name in $names; do kubectl logs "$name"; done
kubectl delete trainjob $(kubectl get trainjob -A -o custom-columns=:metadata.name)
kubectl get trainjobs -A -o json | jq -r '.items[].metadata.name' | xargs -n1 kubectl delete trainjob
