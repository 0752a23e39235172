sudo -u admin kubectl get trainjobs
env KUBECONFIG=/k time kubectl get trainjobs
microk8s kubectl get trainjobs
microk8s.kubectl get trainjobs
/usr/local/bin/kubectl get trainjobs
cat names | xargs -n 1 kubectl delete trainjob
kubectl exec toolbox -- kubectl get trainjob
timeout 30 bash -ec 'kubectl get trainjob; echo kubectl get tfjob'
