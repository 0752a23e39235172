#!/bin/sh
kubectl logs -n team -l jobset.sigs.k8s.io/jobset-name=train --tail=20
kubectl get pods -A --selector=jobset.sigs.k8s.io/jobset-name
for job in a b; do stern -l "app=x,jobset.sigs.k8s.io/jobset-name=$job"; done
kubectl logs -f -l jobset.sigs.k8s.io/jobset-name=train
kubectl logs -f -l jobset.sigs.k8s.io/jobset-name=train
