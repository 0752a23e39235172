sudo -u admin kubectl get pytorchjobs
env KUBECONFIG=/k time kubectl get xgboostjobs
microk8s kubectl get jaxjobs
microk8s.kubectl get xgboostjobs
/usr/local/bin/kubectl get pytorchjobs
cat names | xargs -n 1 kubectl delete pytorchjob
kubectl exec toolbox -- kubectl get pytorchjob
timeout 30 bash -ec 'kubectl get xgboostjob; echo kubectl get xgboostjob'

watch -n 5 'kubectl get jaxjobs -A'
ssh host "kubectl get xgboostjobs -n $NS"
k get jaxjobs
