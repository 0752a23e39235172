echo größe 学習; kubectl get tfjobs.kubeflow.org
