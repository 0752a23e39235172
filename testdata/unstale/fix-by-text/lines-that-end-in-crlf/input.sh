echo a
kubectl get tfjobs.kubeflow.org
