# https://raw.githubusercontent.com/kubeflow/training-operator/master/examples/pytorch/simple.yaml
kubectl create -f https://raw.githubusercontent.com/kubeflow/training-operator/master/examples/pytorch/simple.yaml
curl -sSL "https://github.com/kubeflow/training-operator/raw/refs/heads/master/examples/x.py" # https://raw.githubusercontent.com/kubeflow/training-operator/master/y
