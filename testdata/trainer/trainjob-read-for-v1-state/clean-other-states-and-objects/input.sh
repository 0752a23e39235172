#!/bin/sh
kubectl get trainjobs | grep -E 'Complete|Failed'
kubectl get pods -l jobset.sigs.k8s.io/jobset-name=train | grep Running
kubectl get trainjobs,pods | grep Running
for job in $(kubectl get trainjobs -o name); do
    kubectl get pods -l "x=$job" | grep Running
done
kubectl get trainjobs | grep not-Running-yet
kubectl get trainjobs; echo Running | grep Running
