from setuptools import setup

setup(
    name="kubeflow-training",
    description="kubeflow-training went",
    install_requires=["kubeflow>=0.2"],  # not "kubeflow-training>=1.0"
    url="https://example.com/kubeflow-training/1.0",
)
ROLES = ["kubeflow-training-admin"]
