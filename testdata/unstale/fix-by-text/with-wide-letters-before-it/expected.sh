echo größe 学習; kubectl get trainjobs.trainer.kubeflow.org
