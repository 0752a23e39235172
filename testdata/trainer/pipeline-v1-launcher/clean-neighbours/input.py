"""As in https://github.com/kubeflow/pipelines/blob/master/components/kubeflow/pytorch-launcher/sample.py"""
from kfp import components

katib = components.load_component_from_url(
    "https://raw.githubusercontent.com/kubeflow/pipelines/master/components/kubeflow/katib-launcher/component.yaml"
)
image = "example.com/my-kubeflow-pytorchjob-launcher-tests:v1"
NAME = "kubeflow-pytorchjob-launcher"
