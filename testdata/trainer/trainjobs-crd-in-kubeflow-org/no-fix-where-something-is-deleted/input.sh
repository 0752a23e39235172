for crd in trainjobs.kubeflow.org trainingruntimes.kubeflow.org; do
    kubectl delete crd "$crd"
done
