KIND=pytorchjobs
kubectl get $KIND
