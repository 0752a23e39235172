#!/bin/sh
kubectl get trainjobs.trainer.kubeflow.org # all of them
kubectl get trainjobs.trainer.kubeflow.org
