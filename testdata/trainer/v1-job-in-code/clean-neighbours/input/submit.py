if job["kind"] == "PyTorchJob":
    mankind = "TFJob"
    plurals = {"pytorchjobs": 1}
api.list(group="kubeflow.org", version="v2beta1", plural="mpijobs")
api.list(group="trainer.kubeflow.org", version="v1alpha1", plural="trainjobs")
def launch(kind: str = "PyTorchJob"): ...
