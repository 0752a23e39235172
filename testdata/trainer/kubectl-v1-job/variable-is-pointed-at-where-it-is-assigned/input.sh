KIND=pytorchjob
NS="team"
kubectl -n $NS get ${KIND}s
kubectl get "$KIND" train
PLURAL='tfjobs'
kubectl get $PLURAL
echo $PLURAL
