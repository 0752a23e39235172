kubectl get pods pytorchjob
kubectl get pod/pytorchjob
kubectl delete -f pytorchjob
kubectl -n pytorchjob get pods
kubectl get pods -l app=pytorchjob
kubectl logs tfjob
kubectl get mpijobs
kubectl get trainjobs
kubectl get pytorchjobs.batch.example.com
kubectl get pytorchjobs.v1.training.kubedl.example
kubectl create namespace pytorchjob
kubectl apply -f - < pytorchjob
