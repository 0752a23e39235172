# unstale: ignore[X001] why: of the old cluster
kubectl get tfjobs.kubeflow.org
kubectl get pytorchjobs.kubeflow.org
