curl -O https://raw.githubusercontent.com/kubeflow/training-operator/v1.9.4/examples/pytorch/mnist/mnist.py
kubectl apply -f https://raw.githubusercontent.com/kubeflow/trainer/v2.3.0/examples/yaml/01-multi-node.yaml
kubectl apply -f https://raw.githubusercontent.com/kubeflow/mpi-operator/v0.6.0/deploy/v2beta1/mpi-operator.yaml
# kubectl apply -f https://raw.githubusercontent.com/kubeflow/training-operator/v1.9.4/examples/pytorch/simple.yaml
