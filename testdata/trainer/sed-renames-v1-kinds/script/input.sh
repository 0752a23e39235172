#!/bin/sh
find . -name "*.md" -exec sed -i 's/PyTorchJob/TrainJob/g' {} \;
grep -rl pytorchjob . | xargs sed -i -e 's|pytorchjobs|trainjobs|g'
sed -i 's/kind: TFJob/kind: TrainJob/; s/kubeflow.org\/v1$/trainer.kubeflow.org\/v1alpha1/' train.yaml
sed "s#kubeflow.org/v1#trainer.kubeflow.org/v1alpha1#" train.yaml
perl -pi -e 's/pytorch_job/train_job/; s/pytorchjob/trainjob/gi' train.py
