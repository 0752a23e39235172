#!/bin/sh
kubectl get trainjob train -o jsonpath='{.status.conditions[?(@.type=="Succeeded")].status}'
kubectl get trainjob train -o=jsonpath="{.status.conditions[?(@.type=='Running')].status}"
kubectl get trainjob train -o jsonpath='{.status.replicaStatuses.Worker.succeeded}'
kubectl get trainjobs --sort-by=.status.startTime
oc get trainjob train -o custom-columns=DONE:.status.completionTime
kubectl get trainjob train -o jsonpath='{.spec.pytorchReplicaSpecs.Worker.replicas}'
kubectl get trainjob foo -o go-template='{{range .status.conditions}}{{if eq .type "Succeeded"}}{{.status}}{{end}}{{end}}'
