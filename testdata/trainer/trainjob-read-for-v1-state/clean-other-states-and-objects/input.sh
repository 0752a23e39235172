#!/bin/sh
kubectl get trainjobs | grep -E 'Complete|Failed'
kubectl get pods -l jobset.sigs.k8s.io/jobset-name=train | grep Running
kubectl get trainjobs,pods | grep Running
for job in $(kubectl get trainjobs -o name); do
    kubectl get pods -l "x=$job" | grep Running
done
kubectl get trainjobs | grep not-Running-yet
kubectl get trainjobs; echo Running | grep Running
kubectl get trainjob train -o json | jq '.status.jobsStatus[] | {name, succeeded}'
kubectl get trainjob train -o yaml | grep 'succeeded: 2'
kubectl get trainjob train -o yaml | grep -i 'succeeded: 2'
kubectl describe trainjob train | grep -A1 Succeeded
kubectl get trainjobs -o json | jq '.items[] | select(.metadata.labels.phase == "running")'
