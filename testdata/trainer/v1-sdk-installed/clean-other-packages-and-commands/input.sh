#!/bin/sh
pip install kubeflow
pip install kubeflow-training-tools my-kubeflow-training
pip uninstall -y kubeflow-training
pip show kubeflow-training
echo pip install kubeflow-training
ls kubeflow-training
pip install -r kubeflow-training/requirements.txt
# pip install kubeflow-training
pip install "git+https://github.com/kubeflow/sdk.git"
