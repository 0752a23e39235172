echo a
kubectl get trainjobs.trainer.kubeflow.org
