#!/bin/sh
sed -i 's/PyTorchJob/Job/; s/x/TrainJob/' train.yaml
sed 's/^/PyTorchJob TrainJob /' list.txt
sed -n '/PyTorchJob/p;/TrainJob/p' train.yaml
sed 's/trainjob/pytorchjob/' train.yaml
sed 's|trainer.kubeflow.org/v1alpha1|trainer.kubeflow.org/v1beta1|' train.yaml
echo 's/PyTorchJob/TrainJob/'
sed -i 's/pytorchjobs.kubeflow.org/trainjobs.trainer.kubeflow.org/' docs.md
sed 's/PyTorchJobs are/TrainJobs are/' x
sed -i 's/pytorchjob-port/trainjob-port/' x.yaml
sed -i 's/the PyTorchJob/the TrainJob/' docs.md
