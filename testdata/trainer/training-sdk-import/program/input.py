"""Starts a job: from kubeflow.training import nothing."""
import os
# from kubeflow.training import TrainingClient
from kubeflow.training import KubeflowOrgV1PyTorchJob, TrainingClient
from kubeflow.training.constants import constants
import kubeflow.pytorchjob as old


def submit(job: KubeflowOrgV1PyTorchJob):
    from kubeflow import training

    print("from kubeflow.training import TrainingClient")
    TrainingClient().create_job(job)
