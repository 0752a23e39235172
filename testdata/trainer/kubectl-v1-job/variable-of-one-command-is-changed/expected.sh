KIND=trainjobs
kubectl get $KIND
