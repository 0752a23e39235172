kubectl get pytorchjobs.kubeflow.org,tfjobs.kubeflow.org
