#!/bin/sh
kubectl get trainjobs -A --no-headers | while read -r namespace name rest; do
    kubectl describe trainjob -n "$namespace" "$name"
done
kubectl get trainjobs -A --no-headers | awk '{print $1, $2}' | xargs -n2 kubectl describe trainjob -n
for ns in $(kubectl get trainjobs -A --no-headers | awk '{print $1}' | sort -u); do
    kubectl get trainjobs -n "$ns" -o yaml > "$ns.yaml"
done
for name in $(kubectl get trainjobs -A -o name); do
    ns=$(find_namespace "$name")
    kubectl delete -n "$ns" "$name"
done
kubectl get trainjobs -A -o jsonpath='{range .items[*]}{.metadata.namespace} {.metadata.name}' | xargs kubectl delete -n
