#!/bin/sh
curl https://tfjobs.kubeflow.org/docs
wget -q pytorchjobs.kubeflow.org
docker run tfjobs.kubeflow.org/x
podman pull tfjobs.kubeflow.org/x
grep -r pytorchjobs.kubeflow.org .
sed -i 's/pytorchjobs.kubeflow.org/trainjobs.trainer.kubeflow.org/' notes.txt
awk '/pytorchjobs.kubeflow.org/' notes.txt
