kubectl get trainjobs.trainer.kubeflow.org -A
kubectl get mpijobs.kubeflow.org -A
