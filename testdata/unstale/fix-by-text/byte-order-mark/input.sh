tfjobs.kubeflow.org
