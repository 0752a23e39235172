for crd in trainjobs.trainer.kubeflow.org trainingruntimes.trainer.kubeflow.org; do
    kubectl delete crd "$crd"
done
