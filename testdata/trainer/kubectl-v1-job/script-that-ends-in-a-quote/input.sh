kubectl get pytorchjobs
echo "it's all
kubectl get tfjobs
