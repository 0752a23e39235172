CRDS="pytorchjobs.kubeflow.org other.example.com"
NAMES=(tfjobs.kubeflow.org 'xgboostjobs.kubeflow.org')
for crd in paddlejobs.kubeflow.org; do kubectl delete crd $crd; done
velero backup create all --include-resources=jaxjobs.kubeflow.org
case $1 in pytorchjobs.kubeflow.org) kubectl get crd;; esac
echo tfjobs.kubeflow.org | xargs kubectl delete crd
sed -i 's/pytorchjobs.kubeflow.org/x/' f
