#!/bin/sh
kubectl get trainjob foo
kubectl logs redis-master-0
kubectl logs foo-master-0-x foo-node-0-0
kubectl exec spark-worker-0 -- ls
echo foo-master-0
