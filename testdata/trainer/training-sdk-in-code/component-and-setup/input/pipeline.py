from kfp import dsl


@dsl.component(packages_to_install=["kubernetes<31,>=8", "kubeflow-training"])
def train():
    pass


@dsl.component(
    packages_to_install=[
        "kubeflow-training>=1.8.0",
    ],
)
def again():
    pass
