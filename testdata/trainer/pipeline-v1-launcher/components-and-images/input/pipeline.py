from kfp import components

# https://raw.githubusercontent.com/kubeflow/pipelines/master/components/kubeflow/launcher/component.yaml
pytorch = components.load_component_from_url(
    "https://raw.githubusercontent.com/kubeflow/pipelines/master/components/kubeflow/pytorch-launcher/component.yaml"
)
tensorflow = components.load_component_from_file("../components/kubeflow/launcher/component.yaml")
