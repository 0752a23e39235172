from kubernetes import client

KIND = "PyTorchJob"
TFJOB_PLURAL = "tfjobs"
# kind = "TFJob"
job = {"apiVersion": "kubeflow.org/v1", "kind": "PyTorchJob", "metadata": {"name": "mnist"}}
client.CustomObjectsApi().create_namespaced_custom_object(
    group="kubeflow.org", version="v1", namespace="team", plural="pytorchjobs", body=job
)
api.create_namespaced_custom_object("kubeflow.org", "v1", "team", "pytorchjobs", job)
api.delete_namespaced_custom_object('kubeflow.org', 'v1', namespace, 'tfjobs', name)
api.list_cluster_custom_object("kubeflow.org", "v1", "xgboostjobs")
mx = {"apiVersion": "kubeflow.org/v1", "kind": "MXJob"}
