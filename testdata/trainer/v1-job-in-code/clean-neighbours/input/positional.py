api.create_namespaced_custom_object("kubeflow.org", "v2beta1", "team", "pytorchjobs", job)
api.create_namespaced_custom_object("kubeflow.org", "v1", "team", "mpijobs", job)
api.create_namespaced_custom_object("trainer.kubeflow.org", "v1alpha1", "team", "trainjobs", job)
# api.create_namespaced_custom_object("kubeflow.org", "v1", "team", "pytorchjobs", job)
