microk8s  kubectl get nodes
