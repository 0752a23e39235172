# the CRD pytorchjobs.kubeflow.org was deleted in spring
kubectl get crd old-pytorchjobs.kubeflow.org
curl https://my.pytorchjobs.kubeflow.org/
curl https://pytorchjobs.kubeflow.org.example.com/
kubectl get pytorchjobs.kubeflow.organisation.example
kubectl get pods
