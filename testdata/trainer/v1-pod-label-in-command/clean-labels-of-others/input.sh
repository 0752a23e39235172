kubectl get pods -l training.kubeflow.org/job-name=train,training.kubeflow.org/job-role=launcher
kubectl get pods -l my.training.kubeflow.org/job-name=train
kubectl get pods -l training.kubeflow.org/job-name-suffix=a
kubectl get pods -l job-name=train
kubectl get pods -l jobset.sigs.k8s.io/jobset-name=train
kubectl label pod a training.kubeflow.org/job-name=train
# kubectl get pods -l training.kubeflow.org/job-name=train
echo "kubectl get pods -l training.kubeflow.org/job-name=train"
