#!/bin/sh
pip install kubeflow-training
pip3 install -U "kubeflow-training[huggingface]==1.8.1"
python3 -m pip install --user 'kubeflow_training>=1.7' requests
sudo uv pip install kubeflow-training==1.9.0
poetry add kubeflow-training@^1.9
pip install "git+https://github.com/kubeflow/training-operator.git@v1.9.0#subdirectory=sdk/python"
VERSION=1.9.3
pip install kubeflow-training==$VERSION
