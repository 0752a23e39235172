kubectl get trainjobs
echo "it's all
kubectl get tfjobs
