#!/bin/sh
kubectl get crd pytorchjobs.kubeflow.org -o yaml > crds.yaml
kubectl get tfjobs.kubeflow.org -A -o yaml | tee tfjobs.yaml
kubectl get pytorchjobs.kubeflow.org -A -o json | unstale convert - -o trainjobs.yaml
roll_back() {
    kubectl apply -f crds.yaml
    kubectl wait --for=condition=Established crd/pytorchjobs.kubeflow.org
    kubectl delete crd trainjobs.trainer.kubeflow.org
}
