trainjobs.trainer.kubeflow.org
