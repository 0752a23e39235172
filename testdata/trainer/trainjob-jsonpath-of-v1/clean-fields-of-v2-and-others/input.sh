#!/bin/sh
kubectl get trainjob train -o jsonpath='{.status.conditions[?(@.type=="Complete")].status}'
kubectl get trainjob train -o jsonpath='{.status.jobsStatus[?(@.name=="node")].succeeded}'
kubectl get trainjob train -o jsonpath='{.spec.trainer.numNodes}'
kubectl get job train -o jsonpath='{.status.completionTime}'   # of a trainjob
kubectl get trainjobs --sort-by=.metadata.creationTimestamp
