#!/bin/sh
kubectl get pytorchjobs.kubeflow.org # all of them
kubectl get trainjobs.trainer.kubeflow.org
