api.list(group="training.kubedl.io", version="v1alpha1", plural="pytorchjobs")
