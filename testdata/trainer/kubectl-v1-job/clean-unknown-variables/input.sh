kubectl get $KIND
kubectl $VERB pytorchjobs
$TOOL get pytorchjobs
KIND=pytorchjob
KIND=trainjob
kubectl get $KIND
for kind in pytorchjob tfjob; do kubectl get $kind; done
kubectl $FLAGS get pytorchjobs
kubectl get $(echo pytorchjobs)
