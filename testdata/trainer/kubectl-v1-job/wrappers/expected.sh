sudo -u admin kubectl get pytorchjobs
env KUBECONFIG=/k time kubectl get trainjobs
microk8s kubectl get trainjobs
microk8s.kubectl get trainjobs
/usr/local/bin/kubectl get pytorchjobs
cat names | xargs -n 1 kubectl delete pytorchjob
kubectl exec toolbox -- kubectl get pytorchjob
timeout 30 bash -ec 'kubectl get trainjob; echo kubectl get xgboostjob'

watch -n 5 'kubectl get trainjobs -A'
ssh host "kubectl get trainjobs -n $NS"
k get trainjobs
