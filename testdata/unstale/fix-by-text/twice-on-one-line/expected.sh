kubectl get trainjobs.trainer.kubeflow.org,trainjobs.trainer.kubeflow.org
