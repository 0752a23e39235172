#!/bin/sh
velero backup create nightly --include-resources pytorchjobs,secrets
velero schedule create jobs --schedule="0 1 * * *" --exclude-resources=tfjobs.kubeflow.org
