# unstale: ignore[KFT010] why: asks whether the old CRD is gone
kubectl get crd pytorchjobs.kubeflow.org && exit 1
