#!/bin/sh
kubectl describe trainjob foo
kubectl logs foo-master-0
kubectl port-forward svc/foo-master-0 23456
kubectl exec -n team foo-worker-12 -- nvidia-smi
kubectl logs bar-master-0
kubectl describe trainjob -n team bar
