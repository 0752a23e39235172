from setuptools import setup

setup(
    name="demo",
    install_requires=[
        # "kubeflow-training",
        "kubeflow-training",
    ],
)
