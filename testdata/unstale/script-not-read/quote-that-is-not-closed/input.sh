kubectl get pods
echo 'it is
kubectl get pytorchjobs
