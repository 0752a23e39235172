kubectl create -f https://raw.githubusercontent.com/kubeflow/training-operator/v1.9.4/examples/pytorch/README.txt
kubectl create -f https://raw.githubusercontent.com/kubeflow/trainer/master/examples/yaml/01-multi-node.yaml
kubectl create -f https://raw.githubusercontent.com/kubeflow/mpi-operator/master/examples/v2beta1/pi/pi.yaml
curl https://raw.githubusercontent.com/me/training-operator/master/x.yaml
git clone https://github.com/kubeflow/training-operator
