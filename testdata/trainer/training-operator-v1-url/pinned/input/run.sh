kubectl create -f https://raw.githubusercontent.com/kubeflow/training-operator/v1.9.4/examples/pytorch/simple.yaml
kubectl apply -f "https://raw.githubusercontent.com/kubeflow/training-operator/refs/heads/release-1.9/manifests/base/crds/kubeflow.org_tfjobs.yaml"
kubectl apply -f https://raw.githubusercontent.com/kubeflow/trainer/v1.9.4/examples/pytorch/simple.yaml
